"""`health.bands` and `health.groups`: accounts and revenue by health band, and where points are lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.charts import BarChart, Chart, HeatMap
from cs_dash.look.words import comparison, count, date, field_title, field_words, money, month, plural, share
from cs_dash.questions.account_health import GROUP_LABELS, bands_on, points_by_group
from cs_dash.questions.declaration import question
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.scope import ONE_DAY, months_before

BANDS = ("green", "yellow", "red", "not scored")
GROUPS = ("usage", "adoption", "satisfaction", "support", "fiscal", "pulse")
ROWS = {"band": pa.string(), "accounts": pa.int64(), "mrr": pa.float64(), "share": pa.float64()}
COLUMNS = (
    Column("band", "Band"),
    Column("accounts", "Accounts", "count"),
    Column("mrr", "MRR", "money"),
    Column("share", "Share of MRR", "share"),
)
BandsByDay = dict[dt.date, dict[str, dict[str, Any]]]


@question(
    "health.bands",
    title="MRR by health band",
    order=10,
    options={"months": ("12", "0")},
    needs=("usage", "subscriptions"),
    uses=("health_bands", "health_scores"),
)
def bands(request: QuestionRequest) -> Answer:
    """Return accounts and MRR by band on the as-of date, and over the last twelve month ends.

    Option `months`: "0" leaves out the month ends and the comparison, which take longest.
    """
    if request.scope.as_of is None or not request.loaded_tables & {
        "subscriptions",
        "usage",
        "tickets",
        "surveys",
        "notes",
    }:
        return request.empty()
    as_of, before = request.as_of, request.scope.comparison_scope()
    ends = month_ends(as_of)
    if request.option("months", "12", "0") == "0":
        ends, before = [as_of], None
    by_day: BandsByDay = bands_on(request, [*ends, *([before.as_of] if before and before.as_of else [])])
    current = by_day.get(as_of, {})
    total = sum(row["mrr"] for row in current.values())
    rows: list[dict[str, Any]] = [
        {"band": band, "accounts": _of(current, band, "accounts"), "mrr": _of(current, band, "mrr"),
         "share": _of(current, band, "mrr") / total if total else None}
        for band in BANDS
    ]  # fmt: skip
    earlier = by_day.get(before.as_of) if before and before.as_of else None
    label = date(before.as_of) if before else ""
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(current, earlier, label, request.currency),
        as_of=as_of,
        figures=figures(by_day, ends, as_of, earlier, label),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(by_day, ends, as_of, request.currency),
        definition=request.definitions.get("health_bands"),
        currency=request.currency,
    )


def month_ends(as_of: dt.date) -> list[dt.date]:
    """Return the last twelve month ends up to the day, oldest first; a month in progress counts up to that day."""
    last = (as_of + ONE_DAY).replace(day=1) - ONE_DAY
    ends = [months_before(last, back) for back in range(12)][::-1]
    return ends if last == as_of else [*ends[1:], as_of]


def _of(bands: dict[str, dict[str, Any]], band: str, name: str) -> Any:
    return bands[band][name] if band in bands else 0


def _any_scored(bands: dict[str, dict[str, Any]] | None) -> bool:
    """Return whether any account could be scored; if none could, red and green are unknown, not zero."""
    return bool(bands and bands.keys() - {"not scored"})


def _known_of(bands: dict[str, dict[str, Any]] | None, band: str, name: str) -> Any:
    """Return a count or an amount of a band; None where no account could be scored."""
    if bands and band == "not scored":
        return _of(bands, band, name)
    return _of(bands or {}, band, name) if _any_scored(bands) else None


def figures(
    by_day: BandsByDay, ends: list[dt.date], as_of: dt.date, earlier: dict[str, dict[str, Any]] | None, label: str
) -> tuple[Figure, ...]:
    """Return the headline figures: red accounts, their MRR, the green share of MRR, accounts not scored."""
    current = by_day.get(as_of, {})
    base = sum(row["accounts"] for row in current.values())
    if not base:
        return ()

    doubt = small_base_note(base) if _any_scored(current) else "not enough data to score any account"

    def green(bands: dict[str, dict[str, Any]] | None) -> float | None:
        total = sum(row["mrr"] for row in bands.values()) if bands else 0
        green_mrr = _known_of(bands, "green", "mrr")
        return green_mrr / total if total and green_mrr is not None else None

    def band_figure(name: str, label_: str, unit: Any, band: str, column: str) -> Figure:
        return Figure(
            name, label_, _known_of(current, band, column), unit, n=base, n_label="accounts", better="down",
            previous=_known_of(earlier, band, column), previous_label=label,
            trend=tuple(_known_of(by_day.get(day), band, column) for day in ends), caveat=doubt,
            definition="health_bands",
        )  # fmt: skip

    return (
        band_figure("red_accounts", "Red accounts", "count", "red", "accounts"),
        band_figure("red_mrr", "MRR of red accounts", "money", "red", "mrr"),
        Figure(
            "green_share", "Green share of MRR", green(current), "share", n=base, n_label="accounts", better="up",
            previous=green(earlier), previous_label=label, trend=tuple(green(by_day.get(day)) for day in ends),
            caveat=doubt, definition="health_bands",
        ),
        band_figure("not_scored", "Accounts not scored", "count", "not scored", "accounts"),
    )  # fmt: skip


def _says(
    current: dict[str, dict[str, Any]], earlier: dict[str, dict[str, Any]] | None, label: str, currency: str
) -> str:
    base, total = sum(row["accounts"] for row in current.values()), sum(row["mrr"] for row in current.values())
    if not base:
        return "No active accounts on that day."
    if not _any_scored(current):
        return f"Not enough data to score any of **{plural(base, 'account')}**."
    red = _of(current, "red", "mrr")
    text = f"**{share(_of(current, 'green', 'mrr') / total)}** of MRR is green" if total else f"{count(base)} accounts"
    text += f"; **{money(red, currency)}** is red ({plural(_of(current, 'red', 'accounts'), 'account')})"
    if earlier:
        text += f", {comparison(red, _of(earlier, 'red', 'mrr'), f'on {label}', 'money', currency)}"
    unscored = _of(current, "not scored", "accounts")
    return text + (
        f"; {count(unscored)} of {count(base)} accounts {'is' if unscored == 1 else 'are'} not scored."
        if unscored
        else "."
    )


def _chart(by_day: BandsByDay, ends: list[dt.date], as_of: dt.date, currency: str) -> tuple[Chart, ...]:
    """Return the bands' shares of MRR at the month ends; of accounts where nobody pays."""
    measure = "mrr" if any(row["mrr"] for bands in by_day.values() for row in bands.values()) else "accounts"
    rows = [
        {"month": day.replace(day=1), "band": band, "value": float(by_day[day][band][measure]),
         "part": (day + ONE_DAY).day != 1}
        for day in ends if day in by_day for band in BANDS if band in by_day[day]
    ]  # fmt: skip
    if not rows or not _any_scored(by_day.get(as_of)):
        return ()
    first = next(day for day in ends if day in by_day)

    def part(day: dt.date) -> float:
        total = sum(row[measure] for row in by_day.get(day, {}).values())
        return _of(by_day.get(day, {}), "green", measure) / total if total else 0.0

    green_change = part(as_of) - part(first)
    measure_name = "MRR" if measure == "mrr" else "accounts"
    span = f"{share(part(first))} to {share(part(as_of))} of {measure_name} since {month(first)}"
    title = (
        f"Green share {'rose' if green_change > 0 else 'fell'} from {span}"
        if abs(green_change) >= 0.02
        else f"Green share is stable at {share(part(as_of))} of {measure_name}"
    )
    columns = {"month": pa.date32(), "band": pa.string(), "value": pa.float64(), "part": pa.bool_()}
    return (
        BarChart(
            name="band_months",
            title=title,
            subtitle=f"Share of {measure_name} by band at each month end; pale: month in progress",
            rows=arrow_table(rows, columns),
            x="month",
            y="value",
            color="band",
            in_progress="part",
            unit="money" if measure == "mrr" else "count",
            axis=f"Share of {measure_name}",
            order=BANDS,
            semantic=True,
            stack="normalize",
            currency=currency,
        ),
    )


@question(
    "health.groups",
    title="Health by segment and driver",
    order=30,
    options={"field": ()},
    needs=("accounts",),
    uses=("dimension_values", "health_by_group", "health_groups"),
)
def groups(request: QuestionRequest) -> Answer:
    """Return the mean points of each group of inputs per value of option `field` (segment without a choice)."""
    if request.scope.as_of is None or "accounts" not in request.loaded_tables:
        return request.empty()
    field = grouping_field(request)
    points = points_by_group(request, field)
    rows = points.to_pylist()
    lowest = min((row for row in rows if row["accounts"] >= 5), key=lambda row: row["points"], default=None)
    headline = "Not enough data for a health score."
    if lowest:
        headline = (
            f"**{GROUP_LABELS[lowest['group_name']]}** in {lowest['value']} scores lowest: {count(lowest['points'])} of"
            f" 100 points on average across {plural(lowest['accounts'], 'account')}."
        )
    return request.answer(
        headline=headline,
        rows=points,
        columns=(
            Column("value", field_title(field)),
            Column("group_name", "Input group", value_labels=tuple(GROUP_LABELS.items())),
            Column("points", "Points", "score"),
            Column("accounts", "Accounts", "count"),
            Column("mrr", "MRR", "money"),
        ),
        charts=(_heat(points, field, lowest),) if len({row["value"] for row in rows}) > 1 else (),
        definition="health_by_group",
    )


def _heat(points: pa.Table, field: str, lowest: dict[str, Any] | None) -> Chart:
    title = f"Health points by {field_words(field)} and input group"
    if lowest:
        group_label = GROUP_LABELS[lowest["group_name"]]
        title = f"{lowest['value']} scores lowest on {group_label}: {count(lowest['points'])} of 100 points"
    labels = pa.array([GROUP_LABELS.get(name, name) for name in points["group_name"].to_pylist()], pa.string())
    return HeatMap(
        name="groups",
        title=title,
        subtitle=f"Average points out of 100, by {field_words(field)} and input group",
        rows=points.set_column(points.column_names.index("group_name"), "group_name", labels),
        x="group_name",
        y="value",
        value="points",
        unit="score",
        axis="Points",
    )
