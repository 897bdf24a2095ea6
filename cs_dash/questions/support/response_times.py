"""`support.times`: first response and resolution times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look.words import count, minutes, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.stats.survival import Survival, kaplan_meier

MEASURES = {"reply": "first response", "resolution": "resolution"}
PRIORITIES = ("urgent", "critical", "highest", "high", "normal", "medium", "low", "lowest")
SAME = {"critical": "urgent", "highest": "urgent", "medium": "normal", "lowest": "low"}
"""Other help desks' names of a priority -> the priority whose target applies if there is none under that name."""
NO_PRIORITY = "(no priority)"
FIELDS = {
    "reply": ("tickets.first_reply_at", "tickets.first_reply_minutes"),
    "resolution": ("tickets.solved_at", "tickets.resolution_minutes"),
}
"""The fields that tell each measure."""
DAY = 1440
"""Minutes: a shorter target cannot be judged by dates without times of day."""
SLOW = 0.1
"""The 90th percentile: a tenth takes longer."""
TIMES = {
    "priority": pa.string(), "tickets": pa.int64(), "open": pa.int64(),
    "reply_median": pa.float64(), "reply_p90": pa.float64(), "reply_target": pa.float64(), "reply_met": pa.float64(),
    "resolution_median": pa.float64(), "resolution_low": pa.float64(), "resolution_high": pa.float64(),
    "resolution_p90": pa.float64(), "resolution_target": pa.float64(), "resolution_met": pa.float64(),
}  # fmt: skip
TIMES_COLUMNS = (
    Column("priority", "Priority"),
    Column("tickets", "Tickets", "count"),
    Column("open", "Open", "count", "Unsolved on the as-of date."),
    Column("reply_median", "First response, median", "minutes"),
    Column(
        "reply_p90", "First response, P90", "minutes", "90th percentile; empty where fewer than 90 % have a response."
    ),
    Column("reply_target", "First response SLA", "minutes", "SLA target for this priority."),
    Column("reply_met", "First response SLA met", "share", "Open tickets count with their waiting time so far."),
    Column("resolution_median", "Resolution, median", "minutes"),
    Column("resolution_p90", "Resolution, P90", "minutes", "90th percentile; empty where fewer than 90 % are solved."),
    Column("resolution_target", "Resolution SLA", "minutes", "SLA target for this priority."),
    Column("resolution_met", "Resolution SLA met", "share"),
    Column("resolution_low", "Median, 95 % CI from", "minutes", hidden=True),
    Column("resolution_high", "Median, 95 % CI to", "minutes", hidden=True),
)


@dataclass(frozen=True)
class WaitingTimes:
    """How long tickets took, or have waited so far.

    Attributes:
        spans: minutes per ticket.
        ended: whether the wait ended then, rather than being still open.
        unknown: the number of tickets that ended at an unknown time.
        is_known: whether the data tell which tickets are still open.
        by_day: whether all times lie between dates without times of day, so that they are known in whole days only.
    """

    spans: NDArray[np.float64]
    ended: NDArray[np.bool_]
    unknown: int = 0
    is_known: bool = True
    by_day: bool = False

    @classmethod
    def of(cls, rows: Sequence[dict[str, Any]]) -> WaitingTimes:
        """Return the waiting times in rows of `ticket_times`."""
        timed = [row for row in rows if row["minutes"] is not None]
        counts = np.array([row["tickets"] for row in timed], dtype=int)
        return cls(
            np.repeat(np.array([row["minutes"] for row in timed], dtype=float), counts),
            np.repeat(np.array([row["ended"] for row in timed], dtype=bool), counts),
            sum(row["tickets"] for row in rows if row["minutes"] is None),
            all(row["known"] for row in rows),
            any(row["ended"] for row in timed) and all(row["by_day"] for row in timed if row["ended"]),
        )

    def exact(self, minutes_or_none: float | None) -> float | None:
        """Return a time; None for one of the same day where days are all that is known: it is not 0 minutes."""
        return None if self.by_day and minutes_or_none == 0 else minutes_or_none

    @property
    def open(self) -> int | None:
        """The number of tickets still waiting; None if it is unknown."""
        return int((~self.ended).sum()) if self.is_known else None

    @property
    def survival(self) -> Survival | None:
        """The share still waiting over time (Kaplan-Meier); None if no wait has ended yet."""
        return kaplan_meier(self.spans.tolist(), self.ended.tolist()) if self.ended.any() else None


@question(
    "support.times",
    title="Response times",
    order=80,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("sla_targets", "ticket_times"),
)
def response_times(request: QuestionRequest) -> Answer:
    """Return first response and resolution times by priority: medians, 90th percentiles, targets met."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    waits = request.rows("ticket_times", as_of_day=request.as_of, **bounds(request)).to_pylist()
    targets = {(row["measure"], row["priority"]): row["minutes"] for row in request.rows("sla_targets").to_pylist()}
    priorities = sorted({row["priority"] or NO_PRIORITY for row in waits}, key=_priority_rank)
    rows = [
        _priority_row(name, [row for row in waits if (row["priority"] or NO_PRIORITY) == name], targets)
        for name in priorities
    ]
    by_measure = {measure: WaitingTimes.of([row for row in waits if row["measure"] == measure]) for measure in MEASURES}
    return request.answer(
        headline=_headline(by_measure, request),
        figures=_figures(by_measure, rows, request),
        rows=arrow_table(rows, TIMES),
        columns=TIMES_COLUMNS,
        charts=_chart(rows, request),
        notes=_notes(by_measure, targets),
        definition="ticket_times",
    )


def _priority_rank(priority: str) -> tuple[int, str]:
    return (PRIORITIES.index(priority) if priority in PRIORITIES else len(PRIORITIES), priority)


def _priority_row(name: str, waits: Sequence[dict[str, Any]], targets: dict[tuple[str, str], float]) -> dict[str, Any]:
    row: dict[str, Any] = {"priority": name}
    for measure in MEASURES:
        waited = WaitingTimes.of([wait for wait in waits if wait["measure"] == measure])
        curve, target = waited.survival, targets.get((measure, name), targets.get((measure, SAME.get(name, name))))
        row[f"{measure}_target"] = target
        if measure == "resolution":
            row["tickets"] = len(waited.spans) + waited.unknown
            row["open"] = waited.open
        if curve:
            row[f"{measure}_median"], row[f"{measure}_p90"] = map(waited.exact, (curve.median, curve.quantile(SLOW)))
            row[f"{measure}_low"], row[f"{measure}_high"] = map(waited.exact, curve.median_interval)
            is_judged = target is not None and not (waited.by_day and target < DAY)
            row[f"{measure}_met"] = 1 - curve.at(target) if target is not None and is_judged else None
    return row


def _caveat(waited: WaitingTimes, measure: str, words: str, request: QuestionRequest) -> str:
    """Return what the times of a measure have to be taken with: why there are none, whole days, few tickets."""
    if not waited.survival:
        return request.lacks(f"no ticket has a {words} time", f"no {words} time was loaded", *FIELDS[measure])
    few = small_base_note(len(waited.spans), "tickets")
    in_days = "in whole days: the dates have no time of day" if waited.by_day else ""
    return "; ".join(filter(None, (in_days, few)))


def _figures(
    by_measure: dict[str, WaitingTimes], rows: Sequence[dict[str, Any]], request: QuestionRequest
) -> tuple[Figure, ...]:
    figures = []
    for measure, words in MEASURES.items():
        waited, curve = by_measure[measure], by_measure[measure].survival
        caveat = _caveat(waited, measure, words, request)
        low, high = map(waited.exact, curve.median_interval) if curve else (None, None)
        without_time = f", {count(waited.unknown)} closed without a known time" if waited.unknown else ""
        still_waiting = f", {count(waited.open)} still waiting" if waited.open else ""
        shared: dict[str, Any] = {
            "unit": "minutes", "n": len(waited.spans) if waited.is_known else None,
            "n_label": f"tickets{still_waiting}{without_time}",
            "better": "down", "caveat": caveat, "definition": "ticket_times",
        }  # fmt: skip
        label = words.capitalize()
        figures += [
            Figure(
                f"{measure}_median",
                f"{label}, median",
                waited.exact(curve.median) if curve else None,
                low=low,
                high=high,
                **shared,
            ),
            Figure(
                f"{measure}_p90",
                f"{label}, P90",
                waited.exact(curve.quantile(SLOW)) if curve else None,
                **shared,
            ),
        ]
    for measure, words in MEASURES.items():
        held = [row for row in rows if row.get(f"{measure}_met") is not None]
        base = sum(row["tickets"] for row in held)
        met = sum(row[f"{measure}_met"] * row["tickets"] for row in held) / base if base else None
        figures.append(
            Figure(
                f"{measure}_met", f"{words.capitalize()} SLA met", met, "share", n=base or None,
                n_label="tickets with a target", better="up", caveat="" if base else "no SLA target set",
                definition="sla_targets",
            )
        )  # fmt: skip
    return tuple(figures)


def _headline(by_measure: dict[str, WaitingTimes], request: QuestionRequest) -> str:
    parts = []
    for measure, words in MEASURES.items():
        curve = by_measure[measure].survival
        if curve is not None and curve.median is not None:
            waited, slow = by_measure[measure], curve.quantile(SLOW)
            tail = f" (P90 {_time(waited, slow)})" if slow is not None else ""
            parts.append(f"median {words} time is **{_time(waited, curve.median)}**{tail}")
    if not parts:
        fields = (*FIELDS["reply"], *FIELDS["resolution"])
        claim = request.lacks("have no response or resolution times", "have no loaded response times", *fields)
        return f"The tickets, {in_words(request.scope)}, {claim}."
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _time(waited: WaitingTimes, span: float) -> str:
    """Return a time in words: "4 h"; "the same day" where only days are known."""
    return "the same day" if waited.exact(span) is None else minutes(span)


def _notes(by_measure: dict[str, WaitingTimes], targets: dict[tuple[str, str], float]) -> tuple[Note, ...]:
    notes = [Note("Calendar hours, not business hours.", "assumption", ("reply_median", "resolution_median"))]
    open_ = by_measure["resolution"].open
    if open_ and by_measure["resolution"].survival:
        text = f"Includes {plural(open_, 'unsolved ticket')} with the waiting time so far (Kaplan-Meier)."
        notes.append(Note(text, "fact", ("resolution_median", "resolution_p90")))
    for measure, words in MEASURES.items():
        waited = by_measure[measure]
        total = len(waited.spans) + waited.unknown
        if waited.unknown and waited.survival:
            text = f"{share(waited.unknown / total, total)} of tickets are closed without a known {words} time."
            notes.append(Note(text, "doubt", (f"{measure}_median",)))
    if not targets:
        text = "No SLA target set. Add targets by priority in Settings."
        notes.append(Note(text, "missing", ("reply_met", "resolution_met")))
    return tuple(notes)


def _chart(rows: Sequence[dict[str, Any]], request: QuestionRequest) -> tuple[Chart, ...]:
    chart_rows = [
        {"priority": row["priority"]}
        | {name: row[f"resolution_{name}"] / 60 for name in ("median", "low", "high") if row.get(f"resolution_{name}")}
        for row in rows
        if row.get("resolution_median") and row["tickets"] >= SMALL_BASE
    ]
    if len(chart_rows) < 2:
        return ()
    slowest = max(chart_rows, key=lambda row: row["median"])
    return (
        IntervalChart(
            name="resolution_by_priority",
            title=f"Resolution is slowest for {slowest['priority']}-priority tickets:"
            f" median {minutes(slowest['median'] * 60)}",
            subtitle=f"Median hours to resolution by priority, with 95 % CI, {in_words(request.scope)}",
            rows=arrow_table(
                [row | {"time": minutes(row["median"] * 60)} for row in chart_rows],
                {
                    "priority": pa.string(),
                    "median": pa.float64(),
                    "low": pa.float64(),
                    "high": pa.float64(),
                    "time": pa.string(),
                },
            ),
            label="time",
            x="median",
            y="priority",
            low="low",
            high="high",
            unit="number",
            axis="Hours to resolution",
            order=tuple(row["priority"] for row in chart_rows),
        ),
    )
