"""Recurring revenue of contract lines, in one currency."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, money, money_names, names
from cs_dash.intake.results.problems import Rates
from cs_dash.intake.rows.rates import latest
from cs_dash.intake.rows.typed_rows import TypedRows, constant

_TERM_WORDS: dict[int, tuple[str, ...]] = {
    1: (
        "monthly", "month", "months", "per month", "every month", "each month", "mtm", "month to month", "m", "1 month",
        "monatlich", "monat", "pro monat", "mensuel", "mensuelle", "mois", "par mois", "mensual", "mes", "por mes",
        "mensal", "mes a mes", "por mês", "ежемесячно", "месяц", "в месяц", "помесячно", "месячная", "月", "每月",
        "月付", "按月", "月度", "包月",
    ),
    3: (
        "quarterly", "quarter", "per quarter", "3 month", "3 months", "every 3 months", "quartalsweise",
        "vierteljährlich", "quartal", "pro quartal", "trimestriel", "trimestrielle", "trimestre", "trimestral",
        "ежеквартально", "квартал", "поквартально", "季度", "每季度", "季付", "按季",
    ),
    6: (
        "semiannual", "semi annual", "semiannually", "half yearly", "6 months", "every 6 months", "biannual",
        "halbjährlich", "semestriel", "semestrielle", "semestre", "semestral", "раз в полгода", "полгода",
        "полугодие", "半年", "每半年", "半年付",
    ),
    12: (
        "annual", "annually", "yearly", "year", "years", "per year", "every year", "12 months", "1 year", "one year",
        "jährlich", "jahr", "pro jahr", "jahresweise", "annuel", "annuelle", "annuellement", "an", "par an", "anual",
        "año", "por año", "anualmente", "ano", "por ano", "ежегодно", "год", "в год", "годовая", "раз в год",
        "年", "每年", "年付", "按年", "年度",
    ),
    24: (
        "biennial", "2 years", "two year", "two years", "24 months", "zweijährlich", "2 jahre", "2 ans", "2 años",
        "2 anos", "2 года", "两年", "2年",
    ),
    36: ("3 years", "three years", "36 months", "3 jahre", "3 ans", "3 años", "3 anos", "3 года", "三年", "3年"),
}  # fmt: skip
_TERMS = {names.folded(word): months for months, words in _TERM_WORDS.items() for word in words}
_MONEY = ("mrr", "arr", "amount", "mrr_lost")


def term(text: str) -> int | None:
    """Return the months in one billing term, or None for other words.

    >>> term("Annual"), term("month-to-month"), term("on demand")
    (12, 1, None)
    """
    return _TERMS.get(names.folded(text))


def _filled(draft: TypedRows, name: str) -> np.ndarray:
    values = draft.numbers(name)
    return np.full(len(draft), np.nan) if values is None else values


def _terms(draft: TypedRows) -> np.ndarray:
    """Months per term for every row, NaN where unknown."""
    months = _filled(draft, "term_months")
    months = np.where(months > 0, months, np.nan)
    if "billing" in draft.columns:
        encoded = pc.dictionary_encode(draft.columns["billing"])
        months_by_word = pa.array([term(word) for word in encoded.dictionary.to_pylist()], pa.float64())
        worded = months_by_word.take(encoded.indices).fill_null(float("nan")).to_numpy(zero_copy_only=False)
        months = np.where(np.isnan(months), worded, months)
    return months


def twelfth(column: str, rows: int) -> str:
    """Return the sentence that an MRR was made of a column of yearly amounts."""
    return f"The MRR is a twelfth of {column}, in {rows:,} row{'s' * (rows > 1)}."


def monthly(draft: TypedRows) -> None:
    """Fill `mrr` from itself, else from arr / 12, else from amount / months in its term; reject negative ones.

    A row whose amount has no known term has an empty MRR and a problem. Trials have no MRR.
    """
    mrr = _filled(draft, "mrr")
    arr, amount = draft.numbers("arr"), draft.numbers("amount")
    if arr is not None:
        if from_arr := int((np.isnan(mrr) & ~np.isnan(arr)).sum()):
            draft.assumptions.append(twelfth(draft.source("arr"), from_arr))
        mrr = np.where(np.isnan(mrr), arr / 12, mrr)
    if amount is not None:
        months = _terms(draft)
        open_rows = np.isnan(mrr)
        mrr = np.where(open_rows, amount / months, mrr)
        rows = np.flatnonzero(open_rows & ~np.isnan(amount) & np.isnan(months))
        draft.reject(rows, "amount", "The amount's term is not known, so it gives no MRR.",
                     "Add a column with the months in a term, or with words such as monthly. The row was kept.",
                     fatal=False)  # fmt: skip
    if arr is None and amount is None and "mrr" not in draft.columns:
        return
    rows = np.flatnonzero(mrr < 0)
    source = "mrr" if "mrr" in draft.columns else "arr" if arr is not None else "amount"
    advice = "Leave out credits and refunds; they are not recurring revenue."
    draft.reject(rows, source, "The recurring amount is below zero.", advice)
    trial = draft.columns.get("is_trial")
    if trial is not None:
        on_trial = trial.fill_null(False).to_numpy(zero_copy_only=False)
        paid = int((on_trial & (mrr > 0)).sum())
        if paid:
            draft.assumptions.append(
                f"{paid:,} trials state a recurring amount; trials have no MRR, so it was set to 0."
            )
        mrr = np.where(on_trial, 0.0, mrr)
    draft.columns["mrr"] = pa.array(mrr, pa.float64(), from_pandas=True)


def currencies(draft: TypedRows) -> pa.Array | None:
    """Return the currency code of every row: by a column of codes, by the signs in the amounts, or by the header.

    None where the sheet names none. A lone "$" names none either: too many countries use it.
    """
    if "currency" in draft.columns:
        encoded = pc.dictionary_encode(draft.columns["currency"])
        codes = [money.currency(word) or word.strip().upper() for word in encoded.dictionary.to_pylist()]
        return pa.array(codes, pa.string()).take(encoded.indices)
    for match in draft.matches:
        if match.field.name not in _MONEY:
            continue
        name = draft.block.names[match.column]
        if code := money_names.currency_of(name):
            return constant(code, pa.string(), len(draft))
        encoded = pc.dictionary_encode(arrays.whole(draft.block.rows.column(match.column)))
        signs = [money.currency(text) for text in encoded.dictionary.to_pylist()]
        if set(signs) - {None, "USD"} or any(
            s and "$" not in t for s, t in zip(signs, encoded.dictionary.to_pylist(), strict=True)
        ):
            return pa.array(signs, pa.string()).take(encoded.indices)
    return None


def convert(draft: TypedRows, reporting: str | None, rates: Rates, dated: str, fatal: bool) -> np.ndarray | None:
    """Turn a draft's money into the reporting currency, at the rate of the day in `dated`, else of the day of the load.

    A row without a rate is rejected when `fatal`; otherwise its money is left out. Returns the rate of each row, NaN
    where it has none or needs none; None where nothing had to be converted.
    """
    codes, uncoded = currencies(draft), draft.context.uncoded
    if uncoded and uncoded != reporting:
        codes = constant(uncoded, pa.string(), len(draft)) if codes is None else codes.fill_null(uncoded)
    held = [name for name in _MONEY if name in draft.columns]
    if codes is None or reporting is None or not held:
        return None
    draft.columns["currency"] = codes
    foreign = pc.fill_null(pc.not_equal(codes, reporting), False).to_numpy(zero_copy_only=False)
    if not foreign.any():
        return None
    days = draft.days(dated)
    loaded = np.datetime64(draft.context.loaded_on, "D")
    when = np.full(len(draft), loaded) if days is None else np.where(np.isnat(days), loaded, days)
    factors = np.ones(len(draft))
    missing_rates: dict[str, list[int]] = {}
    rate_by_day: dict[tuple[str, date], float | None] = {}
    texts, moments = codes.to_pylist(), when.tolist()
    for at in np.flatnonzero(foreign).tolist():
        pair = (texts[at], moments[at])
        if pair not in rate_by_day:
            rate_by_day[pair] = latest(rates.get(pair[0], ()), pair[1])
        rate = rate_by_day[pair]
        factors[at] = np.nan if rate is None else rate
        if rate is None:
            missing_rates.setdefault(texts[at], []).append(at)
    for code, rows in missing_rates.items():
        draft.reject(np.array(rows), "currency", f"No exchange rate from {code} to {reporting} for that day.",
                     "Load a sheet of exchange rates: currency, date, rate.", fatal)  # fmt: skip
    for name in held:
        draft.columns[name] = pa.array(_filled(draft, name) * factors, pa.float64(), from_pandas=True)
    count = int(foreign.sum()) - sum(len(rows) for rows in missing_rates.values())
    if count:
        draft.assumptions.append(f"{count:,} amounts were turned into {reporting} at the rate of the period's start.")
    return np.where(foreign, factors, np.nan)
