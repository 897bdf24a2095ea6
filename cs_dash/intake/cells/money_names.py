"""What the name of a column of money says beside what it is: its currency, and whether it counts in thousands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from cs_dash.intake.cells import money

_RATES = frozenset({"mrr", "arr", "cmrr", "carr"})
_FILLERS = frozenset({
    "value", "amount", "total", "current", "currently", "actual", "now", "latest", "today", "in", "the", "of", "per",
    "contract", "customer", "account", "k", "m", "r", "keur", "kusd", "teur", "tusd", "tsd", "thousand", "thousands",
    "live", "recurring", "end", "ending", "valor", "atual", "importe", "montant", "actuel", "actuelle", "betrag",
    "wert",
    "aktuell", "aktueller", "gesamt", "сумма", "текущий", "текущая", "тыс", "当前", "金额", "by", "em", "en",
})  # fmt: skip
"""Words beside MRR and ARR that do not make them anything else, as "lost", "new" and "change" do."""
_NO_CURRENCY = frozenset({"try"})
_SIGN = r"(?:€|\$|£|¥|₽|₹|eur|usd|gbp|chf|руб\.?|rub|brl|r\$|cny|元)"
_THOUSANDS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (factor, re.compile(pattern, re.IGNORECASE))
    for factor, pattern in (
        (1e3, rf"(?<!\w)[kt]\s?{_SIGN}(?!\w)|{_SIGN}\s?k(?!\w)|\(\s?k\s?\)|(?<!\w)in k(?!\w)|(?<!\w)(?:thousands?|tsd|"
              r"mil|milhares|miles|milliers|тыс)(?!\w)|千"),
        (1e4, r"万|萬"),
        (1e6, rf"(?<!\w)m(?:io|n|ln)?\.?\s?{_SIGN}(?!\w)|{_SIGN}\s?m(?:io|n|ln)?(?!\w)|"
              r"(?<!\w)(?:millions?|mio|млн)(?!\w)"),
    )
)  # fmt: skip


@lru_cache(maxsize=50_000)
def plain(folded: str) -> str:
    """Return a folded name without its currency, and MRR or ARR without words that add nothing; "" where none is left.

    >>> plain("arr usd"), plain("current mrr value"), plain("price eur"), plain("lost mrr"), plain("currency usd")
    ('arr', 'mrr', 'price', 'lost mrr', 'currency')
    """
    words = folded.split()
    others = [word for word in words if word in _NO_CURRENCY or money.currency(word) is None]
    rates = [word for word in others if word in _RATES]
    if len(rates) == 1 and all(word in _FILLERS for word in others if word != rates[0]):
        return rates[0].removeprefix("c")
    return " ".join(others)


def scale(names: Iterable[str]) -> float:
    """Return what amounts are multiplied by because a name says that they count in thousands, 1.0 for none.

    >>> scale(["ARR (k€)"]), scale(["MRR in TEUR"]), scale(["ARR $M"]), scale(["MRR (€)"]), scale(["Сумма, тыс. руб."])
    (1000.0, 1000.0, 1000000.0, 1.0, 1000.0)
    """
    for name in names:
        text = unicodedata.normalize("NFKC", name).replace("_", " ")
        for factor, pattern in _THOUSANDS:
            if pattern.search(text):
                return factor
    return 1.0


def currency_of(name: str) -> str | None:
    """Return the currency that a name has in letters or as a sign of its own; a lone "$" does not decide.

    >>> currency_of("arr_usd"), currency_of("MRR (k€)"), currency_of("MRR $")
    ('USD', 'EUR', None)
    """
    spaced = re.sub(r"(?<!\w)[kt](?=eur|usd|gbp|chf)", "", re.sub(r"[_\-.]+", " ", name), flags=re.IGNORECASE)
    code = money.currency(spaced)
    is_lone = code == "USD" and not re.search(r"us\s?\$|\busd\b", spaced, re.IGNORECASE)
    return None if is_lone else code
