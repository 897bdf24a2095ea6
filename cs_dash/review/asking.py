"""How a deck asks: any front end hands in what answers questions, and every answer is computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cs_dash.answer import Answer
from cs_dash.decisions.audits import Audit
from cs_dash.metrics import Warehouse
from cs_dash.questions import catalogue
from cs_dash.review.deck import Source
from cs_dash.scope import Scope

Ask = Callable[[str, Scope, Mapping[str, str]], Answer]
"""Answers a question for a scope with options, as `catalogue.ask` does, from the numbers of one version."""


def ask_of(warehouse: Warehouse, audits: tuple[Audit, ...] = ()) -> Ask:
    """Return what asks a version, and remembers what was asked before. `audits`: those of the workspace."""
    answers: dict[tuple[str, Scope, tuple[tuple[str, str], ...]], Answer] = {}

    def ask(question: str, scope: Scope, options: Mapping[str, str]) -> Answer:
        key = (question, scope, tuple(sorted(options.items())))
        if key not in answers:
            answers[key] = catalogue.ask(warehouse, question, scope, options, audits)
        return answers[key]

    return ask


@dataclass(frozen=True)
class Answers:
    """The answers for one scope.

    Attributes:
        ask: answers a question.
        scope: the resolved scope that is asked for.
    """

    ask: Ask
    scope: Scope

    def of(self, question: str, **options: str) -> Answer:
        """Return the answer to a question."""
        return self.ask(question, self.scope, options)

    def source(self, question: str, **options: str) -> Source:
        """Return where the numbers of an answer come from."""
        return Source(question, tuple(sorted(options.items())), self.scope)

    def within_quarter(self) -> Answers:
        """Return the answers that compare the as-of date with the end of the quarter before, not with a year ago."""
        return Answers(self.ask, replace(self.scope, period="quarter"))
