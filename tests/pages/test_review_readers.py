"""Who sees what of a review: roles, limits, hidden names and amounts, and reviews of single accounts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cs_dash.decisions.reviews import slides
from cs_dash.sharing import LOCAL, Limits, Reader, Right
from cs_dash.sharing.people import RIGHTS
from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import reader as reader_state
from cs_dash.ui.state import session
from cs_dash.ui.state.review_decks import account_review, review_deck_for
from tests.pages.conftest import Open, words
from tests.pages.test_review import QUARTER, folder
from tests.workspaces import opened

__all__ = ["folder"]

PM = Reader("person", "pia@example.com", "Pia", RIGHTS["pm"])
OWN_BOOK = Reader("person", "cy@example.com", "Cy", RIGHTS["csm"], Limits((("segment", ("SMB",)),), hide_names=True))


@pytest.fixture
def read_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Reader], None]:
    """Let every page be read by somebody."""
    return lambda reader: monkeypatch.setattr(reader_state, "reader_of_visit", lambda *_, **__: reader)


@pytest.mark.parametrize("reader", [PM, OWN_BOOK], ids=["product manager", "own book"])
def test_who_may_not_prepare_reviews_reads_them(
    reader: Reader, folder: Path, open_page: Open, read_by: Callable[[Reader], None]
) -> None:
    slides.retitle(Workspace(folder), QUARTER, "retention", "We keep more", slides.SlideNumbers())
    read_by(reader)
    app = open_page(folder, "review", slide="retention")
    page_text = words(app)
    assert not app.exception
    assert "<h2>We keep more</h2>" in page_text
    labels = {button.label for button in app.button}
    assert not labels & {"Save title", "Add remark", "Move up", "Hide slide", "Close review", "Start review"}
    assert "Start review" not in {button.label for button in open_page(folder, "review", tab="all").button}
    decisions = open_page(folder, "review", tab="decisions", item="R-8")
    assert ("Save decision" in {button.label for button in decisions.button}) == reader.may(Right.DECIDE)
    assert "pin=" not in words(open_page(folder, "churn"))
    pinned = open_page(folder, "churn", pin="reasons:")
    assert "Add to review" not in words(pinned)


def test_a_reader_with_limits_sees_the_slides_of_the_own_accounts(
    folder: Path, open_page: Open, read_by: Callable[[Reader], None]
) -> None:
    whole = words(open_page(folder, "review", slide="at-risk"))
    names = [row["account"] for row in opened(Workspace(folder)).query("from accounts").to_pylist()]
    assert any(name in whole for name in names)
    read_by(OWN_BOOK)
    page_text = words(open_page(folder, "review", slide="at-risk"))
    assert "cs-outline" in page_text
    assert not [name for name in names if name in page_text]


def test_an_account_review_has_nothing_of_other_accounts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(session.FOLDER, str(folder))
    shown = review_deck_for(QUARTER, LOCAL, "en")
    rows = opened(Workspace(folder)).query("from accounts order by mrr desc, account_id").to_pylist()
    own, others = rows[0], [row["account"] for row in rows[1:]]
    text = repr(account_review(shown, own["account_id"], LOCAL, "en", Limits()))
    assert own["account"] in text
    assert not [name for name in others if name in text]
    hidden = repr(account_review(shown, own["account_id"], LOCAL, "en", Limits(hide_names=True, hide_money=True)))
    assert not [row["account"] for row in rows if row["account"] in hidden]


def test_the_deck_without_names_and_amounts_has_none_of_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(session.FOLDER, str(folder))
    workspace = Workspace(folder)
    names = [row["account"] for row in opened(workspace).query("from accounts").to_pylist()]
    slides.remark(workspace, QUARTER, "churn", f"Ask {names[0]}", slides.SlideNumbers(f"{names[1]} moved most"))
    whole = repr(review_deck_for(QUARTER, LOCAL, "en").deck)
    assert names[0] in whole
    hidden = repr(review_deck_for(QUARTER, LOCAL, "en", hide_names=True, hide_money=True).deck)
    assert not [name for name in names if name in hidden]
    assert "€" not in hidden
