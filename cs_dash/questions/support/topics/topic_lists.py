"""The tickets and the accounts behind a topic."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look.words import plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.questions.support.topics.topic_notes import state_notes, untold
from cs_dash.questions.support.topics.topics import number_of_topics

TICKET_COLUMNS = (
    Column("topic", "Topic id", hidden=True),
    Column("label", "Topic"),
    Column("ticket_id", "Ticket"),
    Column("account_id", "Account"),
    Column("created_at", "Came in", "date"),
    Column("kind", "Kind"),
    Column("subject", "Subject"),
)
ACCOUNT_COLUMNS = (
    Column("topic", "Topic id", hidden=True),
    Column("label", "Topic"),
    Column("account_id", "Account id", hidden=True),
    Column("account", "Account"),
    Column("csm", "CSM"),
    Column("tickets", "Tickets", "count"),
    Column("last_on", "Newest", "date"),
    Column("mrr", "MRR", "money"),
    Column("band", "Health"),
    Column("renewal_date", "Renewal", "date"),
)


@question(
    "support.topic_tickets",
    title="Which tickets are behind a topic?",
    order=190,
    options={"topic": (), "topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("topic_state", "topic_tickets", "topics_shown"),
    follows_topics=True,
)
def topic_tickets(request: QuestionRequest) -> Answer:
    """Return the tickets of the topic that option `topic` names, newest first; without it, those of all topics."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    number = number_of_topics(request)
    topic = _topic(request, number)
    rows = request.rows("topic_tickets", as_many=number, **bounds(request))
    kept = [_is(row, topic) for row in rows.select(["topic", "ignored"]).to_pylist()]
    rows = rows.filter(pa.array(kept, pa.bool_())).select([column.name for column in TICKET_COLUMNS])
    rows = rows.sort_by([("created_at", "descending"), ("ticket_id", "ascending")])
    return _listed(request, rows, TICKET_COLUMNS, "topic_tickets", "ticket", topic, number)


@question(
    "support.topic_accounts",
    title="Which accounts are behind a topic?",
    order=200,
    options={"topic": (), "topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("topic_accounts", "topic_state", "topics_shown"),
    follows_topics=True,
)
def topic_accounts(request: QuestionRequest) -> Answer:
    """Return the accounts of the topic that option `topic` names, most tickets first; without it, of all topics."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    number = number_of_topics(request)
    topic = _topic(request, number)
    found = request.rows("topic_accounts", as_of_day=request.as_of, as_many=number, **bounds(request))
    shown = {row["topic"]: row for row in request.rows("topics_shown", as_many=number).to_pylist()}
    kept = [_is({"topic": each, "ignored": shown[each]["ignored"]}, topic) for each in found["topic"].to_pylist()]
    rows = found.filter(pa.array(kept, pa.bool_()))
    labels = pa.array([shown[each]["label"] for each in rows["topic"].to_pylist()], pa.string())
    rows = rows.append_column("label", labels).select([column.name for column in ACCOUNT_COLUMNS])
    return _listed(request, rows, ACCOUNT_COLUMNS, "topic_accounts", "account", topic, number)


def _is(row: dict[str, Any], topic: dict[str, Any] | None) -> bool:
    if topic is not None:
        return bool(row["topic"] == topic["topic"])
    return row["topic"] is not None and not row["ignored"]


def _topic(request: QuestionRequest, number: int | None) -> dict[str, Any] | None:
    """Return the topic that the option names by its id or its label. Raises UnknownOption."""
    given = request.options.get("topic", "").strip()
    if not given:
        return None
    shown = request.rows("topics_shown", as_many=number).to_pylist()
    for row in shown:
        if given in (row["topic"], row["node"]) or given.casefold() == (row["label"] or "").casefold():
            found: dict[str, Any] = row
            return found
    known = [row["label"] or row["topic"] for row in shown]
    raise UnknownOption(
        "Unknown topic", f"Could not look at {given} because there is no such topic.", nearest(given, known)
    )


def _listed(
    request: QuestionRequest, rows: pa.Table, columns: tuple[Column, ...], definition: str, what: str,
    topic: dict[str, Any] | None, number: int | None,
) -> Answer:  # fmt: skip
    state = request.single_row("topic_state", as_many=number, **bounds(request))
    about = f"about **{topic['label']}**" if topic else "with a topic"
    listed = len(rows) if what == "ticket" else len(set(rows["account_id"].to_pylist()))
    says = f"**{plural(listed, what)}** {about}, {in_words(request.scope)}."
    return Answer(
        question=request.question,
        title=request.title,
        headline=says if len(rows) or state["topics"] else untold(state, request),
        as_of=request.scope.as_of,
        rows=rows,
        columns=columns,
        notes=state_notes(state, request, number),
        definition=request.definitions.get(definition),
        currency=request.currency,
    )
