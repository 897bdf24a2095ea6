"""The frozen numbers of a review: they stay as they were, and readers see them within their limits."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.decisions import labels, links, settings, topics
from cs_dash.decisions.reviews import records as reviews
from cs_dash.decisions.reviews import slides as review_slides
from cs_dash.decisions.reviews.slides import FigureValue, Pin, SlideNumbers
from cs_dash.errors import BadInput, NoData, NotAllowed
from cs_dash.sharing import LOCAL, NOBODY, Limits
from cs_dash.sharing.copies import FOLDER, clean_up, freeze_review, frozen_review
from cs_dash.sharing.readers import Reader
from cs_dash.sharing.reviews import read_review, remove_review, renew_review, start_review
from cs_dash.store.acting import Right, acting_as
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import MORE, SMALL, answer, asking, copy_of, load, person, texts_of, tickets
from tests.workspaces import opened

QUARTER = "2026Q3"
QUESTIONS = ("retention.summary", "support.kinds", "support.howto", "support.topics", "health.accounts")


def answers(workspace: Workspace) -> list[object]:
    with asking(workspace) as ask:
        return [ask(question) for question in QUESTIONS]


def numbers(workspace: Workspace, reader: Reader = LOCAL) -> Workspace:
    return read_review(Workspace(workspace.folder), QUARTER, reader).workspace


def test_a_review_shows_the_figures_of_its_day_after_everything_that_may_follow(sharer: Workspace) -> None:
    labels.add(sharer, [("T-1", "defect")])
    start_review(sharer, QUARTER)
    at_start = answers(numbers(sharer))
    assert at_start == answers(sharer)
    for count in range(3):
        load(sharer, {"tickets.csv": MORE["tickets.csv"].replace("T-9", f"T-9{count}")})
    pipeline.label(sharer, [("T-1", "how-to"), ("T-2", "billing")])
    settings.choose(sharer, {"gross_margin": 0.1, "health_yellow": 10})
    topics.apply(sharer, topics.renamed("t-1", "Something else"))
    pipeline.undo(sharer)
    assert answers(sharer) != at_start
    assert answers(numbers(sharer)) == at_start
    clean_up(sharer)
    assert answers(numbers(sharer)) == at_start
    renew_review(sharer, QUARTER)
    assert answers(numbers(sharer)) == answers(sharer) != at_start


def test_a_copy_stays_as_long_as_its_review(sharer: Workspace) -> None:
    start_review(sharer, QUARTER)
    renew_review(sharer, QUARTER)
    shared = sharer.folder / FOLDER
    clean_up(sharer)
    assert len(list(shared.glob("review-*-frozen"))) == 2
    with pytest.raises(NotAllowed):
        settings.choose(numbers(sharer), {"gross_margin": 0.5})
    remove_review(sharer, QUARTER)
    for folder in shared.glob("review-*-frozen"):
        os.utime(folder, (0, 0))
    clean_up(sharer)
    assert not list(shared.glob("review-*"))
    with pytest.raises(BadInput):
        numbers(sharer)


def test_a_copy_that_is_not_recorded_yet_stays_for_a_while(sharer: Workspace) -> None:
    name = freeze_review(sharer, QUARTER)
    clean_up(sharer)
    assert frozen_review(sharer, name).current() is not None


@pytest.mark.parametrize("name", ["review-2026Q3-x-frozen", "link-x-frozen", "../versions", "review-/../.."])
def test_a_copy_that_is_gone_or_none_is_no_review(sharer: Workspace, name: str) -> None:
    with pytest.raises(NoData):
        frozen_review(sharer, name)


def test_nothing_is_frozen_without_the_right_or_without_data(sharer: Workspace, tmp_path: Path) -> None:
    with acting_as("Pia", frozenset({Right.DECIDE})), pytest.raises(NotAllowed):
        start_review(sharer, QUARTER)
    assert not (sharer.folder / FOLDER).exists()
    with pytest.raises(NoData):
        start_review(Workspace(tmp_path / "empty"), QUARTER)


def test_a_reader_with_limits_reads_the_frozen_figures_within_them(sharer: Workspace) -> None:
    start_review(sharer, QUARTER)
    load(sharer, MORE)
    copy = numbers(sharer, person(SMALL))
    assert tickets(copy) == ["T-1", "T-5"]
    assert "Beta" not in "\n".join(texts_of(copy.folder))
    assert tickets(copy_of(sharer, SMALL)) == ["T-1", "T-5", "T-9"]
    with pytest.raises(NotAllowed):
        numbers(sharer, NOBODY)


def test_pseudonyms_are_those_of_the_live_copy(sharer: Workspace) -> None:
    start_review(sharer, QUARTER)
    hidden = Limits(hide_names=True)
    sql = "select account from accounts order by 1"
    frozen, live = (opened(copy).query(sql)["account"].to_pylist() for copy in (
        numbers(sharer, person(hidden)), copy_of(sharer, hidden)))  # fmt: skip
    assert frozen == live
    assert not {"Alpha Ltd", "Beta Ltd", "Gamma Ltd"} & set(frozen)


def test_what_is_written_shows_no_more_than_the_figures(sharer: Workspace) -> None:
    start_review(sharer, QUARTER, (("segment", ("SMB",)),))
    shown = SlideNumbers("Alpha Ltd pays €100", (FigureValue("mrr", "MRR of Alpha Ltd", 450.0, "money"),))
    review_slides.retitle(sharer, QUARTER, "churn", "Alpha Ltd may churn", shown)
    review_slides.take_notes(sharer, QUARTER, "churn", "Ask Gamma Ltd")
    review_slides.remark(sharer, QUARTER, "churn", "Beta Ltd pays €300", shown)
    review_slides.pin(sharer, QUARTER, Pin("account.summary", (("account", "A-1"),), title="Alpha Ltd"))
    hidden = read_review(sharer, QUARTER, LOCAL, hide_names=True, hide_money=True)
    written = repr(hidden.arrangement)
    for name in ("Alpha", "Beta", "Gamma", "A-1", "450.0", "€100", "€300"):
        assert name not in written, name
    title = hidden.arrangement.titles["churn"]
    assert title.text.endswith(" may churn")
    assert title.numbers.figures[0].value == pytest.approx(100.0)
    (pin,) = hidden.arrangement.pins
    assert opened(hidden.workspace).query("from accounts")["account_id"].to_pylist().count(dict(pin.options)["account"])
    own_book = read_review(sharer, QUARTER, person(SMALL)).arrangement
    assert own_book.titles["churn"].text == "Alpha Ltd may churn"
    assert "Beta" not in repr(own_book)
    assert read_review(sharer, QUARTER, LOCAL).arrangement == review_slides.arrangement(sharer, QUARTER)


def test_a_link_reads_a_review_until_it_is_revoked(sharer: Workspace) -> None:
    start_review(sharer, QUARTER)
    _, link = links.create(sharer, links.ShareLink(pages=("review",), hide_names=True))
    reader = Reader("link", id=link.digest, limits=Limits(hide_names=True))
    copy = numbers(sharer, replace(reader, frozen=True))
    review_slides.take_notes(sharer, QUARTER, "churn", "Only for the speaker")
    assert read_review(sharer, QUARTER, LOCAL).arrangement.notes
    assert not read_review(sharer, QUARTER, reader).arrangement.notes
    assert "Alpha" not in "\n".join(texts_of(copy.folder))
    clean_up(sharer)
    assert copy.folder.exists()
    links.revoke(sharer, link.handle)
    clean_up(sharer)
    assert not copy.folder.exists()
    assert answer(numbers(sharer), "retention.summary")


def test_two_reviews_have_numbers_of_their_own(sharer: Workspace) -> None:
    start_review(sharer, "2026Q2")
    load(sharer, MORE)
    start_review(sharer, QUARTER)
    versions = [one.numbers.version for one in reviews.reviews(sharer)]
    assert versions == [1, 2]
    assert len(tickets(numbers(sharer))) == 6
    assert len(tickets(read_review(sharer, "2026Q2", LOCAL).workspace)) == 5
