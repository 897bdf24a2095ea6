"""Recurring revenue of contract lines, in one currency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, intervals, money, money_names
from cs_dash.intake.cells.intervals import ONCE
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.problems import Rates
from cs_dash.intake.rows import credits
from cs_dash.intake.rows.amount_periods import months_of_amounts
from cs_dash.intake.rows.rates import latest
from cs_dash.intake.rows.terms import Terms
from cs_dash.intake.rows.typed_rows import TypedRows, constant
from cs_dash.look.words import plural
from cs_dash.schema import names

_MONEY = ("mrr", "arr", "amount", "mrr_lost")
_FEW, _ABSURD = 10, 10_000


def _filled(draft: TypedRows, name: str) -> np.ndarray:
    values = draft.numbers(name)
    return np.full(len(draft), np.nan) if values is None else values


def twelfth(column: str, rows: int) -> str:
    """Return the sentence that an MRR was made of a column of yearly amounts."""
    return f"MRR is one twelfth of {column}, in {rows:,} row{'s' * (rows > 1)}."


def monthly(draft: TypedRows, terms: Terms, profiles: Sequence[Profile]) -> None:
    """Fill `mrr` from itself, else from arr / 12, else from amount / months in its term.

    A row whose amount has no known term has an empty MRR and a problem; the column is asked about. Trials, those who
    never paid, and charges that come once have no MRR. Amounts below zero lower what the account's other lines pay;
    those that cannot are rejected.

    Args:
        draft: contract lines, typed.
        terms: what the rows say of their terms.
        profiles: what the sheet's columns hold.
    """
    mrr = _filled(draft, "mrr")
    arr, amount = draft.numbers("arr"), draft.numbers("amount")
    if "mrr" in draft.columns and not names_a_month(draft):
        mrr = _by_interval(draft, mrr, terms.billed)
    if arr is not None:
        if from_arr := int((np.isnan(mrr) & ~np.isnan(arr)).sum()):
            draft.assumptions.append(twelfth(draft.source("arr"), from_arr))
        mrr = np.where(np.isnan(mrr), arr / 12, mrr)
    if amount is not None:
        amount = _of_all_seats(draft, amount)
        months = months_of_amounts(draft, terms, profiles)
        open_rows = np.isnan(mrr)
        with np.errstate(divide="ignore", invalid="ignore"):
            mrr = np.where(open_rows, np.where(months == ONCE, 0.0, amount / months), mrr)
        once = int((open_rows & (months == ONCE) & ~np.isnan(amount)).sum())
        if once:
            have = plural(once, "one-off amount has", "one-off amounts have")
            draft.assumptions.append(f"{have} no MRR (setup, activation, trial ...).")
        rows = np.flatnonzero(open_rows & ~np.isnan(amount) & np.isnan(months))
        draft.reject(rows, "amount", "The period of the amount is unknown, so it gives no MRR.",
                     "Choose the period under “Amounts are for”, or add a column with values such as "
                     "monthly. The row was loaded.", fatal=False)  # fmt: skip
    if arr is None and amount is None and "mrr" not in draft.columns:
        return
    mrr = _without_trials(draft, mrr)
    source = "mrr" if "mrr" in draft.columns else "arr" if arr is not None else "amount"
    draft.columns["mrr"] = pa.array(mrr, pa.float64(), from_pandas=True)
    reject_absurd(draft, source)
    credits.place(draft, source)


def names_a_month(draft: TypedRows) -> bool:
    """Return whether the name of the column of MRR says that its amounts are for a month."""
    match = next((match for match in draft.matches if match.field.name == "mrr"), None)
    if match is None or match.because == "your choice":
        return True
    name = draft.block.names[match.column]
    return intervals.named(name) is not None or "mrr" in names.folded(name) or "recurring" in names.folded(name)


def _by_interval(draft: TypedRows, mrr: np.ndarray, billed: np.ndarray) -> np.ndarray:
    """The MRR where the row's own interval says what its amount is for."""
    told = ~np.isnan(billed) & ~np.isnan(mrr) & (billed != 1)
    if not told.any():
        return mrr
    rows = plural(int(told.sum()), "row")
    draft.assumptions.append(
        f"{draft.source('mrr')} was divided by the months of each row's billing interval in {rows}."
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(told, np.where(billed == ONCE, 0.0, mrr / billed), mrr)


def _of_all_seats(draft: TypedRows, amount: np.ndarray) -> np.ndarray:
    """The amounts of all seats, where the column's name says that they are for one."""
    seats = draft.numbers("seats")
    if seats is None or not intervals.is_per_seat(draft.source("amount")):
        return amount
    draft.assumptions.append(f"{draft.source('amount')} is the price per unit: multiplied by {draft.source('seats')}.")
    return np.where(np.isnan(seats), amount, amount * seats)


def _without_trials(draft: TypedRows, mrr: np.ndarray) -> np.ndarray:
    trial = draft.columns.get("is_trial")
    if trial is not None:
        on_trial = trial.fill_null(False).to_numpy(zero_copy_only=False)
        paid = int((on_trial & (mrr > 0)).sum())
        if paid:
            draft.assumptions.append(
                f"{plural(paid, 'trial has', 'trials have')} a recurring amount, set to 0: trials have no MRR."
            )
        mrr = np.where(on_trial, 0.0, mrr)
    if "standing" in draft.columns:
        never = pc.fill_null(pc.equal(draft.columns["standing"], "never"), False).to_numpy(zero_copy_only=False)
        mrr = np.where(never, 0.0, mrr)
    return mrr


def reject_absurd(draft: TypedRows, source: str, name: str = "mrr") -> None:
    """Leave out the largest amount of a sheet where no other comes near it, and report it: it is a slip, not news."""
    mrr = _filled(draft, name).copy()
    at = np.argsort(np.nan_to_num(mrr, nan=-np.inf))[::-1][:2]
    if np.count_nonzero(mrr > 0) < _FEW or mrr[at[0]] < _ABSURD * mrr[at[1]]:
        return
    draft.reject(at[:1], source, f"It is more than {_ABSURD:,} times the next largest amount, so it was ignored.",
                 "Correct it. The row was loaded.", fatal=False)  # fmt: skip
    mrr[at[0]] = np.nan
    draft.columns[name] = pa.array(mrr, pa.float64(), from_pandas=True)


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
        amounts_converted = plural(count, "amount was", "amounts were")
        draft.assumptions.append(f"{amounts_converted} converted to {reporting} at the rate of the start date.")
    return np.where(foreign, factors, np.nan)
