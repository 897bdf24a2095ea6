"""`support.types`: the kinds that the help desk's own types and tags count as, and those without a kind."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, share_of_all, type_choices, windowed
from cs_dash.tickets.classifier.column_kinds import is_whole_value, kind_of_tag, kind_of_value, type_term, value_key
from cs_dash.tickets.classifier.type_terms import SAYS_NOTHING

TYPE, TAG = "type", "tag"
BY_PEOPLE, BY_NAME, BY_PART, NOT_READ = "by people", "by its name", "by a word in it", "not understood"
READ_LABELS = (
    (BY_PEOPLE, "manual"), (BY_NAME, "exact match"), (BY_PART, "partial match"), (NOT_READ, "unmapped"),
)  # fmt: skip
MATERIAL = 0.05
"""From this share of the tickets on, types without a kind deserve a decision."""
TYPE_COLUMNS = (
    Column("value", "Type or tag"),
    Column("field", "Field", help="Tags are listed for tickets whose type is empty or uninformative."),
    Column("kind", "Category", help="Empty: not mapped to a category."),
    Column(
        "read",
        "Mapped by",
        help="Manual: set by a person. Exact or partial match: by its name.",
        value_labels=READ_LABELS,
    ),
    Column("word", "Keyword", help="The matching word.", hidden=True),
    Column("tickets", "Tickets", "count"),
    Column("untold", "Uncategorised", "count", "Tickets without a category from the export or a person."),
    Column("example", "Latest subject"),
)
_ROWS = {
    "value": pa.string(), "field": pa.string(), "kind": pa.string(), "read": pa.string(), "word": pa.string(),
    "tickets": pa.int64(), "untold": pa.int64(), "example": pa.string(),
}  # fmt: skip


@question(
    "support.types",
    title="Ticket types by category",
    order=120,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("ticket_tag_values", "ticket_texts", "ticket_type_choices", "ticket_type_values"),
)
def types(request: QuestionRequest) -> Answer:
    """Return every type of the period's tickets with the kind it counts as, those without a kind first.

    Tags are included for tickets whose type is empty or says nothing, and so are decisions about values that no ticket
    of the period has. Figures: untold (tickets whose type names no kind), untold_types.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    decided = type_choices(request)
    values = request.rows("ticket_type_values", **bounds(request)).to_pylist()
    type_rows = _interpreted([row for row in values if row["value"]], TYPE, decided)
    uninformative = [row["value"] for row in values if not row["value"] or _says_nothing(row["value"], decided)]
    tag_values = (
        request.rows("ticket_tag_values", types=uninformative, **bounds(request)).to_pylist() if uninformative else []
    )
    rows = [*type_rows, *_interpreted(tag_values, TAG, decided)]
    value_keys = {value_key(row["value"]) for row in rows}
    rows += [
        {"value": value, "field": "", "kind": kind, "read": BY_PEOPLE, "tickets": 0, "untold": 0}
        for value, kind in decided.values()
        if value_key(value) not in value_keys
    ]
    rows.sort(key=lambda row: not is_open(row))  # most tickets first within each, as they came
    total = request.single_row("ticket_texts", **bounds(request))["tickets"]
    open_types = [row for row in type_rows if is_open(row)]
    untold = sum(row["untold"] for row in open_types)
    return request.answer(
        headline=_headline(request, type_rows, open_types, untold, total),
        figures=(
            Figure("untold", "Tickets of unmapped types", untold, "count", n=total, n_label="tickets",
                   better="down", definition="ticket_type_values"),
            Figure("untold_types", "Unmapped types", len(open_types), "count", n=len(type_rows),
                   n_label="types", better="down", definition="ticket_type_values"),
        ),
        rows=arrow_table(rows, _ROWS),
        columns=TYPE_COLUMNS,
        notes=_partial_word_notes(type_rows),
        definition="ticket_type_values",
    )  # fmt: skip


def is_open(row: dict[str, Any]) -> bool:
    """Return whether a row of `support.types` needs a decision: it is not understood, and tickets depend on it."""
    return row["read"] == NOT_READ and bool(row["untold"])


def is_material(answer: Answer) -> bool:
    """Return whether types without a kind make up at least `MATERIAL` of the tickets."""
    if answer.missing_tables:
        return False
    figure = answer.figure("untold")
    return bool(figure.n and figure.value and figure.value >= MATERIAL * figure.n)


def _says_nothing(value: str, decided: dict[str, tuple[str, str]]) -> bool:
    return decided.get(value_key(value), ("", ""))[1] == SAYS_NOTHING


def _interpreted(values: list[dict[str, Any]], field: str, decided: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the values with the kind they count as and why; spelling variants are merged under the most frequent."""
    by_key: dict[str, dict[str, Any]] = {}
    for row in sorted(values, key=lambda value_row: -value_row["tickets"]):
        key = value_key(row["value"])
        if key in by_key:
            first_row = by_key[key]
            first_row["tickets"], first_row["untold"] = (
                first_row["tickets"] + row["tickets"],
                first_row["untold"] + row["untold"],
            )
            first_row["example"] = first_row["example"] or row["example"]
            continue
        kind, how_read, word = _reading(row["value"], field, decided)
        by_key[key] = row | {"field": field, "kind": kind, "read": how_read, "word": word}
    return sorted(
        by_key.values(), key=lambda value_row: (-value_row["untold"], -value_row["tickets"], value_row["value"])
    )


def _reading(value: str, field: str, decided: dict[str, tuple[str, str]]) -> tuple[str | None, str, str | None]:
    """Return (kind, how the value was read, the word in it that decided)."""
    if value_key(value) in decided:
        return decided[value_key(value)][1], BY_PEOPLE, None
    if field == TAG:
        kind = kind_of_tag(value)
        return kind, BY_NAME if kind else NOT_READ, None
    word = type_term(value)
    if word is None:
        return None, NOT_READ, None
    return (
        (kind_of_value(value), BY_NAME, None) if is_whole_value(value, word) else (kind_of_value(value), BY_PART, word)
    )


def _headline(
    request: QuestionRequest, type_rows: list[dict[str, Any]], open_types: list[dict[str, Any]], untold: int, total: int
) -> str:
    if not type_rows:
        return f"The export has no ticket types, {in_words(request.scope)}."
    if not open_types:
        return (
            f"All ticket types are mapped to a category: {plural(len(type_rows), 'type')}, {in_words(request.scope)}."
        )
    types_text = "ticket type" if len(open_types) == 1 else "ticket types"
    has = "has" if len(open_types) == 1 else "have"
    untold_text = share_of_all(untold, total)
    return f"**{count(len(open_types))}** {types_text} {has} no category: {untold_text}, {in_words(request.scope)}."


def _partial_word_notes(type_rows: list[dict[str, Any]]) -> tuple[Note, ...]:
    """Return the note on types that were read by a single word in them, which may mean something else there."""
    readings = [f"{row['value']} as {row['kind']} (“{row['word']}”)" for row in type_rows if row["read"] == BY_PART]
    if not readings:
        return ()
    more = f" and {len(readings) - 8} more" if len(readings) > 8 else ""
    return (Note(f"Mapped by a word in the name: {', '.join(readings[:8])}{more}.", "assumption", ("kind",)),)
