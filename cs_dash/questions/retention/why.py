"""How a figure is calculated: its accounts and its arithmetic, in the order of the calculation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.charts import Chart, RankedChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.retention import rates
from cs_dash.questions.retention.doubts import doubts
from cs_dash.scope import months_before
from cs_dash.units import Unit

FIGURES = ("nrr", "grr", "logo_retention", "quick_ratio", "arpa")
WINDOWS = ("12", "6", "3", "1")
CONVENTIONS = ("snapshot", "movements")
BALANCES = {"constant": "account_windows", "current": "windows_at_current_rates"}
DRAWN = 12
MOVED = {"nrr": "NRR", "grr": "GRR", "quick_ratio": "the quick ratio"}
"""A figure in the sentence of what moved it."""
COLUMNS = (
    Column("step", "Step"),
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("month_end", "Month end", "date"),
    Column("start", "Starting MRR", "money", "The account's MRR on the first day."),
    Column("end", "Ending MRR", "money", "The account's MRR on the last day."),
    Column("top", "Numerator", "number", "What the account adds to the numerator."),
    Column("bottom", "Denominator", "number", "What the account adds to the denominator."),
    Column("value", "Result", "number"),
)
TYPES = {
    "step": pa.string(), "account_id": pa.string(), "account": pa.string(), "month_end": pa.date32(),
    "start": pa.float64(), "end": pa.float64(), "top": pa.float64(), "bottom": pa.float64(), "value": pa.float64(),
}  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class FigureFormula:
    """How a figure is calculated from what each account paid on the first day (s) and on the last (e).

    Attributes:
        label: the figure's name.
        unit: how to write it.
        top: what an account adds to the numerator.
        bottom: what it adds to the denominator.
        above: the words for the upper sum.
        below: the words for the lower one.
        by_month: each month end is compared with the one before, not the window's ends.
        definition: the definition behind the figure.
        with_rates: the end counts with what exchange rates alone moved, where balances are at current rates.
        movements: the words for the upper sum by movements, "" where the figure is the same by both conventions.
    """

    label: str
    unit: Unit
    top: Callable[[float, float], float]
    bottom: Callable[[float, float], float]
    above: str
    below: str
    by_month: bool = False
    definition: str = ""
    with_rates: bool = False
    movements: str = ""


FORMULAS = {
    "nrr": FigureFormula(
        "Net revenue retention", "share", lambda s, e: e if s > 0 else 0.0, lambda s, _: s,
        "their MRR on the last day", "their MRR on the first day", definition="net_revenue_retention",
        movements="MRR on the first day, plus expansion, less contraction and churn of each month",
    ),
    "grr": FigureFormula(
        "Gross revenue retention", "share", lambda s, e: min(s, e), lambda s, _: s,
        "their MRR on the last day, capped at the first day's", "their MRR on the first day",
        definition="gross_revenue_retention",
        movements="MRR on the first day, less contraction and churn of each month",
    ),
    "logo_retention": FigureFormula(
        "Logo retention", "share", lambda s, e: float(s > 0 and e > 0), lambda s, _: float(s > 0),
        "accounts paying on both days", "accounts paying on the first day", definition="logo_retention",
    ),
    "quick_ratio": FigureFormula(
        "Quick ratio", "ratio", lambda s, e: max(e - s, 0.0), lambda s, e: max(s - e, 0.0),
        "gains: new, won back, expansion", "losses: contraction, churn", by_month=True, definition="quick_ratio",
    ),
    "arpa": FigureFormula(
        "MRR per account", "money", lambda _, e: e, lambda _, e: float(e > 0),
        "MRR on the last day", "accounts paying on the last day", definition="revenue_per_account", with_rates=True,
    ),
}  # fmt: skip


@question(
    "retention.why",
    title="How this number is calculated",
    order=100,
    options={"figure": FIGURES, "window": WINDOWS, "convention": CONVENTIONS, "rates": rates.RATES},
    needs=("subscriptions", "accounts"),
    uses=(
        "account_names", "account_windows", "gross_revenue_retention", "logo_retention", "month_steps",
        "net_revenue_retention", "quick_ratio", "rate_doubts", "revenue_doubts",
        "revenue_per_account", "windows_at_current_rates",
    ),
)  # fmt: skip
def why(request: QuestionRequest) -> Answer:
    """Return the accounts behind option `figure` over option `window`, numerator, denominator and quotient.

    The quotient equals the figure of `retention.summary` with the same options `convention` and `rates`.
    """
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    name, chosen = request.option("figure", *FIGURES), request.option("rates", *rates.RATES)
    formula = FORMULAS[name]
    if request.option("convention", *CONVENTIONS) == "movements" and formula.movements:
        formula = replace(formula, by_month=True, above=formula.movements, below="MRR on the first day")
    months = int(request.option("window", *WINDOWS)) if "window" in request.options else request.scope.window
    accounts = _accounts(request, formula, months)
    rows = list(accounts)
    top, bottom = round(sum(row["top"] for row in rows), 6), round(sum(row["bottom"] for row in rows), 6)
    value = top / bottom if bottom else None
    steps = [
        {"step": f"Numerator: {formula.above}", "top": top},
        {"step": f"Denominator: {formula.below}", "bottom": bottom},
        {"step": f"{formula.label} = numerator / denominator", "top": top, "bottom": bottom, "value": value},
    ]
    figure = Figure(name, formula.label, value, formula.unit, n=len({row["account_id"] for row in rows}),
                    n_label="accounts", definition=formula.definition)  # fmt: skip
    return request.answer(
        title=f"{request.title}: {formula.label}",
        headline=_says(request, formula, figure, top, bottom, months),
        figures=(figure,),
        rows=arrow_table(rows + steps, TYPES),
        columns=_columns(formula),
        charts=_largest(request, name, formula, accounts),
        notes=(*rates.notes(request, chosen), *doubts(request).notes),
        definition=formula.definition,
    )


def _columns(formula: FigureFormula) -> tuple[Column, ...]:
    """Return the columns; numerator and denominator in money, unless they count accounts."""
    units: dict[str, Unit] = {"value": formula.unit}
    units |= {side: "count" if side_text.startswith("accounts") else "money"
              for side, side_text in (("top", formula.above), ("bottom", formula.below))}  # fmt: skip
    return tuple(replace(column, unit=units.get(column.name, column.unit)) for column in COLUMNS)


def _accounts(request: QuestionRequest, formula: FigureFormula, months: int) -> list[Row]:
    """Return the accounts that count in either sum, largest first; by month, a row for each month end."""
    start = months_before(request.as_of, months)
    pairs = [(start, request.as_of)]
    if formula.by_month:
        month_rows = request.rows("month_steps", start_days=[start], end_days=[request.as_of]).to_pylist()
        pairs = sorted((row["step_start"], row["step_end"]) for row in month_rows)
    account_rows = request.rows(
        BALANCES[request.option("rates", *rates.RATES)], start_days=[pair[0] for pair in pairs],
        end_days=[pair[1] for pair in pairs], wanted=request.filters_json,
    ).to_pylist()  # fmt: skip
    names = request.rows("account_names")
    name_of = dict(zip(names["account_id"].to_pylist(), names["account"].to_pylist(), strict=True))
    rows = []
    for row in account_rows:
        if row["account_id"] is None:
            continue
        end = row["e"] if formula.with_rates else row["e"] - row.get("fx", 0.0)
        top, bottom = round(formula.top(row["s"], end), 6), round(formula.bottom(row["s"], end), 6)
        if formula.movements and row["window_start"] > start:  # later months add only what changed
            top, bottom = round(top - bottom, 6), 0.0
        if top or bottom:  # the others do not count on either side
            rows.append(
                {"step": "Account", "account_id": row["account_id"], "account": name_of[row["account_id"]]}
                | {"month_end": row["window_end"], "start": row["s"], "end": row["e"], "top": top, "bottom": bottom}
            )
    return sorted(rows, key=lambda row: (row["month_end"], -max(row["top"], row["bottom"]), row["account_id"]))


def _largest(request: QuestionRequest, name: str, formula: FigureFormula, rows: list[Row]) -> tuple[Chart, ...]:
    """Return the accounts that move the figure most: what they pay (MRR per account), else how it changed."""
    changes: dict[tuple[str, str], float] = {}
    for row in rows:
        size = row["end"] if name == "arpa" else row["top"] - row["bottom"]
        if name == "logo_retention":  # those that left, by what they had paid
            size = -row["start"] if not row["top"] else 0.0
        key = (row["account"], row["account_id"])
        changes[key] = round(changes.get(key, 0.0) + size, 6)
    largest = sorted((pair for pair in changes.items() if pair[1]), key=lambda pair: (-abs(pair[1]), pair[0]))[:DRAWN]
    if not largest:
        return ()
    (account, _), size = largest[0]
    verb_text = {"arpa": "pays most", "logo_retention": "is the largest churned account"}.get(
        name, f"moved {MOVED.get(name, formula.label)} most"
    )
    amount = words.money(size, request.currency) if name == "arpa" else (
        words.change(size, 0, "money", request.currency)
    )  # fmt: skip
    return (
        RankedChart(
            name="why",
            title=f"{account} {verb_text}: {amount} MRR",
            subtitle=f"{formula.label}: top {words.plural(len(largest), 'account')} by MRR"
            + ("" if name == "arpa" else " gained or lost"),
            rows=arrow_table(
                [
                    {
                        "account": account_name,
                        "account_id": key,
                        "mrr": amount,
                        "direction": "gain" if amount > 0 else "loss",
                    }
                    for (account_name, key), amount in largest
                ],
                {"account": pa.string(), "mrr": pa.float64(), "account_id": pa.string(), "direction": pa.string()},
            ),
            x="mrr",
            y="account",
            color=None if name == "arpa" else "direction",
            semantic=name != "arpa",
            unit="money",
            axis="MRR" + (f", {request.currency}" if request.currency else ""),
            currency=request.currency,
        ),
    )


def _says(
    request: QuestionRequest, formula: FigureFormula, figure: Figure, top: float, bottom: float, months: int
) -> str:
    day = words.date(request.as_of)
    if figure.value is None:
        return f"No denominator up to {day} ({formula.below}), so there is no {formula.label.lower()}."

    def side(value: float, side_text: str) -> str:
        is_count = side_text.startswith("accounts")
        return words.count(value) if is_count else words.money(value, request.currency, full=True)

    return (
        f"{formula.label} over {words.plural(months, 'month')} up to {day}:"
        f" **{side(top, formula.above)}** ({formula.above}) ÷"
        f" **{side(bottom, formula.below)}** ({formula.below}) = **{words.figure_value(figure, request.currency)}**."
    )
