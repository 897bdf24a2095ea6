"""What stands at a figure: its change against what, and what is needed to trust it."""

import pytest

from cs_dash.answer import Better
from cs_dash.review.figure_text import figure_change, figure_facts
from tests.review.decks import figure

T = "\u202f"


@pytest.mark.parametrize(
    ("better", "value", "text", "news"),
    [
        ("up", 0.9, "↑ 10 points vs June", "good"),
        ("up", 0.7, "↓ 10 points vs June", "bad"),
        ("down", 0.9, "↑ 10 points vs June", "bad"),
        ("down", 0.7, "↓ 10 points vs June", "good"),
        ("neither", 0.7, "↓ 10 points vs June", "even"),
        ("up", 0.8, "unchanged vs June", "even"),
    ],
)
def test_a_change_has_an_arrow_and_is_news_by_what_is_better(
    better: Better, value: float, text: str, news: str
) -> None:
    change = figure_change(figure(value=value, previous=0.8, better=better, previous_label="June"))
    assert change is not None
    assert (change.text, change.news) == (text, news)


def test_without_a_value_or_a_previous_one_there_is_no_change() -> None:
    assert figure_change(figure(value=None)) is None
    assert figure_change(figure(previous=None)) is None


def test_the_facts_are_interval_base_caveat_and_benchmark() -> None:
    facts = figure_facts(figure(n_label="accounts compared", caveat="in progress", benchmark="peers: 100 %"))
    assert facts == (f"95 % CI 95–111{T}%", "204 accounts compared", "in progress", "peers: 100 %")


def test_the_base_agrees_with_its_noun_and_is_said_once() -> None:
    bare = {"low": None, "high": None}
    assert figure_facts(figure(n=1, n_label="renewals", **bare)) == ("1 renewal",)
    assert figure_facts(figure(n=7, caveat="few accounts (n = 7)", **bare)) == ("few accounts (n = 7)",)
    assert figure_facts(figure(n=0, value=None, **bare)) == ()
