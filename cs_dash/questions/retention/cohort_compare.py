"""Two groups of accounts compared age by age: does one stay significantly longer?"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention.cohorts import BY, averages, cells, macro_of, needed
from cs_dash.questions.retention.doubts import Doubts, doubts
from cs_dash.questions.retention.triangle import DRAWN, VERB, ages
from cs_dash.stats.proportions import share_difference_interval

MEASURES = ("paying", "activity")
NONE = "(none)"
SIDES = ("first", "second")
TYPES = {"age": pa.int64()} | {
    f"{side}_{name}": kind
    for side in SIDES
    for name, kind in (("size", pa.int64()), ("active", pa.int64()), ("share", pa.float64()), ("low", pa.float64()),
                       ("high", pa.float64()))
} | {"difference": pa.float64(), "low": pa.float64(), "high": pa.float64(), "more_than_chance": pa.bool_()}  # fmt: skip
Row = dict[str, Any]


@question(
    "retention.cohort_compare",
    title="Cohort comparison",
    order=70,
    options={"field": (), "first": (), "second": (), "by": BY, "measure": MEASURES},
    needs=("subscriptions", "accounts", "usage"),
    uses=("activity_cohorts", "dimension_of", "dimension_values", "revenue_cohorts", "revenue_doubts"),
)
def cohort_compare(request: QuestionRequest) -> Answer:
    """Return the weighted average curves of two groups by age, their difference and whether it is significant.

    Options: field, a dimension of the accounts; first and second, two of its values. Without them it is the first
    well-known dimension and its two values with most accounts in scope.
    """
    by, measure = request.option("by", *BY), request.option("measure", *MEASURES)
    if needed(measure)[0] not in request.loaded_tables:
        return request.empty(*needed(measure))
    field = grouping_field(request)
    doubt = Doubts((), False) if measure == "activity" else doubts(request)
    counts = _counts(request, field)
    pair = _pair(request, field, counts)
    both_in_scope = pair and all(counts[value] for value in pair)
    rows = _rows(request, field, pair, by, measure) if pair and both_in_scope and not doubt.undated else []
    return request.answer(
        headline=f"{_says(rows, pair, field, by, measure)}.",
        figures=_figures(rows, pair, by, measure) if pair else (),
        rows=arrow_table(rows, TYPES),
        columns=_columns(by, measure, *(pair or SIDES)),
        charts=(_chart(rows, pair, field, by, measure),) if pair and rows else (),
        notes=(*_notes(rows, by), *doubt.notes),
        definition=macro_of(measure),
    )


def _counts(request: QuestionRequest, field: str) -> Counter[str]:
    """Return how many accounts in scope have each value of the field; 0 where only others have it."""
    everybody = request.rows("dimension_of", wanted_field=field)
    counts = Counter(dict.fromkeys(everybody["value"].to_pylist(), 0))
    counts.update(request.in_scope(everybody)["value"].to_pylist())
    return counts


def _pair(request: QuestionRequest, field: str, counts: Counter[str]) -> tuple[str, str] | None:
    """Return the two values to compare: the chosen ones, else those with most accounts in scope; None without two.

    Raises:
        UnknownOption: no account has a chosen value.
    """
    values = sorted(counts, key=lambda value: (value == NONE, -counts[value], value))
    for side in SIDES:
        chosen = request.options.get(side)
        if chosen is not None and chosen not in counts:
            text = f"Could not compare {chosen} because no account has it as its {_written(field)}."
            raise UnknownOption(f"Unknown {side}", text, nearest(chosen, values))
    first, second = (request.options.get(side) for side in SIDES)
    in_scope = [value for value in values if counts[value]]
    first = first or next((value for value in in_scope if value != second), None)
    second = second or next((value for value in in_scope if value != first), None)
    return (first, second) if first and second and first != second else None


def _rows(request: QuestionRequest, field: str, pair: tuple[str, str], by: str, measure: str) -> list[Row]:
    """Return a row for each age that cohorts of both groups have reached."""
    curves = [
        averages(cells(request.for_scope(request.scope.with_filter(field, (value,))), by, measure)) for value in pair
    ]
    rows = []
    for age in sorted(curves[0].keys() & curves[1].keys()):
        row: Row = {"age": age}
        for side, curve in zip(SIDES, curves, strict=True):
            at = curve[age]
            row |= {f"{side}_{name}": at[name] for name in ("size", "active", "low", "high")}
            row[f"{side}_share"] = at["logos"]
        first, second = ((row[f"{side}_active"], row[f"{side}_size"]) for side in SIDES)
        interval = share_difference_interval(first, second)
        row["low"], row["high"] = interval or (None, None)
        row["difference"] = row["first_share"] - row["second_share"]
        row["more_than_chance"] = interval is not None and not interval[0] <= 0 <= interval[1]
        rows.append(row)
    return rows


def _written(field: str) -> str:
    return words.field_words(field)


def _looked_at(rows: list[Row], by: str) -> tuple[int, Row] | None:
    """Return (months, row) at the latest age that both groups reached with enough accounts."""
    by_age = {row["age"]: row for row in rows}
    reached = [(months, by_age[age]) for months, age in ages(by).items() if age in by_age]
    large = [pair for pair in reached if min(pair[1]["first_size"], pair[1]["second_size"]) >= SMALL_BASE]
    return (large or reached)[-1] if reached else None


def _says(rows: list[Row], pair: tuple[str, str] | None, field: str, by: str, measure: str) -> str:
    """Return the finding, without a full stop."""
    if pair is None:
        reason = f"only one {_written(field)}" if field else "no columns to group them by"
        return f"Nothing to compare: the accounts in scope have {reason}"
    latest = _looked_at(rows, by)
    if latest is None:
        return f"{pair[0]} and {pair[1]} cannot be compared yet: neither has a shared cohort older than three months"
    months, row = latest
    after = words.months(months)
    shares = {side: words.share(row[f"{side}_share"], row[f"{side}_size"]) for side in SIDES}
    if not row["more_than_chance"]:
        return (
            f"After {after} {pair[0]} (**{shares['first']}**) and {pair[1]} (**{shares['second']}**) do not differ"
            " significantly"
        )
    sides = list(zip(pair, shares.values(), strict=True))
    (better, more), (worse, less) = sides if row["difference"] > 0 else sides[::-1]
    return f"After {after} **{more}** of {better} still {VERB[measure]} vs **{less}** of {worse}: significant (95 % CI)"


def _figures(rows: list[Row], pair: tuple[str, str], by: str, measure: str) -> tuple[Figure, ...]:
    latest = _looked_at(rows, by)
    if latest is None:
        return ()
    months, row = latest
    macro = macro_of(measure)
    figures = [
        Figure(f"{side}_share", f"{value}: still {VERB[measure]} after {words.months(months)}", row[f"{side}_share"],
               "share", n=row[f"{side}_size"], n_label="accounts", low=row[f"{side}_low"], high=row[f"{side}_high"],
               better="up", caveat=small_base_note(row[f"{side}_size"]), definition=macro)
        for side, value in zip(SIDES, pair, strict=True)
    ]  # fmt: skip
    least = min(row["first_size"], row["second_size"])
    label = f"{pair[0]} minus {pair[1]}"
    return (
        *figures,
        Figure("difference", label, row["difference"], "points", low=row["low"], high=row["high"], n=least,
               n_label="accounts at least", caveat=small_base_note(least), definition=macro),
    )  # fmt: skip


def _chart(rows: list[Row], pair: tuple[str, str], field: str, by: str, measure: str) -> Chart:
    plotted = [row for row in rows if row["age"] <= DRAWN[by] * 2]
    large = [row for row in plotted if min(row["first_size"], row["second_size"]) >= SMALL_BASE] or plotted
    since = f"{by}s_since_start"
    points = [
        {"age": row["age"], "group": value, "share": row[f"{side}_share"], "low": row[f"{side}_low"],
         "high": row[f"{side}_high"]}
        for side, value in zip(SIDES, pair, strict=True)
        for row in large
    ]  # fmt: skip
    types = {"age": pa.int64(), "group": pa.string()} | dict.fromkeys(("share", "low", "high"), pa.float64())
    return LineChart(
        name="cohort_compare",
        title=_says(rows, pair, field, by, measure).replace("**", ""),
        subtitle=f"Accounts that still {VERB[measure]}, %, weighted average of cohorts that reached each age, with 95 %"
        f" CI, by {by}s since the start and {_written(field)}",
        rows=arrow_table(points, types).rename_columns({"age": since}),
        x=since,
        y="share",
        color="group",
        low="low",
        high="high",
        unit="share",
        axis=f"Still {VERB[measure]}, %",
        order=pair,
    )


def _columns(by: str, measure: str, first: str, second: str) -> tuple[Column, ...]:
    return (
        Column("age", f"{by.capitalize()}s since the start", "count"),
        *(
            column
            for side, name in zip(SIDES, (first, second), strict=True)
            for column in (
                Column(f"{side}_size", f"{name}: accounts", "count"),
                Column(f"{side}_active", f"{name}: still {VERB[measure]}", "count", hidden=True),
                Column(f"{side}_share", f"{name}: share", "share"),
                Column(f"{side}_low", f"{name}: 95 % CI from", "share", hidden=True),
                Column(f"{side}_high", f"{name}: 95 % CI to", "share", hidden=True),
            )
        ),
        Column("difference", "Difference", "points"),
        Column("low", "95 % CI from", "points"),
        Column("high", "95 % CI to", "points"),
        Column("more_than_chance", "Significant", "flag"),
    )


def _notes(rows: list[Row], by: str) -> list[Note]:
    if not rows:
        return []
    notes = []
    beyond = [row for row in rows if row["more_than_chance"]]
    if beyond:
        text = (
            f"The groups differ significantly at {words.count(len(beyond))} of {words.plural(len(rows), 'age')};"
            " ages of one curve are not independent. A significant difference is not a cause."
        )
        notes.append(Note(text, "fact", ("difference",)))
    if any(min(row["first_size"], row["second_size"]) < SMALL_BASE for row in rows):
        text = f"Ages reached by fewer than {SMALL_BASE} accounts of a group are in the table but not in the chart."
        notes.append(Note(text, "doubt", ("difference",)))
    return notes
