"""What is likely to be asked next is answered ahead, and never in anybody's way."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_dash.decisions import NOTHING_DECIDED
from cs_dash.scope import Scope
from cs_dash.ui import registry
from cs_dash.ui.jobs import prefetch
from cs_dash.ui.jobs.prefetch import PrefetchWorker
from cs_dash.ui.pages.data import demo
from cs_dash.ui.state import answers, session
from cs_dash.ui.state.adjacent_scopes import adjacent_scopes
from cs_dash.ui.state.answers import AnswerKey
from tests.pages.conftest import Open, open_page
from tests.pages.conftest import demo as demo_company

__all__ = ["demo_company", "open_page"]
KNOWN = {"plan": ("Pro",), "tier": ("A", "B"), "segment": ("SMB", "Enterprise")}


def test_every_click_of_the_bar_is_one_scope_and_the_usual_come_first() -> None:
    scope = Scope(period="6m", filters=(("segment", ("SMB",)),))
    found = list(adjacent_scopes(scope, KNOWN))
    assert [each.period for each in found[:4]] == ["12m", "quarter", "3m", "all"]
    assert found[4] == Scope()
    assert Scope(period="6m") in found
    assert scope.with_filter("tier", ("B",)) in found
    assert found.index(scope.with_filter("plan", ("Pro",))) < found.index(scope.with_filter("tier", ("A",)))
    assert scope not in found


def wanted(question: str) -> AnswerKey:
    return AnswerKey(
        session.Snapshot(session.VersionFile(Path(question), ()), NOTHING_DECIDED), question, Scope(), (), "en"
    )


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(prefetch, "cached_answer", lambda wanted: done.append(wanted.question))
    return done


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def test_nothing_is_computed_while_a_page_runs(computed: list[str]) -> None:
    worker = PrefetchWorker()
    worker.start()
    with worker.page():
        worker.request([wanted("a"), wanted("b")])
        time.sleep(3 * prefetch.QUIET)
        assert not computed
    assert until(lambda: computed == ["a", "b"])
    worker.request([wanted("c")])
    assert until(lambda: computed == ["a", "b", "c"])


def test_a_question_that_takes_long_is_asked_once(monkeypatch: pytest.MonkeyPatch, computed: list[str]) -> None:
    monkeypatch.setattr(prefetch, "SLOW", -1.0)
    worker = PrefetchWorker(started=True)
    worker.request([wanted("slow"), wanted("slow"), wanted("other")])
    for _ in range(4):
        worker.compute_next()
    assert computed == ["slow", "other"]
    assert not worker.wake_up.is_set()


def test_what_fails_ahead_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fails(wanted: AnswerKey) -> None:
        asked.append(wanted.question)
        raise RuntimeError("no")

    monkeypatch.setattr(prefetch, "cached_answer", fails)
    worker = PrefetchWorker()
    worker.start()
    worker.request([wanted("a"), wanted("b")])
    assert until(lambda: asked == ["a", "b"])


def test_without_a_server_nothing_is_expected(computed: list[str]) -> None:
    worker = PrefetchWorker()
    worker.request([wanted("a")])
    assert not worker.queue


def test_the_warm_up_asks_what_the_pages_ask(
    monkeypatch: pytest.MonkeyPatch, demo_company: Path, open_page: Open
) -> None:
    missed: list[str] = []
    asked: set[str] = set()

    def note(wanted: AnswerKey) -> AnswerKey:
        asked.add(wanted.question)
        first = demo.warm_up_options(wanted.snapshot).get(wanted.question)
        expected = given("en", wanted.snapshot, wanted.question, wanted.scope, first or {}).options
        if first is None or expected != wanted.options:
            missed.append(wanted.question)
        return wanted

    given = AnswerKey.of
    monkeypatch.setattr(answers.AnswerKey, "of", lambda *arguments: note(given(*arguments)))
    for page in registry.pages():
        if page.warm_up and page.questions:
            open_page(demo_company, page.name)
    assert not missed
    assert asked == set(registry.warm_up_questions())
