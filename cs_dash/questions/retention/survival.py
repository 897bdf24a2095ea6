"""Time to first churn: survival curves."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import (
    SIGNIFICANCE_LEVEL,
    SMALL_BASE,
    QuestionRequest,
    arrow_table,
    p_value,
    small_base_note,
)
from cs_dash.questions.retention.doubts import doubts
from cs_dash.stats.survival import Survival, kaplan_meier, log_rank

SINCE = "months_since_start"
ALL = "all accounts"
MOST_DRAWN = 5
TYPES = {
    "time": pa.int64(), "at_risk": pa.int64(), "events": pa.int64(), "survival": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "group": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("time", "Months since start", "months"),
    Column("at_risk", "At risk", "count"),
    Column("events", "Churned", "count"),
    Column("survival", "Survival", "share"),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
    Column("group", "Group"),
)
Tenures = tuple[npt.NDArray[Any], npt.NDArray[Any]]


@question(
    "retention.survival",
    title="Customer lifetime",
    order=110,
    options={"group": ()},
    needs=("subscriptions", "accounts"),
    uses=("account_tenures", "dimension_of", "dimension_values", "revenue_doubts"),
)
def survival(request: QuestionRequest) -> Answer:
    """Return Kaplan-Meier curves of the time to first churn, in months, for all accounts or for each group."""
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    field = request.options.get("group", "")
    groups = _tenures(request, field)
    curves = {name: kaplan_meier(*group) for name, group in groups.items()}
    chance = log_rank(tuple(groups.values())) if field else None
    rows = [row for name, curve in curves.items() for row in _rows(curve, name if field else ALL)]
    return request.answer(
        headline=_says(request, curves, groups, field, chance),
        figures=_figures(groups),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_chart(rows, curves, groups, field, chance),) if rows else (),
        notes=(*_notes(curves, groups, field, chance), *doubts(request).notes),
        definition="account_tenures",
    )


def _tenures(request: QuestionRequest, field: str) -> dict[str, Tenures]:
    """Return {group: (months, has left)}, largest group first. Raises UnknownOption for a field no account has."""
    tenures = request.in_scope(request.rows("account_tenures", as_of_day=request.as_of))
    columns = tenures["months"].to_numpy(), tenures["has_left"].to_numpy()
    if not field:
        return {ALL: columns} if tenures.num_rows else {}
    fields = {row["field"] for row in request.rows("dimension_values").to_pylist()}
    if field not in fields:
        raise UnknownOption(
            "Unknown field", f"Could not group by {field} because no account has it.", nearest(field, fields)
        )
    values = request.rows("dimension_of", wanted_field=field)
    place = pc.index_in(tenures["account_id"], value_set=values["account_id"])
    value = pc.fill_null(values["value"].take(place), ALL).combine_chunks().dictionary_encode()
    code = value.indices.to_numpy()
    groups: dict[str, Tenures] = {
        name: (columns[0][code == at], columns[1][code == at]) for at, name in enumerate(value.dictionary.to_pylist())
    }
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1][0]), group[0])))


def _rows(curve: Survival, group: str) -> list[dict[str, Any]]:
    steps = zip(curve.time, curve.at_risk, curve.events, curve.survival, curve.low, curve.high, strict=True)
    names = ("time", "at_risk", "events", "survival", "low", "high")
    return [{**dict(zip(names, step, strict=True)), "group": group, "time": int(step[0])} for step in steps]


def _figures(groups: dict[str, Tenures]) -> tuple[Figure, ...]:
    if not groups:
        return ()
    months = np.concatenate([group[0] for group in groups.values()])
    left = np.concatenate([group[1] for group in groups.values()])
    curve, n = kaplan_meier(months, left), len(months)
    low, high = curve.median_interval
    reached = "" if curve.median is not None else "more than half are retained beyond the data"
    figures = [
        Figure("median_months", "Median lifetime", curve.median, "months", n=n, n_label="accounts", low=low,
               high=high, better="up", caveat=reached or small_base_note(n), definition="account_tenures"),
        Figure("left", "Churned accounts, all time", int(left.sum()), "count", n=n, n_label="accounts", better="down",
               definition="account_tenures"),
    ]  # fmt: skip
    for year in (12, 24):
        if months.max() >= year:
            step = max(index for index, time in enumerate(curve.time) if time <= year)
            figures.append(
                Figure(f"survival_{year}", f"Retained after {words.months(year)}", curve.survival[step], "share", n=n,
                       n_label="accounts", low=curve.low[step], high=curve.high[step], better="up",
                       caveat=small_base_note(n), definition="account_tenures")
            )  # fmt: skip
    return tuple(figures)


def _says(
    request: QuestionRequest, curves: dict[str, Survival], groups: dict[str, Tenures], field: str, chance: float | None
) -> str:
    if not curves:
        return f"No paying accounts by {words.date(request.as_of)}."
    figures = {figure.name: figure for figure in _figures(groups)}
    n = figures["median_months"].n
    median, year = figures["median_months"].value, figures.get("survival_12")
    if median is not None:
        text = f"Half of {words.plural(n, 'account')} churn within **{words.months(median)}**"
    elif year:
        text = f"**{words.share(year.value, n)}** of {words.plural(n, 'account')} are retained for over 12 months"
    else:
        text = f"**{words.count(figures['left'].value)}** of {words.plural(n, 'account')} churned so far"
    if field and chance is not None:
        verdict = "differ significantly" if chance < SIGNIFICANCE_LEVEL else "do not differ significantly"
        text += f"; the groups by {words.field_words(field)} {verdict} (log-rank {p_value(chance)})"
    return f"{text}; {small_base_note(n)}." if small_base_note(n) else f"{text}."


def _chart(
    rows: list[dict[str, Any]], curves: dict[str, Survival], groups: dict[str, Tenures], field: str,
    chance: float | None,
) -> Chart:  # fmt: skip
    names = [name for name, group in groups.items() if len(group[0]) >= SMALL_BASE][:MOST_DRAWN] or list(groups)[:1]
    curve_rows = [row for row in rows if not field or row["group"] in names]
    suffix = f", by {words.field_words(field)}" if field else ""
    return LineChart(
        name="survival",
        title=_finding({name: curves[name] for name in names}, field, chance),
        subtitle=f"Share of accounts retained (Kaplan-Meier, 95 % CI){suffix}, by months since start",
        rows=arrow_table(curve_rows, TYPES).rename_columns({"time": SINCE}),
        x=SINCE,
        y="survival",
        color="group",
        low="low",
        high="high",
        unit="share",
        axis="Share retained, %",
        stepped=True,
        order=tuple(names) if field else (),
    )


def _finding(curves: dict[str, Survival], field: str, chance: float | None) -> str:
    """Return the difference of the curves at the latest age that all of them reach, if it is significant."""
    reach = min(curve.time[-1] for curve in curves.values())
    at = next((year for year in (24, 12, 6, 3) if reach >= year), None)
    if at is None:
        return "Share of accounts retained, by months since start"
    left = {name: curve.at(at) for name, curve in curves.items()}
    if not field or len(left) < 2:
        return f"{words.share(next(iter(left.values())))} of accounts are retained after {words.months(at)}"
    if chance is None or chance >= SIGNIFICANCE_LEVEL:
        return f"No significant difference by {words.field_words(field)}"
    best, worst = (pick(left, key=lambda name: left[name]) for pick in (max, min))
    best_share, worst_share = words.share(left[best]), words.share(left[worst])
    return f"{best} is retained longest: {best_share} after {words.months(at)} vs {worst_share} for {worst}"


def _notes(curves: dict[str, Survival], groups: dict[str, Tenures], field: str, chance: float | None) -> list[Note]:
    notes = []
    small = [name for name, group in groups.items() if len(group[0]) < SMALL_BASE] if field else []
    if small:
        listed = ", ".join(sorted(small)[:5]) + (" ..." if len(small) > 5 else "")
        notes.append(Note(f"Not shown, too few accounts: {listed}.", "doubt", ("group",)))
    thin = [curve for curve in curves.values() if curve.at_risk[-1] < SMALL_BASE]
    if thin:
        text = "At the right end of the curves fewer than 20 accounts remain: read it with care."
        notes.append(Note(text, "doubt", ("survival",)))
    if chance is not None and chance < SIGNIFICANCE_LEVEL and field:
        text = "A significant difference is not a cause: another factor may explain it."
        notes.append(Note(text, "fact", ("group",)))
    return notes
