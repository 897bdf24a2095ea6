"""Attempts to see more than a link shows, on the command line: nothing from outside comes through."""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main
from cs_dash.decisions import links
from cs_dash.decisions.links import ShareLink
from cs_dash.sharing.links import create_link, revoke_link
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import FILES
from tests.workspaces import copied

PAGES = ("retention", "accounts", "account", "topics", "tickets", "support-demand", "churn")
OUTSIDE = ("A-2", "Beta", "Enterprise", "T-2", "T-3", "T-4", "Ben Adler", "How do I pay", "Who am I", "300", "450")
HIDDEN = ("Alpha", "Gamma", "A-1", "A-3", "€")
COMPANY = {
    "accounts.csv": FILES["accounts.csv"].replace(",Enterprise,Ben,", ",Enterprise,Ben Adler,"),
    "tickets.csv": FILES["tickets.csv"],
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A workspace with links for the small accounts: one that is open, one with all hidden, and some that are not."""
    workspace = copied(tmp_path_factory.mktemp("shared") / "company", COMPANY, derived="kinds and topics")
    small = (("segment", ("SMB",)),)
    made = {
        "open": create_link(workspace, ShareLink(pages=PAGES, filters=small)),
        "hidden": create_link(workspace, ShareLink(pages=PAGES, filters=small, hide_names=True, hide_money=True)),
        "one page": create_link(workspace, ShareLink(pages=("retention",))),
        "revoked": create_link(workspace, ShareLink(pages=PAGES)),
        "expired": create_link(
            workspace, ShareLink(pages=PAGES), expires=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
        ),
    }
    revoke_link(workspace, made["revoked"][0])
    return {"folder": workspace.folder} | {name: link_id for name, (link_id, _) in made.items()}


def ask(shared: dict[str, Any], capsys: pytest.CaptureFixture[str], reader: str, *arguments: str) -> tuple[int, str]:
    """Return the exit status and what was printed, on both streams."""
    capsys.readouterr()
    try:
        status = main(["ask", *arguments, "--workspace", str(shared["folder"]), "--json", "--reader", reader])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    printed = capsys.readouterr()
    return status, printed.out + printed.err


WIDER = [
    ("health.accounts", "--where", "segment=Enterprise"),
    ("health.accounts", "--where", "segment=SMB", "--where", "segment=Enterprise"),
    ("health.accounts", "--where", "csm=Ben Adler"),
    ("health.accounts", "--where", "account_id=A-2"),
    ("health.accounts", "--where", "account=Beta Ltd"),
    ("health.accounts", "--where", "segment="),
    ("health.accounts", "--where", "segment=%"),
    ("health.accounts", "--where", "segment=SMB' or '1'='1"),
    ("health.accounts", "--where", "1=1"),
    ("health.accounts",),
    ("health.accounts", "--as-of", "2020-01-01"),
    ("health.accounts", "--from", "1900-01-01", "--to", "2199-01-01"),
    ("account.summary", "--option", "account=A-2"),
    ("account.summary", "--option", "account=Beta Ltd"),
    ("account.summary", "--option", "account=*"),
    ("account.summary", "--option", "account=A-1' or account_id='A-2"),
    ("account.profile", "--option", "account=A-2"),
    ("account.timeline", "--option", "account=A-2"),
    ("health.why", "--option", "account=A-2"),
    ("health.why", "--option", "account=A-2", "--option", "from=2026-01-01"),
    ("support.tickets",),
    ("support.tickets", "--where", "segment=Enterprise"),
    ("support.tickets", "--option", "account=A-2"),
    ("support.tickets", "--option", "search=pay"),
    ("support.tickets", "--option", "topic=%"),
    ("support.ticket", "--option", "ticket=T-2"),
    ("support.ticket", "--option", "ticket=T-3"),
    ("support.ticket", "--option", "ticket=T-4"),
    ("support.topics",),
    ("support.topics", "--option", "topics=1"),
    ("support.topics", "--option", "topics=40"),
    ("support.topic_tickets", "--option", "topic=t-1"),
    ("support.topic_accounts", "--option", "topic=t-1"),
    ("support.kinds",),
    ("support.howto",),
    ("retention.summary",),
    ("retention.summary", "--where", "segment=Enterprise"),
    ("retention.bridge",),
    ("retention.bridge_accounts",),
    ("retention.by_dimension", "--option", "by=segment"),
    ("retention.by_dimension", "--option", "by=csm"),
    ("retention.cohorts",),
    ("retention.why",),
    ("churn.summary", "--option", "by=segment"),
    ("churn.reasons",),
    ("churn.accounts",),
    ("data.quality",),
    ("data.unmatched",),
    ("data.loads",),
    ("data.problems",),
    ("data.matches",),
    ("roadmap.opportunities",),
    ("overview.summary",),
    ("overview.at_risk",),
    ("support.audit_sample", "--option", "n=100"),
    ("support.to_label",),
    ("no.such.question",),
    ("health.accounts", "--where", "tier=(none)"),
    ("health.accounts", "--csv"),
    ("retention.summary", "--csv", "--where", "csm=Ben Adler"),
]


@pytest.mark.parametrize("reader", ["open", "hidden"])
@pytest.mark.parametrize("arguments", WIDER, ids=" ".join)
def test_no_question_shows_what_is_outside(
    shared: dict[str, Any], capsys: pytest.CaptureFixture[str], reader: str, arguments: tuple[str, ...]
) -> None:
    status, printed = ask(shared, capsys, f"link:{shared[reader]}", *arguments)
    assert status in (0, 1, 2)
    outside = [*OUTSIDE, *(HIDDEN if reader == "hidden" else ())]
    asked_for = " ".join(arguments)  # an error repeats it
    assert [word for word in outside if word not in asked_for and is_in(word, _values(printed))] == []


def is_in(word: str, printed: str) -> bool:
    """Return whether something stands in what was printed; ids and numbers as a whole: pseudonyms are random signs."""
    if not any(sign.isdigit() for sign in word):
        return word in printed
    return re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w-])", printed) is not None


def test_ids_are_found_as_a_whole() -> None:
    assert is_in("A-2", '{"account": "A-2"}')
    assert is_in("300", '"mrr": 300.0')
    assert not is_in("A-2", "Account 7KA-2Q")
    assert not is_in("300", "13005.0")


def _values(printed: str) -> str:
    """Return what was printed without definitions, whose texts have numbers of their own."""
    with suppress(ValueError):
        printed = json.dumps(json.loads(printed) | {"definition": None}, ensure_ascii=False)
    return printed


def test_what_is_inside_is_shown(shared: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    status, printed = ask(shared, capsys, f"link:{shared['open']}", "health.accounts")
    assert (status, sorted(row["account"] for row in json.loads(printed)["rows"])) == (0, ["Alpha Ltd", "Gamma Ltd"])
    status, printed = ask(shared, capsys, f"link:{shared['open']}", "support.tickets")
    assert (status, sorted(row["ticket_id"] for row in json.loads(printed)["rows"])) == (0, ["T-1", "T-5"])
    status, printed = ask(shared, capsys, f"link:{shared['hidden']}", "health.accounts")
    assert all(row["account"].startswith("Account ") for row in json.loads(printed)["rows"])


@pytest.mark.parametrize(
    "question", ["health.accounts", "support.tickets", "data.loads", "roadmap.opportunities", "overview.summary"]
)
def test_questions_of_other_pages_are_refused(
    shared: dict[str, Any], capsys: pytest.CaptureFixture[str], question: str
) -> None:
    status, printed = ask(shared, capsys, f"link:{shared['one page']}", question)
    assert (status, list(json.loads(printed))) == (2, ["error"])
    assert "not on a page" in printed


@pytest.mark.parametrize(
    "reader",
    [
        "link:", "link:x", "link:%", "link:*", "link:../company", "link:' or 1=1 --", "person:", "person:x@y.example",
        "local", "admin", "link", "LINK:open", "nobody:",
    ],
)  # fmt: skip
def test_who_names_no_reader_sees_nothing(
    shared: dict[str, Any], capsys: pytest.CaptureFixture[str], reader: str
) -> None:
    status, printed = ask(shared, capsys, reader, "retention.summary")
    assert (status, list(json.loads(printed))) == (2, ["error"])


@pytest.mark.parametrize("name", ["revoked", "expired"])
def test_a_link_that_is_over_shows_nothing(
    shared: dict[str, Any], capsys: pytest.CaptureFixture[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "expired":
        monkeypatch.setattr(ShareLink, "has_expired", lambda *_: True)
    status, printed = ask(shared, capsys, f"link:{shared[name]}", "retention.summary")
    assert (status, list(json.loads(printed))) == (2, ["error"])


def test_neither_digest_nor_handle_is_a_reader(shared: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    for link in links.links(Workspace(Path(shared["folder"]))):
        for name in (link.digest, link.handle):
            assert ask(shared, capsys, f"link:{name}", "retention.summary")[0] == 2
