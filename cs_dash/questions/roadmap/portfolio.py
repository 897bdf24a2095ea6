"""The share of shipped items that helped, by kind of fix and by product area."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.impact import impacts
from cs_dash.questions.roadmap.roadmap_rows import SHIPPED, items
from cs_dash.questions.roadmap.ship_impact import FELL, JUDGED

TYPES = {
    "by": pa.string(), "group": pa.string(), "shipped": pa.int64(), "judged": pa.int64(), "helped": pa.int64(),
    "share": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("group", "Group", priority=1),
    Column("by", "By"),
    Column("shipped", "Shipped", "count"),
    Column("judged", "With a verdict", "count"),
    Column("helped", "Helped", "count", priority=1, help="Tickets on its topics fell significantly"),
    Column("share", "Share that helped", "share", priority=1),
)
UNKNOWN_GROUP = "unknown"


@question(
    "roadmap.portfolio",
    title="Shipped items that helped",
    order=50,
    needs=("tickets",),
    uses=("roadmap_areas", "roadmap_item_topics", "roadmap_items", "ship_topics", "ship_windows", "topics_shown"),
    follows_topics=True,
)
def portfolio(request: QuestionRequest) -> Answer:
    """Return for each kind of fix and each product area how many shipped items helped, of those with a verdict.

    Figures: helped (share of all shipped items with a verdict).
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    shipped = [row for row in items(request) if row["state"] == SHIPPED]
    if not shipped:
        return request.answer("No roadmap item has shipped yet.", rows=arrow_table([], TYPES), columns=COLUMNS)
    verdicts = {item: outcome.verdict for item, outcome in impacts(request, shipped).items()}
    areas = {row["item"]: row["area"] for row in request.rows("roadmap_areas", as_of_day=request.as_of).to_pylist()}
    rows = [
        *_groups("kind of fix", {row["item"]: row["fix"] for row in shipped}, verdicts),
        *_groups("product area", {row["item"]: areas.get(row["item"]) for row in shipped}, verdicts),
    ]
    judged = [verdict for verdict in verdicts.values() if verdict in JUDGED]
    helped = judged.count(FELL)
    text = "No shipped item has a verdict yet."
    if judged:
        text = f"**{words.count(helped)} of {words.plural(len(judged), 'shipped item')}** with a verdict helped."
    share = helped / len(judged) if judged else None
    return request.answer(
        text,
        figures=(
            Figure("helped", "Items that helped", share, "share", n=len(judged), n_label="items with a verdict",
                   better="up", definition="ship_windows"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="ship_windows",
    )  # fmt: skip


def _groups(by: str, group_of: dict[str, str | None], verdicts: dict[str, str]) -> list[dict[str, Any]]:
    """Return a row for each group of items, the one with most shipped first."""
    members: dict[str, list[str]] = {}
    for item, group in group_of.items():
        members.setdefault(group or UNKNOWN_GROUP, []).append(verdicts[item])
    rows = []
    for group, outcomes in sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        judged = sum(verdict in JUDGED for verdict in outcomes)
        helped = outcomes.count(FELL)
        rows.append(
            {
                "by": by, "group": group, "shipped": len(outcomes), "judged": judged, "helped": helped,
                "share": helped / judged if judged else None,
            }
        )  # fmt: skip
    return rows
