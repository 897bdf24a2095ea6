"""Which ticket is shown next in the queue, how far one is, and what is said of a ticket and of the share."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Figure
from cs_dash.ui.pages.tickets.labelling import KEYS, next_ticket, progress
from cs_dash.ui.pages.tickets.labelling_live import guess_html, learnt_html, why_words

QUEUE = ["a", "b", "c"]
ROW: dict[str, Any] = {
    "kind": "billing", "source": "model", "probability": 0.52, "because": "<i>refund</i>, money", "why": "unsure",
}  # fmt: skip


def test_the_ticket_that_is_read_stays_until_something_is_said_of_it() -> None:
    assert next_ticket(QUEUE, {}, ()) == "a"
    assert next_ticket(QUEUE, {}, (), "c") == "c"
    assert next_ticket(QUEUE, {"c"}, (), "c") == "a"
    assert next_ticket(QUEUE, {}, (), "gone") == "a"


def test_skipped_tickets_come_back_last_and_the_longest_ago_first() -> None:
    assert next_ticket(QUEUE, {}, ("a",), "a") == "b"
    assert next_ticket(QUEUE, {"c"}, ("b", "a")) == "b"
    assert next_ticket(QUEUE, {"a", "b", "c"}, ("b",)) is None
    assert next_ticket([], {}, ("of another period",)) is None


def test_how_far_one_is() -> None:
    assert progress(7, 233, 0) == "7 labelled, 233 to go, most useful first"
    assert progress(1, 0, 2) == "1 labelled, 2 skipped"


def test_what_was_found_is_said_with_its_key_and_its_words() -> None:
    html = guess_html(ROW, KEYS)
    assert "Model (52\u202f% confidence): <b>billing</b>, key 5" in html
    assert "&lt;i&gt;refund&lt;/i&gt;, money" in html
    listed = guess_html(ROW | {"source": "lexicon", "probability": None, "because": None}, KEYS)
    assert "Suggested by word lists: <b>billing</b>" in listed
    assert "Deciding words" not in listed
    assert "No category yet" in guess_html(ROW | {"kind": None, "because": None}, KEYS)
    assert why_words(ROW) == "The model is least confident here"
    assert why_words(ROW | {"why": "few examples"}) == "The model has too few examples of billing"


def test_the_share_now_stands_beside_the_one_before() -> None:
    current = Figure("share", "Share", 0.25, "share", n=200, low=0.1, high=0.5)
    html = learnt_html(current, Figure("share", "Share", 0.4, "share", n=180), ["7 labelled", ""])
    assert 'style="left:10.00%;right:50.00%"' in html
    assert "95 % CI 10–50\u202f%" in html
    assert "When you started 40" in html
    assert html.count('class="note"') == 3
    unknown = Figure("share", "Share", None, "share", caveat="unaudited")
    html = learnt_html(unknown, unknown, [])
    assert "n/a" in html
    assert "Not available when you started" in html
    assert "cs-mark" not in html
    assert "unaudited" in html
