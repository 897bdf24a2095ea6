"""The deck of a quarterly review: its sections, and where its numbers come from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cs_dash.pipeline import Workspace
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.contents.parts import LONGEST_TITLE, MOST_LINES
from cs_dash.review.deck import Deck
from tests.review.reviewed import Q3, ask_in, numbers_in, unexplained
from tests.workspaces import copied

NAMES = (
    "title", "headlines", "health", "health-moves", "at-risk", "movers", "retention", "retention-quarters", "bridge",
    "cohorts", "churn", "churn-product", "renewals", "renewals-next", "howto", "howto-cost", "topics", "content-gaps",
    "roadmap", "shipped", "item-R-4", "item-R-2", "item-R-3", "item-R-1", "decisions", "goals", "decide-R-8",
    "decide-R-9", "changes", "data-quality", "not-in-the-data", "definitions",
)  # fmt: skip
ACCOUNTS = "account_id,account,segment,signup_date\n" + "".join(
    f"A-{number},Company {number},SMB,2025-0{number}-01\n" for number in range(1, 6)
)
LINES = "subscription_id,account_id,start_date,end_date,mrr\n" + "".join(
    f"S-{number},A-{number},2025-0{number}-01,{'2026-08-31' if number == 5 else ''},{100 * number}\n"
    for number in range(1, 6)
)
TICKETS = "ticket_id,account_id,created_at,subject,type\n" + "".join(
    f"T-{number},A-{number % 5 + 1},2026-0{number % 9 + 1}-15,How do I export {number}?,Question\n"
    for number in range(40)
)


def of_files(folder: Path, **files: str) -> tuple[Workspace, Deck]:
    workspace = copied(folder, {f"{name}.csv": text for name, text in files.items()}, derived="kinds and topics")
    return workspace, review_deck(ask_in(workspace), Q3, numbers=numbers_in(workspace))


def test_the_demo_company_has_every_section(demo_deck: Deck) -> None:
    assert tuple(slide.name for slide in demo_deck.slides) == NAMES
    assert demo_deck.title == "Roadmap review Q3 2026"
    assert demo_deck.as_of == dt.date(2026, 9, 30)
    assert demo_deck.scope_text == "Jul 2026 to Sep 2026, all accounts"


def test_every_number_is_one_of_the_answers_that_the_slide_names(demo: Workspace, demo_deck: Deck) -> None:
    assert unexplained(demo_deck, ask_in(demo)) == []


def test_titles_are_short_sentences_and_slides_are_not_crowded(demo_deck: Deck) -> None:
    for slide in demo_deck.slides:
        assert 10 < len(slide.title) <= LONGEST_TITLE, slide.title
        assert "**" not in slide.title
        assert not slide.title.endswith((".", ",", ":"))
        assert len(slide.lines) <= MOST_LINES
        assert slide.chart is None or slide.table is None


def test_a_decision_is_asked_for_each_open_item(demo_deck: Deck) -> None:
    asked_for = {slide.name: slide.item for slide in demo_deck.slides if slide.form == "decision"}
    assert asked_for == {"decide-R-8": "R-8", "decide-R-9": "R-9"}


def test_what_is_missing_stands_in_the_appendix_and_gives_no_slide(tmp_path: Path) -> None:
    workspace, deck = of_files(tmp_path, accounts=ACCOUNTS, subscriptions=LINES)
    names = {slide.name for slide in deck.slides}
    assert {"retention", "bridge"} <= names
    assert not names & {"howto", "topics", "churn-product", "roadmap", "goals"}
    missing = next(slide for slide in deck.slides if slide.name == "not-in-the-data")
    assert missing.table is not None
    assert {"part": "How-to share", "reason": "Load support tickets."} in missing.table.rows.to_pylist()
    assert unexplained(deck, ask_in(workspace)) == []


def test_tickets_alone_make_a_deck(tmp_path: Path) -> None:
    workspace, deck = of_files(tmp_path, tickets=TICKETS)
    names = {slide.name for slide in deck.slides}
    assert "howto" in names
    assert not names & {"retention", "bridge", "cohorts", "renewals"}
    assert unexplained(deck, ask_in(workspace)) == []


def test_no_slide_is_an_empty_drawing(tmp_path: Path, demo_deck: Deck) -> None:
    _, small = of_files(tmp_path, accounts=ACCOUNTS, subscriptions=LINES, tickets=TICKETS)
    for slide in (*demo_deck.slides, *small.slides):
        assert slide.chart or slide.table or slide.lines, slide.name
        assert slide.chart is None or slide.chart.rows.num_rows
        assert slide.table is None or (slide.table.rows.num_rows and slide.table.columns)


def test_a_deck_of_some_accounts_names_the_filter(demo: Workspace) -> None:
    filters = (("segment", ("Enterprise",)),)
    deck = review_deck(ask_in(demo), Q3, numbers=numbers_in(demo), filters=filters)
    assert deck.scope_text == "Jul 2026 to Sep 2026, Segment: Enterprise"
    assert all(source.scope.filters == filters for slide in deck.slides for source in slide.sources)


def test_a_quarter_in_progress_says_until_when_its_figures_are(tmp_path: Path) -> None:
    _, deck = of_files(tmp_path, tickets=TICKETS)
    assert deck.slides[0].lines[1:] == ("Q3 2026 is in progress: figures up to 15 Sep 2026",)


def test_a_quarter_before_any_decision_shows_none(demo: Workspace) -> None:
    deck = review_deck(ask_in(demo), Quarter(2024, 1), numbers=numbers_in(demo))
    names = {slide.name for slide in deck.slides}
    assert "bridge" in names
    assert not names & {"decisions", "shipped"}
    assert not any(slide.title.startswith("0 ") for slide in deck.slides if slide.name == "headlines")
