"""The tickets and the accounts behind a topic."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look.words import plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import Asked
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
def topic_tickets(asked: Asked) -> Answer:
    """Return the tickets of the topic that option `topic` names, newest first; without it, those of all topics."""
    if "tickets" not in asked.filled:
        return asked.empty()
    asked = windowed(asked)
    number = number_of_topics(asked)
    topic = _topic(asked, number)
    rows = asked.rows("topic_tickets", as_many=number, **bounds(asked))
    kept = [_is(row, topic) for row in rows.select(["topic", "ignored"]).to_pylist()]
    rows = rows.filter(pa.array(kept, pa.bool_())).select([column.name for column in TICKET_COLUMNS])
    rows = rows.sort_by([("created_at", "descending"), ("ticket_id", "ascending")])
    return _listed(asked, rows, TICKET_COLUMNS, "topic_tickets", "ticket", topic, number)


@question(
    "support.topic_accounts",
    title="Which accounts are behind a topic?",
    order=200,
    options={"topic": (), "topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("topic_accounts", "topic_state", "topics_shown"),
    follows_topics=True,
)
def topic_accounts(asked: Asked) -> Answer:
    """Return the accounts of the topic that option `topic` names, most tickets first; without it, of all topics."""
    if "tickets" not in asked.filled:
        return asked.empty()
    asked = windowed(asked)
    number = number_of_topics(asked)
    topic = _topic(asked, number)
    found = asked.rows("topic_accounts", as_of_day=asked.as_of, as_many=number, **bounds(asked))
    shown = {row["topic"]: row for row in asked.rows("topics_shown", as_many=number).to_pylist()}
    kept = [_is({"topic": each, "ignored": shown[each]["ignored"]}, topic) for each in found["topic"].to_pylist()]
    rows = found.filter(pa.array(kept, pa.bool_()))
    labels = pa.array([shown[each]["label"] for each in rows["topic"].to_pylist()], pa.string())
    rows = rows.append_column("label", labels).select([column.name for column in ACCOUNT_COLUMNS])
    return _listed(asked, rows, ACCOUNT_COLUMNS, "topic_accounts", "account", topic, number)


def _is(row: dict[str, Any], topic: dict[str, Any] | None) -> bool:
    if topic is not None:
        return bool(row["topic"] == topic["topic"])
    return row["topic"] is not None and not row["ignored"]


def _topic(asked: Asked, number: int | None) -> dict[str, Any] | None:
    """Return the topic that the option names by its id or its label. Raises UnknownOption."""
    given = asked.options.get("topic", "").strip()
    if not given:
        return None
    shown = asked.rows("topics_shown", as_many=number).to_pylist()
    for row in shown:
        if given in (row["topic"], row["node"]) or given.casefold() == (row["label"] or "").casefold():
            found: dict[str, Any] = row
            return found
    known = [row["label"] or row["topic"] for row in shown]
    raise UnknownOption(
        "Unknown topic", f"Could not look at {given} because there is no such topic.", nearest(given, known)
    )


def _listed(
    asked: Asked, rows: pa.Table, columns: tuple[Column, ...], definition: str, what: str,
    topic: dict[str, Any] | None, number: int | None,
) -> Answer:  # fmt: skip
    state = asked.one("topic_state", as_many=number, **bounds(asked))
    about = f"about **{topic['label']}**" if topic else "with a topic"
    listed = len(rows) if what == "ticket" else len(set(rows["account_id"].to_pylist()))
    says = f"**{plural(listed, what)}** {about}, {in_words(asked.scope)}."
    return Answer(
        question=asked.question,
        title=asked.title,
        headline=says if len(rows) or state["topics"] else untold(state, asked),
        as_of=asked.scope.as_of,
        rows=rows,
        columns=columns,
        notes=state_notes(state, asked, number),
        definition=asked.definitions.get(definition),
        currency=asked.currency,
    )
