"""The queue of tickets to label, without a browser: keys, undo, one store with the page of tickets."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import pipeline
from cs_dash.decisions import labels
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, words
from tests.pipeline.test_labelling import OTHERS, TEXTS, csv_of
from tests.workspaces import copied


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty tickets of which nobody knows the kind."""
    return copied(tmp_path / "ws", {"tickets.csv": csv_of([*TEXTS, *OTHERS])}, derived="kinds").folder


def heading(app: AppTest) -> str:
    return words(app).split('class="cs-ticket"')[1].split("<h2>")[1].split("</h2>")[0]


def press(app: AppTest, key: str) -> None:
    app.button(key=f"labelling_{key}").click().run()
    assert not app.exception


def test_a_key_labels_the_ticket_shows_the_next_and_undo_shows_it_again(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "classifier", period="all")
    workspace = Workspace(folder)
    assert app.button(key="labelling_undo").disabled
    first = heading(app)
    assert "0 labelled, 40 to go" in words(app)
    app.text_input(key="labelling_person").set_value(" Ana ").run()
    press(app, "kind_2")
    second = heading(app)
    assert second != first
    assert list(labels.kinds_of_tickets(workspace).values()) == ["defect"]
    assert {button.person for button in labels.history(workspace)} == {"Ana"}
    assert "1 labelled, 39 to go, most useful first" in words(app)
    press(app, "skip")
    assert heading(app) not in (first, second)
    press(app, "undo")
    assert heading(app) == first
    assert not labels.kinds_of_tickets(workspace)
    press(app, "kind_8")
    assert list(labels.kinds_of_tickets(workspace).values()) == ["not a ticket"]


def test_what_was_labelled_elsewhere_is_passed_over_and_many_at_once_need_more_than_a_key(
    folder: Path, open_page: Open
) -> None:
    app = open_page(folder, "classifier", period="all")
    on_screen = heading(app)
    pipeline.label(Workspace(folder), [(ticket, "defect") for ticket, text in (*TEXTS, *OTHERS) if text == on_screen])
    app.run()
    assert heading(app) != on_screen
    pipeline.label(Workspace(folder), [(ticket, "how-to") for ticket, _ in TEXTS[:15]])
    app.run()
    undo = app.button(key="labelling_undo")
    assert undo.label == "Undo 15 labels"
    assert not undo.proto.shortcut
    press(app, "undo")
    assert len(labels.kinds_of_tickets(Workspace(folder))) == 1
    assert app.button(key="labelling_undo").proto.shortcut == "u"


def test_the_order_follows_and_the_ticket_on_the_screen_stays(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "classifier", period="all")
    for _ in range(3):
        press(app, "skip")
    on_screen = heading(app)
    pipeline.label(Workspace(folder), [(ticket, "how-to") for ticket, text in TEXTS[:15] if text != on_screen])
    pipeline.label(Workspace(folder), [(ticket, "defect") for ticket, text in OTHERS[:15] if text != on_screen])
    app.run()
    assert heading(app) == on_screen
    assert "The model is" in words(app)
    for _ in range(40):
        if app.button(key="labelling_kind_1").disabled:
            break
        press(app, "kind_1")
    assert "All labelled." in words(app)
    assert len(labels.kinds_of_tickets(Workspace(folder))) == 40
    assert app.button(key="labelling_kind_1").disabled


def test_before_the_tickets_are_read_nothing_can_be_labelled(tmp_path: Path, open_page: Open) -> None:
    pipeline.load(Workspace(tmp_path), [("tickets.csv", io.BytesIO(csv_of(TEXTS)))])
    app = open_page(tmp_path, "classifier", period="all")
    assert "still being processed" in words(app)
    assert "labelling_skip" not in {button.key for button in app.button}
