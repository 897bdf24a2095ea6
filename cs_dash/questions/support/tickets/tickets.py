"""`support.tickets` and `support.ticket`: the tickets that fit, and one of them with all that is known of it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import KIND_ORDER, WINDOWS, bounds, doubts, in_words, windowed

TICKETS_TITLE = "Which tickets are there?"
ANY, NONE = "any", "none"
KINDS = (ANY, *KIND_ORDER, NONE)
SOURCES = (ANY, "label", "column", "model", "lexicon", NONE)
UNSURE = ("no", "yes")
SAID = {
    "topic": "about", "area": "in the area", "type": "of the type", "account": "from", "language": "in the language",
}  # fmt: skip
"""Options that take one of the values that tickets have, and how the sentence says them."""
MOST_WORDS = 12
MOST_NAMED = 20
RATES = ("contact_rate",)
"""What notes touch that are not about single tickets."""
FIRST = ("ticket_id", "account_id", "created_at", "kind", "source", "probability", "topic")
"""The columns that a program reads first; the page has its own order."""
ACCOUNT = ("account", "mrr", "band")
COLUMNS = (
    Column("ticket_id", "Ticket"),
    Column("created_at", "Came in", "date"),
    Column("subject", "Subject"),
    Column("kind", "Kind"),
    Column("account_id", "Account id", hidden=True),
    Column("account", "Account"),
    Column("mrr", "MRR", "money", "What the account pays a month, on the day looked at."),
    Column("band", "Health", help="The account's health, on the day looked at."),
    Column("topic", "Topic id", hidden=True),
    Column("about", "Topic"),
    Column("product_area", "Area"),
    Column("source", "Kind from", help="label (a person's), column (the export's), model, lexicon or none."),
    Column("probability", "How sure", "share", "How likely the model finds its kind."),
    Column("because", "Words that decided", help="Where a model gave the kind."),
    Column("language", "Language", help="The export's, else what its words tell; or unknown."),
)
TICKET_COLUMNS = (
    *COLUMNS,
    Column("csm", "CSM"),
    Column("type", "Type", help="The help desk's own."),
    Column("tags", "Tags"),
    Column("priority", "Priority"),
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
        "language": (), "unsure": UNSURE, "most": (), "topics": (), "window": WINDOWS,
    },
    needs=("tickets",),
    uses=("ticket_accounts", "ticket_choices", "ticket_doubts", "ticket_texts", "tickets_listed", "topics_shown"),
)  # fmt: skip
def tickets(request: QuestionRequest) -> Answer:
    """Return the tickets of the period that fit, newest first, each with its kind and where that comes from.

    Options: search (words that all must occur in subject or message), kind, source, topic, area, type, account,
    language, unsure; most: how many rows at most, the answer says how many fit in all; topics: cut into so many topics.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    picked = {name: _picked(request, name) for name in SAID}
    kind, source = (request.option("kind", *KINDS), request.option("source", *SOURCES))
    words = _words(request)
    rows = request.rows(
        "tickets_listed",
        words_in=words or None,
        of_kind=None if kind == ANY else kind,
        of_source=None if source == ANY else source,
        only_unsure=request.option("unsure", *UNSURE) == "yes",
        rows_at_most=_whole(request, "most"),
        as_many=_whole(request, "topics"),
        **{f"of_{name}": value and value[0] for name, value in picked.items()},
        **bounds(request),
    )
    known = request.single_row("ticket_texts", **bounds(request))
    found, with_kind = ((rows[name][0].as_py() if len(rows) else 0) for name in ("found", "found_with_kind"))
    rows = _with_accounts(rows.drop_columns(["found", "found_with_kind"]), request)
    names = dict.fromkeys([*FIRST, *(column.name for column in COLUMNS)])
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(request, picked, words, found, with_kind, known["tickets"]) + _cut(found, len(rows)),
        as_of=request.scope.as_of,
        figures=(Figure("tickets", "Tickets that fit", found, "count"),),
        rows=rows.select([*names, *(name for name in rows.column_names if name not in names)]),
        columns=COLUMNS,
        notes=_silent(known)
        + _topicless(request, known)
        + tuple(note for note in doubts(request) if note.affects != RATES),
        definition=request.definitions.get("tickets_listed"),
        currency=request.currency,
    )


def _picked(request: QuestionRequest, name: str) -> tuple[str, str] | None:
    """Return (value, name) of what an option names by its value or its name; None: nothing. Raises UnknownOption."""
    given = request.options.get(name, "").strip()
    if not given:
        return None
    known = [row for row in request.rows("ticket_choices").to_pylist() if row["field"] == name]
    if name == "topic":
        known += [row | {"value": row["topic"], "name": row["label"]} for row in _topics(request)]
    for row in known:
        if given in (row["value"], row.get("node")):
            return row["value"], row["name"]
    for row in known:
        if given.casefold() == (row["name"] or "").casefold():
            return row["value"], row["name"]
    raise UnknownOption(
        f"Unknown {name}", f"Could not look for {name} {given} because no ticket has it.",
        _near(given, [row["name"] or row["value"] for row in known]),
    )  # fmt: skip


def _near(given: str, names: list[str]) -> str:
    """Return a hint: the nearest names, else the most frequent ones."""
    near = nearest(given, names)
    far = not names or (len(names) > MOST_NAMED and not near.startswith("Did"))
    return f"Known, among others: {', '.join(names[:MOST_NAMED])}." if far and names else near or "No ticket has one."


def _topics(request: QuestionRequest) -> list[dict[str, Any]]:
    return list(request.rows("topics_shown", as_many=_whole(request, "topics")).to_pylist())


def _words(request: QuestionRequest) -> list[str]:
    """Return the words that are searched. Raises UnknownOption where they are too many."""
    words = list(dict.fromkeys(request.options.get("search", "").split()))
    if len(words) > MOST_WORDS:
        raise UnknownOption(
            "Too many words", f"Could not search for {len(words)} words at once.", f"Write at most {MOST_WORDS}."
        )
    return words


def _whole(request: QuestionRequest, option: str) -> int | None:
    """Return the whole number that an option gives; None: none. Raises UnknownOption."""
    given = request.options.get(option, "").strip()
    if given and not (given.isdecimal() and int(given)):
        raise UnknownOption(
            f"No number for {option}", f"Could not use {option}={given} because it is no whole number above 0.",
            "Leave it out for all of them.",
        )  # fmt: skip
    return int(given) if given else None


def _with_accounts(rows: pa.Table, request: QuestionRequest, *more: str) -> pa.Table:
    """Return the rows with the name, MRR and health of their accounts. What is told of accounts is asked for once."""
    known = request.rows("ticket_accounts", as_of_day=request.as_of)
    at = pc.index_in(rows["account_id"], value_set=known["account_id"])
    for name in (*ACCOUNT, *more):
        rows = rows.append_column(name, known[name].take(at))
    return rows


def _says(
    request: QuestionRequest,
    picked: dict[str, tuple[str, str] | None],
    words: list[str],
    found: int,
    with_kind: int,
    every: int,
) -> str:
    """Return the sentence: how many fit, of how many, and by what they were picked."""
    kind, source = request.option("kind", *KINDS), request.option("source", *SOURCES)
    parts = [f"with “{' '.join(words)}”"] if words else []
    parts += {ANY: [], NONE: ["without a kind"]}.get(kind, [kind])
    parts += {ANY: [], NONE: []}.get(source, [f"with the kind from the {source}"])
    parts += ["that the model is unsure of"] if request.option("unsure", *UNSURE) == "yes" else []
    parts += [f"{SAID[name]} {value[1]}" for name, value in picked.items() if value]
    having = count(with_kind) if with_kind else "none"
    if not parts and source == ANY:
        return f"**{count(found)}** tickets, {in_words(request.scope)}; {having} have a kind."
    text = f"**{count(found)}** of {plural(every, 'ticket')}, {in_words(request.scope)}"
    if parts:
        text += f": {', '.join(parts)}"
    return f"{text}." if with_kind == found else f"{text}; {having} of them have a kind."


def _cut(found: int, listed: int) -> str:
    return f" The newest {count(listed)} are listed." if listed < found else ""


def _silent(known: dict[str, Any]) -> tuple[Note, ...]:
    """Return what cannot be told where tickets have no text."""
    total, silent = known["tickets"], known["tickets"] - known["with_text"]
    if not total or not silent:
        return ()
    if silent < total:
        verb = "has" if silent == 1 else "have"
        text = f"{count(silent)} of {plural(total, 'ticket')} {verb} neither a subject nor a message:"
        text += " no search finds them."
        return (Note(text, "doubt", ("subject",)),)
    text = f"None of the {plural(total, 'ticket')} has a subject or a message. When they came, from whom, how urgent"
    text += " and how long they took can be told; what they are about cannot: nothing can be searched, no model reads"
    text += " them, and there are no topics. Export the tickets with their subject, at least."
    return (Note(text, "missing", ("subject", "because", "about"), table="tickets"),)


def _topicless(request: QuestionRequest, known: dict[str, Any]) -> tuple[Note, ...]:
    """Return that nobody has looked for topics yet."""
    if request.rows("topic_makings").num_rows or not known["with_text"]:
        return ()
    return (Note("Topics were not looked for yet; support.topics finds them.", "missing", ("topic", "about")),)


@question(
    "support.ticket",
    title="What does one ticket say?",
    order=110,
    options={"ticket": ()},
    needs=("tickets",),
    uses=("ticket_accounts", "ticket_opened"),
)
def ticket(request: QuestionRequest) -> Answer:
    """Return the one ticket that option `ticket` names, whatever the period: its text as it came, its kind, its topic.

    Raises UnknownOption when there is none.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    number = request.options.get("ticket", "")
    rows = _with_accounts(request.rows("ticket_opened", of_ticket=number), request, "csm")
    if not len(rows):
        raise UnknownOption(
            "No such ticket", f"Could not open ticket {number} because it is not in the data.",
            "Numbers are written as the export has them.",
        )  # fmt: skip
    (row,) = rows.to_pylist()
    known = f"{row['kind']}, as the {row['source']} tells" if row["kind"] else "without a kind"
    said = f"Ticket **{number}** of {row['account'] or 'an unknown account'}: {known}"
    return Answer(
        question=request.question,
        title=request.title,
        headline=f"{said}; about {row['about']}." if row["about"] else f"{said}.",
        as_of=request.scope.as_of,
        rows=rows.select([column.name for column in TICKET_COLUMNS]),
        columns=TICKET_COLUMNS,
        definition=request.definitions.get("ticket_opened"),
        currency=request.currency,
    )
