"""Who pays, who gave notice, who has left: what states, flags and cancel dates in any column say of contract lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, missing, status
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows.status_columns import StatusColumn, days_in, is_named, leaving_days, names_of, status_column
from cs_dash.intake.rows.typed_rows import TypedRows, constant
from cs_dash.look.words import plural
from cs_dash.schema import names
from cs_dash.schema.tables import Field

_NOTICE_FLAGS = frozenset(
    names.key(word)
    for word in (
        "cancel at period end", "cancels at period end", "cancel at end of period", "cancel at term end",
        "pending cancellation", "cancellation pending", "cancellation requested", "cancellation scheduled",
        "will cancel", "will not renew", "notice given", "under notice", "kündigung vorgemerkt",
        "kündigung eingegangen",
        "zum periodenende gekündigt", "kündigung zum laufzeitende", "résiliation demandée",
        "résiliation en fin de période", "cancelar al final del período", "cancelación programada",
        "cancelar no fim do período", "cancelamento agendado", "отмена в конце периода", "не продлевать", "到期取消",
        "到期不续", "期末取消",
    )
)  # fmt: skip
_ENDS = frozenset(
    names.key(word)
    for word in (
        "cancel at", "cancels at", "cancels on", "cancellation effective", "cancellation effective date",
        "effective cancellation date", "scheduled cancellation date", "kündigung zum", "gekündigt zum",
        "kündigungstermin", "date d'effet de la résiliation", "fecha efectiva de baja", "data efetiva do cancelamento",
        "дата прекращения",
    )
)  # fmt: skip
_MEANINGS = {
    "gone": ("line has ended", "lines have ended"),
    "paused": ("line is paused", "lines are paused"),
    "never": ("line has never paid", "lines have never paid"),
    "trial": ("line is a trial", "lines are trials"),
    "leaving": ("line is under notice", "lines are under notice"),
}


def apply(draft: TypedRows, profiles: Sequence[Profile], terms: np.ndarray) -> None:
    """Let states and cancel dates decide which contract lines pay, and until when.

    Who left does so on the day that a column gives, else by the newest day of the sheet, as `gone_by`, which is
    said. Who never paid has no revenue. Who has given notice pays to the end of the period.

    Args:
        draft: contract lines, typed.
        profiles: what the sheet's columns hold.
        terms: months in the term of every line, NaN where unknown.
    """
    _Lines(draft, profiles, terms).apply()


class _Lines:
    """The contract lines of one sheet, with what its columns say of their ends."""

    def __init__(self, draft: TypedRows, profiles: Sequence[Profile], terms: np.ndarray) -> None:
        self.draft, self.profiles, self.terms = draft, profiles, terms
        self.used = {match.column: match for match in draft.matches}
        none = np.full(len(draft), np.datetime64("NaT", "D"))
        given = {name: draft.days(name) for name in ("start_date", "end_date", "renewal_date")}
        self.starts, self.ends, self.renewals = (
            none.copy() if days is None else days.copy() for days in given.values()
        )
        self.notices = none.copy()
        self.loaded = np.datetime64(draft.context.loaded_on, "D")
        self.noticed_in = ""
        """The column that tells of notices."""
        self.states = self._states()

    def _states(self) -> StatusColumn | None:
        own = next((match.column for match in self.draft.matches if match.field.name == "status"), None)
        used = frozenset(at for at, match in self.used.items() if match.field.name not in ("status", "is_trial"))
        return status_column(self.draft.block, self.profiles, own, used)

    def apply(self) -> None:
        draft = self.draft
        count = len(draft)
        standing = np.full(count, "", dtype=object)
        if self.states is not None:
            # Yes and no are no words of a state: what they mean is stored, however they are written.
            self._match(self.states.column, draft.table.field("standing" if self.states.is_flag else "status"))
            if self.states.is_flag and self.used[self.states.column].field.name == "status":
                del draft.columns["status"]
            standing = np.array([word or "" for word in self.states.standings.to_pylist()], dtype=object)
        stated = standing.copy()
        self._cancel_days()
        flagged = self._flagged()
        if self.states is None and not flagged.any() and np.isnat(self.notices).all():
            return
        explicit = (standing == "customer") | (standing == "leaving") | flagged
        standing[flagged & (standing != "gone") & (standing != "never")] = "leaving"
        self._gone(standing)
        self._leaving(standing, explicit)
        self._never(standing)
        if (named := set(standing) - {"", "customer"}) or self.states is not None:
            self._said(standing, stated)
        if named:
            draft.columns["standing"] = pa.array([word or None for word in standing], pa.string())
        if not np.isnat(self.notices).all():
            draft.columns["notice_on"] = pa.array(self.notices, pa.date32())
        if not np.isnat(self.ends).all():
            draft.columns["end_date"] = pa.array(self.ends, pa.date32())

    def _match(self, at: int, field: Field) -> None:
        """Count a column as used for a field, so that the report lists it."""
        if at in self.used:
            return
        match = self.used[at] = ColumnMatch(at, field, 0.85, "its values", 1.0)
        if field.name in {other.field.name for other in self.draft.matches}:
            self.draft.extra_matches.append(match)
            return
        self.draft.matches = tuple(sorted((*self.draft.matches, match), key=lambda other: other.column))
        if field.name == "status":
            self.draft.columns["status"] = missing.without_missing(self._cells(at), missing.NO_VALUE)

    def _cells(self, at: int) -> pa.Array:
        return arrays.whole(self.draft.block.rows.column(at))

    def _title(self) -> str:
        return self.draft.block.names[self.states.column] if self.states else "A flag"

    def _words(self) -> pa.Array:
        """What the column of states holds in every line, null where it is empty or there is no such column."""
        if self.states is None:
            return constant(None, pa.string(), len(self.draft))
        return missing.without_missing(self._cells(self.states.column), missing.NO_ANSWER)

    def _free_days(self, keys: frozenset[str]) -> int | None:
        return next(
            (
                at
                for at, name in enumerate(self.draft.block.names)
                if at not in self.used and self.profiles[at].fits("date") > 0.5 and self.profiles[at].distinct
                and is_named(name, keys)
            ),
            None,
        )  # fmt: skip

    def _cancel_days(self) -> None:
        """Read the days on which lines were cancelled; a column of such days is no column of ends."""
        cancelled = names_of("accounts.churn_date", "churn_events.churned_on") - _ENDS
        ends = next((match for match in self.draft.matches if match.field.name == "end_date"), None)
        if ends and ends.because != "your choice" and is_named(self.draft.block.names[ends.column], cancelled):
            self.noticed_in = self.draft.block.names[ends.column]
            self.notices, self.ends = self.ends, np.full(len(self.draft), np.datetime64("NaT", "D"))
            if (at := self._free_days(names_of("subscriptions.end_date") | _ENDS)) is not None:
                self.ends = days_in(self.draft, at)
                self._match(at, self.draft.table.field("end_date"))
        elif (at := self._free_days(cancelled)) is not None:
            self.notices, self.noticed_in = days_in(self.draft, at), self.draft.block.names[at]
            self._match(at, self.draft.table.field("notice_on"))
        if (at := self._free_days(_ENDS)) is not None:
            later = days_in(self.draft, at)
            self._match(at, self.draft.table.field("end_date"))
            self.ends = np.where(np.isnat(self.ends), later, self.ends)

    def _flagged(self) -> np.ndarray:
        """Which lines a flag such as “cancel at period end” is set for."""
        for at, name in enumerate(self.draft.block.names):
            if at not in self.used and self.profiles[at].flags > 0.8 and is_named(name, _NOTICE_FLAGS):
                self._match(at, self.draft.table.field("notice_on"))
                self.noticed_in = name
                cells = missing.without_missing(self._cells(at), missing.NO_ANSWER)
                return np.array([bool(status.flag(text)) if text else False for text in cells.to_pylist()])
        return np.zeros(len(self.draft), dtype=bool)

    def _newest(self, gone: np.ndarray) -> np.datetime64:
        """The newest day that the sheet tells of: by then its states hold."""
        if chosen := self.draft.context.options.get("snapshot"):
            return np.datetime64(chosen, "D")
        days = np.concatenate([self.starts, self.notices, self.ends[gone]])
        past = days[~np.isnat(days) & (days <= self.loaded)]
        newest = past.max() if past.size else self.loaded
        period = self.draft.sheet.period
        return max(newest, np.datetime64(period.day, "D")) if period else newest

    def _gone(self, standing: np.ndarray) -> None:
        gone, paused = standing == "gone", standing == "paused"
        away = gone | paused
        if not away.any():
            return
        ahead = away & (self.ends > self.loaded)
        if ahead.any():
            words = self._words().to_pylist()
            cancelled = gone & np.array([status.is_cancelled(word or "") for word in words])
            standing[ahead & cancelled] = "leaving"
            # "Expired" or paused, though the term would end later: that is not the day from which it pays nothing.
            self.ends[ahead & ~cancelled] = np.datetime64("NaT", "D")
            away &= ~(ahead & cancelled)
        self.ends = np.where(away & np.isnat(self.ends), self.notices, self.ends)
        undated = away & np.isnat(self.ends)
        if undated.any() and (column := leaving_days(self.draft, self.profiles, undated, self.used)):
            self.ends = np.where(undated, column[1], self.ends)
            self._match(column[0], self.draft.table.field("notice_on"))
            undated = away & np.isnat(self.ends)
        if not undated.any():
            return
        newest = self._newest(gone)
        by = np.where(undated, np.maximum(newest, self.starts + np.timedelta64(1, "D")), np.datetime64("NaT", "D"))
        self.draft.columns["gone_by"] = pa.array(by, pa.date32())
        before = self.draft.columns.get("assumed")
        guessed = undated if before is None else undated | before.fill_null(False).to_numpy(zero_copy_only=False)
        self.draft.columns["assumed"] = pa.array(guessed, pa.bool_())
        self.draft.assumed |= {"gone_by", "assumed"}
        lines = plural(int(undated.sum()), "line no longer pays", "lines no longer pay")
        self.draft.assumptions.append(
            f"{self._title()} says that {lines}, and no column gives the end date: counted as paying until {newest}, "
            "the latest date in the sheet. Add end dates for correct history."
        )

    def _leaving(self, standing: np.ndarray, explicit: np.ndarray) -> None:
        noticed = ~np.isnat(self.notices)
        still_open = np.isnat(self.ends) & (standing != "gone") & (standing != "paused") & (standing != "never")
        # Without a state that says otherwise, the day of a cancellation is the end.
        self.ends = np.where(still_open & noticed & ~explicit, self.notices, self.ends)
        leaving = (standing == "leaving") | (noticed & explicit & (standing != "gone") & (standing != "paused"))
        standing[leaving] = "leaving"
        undated = leaving & np.isnat(self.ends)
        if not undated.any():
            return
        known = np.where(noticed, self.notices, self.starts)
        self.ends = np.where(undated & (self.renewals > known), self.renewals, self.ends)
        self.ends = np.where(undated & np.isnat(self.ends) & (self.notices > self.loaded), self.notices, self.ends)
        counted = undated & np.isnat(self.ends) & (self.terms > 0)
        newest = self._newest(standing == "gone")
        for at in np.flatnonzero(counted):
            self.ends[at] = _next_term(self.starts[at], float(self.terms[at]), max(newest, known[at]))
        if counted.any():
            lines = plural(int(counted.sum()), "line is", "lines are")
            self.draft.assumptions.append(
                f"{lines} under notice without an end date: the end of the current term on {newest} is used."
            )
        if open_rows := int((undated & np.isnat(self.ends)).sum()):
            lines = plural(open_rows, "line is", "lines are")
            self.draft.assumptions.append(f"{lines} under notice without an end date: counted as paying.")

    def _never(self, standing: np.ndarray) -> None:
        standing[(standing == "never") & (self.starts > self.loaded)] = "customer"
        trial = standing == "trial"
        if trial.any() and "is_trial" not in self.draft.columns:
            self.draft.columns["is_trial"] = pa.array(trial, pa.bool_())

    def _said(self, standing: np.ndarray, stated: np.ndarray) -> None:
        column, texts = self._title(), self._words()
        # An active line may be under notice by another column than that of its state.
        noticed = (standing == "leaving") & np.isin(stated, ("", "customer"))
        if noticed.any():
            self.draft.assumptions.append(
                f"{self.noticed_in} says that {plural(int(noticed.sum()), *_MEANINGS['leaving'])}."
            )
        for word, meaning in _MEANINGS.items():
            are_so = (standing == word) & ~noticed
            if rows := int(are_so.sum()):
                words = pc.unique(texts.filter(pa.array(are_so)).drop_null()).to_pylist()
                listed = f" ({', '.join(f'“{text}”' for text in words[:6])})" if words else ""
                lines = plural(rows, *meaning)
                self.draft.assumptions.append(f"{column} says that {lines}{listed}.")
        if self.states and self.states.unknown:
            listed = ", ".join(f"“{text}”" for text in self.states.unknown[:6])
            self.draft.assumptions.append(f"{column}: unknown status {listed}; these lines count as paying.")


def _next_term(start: np.datetime64, months: float, after: np.datetime64) -> np.datetime64:
    """The first end of a whole term after a day."""
    if np.isnat(start) or np.isnat(after):
        return np.datetime64("NaT", "D")
    day = start
    step = 0
    while day <= after:
        step += 1
        day = _later(start, months * step)
    return day


def _later(day: np.datetime64, months: float) -> np.datetime64:
    if months != round(months):
        return day + np.timedelta64(round(months * 365.25 / 12), "D")
    month = day.astype("datetime64[M]")
    target = month + np.timedelta64(int(months), "M")
    last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return min(target.astype("datetime64[D]") + (day - month.astype("datetime64[D]")), last)
