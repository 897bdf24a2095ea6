"""Which ticket comes next, how far one is, and how a ticket is shown."""

from __future__ import annotations

import datetime as dt

from cs_dash.answer import Answer, Figure
from cs_dash.ui.pages.tickets.audit import next_ticket, progress
from cs_dash.ui.pages.tickets.audit_live import LONGEST, share_html, ticket_html

DRAWN = ["a", "b", "c"]


def test_skipped_tickets_come_back_last_and_the_longest_ago_first() -> None:
    assert next_ticket(DRAWN, {}) == "a"
    assert next_ticket(DRAWN, {"a": None}) == "b"
    assert next_ticket(DRAWN, {"b": None, "c": "other", "a": None}) == "b"
    assert next_ticket(DRAWN, {"a": "how-to", "b": "other", "c": "other"}) is None
    assert next_ticket([], {}) is None


def test_how_far_one_is() -> None:
    assert progress(DRAWN, {"a": "how-to", "gone": "other"}) == "1 of 3 tickets audited"
    assert progress(DRAWN, {"a": "how-to", "b": None}) == "1 of 3 tickets audited, 1 skipped, which widens the CI"


def test_a_ticket_is_shown_as_it_came_and_without_its_kind() -> None:
    row = {"created_at": dt.datetime(2026, 1, 5), "language": "en", "subject": "<i>Hm</i>", "body": "x" * 5000}
    html = ticket_html(row, "1 of 3")
    assert "&lt;i&gt;Hm&lt;/i&gt;" in html
    assert f"{'x' * LONGEST} …" in html
    assert "x" * (LONGEST + 1) not in html
    assert "skip it" in ticket_html(row | {"subject": None, "body": " "}, "1 of 3")


def test_before_ten_tickets_no_share_is_drawn() -> None:
    figures = [Figure(name, name, None, "share") for name in ("share", "kappa")]
    plain = Figure("share_uncorrected", "Plain count", 0.4, "share", n=500)
    empty = Answer("support.audit", "", "", None, (*figures, plain))
    html = share_html(empty, "3 of 100 tickets checked", [])
    assert "n/a" in html
    assert "cs-band" not in html
    share = Figure("share", "share", 0.25, "share", n=20, low=0.1, high=0.5)
    html = share_html(
        Answer("support.audit", "", "", None, (share, figures[1], plain)), "", [float(at) for at in range(11)]
    )
    assert 'style="left:10.00%;right:50.00%"' in html
    assert "10 s for the last 10" in html
