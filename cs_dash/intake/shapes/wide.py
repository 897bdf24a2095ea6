"""Sheets with one row per customer: what they give to other tables, and what has to be assumed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells import arrays, missing, periods
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.cells.survey_words import is_summary, survey_kind
from cs_dash.intake.detection import columns
from cs_dash.intake.results.matches import ColumnMatch, TableGuess
from cs_dash.intake.results.problems import LoadedTable
from cs_dash.intake.rows import amounts, row_typing
from cs_dash.intake.rows.typed_rows import TypedRows, constant, of_accounts
from cs_dash.intake.rows.unused_columns import unsaid
from cs_dash.intake.shapes import customer_states, own_amounts, scores, snapshots
from cs_dash.intake.shapes import ledger as payment_ledger
from cs_dash.intake.shapes.ledger import REVENUE_SOURCES, Ledger
from cs_dash.intake.shapes.reporting_days import snapshot_day
from cs_dash.look.words import plural
from cs_dash.schema.tables import TABLES

_WHY = ("reason", "category", "secondary_reason", "competitor")
_CARRIED = ("plan", "seats", "renewal_date", "is_trial", "currency", "arr")


def _months_before(day: date, months: np.ndarray) -> np.ndarray:
    """The same day of the month so many months earlier, the month's last day where it is shorter."""
    whole = np.round(np.nan_to_num(months)).astype(int)
    target = np.datetime64(day, "M") - whole
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    same_day = target.astype("datetime64[D]") + np.timedelta64(day.day - 1, "D")
    return np.asarray(np.minimum(same_day, last))


def _matched(draft: TypedRows, fields: Sequence[str], extra: Sequence[ColumnMatch]) -> tuple[ColumnMatch, ...]:
    """How the fields of a derived table were mapped: by the account's own columns or by columns of their own."""
    own = [match for match in (*draft.matches, *draft.extra_matches) if match.field.name in fields]
    return tuple(sorted({m.column: m for m in (*own, *extra)}.values(), key=lambda m: m.column))


def _subscriptions(draft: TypedRows, profiles: Sequence[Profile], has_own_events: bool) -> TypedRows | None:
    mrr = draft.numbers("mrr")
    arr = draft.numbers("arr")
    if mrr is None and arr is None:
        return None
    monthly_amounts = np.full(len(draft), np.nan) if mrr is None else mrr
    monthly_amounts = monthly_amounts if arr is None else np.where(np.isnan(monthly_amounts), arr / 12, monthly_amounts)
    keep = ~np.isnan(monthly_amounts) & ~draft.faults.rejected
    day, count = snapshot_day(draft.context, draft.sheet), len(draft)
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
        "mrr": pa.array(monthly_amounts, pa.float64(), from_pandas=True),
        "assumed": pa.array(guessed | _left_undated(draft) | customer_states.paused(draft), pa.bool_()),
    }
    # Who left without a day: the events of the same sheet end the lines, or else the day that the sheet speaks of.
    if (away := customer_states.paused(draft) | (_left_undated(draft) & (not has_own_events))).any():
        nowhere = np.datetime64("NaT", "D")
        values["gone_by"] = pa.array(np.where(away, np.datetime64(day, "D"), nowhere), pa.date32())
        values["standing"] = draft.columns.get("standing", constant(None, pa.string(), count))
    if "churn_date" in draft.columns:
        values["end_date"] = draft.columns["churn_date"]
    lines = of_accounts(draft, "subscriptions", keep, values, "assumed")
    if arr is not None and (from_arr := int((keep & (np.ones(count, bool) if mrr is None else np.isnan(mrr))).sum())):
        lines.assumptions.append(amounts.twelfth(draft.source("arr"), from_arr))
    lines.assumed |= {"renewal_date"} & draft.assumed
    if guessed.any():
        lines.assumed |= {"start_date", "assumed"}
    _note_starts(lines, draft, profiles, guessed & keep, unknown & keep, day)
    return lines


def _left_undated(draft: TypedRows) -> np.ndarray:
    """Which customers left without a day: their lines end with their churn events, whose day is assumed."""
    left = np.zeros(len(draft), dtype=bool)
    if "churned" in draft.columns:
        left = draft.columns["churned"].fill_null(False).to_numpy(zero_copy_only=False)
    dated = draft.days("churn_date")
    return np.asarray(left if dated is None else left & np.isnat(dated))


def _note_starts(
    lines: TypedRows, draft: TypedRows, profiles: Sequence[Profile], guessed: np.ndarray, unknown: np.ndarray, day: date
) -> None:
    from_tenure = int((guessed & ~unknown).sum())
    if from_tenure:
        claim = unsaid(draft, profiles, "signup_date", "The sheet has no start dates")
        lines.assumptions.append(
            f"{claim}: the start of {plural(from_tenure, 'customer')} was computed as {day.isoformat()} minus the "
            "tenure in months. Set the “As-of date” if the sheet has another reference date."
        )
    if unknown.any():
        claim = f"The start of {plural(int(unknown.sum()), 'customer')} is unknown"
        reason = unsaid(draft, profiles, "signup_date", claim)
        whose = "it" if reason == claim else f"the start of {plural(int(unknown.sum()), 'customer')}"
        lines.assumptions.append(f"{reason}: {whose} is assumed to be {day.isoformat()}.")
    lines.assumptions.append("One contract line per customer was made from the amount in the customer's own row.")


def _makes_events(draft: TypedRows, churn_matches: dict[str, ColumnMatch], tables: set[str]) -> bool:
    """Whether the sheet gives churn events: a bare flag or date only repeats a sheet of them."""
    return "reason" in churn_matches or not ("churn_events" in tables or draft.context.has_churn_events)


def _churn(
    draft: TypedRows, churn_matches: dict[str, ColumnMatch], tables: set[str], profiles: Sequence[Profile]
) -> TypedRows | None:
    reason_matches = {name: churn_matches[name] for name in _WHY if name in churn_matches and "reason" in churn_matches}
    has_flag = "churned" in draft.columns
    dated = draft.days("churn_date")
    if not reason_matches and not has_flag and dated is None:
        return None
    if not _makes_events(draft, churn_matches, tables):
        return None
    values: dict[str, pa.Array] = {}
    keep = np.zeros(len(draft), dtype=bool) if dated is None else ~np.isnat(dated)
    if has_flag:
        keep |= draft.columns["churned"].fill_null(False).to_numpy(zero_copy_only=False)
    for name, match in reason_matches.items():
        values[name] = missing.without_missing(arrays.whole(draft.block.rows.column(match.column)), missing.NO_VALUE)
        if name == "reason":
            keep |= values[name].is_valid().to_numpy(zero_copy_only=False)
    keep &= ~draft.faults.rejected
    if not keep.any():
        return None
    day = snapshot_day(draft.context, draft.sheet)
    on = np.full(len(draft), np.datetime64("NaT", "D")) if dated is None else dated
    guessed = np.isnat(on)
    values["churned_on"] = pa.array(np.where(guessed, np.datetime64(day, "D"), on), pa.date32())
    values["assumed"] = pa.array(guessed, pa.bool_())
    events = of_accounts(draft, "churn_events", keep, values, "churn")
    if (guessed & keep).any():
        events.assumed |= {"churned_on", "assumed"}
        events.assumptions.append(
            f"{unsaid(draft, profiles, 'churn_date', 'The sheet does not say when customers left')}: "
            f"{plural(int((guessed & keep).sum()), 'churn event is', 'churn events are')} dated {day.isoformat()}. "
            "Set the “As-of date” if the sheet has another reference date."
        )
    without_churn = len(draft) - int(keep.sum())
    events.assumptions.append(f"{without_churn:,} of {len(draft):,} rows have no churn event.")
    return events


def _amounts(draft: TypedRows, tables: set[str], ledger: Ledger | None) -> bool:
    """Whether contract lines are made of the amounts in the customers' own rows; noted where not."""
    if "subscriptions" in tables or draft.context.has_subscriptions:
        return False
    other_kinds = (ledger.kinds - ({"snapshot"} if draft.sheet.period else set())) if ledger else set()
    if other_kinds and {"mrr", "arr"} & set(draft.columns):
        sources = " and ".join(REVENUE_SOURCES[kind] for kind in sorted(other_kinds))
        draft.assumptions.append(f"Its amounts were not counted as revenue, because {sources} already provide it.")
    return not other_kinds


def _snapshot_lines(draft: TypedRows, profiles: Sequence[Profile], ledger: Ledger) -> LoadedTable | None:
    """The contract lines that this snapshot and the ones before make."""
    source = periods.source(draft.sheet.file, draft.sheet.name)
    snapshot_pieces = snapshots.pieces(draft, source)
    period = draft.sheet.period
    if not any(piece.amount for piece in snapshot_pieces) or period is None:
        return None
    lines = ledger.record(snapshot_pieces, snapshots.months_covered(draft))
    mapped = _matched(draft, (*_CARRIED, "account_id", "mrr", "signup_date", "churned", "churn_date"), ())
    own = TypedRows(draft.table, draft.block, replace(draft.sheet, notes=()), draft.context, dict(draft.columns))
    own.faults.rejected = draft.faults.rejected
    paying = sum(1 for piece in snapshot_pieces if piece.amount)
    own.assumptions.append(
        f"{plural(paying, 'customer pays', 'customers pay')} in {period.month:%Y-%m} ({period.source}). An amount "
        "applies until a later snapshot changes it; customers missing from a later snapshot churned with it."
    )
    if first := sum(1 for line in lines if line.start_date == period.month) if len(lines) == paying else 0:
        own.assumptions.append(f"The start of {first:,} of them is unknown: their lines start with this snapshot.")
    own.faults.rejected, own.block = np.zeros(len(draft), dtype=bool), replace(draft.block, notes=())
    return payment_ledger.contract_lines(
        own, lines, row_typing.mapped_by(draft, mapped, profiles), 0.9, _because(draft, mapped)
    )


def _because(draft: TypedRows, matches: Sequence[ColumnMatch]) -> str:
    """Why the customers' own rows feed another table, in words."""
    names = dict.fromkeys(draft.block.names[m.column] for m in matches if m.field.name != "account_id")
    return f"Read from the customers' own rows because of {', '.join(names)}."


def derived(
    draft: TypedRows, guess: TableGuess, profiles: Sequence[Profile], tables: set[str], ledger: Ledger | None = None
) -> list[LoadedTable]:
    """Return what a sheet of accounts gives to subscriptions, churn events, surveys and notes.

    Args:
        draft: the accounts, typed.
        guess: how the sheet was recognised.
        profiles: what its columns hold.
        tables: the tables that other sheets of the load feed; nothing is assumed for those here.
        ledger: the known payments; a sheet with a period adds to them.
    """
    row_typing.require(draft)
    customer_states.read_standing(draft, profiles)
    customer_states.left_on_unreadable_days(draft)
    own_amounts.read_amounts(draft, profiles)
    mapping = draft.context.mapping
    sure_columns = {match.column for match in draft.matches if match.confidence > 0.9}
    churn_matches = {
        match.field.name: match
        for match in columns.assign(TABLES["churn_events"], draft.block.names, profiles, mapping)
        if match.column not in sure_columns and match.field.name in _WHY
    }
    drafts: list[tuple[TypedRows, tuple[ColumnMatch, ...]]] = []
    tables_loaded: list[LoadedTable] = []
    if _amounts(draft, tables, ledger):
        if draft.sheet.period and ledger is not None:
            tables_loaded += [lines] if (lines := _snapshot_lines(draft, profiles, ledger)) else []
        elif own := _subscriptions(draft, profiles, _makes_events(draft, churn_matches, tables)):
            fields = (*_CARRIED, "account_id", "mrr", "tenure_months", "signup_date", "contract", "churn_date")
            drafts.append((own, _matched(draft, fields, ())))
    if churn := _churn(draft, churn_matches, tables, profiles):
        drafts.append((churn, _matched(draft, ("account_id", "churned", "churn_date"), list(churn_matches.values()))))
    used = {match.column for match in draft.matches}
    for column, name in enumerate(draft.block.names):
        is_score = (
            survey_kind(name) and column not in used and profiles[column].numbers + profiles[column].answers > 0.9
        )
        if is_score and is_summary(name):
            draft.assumptions.append(
                f"{name} is computed from responses: it is stored with the account and does not count as a survey"
                " response."
            )
            is_score = False
        day = snapshot_day(draft.context, draft.sheet)
        if is_score and "surveys" not in tables and (answers := scores.answers(draft, column, day, profiles)):
            drafts.append((answers, _matched(draft, ("account_id",), [scores.match(column)])))
    if pulses := snapshots.pulses(draft):
        drafts.append((pulses, _matched(draft, ("account_id", "pulse", "pulse_date", "csm"), ())))
    for table_rows, matches in drafts:
        table_rows.matches = matches
        tables_loaded.append(
            replace(row_typing.finish(table_rows, guess, profiles, _because(draft, matches)), unmapped=())
        )
    return tables_loaded
