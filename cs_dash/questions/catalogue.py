"""The list of questions, and the one way to ask them. Page and command line both come through here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from cs_dash.answer import Answer
from cs_dash.errors import UnknownOption, UnknownQuestion, nearest
from cs_dash.questions.request import Asked
from cs_dash.questions.support.answers import ABOUT_TOPICS
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope, check_filters
from cs_dash.store.audits import Audit
from cs_dash.store.warehouse import Warehouse

SLICES = ("overview", "health", "retention", "churn", "support", "data_quality")
__all__ = ["ABOUT_TOPICS", "Question", "ask", "questions", "refuse"]


@dataclass(frozen=True)
class Question:
    """A question that can be asked.

    Attributes:
        name: "retention.summary"; the part before the dot is its slice, or "data" for the data page.
        title: the question in words.
        answer: the pure function that answers it.
        options: option -> choices, the default first; no choices: any text.
    """

    name: str
    title: str
    answer: Callable[[Asked], Answer]
    options: Mapping[str, tuple[str, ...]]


def questions() -> dict[str, Question]:
    """Return every question by name. Each slice lists its own in `answers.QUESTIONS`."""
    found: dict[str, Question] = {}
    for each in SLICES:
        module = import_module(f"cs_dash.questions.{each}.answers")
        for name, (title, answer, options) in module.QUESTIONS.items():
            found[name] = Question(name, title, answer, options)
    return found


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
        UnknownQuestion: nobody answers it.
        UnknownOption: an option, a filter's field or a filter's value that does not exist.
    """
    known = questions()
    if name not in known:
        raise UnknownQuestion(
            "Unknown question", f"Could not ask {name} because nobody answers it.", nearest(name, known)
        )
    question = known[name]
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
    asked = Asked(
        question=name,
        rows=warehouse,
        scope=scope.resolved(warehouse.newest_day()),
        options=chosen,
        currency=warehouse.currency(),
        definitions=warehouse.definitions,
        filled=frozenset(row["table_name"] for row in warehouse("filled_tables").to_pylist()) & TABLES.keys(),
        audits=audits,
    )
    return question.answer(asked)
