"""Exchange rates as sheets quote them, turned into worths in one currency.

A sheet gives the worth of one unit of a currency in another, which it seldom names. Where the reporting currency is not
that other one, a rate is crossed: what is quoted in euros becomes dollars through the sheet's rate of the dollar.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from cs_dash.intake.results.problems import Rates

Quote = tuple[str, date, float, str | None]
"""Currency, first day, worth of one unit, and the currency that the worth is in; None: the reporting currency."""
Dated = Sequence[tuple[date, float]]


def quoted_in(rates: Mapping[str, Iterable[float]], candidates: Iterable[str | None]) -> str | None:
    """Return the currency that a sheet's rates are in, or None where that is unknown.

    A sheet that lists a currency at other worths than 1 is not quoted in it; one that lists it at 1 always is.

    Args:
        rates: currency -> its worths in the sheet.
        candidates: the currencies that it may be, the likeliest first.
    """
    at_one = [code for code, worths in rates.items() if set(worths) == {1.0}]
    codes = [code for code in candidates if code]
    for code in codes:
        if code in at_one:
            return code
    for code in codes:
        if code not in rates:
            return code
    return at_one[0] if len(at_one) == 1 else None


def crossed(quotes: Iterable[Quote], reporting: str | None) -> Rates:
    """Return currency -> (first day, worth of one unit in `reporting`), oldest first.

    What is quoted in another currency C holds from the first day on which C itself is known in `reporting`, and moves
    whenever one of both does. A quote of the reporting currency itself is used the other way round. Of several
    rates of one day a direct one counts first, then one used the other way round, then a crossed one; of several
    crossed ones that through the currency whose code comes first.
    """
    direct: dict[str, dict[date, float]] = defaultdict(dict)
    by_base: dict[str, dict[str, dict[date, float]]] = defaultdict(lambda: defaultdict(dict))
    for code, on, rate, base in quotes:
        if reporting is None or base is None or base == reporting:
            direct[code][on] = rate
        else:
            by_base[base][code][on] = rate
    rates: dict[str, dict[date, float]] = defaultdict(dict)
    own_quotes = {base: sorted(quoted.get(reporting or "", {}).items()) for base, quoted in by_base.items()}
    for base, quoted in sorted(by_base.items(), reverse=True):
        for code, worths in quoted.items():
            if code not in (reporting, base):
                rates[code] |= _through(sorted(worths.items()), own_quotes[base])
    for base, own in own_quotes.items():
        rates[base] |= {on: 1 / rate for on, rate in own}
    for code, dated in direct.items():
        rates[code] |= dated
    return {code: tuple(sorted(dated.items())) for code, dated in rates.items() if dated}


def _through(theirs: Dated, ours: Dated) -> dict[date, float]:
    """Return what one currency is worth in another, both quoted in a third, on every day that one of them changes."""
    days = sorted({on for on, _ in theirs} | {on for on, _ in ours})
    pairs = ((on, latest(theirs, on), latest(ours, on)) for on in days)
    return {on: a / b for on, a, b in pairs if a is not None and b is not None}


def latest(dated: Dated, on: date) -> float | None:
    """Return the latest rate on or before a day, or None."""
    at = bisect_right([day for day, _ in dated], on)
    return dated[at - 1][1] if at else None
