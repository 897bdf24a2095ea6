"""What is likely to be asked next is answered ahead, and never in anybody's way."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_dash import page_registry as registry
from cs_dash.decisions import NOTHING_DECIDED
from cs_dash.scope import Scope
from cs_dash.ui.jobs import prefetch
from cs_dash.ui.jobs.prefetch import PrefetchWorker
from cs_dash.ui.pages.data import demo
from cs_dash.ui.state import answers, session
from cs_dash.ui.state.adjacent_scopes import adjacent_scopes
from cs_dash.ui.state.answers import AnswerKey
from tests.pages.conftest import Open, open_page, started_app
from tests.pages.conftest import demo as demo_company

__all__ = ["demo_company", "open_page", "started_app"]
KNOWN = {"plan": ("Pro",), "tier": ("A", "B"), "segment": ("SMB", "Enterprise")}


def test_every_click_of_the_bar_is_one_scope_and_the_usual_come_first() -> None:
    scope = Scope(period="6m", filters=(("segment", ("SMB",)),))
    scopes = list(adjacent_scopes(scope, KNOWN))
    assert [scope.period for scope in scopes[:4]] == ["12m", "quarter", "3m", "all"]
    assert scopes[4] == Scope()
    assert Scope(period="6m") in scopes
    assert scope.with_filter("tier", ("B",)) in scopes
    assert scopes.index(scope.with_filter("plan", ("Pro",))) < scopes.index(scope.with_filter("tier", ("A",)))
    assert scope not in scopes


def answer_key(question: str) -> AnswerKey:
    return AnswerKey(
        session.Snapshot(session.VersionFile(Path(question), ()), NOTHING_DECIDED), question, Scope(), (), "en"
    )


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(prefetch, "cached_answer", lambda key: done.append(key.question))
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
        worker.request([answer_key("a"), answer_key("b")])
        time.sleep(3 * prefetch.QUIET)
        assert not computed
    assert until(lambda: computed == ["a", "b"])
    worker.request([answer_key("c")])
    assert until(lambda: computed == ["a", "b", "c"])


def test_a_question_that_takes_long_is_asked_once(monkeypatch: pytest.MonkeyPatch, computed: list[str]) -> None:
    monkeypatch.setattr(prefetch, "SLOW", -1.0)
    worker = PrefetchWorker(started=True)
    worker.request([answer_key("slow"), answer_key("slow"), answer_key("other")])
    for _ in range(4):
        worker.compute_next()
    assert computed == ["slow", "other"]
    assert not worker.wake_up.is_set()


def test_what_fails_ahead_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[str] = []

    def fails(key: AnswerKey) -> None:
        questions.append(key.question)
        raise RuntimeError("no")

    monkeypatch.setattr(prefetch, "cached_answer", fails)
    worker = PrefetchWorker()
    worker.start()
    worker.request([answer_key("a"), answer_key("b")])
    assert until(lambda: questions == ["a", "b"])


def test_without_a_server_nothing_is_expected(computed: list[str]) -> None:
    worker = PrefetchWorker()
    worker.request([answer_key("a")])
    assert not worker.queue


def test_the_warm_up_asks_what_the_pages_ask(
    monkeypatch: pytest.MonkeyPatch, demo_company: Path, open_page: Open
) -> None:
    missed: list[str] = []
    questions: set[str] = set()

    def note(key: AnswerKey) -> AnswerKey:
        questions.add(key.question)
        first = demo.warm_up_options(key.snapshot).get(key.question)
        expected = key_of("en", key.snapshot, key.question, key.scope, first or {}).options
        if first is None or expected != key.options:
            missed.append(key.question)
        return key

    key_of = AnswerKey.of
    monkeypatch.setattr(answers.AnswerKey, "of", lambda *arguments: note(key_of(*arguments)))
    for page in registry.pages():
        if page.warm_up and page.questions:
            open_page(demo_company, page.name)
    assert not missed
    assert questions == set(registry.warm_up_questions())
