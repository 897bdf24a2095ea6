"""`support.topics`, `support.topic_tickets` and `support.topic_accounts`: what customers most often ask for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.errors import UnknownOption
from cs_dash.look.words import count, date, money, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, arrow_table
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.questions.support.topics.fixes import early_share_of, fix_of
from cs_dash.questions.support.topics.topic_notes import state_notes, untold
from cs_dash.stats.proportions import holm
from cs_dash.stats.rates import two_rates
from cs_dash.tickets.classifier.type_terms import GLUE

MOST = 200
"""The finest cut that can be asked for."""
DRAWN = 12
NEW, GROWING, FALLING = "new", "growing", "falling"
ROWS = {
    "topic": pa.string(), "label": pa.string(), "tickets": pa.int64(), "change": pa.string(), "accounts": pa.int64(),
    "mrr": pa.float64(), "mrr_renewing": pa.float64(), "not_green": pa.int64(), "churned_mrr": pa.float64(),
    "early_share": pa.float64(), "again_share": pa.float64(), "recent": pa.int64(), "before": pa.int64(),
    "p_value": pa.float64(), "trend": pa.list_(pa.int64()), "fix": pa.string(), "reason": pa.string(),
    "example": pa.string(), "howto": pa.int64(), "requests": pa.int64(), "minutes": pa.float64(),
    "first_on": pa.date32(), "terms": pa.list_(pa.string()),
}  # fmt: skip
COLUMNS = (
    Column("topic", "Topic id", hidden=True),
    Column("label", "Topic"),
    Column("tickets", "Tickets", "count"),
    Column("change", "Change", help="New: first ticket in the last 90 days. Growing, falling: more than chance."),
    Column("accounts", "Accounts", "count", "Distinct accounts that asked."),
    Column("mrr", "MRR behind", "money", "Of the distinct accounts; topics overlap, so the column does not add up."),
    Column("mrr_renewing", "Renewing in 180 days", "money", "MRR behind that renews within 180 days."),
    Column("not_green", "Not green", "count", "Accounts behind it whose health is yellow or red."),
    Column("churned_mrr", "Churned MRR", "money", "Lost with accounts that had asked it and left since."),
    Column("early_share", "First 90 days", "share", "Share of tickets from the first 90 days of their account."),
    Column(
        "again_share", "Asked again", "share", "Share whose account had asked it in the 30 days before.", hidden=True
    ),
    Column("recent", "Last 90 days", "count"),
    Column("before", "90 days before", "count"),
    Column("p_value", "p", "number", "Of the change, per paying account, after Holm.", hidden=True),
    Column("trend", "12 months", "trend"),
    Column("fix", "Proposed fix", help="A proposal by rule; the reason stands beside it."),
    Column("reason", "Because"),
    Column("example", "Newest subject"),
    Column("howto", "How-to", "count", hidden=True),
    Column("requests", "Feature requests", "count", hidden=True),
    Column("minutes", "Minutes of work", "minutes", hidden=True),
    Column("first_on", "First ticket", "date", hidden=True),
    Column("terms", "Words", hidden=True),
)


@question(
    "support.topics",
    title="What do customers most often ask for?",
    order=160,
    options={"topics": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("paying_exposure", "support_topics", "ticket_texts", "topic_state"),
    follows_topics=True,
)
def topics(request: QuestionRequest) -> Answer:
    """Return one row per topic of how-to tickets and feature requests: new and growing ones first, then the largest.

    Option `topics` cuts as many as it says from the same tree; without it, the number that the rule found, after what
    people merged, split, renamed and ignored.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    number = number_of_topics(request)
    state = request.single_row("topic_state", as_many=number, **bounds(request))
    found = request.rows("support_topics", as_of_day=request.as_of, as_many=number, **bounds(request)).to_pylist()
    _judge(found, request)
    found.sort(key=lambda row: (_rank(row["change"]), -row["tickets"], row["topic"]))
    fact = Note("Accounts are in several topics: the MRR of the topics does not add up.", "fact", ("mrr",))
    facts = (fact,) if any(row["accounts"] for row in found) else ()
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(found, state, request) if found else untold(state, request),
        as_of=request.scope.as_of,
        rows=arrow_table(found, ROWS),
        columns=COLUMNS,
        charts=(_chart(found, request),) if found else (),
        notes=facts + state_notes(state, request, number),
        definition=request.definitions.get("support_topics"),
        currency=request.currency,
    )


def number_of_topics(request: QuestionRequest) -> int | None:
    """Return how many topics are asked for; None: as many as were found. Raises UnknownOption."""
    given = request.options.get("topics")
    if not given or given == "found":
        return None
    if not given.isdigit() or not 1 <= int(given) <= MOST:
        raise UnknownOption(
            "No number of topics", f"Could not use topics={given} because it is no whole number up to {MOST}.",
            "Leave it out for as many as were found.",
        )  # fmt: skip
    return int(given)


def _judge(found: list[dict[str, Any]], request: QuestionRequest) -> None:
    """Add to each topic whether it is new, growing or falling, and which fix it calls for."""
    day = request.as_of + dt.timedelta(days=1)
    middle, start = day - dt.timedelta(days=90), day - dt.timedelta(days=180)
    spans = request.rows(
        "paying_exposure", start_days=[start, middle], end_days=[middle, day], wanted=request.filters_json
    )
    paid = {start: 0.0, middle: 0.0}
    for row in spans.to_pylist():
        paid[row["window_start"]] += row["exposure"]
    known = all(paid.values())
    now, then = (paid[middle], paid[start]) if known else (1.0, 1.0)
    early = early_share_of(found)
    past = _has_past(request, middle)
    chances = holm([two_rates(row["recent"], now, row["before"], then) for row in found])
    for row, chance in zip(found, chances, strict=True):
        row["p_value"] = chance if past else None
        rose = row["recent"] / now > row["before"] / then
        changed = GROWING if rose else FALLING
        row["change"] = changed if past and chance is not None and chance < SIGNIFICANCE_LEVEL else None
        if past and row["first_on"] >= middle:
            row["change"] = NEW
        row["fix"], row["reason"] = fix_of(row, early)


def _has_past(request: QuestionRequest, day: dt.date) -> bool:
    """Return whether any ticket came before a day: else every topic would be new, and there is nothing to compare."""
    return bool(request.single_row("ticket_texts", start_day=None, end_day=day, wanted=request.filters_json)["tickets"])


def _rank(change: str | None) -> int:
    return {NEW: 0, GROWING: 1}.get(change or "", 2)


def _named(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return the name of each topic by its id: without the words that tell it from others, where it is clear so."""
    short = {row["topic"]: row["label"].partition(GLUE)[0] for row in rows}
    often = Counter(short.values())
    return {row["topic"]: short[row["topic"]] if often[short[row["topic"]]] == 1 else row["label"] for row in rows}


def _says(found: list[dict[str, Any]], state: dict[str, Any], request: QuestionRequest) -> str:
    top = max(found, key=lambda row: (row["tickets"], row["topic"]))
    names = _named(found)
    tickets = sum(row["tickets"] for row in found)
    text = f"**{count(tickets)}** how-to tickets and feature requests are about **{plural(len(found), 'topic')}**"
    text += (
        f", {in_words(request.scope)}; most about **{names[top['topic']]}** ({share(top['tickets'] / tickets, tickets)}"
    )
    text += f", {plural(top['accounts'], 'account')}" if top["accounts"] else ""
    text += f" with {money(top['mrr'], request.currency)} MRR)" if top["mrr"] else ")"
    rising = [row for row in found if row["change"] in (NEW, GROWING)]
    recent = request.as_of - dt.timedelta(days=89)
    if not rising and not _has_past(request, recent):
        return f"{text}. Which are new or growing cannot be told: no ticket came before {date(recent)}."
    if not rising:
        return text + ". None is new or grows by more than chance."
    return text + f". {names[rising[0]['topic']]} is {rising[0]['change']}" + (
        f", and {plural(len(rising) - 1, 'other')} too." if len(rising) > 1 else "."
    )  # fmt: skip


def _chart(found: list[dict[str, Any]], request: QuestionRequest) -> Chart:
    names = _named(found)
    ranked = sorted(found, key=lambda row: (-row["tickets"], row["topic"]))
    largest = [row | {"about": names[row["topic"]]} for row in ranked[:DRAWN]]
    total = sum(row["tickets"] for row in found)
    few = sum(row["tickets"] for row in largest[:3])
    title = f"Three topics make {share(few / total, total)} of the tickets"
    if len(found) <= 3:
        title = f"All tickets are about {plural(len(found), 'topic')}"
    return RankedChart(
        name="topics",
        title=title,
        subtitle=f"How-to tickets and feature requests by topic, {in_words(request.scope)}",
        rows=arrow_table(largest, {"topic": pa.string(), "about": pa.string(), "tickets": pa.int64()}),
        x="tickets",
        y="about",
        unit="count",
        axis="tickets",
        order=tuple(row["about"] for row in largest),
    )
