"""Sheets with one row per customer: what they say beside the account itself, and what has to be assumed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnknownOption
from cs_dash.intake import columns, drafts, missing, names
from cs_dash.intake.columns import Match
from cs_dash.intake.drafts import Draft, constant
from cs_dash.intake.problems import Fed, Known
from cs_dash.intake.profiles import Profile
from cs_dash.intake.recognise import Guess
from cs_dash.schema import TABLES

_SCORES = {
    "nps": "NPS", "npsscore": "NPS", "netpromoterscore": "NPS", "lastnps": "NPS", "latestnps": "NPS",
    "csat": "CSAT", "csatscore": "CSAT", "satisfactionscore": "CSAT", "satisfaction": "CSAT",
    "customersatisfaction": "CSAT", "customersatisfactionscore": "CSAT", "avgcsat": "CSAT", "averagecsat": "CSAT",
    "ces": "CES", "cesscore": "CES", "customereffortscore": "CES", "effortscore": "CES",
}  # fmt: skip
_RANGES = {"NPS": (0.0, 10.0), "CSAT": (0.0, 10.0), "CES": (0.0, 10.0)}
_WHY = ("reason", "category", "secondary_reason", "competitor")
_CARRIED = ("plan", "seats", "renewal_date", "is_trial", "currency", "arr")


def snapshot(known: Known) -> date:
    """Return the day that data without dates speak of. Raises UnknownOption when the reader's is no date."""
    chosen = known.options.get("snapshot")
    if chosen is None:
        return known.loaded_on.replace(day=1) - timedelta(days=1)
    try:
        return date.fromisoformat(chosen)
    except ValueError:
        why = f"Could not use snapshot={chosen} because it is not a day."
        raise UnknownOption("Unknown day", why, "Write it as 2026-09-30.") from None


def survey_name(column: str) -> str:
    """Return the survey that a column of scores belongs to: NPS, CSAT or CES, else the column's own name.

    >>> survey_name("Satisfaction Score"), survey_name("nps_score"), survey_name("Mood")
    ('CSAT', 'NPS', 'Mood')
    """
    return next((_SCORES[key] for key in names.keys(column) if key in _SCORES), column)


def date_tickets(draft: Draft) -> None:
    """Date tickets that do not say when they came in, and say what that costs.

    The day is the reader's snapshot, else the newest day on which one was answered or solved, else the end of last
    month. Times to answers cannot be told from an assumed start, so they are left out.
    """
    day = snapshot(draft.known)
    left_out = []
    for name in ("first_reply_at", "solved_at"):
        if name in draft.columns:
            newest = pc.max(draft.columns.pop(name)).as_py()
            left_out.append(draft.source(name))
            if newest is not None and "snapshot" not in draft.known.options:
                day = min(newest.date(), draft.known.loaded_on)
    draft.columns["created_at"] = constant(day, pa.date32(), len(draft)).cast(pa.timestamp("us"))
    draft.assumed.add("created_at")
    draft.assumptions.append(
        f"No column says when a ticket came in: all are dated {day.isoformat()}, so nothing can be said about time. "
        "Give --option snapshot=DAY for another day, or name the column."
    )
    if left_out:
        words = " and ".join(left_out)
        draft.assumptions.append(f"{words} were left out: without the time a ticket came in they tell no duration.")


def _reference(draft: Draft) -> dict[str, pa.Array]:
    found = {"account_ref": draft.columns["account_id"]}
    if "account" in draft.columns:
        found["account_name"] = draft.columns["account"]
    return found


def _months_before(day: date, months: np.ndarray) -> np.ndarray:
    """The same day of the month so many months earlier, the month's last day where it is shorter."""
    whole = np.round(np.nan_to_num(months)).astype(int)
    target = np.datetime64(day, "M") - whole
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    same = target.astype("datetime64[D]") + np.timedelta64(day.day - 1, "D")
    return np.asarray(np.minimum(same, last))


def _part(draft: Draft, table: str, keep: np.ndarray, values: dict[str, pa.Array], suffix: str) -> Draft:
    """A draft for another table from some rows of the account's sheet, its key made from the account's id."""
    taken = Draft(TABLES[table], drafts.part(draft.block, keep), draft.sheet, draft.known)
    mask = pa.array(keep)
    for name, array in (_reference(draft) | values).items():
        taken.columns[name] = array.filter(mask)
    taken.columns[taken.table.key] = pc.binary_join_element_wise(taken.columns["account_ref"], suffix, "-")
    return taken


def _matched(draft: Draft, fields: Sequence[str], others: Sequence[Match]) -> tuple[Match, ...]:
    """How the fields of a derived table were mapped: by the account's own columns or by columns of their own."""
    own = [match for match in draft.matches if match.field.name in fields]
    return tuple(sorted({m.column: m for m in (*own, *others)}.values(), key=lambda m: m.column))


def _subscriptions(draft: Draft) -> Draft | None:
    mrr = draft.numbers("mrr")
    arr = draft.numbers("arr")
    if mrr is None and arr is None:
        return None
    worth = np.full(len(draft), np.nan) if mrr is None else mrr
    worth = worth if arr is None else np.where(np.isnan(worth), arr / 12, worth)
    keep = ~np.isnan(worth) & ~draft.faults.rejected
    day, count = snapshot(draft.known), len(draft)
    tenure, since = draft.numbers("tenure_months"), draft.days("signup_date")
    starts = np.full(count, np.datetime64("NaT", "D"))
    if since is not None:
        starts = since
    guessed = np.isnat(starts)
    if tenure is not None:
        starts = np.where(guessed & ~np.isnan(tenure), _months_before(day, tenure), starts)
    unknown = np.isnat(starts)
    starts = np.where(unknown, np.datetime64(day, "D"), starts)
    values = {name: draft.columns[name] for name in _CARRIED if name in draft.columns}
    if "plan" not in values and "contract" in draft.columns:
        values["plan"] = draft.columns["contract"]
    values |= {
        "start_date": pa.array(starts, pa.date32()),
        "mrr": pa.array(worth, pa.float64(), from_pandas=True),
        "assumed": pa.array(guessed, pa.bool_()),
    }
    if "churn_date" in draft.columns:
        values["end_date"] = draft.columns["churn_date"]
    taken = _part(draft, "subscriptions", keep, values, "assumed")
    if guessed.any():
        taken.assumed |= {"start_date", "assumed"}
    _say_starts(taken, guessed & keep, unknown & keep, day)
    return taken


def _say_starts(taken: Draft, guessed: np.ndarray, unknown: np.ndarray, day: date) -> None:
    counted = int((guessed & ~unknown).sum())
    if counted:
        taken.assumptions.append(
            f"The sheet has no start dates: for {counted:,} customers the start is {day.isoformat()} less the months "
            "of tenure. Give --option snapshot=DAY if the sheet speaks of another day."
        )
    if unknown.any():
        taken.assumptions.append(
            f"Nothing says since when {int(unknown.sum()):,} customers pay: "
            f"their start is taken to be {day.isoformat()}."
        )
    taken.assumptions.append("One contract line per customer was made from the amount in the customer's own row.")


def _churn(draft: Draft, others: dict[str, Match], tables: set[str]) -> Draft | None:
    found = {name: others[name] for name in _WHY if name in others and "reason" in others}
    told = "churned" in draft.columns
    if not found and not told:
        return None
    # A bare flag repeats what a sheet of churn events says better.
    if not found and ("churn_events" in tables or draft.known.has_churn_events):
        return None
    values: dict[str, pa.Array] = {}
    keep = np.zeros(len(draft), dtype=bool)
    if told:
        keep |= draft.columns["churned"].fill_null(False).to_numpy(zero_copy_only=False)
    for name, match in found.items():
        values[name] = missing.known(draft.block.rows.column(match.column).combine_chunks(), missing.NO_VALUE)
        if name == "reason":
            keep |= values[name].is_valid().to_numpy(zero_copy_only=False)
    keep &= ~draft.faults.rejected
    if not keep.any():
        return None
    day = snapshot(draft.known)
    dated = draft.days("churn_date")
    on = np.full(len(draft), np.datetime64("NaT", "D")) if dated is None else dated
    guessed = np.isnat(on)
    values["churned_on"] = pa.array(np.where(guessed, np.datetime64(day, "D"), on), pa.date32())
    values["assumed"] = pa.array(guessed, pa.bool_())
    taken = _part(draft, "churn_events", keep, values, "churn")
    if (guessed & keep).any():
        taken.assumed |= {"churned_on", "assumed"}
        taken.assumptions.append(
            f"The sheet does not say when customers left: {int((guessed & keep).sum()):,} are dated {day.isoformat()}. "
            "Give --option snapshot=DAY if the sheet speaks of another day."
        )
    rest = len(draft) - int(keep.sum())
    taken.assumptions.append(f"{rest:,} of {len(draft):,} rows carry no churn.")
    return taken


def _survey(draft: Draft, column: int) -> Draft | None:
    name = survey_name(draft.block.names[column])
    match = Match(column, TABLES["surveys"].field("score"), 0.9, "a score that customers gave", 1.0)
    scored = drafts.typed(TABLES["surveys"], [match], draft.block, draft.sheet, draft.known)
    scores = np.asarray(scored.columns["score"].fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float)
    given = ~np.isnan(scores) & ~draft.faults.rejected
    low, high = _RANGES[name]
    if not given.any():
        return None
    if ((scores[given] < low) | (scores[given] > high)).any():
        draft.assumptions.append(
            f"{draft.block.names[column]} holds values outside {low:g} to {high:g}, so it is no answer to a "
            "survey; it was kept as a column of the account."
        )
        return None
    day = snapshot(draft.known)
    values = {
        "score": scored.columns["score"],
        "answered_on": constant(day, pa.date32(), len(draft)),
        "survey": constant(name, pa.string(), len(draft)),
        "assumed": constant(True, pa.bool_(), len(draft)),
    }
    taken = _part(draft, "surveys", given, values, names.key(draft.block.names[column]))
    taken.assumed |= {"answered_on", "assumed"}
    taken.assumptions.append(
        f"{draft.block.names[column]} was read as one {name} answer per customer, dated {day.isoformat()} as the sheet "
        "gives no date."
    )
    return taken


def derived(draft: Draft, guess: Guess, profiles: Sequence[Profile], tables: set[str]) -> list[Fed]:
    """Return what a sheet of accounts gives to subscriptions, churn events and surveys.

    Args:
        draft: the accounts, typed.
        guess: how the sheet was recognised.
        profiles: what its columns hold.
        tables: the tables that other sheets of the load feed; what they say is not assumed here.
    """
    drafts.require(draft)
    mapping = draft.known.mapping
    taken = {match.column for match in draft.matches if match.confidence > 0.9}
    others = {
        match.field.name: match
        for match in columns.assign(TABLES["churn_events"], draft.block.names, profiles, mapping)
        if match.column not in taken and match.field.name in _WHY
    }
    found: list[tuple[Draft, tuple[Match, ...]]] = []
    if "subscriptions" not in tables and not draft.known.has_subscriptions and (lines := _subscriptions(draft)):
        fields = (*_CARRIED, "account_id", "mrr", "tenure_months", "signup_date", "contract", "churn_date")
        found.append((lines, _matched(draft, fields, ())))
    if churn := _churn(draft, others, tables):
        found.append((churn, _matched(draft, ("account_id", "churned", "churn_date"), list(others.values()))))
    used = {match.column for match in draft.matches}
    for column, name in enumerate(draft.block.names):
        scored = survey_name(name) in _RANGES and column not in used and profiles[column].numbers > 0.9
        if scored and "surveys" not in tables and (answers := _survey(draft, column)):
            match = Match(column, TABLES["surveys"].field("score"), 0.9, "a score that customers gave", 1.0)
            found.append((answers, _matched(draft, ("account_id",), [match])))
    title = "Read from the customers' own rows."
    fed = []
    for each, matches in found:
        each.matches = matches
        fed.append(replace(drafts.finish(each, guess, profiles, title), unmapped=()))
    return fed
