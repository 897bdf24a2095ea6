"""The deck of one customer: theirs alone, and nothing that the company thinks of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cs_dash.pipeline import Workspace
from cs_dash.review.asking import Ask
from cs_dash.review.contents import Quarter, account_deck
from cs_dash.review.deck import Deck
from cs_dash.sharing import Limits, copies
from tests.review.reviewed import account_names, ask_in, names_in, numbers_in, strings_of, unexplained

Q3 = Quarter(2026, 3)
ACCOUNT, NAME = "ACC-1288", "Weidenhausen Solar AG"
SLIDES = (
    "title", "summary", "value", "use", "tickets", "ticket-topics", "answers", "response-times", "roadmap", "goals",
    "renewal", "definitions",
)  # fmt: skip


@pytest.fixture(scope="module")
def own_ask(demo: Workspace) -> Iterator[Ask]:
    """What asks a copy that holds the account alone."""
    with copies.temporary_copy(demo, Limits((("account_id", (ACCOUNT,)),))) as copy:
        yield ask_in(copy)


@pytest.fixture(scope="module")
def deck(demo: Workspace, own_ask: Ask) -> Deck:
    return account_deck(own_ask, ACCOUNT, Q3, numbers=numbers_in(demo))


def test_it_has_value_use_tickets_answers_roadmap_goals_and_renewal(deck: Deck) -> None:
    assert deck.title == f"Account review: {NAME}"
    assert tuple(slide.name for slide in deck.slides) == SLIDES


def test_every_number_is_one_of_the_answers_that_the_slide_names(deck: Deck, own_ask: Ask) -> None:
    assert unexplained(deck, own_ask) == []


def test_its_figures_are_those_of_the_whole_workspace(demo: Workspace, deck: Deck) -> None:
    whole = ask_in(demo)("account.summary", Q3.scope(numbers_in(demo).as_of), {"account": ACCOUNT})
    figures = next(slide for slide in deck.slides if slide.name == "summary").figures
    assert [figure.name for figure in figures] == ["wau", "tickets_90d", "nps", "mrr"]
    assert [figure.value for figure in figures] == [whole.figure(figure.name).value for figure in figures]


def test_no_other_customer_is_in_it(demo: Workspace, deck: Deck) -> None:
    names = account_names(demo)
    others = [text for account, name in names.items() if account != ACCOUNT for text in (account, name)]
    assert names_in(deck, [NAME]) == [NAME]
    assert names_in(deck, others) == []


def test_what_the_company_thinks_of_the_customer_is_not_in_it(demo: Workspace, deck: Deck) -> None:
    notes = ask_in(demo)("account.summary", Q3.scope(None), {"account": ACCOUNT}).rows.to_pylist()
    texts = [row["what"] for row in notes if row["event"] == "note"]
    assert texts
    assert names_in(deck, texts) == []
    words = " ".join(strings_of([(slide.title, slide.subtitle, slide.lines, slide.figures) for slide in deck.slides]))
    assert "score" not in words.replace("NPS score", "").casefold()
    assert "health_scores" not in {slide.definition.name for slide in deck.slides if slide.definition}


def test_with_hidden_names_neither_is_theirs(demo: Workspace) -> None:
    with copies.temporary_copy(demo, Limits((("account_id", (ACCOUNT,)),), hide_names=True)) as copy:
        (account_id,) = account_names(copy)
        deck = account_deck(ask_in(copy), account_id, Q3, numbers=numbers_in(demo))
    names = account_names(demo)
    assert len(deck.slides) == len(SLIDES)
    assert names_in(deck, [*names, *names.values()]) == []


def test_an_account_with_nothing_but_a_contract_has_a_deck(demo: Workspace) -> None:
    last = sorted(account_names(demo))[-1]
    with copies.temporary_copy(demo, Limits((("account_id", (last,)),))) as copy:
        ask = ask_in(copy)
        deck = account_deck(ask, last, Q3, numbers=numbers_in(demo))
        assert unexplained(deck, ask) == []
