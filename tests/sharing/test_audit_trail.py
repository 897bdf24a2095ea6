"""The audit trail: who did what and when, with no customer's name and no text in it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.decisions import accounts, labels, roadmap
from cs_dash.decisions.accounts import AccountDecision
from cs_dash.decisions.links import ShareLink
from cs_dash.errors import NotAllowed
from cs_dash.sharing.audit_trail import audit_trail, log_access
from cs_dash.sharing.links import create_link, revoke_link
from cs_dash.store.acting import ALL_RIGHTS, Right, acting_as
from cs_dash.store.workspace import Workspace

ACCOUNTS = b"account_id,account,signup_date\nA-1,Nordlicht GmbH,2025-01-01\n"
TICKETS = b"ticket_id,account_id,created_at,subject\nT-1,A-1,2025-03-01,How do I export the secret list?\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace in which Ann, Ben and Cem have done one of each."""
    workspace = Workspace(tmp_path)
    with acting_as("Ann"):
        pipeline.load(workspace, [("accounts.csv", io.BytesIO(ACCOUNTS)), ("tickets.csv", io.BytesIO(TICKETS))])
        item = roadmap.add(workspace, "Export without support")
        roadmap.score(workspace, item, impact=2, confidence=0.8, effort=3)
    with acting_as("Ben"):
        pipeline.change(workspace, {"howto_ticket_cost": "12"})
        pipeline.label(workspace, [("T-1", "how-to")])
        batch = labels.newest(workspace, "Ben")
        assert batch is not None
        pipeline.unlabel(workspace, batch=batch.number)
        _, link = create_link(workspace, ShareLink(pages=("churn",)))
        revoke_link(workspace, link.handle)
    log_access(workspace, "cem@us.example", "signed in")
    with acting_as("Cem"):
        pipeline.undo(workspace)
    return workspace


def test_everything_that_was_done_is_a_line(workspace: Workspace) -> None:
    lines = [(line.who, line.what, line.about) for line in reversed(audit_trail(workspace))]
    assert ("Ann", "loaded", "load 1") in lines
    assert ("Ann", "changed: roadmap item", "R-1") in lines
    assert ("Ann", "changed: item score", "R-1") in lines
    assert ("Ben", "changed: setting", "howto_ticket_cost = 12.0") in lines
    assert ("Ben", "changed: label", "T-1") in lines
    assert ("Ben", "undid: label", "T-1") in lines
    assert [what.rpartition(" ")[2] for who, kind, what in lines if kind == "changed: link"] == ["made", "revoked"]
    assert ("cem@us.example", "signed in", "") in lines
    assert ("Cem", "undid a load", "load 1") in lines
    moments = [line.at for line in audit_trail(workspace)]
    assert moments == sorted(moments, reverse=True)


def test_no_customer_and_no_text_is_in_it(workspace: Workspace) -> None:
    accounts_of = [AccountDecision("confirmed", "A-1", "", "Nordlicht", "info@nordlicht.example", "")]
    with workspace.state.transaction(write=True) as connection:
        accounts.append(connection, accounts_of, 1)
    text = repr(audit_trail(workspace)).casefold()
    assert "a row without an account" in text
    for secret in ("nordlicht", "secret list", "export without"):
        assert secret not in text


def test_it_is_searched_by_words(workspace: Workspace) -> None:
    assert {line.who for line in audit_trail(workspace, "BEN label")} == {"Ben"}
    assert audit_trail(workspace, "ben nothing-like-it") == ()


def test_only_who_may_see_who_may_see_what_reads_it(workspace: Workspace) -> None:
    with acting_as("Dee", ALL_RIGHTS - {Right.PEOPLE}), pytest.raises(NotAllowed):
        audit_trail(workspace)
