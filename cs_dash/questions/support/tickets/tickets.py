"""`support.tickets` and `support.ticket`: a filtered list of tickets, and a single ticket in full."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import KIND_ORDER, WINDOWS, bounds, doubt_notes, in_words, windowed
from cs_dash.questions.support.tickets.ticket_selection import SELECTIONS, selected_tickets
from cs_dash.questions.support.topics.topic_option import topic_of

TICKETS_TITLE = "Tickets"
ANY, NONE = "any", "none"
KINDS = (ANY, *KIND_ORDER, NONE)
SOURCES = (ANY, "label", "column", "model", "lexicon", NONE)
SOURCE_PHRASES = {"label": "a label", "column": "the export", "model": "the model", "lexicon": "the word lists"}
UNSURE = ("no", "yes")
OPTION_PHRASES = {
    "topic": "on", "area": "in the area", "type": "of the type", "account": "from", "language": "in the language",
}  # fmt: skip
"""Options that take a value occurring in the tickets -> the words before that value in the headline."""
MOST_WORDS = 12
MOST_NAMED = 20
RATE_FIGURES = ("contact_rate",)
"""What a note affects that does not concern single tickets."""
SOURCE_WORDS = {
    "label": "set by a person", "column": "from the export", "model": "predicted by the model",
    "lexicon": "suggested by word lists",
}  # fmt: skip
"""What pages call the sources of categories."""
FIRST_COLUMNS = ("ticket_id", "account_id", "created_at", "kind", "source", "probability", "topic")
"""The first columns of the rows, for programs; pages have their own order."""
ACCOUNT_COLUMNS = ("account", "mrr", "band")
COLUMNS = (
    Column("ticket_id", "Ticket"),
    Column("subject", "Subject", priority=1),
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account", priority=1),
    Column("kind", "Category", priority=1),
    Column("created_at", "Created", "date"),
    Column("topic", "Topic ID", hidden=True),
    Column("about", "Topic"),
    Column("mrr", "MRR", "money", "The account's MRR on the as-of date."),
    Column("band", "Health", help="The account's health on the as-of date."),
    Column("product_area", "Area"),
    Column("priority", "Priority", optional=True),
    Column(
        "source", "Category source", optional=True, value_labels=tuple(SOURCE_WORDS.items()),
        help="Who or what set the category.",
    ),
    Column("probability", "Confidence", "share", "The model's probability for its category.", optional=True),
    Column("because", "Deciding words", help="Where a model set the category.", optional=True),
    Column("language", "Language", help="From the export, else detected from the text.", optional=True),
)  # fmt: skip
TICKET_COLUMNS = (
    *COLUMNS,
    Column("csm", "CSM"),
    Column("type", "Type", help="From the help desk."),
    Column("tags", "Tags"),
    Column("status", "Status"),
    Column("channel", "Channel"),
    Column("solved_at", "Solved", "date"),
    Column("body", "First message"),
)


@question(
    "support.tickets",
    title=TICKETS_TITLE,
    order=100,
    options={
        "search": (), "kind": KINDS, "source": SOURCES, "topic": (), "area": (), "type": (), "account": (),
        "language": (), "unsure": UNSURE, "most": (), "topics": (), "window": WINDOWS, **SELECTIONS,
    },
    needs=("tickets",),
    uses=("dimension_values", "ticket_accounts", "ticket_choices", "ticket_doubts", "ticket_groups", "ticket_texts",
          "tickets_listed", "tickets_open_on", "topic_successors", "topics_shown"),
)  # fmt: skip
def tickets(request: QuestionRequest) -> Answer:
    """Return the tickets of the period that match the options, newest first, each with its kind and its source.

    Options: search (words that must all occur in subject or message), kind, source, topic, area, type, account,
    language, unsure; field and group: a field of accounts or tickets and its value; priority; open_on: a day on which
    they were open; most: the largest number of rows (the figure counts all matches); topics: how many topics the
    tickets are divided into.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    picked = {name: _picked(request, name) for name in OPTION_PHRASES}
    kind, source = (request.option("kind", *KINDS), request.option("source", *SOURCES))
    words = _words(request)
    rows = request.rows(
        "tickets_listed",
        words_in=words or None,
        of_kind=None if kind == ANY else kind,
        of_source=None if source == ANY else source,
        only_unsure=request.option("unsure", *UNSURE) == "yes",
        rows_at_most=_whole_number(request, "most"),
        as_many=_whole_number(request, "topics"),
        **{f"of_{name}": value and value[0] for name, value in picked.items()},
        **bounds(request),
    )
    text_counts = request.single_row("ticket_texts", **bounds(request))
    match_count, with_kind = ((rows[name][0].as_py() if len(rows) else 0) for name in ("found", "found_with_kind"))
    if any(request.options.get(name) for name in SELECTIONS):
        rows = selected_tickets(request, rows)
        match_count, with_kind = len(rows), len(rows) - rows["kind"].null_count
    rows = _with_accounts(rows.drop_columns(["found", "found_with_kind"]), request)
    names = dict.fromkeys([*FIRST_COLUMNS, *(column.name for column in COLUMNS)])
    return request.answer(
        headline=_headline(request, picked, words, match_count, with_kind, text_counts["tickets"])
        + _cut_text(match_count, len(rows)),
        figures=(Figure("tickets", "Matching tickets", match_count, "count"),),
        rows=rows.select([*names, *(name for name in rows.column_names if name not in names)]),
        columns=COLUMNS,
        notes=_textless_notes(request, text_counts)
        + _topic_notes(request, text_counts)
        + tuple(note for note in doubt_notes(request) if note.affects != RATE_FIGURES),
        definition="tickets_listed",
    )


def _picked(request: QuestionRequest, name: str) -> tuple[str, str] | None:
    """Return the (value, name) that an option gives by either; None if it is not set. Raises UnknownOption."""
    option_text = request.options.get(name, "").strip()
    if not option_text:
        return None
    choices = [row for row in request.rows("ticket_choices").to_pylist() if row["field"] == name]
    if name == "topic":
        choices += [row | {"value": row["topic"], "name": row["label"]} for row in _topics(request)]
    for row in choices:
        if option_text in (row["value"], row.get("node")):
            return row["value"], row["name"]
    for row in choices:
        if option_text.casefold() == (row["name"] or "").casefold():
            return row["value"], row["name"]
    topic = topic_of(request, option_text, _whole_number(request, "topics")) if name == "topic" else None
    if topic is not None:
        return topic["topic"], topic["label"]
    raise UnknownOption(
        f"Unknown {name}", f"Could not search for {name} {option_text} because no ticket has it.",
        _hint(option_text, [row["name"] or row["value"] for row in choices]),
    )  # fmt: skip


def _hint(option_text: str, names: list[str]) -> str:
    """Return a hint with the nearest names, or else the most frequent ones."""
    near = nearest(option_text, names)
    far = not names or (len(names) > MOST_NAMED and not near.startswith("Did"))
    return (
        f"Available values include {', '.join(names[:MOST_NAMED])}." if far and names else near or "No ticket has one."
    )


def _topics(request: QuestionRequest) -> list[dict[str, Any]]:
    return list(request.rows("topics_shown", as_many=_whole_number(request, "topics")).to_pylist())


def _words(request: QuestionRequest) -> list[str]:
    """Return the search words. Raises UnknownOption for too many."""
    words = list(dict.fromkeys(request.options.get("search", "").split()))
    if len(words) > MOST_WORDS:
        raise UnknownOption(
            "Too many words", f"Could not search for {len(words)} words at once.", f"Write at most {MOST_WORDS}."
        )
    return words


def _whole_number(request: QuestionRequest, option: str) -> int | None:
    """Return the whole number above 0 in an option; None if it is not set. Raises UnknownOption."""
    option_text = request.options.get(option, "").strip()
    if option_text and not (option_text.isdecimal() and int(option_text)):
        raise UnknownOption(
            f"Not a number: {option}",
            f"Could not use {option}={option_text} because it is not a whole number above 0.",
            "Leave it out for all of them.",
        )  # fmt: skip
    return int(option_text) if option_text else None


def _with_accounts(rows: pa.Table, request: QuestionRequest, *more: str) -> pa.Table:
    """Return the rows with name, MRR and health of their accounts, which do not depend on filters and are cached."""
    accounts = request.rows("ticket_accounts", as_of_day=request.as_of)
    positions = pc.index_in(rows["account_id"], value_set=accounts["account_id"])
    for name in (*ACCOUNT_COLUMNS, *more):
        rows = rows.append_column(name, accounts[name].take(positions))
    return rows


def _headline(
    request: QuestionRequest,
    picked: dict[str, tuple[str, str] | None],
    words: list[str],
    match_count: int,
    with_kind: int,
    total: int,
) -> str:
    """Return the headline: the number of matches, of how many tickets, and the options that select them."""
    kind, source = request.option("kind", *KINDS), request.option("source", *SOURCES)
    parts = [f"with “{' '.join(words)}”"] if words else []
    parts += {ANY: [], NONE: ["without a category"]}.get(kind, [kind])
    parts += {ANY: [], NONE: []}.get(source, [f"category from {SOURCE_PHRASES.get(source, source)}"])
    parts += ["with a category that the model is unsure of"] if request.option("unsure", *UNSURE) == "yes" else []
    parts += [f"{OPTION_PHRASES[name]} {value[1]}" for name, value in picked.items() if value]
    uncategorised = match_count - with_kind if NONE not in (kind, source) else 0  # already in the phrase of the filter
    without_kind = f"; {count(uncategorised)} without a category" if uncategorised else ""
    if not parts and source == ANY:
        return f"**{count(match_count)}** {_noun(match_count)}, {in_words(request.scope)}{without_kind}."
    text = f"**{count(match_count)}** of {plural(total, 'ticket')}, {in_words(request.scope)}"
    if parts:
        text += f": {', '.join(parts)}"
    return f"{text}{without_kind}."


def _noun(tickets: int) -> str:
    return "ticket" if tickets == 1 else "tickets"


def _cut_text(match_count: int, row_count: int) -> str:
    return f" Shows the latest {count(row_count)}." if row_count < match_count else ""


def _textless_notes(request: QuestionRequest, text_counts: dict[str, Any]) -> tuple[Note, ...]:
    """Return the note about tickets without a text; none if all have one."""
    total, textless = text_counts["tickets"], text_counts["tickets"] - text_counts["with_text"]
    if not total or not textless:
        return ()
    if textless < total:
        verb = "has" if textless == 1 else "have"
        text = f"{count(textless)} of {plural(total, 'ticket')} {verb} no text and cannot be found by search."
        return (Note(text, "doubt", ("subject",)),)
    text = request.lacks(
        f"None of the {plural(total, 'ticket')} has a subject or a message.",
        f"No subject or message was loaded for {plural(total, 'ticket')}.", "tickets.subject", "tickets.body",
    )  # fmt: skip
    text += " Search, classification and topics need text: export the tickets at least with their subject."
    return (Note(text, "missing", ("subject", "because", "about"), table="tickets"),)


def _topic_notes(request: QuestionRequest, text_counts: dict[str, Any]) -> tuple[Note, ...]:
    """Return the note that topics have not been derived yet; none if they have."""
    if request.rows("topic_makings").num_rows or not text_counts["with_text"]:
        return ()
    return (Note("Topics have not been computed yet; ask support.topics first.", "missing", ("topic", "about")),)


@question(
    "support.ticket",
    title="Ticket",
    order=110,
    options={"ticket": ()},
    needs=("tickets",),
    uses=("ticket_accounts", "ticket_opened"),
)
def ticket(request: QuestionRequest) -> Answer:
    """Return the ticket that option `ticket` names, whatever the period: its original text, its kind, its topic.

    Raises UnknownOption if there is no such ticket.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    number = request.options.get("ticket", "")
    rows = _with_accounts(request.rows("ticket_opened", of_ticket=number), request, "csm")
    if not len(rows):
        raise UnknownOption(
            "No such ticket", f"Could not open ticket {number} because it is not in the data.",
            "Write the number as it is in the export.",
        )  # fmt: skip
    (row,) = rows.to_pylist()
    kind_text = (
        f"{row['kind']} (category from {SOURCE_PHRASES.get(row['source'], row['source'])})"
        if row["kind"]
        else "no category"
    )
    ticket_text = f"Ticket **{number}** from {row['account'] or 'an unknown account'}: {kind_text}"
    return request.answer(
        headline=f"{ticket_text}; topic {row['about']}." if row["about"] else f"{ticket_text}.",
        rows=rows.select([column.name for column in TICKET_COLUMNS]),
        columns=TICKET_COLUMNS,
        definition="ticket_opened",
    )
