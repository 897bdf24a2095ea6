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
from cs_dash.store.cache import Remembered
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import chart_data, session


def _size(answer: Answer) -> int:
    """Return about how many bytes an answer takes."""
    return 4096 + int(answer.rows.nbytes) + sum(int(chart.rows.nbytes) for chart in answer.charts)


ANSWERS = Remembered[Answer](256 << 20, _size)
# The questions of a page are computed side by side: a database plans a question on one thread only.
THREADS = ThreadPoolExecutor(4, thread_name_prefix="ask")


def ask(reading: session.Reading, question: str, scope: Scope, **options: str) -> Answer:
    """Return the answer to `question`, computed at most once per version, scope, options and language.

    Raises what `catalogue.ask` raises, and WorkspaceBroken when the version cannot be read.
    """
    return answered(Wanted.of(locale(), reading, question, scope, options))


def aside(wanted: Wanted) -> Future[Answer]:
    """Return at once what will hold the answer, computed on another thread; `result()` raises as `ask` does."""
    if ANSWERS.known(wanted):
        there: Future[Answer] = Future()
        there.set_result(answered(wanted))
        return there
    return THREADS.submit(answered, wanted)


@dataclass(frozen=True)
class Wanted:
    """All that an answer depends on."""

    reading: session.Reading
    question: str
    scope: Scope
    options: tuple[tuple[str, str], ...]
    reader: str

    @classmethod
    def of(
        cls, reader: str, reading: session.Reading, question: str, scope: Scope, options: Mapping[str, str]
    ) -> Wanted:
        """Return what is asked by a reader of this language; an option that is left as it is need not be said."""
        choices = catalogue.questions()[question].options
        said = ((name, value) for name, value in options.items() if value not in choices.get(name, ())[:1])
        return cls(reading, question, scope, tuple(sorted(said)), reader)


def answered(wanted: Wanted) -> Answer:
    """Return the answer, from the cache where it is there."""
    return ANSWERS.get(wanted, lambda: _computed(wanted))


def _computed(wanted: Wanted) -> Answer:
    before = READER.set(wanted.reader)
    try:
        reading = wanted.reading
        answer = catalogue.ask(reading.warehouse, wanted.question, wanted.scope, dict(wanted.options), reading.audits)
        chart_data.prepare(answer, wanted.reader)
        return answer
    finally:
        READER.reset(before)


@lru_cache(maxsize=16)
def first_grain(reading: session.Reading) -> tuple[str, int]:
    """Return by what the cohorts of a version are looked at first, and how many accounts the median month has."""
    return readable(reading.warehouse("first_paying_days")["first_day"].to_pylist())


@lru_cache(maxsize=16)
def dimensions(reading: session.Reading) -> dict[str, tuple[str, ...]]:
    """Return the dimensions of a version's accounts with their values, most accounts first."""
    return reading.warehouse.dimensions()
