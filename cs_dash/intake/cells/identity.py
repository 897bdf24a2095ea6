"""Whether a column's name is that of a customer's id, of a customer's name, or of a tax or registry number."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from cs_dash.schema import names
from cs_dash.schema.languages.customer_words import CUSTOMER_WORDS, TAX_NUMBERS, TAX_WORDS

Role = Literal["id", "name", "customer", "user id"]
PAYERS = frozenset({"subscriptions", "churn_events"})
"""Tables whose rows are about who pays: a user in them is the customer."""
_LONGEST = 60
"""Letters beyond which no name is put together from these words."""
_NO_NUMBER = frozenset({"code", "key", "unique", "internal", "cle", "clave", "chave", "ключ"})
"""Id words that do not make a tax number of a tax: a tax code is mostly a rate."""
_STRONG, _WEAK, _ID = 1, 2, 4
_WHOLE, _SIGNS = re.compile(r"^(\d+)\.0+$"), re.compile(r"[\s_.-]+")


def _keys(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.key(word) for word in words.split(",")))


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_keys(words), key=lambda word: -len(word)))


@cache
def _patterns() -> tuple[tuple[Role, re.Pattern[str], bool], ...]:
    """Each role with the names that have it, and whether the customer comes last in them."""
    patterns: list[tuple[Role, re.Pattern[str], bool]] = []
    for words in CUSTOMER_WORDS.values():
        customer, user, id_word, name_word = map(_any_of, (words.customers, words.users, words.ids, words.names))
        link = f"(?:{_any_of(words.links)})?" if words.links else ""
        before = _any_of(words.before) if words.before else id_word
        roles: tuple[tuple[Role, str, bool], ...] = (
            ("id", f"(?:{customer}){{1,2}}(?:{id_word}){{1,2}}", False),
            ("id", f"(?:{before}){link}(?:{customer}){{1,2}}", True),
            ("name", f"(?:{customer}){link}(?:{name_word})", False),
            ("name", f"(?:{name_word}){link}(?:{customer})", True),
            ("customer", f"(?:{customer})", False),
            ("user id", f"(?:{user})(?:{id_word})", False),
            ("user id", f"(?:{before}){link}(?:{user})", True),
        )
        patterns += [(role, re.compile(pattern), is_last) for role, pattern, is_last in roles]
    return tuple(patterns)


@cache
def _anybody() -> re.Pattern[str]:
    """A customer or user in any language: most names of columns hold none, and are looked at once."""
    return re.compile("|".join(_any_of(f"{words.customers},{words.users}") for words in CUSTOMER_WORDS.values()))


@lru_cache(maxsize=50_000)
def role(name: str) -> Role | None:
    """Return whether a column's name is that of a customer's id or name, or just says customer; None for other names.

    A number of customers is a count and no id.

    >>> role("Client no."), role("ID assinante"), role("Nombre del abonado"), role("Merchant"), role("userId")
    ('id', 'id', 'name', 'customer', 'user id')
    >>> role("Número de clientes"), role("Number of customers"), role("Customer note"), role("Parent account ID")
    (None, None, None, None)
    """
    words = names.folded(name).split()
    for key in names.keys(name):
        if len(key) > _LONGEST or not _anybody().search(key):
            continue
        for role_of_pattern, pattern, is_last in _patterns():
            if pattern.fullmatch(key) and not (is_last and len(words) > 1 and names.key(words[-1]) != words[-1]):
                return role_of_pattern
    return None


def plain_id(text: str) -> str:
    """Return an id or a name as it is compared with those of other files: without case, signs and a last ".0".

    >>> plain_id("K-7001"), plain_id("k 7001"), plain_id("7001.0")
    ('k7001', 'k7001', '7001')
    """
    folded = text.casefold()
    return folded if folded.isalnum() else _SIGNS.sub("", _WHOLE.sub(r"\1", folded))


@cache
def _id_words() -> frozenset[str]:
    return frozenset(word for words in CUSTOMER_WORDS.values() for word in _keys(words.ids))


@lru_cache(maxsize=50_000)
def says_id(name: str) -> bool:
    """Return whether a column's name begins or ends with a word for an id, of whatever.

    >>> says_id("Site code"), says_id("ID"), says_id("Seats")
    (True, True, False)
    """
    words = names.folded(name).split()
    return bool(words) and bool({words[0], words[-1]} & _id_words())


@cache
def _tax_pieces() -> dict[str, int]:
    """Every word that may be part of the name of a tax number -> what it says about it."""
    pieces: dict[str, int] = {}
    for words in CUSTOMER_WORDS.values():
        ids = {word: 0 if word in _NO_NUMBER else _ID for word in _keys(words.ids)}
        pieces |= dict.fromkeys(_keys(f"{words.customers},{words.users},{words.links or words.users}"), 0) | ids
    pieces |= dict.fromkeys(_keys(TAX_WORDS), _WEAK)
    return pieces | dict.fromkeys(_keys(TAX_NUMBERS), _STRONG)


@lru_cache(maxsize=50_000)
def tax_number(name: str) -> float:
    """Return how sure a column's name is that of a tax or registry number: 1, 0.5 where it may be the tax itself, 0.

    >>> tax_number("CPF/CNPJ Tomador"), tax_number("USt-IdNr."), tax_number("VAT no."), tax_number("ИНН клиента")
    (1.0, 1.0, 1.0, 1.0)
    >>> tax_number("VAT"), tax_number("VAT amount"), tax_number("Customer no.")
    (0.5, 0.0, 0.0)
    """
    return max((_tax_sureness(key) for key in names.keys(name) if len(key) <= _LONGEST), default=0.0)


def _tax_sureness(key: str) -> float:
    pieces = _tax_pieces()
    if not any(word in key for word, kind in pieces.items() if kind in (_STRONG, _WEAK)):
        return 0.0
    kinds_at: list[set[int]] = [{0}, *(set() for _ in key)]
    for at in range(len(key)):
        for word, kind in pieces.items() if kinds_at[at] else ():
            if key.startswith(word, at):
                kinds_at[at + len(word)] |= {before | kind for before in kinds_at[at]}
    if any(kinds & _STRONG or (kinds & _WEAK and kinds & _ID) for kinds in kinds_at[-1]):
        return 1.0
    return 0.5 if any(kinds & _WEAK for kinds in kinds_at[-1]) else 0.0
