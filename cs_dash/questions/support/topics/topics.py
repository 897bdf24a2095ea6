"""`support.topics`: what customers most often ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.errors import UnknownOption
from cs_dash.look.words import count, date, money, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.questions.support.topics.fixes import early_share_of, fix_of
from cs_dash.questions.support.topics.topic_notes import empty_headline, state_notes
from cs_dash.questions.topic_changes import GROWING, NEW, add_changes, has_tickets_before, short_labels

MAX_TOPICS = 200
"""The largest number of topics that can be asked for."""
MOST_DRAWN = 12
ROWS = {
    "topic": pa.string(), "label": pa.string(), "tickets": pa.int64(), "change": pa.string(), "accounts": pa.int64(),
    "mrr": pa.float64(), "mrr_renewing": pa.float64(), "not_green": pa.int64(), "churned_mrr": pa.float64(),
    "early_share": pa.float64(), "again_share": pa.float64(), "recent": pa.int64(), "before": pa.int64(),
    "p_value": pa.float64(), "trend": pa.list_(pa.int64()), "fix": pa.string(), "reason": pa.string(),
    "example": pa.string(), "howto": pa.int64(), "requests": pa.int64(), "minutes": pa.float64(),
    "first_on": pa.date32(), "terms": pa.list_(pa.string()),
}  # fmt: skip
COLUMNS = (
    Column("topic", "Topic ID", hidden=True),
    Column("label", "Topic"),
    Column("tickets", "Tickets", "count"),
    Column("change", "Change", help="New: first ticket in the last 90 days. Growing, falling: significant change."),
    Column("accounts", "Accounts", "count", "Distinct accounts."),
    Column("mrr", "Affected MRR", "money", "Of the distinct accounts. Topics overlap, so the column does not add up."),
    Column("mrr_renewing", "Renewing in 180 days", "money", "Affected MRR that renews within 180 days."),
    Column("not_green", "At-risk accounts", "count", "Affected accounts with yellow or red health."),
    Column("churned_mrr", "Churned MRR", "money", "MRR lost with affected accounts that have since churned."),
    Column("early_share", "First 90 days", "share", "Share of tickets from an account's first 90 days.", optional=True),
    Column(
        "again_share",
        "Repeat tickets",
        "share",
        "Share of tickets whose account had asked in the previous 30 days.",
        hidden=True,
    ),
    Column("recent", "Last 90 days", "count"),
    Column("before", "Previous 90 days", "count"),
    Column("p_value", "p", "number", "Of the change per paying account, adjusted (Holm).", hidden=True),
    Column("trend", "Trend", "trend", "Tickets by month, over 12 months."),
    Column("fix", "Proposed fix", help="Proposed by rule; see Reason."),
    Column("reason", "Reason"),
    Column("example", "Latest subject", optional=True),
    Column("howto", "How-to", "count", hidden=True),
    Column("requests", "Feature requests", "count", hidden=True),
    Column("minutes", "Handling time", "minutes", hidden=True),
    Column("first_on", "First ticket", "date", hidden=True),
    Column("terms", "Keywords", hidden=True),
)


@question(
    "support.topics",
    title="Topics",
    order=160,
    options={"topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("paying_exposure", "support_topics", "ticket_texts", "topic_state"),
    follows_topics=True,
)
def topics(request: QuestionRequest) -> Answer:
    """Return one row per topic of how-to tickets and feature requests: new and growing ones first, then the largest.

    Option `topics` cuts the tree of topics into that many; by default it is cut as the clustering found best, with the
    topics that people merged, split, renamed or ignored.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    number = number_of_topics(request)
    state = request.single_row("topic_state", as_many=number, **bounds(request))
    topic_rows = request.rows("support_topics", as_of_day=request.as_of, as_many=number, **bounds(request)).to_pylist()
    _judge(topic_rows, request)
    topic_rows.sort(key=lambda row: (_rank(row["change"]), -row["tickets"], row["topic"]))
    fact = Note("An account can be in several topics, so the MRR of the topics does not add up.", "fact", ("mrr",))
    facts = (fact,) if any(row["accounts"] for row in topic_rows) else ()
    return request.answer(
        headline=_headline(topic_rows, state, request) if topic_rows else empty_headline(state, request),
        rows=arrow_table(topic_rows, ROWS),
        columns=COLUMNS,
        charts=(_chart(topic_rows, request),) if topic_rows else (),
        notes=facts + state_notes(state, request, number),
        definition="support_topics",
    )


def number_of_topics(request: QuestionRequest) -> int | None:
    """Return the number of topics in option `topics`; None for as many as were found. Raises UnknownOption."""
    option_text = request.options.get("topics")
    if not option_text or option_text == "found":
        return None
    if not option_text.isdigit() or not 1 <= int(option_text) <= MAX_TOPICS:
        raise UnknownOption(
            "Not a number of topics",
            f"Could not use topics={option_text} because it is not a whole number up to {MAX_TOPICS}.",
            "Leave it out for the number that the clustering found.",
        )  # fmt: skip
    return int(option_text)


def _judge(topic_rows: list[dict[str, Any]], request: QuestionRequest) -> None:
    """Add to each topic its change (new, growing or falling) and the proposed fix."""
    early = early_share_of(topic_rows)
    add_changes(topic_rows, request)
    for row in topic_rows:
        row["fix"], row["reason"] = fix_of(row, early)


def _rank(change: str | None) -> int:
    return {NEW: 0, GROWING: 1}.get(change or "", 2)


def _headline(topic_rows: list[dict[str, Any]], state: dict[str, Any], request: QuestionRequest) -> str:
    top = max(topic_rows, key=lambda row: (row["tickets"], row["topic"]))
    names = short_labels(topic_rows)
    tickets = sum(row["tickets"] for row in topic_rows)
    text = f"**{count(tickets)}** how-to tickets and feature requests on **{plural(len(topic_rows), 'topic')}**"
    text += f", {in_words(request.scope)}; the largest is **{names[top['topic']]}**"
    text += f" ({share(top['tickets'] / tickets, tickets)}"
    text += f", {plural(top['accounts'], 'account')}" if top["accounts"] else ""
    text += f" with {money(top['mrr'], request.currency)} MRR)" if top["mrr"] else ")"
    rising = [row for row in topic_rows if row["change"] in (NEW, GROWING)]
    recent = request.as_of - dt.timedelta(days=89)
    if not rising and not has_tickets_before(request, recent):
        return f"{text}. No tickets before {date(recent)}, so new and growing topics cannot be identified."
    if not rising:
        return text + ". No topic is new or growing significantly."
    return text + f". {names[rising[0]['topic']]} is {rising[0]['change']}" + (
        f", as {'is' if len(rising) == 2 else 'are'} {plural(len(rising) - 1, 'other')}." if len(rising) > 1 else "."
    )  # fmt: skip


def _chart(topic_rows: list[dict[str, Any]], request: QuestionRequest) -> Chart:
    names = short_labels(topic_rows)
    ranked = sorted(topic_rows, key=lambda row: (-row["tickets"], row["topic"]))
    largest = [row | {"about": names[row["topic"]]} for row in ranked[:MOST_DRAWN]]
    total = sum(row["tickets"] for row in topic_rows)
    few = sum(row["tickets"] for row in largest[:3])
    title = f"Three topics account for {share(few / total, total)} of tickets"
    if len(topic_rows) <= 3:
        title = f"All tickets are on {plural(len(topic_rows), 'topic')}"
    return RankedChart(
        name="topics",
        title=title,
        subtitle=f"How-to tickets and feature requests by topic, {in_words(request.scope)}",
        rows=arrow_table(largest, {"topic": pa.string(), "about": pa.string(), "tickets": pa.int64()}),
        x="tickets",
        y="about",
        unit="count",
        axis="Tickets",
        order=tuple(row["about"] for row in largest),
    )
