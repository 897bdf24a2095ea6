from __future__ import annotations

import pytest

from cs_dash.decisions.choices.churn_taxonomy import (
    STANDARD,
    TAXONOMY,
    UNKNOWN,
)
from cs_dash.demo.company import SEED, simulate


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("pricing", "Price or value"),
        ("Too expensive", "Price or value"),
        ("BUDGET_CUT", "Price or value"),
        ("Competitor had a better price", "Competitor"),
        ("Missing features", "Product gap"),
        ("Attitude of support person", "Service and support"),
        ("Company acquired", "Closed or acquired"),
        ("Champion left the company", "Champion left"),
        ("Credit card declined", "Payment failed"),
        ("Low adoption", "Adoption"),
        ("Implementation took too long", "Onboarding"),
        ("Sales promised something else", "Expectation mismatch"),
        ("Zu teuer", "Price or value"),
        ("Geschäftsaufgabe", "Closed or acquired"),
        ("Wechsel zum Wettbewerb", "Competitor"),
        ("Слишком дорого", "Price or value"),
        ("ушли к конкуренту", "Competitor"),
        ("Не хватает функций", "Product gap"),
        ("Précio demasiado alto", "Price or value"),
        ("Quiebra", "Closed or acquired"),
        ("因为价格太贵", "Price or value"),
        ("缺少功能", "Product gap"),
        ("unknown", UNKNOWN),
        ("", UNKNOWN),
        ("42", UNKNOWN),
    ],
)
def test_a_recorded_reason_finds_its_kind(text: str, kind: str) -> None:
    assert STANDARD.kind_of(text) == kind


@pytest.mark.parametrize("text", ["debugging", "reprice", "misbudgeted", "undercharged", "heroic"])
def test_a_word_is_found_at_its_beginning_only(text: str) -> None:
    assert STANDARD.kind_of(text) == UNKNOWN


def test_the_recorded_text_is_the_key_unchanged() -> None:
    assert STANDARD.kinds_of([" Too EXPENSIVE ", "n/a"]) == {" Too EXPENSIVE ": "Price or value", "n/a": UNKNOWN}


@pytest.mark.parametrize(
    ("kind", "comment", "contradicting"),
    [
        ("Price or value", "switched to competitor", "Competitor"),
        ("Price or value", "We are missing an export to our ledger.", "Product gap"),
        ("Champion left", "Zu teuer", "Price or value"),
        ("Price or value", "too expensive", None),
        ("Product gap", "Too expensive, and the integration is missing.", None),
        ("Price or value", "We wish you all the best.", None),
        ("Price or value", "", None),
        ("Price or value", None, None),
        (UNKNOWN, "too expensive", None),
        ("A category of our own", "too expensive", None),
    ],
)
def test_a_comment_contradicts_only_what_is_known(kind: str, comment: str | None, contradicting: str | None) -> None:
    assert STANDARD.contradiction(kind, comment) == contradicting


def test_the_demo_companys_contradicted_comments_are_found_and_no_others() -> None:
    log = simulate(SEED).churn.departures
    contradicted = {row for row in log if STANDARD.contradiction(STANDARD.kind_of(row.reason), row.comment)}
    true = {row for row in log if row.contradicted}
    assert contradicted <= true
    assert {row for row in true - contradicted if STANDARD.kinds_in(row.comment)} == set()
    assert len(contradicted) >= 3


def test_every_kind_is_named_once_and_says_whether_it_is_controllable() -> None:
    names = [kind.name for kind in TAXONOMY]
    assert len(set(names)) == len(names) == len(STANDARD.controllable)
    assert UNKNOWN not in names
    assert {name for name, controllable in STANDARD.controllable.items() if not controllable} == {
        "Payment failed", "Closed or acquired", "Champion left",
    }  # fmt: skip
