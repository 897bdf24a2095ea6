"""`alignment.assessment`: the stage at which product and customer success work together, and where they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, IntervalChart, LineChart
from cs_dash.decisions.choices.alignment_statements import STAGES, STATEMENTS
from cs_dash.decisions.choices.owners import TEAM_NAMES
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.alignment.references import reference_notes
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

NO_ANSWERS = "No self-assessment yet."
HOW_TO_ANSWER = Note(
    "Several people of product and of customer success answer ten questions, once a quarter.", "missing"
)
STEPS = 3
"""So many statements get a next step."""
WIDE_GAP = 1.0
"""A difference of a whole stage between the teams."""
TYPES = {
    "statement": pa.string(), "title": pa.string(), "stage": pa.string(), "product": pa.float64(), "cs": pa.float64(),
    "gap": pa.float64(), "level": pa.float64(), "people": pa.int64(), "next_step": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("statement", "ID", hidden=True),
    Column("title", "Subject", priority=1),
    Column("stage", "Stage", priority=1),
    Column("level", "Mean", "number", help="1 reactive, 2 informed, 3 aligned, 4 optimised; both teams weigh the same"),
    Column("product", "Product", "number", absent="nobody of product answered"),
    Column("cs", "Customer success", "number", absent="nobody of customer success answered"),
    Column("gap", "Difference", "number", help="Customer success minus product", absent="only one team answered"),
    Column("people", "Answers", "count"),
    Column("next_step", "Next step", priority=1, help="What the next stage looks like"),
)
GAPS = {"title": pa.string(), "level": pa.float64(), "team": pa.string()}
QUARTERS = {"quarter": pa.date32(), "level": pa.float64(), "team": pa.string()}
Row = dict[str, Any]


@question(
    "alignment.assessment",
    title="Alignment of product and customer success",
    order=20,
    options={"quarter": ()},
    uses=("alignment_levels",),
)
def assessment(request: QuestionRequest) -> Answer:
    """Return the self-assessment of a quarter, the newest without option `quarter`, weakest subject first.

    Figures: level (1 to 4, both teams weigh the same), product, cs, gap (customer success minus product), people.
    """
    levels = request.rows("alignment_levels").to_pylist()
    if not levels:
        return request.answer(
            NO_ANSWERS, notes=(HOW_TO_ANSWER, *reference_notes()), rows=arrow_table([], TYPES), columns=COLUMNS
        )
    quarters = sorted({row["quarter"] for row in levels})
    quarter = request.options.get("quarter", "") or quarters[-1]
    if quarter not in quarters:
        raise UnknownOption("Unknown quarter", f"Nobody answered for {quarter}.", nearest(quarter, quarters))
    rows = sorted(_rows([row for row in levels if row["quarter"] == quarter]), key=lambda row: row["level"])
    overall = _overall([row for row in levels if row["quarter"] == quarter])
    return request.answer(
        headline=_headline(quarter, overall, rows),
        figures=_figures(overall, _before(levels, quarters, quarter)),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(*_gap_chart(quarter, rows), *_quarter_chart(levels)),
        notes=(*_notes(overall), *reference_notes()),
        definition="alignment_levels",
    )


def stage_of(level: float) -> str:
    """Return the highest stage that a mean has reached: 2.7 is informed, on the way to aligned."""
    return STAGES[min(max(int(level + 1e-9), 1), len(STAGES)) - 1]


def next_step(statement: str, level: float) -> str | None:
    """Return what the next stage of a statement looks like; None at the last one."""
    reached = STAGES.index(stage_of(level))
    return STATEMENTS[statement].traits[reached + 1] if reached + 1 < len(STAGES) else None


def first_day(quarter: str) -> dt.date:
    """Return the first day of a quarter such as 2026Q3."""
    return dt.date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1)


def quarter_of(day: dt.date) -> str:
    """Return the quarter of a day: 2026Q3."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def _mean(of_teams: Mapping[str, float]) -> float:
    return sum(of_teams.values()) / len(of_teams)


def _gap(of_teams: Mapping[str, float]) -> float | None:
    return of_teams["cs"] - of_teams["product"] if len(of_teams) == len(TEAM_NAMES) else None


def _rows(levels: Sequence[Row]) -> list[Row]:
    """Return one row per statement that somebody answered, in the order of the statements."""
    rows = []
    for key, statement in STATEMENTS.items():
        answered = [row for row in levels if row["statement"] == key]
        if not answered:
            continue
        of_teams = {row["team"]: row["level"] for row in answered}
        level = _mean(of_teams)
        rows.append({
            "statement": key, "title": statement.title, "stage": stage_of(level), "product": of_teams.get("product"),
            "cs": of_teams.get("cs"), "gap": _gap(of_teams), "level": level,
            "people": sum(row["people"] for row in answered), "next_step": next_step(key, level),
        })  # fmt: skip
    return rows


def _overall(levels: Sequence[Row]) -> Row:
    totals = {row["team"]: row for row in levels if row["statement"] is None}
    of_teams = {team: row["level"] for team, row in totals.items()}
    return {
        "level": _mean(of_teams), "gap": _gap(of_teams), "people": sum(row["people"] for row in totals.values()),
        "teams": {team: row["people"] for team, row in totals.items()},
    } | {team: of_teams.get(team) for team in TEAM_NAMES}  # fmt: skip


def _before(levels: Sequence[Row], quarters: Sequence[str], quarter: str) -> tuple[str, Row] | None:
    at = quarters.index(quarter)
    if not at:
        return None
    return quarters[at - 1], _overall([row for row in levels if row["quarter"] == quarters[at - 1]])


def _headline(quarter: str, overall: Row, rows: Sequence[Row]) -> str:
    text = (
        f"In {quarter} the teams work together at the stage **{stage_of(overall['level'])}**"
        f" (**{words.number(overall['level'], 1)}** of 4, {words.plural(overall['people'], 'person', 'people')})."
    )
    gaps = [row for row in rows if row["gap"]]
    if gaps:
        widest = max(gaps, key=lambda row: abs(row["gap"]))
        text += (
            f" They differ most on “{widest['title']}”: product **{words.number(widest['product'], 1)}**,"
            f" customer success **{words.number(widest['cs'], 1)}**."
        )
    return text


def _figures(overall: Row, before: tuple[str, Row] | None) -> tuple[Figure, ...]:
    labels = {"level": "Stage, 1 to 4", "product": "As product sees it", "cs": "As customer success sees it"}
    people = overall["teams"]
    previous_quarter, previous = before or ("", {})
    figures = [
        Figure(
            name, label, overall[name], "number", n=people.get(name, overall["people"]), n_label="people",
            previous=previous.get(name), previous_label=previous_quarter, better="up", definition="alignment_levels",
            caveat=stage_of(overall[name]) if overall[name] is not None else "nobody answered",
        )
        for name, label in labels.items()
    ]  # fmt: skip
    gap = Figure(
        "gap", "Customer success minus product", overall["gap"], "number", previous=previous.get("gap"),
        previous_label=previous_quarter, definition="alignment_levels",
    )  # fmt: skip
    count = Figure("people", "People", float(overall["people"]), "count", definition="alignment_levels")
    return (*figures, gap, count)


def _notes(overall: Row) -> tuple[Note, ...]:
    notes = []
    if overall["gap"] is None:
        (team,) = overall["teams"]
        other = next(name for key, name in TEAM_NAMES.items() if key != team)
        notes.append(
            Note(f"Only {TEAM_NAMES[team].lower()} has answered; {other.lower()} has not.", "doubt", ("level",))
        )
    few = [TEAM_NAMES[team].lower() for team, people in overall["teams"].items() if people < 2]
    if few:
        notes.append(Note(f"Only one person of {' and of '.join(few)} has answered.", "doubt", ("level", "gap")))
    return tuple(notes)


def _gap_chart(quarter: str, rows: Sequence[Row]) -> tuple[Chart, ...]:
    drawn = [
        {"title": row["title"], "level": row[team], "team": name}
        for row in rows
        for team, name in TEAM_NAMES.items()
        if row[team] is not None
    ]
    wide = [row for row in rows if row["gap"] is not None and abs(row["gap"]) >= WIDE_GAP]
    both = any(row["gap"] is not None for row in rows)
    title = f"The teams differ by a stage or more on {words.plural(len(wide), 'subject')}"
    if not wide:
        title = "The teams see every subject within one stage" if both else "The answers of one team"
    return (
        IntervalChart(
            name="alignment_gaps",
            title=title,
            subtitle=f"Mean answer by team, {quarter}: 1 reactive, 2 informed, 3 aligned, 4 optimised",
            rows=arrow_table(drawn, GAPS),
            x="level",
            y="title",
            color="team",
            order=tuple(TEAM_NAMES.values()),
            unit="number",
            axis="Stage",
        ),
    )


def _quarter_chart(levels: Sequence[Row]) -> tuple[Chart, ...]:
    drawn = [
        {"quarter": first_day(row["quarter"]), "level": row["level"], "team": TEAM_NAMES[row["team"]]}
        for row in levels
        if row["statement"] is None
    ]
    quarters = sorted({row["quarter"] for row in levels})
    if len(quarters) < 2:
        return ()
    ends = [
        _overall([row for row in levels if row["quarter"] == quarter])["level"]
        for quarter in (quarters[0], quarters[-1])
    ]
    change = ends[1] - ends[0]
    verb = "held at" if abs(change) < 0.05 else "rose to" if change > 0 else "fell to"
    return (
        LineChart(
            name="alignment_quarters",
            title=f"Alignment {verb} {words.number(ends[1], 1)} of 4 since {quarters[0]}",
            subtitle="Mean answer by team and quarter: 1 reactive, 4 optimised",
            rows=arrow_table(drawn, QUARTERS),
            x="quarter",
            y="level",
            color="team",
            order=tuple(TEAM_NAMES.values()),
            unit="number",
            axis="Stage",
        ),
    )
