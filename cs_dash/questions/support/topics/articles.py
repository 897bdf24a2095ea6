"""`support.articles` and `support.content_plan`: what users most need to know, and whether an article tells it."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.look.words import count, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, windowed
from cs_dash.questions.support.topics.content_plan import (
    COVERED,
    NOT_COVERED,
    NOT_KNOWN,
    ORDER,
    STATUSES,
    STILL_ASKED,
    todo,
    why,
)
from cs_dash.questions.support.topics.fixes import early_share_of, fix_of
from cs_dash.questions.support.topics.topic_notes import state_notes, untold
from cs_dash.tickets.topics.sentences import sentences, terms

DRAWN = 12
ROWS = {
    "rank": pa.int64(), "topic": pa.string(), "question": pa.string(), "status": pa.string(), "todo": pa.string(),
    "tickets": pa.int64(), "accounts": pa.int64(), "mrr": pa.float64(), "article": pa.string(), "address": pa.string(),
    "articles": pa.int64(), "updated_on": pa.date32(), "trend": pa.list_(pa.int64()), "minutes": pa.float64(),
    "label": pa.string(), "why": pa.string(), "examples": pa.string(), "others": pa.list_(pa.string()),
    "nearness": pa.float64(), "asked": pa.int64(), "days": pa.int64(),
    "rate": pa.float64(), "usual_rate": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("rank", "Rank", "count"),
    Column("topic", "Topic id", hidden=True),
    Column("question", "Question"),
    Column(
        "status", "Help article", help="Still asked: more tickets per account than the usual question, all the same."
    ),
    Column("todo", "What to do", help="A proposal by rule; why stands beside it."),
    Column("tickets", "Tickets", "count"),
    Column("accounts", "Accounts", "count", "Distinct accounts that asked."),
    Column("mrr", "MRR behind", "money", "Of the distinct accounts; questions overlap, so it does not add up."),
    Column("article", "Nearest article"),
    Column("address", "Address", "link"),
    Column("articles", "Articles", "count", "Help articles about it."),
    Column("updated_on", "Changed on", "date"),
    Column("trend", "12 months", "trend"),
    Column("minutes", "Minutes of work", "minutes"),
    Column("label", "Topic"),
    Column("why", "Because"),
    Column("examples", "Newest tickets", hidden=True),
    Column("others", "Other articles", hidden=True),
    Column("nearness", "Nearness", "ratio", hidden=True),
    Column("asked", "Asked since", "count", hidden=True),
    Column("days", "In days", "count", hidden=True),
    Column("rate", "Asked rate", "per_100", hidden=True),
    Column("usual_rate", "Usual rate", "per_100", hidden=True),
)
PLANNED = {
    "rank": pa.int64(), "question": pa.string(), "status": pa.string(), "todo": pa.string(), "why": pa.string(),
    "examples": pa.string(), "article": pa.string(), "address": pa.string(), "owner": pa.string(),
}  # fmt: skip
PLAN_COLUMNS = (
    *(
        column
        for column in COLUMNS
        if column.name in ("rank", "question", "status", "todo", "why", "article", "address")
    ),
    Column("examples", "Newest tickets"),
    Column("owner", "Owner", help="Empty: to fill in."),
)


@question(
    "support.articles",
    title="What do users most often need to know?",
    order=170,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("article_counts", "support_topics", "topic_coverage", "topic_questions", "topic_state"),
    follows_topics=True,
)
def articles(request: QuestionRequest) -> Answer:
    """Return one row per question that users ask, the most asked first, with the help articles about it.

    A question is a topic of how-to tickets; where no list of articles was loaded, its status is not known.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    state = request.single_row("topic_state", as_many=None, **bounds(request))
    known = request.single_row("article_counts", as_many=None)
    found = _questions(request)
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(found, known, request) if found else untold(state, request),
        as_of=request.scope.as_of,
        figures=_figures(found, known),
        rows=arrow_table(found, ROWS),
        columns=COLUMNS,
        charts=(_chart(found, request),) if found else (),
        notes=(*_notes(found, known), *state_notes(state, request, None)),
        definition=request.definitions.get("topic_coverage"),
        currency=request.currency,
    )


@question(
    "support.content_plan",
    title="What should be written, reworked or built?",
    order=180,
    options={"window": WINDOWS},
    needs=("tickets", "articles"),
    uses=("article_counts", "support_topics", "topic_coverage", "topic_questions", "topic_state"),
    follows_topics=True,
)
def content_plan(request: QuestionRequest) -> Answer:
    """Return the questions as a plan to hand on: what to do about each and why, and an empty column for who does it."""
    lacking = [name for name in ("tickets", "articles") if name not in request.loaded_tables]
    if lacking:
        return request.empty(*lacking)
    told = articles(request)
    rows = [row | {"owner": None} for row in told.rows.to_pylist()]
    done = [row["todo"] for row in rows]
    said = ", ".join(f"{each} **{count(done.count(each))}**" for each in ORDER if each in done)
    return replace(
        told, title=request.title, headline=f"Of {plural(len(rows), 'question')}: {said}." if rows else told.headline,
        figures=(), charts=(), rows=arrow_table(rows, PLANNED), columns=PLAN_COLUMNS,
    )  # fmt: skip


def _questions(request: QuestionRequest) -> list[dict[str, Any]]:
    """Return the how-to topics of the period as questions, the most asked first."""
    every = request.rows("support_topics", as_of_day=request.as_of, as_many=None, **bounds(request)).to_pylist()
    covers = request.rows("topic_coverage", as_of_day=request.as_of, as_many=None, **bounds(request)).to_pylist()
    coverage = {row["topic"]: row for row in covers}
    middle = {row["topic"]: row for row in request.rows("topic_questions", as_many=None).to_pylist()}
    early = early_share_of(every)
    taken: set[str] = set()
    found = [row | coverage[row["topic"]] for row in every if row["topic"] in coverage]
    found.sort(key=lambda row: (-row["tickets"], row["topic"]))
    for rank, row in enumerate(found, start=1):
        row["rank"], row["status"] = rank, STATUSES[row["status"]]
        row["question"] = question_of(row, middle.get(row["topic"]), taken)
        taken.add(row["question"])
        row["fix"], row["reason"] = fix_of(row, early)
        row["todo"] = todo(row, request.as_of)
        row["why"] = why(row, request.currency)
        row["examples"] = "\n".join(row["examples"] or ())
    return found


def question_of(row: dict[str, Any], told: dict[str, Any] | None, taken: Collection[str]) -> str:
    """Return a topic as a question, in words that users chose.

    The subject that is a question and tells most of what is special about the topic, the more often it was used the
    rather; else what the ticket in the topic's middle asks; else the topic's own name.

    Args:
        row: label and terms of `support_topics`.
        told: what `topic_questions` says of the topic; None: nothing.
        taken: questions that other topics are asked as.
    """
    telling = set(row["terms"] or ())
    subjects: dict[str, int] = {}
    for subject, times in zip((told and told["asked_as"]) or (), (told and told["times"]) or (), strict=True):
        subjects |= {said[:1].upper() + said[1:]: times for said in sentences(subject, None)}
    middle = sentences(told["subject"], told["body"]) if told else ()

    def worth(said: str) -> float:
        held = terms(said)
        return (0.5 + len(held & telling)) / math.sqrt(len(held) + 2) * math.log2(1 + subjects.get(said, 1))

    name: str = row["label"].partition(" · ")[0]
    for asks in (subjects, [said for said in middle if said.endswith(("?", "？"))]):
        if free := [said for said in asks if said not in taken]:
            return max(free, key=lambda said: (worth(said), -len(said), said))
    return name


def _part(found: list[dict[str, Any]], status: str) -> tuple[int, int]:
    """Return how many questions have a status, and how many tickets ask them."""
    those = [row for row in found if row["status"] == status]
    return len(those), sum(row["tickets"] for row in those)


def _figures(found: list[dict[str, Any]], known: dict[str, Any]) -> tuple[Figure, ...]:
    if not known["articles"]:
        return ()
    tickets = sum(row["tickets"] for row in found)
    told = bool(tickets) and known["looked"]

    def figure(name: str, label: str, status: str) -> Figure:
        value = _part(found, status)[1] / tickets if told else None
        doubt = small_base_note(tickets, "tickets") if told else ""
        return Figure(
            name, label, value, "share", tickets or None, "tickets", caveat=doubt, definition="topic_coverage"
        )

    unused = known["articles"] - known["matched"] if told else None
    return (
        figure("not_covered", "Asked without an article", NOT_COVERED),
        figure("still_asked", "Asked in spite of one", STILL_ASKED),
        figure("covered", "Covered", COVERED),
        Figure("about_nothing", "Articles nobody asks about", unused, "count", known["articles"], "articles",
               definition="article_counts"),
    )  # fmt: skip


def _says(found: list[dict[str, Any]], known: dict[str, Any], request: QuestionRequest) -> str:
    tickets = sum(row["tickets"] for row in found)
    top = found[0]
    text = f"Asked most, {in_words(request.scope)}: **{top['question']}** ({plural(top['tickets'], 'ticket')} of"
    text += f" {count(tickets)}, {plural(top['accounts'], 'account')})." if top["accounts"] else f" {count(tickets)})."
    if not known["articles"]:
        text += f" Which of {plural(len(found), 'question')} your help center answers is not known: no help article"
        return f"{text} is loaded."
    if not known["looked"]:
        return f"{text} The help articles are not compared with the questions yet."
    (without, those), (still, others) = _part(found, NOT_COVERED), _part(found, STILL_ASKED)
    text += f" **{count(without)}** of {plural(len(found), 'question')} have no help article"
    text += f" ({share(those / tickets, tickets)} of the tickets)"
    return (
        f"{text}, and **{count(still)}** are still asked although they have one ({share(others / tickets, tickets)})."
    )


def _notes(found: list[dict[str, Any]], known: dict[str, Any]) -> tuple[Note, ...]:
    if not known["articles"]:
        text = "A list of your help articles (title and address) tells which questions are covered, which are asked all"
        text += (
            " the same, and which articles nobody needs; with the day of the last change it tells whether it helped."
        )
        return (Note(text, "missing", ("status",), table="articles"),)
    notes = [Note(
        "Articles are matched by what they say; about one match in eight is wrong, and one article in four that fits is"
        " missed (measured on Bitext). Read the article before you act.", "doubt", ("status", "article"),
    )]  # fmt: skip
    if known["dated"] < known["articles"]:
        undated = plural(known["articles"] - known["dated"], "article")
        notes.append(Note(f"{undated} without the day of the last change: the last 90 days count.", "assumption"))
    if found:
        notes.append(
            Note("Accounts ask several questions: the MRR of the questions does not add up.", "fact", ("mrr",))
        )
    return tuple(notes)


def _chart(found: list[dict[str, Any]], request: QuestionRequest) -> Chart:
    drawn = found[:DRAWN]
    lacking = sum(row["status"] == NOT_COVERED for row in drawn)
    still = sum(row["status"] == STILL_ASKED for row in drawn)
    most = f"the {count(len(drawn))} questions asked most" if len(drawn) > 1 else "the only question"
    title = f"Of {most}, {count(lacking)} have no article and {count(still)} are asked in spite of one"
    if drawn[0]["status"] == NOT_KNOWN:
        title = f"Asked most: {drawn[0]['question']}"
    return RankedChart(
        name="questions",
        title=title,
        subtitle=f"How-to tickets and feature requests by question, {in_words(request.scope)}",
        rows=arrow_table(
            drawn, {"topic": pa.string(), "question": pa.string(), "tickets": pa.int64(), "status": pa.string()}
        ),
        x="tickets",
        y="question",
        color="status",
        unit="count",
        axis="tickets",
        order=(NOT_COVERED, STILL_ASKED, COVERED, NOT_KNOWN),
    )
