"""Constant or current exchange rates: the option that bridge, summary and dimensions share, and its notes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa

from cs_dash.answer import Figure, Note
from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest, arrow_table

RATES = ("constant", "current")
BRIDGE = {"constant": "revenue_bridge", "current": "bridge_at_current_rates"}


def notes(request: QuestionRequest, rates: str) -> list[Note]:
    """Return the notes of figures at current rates, such as that no exchange rates are loaded."""
    if rates == "constant":
        return []
    if "fx_rates" not in request.loaded_tables:
        text = "No exchange rates loaded: the figures are at constant rates."
        return [Note(text, "missing", ("fx",), table="fx_rates")]
    without = request.single_row("rate_doubts", as_of_day=request.as_of, reporting=request.currency)
    if not without["lines"]:
        return []
    lines = words.plural(without["lines"], "line in another currency keeps", "lines in another currency keep")
    lost = words.money(without["mrr"], request.currency)
    text = (
        f"{lines} the rate on the start date, because the original amount is missing: {lost} of MRR. Reload the file."
    )
    return [Note(text, "doubt", ("fx",))]


def sentence(says: str, window: dict[str, Any]) -> str:
    """Return the sentence of net retention at current rates, with the value that includes exchange rates."""
    if not window["fx"] or not window["mrr_start"]:
        return says
    with_them = words.share(window["mrr_kept"] / window["mrr_start"], window["accounts_start"])
    return f"{says.removesuffix('.')} Including exchange rates, NRR would be **{with_them}**."


def fx_note(request: QuestionRequest, window: dict[str, Any]) -> Note | None:
    """Return the effect of exchange rates on the accounts kept, which net retention leaves out; None without one."""
    if not window["fx"] or not window["mrr_start"]:
        return None
    change_text = words.change(window["fx"], 0, "money", request.currency)
    text = (
        f"Exchange rates moved the MRR of retained accounts by {change_text}; retention excludes this. Lifetime value,"
        f" renewals and cohorts use the rate on each line's start date."
    )
    return Note(text, "fact", ("nrr", "fx"))


def figure(window: dict[str, Any], window_before: dict[str, Any], label: str) -> Figure:
    """Return the MRR of the accounts kept that exchange rates alone moved."""
    return Figure(
        "fx", "Exchange rates, retained accounts", window["fx"], "money", n=window["accounts_kept"], n_label="accounts",
        previous=window_before.get("fx"), previous_label=label, definition="retention_at_current_rates",
    )  # fmt: skip


def with_fx(figures: tuple[Figure, ...], fx: Figure) -> tuple[Figure, ...]:
    """Return the figures with their definition at current rates, followed by `fx`."""
    at_current_rates = {"nrr", "grr", "mrr_start", "mrr_end", "quick_ratio", "arpa"}
    at_rates = (
        replace(headline_figure, definition=fx.definition)
        if headline_figure.name in at_current_rates
        else headline_figure
        for headline_figure in figures
    )
    return (*at_rates, fx)


def steps(window: dict[str, Any]) -> pa.Table:
    """Return the steps from the MRR at the start to that of the accounts kept, exchange rates as their own step."""
    kinds = {"step": pa.string(), "mrr": pa.float64(), "share": pa.float64()}
    start = window["mrr_start"]
    if not start:
        return arrow_table([], kinds)
    mrr_kept = start + window["expansion"] - window["contraction"] - window["churn"]
    listed = [
        ("Starting MRR at starting rates", start),
        ("Expansion", window["expansion"]),
        ("Contraction", 0 - window["contraction"]),
        ("Churn", 0 - window["churn"]),
        ("NRR by snapshot", mrr_kept),
        ("Exchange rates, retained accounts", window["fx"]),
        ("Ending MRR of these accounts at ending rates", window["mrr_kept"]),
    ]
    return arrow_table([{"step": step, "mrr": mrr, "share": mrr / start} for step, mrr in listed], kinds)
