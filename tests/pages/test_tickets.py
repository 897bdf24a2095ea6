"""The list of tickets without a browser: what a link shows, what labels change, what nobody can tell."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import pipeline
from cs_dash.decisions import labels
from cs_dash.store.workspace import Workspace
from cs_dash.ui.jobs import derivation_worker
from cs_dash.ui.pages.tickets import tickets as tickets_page
from cs_dash.ui.state import session
from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables
from tests.pipeline.test_labelling import OTHERS, TEXTS, csv_of
from tests.workspaces import copied

ENDS = ("", "please", "soon", "for us", "today", "again", "now", "at all", "somehow", "quickly")
BAD = "<b>**Bold** & `code`</b>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty tickets of two kinds that only a model can tell apart, and one whose words are meant to break the page."""
    return copied(
        tmp_path / "ws", {"tickets.csv": csv_of([*TEXTS, *OTHERS, ("X-1", f'"{BAD}"')])}, derived="kinds"
    ).folder


def ids(app: AppTest) -> list[str]:
    tables = html_tables(app)
    return tables[0].column("Ticket") if tables else []


def ticked(app: AppTest) -> list[str]:
    """Return the tickets of the list in which they can be ticked."""
    return [str(ticket_id) for ticket_id in app.dataframe[0].value["ticket_id"]]


def query(app: AppTest) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}


def test_a_link_shows_what_was_searched_and_filtered(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", search="ZAGS sadly", source="none", period="all")
    assert "<b>5</b> of 41 tickets" in words(app)
    assert sorted(ids(app)) == ["D-10", "D-14", "D-18", "D-2", "D-6"]
    assert app.text_input(key="tickets_search").value == "ZAGS sadly"
    app.button(key="tickets_clear").click().run()
    assert len(ids(app)) == 41
    assert query(app) == {"period": "all"}


@pytest.mark.parametrize("page", ["tickets", "classifier", "audit", "topics", "churn"])
def test_a_click_finds_its_place_when_something_comes_or_goes_meanwhile(
    page: str, folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_page(folder, page, period="all")
    monkeypatch.setattr(derivation_worker.DERIVATIONS, "request", lambda *_: True)
    meanwhile = open_page(folder, page, period="all", as_of="tomorrow")
    assert "cs-following" in words(meanwhile)
    assert "Not in the data, so ignored: " in words(meanwhile)
    assert list(meanwhile.main.children) == list(before.main.children)


def test_filters_write_the_address(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", period="all")
    app.text_input(key="tickets_search").set_value(" zags ").run()
    app.selectbox(key="tickets_kind").set_value("none").run()
    assert query(app) == {"period": "all", "search": "zags", "kind": "none"}
    app.checkbox(key="tickets_unsure").check().run()
    assert "No matching tickets" in words(app)
    app.checkbox(key="tickets_unsure").uncheck().run()
    app.selectbox(key="tickets_kind").set_value("any").run()
    assert query(app) == {"period": "all", "search": "zags"}


def test_all_that_fit_are_labelled_the_model_follows_and_undo_takes_it_back(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", period="all", search="zags", select="yes", ticket="D-3")
    assert app.button(key="label_all").disabled
    app.text_input(key="label_person").set_value(" Ana ").run()
    app.selectbox(key="label_kind").set_value("defect").run()
    assert app.button(key="label_all").label == "Label all 20 tickets"
    app.button(key="label_all").click().run()
    assert not app.exception
    assert "20 tickets labelled defect. The model starts at 10 labels" in words(app)
    assert "<dd>defect <span>(set by a person" in words(app)
    app.query_params = {"period": ["all"], "search": ["kindly"], "select": ["yes"]}
    app.run()
    app.selectbox(key="label_kind").set_value("how-to").run()
    app.button(key="label_all").click().run()
    assert "20 tickets labelled how-to." in words(app)
    workspace = Workspace(folder)
    assert {button.person for button in labels.history(workspace)} == {"Ana"}
    assert len(labels.kinds_of_tickets(workspace)) == 40
    for _ in range(2):
        assert app.button(key="label_undo").label == "Undo the last 20 labels"
        app.button(key="label_undo").click().run()
        assert "20 labels removed." in words(app)
    assert not labels.kinds_of_tickets(workspace)
    assert "label_undo" not in {button.key for button in app.button}


def test_only_ones_own_labels_are_offered_to_be_taken_back(folder: Path, open_page: Open) -> None:
    pipeline.label(Workspace(folder), [("D-1", "defect")], person="Bo")
    app = open_page(folder, "tickets", period="all", select="yes")
    assert "label_undo" not in {button.key for button in app.button}
    app.text_input(key="label_person").set_value("Bo").run()
    assert app.button(key="label_undo").label == "Undo the last 1 label"


def test_chosen_rows_are_labelled_and_let_go(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", period="all", search="zags", select="yes")
    listed, key = ticked(app), str(app.dataframe[0].key)
    app.session_state[key] = {"selection": {"rows": [0, 2], "columns": [], "cells": []}}
    app.run()
    app.selectbox(key="label_kind").set_value("defect").run()
    assert app.button(key="label_picked").label == "Label 2 tickets"
    app.button(key="label_picked").click().run()
    assert "2 tickets labelled defect." in words(app)
    assert labels.kinds_of_tickets(Workspace(folder)) == {listed[0]: "defect", listed[2]: "defect"}
    assert "label_picked" not in {button.key for button in app.button}


def test_one_ticket_is_shown_as_it_came_and_labelled_with_one_click(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", period="all", ticket="X-1")
    page_text = words(app)
    assert "&lt;b&gt;**Bold** &amp; `code`&lt;/b&gt;" in page_text
    assert BAD not in page_text
    assert "none yet" in page_text
    app.button_group(key="ticket_kind_X-1_None").set_value("billing").run()
    assert "1 ticket labelled billing." in words(app)
    assert "<dd>billing <span>(set by a person" in words(app)
    assert 'class="cs-close" href="?period=all"' in words(app)
    assert app.text_input(key="ticket_person").label == "Your name (optional)"


def test_words_that_decided_are_told_of_a_modelled_ticket(folder: Path, open_page: Open) -> None:
    deciding_words = [
        (ticket, "how-to" if ticket.startswith("Q") else "defect") for ticket, _ in (*TEXTS[:12], *OTHERS[:12])
    ]
    pipeline.label(Workspace(folder), deciding_words)
    app = open_page(folder, "tickets", period="all", ticket="D-19", source="model", columns="because,source")
    assert "<b>16</b> of 41 tickets" in words(app)
    assert "<dt>Deciding words</dt>" in words(app)
    (row,) = [row for row in html_tables(app)[0].rows if row["Ticket"] == "D-19"]
    assert "zags" in row["Deciding words"]
    assert row["Category source"] == "predicted by the model"
    assert "<dd>defect <span>(predicted by the model" in words(app)


def test_what_the_address_names_wrongly_is_said_calmly(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", period="all", ticket="Z-9", kind="nonsense")
    assert "No such ticket" in words(app)
    assert len(ids(app)) == 41
    app = open_page(folder, "tickets", account="Nobody Ltd")
    assert "Unknown account" in words(app)
    app.button(key="tickets_clear").click().run()
    assert "<b>41</b> tickets" in words(app)


def test_the_list_keeps_its_filters_when_it_is_sorted_and_a_ticket_is_opened(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "tickets", period="all", search="zags", sort="-created_at", ticket="D-3")
    (table,) = html_tables(app)
    assert table.sorted_by == {"Created": "descending"}
    assert table.sorts["Ticket"] == "?period=all&search=zags&sort=ticket_id"
    opened = f"?period=all&search=zags&sort=-created_at&ticket={table.rows[0]['Ticket']}"
    assert table.links[0] == [opened, opened]  # the number and the subject
    assert 'class="cs-close" href="?period=all&amp;search=zags&amp;sort=-created_at"' in words(app)


def test_more_tickets_than_are_listed_are_counted_and_all_of_them_sorted_and_searched(
    folder: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets_page, "MOST_SENT", 10)
    app = open_page(folder, "tickets", period="all")
    assert "10 of 41 rows; downloads have all" in words(app)
    assert len(ids(app)) == 10
    assert len(ids(open_page(folder, "tickets", period="all", sort="ticket_id"))) == 41
    assert len(ids(open_page(folder, "tickets", period="all", find="kindly"))) == 20


def test_labels_wait_until_the_tickets_are_read(tmp_path: Path, open_page: Open) -> None:
    pipeline.load(Workspace(tmp_path), [("tickets.csv", io.BytesIO(csv_of(TEXTS)))])
    app = open_page(tmp_path, "tickets", period="all", select="yes")
    assert "still being processed" in words(app)
    app.selectbox(key="label_kind").set_value("defect").run()
    assert app.button(key="label_all").disabled


def test_tickets_without_text_say_what_cannot_be_told(tmp_path: Path, open_page: Open) -> None:
    pipeline.load(
        Workspace(tmp_path), [("tickets.csv", io.BytesIO(b"ticket_id,created_at,priority\nT-1,2025-05-01,high\n"))]
    )
    app = open_page(tmp_path, "tickets", period="all", ticket="T-1")
    page_text = words(app)
    assert "None of the 1 ticket has a subject or a message" in page_text
    assert "The export has no text for this ticket" in page_text
    assert "no ticket has a subject or a message to read" in words(open_page(tmp_path, "classifier", period="all"))
    topics = open_page(tmp_path, "topics", period="all")
    assert "cs-table-head" not in words(topics)  # the sentence says that there are none
    assert not open_page(tmp_path, "audit", period="all").get("button")
    assert not open_page(tmp_path, "classifier", period="all").get("button")
    assert not [element for element in topics.get("download_button") if "support-topics" in str(element.proto.id)]
    assert "cs-columns" not in words(topics)


def test_a_topic_is_opened_by_its_address_and_leads_to_its_tickets(tmp_path: Path, open_page: Open) -> None:
    rows = [(f"A-{at}", f"How do I export a report {word}") for at, word in enumerate(ENDS)]
    rows += [(f"B-{at}", f"How can I invite a colleague {word}") for at, word in enumerate(ENDS)]
    typed = csv_of(rows, ",type").replace(b"\n", b",Question\n").replace(b",type,Question", b",type") + b",Question"
    workspace = Workspace(tmp_path)
    pipeline.load(workspace, [("tickets.csv", io.BytesIO(typed))])
    version = workspace.current()
    assert version is not None
    pipeline.derive_artifacts(workspace, version)
    (every,) = html_tables(open_page(tmp_path, "tickets", period="all"))
    assert all(every.column("Topic"))
    (topic, *_) = session.warehouse(version)("topics_shown", as_many=None).to_pylist()
    app = open_page(tmp_path, "topics", period="all", topic=topic["topic"])
    listed = set(html_tables(app)[-1].column("Ticket"))
    assert listed == {row["Ticket"] for row in every.rows if row["Topic"] == topic["label"]}
    assert f'href="./tickets?period=all&amp;topic={topic["topic"]}"' in words(app)
    assert 'class="cs-close" href="?period=all"' in words(app)
    assert "This selection is not in the chart" in words(open_page(tmp_path, "topics", topic="no such topic"))
