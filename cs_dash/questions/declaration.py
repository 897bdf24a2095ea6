"""A question is declared where it stands: what it is called, what it rests on, and the function that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cs_dash.answer import Answer
from cs_dash.questions.request import QuestionRequest

Answering = Callable[[QuestionRequest], Answer]


@dataclass(frozen=True)
class Question:
    """A question that can be asked.

    Attributes:
        name: "retention.summary"; the part before the dot names its subject, "data" the data themselves.
        title: the question in words.
        answer: the pure function that answers it.
        order: its place among the questions of its subject, smallest first.
        options: option -> choices, the default first; no choices: any text.
        needs: the tables that it is answered from; its empty state names them, or those of them that are missing.
        uses: the definitions in SQL that it asks for or names behind a figure.
        follows_topics: it can be answered only once topics have been derived from the tickets.
    """

    name: str
    title: str
    answer: Answering
    order: int
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    follows_topics: bool = False


_DECLARED: dict[str, Question] = {}


def question(
    name: str,
    *,
    title: str,
    order: int,
    options: Mapping[str, tuple[str, ...]] | None = None,
    needs: tuple[str, ...] = (),
    uses: tuple[str, ...] = (),
    follows_topics: bool = False,
) -> Callable[[Answering], Answering]:
    """Return a decorator that declares a function as the answer to a question; see `Question` for the arguments.

    Raises ValueError where another function answers a question of that name.
    """

    def declare(answer: Answering) -> Answering:
        if name in _DECLARED:
            raise ValueError(f"{_DECLARED[name].answer.__module__} answers {name} already")
        _DECLARED[name] = Question(name, title, answer, order, options or {}, needs, uses, follows_topics)
        return answer

    return declare


def declared() -> tuple[Question, ...]:
    """Return the questions of all modules that were imported, in the order of their imports."""
    return tuple(_DECLARED.values())
