"""Which of the listed tickets stand behind a group, a priority or the backlog of a day."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnknownOption
from cs_dash.look.locales import language_name
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.groups import TICKET_FIELDS
from cs_dash.questions.support.response_times import NO_PRIORITY

SELECTIONS: dict[str, tuple[str, ...]] = {"field": (), "group": (), "priority": (), "open_on": ()}
"""The options: a field of accounts or tickets and one of its values; a priority; a day on which tickets were open."""


def selected_tickets(request: QuestionRequest, rows: pa.Table) -> pa.Table:
    """Return the rows of `tickets_listed` that fit the options `SELECTIONS`; all of them where none is set.

    Raises UnknownOption for a field that neither accounts nor tickets have, and for a day that is none.
    """
    if request.options.get("group"):
        rows = rows.filter(pc.is_in(rows["ticket_id"], value_set=_of_group(request)))
    if request.options.get("priority"):
        priorities = pc.fill_null(rows["priority"], NO_PRIORITY)
        rows = rows.filter(pc.equal(priorities, request.options["priority"].lower()))
    if request.options.get("open_on"):
        ids = request.rows(
            "tickets_open_on", on_day=_day(request.options["open_on"]), as_of_day=request.as_of,
            wanted=request.filters_json,
        )["ticket_id"]  # fmt: skip
        rows = rows.filter(pc.is_in(rows["ticket_id"], value_set=ids))
    return rows


def _of_group(request: QuestionRequest) -> pa.ChunkedArray:
    field, group = grouping_field(request, *TICKET_FIELDS), request.options["group"]
    tickets = request.rows("ticket_groups", by_field=field, wanted=request.filters_json)
    names = tickets["group_name"].to_pylist()
    values = {name for name in set(names) if group in (name, language_name(name) if field == "language" else name)}
    return tickets.filter(pc.is_in(tickets["group_name"], value_set=pa.array(sorted(values), pa.string())))["ticket_id"]


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UnknownOption(
            "No day", f"Could not use open_on={text} because it is no day.", "Write it as 2026-03-31."
        ) from error
