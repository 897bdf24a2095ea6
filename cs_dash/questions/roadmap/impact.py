"""Did it help: what shipped items did to the tickets on their topics."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.roadmap_rows import SHIPPED, items
from cs_dash.questions.roadmap.ship_impact import FELL, JUDGED, ShipImpact, ship_impact

Row = dict[str, Any]
TYPES = {
    "item": pa.string(), "title": pa.string(), "shipped_at": pa.date32(), "pre_rate": pa.float64(),
    "post_rate": pa.float64(), "control_ratio": pa.float64(), "effect": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "verdict": pa.string(), "avoided": pa.float64(), "moved_to": pa.string(), "fix": pa.string(),
    "owner": pa.string(), "target": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("item", "ID", hidden=True),
    Column("title", "Item", priority=1),
    Column("shipped_at", "Shipped", "date"),
    Column("verdict", "Did it help?", priority=1),
    Column("effect", "Effect", "share", help="Change of the rate of its tickets, less that of all others", priority=1),
    Column("low", "95\u202f% CI from", "share"),
    Column("high", "95\u202f% CI to", "share"),
    Column(
        "pre_rate", "Per 100 accounts before", "number", help="Tickets per 100 paying accounts a month, 12 weeks before"
    ),
    Column("post_rate", "Per 100 accounts after", "number", help="The same from two weeks after on"),
    Column("control_ratio", "Other topics, after / before", "number", help="The same rate of all other topics"),
    Column("avoided", "Tickets avoided", "number"),
    Column("moved_to", "Moved to", help="Other topics that grew in the same accounts"),
    Column("owner", "Accountable owner"),
    Column("target", "Target", "share", optional=True),
    Column("fix", "Fix", optional=True),
)
BOT_OR_PORTAL = "bot or portal"
BEFORE, AFTER = dt.timedelta(weeks=12), dt.timedelta(weeks=28)
"""How long before and after an item shipped its tickets are compared."""
PEAK = "was picked at a peak: it fell against the 12 weeks before, not against what was usual before those"


@question(
    "roadmap.impact",
    title="Ship impact",
    order=30,
    needs=("tickets",),
    uses=("portfolio_events", "roadmap_item_topics", "roadmap_items", "ship_topics", "ship_windows", "topics_shown"),
    follows_topics=True,
)
def impact(request: QuestionRequest) -> Answer:
    """Return what each shipped item did to the tickets on its topics, latest first.

    Figures: shipped, helped (share of those with a verdict whose tickets fell).
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    shipped = [row for row in items(request) if row["state"] == SHIPPED]
    if not shipped:
        return request.answer(
            "No roadmap item has shipped yet.", rows=arrow_table([], TYPES), columns=COLUMNS,
            notes=(Note("Enter the day an item shipped, and its effect is measured here.", "missing"),),
        )  # fmt: skip
    outcomes = impacts(request, shipped)
    rows = [_row(row, outcomes[row["item"]]) for row in shipped]
    rows.sort(key=lambda row: (row["shipped_at"], row["item"]), reverse=True)
    judged = [row for row in rows if row["verdict"] in JUDGED]
    helped = [row for row in judged if row["verdict"] == FELL]
    return request.answer(
        _headline(rows, judged, helped),
        figures=(
            Figure("shipped", "Shipped items", float(len(rows)), "count", definition="roadmap_items"),
            Figure("helped", "Items that helped", len(helped) / len(judged) if judged else None, "share", n=len(judged),
                   n_label="items with a verdict", better="up", definition="ship_windows"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=_charts(rows, judged, helped),
        notes=(*_notes(shipped, outcomes), *_portal_notes(request, shipped)),
        definition="ship_windows",
    )  # fmt: skip


def impacts(request: QuestionRequest, shipped: list[Row]) -> dict[str, ShipImpact]:
    """Return what each of these items did, by its id."""
    parameters: dict[str, Any] = {"as_of_day": request.as_of, "wanted": request.filters_json}
    of_item = shipped[0]["item"] if len(shipped) == 1 else None
    windows = request.rows("ship_windows", of_item=of_item, **parameters)
    outcomes = {}
    for row in shipped:
        own = windows.filter(pc.equal(windows["item"], row["item"]))
        outcome = ship_impact(own, [], row["shipped_on"], request.as_of)
        if outcome.verdict == FELL:  # only then the other topics matter, which take as long to count
            topics = request.rows("ship_topics", of_item=row["item"], **parameters).to_pylist()
            outcome = ship_impact(own, topics, row["shipped_on"], request.as_of)
        outcomes[row["item"]] = outcome
    return outcomes


def _row(row: dict[str, Any], outcome: ShipImpact) -> dict[str, Any]:
    effect = outcome.effect
    return row | {
        "shipped_at": row["shipped_on"], "pre_rate": outcome.pre_rate, "post_rate": outcome.post_rate,
        "control_ratio": effect.control_ratio if effect else None, "effect": effect.change if effect else None,
        "low": effect.low if effect else None, "high": effect.high if effect else None, "verdict": outcome.verdict,
        "avoided": outcome.avoided, "moved_to": "; ".join(outcome.moved_to) or None,
    }  # fmt: skip


def _headline(rows: list[Row], judged: list[Row], helped: list[Row]) -> str:
    text = f"**{words.plural(len(rows), 'item')}** shipped. "
    if not judged:
        return text + "It is too early to say whether " + ("it helped." if len(rows) == 1 else "they helped.")
    text += f"Tickets fell for **{words.count(len(helped))} of {words.plural(len(judged), 'item')}** with a verdict"
    if helped:
        best = min(helped, key=lambda row: row["effect"])
        text += f", most of all for “{best['title']}” (**{words.share(best['effect'])}**)"
    early = len(rows) - len(judged)
    return text + "." + (f" For {words.plural(early, 'item')} it is too early to say." if early else "")


def _charts(rows: list[Row], judged: list[Row], helped: list[Row]) -> tuple[Chart, ...]:
    """Return the effects with their intervals, the largest fall first; none where nothing has been measured."""
    drawn = sorted((row for row in judged if row["high"] is not None), key=lambda row: row["effect"])
    if not drawn:
        return ()
    title = f"{words.count(len(helped))} of {words.plural(len(judged), 'shipped item')} lowered their tickets"
    if len(judged) == 1:
        title = "The shipped item lowered its tickets" if helped else "The shipped item has not lowered its tickets"
    early = len(rows) - len(judged)
    named = f"; for {words.plural(early, 'item')} it is too early" if early else ""
    return (
        IntervalChart(
            name="effects",
            title=title,
            subtitle=f"Change of the tickets on its topics, less that of all others, with 95\u202f% interval{named}",
            rows=arrow_table(drawn, {name: TYPES[name] for name in ("item", "title", "effect", "low", "high")}),
            x="effect",
            y="title",
            low="low",
            high="high",
            unit="share",
            axis="Change of tickets",
            order=tuple(row["title"] for row in drawn),
            reference=(0.0, "no change"),
        ),
    )


def _notes(shipped: list[Row], outcomes: dict[str, ShipImpact]) -> tuple[Note, ...]:
    notes = []
    if sum(outcome.verdict == FELL for outcome in outcomes.values()) > 1:
        text = "Avoided tickets are not added up over items: their topics can overlap in accounts."
        notes.append(Note(text, "fact", ("avoided",)))
    for row in shipped:
        outcome = outcomes[row["item"]]
        if outcome.at_a_peak:
            notes.append(Note(f"“{row['title']}” {PEAK}.", "doubt", ("verdict",)))
        if outcome.effect is not None and outcome.effect.control_ratio is None:
            notes.append(
                Note(f"“{row['title']}” has no control: these accounts have no other topic.", "doubt", ("effect",))
            )
    return tuple(notes)


def _portal_notes(request: QuestionRequest, shipped: list[Row]) -> list[Note]:
    """Return a note for each bot or portal that was switched on in the weeks which are compared for an item."""
    portals = [row for row in request.rows("portfolio_events").to_pylist() if row["kind"] == BOT_OR_PORTAL]
    return [
        Note(
            f"“{portal['title']}” began on {words.date(portal['happened_on'])}, within the weeks compared for"
            f" “{row['title']}”: fewer tickets may be its doing.",
            "doubt",
            ("verdict",),
        )
        for row in shipped
        for portal in portals
        if row["shipped_on"] - BEFORE <= portal["happened_on"] <= row["shipped_on"] + AFTER
    ]
