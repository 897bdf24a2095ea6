"""Ask one question function of a small company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.questions.catalogue import questions, request_of
from cs_dash.questions.declaration import Question
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Rows, Warehouse

EVERYTHING = Scope(period="all")


def ask(
    warehouse: Warehouse, answer: Callable[[QuestionRequest], Answer], scope: Scope = EVERYTHING, **options: str
) -> Answer:
    """Return what a question's function says of the warehouse in `scope`, given what the catalogue gives it."""
    (question,) = (question for question in questions().values() if question.answer is answer)
    return answer(request_of(question, warehouse, scope, options))


def questions_about(subject: str) -> dict[str, Question]:
    """Return the questions whose names begin with `subject`, by name."""
    return {name: question for name, question in questions().items() if name.startswith(f"{subject}.")}


class RecordingRows:
    """Rows that remember which definitions they were asked for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.definitions: set[str] = set()

    def __call__(self, relation: str, **parameters: Any) -> pa.Table:
        self.definitions.add(relation)
        return self.rows(relation, **parameters)

    def per_element(self, relation: str, **parameters: Any) -> pa.Table:
        self.definitions.add(relation)
        return self.rows.per_element(relation, **parameters)
