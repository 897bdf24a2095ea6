"""Names of columns and of customers, folded so that two ways of writing one name become equal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from cs_dash.schema.tables import TABLES

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s\b)[a-z])")
_BRACKET = re.compile(r"[(\[{（【].*?[)\]}）】]")
_SIGNS = re.compile(r"[^\w]+|_+")
_BETWEEN = frozenset({"in", "en", "em", "в", "hh", "mm", "ss"})
"""Words between a name and its unit, and forms of clocks: "reply time in minutes", "tiempo en horas", "(hh:mm)"."""
_SHORT_DAYS = re.compile(r"[(\[（]\s*[dj]\.?\s*[)\]）]", re.IGNORECASE)
"""“(d)” and French “(j)”: days in brackets only, as “d'utilisation” is none."""
_GLUED_UNIT = re.compile(r"(?<=[\u4e00-\u9fff])(分钟|小时|秒|天)数?$")
"""A unit at the end of Chinese words, which have no spaces between them."""
_LINKS = re.compile(r"(?<=\w) (?:d[eoau]s?|del|d|la|les?|l|el) (?=\w)")
"""Little words of French, Spanish and Portuguese that columns' names leave out: "data_cadastro", "fecha_baja"."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_PREFIX = re.compile(r"^(property hs|property|hs|attributes|properties)\s+(?=\w)")

_UNIT_WORDS: dict[float, str] = {
    1 / 60000: "ms milliseconds",
    1 / 60: "s sec secs second seconds sekunden sek секунд секунды секундах сек 秒 segundos segundo secondes seconde",
    1.0: "min mins minute minutes minuten минут минуты минутах минута мин 分钟 minutos minuto",
    60.0: "h hr hrs hour hours std stunden stunde часов часы часах часа час ч 小时 horas hora heures heure",
    1440.0: "day days tage tagen дней дни днях дня день дн сут суток 天 dias dia jours jour",
}


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Return `text` in lower case, without accents and signs, one space between words.

    >>> folded("Créé_Le"), folded("AccountID"), folded("MRR (USD)")
    ('cree le', 'account id', 'mrr usd')
    """
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text).strip().strip("\"'`"))
    plain = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    return " ".join(_SIGNS.sub(" ", plain.casefold()).split())


UNITS: dict[str, float] = {folded(word): minutes for minutes, words in _UNIT_WORDS.items() for word in words.split()}
"""Minutes in one unit of time, by the words that headers use."""


def _singular(word: str) -> str:
    if word == "ids":
        return "id"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """Return what a column name is compared by: folded, singular, without spaces.

    >>> key("Account IDs") == key("account_id") == key("AccountId")
    True
    """
    return "".join(_singular(word) for word in folded(text).split())


@lru_cache(maxsize=50_000)
def without_links(text: str) -> str:
    """Return the key of a name without the prepositions and articles between its words.

    >>> without_links("Data de cadastro") == key("data_cadastro"), without_links("Mes de la compra")
    (True, 'mescompra')
    """
    plain = _LINKS.sub(" ", folded(text))
    return key(_LINKS.sub(" ", plain))


def without_umlauts(text: str) -> str:
    """Return a name with its German umlauts written as two letters: "Kündigung" is "Kuendigung"."""
    return text.translate(_UMLAUTS)


@lru_cache(maxsize=50_000)
def keys(text: str) -> tuple[str, ...]:
    """Return the keys a column name may be known by: as it stands, without brackets, without a system's prefix."""
    candidates = dict.fromkeys([key(text), key(_BRACKET.sub(" ", text)), key(_PREFIX.sub("", folded(text)))])
    return tuple(candidate for candidate in candidates if candidate)


@lru_cache(maxsize=50_000)
def timeless(text: str) -> tuple[str, float | None]:
    """Return the key of a column name without its unit of time, and the minutes in that unit (None without one).

    >>> timeless("Resolution Time (Hours)")
    ('resolutiontime', 60.0)
    """
    parts = _GLUED_UNIT.sub(r" \1", folded(_SHORT_DAYS.sub(" days ", text))).split()
    name_words = [word for word in parts if word not in UNITS and word not in _BETWEEN]
    units = [UNITS[word] for word in parts if word in UNITS]
    base = "".join(_singular(word) for word in name_words) or key(text)
    return base, units[0] if len(set(units)) == 1 else None


def account_key(name: str) -> str:
    """Return the id of an account that is known by its name only: one spelling for "ACME  Inc." and "Acme inc"."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace(".", " ").split())


@cache
def field_name_keys() -> frozenset[str]:
    """Return the keys of every name that any field of any table goes by."""
    fields = [field for table in TABLES.values() for field in table.mapped]
    return frozenset(key(name) for field in fields for name in (field.name, *field.synonyms()))
