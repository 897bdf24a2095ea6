"""Addresses that nobody meant: the page with a note, never a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import PAGES, Open, words

LONG = "x" * 100_000
BEYOND = {"period": "custom", "from": "0001-01-01", "to": "9999-12-31", "compare": "year"}


WITHOUT_SCOPE = ("upload", "definitions", "settings", "people", "links", "audit-trail", "review")
"""Pages that show nothing of a period."""


@pytest.mark.parametrize("page", [name for name in PAGES if name not in WITHOUT_SCOPE])
def test_a_period_beyond_the_calendar_is_moved_into_it(page: str, no_dimensions: Path, open_page: Open) -> None:
    page_text = words(open_page(no_dimensions, page, **BEYOND))
    assert "This is a fault in the program" not in page_text
    assert "from=0001-01-01 counts as 1900-01-01" in page_text


@pytest.mark.parametrize("page", ["overview", "tickets"])
@pytest.mark.parametrize(
    ("query", "noted"),
    [
        ({"as_of": "9999-12-31", "compare": "year"}, "as_of=9999-12-31 counts as 2199-12-31"),
        ({"period": "custom", "to": "0001-01-01"}, "to=0001-01-01 counts as 1900-01-01"),
        ({"period": "custom", "from": "2026-05-01", "to": "2026-04-01"}, "ignored: from=2026-05-01"),
        ({"period": LONG, "f.segment": LONG, "f." + LONG: "x", "as_of": LONG}, "ignored: period=xxx"),
        ({f"f.{n}": "x" for n in range(9)}, "ignored: 0 x, 1 x, 2 x, 3 x, 4 x, 5 x and 3 more."),
    ],
)
def test_what_makes_no_sense_is_noted(
    page: str, query: dict[str, str], noted: str, no_dimensions: Path, open_page: Open
) -> None:
    page_text = words(open_page(no_dimensions, page, **query))
    assert "This is a fault in the program" not in page_text
    assert noted in page_text
    assert len(page_text) < 100_000
