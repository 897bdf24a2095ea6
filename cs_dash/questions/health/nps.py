"""`health.nps`: the net promoter score, from survey answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.scope import ONE_DAY, months_before
from cs_dash.stats.intervals import difference_interval, net_share_interval

QUARTERS = 8
ROWS = {
    "quarter": pa.date32(), "nps": pa.float64(), "low": pa.float64(), "high": pa.float64(), "promoters": pa.int64(),
    "passives": pa.int64(), "detractors": pa.int64(), "answers": pa.int64(), "accounts": pa.int64(),
    "final": pa.bool_(),
}  # fmt: skip
DRAWN = ROWS | {"part": pa.bool_()}
COLUMNS = (
    Column("quarter", "Quarter starting", "month"),
    Column("nps", "NPS", "number"),
    Column("low", "95 % CI from", "number"),
    Column("high", "95 % CI to", "number"),
    Column("promoters", "Promoters (9-10)", "count"),
    Column("passives", "Passives (7-8)", "count"),
    Column("detractors", "Detractors (0-6)", "count"),
    Column("answers", "Responses", "count"),
    Column("accounts", "Accounts", "count"),
    Column("final", "Quarter complete", "flag"),
)
Row = dict[str, Any]


@question(
    "health.nps",
    title="Net promoter score",
    order=40,
    needs=("surveys",),
    uses=("net_promoter_score", "survey_answers"),
)
def nps(request: QuestionRequest) -> Answer:
    """Return the net promoter score of the period, and of each of the last eight quarters, with intervals."""
    if "surveys" not in request.loaded_tables or request.scope.as_of is None:
        return request.empty()
    quarters, earlier = _quarters(request.as_of), request.scope.comparison_scope()
    periods = [request.scope.bounds, *([earlier.bounds] if earlier else []), *quarters]
    by_period = {
        (row["window_start"], row["window_end"]): _with_interval(row)
        for row in request.periods("net_promoter_score", *periods)
    }
    current, previous = by_period[request.scope.bounds], by_period[earlier.bounds] if earlier else {}
    rows = [
        row
        | {"quarter": days[0], "final": days[1] <= request.as_of + ONE_DAY, "part": days[1] > request.as_of + ONE_DAY}
        for days, row in ((days, by_period[days]) for days in quarters)
        if row["answers"]
    ]
    return request.answer(
        headline=_says(current, previous) if current["answers"] else _without_answers(request),
        figures=_figures(current, previous, rows),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(rows),
        notes=(*_notes(current, rows), *_assumed_days(request)),
        definition="net_promoter_score",
    )


def _quarters(as_of: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return the last quarters as (first day, day after), oldest first; the last one holds the as-of date."""
    first = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    first_days = [months_before(first, 3 * back) for back in range(QUARTERS - 1, -1, -1)]
    return list(zip(first_days, [*first_days[1:], months_before(first, -3)], strict=True))


def _with_interval(row: Row) -> Row:
    interval = net_share_interval(row["promoters"], row["detractors"], row["answers"])
    low, high = (100 * end for end in interval) if interval else (None, None)
    return row | {"low": low, "high": high}


def _figures(current: Row, previous: Row, rows: list[Row]) -> tuple[Figure, ...]:
    n = current["answers"]
    return (
        Figure(
            "nps", "Net promoter score", current["nps"], "number", n=n, n_label="responses", low=current["low"],
            high=current["high"], previous=previous.get("nps"), previous_label="previous period", better="up",
            trend=tuple(row["nps"] for row in rows),
            caveat=small_base_note(n, "responses") if n else "no NPS responses in the period",
            definition="net_promoter_score",
        ),
        Figure("answers", "NPS responses", n, "count", better="up", definition="net_promoter_score"),
    )  # fmt: skip


def _without_answers(request: QuestionRequest) -> str:
    """Return what the answers are instead, where the period has none to an NPS survey."""
    surveys = request.rows("survey_answers").to_pylist()
    nps_surveys = [row for row in surveys if row["is_nps"]]
    if nps_surveys:
        total, newest = sum(row["answers"] for row in nps_surveys), max(row["newest"] for row in nps_surveys)
        return (
            f"No NPS responses for this selection in the period; {words.plural(total, 'NPS response')} in total, the"
            f" latest on {words.date(newest)}."
        )
    others = [
        words.plural(row["answers"], "response")
        + {
            "unnamed": f" to an unnamed survey, with scores from {row['lowest']:g} to {row['highest']:g}:"
            " load the file again and choose the survey if it is NPS",
            "averages": " that are averages",
        }.get(row["survey"], f" to {row['survey']}")
        for row in surveys
    ]
    return f"No responses are marked as NPS. The data have {'; '.join(others)}."


def _says(current: Row, previous: Row) -> str:
    interval = words.interval(round(current["low"]), round(current["high"]), "number")
    text = f"NPS is **{words.number(current['nps'], 1)}** (95 % CI {interval})"
    if previous.get("answers"):
        text += f", {words.comparison(current['nps'], previous['nps'], 'in the previous period')}"
    text += f", from {words.plural(current['answers'], 'response')}"
    return (
        f"{text}; {small_base_note(current['answers'], 'responses')}."
        if small_base_note(current["answers"])
        else f"{text}."
    )


def _assumed_days(request: QuestionRequest) -> list[Note]:
    surveys = [row for row in request.rows("survey_answers").to_pylist() if row["is_nps"]]
    assumed = sum(row["days_assumed"] for row in surveys)
    if not assumed:
        return []
    text = (
        f"{words.count(assumed)} of {words.plural(sum(row['answers'] for row in surveys), 'NPS response')}"
        f" {'has' if assumed == 1 else 'have'} an assumed date: the quarterly trend is unreliable."
    )
    return [Note(text, "assumption", ("nps", "answers"), table="surveys")]


def _chart(rows: list[Row]) -> tuple[Chart, ...]:
    if len(rows) < 2:
        return ()
    large = [row for row in rows if row["final"] and row["answers"] >= SMALL_BASE]
    title = "Net promoter score by quarter"
    if len(large) > 1:
        first, last = large[0], large[-1]
        low, high = difference_interval(
            last["nps"], (last["low"], last["high"]), first["nps"], (first["low"], first["high"])
        )
        since = words.month(first["quarter"])
        title = f"No significant change in NPS since {since}"
        if low > 0 or high < 0:
            verb = "rose" if low > 0 else "fell"
            title = f"NPS {verb} from {words.number(first['nps'], 0)} to {words.number(last['nps'], 0)} since {since}"
    return (
        LineChart(
            name="nps",
            title=title,
            subtitle="Share of promoters minus share of detractors by quarter, with 95 % CI",
            rows=arrow_table(rows, DRAWN),
            x="quarter",
            y="nps",
            low="low",
            high="high",
            in_progress="part",
            unit="number",
            axis="NPS, points from \u2212100 to 100",
        ),
    )


def _notes(current: Row, rows: list[Row]) -> tuple[Note, ...]:
    if not current["answers"]:
        return ()
    text = (
        f"NPS responses: {words.plural(current['promoters'], 'promoter')},"
        f" {words.plural(current['passives'], 'passive')} and {words.plural(current['detractors'], 'detractor')} from"
        f" {words.plural(current['accounts'], 'account')}."
    )
    return (Note(text, "fact", ("nps",)),)
