from __future__ import annotations

from cs_dash.look.open_links import without_closed_pages

OPENED = frozenset({"overview", "review"})


def test_links_to_closed_pages_become_words() -> None:
    body = '<a class="x" href="./churn?period=6m">Churn</a> <a href="./">Overview</a> <a href="./review?a=b">Review</a>'
    shown = without_closed_pages(body, OPENED)
    assert '<span class="x">Churn</span>' in shown
    assert 'href="./"' in shown
    assert 'href="./review?a=b"' in shown
    assert without_closed_pages(body, None) == body


def test_an_earlier_address_of_a_closed_page_is_closed() -> None:
    assert "href" not in without_closed_pages('<a href="./health">Health</a>', OPENED)


def test_what_is_no_page_stays_a_link() -> None:
    body = '<a href="./present?review=2026Q3">Present</a>'
    assert without_closed_pages(body, OPENED) == body
