"""The only cache of answers: (version, question, scope, options, language) -> Answer.

Answers are frozen, so everybody is handed the same one; nothing is copied or pickled.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from cs_dash.answer import Answer
from cs_dash.look.locales import READER
from cs_dash.questions import catalogue
from cs_dash.questions.retention.triangle import readable
from cs_dash.scope import Scope
from cs_dash.store.cache import SingleFlightCache
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import chart_data, session


def _size(answer: Answer) -> int:
    """Return about how many bytes an answer takes: its words, its rows, and those of its charts, also as text."""
    return 48_000 + int(answer.rows.nbytes) + sum(3 * int(chart.rows.nbytes) for chart in answer.charts)


ANSWERS = SingleFlightCache[Answer](40 << 20, _size)
# The questions of a page are computed side by side: a database plans a question on one thread only.
THREADS = ThreadPoolExecutor(4, thread_name_prefix="ask")


def ask(snapshot: session.Snapshot, question: str, scope: Scope, **options: str) -> Answer:
    """Return the answer to `question`, computed at most once per version, scope, options and language.

    Raises what `catalogue.ask` raises, and WorkspaceBroken when the version cannot be read.
    """
    return cached_answer(AnswerKey.of(locale(), snapshot, question, scope, options))


def answer_future(key: AnswerKey) -> Future[Answer]:
    """Return at once what will hold the answer, computed on another thread; `result()` raises as `ask` does."""
    if ANSWERS.has(key):
        future: Future[Answer] = Future()
        future.set_result(cached_answer(key))
        return future
    return THREADS.submit(cached_answer, key)


@dataclass(frozen=True)
class AnswerKey:
    """All that an answer depends on."""

    snapshot: session.Snapshot
    question: str
    scope: Scope
    options: tuple[tuple[str, str], ...]
    reader: str

    @classmethod
    def of(
        cls, reader: str, snapshot: session.Snapshot, question: str, scope: Scope, options: Mapping[str, str]
    ) -> AnswerKey:
        """Return the key for a reader of this language; options at their defaults are left out."""
        choices = catalogue.questions()[question].options
        explicit = ((name, value) for name, value in options.items() if value not in choices.get(name, ())[:1])
        return cls(snapshot, question, scope, tuple(sorted(explicit)), reader)


def cached_answer(key: AnswerKey) -> Answer:
    """Return the answer, from the cache where it is there."""
    return ANSWERS.get(key, lambda: _compute(key))


def _compute(key: AnswerKey) -> Answer:
    before = READER.set(key.reader)
    try:
        snapshot = key.snapshot
        answer = catalogue.ask(snapshot.warehouse, key.question, key.scope, dict(key.options), snapshot.audits)
        chart_data.prepare(answer, key.reader)
        return answer
    finally:
        READER.reset(before)


@lru_cache(maxsize=16)
def first_grain(snapshot: session.Snapshot) -> tuple[str, int]:
    """Return by what the cohorts of a version are looked at first, and how many accounts the median month has."""
    return readable(snapshot.warehouse("first_paying_days")["first_day"].to_pylist())


@lru_cache(maxsize=16)
def dimensions(snapshot: session.Snapshot) -> dict[str, tuple[str, ...]]:
    """Return the dimensions of a version's accounts with their values, most accounts first."""
    return snapshot.warehouse.dimensions()
