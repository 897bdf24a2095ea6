"""Reviews: started, renewed, closed, arranged by two people at once, and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cs_dash.decisions.reviews import records as reviews
from cs_dash.decisions.reviews import slides as review_slides
from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.decisions.reviews.slide_order import merged_order
from cs_dash.decisions.reviews.slides import FigureValue, Pin, SlideNumbers, arrangement
from cs_dash.errors import BadInput, Conflict, NotAllowed
from cs_dash.store.acting import Right, acting_as
from cs_dash.store.workspace import Workspace

QUARTER = "2026Q3"
LOADED = dt.datetime(2026, 10, 2, 8, tzinfo=dt.UTC)
FIRST = ReviewNumbers(1, LOADED, "review-2026Q3-a-frozen", dt.date(2026, 9, 30))
SECOND = replace(FIRST, version=2, copy="review-2026Q3-b-frozen")
SLIDES = ("title", "headlines", "retention", "churn", "asks")
SHOWN = SlideNumbers("NRR is 103.2 %", (FigureValue("nrr", "NRR", 1.032, "share"),))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one review, which Ann started."""
    workspace = Workspace(tmp_path)
    with acting_as("Ann"):
        reviews.create(workspace, QUARTER, (), FIRST)
    return workspace


def test_a_review_has_its_quarter_numbers_and_who_started_it(workspace: Workspace) -> None:
    review = reviews.review(workspace, QUARTER)
    assert (review.quarter, review.filters, review.started_by, review.is_open) == (QUARTER, (), "Ann", True)
    assert (review.numbers.version, review.numbers.copy, review.numbers.as_of) == (1, FIRST.copy, FIRST.as_of)
    assert (review.numbers.loaded_at, review.numbers.person) == (LOADED, "Ann")


def test_a_quarter_has_one_open_review_of_the_same_accounts(workspace: Workspace) -> None:
    with pytest.raises(Conflict, match="2026Q3 is open"):
        reviews.create(workspace, QUARTER, (), FIRST)
    small = (("segment", ("SMB",)),)
    assert reviews.create(workspace, QUARTER, small, FIRST) == "2026Q3-2"
    reviews.close(workspace, QUARTER)
    assert reviews.create(workspace, QUARTER, (), FIRST) == "2026Q3-3"
    assert [one.review_id for one in reviews.reviews(workspace)] == ["2026Q3", "2026Q3-2", "2026Q3-3"]


def test_the_open_review_is_that_of_the_newest_quarter(workspace: Workspace) -> None:
    reviews.create(workspace, "2026Q2", (), FIRST)
    assert getattr(reviews.open_review(workspace), "review_id", None) == QUARTER
    reviews.close(workspace, QUARTER)
    assert getattr(reviews.open_review(workspace), "review_id", None) == "2026Q2"
    reviews.close(workspace, "2026Q2")
    assert reviews.open_review(workspace) is None


@pytest.mark.parametrize("quarter", ["", "2026", "2026Q5", "Q3 2026", "../2026Q3"])
def test_what_is_no_quarter_is_refused(workspace: Workspace, quarter: str) -> None:
    with pytest.raises(BadInput, match="Could not start a review"):
        reviews.create(workspace, quarter, (), FIRST)


def test_renewing_keeps_what_was_written_and_both_copies(workspace: Workspace) -> None:
    review_slides.retitle(workspace, QUARTER, "retention", "We keep more", SHOWN)
    reviews.renew(workspace, QUARTER, SECOND)
    assert reviews.review(workspace, QUARTER).numbers.version == 2
    assert arrangement(workspace, QUARTER).titles["retention"].text == "We keep more"
    assert arrangement(workspace, QUARTER).titles["retention"].numbers == SHOWN
    assert reviews.copies_in_use(workspace) == {FIRST.copy, SECOND.copy}
    reviews.remove(workspace, QUARTER)
    assert reviews.copies_in_use(workspace) == frozenset()
    assert reviews.create(workspace, QUARTER, (), FIRST) == "2026Q3-2"


CHANGES: dict[str, Callable[[Workspace], object]] = {
    "renew": lambda w: reviews.renew(w, QUARTER, SECOND),
    "close": lambda w: reviews.close(w, QUARTER),
    "remove": lambda w: reviews.remove(w, QUARTER),
    "move": lambda w: review_slides.move(w, QUARTER, "asks", "title", SLIDES),
    "hide": lambda w: review_slides.hide(w, QUARTER, "churn"),
    "retitle": lambda w: review_slides.retitle(w, QUARTER, "churn", "Prices", SHOWN),
    "notes": lambda w: review_slides.take_notes(w, QUARTER, "churn", "Pause here"),
    "remark": lambda w: review_slides.remark(w, QUARTER, "churn", "Prices", SHOWN),
    "pin": lambda w: review_slides.pin(w, QUARTER, Pin("churn.reasons", chart="pareto")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_closed_review_does_not_change(workspace: Workspace, change: Callable[[Workspace], object]) -> None:
    review_slides.hide(workspace, QUARTER, "retention")
    with acting_as("Ann"):
        reviews.close(workspace, QUARTER)
    before = reviews.review(workspace, QUARTER), arrangement(workspace, QUARTER)
    with pytest.raises(NotAllowed, match="Ann closed it on"):
        change(workspace)
    assert (reviews.review(workspace, QUARTER), arrangement(workspace, QUARTER)) == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_decided_needs_the_right(workspace: Workspace, change: Callable[[Workspace], object]) -> None:
    before = arrangement(workspace, QUARTER)
    with acting_as("Pia", frozenset({Right.DECIDE, Right.VIEWS})), pytest.raises(NotAllowed, match="prepare reviews"):
        change(workspace)
    assert arrangement(workspace, QUARTER) == before


def test_an_unknown_review_is_named(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="2026Q4"):
        review_slides.hide(workspace, "2026Q4", "churn")


def test_two_people_move_slides_at_once_and_both_moves_hold(workspace: Workspace) -> None:
    review_slides.move(workspace, QUARTER, "churn", "headlines", SLIDES)
    review_slides.move(workspace, QUARTER, "asks", "retention", SLIDES)  # chosen before the first was seen
    assert arrangement(workspace, QUARTER).order == ("title", "churn", "headlines", "asks", "retention")
    review_slides.move(workspace, QUARTER, "title", "", SLIDES)
    assert arrangement(workspace, QUARTER).order == ("churn", "headlines", "asks", "retention", "title")


def test_slides_that_came_since_stand_behind_those_they_are_computed_behind() -> None:
    assert merged_order(["b", "a"], ["a", "new", "b"]) == ["b", "a", "new"]
    assert merged_order(["b"], ["first", "b"]) == ["first", "b"]


@pytest.mark.parametrize(("slide", "before"), [("nothing", "title"), ("title", "nothing")])
def test_only_slides_of_the_review_are_moved(workspace: Workspace, slide: str, before: str) -> None:
    with pytest.raises(BadInput, match="nothing is not in this review"):
        review_slides.move(workspace, QUARTER, slide, before, SLIDES)


def test_who_changes_the_same_title_meanwhile_is_told_by_whom(workspace: Workspace) -> None:
    with acting_as("Ann"):
        review_slides.retitle(workspace, QUARTER, "churn", "Prices drive churn", SHOWN)
    with acting_as("Ben"), pytest.raises(Conflict, match="Ann changed it"):
        review_slides.retitle(workspace, QUARTER, "churn", "Support drives churn", SHOWN)
    seen = arrangement(workspace, QUARTER).titles["churn"].seen
    with acting_as("Ben"):
        review_slides.retitle(workspace, QUARTER, "churn", "Support drives churn", SHOWN, seen=seen)
    with acting_as("Ann"), pytest.raises(Conflict, match="Ben changed it"):
        review_slides.retitle(workspace, QUARTER, "churn", "", SHOWN, seen=seen)
    assert arrangement(workspace, QUARTER).titles["churn"].text == "Support drives churn"


def test_different_parts_of_a_slide_do_not_disturb_each_other(workspace: Workspace) -> None:
    review_slides.retitle(workspace, QUARTER, "churn", "  Prices \n drive churn ", SHOWN)
    review_slides.take_notes(workspace, QUARTER, "churn", "Pause\nhere")
    review_slides.hide(workspace, QUARTER, "churn")
    with acting_as("Ben"):
        review_slides.remark(workspace, QUARTER, "churn", "One account", SHOWN)
    review_slides.remark(workspace, QUARTER, "churn", "A second remark", SHOWN)
    written = arrangement(workspace, QUARTER)
    assert (written.titles["churn"].text, written.notes["churn"].text) == ("Prices drive churn", "Pause\nhere")
    assert written.hidden == {"churn"}
    assert [(one.slide, one.written.text, one.written.person) for one in written.remarks] == [
        ("churn", "One account", "Ben"), ("churn", "A second remark", ""),
    ]  # fmt: skip
    assert written.remarks[0].written.numbers == SHOWN
    review_slides.hide(workspace, QUARTER, "churn", hidden=False)
    review_slides.remove_remark(workspace, QUARTER, "remark-1")
    review_slides.retitle(workspace, QUARTER, "churn", "", SHOWN, seen=written.titles["churn"].seen)
    written = arrangement(workspace, QUARTER)
    assert (written.hidden, dict(written.titles)) == (frozenset(), {})
    assert [one.remark_id for one in written.remarks] == ["remark-2"]


def test_a_card_is_pinned_once_and_its_number_is_not_given_again(workspace: Workspace) -> None:
    card = Pin("churn.reasons", (("level", "category"),), (("f.segment", ("SMB",)),), "pareto", "Churn reasons")
    assert review_slides.pin(workspace, QUARTER, card) == "pin-1"
    assert review_slides.pin(workspace, QUARTER, replace(card, title="Called otherwise")) == "pin-1"
    assert arrangement(workspace, QUARTER).pins == (replace(card, pin_id="pin-1"),)
    review_slides.unpin(workspace, QUARTER, "pin-1")
    assert arrangement(workspace, QUARTER).pins == ()
    assert review_slides.pin(workspace, QUARTER, card) == "pin-2"


@pytest.mark.parametrize(
    "write",
    [
        lambda w: review_slides.remark(w, QUARTER, "churn", "  ", SHOWN),
        lambda w: review_slides.remark(w, QUARTER, "churn", "x" * 1001, SHOWN),
        lambda w: review_slides.retitle(w, QUARTER, "churn", "x" * 201, SHOWN),
    ],
)
def test_a_text_is_neither_empty_nor_endless(workspace: Workspace, write: Callable[[Workspace], object]) -> None:
    with pytest.raises(BadInput):
        write(workspace)
    assert arrangement(workspace, QUARTER) == review_slides.Arrangement()


def test_the_newest_change_is_undone_unless_somebody_made_another(workspace: Workspace) -> None:
    assert reviews.newest_change(workspace, QUARTER) is None
    reviews.create(workspace, "2026Q4", (), FIRST)
    review_slides.hide(workspace, QUARTER, "churn")
    seen = reviews.newest_change(workspace, QUARTER)
    assert seen is not None
    assert seen.kind == "review slide"
    with acting_as("Ben"):
        reviews.renew(workspace, QUARTER, SECOND)
    with pytest.raises(Conflict, match="Ben changed 2026Q3"):
        reviews.undo(workspace, QUARTER, seen.number)
    newest = reviews.newest_change(workspace, QUARTER)
    assert newest is not None
    reviews.undo(workspace, QUARTER, newest.number)
    assert reviews.review(workspace, QUARTER).numbers.version == 1
    reviews.undo(workspace, QUARTER, seen.number)
    assert arrangement(workspace, QUARTER).hidden == frozenset()
    assert reviews.newest_change(workspace, QUARTER) is None
    assert reviews.newest_change(workspace, "2026Q4") is None
