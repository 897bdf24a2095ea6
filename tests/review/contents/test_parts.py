"""Titles from headlines: the first sentence that is about something, short enough for a slide."""

from __future__ import annotations

import pytest

from cs_dash.review.contents.parts import LONGEST_TITLE, sentences, short_name, title_of


@pytest.mark.parametrize(
    ("headline", "first"),
    [
        ("NRR is **103.2 %**, 0.4 points lower. GRR is **91.4 %**.", "NRR is 103.2 %, 0.4 points lower"),
        ("2 accounts are red with €6,032 MRR. The share is 5 %.", "2 accounts are red with €6,032 MRR"),
        ("Acme S.A. Groupe moved MRR most. It is new.", "Acme S.A. Groupe moved MRR most"),
        ("Acme GmbH & Co. KG moved MRR most. It is new.", "Acme GmbH & Co. KG moved MRR most"),
        ("Keldale Co., Ltd. is red.", "Keldale Co., Ltd. is red."),
        ("“How-to at most 33 %” is at risk: 36 % now.", "“How-to at most 33 %” is at risk: 36 % now."),
    ],
)
def test_a_headline_is_split_into_its_sentences(headline: str, first: str) -> None:
    assert sentences(headline)[0] == first


def test_the_first_candidate_that_fits_is_the_title() -> None:
    long = "word " * 30
    assert title_of(long, "Short enough.") == "Short enough"
    assert title_of("0 accounts are red. NRR is 101 %.") == "NRR is 101 %"
    assert title_of("0 accounts are red.") == "0 accounts are red"


def test_what_is_too_long_is_cut_at_a_clause_or_a_word() -> None:
    clause = "2 of 3 accounts that churned had tickets about reports in the months before, and some more words follow"
    assert title_of(clause) == "2 of 3 accounts that churned had tickets about reports in the months before"
    cut = title_of("word " * 30)
    assert cut.endswith("word …")
    assert len(cut) <= LONGEST_TITLE


def test_a_long_name_is_cut() -> None:
    assert short_name("Acme") == "Acme"
    assert short_name("A" * 60) == "A" * 39 + "…"
