"""`support.areas`: what customers ask how to do, by area of the product."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import WINDOWS, bounds, no_kinds_note, windowed
from cs_dash.tickets.classifier.column_kinds import kind_of_tag

AREA_COLUMNS = (
    Column("area", "Area"),
    Column("tickets", "How-to tickets", "count"),
    Column("accounts", "Accounts", "count", "Distinct accounts."),
    Column("mrr", "Affected MRR", "money", "Of the distinct accounts; areas overlap, so the column does not add up."),
    Column("recent", "Last 90 days", "count"),
    Column("before", "Previous 90 days", "count"),
    Column("trend", "Trend", "trend", "How-to tickets by month, over 12 months."),
    Column("example", "Latest subject"),
)


@question(
    "support.areas",
    title="How-to tickets by product area",
    order=50,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("howto_areas", "howto_share", "ticket_doubts"),
)
def areas(request: QuestionRequest) -> Answer:
    """Return one row per product area with its how-to tickets, accounts, MRR and trend."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    rows = request.rows("howto_areas", as_of_day=request.as_of, **bounds(request))
    # A tag that names a kind of ticket ("how_to") is not an area.
    is_area = [kind_of_tag(area) is None for area in rows["area"].to_pylist()]
    rows = rows.filter(pa.array(is_area, pa.bool_()))
    (shares,) = request.periods("howto_share", request.scope.bounds)
    howto = shares["howto"]
    notes: tuple[Note, ...] = (
        Note(
            "An account can have tickets on several areas, so the MRR of the areas does not add up.", "fact", ("mrr",)
        ),
    )
    if not len(rows) and howto:
        text = "The tickets have neither a product area nor tags: add a column with one of them."
        notes = (Note(text, "missing", table="tickets"),)
    if shares["tickets"] and not shares["with_kind"]:
        notes = (no_kinds_note(request),)
    return request.answer(
        headline=_headline(rows.to_pylist(), howto, shares["with_kind"]),
        rows=rows,
        columns=AREA_COLUMNS,
        notes=notes,
        definition="howto_areas",
    )


def _headline(area_rows: list[dict[str, Any]], howto: int, with_kind: int) -> str:
    if not with_kind:
        return "No ticket has a category, so how-to tickets cannot be identified."
    if not area_rows:
        return f"**{plural(howto, 'how-to ticket')}** without a product area." if howto else (
            "No how-to tickets in the period."
        )  # fmt: skip
    top = area_rows[0]
    text = f"**{top['area']}** has the most how-to tickets: {count(top['tickets'])} of {count(howto)}"
    return f"{text}, from {plural(top['accounts'], 'account')}."
