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
        text = "Without exchange rates no revenue moves by them: these are the figures at constant rates."
        return [Note(text, "missing", ("fx",), table="fx_rates")]
    without = request.single_row("rate_doubts", as_of_day=request.as_of, reporting=request.currency)
    if not without["lines"]:
        return []
    lines = words.plural(without["lines"], "line in another currency keeps", "lines in another currency keep")
    lost = words.money(without["mrr"], request.currency)
    text = f"{lines} the rate of the start, as their own amounts are not known: {lost} a month. Load them again."
    return [Note(text, "doubt", ("fx",))]


def sentence(says: str, window: dict[str, Any]) -> str:
    """Return the sentence of net retention at current rates, with the value that includes exchange rates."""
    if not window["fx"] or not window["mrr_start"]:
        return says
    with_them = words.share(window["mrr_kept"] / window["mrr_start"], window["accounts_start"])
    return f"{says.removesuffix('.')}; exchange rates, left out, would make it **{with_them}**."


def fx_note(request: QuestionRequest, window: dict[str, Any]) -> Note | None:
    """Return the effect of exchange rates on the accounts kept, which net retention leaves out; None without one."""
    if not window["fx"] or not window["mrr_start"]:
        return None
    change_text = words.change(window["fx"], 0, "money", request.currency)
    text = (
        f"Exchange rates alone moved the revenue of the accounts kept by {change_text}: no retention, so left out of"
        f" it. Lifetime value, renewals and cohorts keep the rate of each line's start."
    )
    return Note(text, "fact", ("nrr", "fx"))


def figure(window: dict[str, Any], window_before: dict[str, Any], label: str) -> Figure:
    """Return the MRR of the accounts kept that exchange rates alone moved."""
    return Figure(
        "fx", "Exchange rates, accounts kept", window["fx"], "money", n=window["accounts_kept"], n_label="accounts",
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
        ("MRR at the start, at its rates", start),
        ("Expansion", window["expansion"]),
        ("Contraction", 0 - window["contraction"]),
        ("Churn", 0 - window["churn"]),
        ("Net retention by snapshot", mrr_kept),
        ("Exchange rates, of the accounts kept", window["fx"]),
        ("MRR of these accounts at the end, at its rates", window["mrr_kept"]),
    ]
    return arrow_table([{"step": step, "mrr": mrr, "share": mrr / start} for step, mrr in listed], kinds)
