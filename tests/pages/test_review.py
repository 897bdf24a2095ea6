"""The page Review without a browser: a review is started, arranged, renewed, closed and compared."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.decisions.reviews import records, slides
from cs_dash.decisions.reviews.slides import Pin, arrangement
from cs_dash.sharing.reviews import start_review
from cs_dash.store.acting import acting_as
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, field, press, words

QUARTER = "2026Q3"
LATER = (
    "ticket_id,account_id,created_at,subject,type\n"
    + "".join(f"T-LATE-{at},ACC-1001,2026-09-{at:02d},Export is broken,bug\n" for at in range(1, 29))
)  # fmt: skip


@pytest.fixture
def folder(with_review: Path, tmp_path: Path) -> Path:
    """That workspace for one test alone; files that never change are the same ones, so that answers stay known."""

    def copy(source: str, target: str) -> str:
        if not source.endswith((".duckdb", ".parquet")):
            return shutil.copy2(source, target)
        os.link(source, target)
        return target

    return Path(shutil.copytree(with_review, tmp_path / "demo", copy_function=copy))


def written(folder: Path) -> slides.Arrangement:
    return arrangement(Workspace(folder), QUARTER)


def load_more(folder: Path) -> None:
    pipeline.load(Workspace(folder), [("tickets.csv", io.BytesIO(LATER.encode()))])


def test_without_a_review_one_can_be_started(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "review")
    assert "No review was started yet." in words(app)
    field(app, "Your name").set_value("Ann")
    press(app, "Start review")
    (review,) = records.reviews(Workspace(own_demo))
    assert (review.review_id, review.started_by, review.filters) == (QUARTER, "Ann", ())
    assert app.query_params["review"] == QUARTER
    page_text = words(app)
    assert "<h1>Review Q3 2026</h1>" in page_text
    assert "for all accounts, from load 1 of" in page_text
    assert "cs-outline" in page_text


def test_a_review_can_be_about_the_filtered_accounts(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "review", **{"f.segment": "SMB"})
    press(app, "Start review")
    (review,) = records.reviews(Workspace(own_demo))
    assert review.filters == (("segment", ("SMB",)),)
    assert "for Segment: SMB" in words(app)


def test_titles_remarks_and_speaker_notes_are_written_on_the_open_slide(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review", slide="retention")
    field(app, "Your name").set_value("Bea").run()
    field(app, "Own title").set_value("We keep <b>more</b>")
    press(app, "Save title")
    field(app, "Remark", "text_area").set_value("Ask sales")
    press(app, "Add remark")
    field(app, "Speaker notes", "text_area").set_value("Pause")
    press(app, "Save speaker notes")
    page_text = words(app)
    assert "<h2>We keep &lt;b&gt;more&lt;/b&gt;</h2>" in page_text
    assert "Computed: NRR is" in page_text
    assert "Ask sales" in page_text
    assert "Bea," in page_text
    notes = written(folder)
    assert (notes.titles["retention"].person, notes.remarks[0].written.person) == ("Bea", "Bea")
    assert notes.titles["retention"].numbers.figures[0].name == "nrr"
    press(app, "Remove “Ask sales”")
    assert written(folder).remarks == ()


def test_slides_are_moved_and_hidden_and_the_slide_stays_open(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review", slide="retention")
    (places,) = (choice.options for choice in app.selectbox if choice.label == "Move before")
    press(app, "Move up")
    order = written(folder).order
    assert order.index("retention") + 1 < len(order)
    assert app.query_params["slide"] == "retention"
    before = order.index("retention")
    press(app, "Move down")
    assert written(folder).order.index("retention") == before + 1
    press(app, "Hide slide")
    assert written(folder).hidden == {"retention"}
    assert "; 1 hidden." in words(app)
    press(app, "Undo last change")
    assert written(folder).hidden == frozenset()
    assert "To the end" in places


def test_renewed_numbers_say_where_they_moved_under_what_was_written(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review", slide="howto")
    field(app, "Own title").set_value("Fewer questions")
    press(app, "Save title")
    load_more(folder)
    app = open_page(folder, "review", slide="howto")
    assert "Load 2 is newer than these numbers." in words(app)
    before = words(app)
    assert "Moved since it was written" not in before
    press(app, "Renew to load 2")
    page_text = words(app)
    assert "shows the numbers of load 2" in page_text
    assert "<h2>Fewer questions</h2>" in page_text
    assert "The numbers moved since this was written: " in page_text
    assert "Moved since it was written" in page_text


def test_numbers_are_renewed_for_labels_and_settings_without_a_load(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review")
    assert "is newer than these numbers" not in words(app)
    before = records.review(Workspace(folder), QUARTER).numbers
    press(app, "Renew with labels and settings of now")
    after = records.review(Workspace(folder), QUARTER).numbers
    assert (after.version, after.copy != before.copy) == (before.version, True)


def test_a_closed_review_opens_as_it_was_and_offers_no_change(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review")
    press(app, "Close review")
    page_text = words(app)
    assert "nothing in it changes any more" in page_text
    labels = {button.label for button in app.button}
    assert not {"Save title", "Add remark", "Move up", "Close review", "Undo last change"} & labels
    load_more(folder)
    assert "from load 1 of" in words(open_page(folder, "review", review=QUARTER))


def test_two_who_retitle_at_once_lose_nothing(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review", slide="churn")
    with acting_as("Bea"):
        slides.retitle(Workspace(folder), QUARTER, "churn", "Prices", slides.SlideNumbers())
        slides.remark(Workspace(folder), QUARTER, "churn", "Theirs", slides.SlideNumbers())
    field(app, "Own title").set_value("Support")
    press(app, "Save title")
    page_text = words(app)
    assert "Bea changed it since you opened it" in page_text
    assert "<h2>Prices</h2>" in page_text
    assert written(folder).titles["churn"].text == "Prices"
    assert field(app, "Own title").value == "Support"
    press(app, "Save title")
    assert written(folder).titles["churn"].text == "Support"
    press(app, "Hide slide")
    assert "churn" in written(folder).hidden
    assert len(written(folder).remarks) == 1


def test_decisions_are_asked_and_made(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "review", tab="decisions", item="R-8")
    page_text = words(app)
    assert "Undecided" in page_text
    assert "kept or not" in page_text
    field(app, "Accountable owner").set_value("Ann")
    field(app, "Decision", "button_group").set_value("accepted")
    field(app, "Team", "button_group").set_value("product")
    press(app, "Save decision")
    page_text = words(app)
    assert "Decision saved." in page_text
    assert "Accepted; Ann (Product) accountable" in page_text
    assert "Decided since Review Q3 2026 started" in page_text


def test_a_review_stands_beside_the_last_one(own_demo: Path, open_page: Open) -> None:
    workspace = Workspace(own_demo)
    start_review(workspace, "2026Q2")
    alone = words(open_page(own_demo, "review", tab="compare"))
    assert "There is no earlier review to compare with." in alone
    start_review(workspace, QUARTER)
    page_text = words(open_page(own_demo, "review", review=QUARTER, tab="compare"))
    assert "Then: <a" in page_text
    assert "Net revenue retention" in page_text
    listed = words(open_page(own_demo, "review", tab="all"))
    assert listed.index("Review Q3 2026") < listed.index("Review Q2 2026")


@pytest.mark.parametrize("query", [{"review": "2031Q1"}, {"review": "<b>"}, {"slide": "nothing"}, {"tab": "nothing"}])
def test_an_address_that_names_nothing_shows_what_there_is(
    folder: Path, open_page: Open, query: dict[str, str]
) -> None:
    app = open_page(folder, "review", **query)
    page_text = words(app)
    assert not app.exception
    assert "This is a fault in the program" not in page_text
    assert "Review Q3 2026" in page_text


def test_a_pin_is_a_slide_also_where_its_card_is_gone(folder: Path, open_page: Open) -> None:
    workspace = Workspace(folder)
    there = slides.pin(workspace, QUARTER, Pin("churn.reasons", chart="reasons", query=(("f.segment", ("SMB",)),)))
    gone = slides.pin(workspace, QUARTER, Pin("churn.reasons", chart="no such chart", title="Gone"))
    unknown = slides.pin(workspace, QUARTER, Pin("no.question", title="Odd"))
    app = open_page(folder, "review", slide=there)
    assert "Pinned · pinned" in words(app)
    assert app.get("vega_lite_chart")
    for pin in (gone, unknown):
        assert "is not in these numbers" in words(open_page(folder, "review", slide=pin))
    app = open_page(folder, "review", slide=gone)
    press(app, "Unpin")
    assert [pin.pin_id for pin in written(folder).pins] == [there, unknown]


def test_the_overview_leads_to_what_changed_since_the_last_review(own_demo: Path, open_page: Open) -> None:
    workspace = Workspace(own_demo)
    assert "since the last review" not in words(open_page(own_demo, "overview"))
    numbers = records.ReviewNumbers(1, dt.datetime(2026, 7, 1, tzinfo=dt.UTC), "review-x-frozen", dt.date(2026, 6, 30))
    records.create(workspace, "2026Q2", (), numbers)
    page_text = words(open_page(own_demo, "overview"))
    assert '<a href="?period=3m">since the last review</a>' in page_text
    page_text = words(open_page(own_demo, "overview", period="3m"))
    assert "Since 30 Jun 2026" in page_text
    assert "since the last review" not in page_text


def card_link(page_text: str, card: str) -> str:
    """Return the value in the address that adds a card of a page."""
    start = page_text.index(f"pin={card}%3A") + len("pin=")
    return page_text[start : page_text.index('"', start)].replace("%3A", ":")


@pytest.mark.parametrize(("card", "chart"), [("reasons", "reasons"), ("table.churn.events", "")])
def test_a_click_adds_a_card_once(folder: Path, open_page: Open, card: str, chart: str) -> None:
    app = open_page(folder, "churn", **{"f.segment": "SMB"})
    app.query_params["pin"] = card_link(words(app), card)
    app.run()
    assert "Added to Review Q3 2026" in words(app)
    (pin,) = written(folder).pins
    assert (pin.chart, pin.query) == (chart, (("f.segment", ("SMB",)),))
    press(app, "Remove from review")
    assert written(folder).pins == ()
    app.run()  # the same address again
    assert written(folder).pins == ()
    press(app, "Add to review")
    assert len(written(folder).pins) == 1


@pytest.mark.parametrize("key", ["", ":", ":0000", "0"])
def test_an_address_that_nobody_clicked_adds_nothing(folder: Path, open_page: Open, key: str) -> None:
    app = open_page(folder, "churn", pin=f"reasons{key}")
    assert not app.exception
    assert written(folder).pins == ()


def test_without_an_open_review_a_card_says_where_to_start_one(own_demo: Path, open_page: Open) -> None:
    app = open_page(own_demo, "churn")
    app.query_params["pin"] = card_link(words(app), "reasons")
    app.run()
    assert "No review is open" in words(app)
    assert "./review" in words(app)
