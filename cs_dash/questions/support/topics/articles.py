"""`support.articles` and `support.content_plan`: content gaps, that is, frequent questions and their help articles."""

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
    ACTION_LABELS,
    COVERED,
    NOT_COVERED,
    NOT_KNOWN,
    ORDER,
    STATUS_LABELS,
    STATUSES,
    STILL_ASKED,
    todo,
    why,
)
from cs_dash.questions.support.topics.fixes import early_share_of, fix_of
from cs_dash.questions.support.topics.topic_notes import empty_headline, state_notes
from cs_dash.tickets.topics.sentences import sentences, terms

MOST_DRAWN = 12
ROWS = {
    "rank": pa.int64(), "topic": pa.string(), "question": pa.string(), "status": pa.string(), "todo": pa.string(),
    "tickets": pa.int64(), "accounts": pa.int64(), "mrr": pa.float64(), "article": pa.string(), "address": pa.string(),
    "articles": pa.int64(), "updated_on": pa.date32(), "trend": pa.list_(pa.int64()), "minutes": pa.float64(),
    "label": pa.string(), "why": pa.string(), "examples": pa.string(), "others": pa.list_(pa.string()),
    "nearness": pa.float64(), "asked": pa.int64(), "days": pa.int64(),
    "rate": pa.float64(), "usual_rate": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("question", "Question"),
    Column("rank", "Rank", "count", optional=True),
    Column("topic", "Topic ID", hidden=True),
    Column(
        "status",
        "Coverage",
        help="Article not enough: more tickets per account than a typical question despite an article.",
        value_labels=STATUS_LABELS,
    ),
    Column("todo", "Action", help="Proposed by rule; see Reason.", value_labels=ACTION_LABELS),
    Column("tickets", "Tickets", "count"),
    Column("accounts", "Accounts", "count", "Distinct accounts."),
    Column(
        "mrr", "Affected MRR", "money", "Of the distinct accounts. Questions overlap, so the column does not add up."
    ),
    Column("article", "Closest article"),
    Column("address", "Link", "link", optional=True),
    Column("articles", "Articles", "count", "Help articles on the question.", optional=True),
    Column("updated_on", "Updated", "date"),
    Column("trend", "Trend", "trend", "Tickets by month, over 12 months."),
    Column("minutes", "Handling time", "minutes", optional=True),
    Column("label", "Topic", optional=True),
    Column("why", "Reason"),
    Column("examples", "Latest tickets", hidden=True),
    Column("others", "Other articles", hidden=True),
    Column("nearness", "Similarity", "ratio", hidden=True),
    Column("asked", "Tickets since update", "count", hidden=True),
    Column("days", "Days since update", "count", hidden=True),
    Column("rate", "Contact rate", "per_100", hidden=True),
    Column("usual_rate", "Typical contact rate", "per_100", hidden=True),
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
    Column("examples", "Latest tickets"),
    Column("owner", "Owner", help="To be filled in."),
)


@question(
    "support.articles",
    title="Content gaps",
    order=170,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("article_counts", "support_topics", "topic_coverage", "topic_questions", "topic_state"),
    follows_topics=True,
)
def articles(request: QuestionRequest) -> Answer:
    """Return one row per question that users ask, the most frequent first, with the help articles about it.

    A question is a topic of how-to tickets. Without a list of articles its status is "not known".
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    state = request.single_row("topic_state", as_many=None, **bounds(request))
    article_counts = request.single_row("article_counts", as_many=None)
    questions = _questions(request)
    return request.answer(
        headline=_headline(questions, article_counts, request) if questions else empty_headline(state, request),
        figures=_figures(questions, article_counts),
        rows=arrow_table(questions, ROWS),
        columns=COLUMNS,
        charts=(_chart(questions, request),) if questions else (),
        notes=(*_notes(questions, article_counts), *state_notes(state, request, None)),
        definition="topic_coverage",
    )


@question(
    "support.content_plan",
    title="Content plan",
    order=180,
    options={"window": WINDOWS},
    needs=("tickets", "articles"),
    uses=("article_counts", "support_topics", "topic_coverage", "topic_questions", "topic_state"),
    follows_topics=True,
)
def content_plan(request: QuestionRequest) -> Answer:
    """Return the questions as a content plan: what to do about each and why, and an empty column for the owner."""
    missing_tables = [name for name in ("tickets", "articles") if name not in request.loaded_tables]
    if missing_tables:
        return request.empty(*missing_tables)
    answer = articles(request)
    rows = [row | {"owner": None} for row in answer.rows.to_pylist()]
    todos = [row["todo"] for row in rows]
    labels = dict(ACTION_LABELS)
    todo_counts = ", ".join(f"{labels[name].lower()} **{count(todos.count(name))}**" for name in ORDER if name in todos)
    return replace(
        answer, title=request.title,
        headline=f"{plural(len(rows), 'question')}: {todo_counts}." if rows else answer.headline,
        figures=(), charts=(), rows=arrow_table(rows, PLANNED), columns=PLAN_COLUMNS,
    )  # fmt: skip


def _questions(request: QuestionRequest) -> list[dict[str, Any]]:
    """Return the how-to topics of the period as questions, the most frequent first."""
    topics = request.rows("support_topics", as_of_day=request.as_of, as_many=None, **bounds(request)).to_pylist()
    coverage_rows = request.rows("topic_coverage", as_of_day=request.as_of, as_many=None, **bounds(request)).to_pylist()
    coverage = {row["topic"]: row for row in coverage_rows}
    central_tickets = {row["topic"]: row for row in request.rows("topic_questions", as_many=None).to_pylist()}
    early = early_share_of(topics)
    used: set[str] = set()
    questions = [row | coverage[row["topic"]] for row in topics if row["topic"] in coverage]
    questions.sort(key=lambda row: (-row["tickets"], row["topic"]))
    for rank, row in enumerate(questions, start=1):
        row["rank"], row["status"] = rank, STATUSES[row["status"]]
        row["question"] = question_of(row, central_tickets.get(row["topic"]), used)
        used.add(row["question"])
        row["fix"], row["reason"] = fix_of(row, early)
        row["todo"] = todo(row, request.as_of)
        row["why"] = why(row, request.currency)
        row["examples"] = "\n".join(row["examples"] or ())
    return questions


def question_of(row: dict[str, Any], topic_words: dict[str, Any] | None, used: Collection[str]) -> str:
    """Return a topic as a question, in the users' own words.

    That is the question in a subject line with the highest score, which grows with the topic's terms in it and with
    its frequency; else a question in the topic's most central ticket; else the topic's name.

    Args:
        row: label and terms of `support_topics`.
        topic_words: the topic's row of `topic_questions`, if any.
        used: questions that stand for other topics.
    """
    topic_terms = set(row["terms"] or ())
    subjects: dict[str, int] = {}
    for subject, times in zip(
        (topic_words and topic_words["asked_as"]) or (), (topic_words and topic_words["times"]) or (), strict=True
    ):
        subjects |= {sentence[:1].upper() + sentence[1:]: times for sentence in sentences(subject, None)}
    central_sentences = sentences(topic_words["subject"], topic_words["body"]) if topic_words else ()

    def score(sentence: str) -> float:
        sentence_terms = terms(sentence)
        return (
            (0.5 + len(sentence_terms & topic_terms))
            / math.sqrt(len(sentence_terms) + 2)
            * math.log2(1 + subjects.get(sentence, 1))
        )

    name: str = row["label"].partition(" · ")[0]
    for candidates in (subjects, [sentence for sentence in central_sentences if sentence.endswith(("?", "？"))]):
        if unused := [sentence for sentence in candidates if sentence not in used]:
            return max(unused, key=lambda sentence: (score(sentence), -len(sentence), sentence))
    return name


def _status_counts(questions: list[dict[str, Any]], status: str) -> tuple[int, int]:
    """Return the number of questions with a status, and the number of their tickets."""
    matches = [row for row in questions if row["status"] == status]
    return len(matches), sum(row["tickets"] for row in matches)


def _figures(questions: list[dict[str, Any]], article_counts: dict[str, Any]) -> tuple[Figure, ...]:
    if not article_counts["articles"]:
        return ()
    tickets = sum(row["tickets"] for row in questions)
    is_compared = bool(tickets) and article_counts["looked"]

    def figure(name: str, label: str, status: str) -> Figure:
        value = _status_counts(questions, status)[1] / tickets if is_compared else None
        doubt = small_base_note(tickets, "tickets") if is_compared else ""
        return Figure(
            name, label, value, "share", tickets or None, "tickets", caveat=doubt, definition="topic_coverage"
        )

    unused = article_counts["articles"] - article_counts["matched"] if is_compared else None
    return (
        figure("not_covered", "Asked without an article", NOT_COVERED),
        figure("still_asked", "Asked despite an article", STILL_ASKED),
        figure("covered", "Covered by an article", COVERED),
        Figure("about_nothing", "Articles without tickets", unused, "count", article_counts["articles"], "articles",
               definition="article_counts"),
    )  # fmt: skip


def _headline(questions: list[dict[str, Any]], article_counts: dict[str, Any], request: QuestionRequest) -> str:
    tickets = sum(row["tickets"] for row in questions)
    top = questions[0]
    text = f"The most frequent question is **{top['question']}** ({count(top['tickets'])} of"
    text += f" {plural(tickets, 'ticket')}"
    text += f", {plural(top['accounts'], 'account')})." if top["accounts"] else ")."
    if not article_counts["articles"]:
        return f"{text} Upload your help articles to see which of {plural(len(questions), 'question')} they cover."
    if not article_counts["looked"]:
        return f"{text} Help articles have not been matched to the questions yet."
    (uncovered, uncovered_tickets), (still, still_tickets) = (
        _status_counts(questions, NOT_COVERED),
        _status_counts(questions, STILL_ASKED),
    )
    verb = "has" if uncovered == 1 else "have"
    text += f" **{count(uncovered)}** of {plural(len(questions), 'question')} {verb} no help article"
    text += f" ({share(uncovered_tickets / tickets, tickets)} of tickets)"
    if not still:
        return f"{text}."
    text += f"; for **{count(still)}** the article is not enough"
    return f"{text} ({share(still_tickets / tickets, tickets)} of tickets)."


def _notes(questions: list[dict[str, Any]], article_counts: dict[str, Any]) -> tuple[Note, ...]:
    if not article_counts["articles"]:
        text = (
            "Upload a list of your help articles (title and link) to see which questions they cover and which articles"
        )
        text += " go unused; with update dates it also shows whether an update helped."
        return (Note(text, "missing", ("status",), table="articles"),)
    notes = [Note(
        "Articles are matched by content: about one match in eight is wrong and one relevant article in four is missed"
        " (measured on public support requests). Read the article before you act.", "doubt", ("status", "article"),
    )]  # fmt: skip
    if article_counts["dated"] < article_counts["articles"]:
        undated = plural(article_counts["articles"] - article_counts["dated"], "article")
        notes.append(Note(f"{undated} without an update date: the last 90 days count.", "assumption"))
    if questions:
        notes.append(Note("An account can ask several questions, so the MRR does not add up.", "fact", ("mrr",)))
    return tuple(notes)


def _chart(questions: list[dict[str, Any]], request: QuestionRequest) -> Chart:
    chart_rows = questions[:MOST_DRAWN]
    uncovered = sum(row["status"] == NOT_COVERED for row in chart_rows)
    still = sum(row["status"] == STILL_ASKED for row in chart_rows)
    gaps = [
        f"{count(n)} {'has' if n == 1 else 'have'} {gap}"
        for n, gap in ((uncovered, "no article"), (still, "an article that is not enough"))
        if n
    ]
    title = f"Top {plural(len(chart_rows), 'question')}: {' and '.join(gaps) or 'all covered'}"
    if chart_rows[0]["status"] == NOT_KNOWN:
        title = f"Most frequent question: {chart_rows[0]['question']}"
    labels = dict(STATUS_LABELS)
    return RankedChart(
        name="questions",
        title=title,
        subtitle=f"How-to tickets and feature requests by question, {in_words(request.scope)}",
        rows=arrow_table(
            [row | {"status": labels[row["status"]]} for row in chart_rows],
            {"topic": pa.string(), "question": pa.string(), "tickets": pa.int64(), "status": pa.string()},
        ),
        x="tickets",
        y="question",
        color="status",
        unit="count",
        axis="Tickets",
        order=tuple(labels[status] for status in (NOT_COVERED, STILL_ASKED, COVERED, NOT_KNOWN)),
    )
