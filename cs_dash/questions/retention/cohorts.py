"""Cohorts: what became of those who started together."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Chart, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.asked import FEW, Asked, few, table
from cs_dash.questions.retention.doubts import Doubts, doubts
from cs_dash.stats.intervals import wilson

TITLE = "What became of those who started together?"
BY = ("month", "quarter")
MEASURES = ("paying", "activity")
DRAWN = {"month": 18, "quarter": 12}
LOOKED_AT = (3, 6, 12)
UNDATED = (
    "The files tell how long accounts have been there, not since when: cohorts cannot be told apart."
    " How long accounts stay is answered by survival."
)
VERB = {"paying": "pay", "activity": "use the product"}
TYPES = {
    "cohort": pa.date32(), "age": pa.int64(), "size": pa.int64(), "base_mrr": pa.float64(), "active": pa.int64(),
    "logos": pa.float64(), "grr": pa.float64(), "nrr": pa.float64(), "final": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("cohort", "Started", "month"),
    Column("age", "Age", "count", help="Months or quarters since the start; 0 is the cohort's own."),
    Column("size", "Accounts", "count"),
    Column("base_mrr", "MRR on the first paying day", "money"),
    Column("active", "Still there", "count"),
    Column("logos", "Share of accounts", "share"),
    Column("grr", "Gross revenue kept", "share"),
    Column("nrr", "Net revenue kept", "share"),
    Column("final", "Has ended", "flag", help="No: in progress, left out of averages."),
)
Row = dict[str, Any]


def cohorts(asked: Asked) -> Answer:
    """Return the cohort triangle with its weighted average by age."""
    by, measure = asked.option("by", *BY), asked.option("measure", *MEASURES)
    needed = ("subscriptions", "accounts") if measure == "paying" else ("usage",)
    if needed[0] not in asked.filled:
        return asked.empty(TITLE, *needed)
    macro = "revenue_cohorts" if measure == "paying" else "activity_cohorts"
    rows = asked.rows(macro, as_of_day=asked.as_of, grain=by, wanted=asked.wanted).to_pylist()
    doubt = doubts(asked) if measure == "paying" else Doubts((), False)
    average = {} if doubt.undated else averages(rows)
    return Answer(
        question=asked.question,
        title=TITLE,
        says=UNDATED if doubt.undated else _says(asked, average, by, measure),
        as_of=asked.as_of,
        figures=_figures(average, by, measure, macro),
        rows=table(rows, TYPES),
        columns=COLUMNS,
        charts=(_triangle(rows, by, measure), _curves(average, by, measure)) if average else (),
        notes=(*_notes(asked, rows, by, measure), *doubt.notes),
        definition=asked.definitions.get(macro),
        currency=asked.currency,
    )


def averages(rows: list[Row]) -> dict[int, Row]:
    """Return, for each age, the average over the cohorts whose cell is final: sums over sums, never a mean of shares.

    Each has cohorts, size, active, logos with its Wilson interval (low, high), and grr and nrr where revenue is known.
    """
    found: dict[int, Row] = {}
    for row in rows:
        if row["final"]:
            sums = found.setdefault(
                row["age"], {"cohorts": 0, "size": 0, "active": 0, "base_mrr": 0.0, "kept_mrr": 0.0, "mrr": 0.0}
            )
            sums["cohorts"] += 1
            for name in ("size", "active", "base_mrr", "kept_mrr", "mrr"):
                sums[name] += row.get(name) or 0
    for sums in found.values():
        sums["logos"] = sums["active"] / sums["size"]
        sums["low"], sums["high"] = wilson(sums["active"], sums["size"]) or (None, None)
        base = sums["base_mrr"]
        sums["grr"], sums["nrr"] = (sums["kept_mrr"] / base, sums["mrr"] / base) if base else (None, None)
    return dict(sorted(found.items()))


def _ages(by: str) -> dict[int, int]:
    """Return {months: age in cells} of the ages that are looked at."""
    return {months: months if by == "month" else months // 3 for months in LOOKED_AT}


def _figures(average: dict[int, Row], by: str, measure: str, macro: str) -> tuple[Figure, ...]:
    figures = []
    for months, age in _ages(by).items():
        row: Row = average.get(age, {})
        missing = "" if row else "no cohort can be followed so far"
        figures.append(
            Figure(
                f"logos_{months}", f"Still {VERB[measure]} after {words.months(months)}", row.get("logos"), "share",
                n=row.get("size"), n_label="accounts", low=row.get("low"), high=row.get("high"), better="up",
                doubt=missing or few(row.get("size")), definition=macro,
            )
        )  # fmt: skip
    year: Row = average.get(_ages(by)[12], {})
    if measure == "paying":
        figures += [
            Figure(name, label, year.get(key), "share", n=year.get("size"), n_label="accounts", better="up",
                   doubt="" if year else "no cohort can be followed so far", definition=macro)
            for name, key, label in (
                ("grr_12", "grr", "Gross revenue kept after 12 months"),
                ("nrr_12", "nrr", "Net revenue kept after 12 months"),
            )
        ]  # fmt: skip
    return tuple(figures)


def _oldest(average: dict[int, Row], by: str) -> tuple[int, Row] | None:
    """Return (months, average) at the latest of the ages looked at that some cohorts have reached."""
    reached = [(months, average[age]) for months, age in _ages(by).items() if age in average]
    return reached[-1] if reached else None


def _says(asked: Asked, average: dict[int, Row], by: str, measure: str) -> str:
    found = _oldest(average, by)
    if found is None:
        return f"No cohort is three months old by {words.date(asked.as_of)}: nothing can be said yet."
    months, row = found
    text = (
        f"**{words.share(row['logos'], row['size'])}** of {words.plural(row['size'], 'account')} still"
        f" {VERB[measure]} after {words.months(months)} ({words.interval(row['low'], row['high'])}),"
        f" over {words.plural(row['cohorts'], 'cohort')}"
    )
    return f"{text}; {few(row['size'])}." if few(row["size"]) else f"{text}."


def _triangle(rows: list[Row], by: str, measure: str) -> Chart:
    drawn = sorted({row["cohort"] for row in rows})[-DRAWN[by] :]
    cells = [
        {
            "cohort": _name(row["cohort"], by),
            "age": row["age"],
            "logos": row["logos"],
            "size": row["size"],
            "part": not row["final"],
        }
        for row in rows
        if row["cohort"] in drawn and row["age"] < DRAWN[by]
    ]
    return Chart(
        name="cohorts",
        form="triangle",
        title=_finding(rows, by, measure),
        subtitle=f"Accounts that still {VERB[measure]}, % of the cohort, by {by}s since the start",
        rows=table(
            cells,
            {"cohort": pa.string(), "age": pa.int64(), "logos": pa.float64(), "size": pa.int64(), "part": pa.bool_()},
        ),
        x="age",
        y="cohort",
        color="logos",
        part="part",
        unit="share",
        axis=f"{by.capitalize()}s since the start",
    )


def _name(cohort: dt.date, by: str) -> str:
    if by == "quarter":
        return f"{cohort.year} Q{(cohort.month + 2) // 3}"
    return f"{cohort.year}-{cohort.month:02d}"


def _finding(rows: list[Row], by: str, measure: str) -> str:
    """Return the cohorts that keep most and least, where chance alone does not explain it."""
    for months, age in reversed(_ages(by).items()):
        cells = [row for row in rows if row["age"] == age and row["final"] and row["size"] >= FEW]
        if len(cells) < 2:
            continue
        best, worst = (pick(cells, key=lambda row: row["logos"]) for pick in (max, min))
        of_best, of_worst = (wilson(row["active"], row["size"]) for row in (best, worst))
        if of_best and of_worst and of_best[0] > of_worst[1]:
            return (
                f"After {words.months(months)} {words.share(best['logos'], best['size'])} of those of"
                f" {_started(best['cohort'], by)} still {VERB[measure]},"
                f" {words.share(worst['logos'], worst['size'])} of those of {_started(worst['cohort'], by)}"
            )
    return f"Share of each cohort that still {'pays' if measure == 'paying' else 'uses the product'}"


def _started(cohort: dt.date, by: str) -> str:
    return words.month(cohort) if by == "month" else _name(cohort, by)


def _curves(average: dict[int, Row], by: str, measure: str) -> Chart:
    lines = {"logos": "Accounts"} | ({"grr": "Gross revenue"} if measure == "paying" else {})
    shown = {age: row for age, row in average.items() if row["size"] >= FEW} or average
    rows = [
        {
            "age": age,
            "share": row[key],
            "measure": name,
            "low": row["low"] if key == "logos" else None,
            "high": row["high"] if key == "logos" else None,
        }
        for key, name in lines.items()
        for age, row in shown.items()
        if row[key] is not None
    ]
    found = _oldest(shown, by)
    title = "Average share kept by age"
    if found:
        months, row = found
        title = (
            f"After {words.months(months)} {words.share(row['logos'], row['size'])} of accounts still {VERB[measure]}"
        )
    return Chart(
        name="cohort_average",
        form="lines",
        title=title,
        subtitle=f"Weighted average over the cohorts that got so far, with 95 % interval, by {by}s since the start",
        rows=table(
            rows,
            {
                "age": pa.int64(),
                "share": pa.float64(),
                "measure": pa.string(),
                "low": pa.float64(),
                "high": pa.float64(),
            },
        ),
        x="age",
        y="share",
        color="measure",
        low="low",
        high="high",
        unit="share",
        axis="Share kept, %",
        order=tuple(lines.values()),
    )


def _notes(asked: Asked, rows: list[Row], by: str, measure: str) -> list[Note]:
    notes = []
    if any(not row["final"] for row in rows):
        text = f"The {by} of {words.date(asked.as_of)} is in progress: its cells are left out of averages."
        notes.append(Note(text, "doubt", ("final",)))
    hidden = len({row["cohort"] for row in rows}) - DRAWN[by]
    if hidden > 0:
        text = f"The triangle shows the newest {DRAWN[by]} cohorts; the table and the averages hold {hidden} more."
        notes.append(Note(text, "fact"))
    if measure == "activity":
        found = asked.one("activity_doubts", as_of_day=asked.as_of)
        if found["without_account"]:
            share = words.share(found["without_account"] / found["uses"], found["uses"])
            notes.append(Note(f"{share} of the uses fit no account and belong to no cohort.", "doubt", ("logos",)))
    return notes
