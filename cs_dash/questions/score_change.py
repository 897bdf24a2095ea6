"""Why the health score of one account changed between two days: points by input, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any

from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest
from cs_dash.stats.rounding import parts_of_total

Row = dict[str, Any]
FOUR_WEEKS = dt.timedelta(days=28)
WEIGHTS = "weights"
"""The row that has what inputs gain or lose because others went missing or came in."""
LABELS = {
    "active_share": "Weekly users", "activity_trend": "Usage trend", "core_breadth": "Core features",
    "depth": "Uses per user", "nps": "NPS", "csat": "CSAT", "ticket_load": "Tickets", "howto_load": "How-to tickets",
    "open_overdue": "Open tickets", "contract_trend": "MRR trend", "renewal_distance": "Renewal",
    "pulse": "CSM sentiment", WEIGHTS: "Missing inputs",
}  # fmt: skip
GROUPS = {
    "usage": "Usage", "adoption": "Adoption", "satisfaction": "Satisfaction", "support": "Support",
    "fiscal": "Commercial", "pulse": "CSM sentiment",
}  # fmt: skip
NOUNS = {
    "active_share": "weekly {unit}", "activity_trend": "weekly use vs the previous 12 weeks",
    "core_breadth": "core features used", "depth": "uses per user a week", "nps": "NPS", "csat": "CSAT",
    "ticket_load": "tickets in 90 days", "howto_load": "how-to tickets in 90 days",
    "open_overdue": "tickets open for over a week", "contract_trend": "MRR vs six months earlier",
    "renewal_distance": "days to the renewal", "pulse": "CSM sentiment",
}  # fmt: skip
RATIOS = ("activity_trend", "contract_trend")
"""Inputs whose raw value, a ratio, says more than what is compared."""


@dataclass(frozen=True)
class ScoreChange:
    """The scores of an account on two days, and the points that each input brings.

    Attributes:
        from_day: the first day.
        to_day: the second one.
        before: the row of `health_scores` on the first day; {} where the account was not scored at all.
        after: the same on the second day.
        rows: input, group, label, points_before, points_after, change, words; largest changes first. Points add up to
            the scores, changes to their difference; they are None where the account is not scored on the day.
    """

    from_day: dt.date
    to_day: dt.date
    before: Row
    after: Row
    rows: tuple[Row, ...]

    @property
    def change(self) -> float | None:
        """The change of the score; None where the account is not scored on both days."""
        before, after = self.before.get("score"), self.after.get("score")
        return None if before is None or after is None else after - before

    @property
    def main_reason(self) -> str:
        """The input that moved most in the direction of the score, in words; "" where the score did not move."""
        change = self.change
        if not change:
            return ""
        sign = 1 if change > 0 else -1
        rows = [row for row in self.rows if row["input"] != WEIGHTS and (row["change"] or 0) * sign > 0]
        known = [row for row in rows if row["points_before"] is not None and row["points_after"] is not None]
        best = max(known or rows, key=lambda row: row["change"] * sign, default=None)
        if best and best["input"] == "activity_trend":  # users say it in a shorter way
            best = next((row for row in known if row["input"] == "active_share"), best)
        return best["words"] if best else ""

    @property
    def since(self) -> str:
        """The first day in words: "four weeks ago", "on 2 Sep 2026"."""
        return "four weeks ago" if self.to_day - self.from_day == FOUR_WEEKS else f"on {words.date(self.from_day)}"


def score_change(request: QuestionRequest, account_id: str, from_day: dt.date, to_day: dt.date) -> ScoreChange:
    """Return why the score of an account changed from one day to another."""
    scores = {row["day"]: row for row in scores_of(request, account_id, [from_day, to_day])}
    before, after = scores.get(from_day, {}), scores.get(to_day, {})
    if not before and not after:
        return ScoreChange(from_day, to_day, {}, {}, ())
    changes = request.rows("health_changes", earlier_day=from_day, later_day=to_day, of_account=account_id).to_pylist()
    _add_points(changes, before.get("score"), after.get("score"))
    by_users = any(row["input"] == "depth" for row in changes)
    limits = {row["input"]: row["fresh_days"] for row in request.rows("health_weights").to_pylist()}
    answered_on = _newest_nps(request, account_id, to_day)
    rows = [
        {
            "input": row["input"], "group": row["group_name"], "label": LABELS[row["input"]],
            "points_before": row["shown_before"], "points_after": row["shown_after"], "change": row["change"],
            "words": change_words(row, "users" if by_users else "uses", limits, answered_on, changes),
        }
        for row in changes
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["input"] == WEIGHTS, -abs(row["change"] or 0)))
    return ScoreChange(from_day, to_day, before, after, tuple(rows))


def scores_of(request: QuestionRequest, account_id: str, days: list[dt.date]) -> list[Row]:
    """Return the rows of `health_scores` of one account on the days; days on which it is no customer have none."""
    rows: list[Row] = request.rows.per_element("health_scores", on_days=days, of_account=account_id).to_pylist()
    return rows


def _newest_nps(request: QuestionRequest, account_id: str, day: dt.date) -> dt.date | None:
    if "surveys" not in request.loaded_tables:
        return None
    days = [
        row["happened_on"]
        for row in request.rows("account_events", of_account=account_id, as_of_day=day).to_pylist()
        if row["event"] == "survey" and is_nps(row["title"])
    ]
    return max(days, default=None)


def is_nps(survey: str | None) -> bool:
    """Return whether a survey asks how likely customers are to recommend the product, as the definitions see it."""
    return survey is not None and any(word in survey.lower() for word in ("nps", "promoter"))


def _add_points(rows: list[Row], before: float | None, after: float | None) -> None:
    """Add the points in tenths: shown_before, shown_after and change, which add up to the scores and their change."""
    at_first, at_last = ([row[f"points_{side}"] or 0.0 for row in rows] for side in ("before", "after"))
    first = parts_of_total(at_first, before, at_first) if before is not None else None
    last = parts_of_total(at_last, after, at_last) if after is not None else None
    moves = None
    if first is not None and last is not None and before is not None and after is not None:
        moves = _moves(first, at_first, at_last, [row["points_after"] is None for row in rows], after - before)
        last = [round(start + move, 1) for start, move in zip(first, moves, strict=True)]
    for place, row in enumerate(rows):
        row["shown_before"] = first[place] if first and row["points_before"] is not None else None
        row["shown_after"] = last[place] if last and row["points_after"] is not None else None
        row["change"] = moves[place] if moves else None


def _moves(
    first: list[float], at_first: list[float], at_last: list[float], lost: list[bool], total: float
) -> list[float]:
    """Return the changes in tenths, adding up to `total`; what went missing loses what it had, what stayed has 0."""
    rest = total + fsum(start for start, gone in zip(first, lost, strict=True) if gone)
    differences = [
        0.0 if gone or abs(end - start) < 1e-9 else end - start
        for start, end, gone in zip(at_first, at_last, lost, strict=True)
    ]
    stayed = [place for place, gone in enumerate(lost) if not gone]
    steps = parts_of_total([differences[place] for place in stayed], rest, [at_last[place] for place in stayed])
    moves = [-start for start in first]
    largest = max(stayed, key=lambda place: at_last[place], default=0)
    for place, step in zip(stayed, steps, strict=True):
        below = min(0.0, first[place] + step) if at_last[place] >= 0 else 0.0  # no input ends below nothing
        moves[place] += first[place] + step - below
        moves[largest] += below
    return [round(move, 1) for move in moves]


def change_words(
    row: Row, unit: str, fresh_days: Mapping[str, int], answered_on: dt.date | None, rows: list[Row]
) -> str:
    """Return what happened to an input: "weekly users fell from 31 to 12 of 57 seats".

    Args:
        row: a row of `health_changes`.
        unit: what use is counted in: users or uses.
        fresh_days: input -> after how many days its newest value counts as missing.
        answered_on: the day of the newest NPS answer.
        rows: all rows of the account, of which "weights" names those that went missing or came in.
    """
    name = row["input"]
    if name == WEIGHTS:
        return _weights_words(rows)
    noun = NOUNS[name].format(unit=unit)
    before, after = (_value(name, row, side) for side in ("before", "after"))
    if after is None:
        limit = fresh_days.get(name, 0)
        since = f" in the last {words.days(limit)}" if limit > 28 else " any more"
        return f"no {noun}{since}, was {before}" if limit > 28 else f"{noun} not known{since}, was {before}"
    tail = f" ({words.date(answered_on)})" if name == "nps" and answered_on else ""
    if name in ("active_share", "core_breadth") and row["base_after"] is not None:
        of = words.plural(row["base_after"], "seat") if name == "active_share" else words.count(row["base_after"])
        tail = f" of {of}"
    if before is None:
        return f"{noun} {after}{tail}, not known before"
    if before == after:
        return f"{noun} unchanged at {after}{tail}"
    verb = "rose" if _measure(name, row, "after") > _measure(name, row, "before") else "fell"
    return f"{noun} {verb} from {before} to {after}{tail}"


def _weights_words(rows: list[Row]) -> str:
    gone = [LABELS[row["input"]] for row in rows if row["points_after"] is None]
    new = [LABELS[row["input"]] for row in rows if row["points_before"] is None]
    parts = [f"{_listed(gone)} no longer known"] if gone else []
    parts += [f"{_listed(new)} known now"] if new else []
    text = " and ".join(parts) or "other inputs are known"
    return f"{text}: the weights of the other inputs change"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _measure(name: str, row: Row, side: str) -> float:
    return float(row[f"raw_{side}"] if name in RATIOS else row[f"value_{side}"])


def _value(name: str, row: Row, side: str) -> str | None:
    if row[f"raw_{side}"] is None:
        return None
    measure = _measure(name, row, side)
    if name in RATIOS:
        return words.share(round(measure, 2))
    if name in ("csat", "depth", "active_share", "nps", "pulse"):
        return words.number(measure, 0 if measure >= 10 or measure == round(measure) else 1)
    return words.count(measure)
