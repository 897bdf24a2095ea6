"""`support.types`: what the help desk's own types and tags count as, and those that name no kind."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.period import WINDOWS, bounds, choices, in_words, of_all, windowed
from cs_dash.tickets.classifier.column_kinds import is_whole_value, kind_of_tag, kind_of_value, type_term, value_key
from cs_dash.tickets.classifier.type_terms import SAYS_NOTHING

TYPE, TAG = "type", "tag"
BY_PEOPLE, BY_NAME, BY_PART, NOT_READ = "by people", "by its name", "by a word in it", "not understood"
MATERIAL = 0.05
"""From this share of the tickets on, types that name no kind are worth a reader's minute."""
TYPE_COLUMNS = (
    Column("value", "Type or tag"),
    Column("field", "Where", help="A tag is listed where the type of its ticket is empty or says nothing."),
    Column("kind", "Counts as", help="Empty: it names no kind."),
    Column("read", "Read", help="By people: somebody said so. By its name, by a word in it: it names a kind."),
    Column("word", "Word", help="The word in it that decides.", hidden=True),
    Column("tickets", "Tickets", "count"),
    Column("untold", "Of no kind", "count", "Tickets whose kind neither the export nor a person tells."),
    Column("example", "Newest subject"),
)
_ROWS = {
    "value": pa.string(), "field": pa.string(), "kind": pa.string(), "read": pa.string(), "word": pa.string(),
    "tickets": pa.int64(), "untold": pa.int64(), "example": pa.string(),
}  # fmt: skip


@question(
    "support.types",
    title="What do the help desk's own types count as?",
    order=120,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("ticket_tag_values", "ticket_texts", "ticket_type_choices", "ticket_type_values"),
)
def types(request: QuestionRequest) -> Answer:
    """Return every type of the period's tickets with what it counts as: those that name no kind first.

    Then follow the tags of tickets whose type is empty or says nothing, and what people decided of values that no
    ticket of the period has. Figures: untold (tickets whose type names no kind), untold_types.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    chosen = choices(request)
    values = request.rows("ticket_type_values", **bounds(request)).to_pylist()
    typed = _read([row for row in values if row["value"]], TYPE, chosen)
    silent = [row["value"] for row in values if not row["value"] or _silent(row["value"], chosen)]
    tagged = request.rows("ticket_tag_values", types=silent, **bounds(request)).to_pylist() if silent else []
    rows = [*typed, *_read(tagged, TAG, chosen)]
    known = {value_key(row["value"]) for row in rows}
    rows += [
        {"value": said, "field": "", "kind": kind, "read": BY_PEOPLE, "tickets": 0, "untold": 0}
        for said, kind in chosen.values()
        if value_key(said) not in known
    ]
    rows.sort(key=lambda row: not is_open(row))  # most tickets first within each, as they came
    total = request.single_row("ticket_texts", **bounds(request))["tickets"]
    asking = [row for row in typed if is_open(row)]
    untold = sum(row["untold"] for row in asking)
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(request, typed, asking, untold, total),
        as_of=request.scope.as_of,
        figures=(
            Figure("untold", "Tickets whose type names no kind", untold, "count", n=total, n_label="tickets",
                   better="down", definition="ticket_type_values"),
            Figure("untold_types", "Types that name no kind", len(asking), "count", n=len(typed), n_label="types",
                   better="down", definition="ticket_type_values"),
        ),
        rows=arrow_table(rows, _ROWS),
        columns=TYPE_COLUMNS,
        notes=_doubtful(typed),
        definition=request.definitions.get("ticket_type_values"),
        currency=request.currency,
    )  # fmt: skip


def is_open(row: dict[str, Any]) -> bool:
    """Return whether a row of `support.types` asks for a decision: nobody understands it, and tickets wait for it."""
    return row["read"] == NOT_READ and bool(row["untold"])


def is_material(answer: Answer) -> bool:
    """Return whether the types that name no kind are those of a share of the tickets that matters."""
    if answer.missing_tables:
        return False
    figure = answer.figure("untold")
    return bool(figure.n and figure.value and figure.value >= MATERIAL * figure.n)


def _silent(value: str, chosen: dict[str, tuple[str, str]]) -> bool:
    return chosen.get(value_key(value), ("", ""))[1] == SAYS_NOTHING


def _read(values: list[dict[str, Any]], field: str, chosen: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return values with what they count as and why; those that differ only in writing are one, as most write it."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(values, key=lambda each: -each["tickets"]):
        key = value_key(row["value"])
        if key in found:
            one = found[key]
            one["tickets"], one["untold"] = one["tickets"] + row["tickets"], one["untold"] + row["untold"]
            one["example"] = one["example"] or row["example"]
            continue
        kind, read, word = _kind_of(row["value"], field, chosen)
        found[key] = row | {"field": field, "kind": kind, "read": read, "word": word}
    return sorted(found.values(), key=lambda each: (-each["untold"], -each["tickets"], each["value"]))


def _kind_of(value: str, field: str, chosen: dict[str, tuple[str, str]]) -> tuple[str | None, str, str | None]:
    """Return (kind, how it was read, the word in it that decided)."""
    if value_key(value) in chosen:
        return chosen[value_key(value)][1], BY_PEOPLE, None
    if field == TAG:
        kind = kind_of_tag(value)
        return kind, BY_NAME if kind else NOT_READ, None
    word = type_term(value)
    if word is None:
        return None, NOT_READ, None
    return (
        (kind_of_value(value), BY_NAME, None) if is_whole_value(value, word) else (kind_of_value(value), BY_PART, word)
    )


def _says(
    request: QuestionRequest, typed: list[dict[str, Any]], asking: list[dict[str, Any]], untold: int, total: int
) -> str:
    if not typed:
        return f"The export names no type of its tickets, {in_words(request.scope)}."
    if not asking:
        return (
            f"Every type names a kind, or somebody said what it counts as: {plural(len(typed), 'type')},"
            f" {in_words(request.scope)}."
        )
    verb = "type names" if len(asking) == 1 else "types name"
    return f"**{count(len(asking))}** {verb} no kind: {of_all(untold, total)}, {in_words(request.scope)}."


def _doubtful(typed: list[dict[str, Any]]) -> tuple[Note, ...]:
    """Return which types were read by one word in them, which may mean something else there."""
    listed = [f"{row['value']} as {row['kind']} (“{row['word']}”)" for row in typed if row["read"] == BY_PART]
    if not listed:
        return ()
    more = f" and {len(listed) - 8} more" if len(listed) > 8 else ""
    return (Note(f"Read by a word in them: {', '.join(listed[:8])}{more}.", "assumption", ("kind",)),)
