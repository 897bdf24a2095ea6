"""The tickets and the accounts behind a topic."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look.words import plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.questions.support.topics.topic_notes import empty_headline, state_notes
from cs_dash.questions.support.topics.topic_option import topic_of
from cs_dash.questions.support.topics.topics import number_of_topics

TICKET_COLUMNS = (
    Column("topic", "Topic ID", hidden=True),
    Column("ticket_id", "Ticket"),
    Column("subject", "Subject", priority=1),
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account", priority=1),
    Column("created_at", "Created", "date", priority=1),
    Column("kind", "Category"),
    Column("label", "Topic", optional=True),
)
TICKET_ROWS = ("topic", "label", "ticket_id", "account_id", "created_at", "kind", "subject")
ACCOUNT_ROWS = (
    "topic", "label", "account_id", "account", "csm", "tickets", "last_on", "mrr", "band", "renewal_date",
)  # fmt: skip
"""The columns of the rows, for programs; pages have their own order."""
ACCOUNT_COLUMNS = (
    Column("topic", "Topic ID", hidden=True),
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("tickets", "Tickets", "count", priority=1),
    Column("mrr", "MRR", "money", priority=1),
    Column("band", "Health", priority=1),
    Column("last_on", "Latest ticket", "date"),
    Column("renewal_date", "Renewal", "date"),
    Column("csm", "CSM"),
    Column("label", "Topic"),
)


@question(
    "support.topic_tickets",
    title="Topic tickets",
    order=190,
    options={"topic": (), "topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("account_names", "topic_state", "topic_successors", "topic_tickets", "topics_shown"),
    follows_topics=True,
)
def topic_tickets(request: QuestionRequest) -> Answer:
    """Return the tickets of the topic that option `topic` names, newest first; by default those of all topics."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    number = number_of_topics(request)
    topic = _topic(request, number)
    rows = request.rows("topic_tickets", as_many=number, **bounds(request))
    is_match = [_belongs(row, topic) for row in rows.select(["topic", "ignored"]).to_pylist()]
    rows = rows.filter(pa.array(is_match, pa.bool_())).select(TICKET_ROWS)
    rows = rows.sort_by([("created_at", "descending"), ("ticket_id", "ascending")])
    names = request.rows("account_names")
    at = pc.index_in(rows["account_id"], value_set=names["account_id"])
    rows = rows.append_column("account", names["account"].take(at))
    return _answer(request, rows, TICKET_COLUMNS, "topic_tickets", "ticket", topic, number)


@question(
    "support.topic_accounts",
    title="Topic accounts",
    order=200,
    options={"topic": (), "topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("topic_accounts", "topic_state", "topic_successors", "topics_shown"),
    follows_topics=True,
)
def topic_accounts(request: QuestionRequest) -> Answer:
    """Return the accounts of the topic that option `topic` names, most tickets first; by default of all topics."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    number = number_of_topics(request)
    topic = _topic(request, number)
    accounts = request.rows("topic_accounts", as_of_day=request.as_of, as_many=number, **bounds(request))
    topic_by_id = {row["topic"]: row for row in request.rows("topics_shown", as_many=number).to_pylist()}
    is_match = [
        _belongs({"topic": topic_id, "ignored": topic_by_id[topic_id]["ignored"]}, topic)
        for topic_id in accounts["topic"].to_pylist()
    ]
    rows = accounts.filter(pa.array(is_match, pa.bool_()))
    labels = pa.array([topic_by_id[topic_id]["label"] for topic_id in rows["topic"].to_pylist()], pa.string())
    rows = rows.append_column("label", labels).select(ACCOUNT_ROWS)
    return _answer(request, rows, ACCOUNT_COLUMNS, "topic_accounts", "account", topic, number)


def _belongs(row: dict[str, Any], topic: dict[str, Any] | None) -> bool:
    if topic is not None:
        return bool(row["topic"] == topic["topic"])
    return row["topic"] is not None and not row["ignored"]


def _topic(request: QuestionRequest, number: int | None) -> dict[str, Any] | None:
    """Return the topic that the option names by its id or its label. Raises UnknownOption."""
    option_text = request.options.get("topic", "").strip()
    if not option_text:
        return None
    topic = topic_of(request, option_text, number)
    if topic is not None:
        return topic
    names = [row["label"] or row["topic"] for row in request.rows("topics_shown", as_many=number).to_pylist()]
    raise UnknownOption(
        "Unknown topic", f"Could not show {option_text} because there is no such topic.", nearest(option_text, names)
    )


def _answer(
    request: QuestionRequest, rows: pa.Table, columns: tuple[Column, ...], definition: str, noun: str,
    topic: dict[str, Any] | None, number: int | None,
) -> Answer:  # fmt: skip
    state = request.single_row("topic_state", as_many=number, **bounds(request))
    about = f"on **{topic['label']}**" if topic else "with a topic"
    row_count = len(rows) if noun == "ticket" else len(set(rows["account_id"].to_pylist()))
    headline = f"**{plural(row_count, noun)}** {about}, {in_words(request.scope)}."
    return request.answer(
        headline=headline if len(rows) or state["topics"] else empty_headline(state, request),
        rows=rows,
        columns=columns,
        notes=state_notes(state, request, number),
        definition=definition,
    )
