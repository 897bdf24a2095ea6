"""A click that the browser tells of twice counts once."""

from __future__ import annotations

from cs_dash.ui.jobs.run_once import run_once


def test_it_works_once_with_what_it_was_given() -> None:
    calls: list[tuple[int, str]] = []
    click = run_once(lambda *args: calls.append(args), 7, "how-to")
    click()
    click()
    assert calls == [(7, "how-to")]


def test_what_fails_is_not_done_again_by_the_same_click() -> None:
    tried: list[str] = []

    def fail() -> None:
        tried.append("once")
        raise ValueError

    click = run_once(fail)
    for _ in range(2):
        try:
            click()
        except ValueError:
            tried.append("told")
    assert tried == ["once", "told"]
