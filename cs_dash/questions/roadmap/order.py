"""How stable the order of the roadmap is, given what is uncertain about the scores."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.decisions.roadmap import IMPACTS
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, SHIPPED, items
from cs_dash.stats.ranking import DRAWS, rank_spreads, rice_draws

TOP = 5
STABLE = 0.8
"""An item that is in the top five in fewer draws could as well not be."""
ASSUMPTIONS = (
    "Each draw changes the reach as another quarter would (Poisson), the impact by one step with the chance that "
    "confidence leaves, and the effort within half and twice the estimate in nine of ten draws."
)
TYPES = {
    "item": pa.string(), "title": pa.string(), "rice": pa.float64(), "rank": pa.int64(), "top_five": pa.float64(),
    "rank_low": pa.int64(), "rank_high": pa.int64(), "first": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("item", "ID", hidden=True),
    Column("title", "Item", priority=1),
    Column("rank", "Rank", "count", priority=1),
    Column("rice", "RICE", "count"),
    Column("top_five", "In the top five", "share", help="Share of the draws", priority=1),
    Column("first", "First", "share", help="Share of the draws"),
    Column("rank_low", "Best rank", "count", help="95 % of the draws are between the best and the worst rank"),
    Column("rank_high", "Worst rank", "count"),
)


@question(
    "roadmap.order",
    title="Rank stability",
    order=15,
    uses=("roadmap_item_topics", "roadmap_items", "roadmap_opportunities", "topics_shown"),
    follows_topics=True,
)
def order(request: QuestionRequest) -> Answer:
    """Return the scored items by RICE with the ranks that they have in 1,000 draws over what is uncertain.

    Items that shipped or were declined are left out, as are those without a score. Figures: items, draws, stable (items
    of the top five that are there in at least 80 % of the draws).
    """
    listed = items(request)
    if not listed:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    evidence = {
        row["item"]: row
        for row in request.rows(
            "roadmap_opportunities", start_day=request.scope.start, end_day=request.scope.end, as_of_day=request.as_of,
            wanted=request.filters_json,
        ).to_pylist()
    }  # fmt: skip
    pending = [row | evidence[row["item"]] for row in listed if row["state"] not in (SHIPPED, "declined")]
    rows = sorted((row for row in pending if row["rice"] is not None), key=lambda row: -row["rice"])
    if not rows:
        note = Note("Enter impact, confidence and effort of an item to score it.", "missing")
        text = "No item that is still to be built has a score."
        return request.answer(text, notes=(note,), rows=arrow_table([], TYPES), columns=COLUMNS)
    reach, impact, confidence, effort = (
        [float(row[name]) for row in rows] for name in ("reach", "impact", "confidence", "effort")
    )
    spreads = rank_spreads(rice_draws(reach, impact, confidence, effort, IMPACTS), TOP)
    for rank, (row, spread) in enumerate(zip(rows, spreads, strict=True), 1):
        row |= {
            "rank": rank, "first": spread.first, "top_five": spread.top, "rank_low": spread.low,
            "rank_high": spread.high,
        }  # fmt: skip
    top = rows[:TOP]
    stable = [row for row in top if row["top_five"] >= STABLE]
    return request.answer(
        _headline(rows, top, stable),
        figures=(
            Figure("items", "Scored items", float(len(rows)), "count", definition="roadmap_items"),
            Figure("draws", "Draws", float(DRAWS), "count", definition="roadmap_opportunities"),
            Figure("stable", "Stable in the top five", float(len(stable)), "count", n=len(top), n_label="items",
                   definition="roadmap_opportunities"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=_notes(len(pending) - len(rows)),
        definition="roadmap_opportunities",
    )  # fmt: skip


def _headline(rows: list[dict[str, Any]], top: list[dict[str, Any]], stable: list[dict[str, Any]]) -> str:
    if len(rows) == 1:
        return f"“{rows[0]['title']}” is the only item with a score."
    text = f"“{rows[0]['title']}” ranks first in **{words.share(rows[0]['first'])}** of {words.count(DRAWS)} draws."
    if len(rows) > TOP:
        text += f" **{words.count(len(stable))} of the top five** stay there in at least {words.share(STABLE)} of them."
        if len(stable) < len(top):
            loose = min(top, key=lambda row: row["top_five"])
            text += f" “{loose['title']}” is least certain ({words.share(loose['top_five'])})."
    return text


def _notes(unscored: int) -> tuple[Note, ...]:
    notes = [Note(ASSUMPTIONS, "assumption", ("top_five",))]
    if unscored:
        named = words.plural(unscored, "item has", "items have")
        notes.append(Note(f"{named} no score and no rank.", "missing", ("rank",)))
    return tuple(notes)
