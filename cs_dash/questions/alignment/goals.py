"""`alignment.goals`: the shared goals, where each stands, and where it will stand on its due day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.decisions.choices.goal_metrics import METRICS
from cs_dash.decisions.choices.owners import TEAM_NAMES
from cs_dash.look import words
from cs_dash.questions.alignment.goal_chart import goal_chart
from cs_dash.questions.alignment.goal_states import (
    AT_RISK,
    BEHIND,
    MISSED,
    ON_TRACK,
    REACHED,
    TOO_SHORT,
    UNKNOWN,
    GoalState,
    goal_state,
    needs_attention,
)
from cs_dash.questions.alignment.goal_values import GoalValues, filters_of, goal_values
from cs_dash.questions.alignment.goal_words import accounts_text, title_of, value_text
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.schema.tables import noun_of

NO_GOALS = "No shared goals yet."
HOW_TO_ADD = Note("Add the first goal that product and customer success share: a metric, a target and one owner.",
                  "missing")  # fmt: skip
FORECAST = (
    "The forecast continues the mean monthly change of the last six months; in brackets its 95 % prediction interval."
    " On track: the forecast meets the target; at risk: only the interval does; behind: neither does."
)
TYPES = {
    "goal": pa.string(), "title": pa.string(), "metric": pa.string(), "target": pa.float64(), "now": pa.float64(),
    "due": pa.date32(), "owner": pa.string(), "on_track": pa.bool_(), "state": pa.string(), "team": pa.string(),
    "teams": pa.string(), "accounts": pa.string(), "now_text": pa.string(), "target_text": pa.string(),
    "forecast_text": pa.string(), "forecast": pa.float64(), "forecast_low": pa.float64(),
    "forecast_high": pa.float64(), "start": pa.float64(), "start_text": pa.string(), "since": pa.date32(),
    "progress": pa.float64(), "progress_text": pa.string(), "trend": pa.list_(pa.float64()), "n": pa.int64(),
    "unit": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("goal", "ID", hidden=True),
    Column("title", "Goal", priority=1),
    Column("metric", "Metric", hidden=True),
    Column("start_text", "Start", optional=True),
    Column("now_text", "Now", priority=1, absent="not in the data"),
    Column("target_text", "Target", priority=1),
    Column("due", "Due", "date"),
    Column("state", "State", priority=1),
    Column("forecast_text", "Expected on the due day", absent="due, or the history is too short"),
    Column("owner", "Accountable owner"),
    Column("team", "Team", value_labels=tuple(TEAM_NAMES.items())),
    Column("teams", "Contributing teams", value_labels=tuple(TEAM_NAMES.items()), optional=True),
    Column("accounts", "Accounts", optional=True),
    Column("progress_text", "Progress", help="Share of the way from the start to the target", optional=True),
    Column("trend", "Trend", "trend", help="Monthly values", optional=True),
    Column("since", "Since", "date", optional=True),
    Column("progress", "Progress as a share", "share", hidden=True),
    Column("target", "Target as a number", "number", hidden=True),
    Column("now", "Now as a number", "number", hidden=True),
    Column("on_track", "On track", "flag", hidden=True),
    Column("forecast", "Forecast", "number", hidden=True),
    Column("forecast_low", "95 % PI from", "number", hidden=True),
    Column("forecast_high", "95 % PI to", "number", hidden=True),
    Column("start", "Start as a number", "number", hidden=True),
    Column("n", "Base", "count", hidden=True),
    Column("unit", "Unit", hidden=True),
)
Row = Mapping[str, Any]
Standing = tuple[Row, GoalValues, GoalState]


@question(
    "alignment.goals",
    title="Shared goals",
    order=10,
    options={"goal": ()},
    uses=(
        "activation_rate", "audit_checked", "audit_population", "churn_share", "feature_adoption", "howto_share",
        "net_promoter_score", "retention_windows", "shared_goals", "weekly_active_users",
    ),
)  # fmt: skip
def goals(request: QuestionRequest) -> Answer:
    """Return the shared goals with their figure now, their target and their state; the chart is of option `goal`.

    A goal's accounts are its own: the filters of the view do not change it. Its period is its own, or that of the view.
    Figures: goals, on_track (reached among them), off_track, reached, missed.
    """
    listed = request.rows("shared_goals").to_pylist()
    if not listed:
        return request.answer(NO_GOALS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    standings: list[Standing] = []
    for goal in listed:
        values = goal_values(request, goal)
        standings.append((goal, values, goal_state(goal, values, request.scope.as_of)))
    chosen = request.options.get("goal", "")
    drawn = next((standing for standing in standings if standing[0]["goal"] == chosen), _first(standings))
    chart = goal_chart(*drawn, request.as_of) if drawn and request.scope.as_of else None
    return request.answer(
        headline=_headline(standings),
        figures=_figures(standings),
        rows=arrow_table([_row(*standing) for standing in standings], TYPES),
        columns=COLUMNS,
        charts=(chart,) if chart else (),
        notes=_notes(request, standings),
        definition="shared_goals",
    )


def _first(standings: Sequence[Standing]) -> Standing | None:
    """Return the goal that needs most attention; None where no figure is known."""
    first = needs_attention({goal["goal"]: state.state for goal, _, state in standings})
    return next((standing for standing in standings if standing[0]["goal"] == first), None)


def _row(goal: Row, values: GoalValues, state: GoalState) -> dict[str, Any]:
    forecast = state.forecast
    metric = METRICS[goal["metric"]]
    return {
        **goal, "title": title_of(goal), "now": values.now, "n": values.n, "start": values.start,
        "on_track": state.on_track, "state": state.state, "teams": ", ".join(goal["teams"]),
        "accounts": accounts_text(filters_of(goal)) or "all accounts", "unit": metric.unit,
        "now_text": value_text(values.now, metric), "target_text": value_text(goal["target"], metric),
        "start_text": value_text(values.start, metric),
        "forecast_text": _forecast_text(goal, state), "progress": state.progress,
        "progress_text": _progress_text(state.progress),
        "forecast": forecast.value if forecast else None, "forecast_low": forecast.low if forecast else None,
        "forecast_high": forecast.high if forecast else None,
        "trend": [value for value in values.history if value is not None],
    }  # fmt: skip


def _forecast_text(goal: Row, state: GoalState) -> str | None:
    if state.forecast is None:
        return None
    metric = METRICS[goal["metric"]]
    texts = [value_text(value, metric) for value in (state.forecast.value, state.forecast.low, state.forecast.high)]
    return f"{texts[0]} ({texts[1]} to {texts[2]})"


def _progress_text(progress: float | None) -> str | None:
    """Return how much of the way is done; of a figure that moved away from its target no share can be told."""
    if progress is None:
        return None
    return "further from the target" if progress < 0 else f"{words.share(progress)} of the way"


def _headline(standings: Sequence[Standing]) -> str:
    """Return how many goals are on track, and the one that is furthest off."""
    counted = [state for _, _, state in standings if state.on_track is not None]
    total = words.plural(len(standings), "shared goal")
    if not counted:
        return f"**{total}**; none can be judged yet."
    good = sum(bool(state.on_track) for state in counted)
    if len(standings) == 1:
        text = f"The shared goal is **{standings[0][2].state}**."
    else:
        text = f"**{words.count(good)}** of {total} {'is' if good == 1 else 'are'} on track or reached."
    late = _first(standings)
    if late is None or late[2].on_track:
        return text
    goal, values, state = late
    metric = METRICS[goal["metric"]]
    text += f" “{title_of(goal)}” {'was' if state.state == MISSED else 'is'} **{state.state}**:"
    text += f" **{value_text(values.now, metric)}** now"
    if state.forecast is not None:
        text += f", **{value_text(state.forecast.value, metric)}** expected on {words.date(goal['due'])}"
    return f"{text}."


def _figures(standings: Sequence[Standing]) -> tuple[Figure, ...]:
    states = [state.state for _, _, state in standings]
    counts = {
        "goals": ("Shared goals", len(states)),
        "on_track": ("On track or reached", sum(state in (ON_TRACK, REACHED) for state in states)),
        "off_track": ("At risk or behind", sum(state in (AT_RISK, BEHIND) for state in states)),
        "reached": ("Reached", states.count(REACHED)),
        "missed": ("Missed", states.count(MISSED)),
    }
    return tuple(
        Figure(name, label, float(value), "count", definition="shared_goals") for name, (label, value) in counts.items()
    )


def _notes(request: QuestionRequest, standings: Sequence[Standing]) -> tuple[Note, ...]:
    notes: list[Note] = []
    for goal, values, state in standings:
        metric, title = METRICS[goal["metric"]], title_of(goal)
        if metric.needs not in request.loaded_tables:
            text = f"“{title}” has no figure: upload {noun_of(metric.needs)}."
            notes.append(Note(text, "missing", ("now",), metric.needs))
        elif state.state == UNKNOWN:
            notes.append(Note(f"“{title}” has no figure for its accounts and period.", "missing", ("now",)))
        elif state.state == TOO_SHORT:
            text = f"“{title}” has too short a history for a forecast: it takes five months."
            notes.append(Note(text, "doubt", ("forecast_text", "state")))
        small = small_base_note(values.n) if metric.unit == "share" and values.now is not None else ""
        if small:
            notes.append(
                Note(f"“{title}”: base of {words.count(values.n)}, so it can move by chance.", "doubt", ("now",))
            )
        if values.shifted:
            text = f"Past months of “{title}” are unadjusted, moved by what the audit adds to the share of now."
            notes.append(Note(text, "assumption", ("trend", "forecast_text")))
    if any(state.forecast for _, _, state in standings):
        notes.append(Note(FORECAST, "fact", ("forecast_text", "state")))
    if request.scope.filters:
        text = "Each goal has its own accounts: the filters of the view do not change it."
        notes.append(Note(text, "fact", ("now",)))
    return tuple(notes)
