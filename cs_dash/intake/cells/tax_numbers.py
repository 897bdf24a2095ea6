"""Tax and registry numbers: whether values are some, by their form and their check digits.

python-stdnum knows hundreds of them, and may not be used here: its licence is the LGPL. The rules below are those that
the offices publish: Receita Federal (CNPJ, with letters since 2026, and CPF), ФНС (ИНН), INSEE (SIREN, SIRET: Luhn),
Australian Business Register (ABN), GB 32100-2015 (unified social credit code), BZSt (USt-IdNr.: ISO 7064, mod 11,10),
Agenzia delle Entrate (partita IVA: Luhn), Ministerstwo Finansów (NIP).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SHAPE = re.compile(r"^(?=(?:.*\d){5})[A-Z0-9][A-Z0-9 ./-]{5,24}[A-Z0-9*]$", re.IGNORECASE)
_AMOUNT_OR_DAY = re.compile(r"^\d+\.\d{1,2}$|^\d{4}[-./]\d{2}[-./]\d{2}$|^\d{2}[-./]\d{2}[-./]\d{4}$")
_SIGNS = re.compile(r"[ ./-]+")
_CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_INN = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _weighted(text: str, weights: Sequence[int]) -> int:
    """The weighted sum of a text's signs, a letter counting as its place behind "0" in ASCII."""
    return sum(weight * (ord(sign) - ord("0")) for sign, weight in zip(text, weights, strict=False))


def _last_two(text: str, first: Sequence[int], second: Sequence[int]) -> bool:
    return text[-2:] == "".join(str(-_weighted(text, weights) % 11 % 10) for weights in (first, second))


def _cnpj(text: str) -> bool:
    return _last_two(text, (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))


def _cpf(text: str) -> bool:
    return len(set(text)) > 1 and _last_two(text, range(10, 1, -1), range(11, 1, -1))


def _inn(text: str) -> bool:
    """The last digit, in twelve digits the last two: a weighted sum, mod 11, mod 10."""
    places = (9,) if len(text) == 10 else (10, 11)
    return all(_weighted(text[:place], _INN[-place:]) % 11 % 10 == int(text[place]) for place in places)


def _luhn(text: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text))]
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def _abn(text: str) -> bool:
    return (_weighted(text, (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) - 10) % 89 == 0


def _credit_code(text: str) -> bool:
    places = [_CREDIT_CODE.index(sign) for sign in text]
    return (sum(value * int(pow(3, place, 31)) for place, value in enumerate(places[:-1])) + places[-1]) % 31 == 0


def _german_vat(text: str) -> bool:
    product = 10
    for digit in text[2:-1]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(text[-1])


def _nip(text: str) -> bool:
    return _weighted(text, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(text[-1])


@dataclass(frozen=True)
class TaxNumber:
    """A kind of number: what it is called, its form without separators, and its check digits."""

    word: str
    form: re.Pattern[str]
    check: Callable[[str], bool]

    def is_valid(self, text: str) -> bool:
        """Return whether a text is such a number with the right check digits."""
        plain = bare(text)
        return bool(self.form.fullmatch(plain)) and self.check(plain)


KINDS = tuple(
    TaxNumber(word, re.compile(form), check)
    for word, form, check in (
        ("CNPJ", r"[0-9A-Z]{12}\d\d", _cnpj),
        ("CPF", r"\d{11}", _cpf),
        ("INN", r"\d{10}|\d{12}", _inn),
        ("SIREN", r"\d{9}", _luhn),
        ("SIRET", r"\d{14}", lambda text: _luhn(text) and _luhn(text[:9])),
        ("ABN", r"(?!10)[1-9]\d{10}", _abn),
        ("unified social credit code", rf"[{_CREDIT_CODE}]{{18}}", _credit_code),
        ("USt-IdNr.", r"DE[1-9]\d{8}", _german_vat),
        ("partita IVA", r"(?:IT)?\d{7}(?:(?!000)0\d\d|100|12[01]|888|999)\d", lambda text: _luhn(text[-11:])),
        ("NIP", r"(?:PL)?\d{10}", lambda text: _nip(text[-10:])),
    )
)


def bare(text: str) -> str:
    """Return a number without separators, in capitals.

    >>> bare("11.222.333/0001-81"), bare("de 136 695 976")
    ('11222333000181', 'DE136695976')
    """
    return _SIGNS.sub("", text).upper()


def shaped(text: str) -> bool:
    """Return whether a text may be a tax number: at least five digits and seven signs, and no amount or day.

    >>> shaped("11.222.333/0001-81"), shaped("DE136695976"), shaped("1200.50"), shaped("20 %")
    (True, True, False, False)
    """
    return bool(_SHAPE.match(text)) and not _AMOUNT_OR_DAY.match(text)


def kind_of(values: Sequence[str]) -> tuple[str, float]:
    """Return what most of some values are, "" for nothing, and the share of them whose check digits are right."""
    shares = [(sum(map(kind.is_valid, values)) / len(values), kind.word) for kind in KINDS] if values else []
    share, word = max(shares, key=lambda pair: pair[0], default=(0.0, ""))
    return (word, share) if share else ("", 0.0)
