"""The list of questions, and the only way to ask them, for pages and command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules, walk_packages
from typing import NoReturn

from cs_dash import questions as room
from cs_dash.answer import Answer, Note
from cs_dash.decisions.audits import Audit
from cs_dash.errors import UnknownOption, UnknownQuestion, nearest
from cs_dash.look import words
from cs_dash.monitoring import QUESTION, recorded
from cs_dash.questions.chart_events import is_over_time, with_events
from cs_dash.questions.declaration import Question, declared
from cs_dash.questions.plausibility import with_checks
from cs_dash.questions.request import QuestionRequest, Undated
from cs_dash.schema.field_metrics import ROWS_OF
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope, check_filters
from cs_dash.store.warehouse import Warehouse
from cs_dash.units import INDEX

MOST_NAMED = 3
"""So many columns that are not used are named in a note."""
SLICES = ("overview", "health", "account", "retention", "churn", "support", "roadmap", "alignment", "data_quality")
"""The order of the slices in lists; one that is not named comes last."""


@cache
def questions() -> Mapping[str, Question]:
    """Return every question that a module of a slice declares, by name, in the order in which lists show them."""
    for package in iter_modules(room.__path__, f"{room.__name__}."):
        if package.ispkg:
            for module in walk_packages(import_module(package.name).__path__, f"{package.name}."):
                import_module(module.name)
    return {question.name: question for question in sorted(declared(), key=_place)}


def _place(question: Question) -> tuple[int, str, int, str]:
    part = question.answer.__module__.removeprefix(f"{room.__name__}.").split(".")[0]
    return SLICES.index(part) if part in SLICES else len(SLICES), part, question.order, question.name


def refuse(name: str) -> NoReturn:
    """Raise UnknownQuestion with the nearest known ones."""
    raise UnknownQuestion(
        "Unknown question", f"Could not ask {name} because there is no such question.", nearest(name, questions())
    )


def ask(
    warehouse: Warehouse,
    name: str,
    scope: Scope,
    options: Mapping[str, str] | None = None,
    audits: tuple[Audit, ...] = (),
) -> Answer:
    """Return the answer to question `name`; `audits` are those of the workspace, oldest first.

    Raises:
        UnknownQuestion: there is no such question.
        UnknownOption: an option, a filter's field or a filter's value that does not exist.
    """
    if name not in questions():
        refuse(name)
    question = questions()[name]
    chosen = dict(options or {})
    for option, value in chosen.items():
        if option not in question.options:
            raise UnknownOption(
                f"Unknown option {option}",
                f"Could not ask {name} with {option} because it has no such option.",
                nearest(option, question.options),
            )
        choices = question.options[option]
        if choices and value not in choices:
            raise UnknownOption(
                f"Unknown {option}",
                f"Could not use {option}={value} because it is not one of the choices.",
                nearest(value, choices),
            )
    if scope.filters:
        check_filters(scope, warehouse.dimensions())
    request = request_of(question, warehouse, scope, chosen, audits)
    with recorded(QUESTION, question=name):
        try:
            answer = question.answer(request)
        except Undated:
            answer = request.undated()
    answer = with_checks(answer, request.scope)
    if any(map(is_over_time, answer.charts)):
        answer = with_events(answer, warehouse("portfolio_events").to_pylist())
    notes = [*answer.notes, *_index_notes(answer, warehouse), *_unused_notes(answer, question, warehouse)]
    if scope.bounds_note:
        notes.append(Note(scope.bounds_note, "assumption"))
    return replace(answer, notes=tuple(notes))


def _index_notes(answer: Answer, warehouse: Warehouse) -> list[Note]:
    """Return a note on what an index of amounts means, where the answer has any."""
    units = [*(figure.unit for figure in answer.figures), *(column.unit for column in answer.columns)]
    is_drawn = any(chart.currency == INDEX for chart in answer.charts)
    has_amounts = "money" in units or is_drawn or INDEX in answer.headline
    newest = warehouse.newest_day()
    if answer.currency != INDEX or not has_amounts or newest is None:
        return []
    return [Note(f"Amounts are an index: 100 {INDEX} is the MRR of all accounts on {words.date(newest)}.", "fact")]


def _unused_notes(answer: Answer, question: Question, warehouse: Warehouse) -> list[Note]:
    """Return a note on columns that fill no field and may hold what an answer lacks."""
    lacks = answer.missing_tables or any(figure.value is None for figure in answer.figures)
    if not lacks and not any(note.kind == "missing" for note in answer.notes):
        return []
    columns = [
        row
        for row in warehouse("unused_columns").to_pylist()
        if _tables_of(row["table_name"], row["fields"]) & set(question.needs)
    ]
    if not columns:
        return []
    texts = [
        f"column {row['column_name']} of {row['file']} holds {row['holds']}"
        f" ({row['rows']:,} of {row['of_rows']:,} rows)"
        for row in columns[:MOST_NAMED]
    ]
    more = f" and {len(columns) - MOST_NAMED:,} more" if len(columns) > MOST_NAMED else ""
    text = f"Unused: {'; '.join(texts)}{more}. If one of them has the missing data, map it on the Upload page."
    return [Note(text, "missing", table=columns[0]["table_name"])]


def _tables_of(table: str, fields: Iterable[str]) -> set[str]:
    """The tables that a column would give rows to, or complete."""
    return {ROWS_OF.get(field, table) if table == "accounts" else table for field in fields}


def request_of(
    question: Question,
    warehouse: Warehouse,
    scope: Scope,
    options: Mapping[str, str],
    audits: tuple[Audit, ...] = (),
) -> QuestionRequest:
    """Return the input of a question's function: the resolved scope, and what the version holds."""
    return QuestionRequest(
        question=question.name,
        rows=warehouse,
        scope=scope.resolved(warehouse.newest_day()),
        title=question.title,
        needs=question.needs,
        options=options,
        currency=warehouse.currency(),
        definitions=warehouse.definitions,
        loaded_tables=frozenset(row["table_name"] for row in warehouse("filled_tables").to_pylist()) & TABLES.keys(),
        audits=audits,
        unused_fields=frozenset(
            f"{row['table_name']}.{field}" for row in warehouse("unused_columns").to_pylist() for field in row["fields"]
        ),
    )
