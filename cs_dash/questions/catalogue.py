"""The list of questions, and the only way to ask them, for pages and command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules, walk_packages
from typing import NoReturn

from cs_dash import questions as room
from cs_dash.answer import Answer, Note
from cs_dash.decisions.audits import Audit
from cs_dash.errors import UnknownOption, UnknownQuestion, nearest
from cs_dash.questions.declaration import Question, declared
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope, check_filters
from cs_dash.store.warehouse import Warehouse

SLICES = ("overview", "health", "retention", "churn", "support", "data_quality")
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
        "Unknown question", f"Could not ask {name} because nobody answers it.", nearest(name, questions())
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
                f"Could not use {option}={value} because it is not a choice.",
                nearest(value, choices),
            )
    if scope.filters:
        check_filters(scope, warehouse.dimensions())
    answer = question.answer(request_of(question, warehouse, scope, chosen, audits))
    if not scope.bounds_note:
        return answer
    return replace(answer, notes=(*answer.notes, Note(scope.bounds_note, "assumption")))


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
    )
