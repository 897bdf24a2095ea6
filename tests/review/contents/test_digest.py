"""The digest: the changes of a week and the early warnings, as a deck and as text for mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from cs_dash.errors import NoData
from cs_dash.pipeline import Workspace
from cs_dash.review.contents.digest import digest_deck
from cs_dash.review.deck import Deck
from cs_dash.review.mail import MOST_ROWS, mail_html, markdown
from tests.review.reviewed import ask_in, numbers_in, unexplained
from tests.workspaces import copied

HOSTILE = "<b>**Ann & `Bob`** | [x](y)"


@pytest.fixture(scope="module")
def digest(demo: Workspace) -> Deck:
    return digest_deck(ask_in(demo), 7, numbers=numbers_in(demo))


def test_it_names_the_week_and_has_warnings_churn_renewals_and_support(digest: Deck) -> None:
    assert digest.title == "Customer digest: 24 Sep 2026 to 30 Sep 2026"
    assert [slide.name for slide in digest.slides] == [
        "figures", "early-warnings", "quiet", "churn", "renewals", "support", "load",
    ]  # fmt: skip


def test_every_number_is_one_of_the_answers_that_it_names(demo: Workspace, digest: Deck) -> None:
    a_month_ahead = "due up to 30 Oct 2026"
    assert [text for text in unexplained(digest, ask_in(demo)) if a_month_ahead not in text] == []


def test_as_markdown_it_has_a_heading_for_each_finding_and_the_first_rows(digest: Deck) -> None:
    lines = markdown(digest).splitlines()
    assert lines[0] == "# Customer digest: 24 Sep 2026 to 30 Sep 2026"
    assert [line for line in lines if line.startswith("## ")] == [f"## {slide.title}" for slide in digest.slides]
    warnings = next(slide for slide in digest.slides if slide.name == "early-warnings")
    assert warnings.table is not None
    assert f"and {warnings.table.rows.num_rows - MOST_ROWS} more rows" in lines
    assert any(line.startswith(f"| {warnings.table.rows['account'][0].as_py()} |") for line in lines)


def test_as_html_it_has_the_same_and_loads_nothing(digest: Deck) -> None:
    page = mail_html(digest)
    assert page.count("<h2") == len(digest.slides)
    assert not any(tag in page for tag in ("<script", "<img", "<link", "src="))


def test_names_and_words_are_data_not_markup(digest: Deck) -> None:
    hostile = replace(digest, slides=(replace(digest.slides[0], title=HOSTILE, lines=("**4** of _x_",)),))
    assert "## \\<b\\>\\*\\*Ann & \\`Bob\\`\\*\\* \\| \\[x\\](y)" in markdown(hostile)
    assert "- **4** of \\_x\\_" in markdown(hostile)
    assert "<b>**Ann" not in mail_html(hostile)
    assert "&lt;b&gt;**Ann &amp; `Bob`**" in mail_html(hostile)


def test_a_company_with_tickets_alone_has_a_digest(tmp_path: Path) -> None:
    tickets = "ticket_id,account_id,created_at,subject\n" + "".join(
        f"T-{number},A-{number % 3},2026-09-{number % 28 + 1:02},How do I export?\n" for number in range(60)
    )
    workspace = copied(tmp_path, {"tickets.csv": tickets}, derived="kinds and topics")
    deck = digest_deck(ask_in(workspace), 7, numbers=numbers_in(workspace))
    assert {"support", "load"} <= {slide.name for slide in deck.slides}


def test_without_dates_there_is_no_digest(demo: Workspace) -> None:
    with pytest.raises(NoData):
        digest_deck(ask_in(demo), 7, numbers=replace(numbers_in(demo), as_of=None))


def test_it_looks_back_as_many_days_as_asked(demo: Workspace) -> None:
    deck = digest_deck(ask_in(demo), 28, numbers=numbers_in(demo))
    assert {source.scope.start for slide in deck.slides for source in slide.sources} == {dt.date(2026, 9, 3)}
