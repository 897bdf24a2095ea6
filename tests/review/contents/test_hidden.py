"""Hidden names and amounts: the deck is asked of a copy that has none."""

from __future__ import annotations

import pytest

from cs_dash.pipeline import Workspace
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.deck import Deck
from cs_dash.sharing import Limits, copies
from cs_dash.units import INDEX
from tests.review.reviewed import account_names, ask_in, names_in, numbers_in, strings_of

Q3 = Quarter(2026, 3)


def test_no_name_of_a_customer_is_in_a_deck_with_hidden_names(demo: Workspace, demo_deck: Deck) -> None:
    names = account_names(demo)
    assert len(names) == 400
    with copies.temporary_copy(demo, Limits(hide_names=True)) as copy:
        deck = review_deck(ask_in(copy), Q3, numbers=numbers_in(demo))
    assert names_in(demo_deck, names.values())
    assert names_in(deck, [*names, *names.values()]) == []
    assert [slide.name for slide in deck.slides] == [slide.name for slide in demo_deck.slides]


def test_no_amount_is_in_a_deck_with_hidden_money(demo: Workspace, demo_deck: Deck) -> None:
    with copies.temporary_copy(demo, Limits(hide_money=True)) as copy:
        deck = review_deck(ask_in(copy), Q3, numbers=numbers_in(demo))
    assert "€" in " ".join(strings_of(demo_deck))
    assert "€" not in " ".join(strings_of(deck))
    assert {slide.currency for slide in deck.slides if slide.currency} == {INDEX}
    assert shares_of(deck) == pytest.approx(shares_of(demo_deck), rel=1e-6)


def shares_of(deck: Deck) -> list[float | None]:
    return [figure.value for slide in deck.slides for figure in slide.figures if figure.unit == "share"]
