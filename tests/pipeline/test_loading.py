"""A load, whole: files in, a version out, everything accounted for."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest

from cs_dash.decisions import accounts
from cs_dash.decisions.accounts import AccountDecision
from cs_dash.errors import BadInput, UnknownOption, WorkspaceBusy
from cs_dash.pipeline import LoadReport, load, prepare, publish_prepared, rematch
from cs_dash.store.workspace import Workspace
from tests.workspaces import rows

TODAY = dt.date(2026, 10, 1)
ACCOUNTS = "Account ID,Account name,Segment,Cloud\nA1,Nordwind GmbH,SMB,blue\nA2,Helio Bank,Enterprise,red\n"
SUBSCRIPTIONS = (
    "Subscription ID,Customer ID,Start date,End date,MRR\n"
    "S1,A1,2026-01-01,,100\nS2,A2,2026-02-01,2026-06-01,250.50\nS3,A3,2026-03-01,,70\n"
)
TICKETS = (
    "Ticket ID,Customer name,Created at,Ticket type,Subject\n"
    "T1,NORDWIND,2026-05-01 10:00,Question,How do I export?\nT2,Nobody Ltd,2026-05-02 10:00,Bug,It crashes\n"
    "T3,Helio Bank,yesterday,Question,When?\nT1,Nordwind GmbH,2026-05-01 10:00,Question,How do I export?\n"
)


def files(**texts: str) -> list[tuple[str, io.BytesIO]]:
    return [(f"{name}.csv", io.BytesIO(text.encode())) for name, text in texts.items()]


def ties(report: LoadReport) -> None:
    for sheet in report.files:
        parts = sheet.loaded + sheet.updated + sheet.unchanged + sheet.rejected + sheet.duplicates
        assert sheet.read == parts, sheet


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_three_files_are_one_version_and_every_row_is_accounted_for(workspace: Workspace) -> None:
    report = load(workspace, files(accounts=ACCOUNTS, subscriptions=SUBSCRIPTIONS, tickets=TICKETS), today=TODAY)
    ties(report)
    assert report.version == 1
    counts = {sheet.table: (sheet.read, sheet.loaded, sheet.rejected, sheet.duplicates) for sheet in report.files}
    assert counts == {"accounts": (2, 2, 0, 0), "subscriptions": (3, 3, 0, 0), "tickets": (4, 2, 1, 1)}
    (tickets,) = [sheet for sheet in report.files if sheet.table == "tickets"]
    (rejected,) = [problem for problem in tickets.problems if problem.fatal]
    assert (rejected.row, rejected.column, rejected.value) == (4, "Created at", "yesterday")
    assert rejected.what
    assert rejected.advice


def test_rows_find_their_account_by_id_or_by_name(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS, subscriptions=SUBSCRIPTIONS, tickets=TICKETS), today=TODAY)
    tickets = rows(workspace, "select ticket_id, account_id, account_name from tickets order by ticket_id")
    assert tickets == [
        {"ticket_id": "T1", "account_id": "A1", "account_name": "NORDWIND"},
        {"ticket_id": "T2", "account_id": None, "account_name": "Nobody Ltd"},
    ]


def test_a_paying_customer_that_no_accounts_file_lists_is_an_account_until_one_does(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS, subscriptions=SUBSCRIPTIONS), today=TODAY)
    implied = "select account_id, account, implied from accounts where account_id = 'A3'"
    assert rows(workspace, implied) == [{"account_id": "A3", "account": "A3", "implied": True}]
    load(workspace, files(more="Account ID,Account name,Segment\nA3,Tessera,SMB\n"), today=TODAY)
    assert rows(workspace, implied) == [{"account_id": "A3", "account": "Tessera", "implied": None}]
    assert rows(workspace, "select account_id from subscriptions where subscription_id = 'S3'") == [
        {"account_id": "A3"}
    ]


def test_rows_without_an_account_are_matched_by_the_load_that_brings_it(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    load(workspace, files(more="Account ID,Account name\nA9,Nobody\n"), today=TODAY)
    assert rows(workspace, "select account_id from tickets where ticket_id = 'T2'") == [{"account_id": "A9"}]


T2 = "select account_id from tickets where ticket_id = 'T2'"
NOBODY = AccountDecision("same", "A2", account_name="Nobody Ltd")


def test_a_decision_counts_now_without_uploading_again_and_until_it_is_undone(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    version = rematch(workspace, [NOBODY])
    assert version is not None
    assert (version.number, version.parent, version.newest_day) == (2, 1, dt.date(2026, 5, 2))
    assert version.summary == {"matched": {"same": 1, "other": 0, "new": 0, "forget": 0}}
    assert rows(workspace, T2) == [{"account_id": "A2"}]
    assert rows(workspace, "select account_id, kind from tickets where ticket_id = 'T1'") == [
        {"account_id": "A1", "kind": "how-to"}
    ]
    workspace.undo()
    assert rows(workspace, T2) == [{"account_id": None}]
    load(workspace, files(more="Account ID,Account name\nA7,Aurora\n"), today=TODAY)
    assert rows(workspace, T2) == [{"account_id": None}]


def test_a_decision_counts_at_every_later_load(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    rematch(workspace, [NOBODY])
    line = "T9,NOBODY,2026-05-09 10:00,Bug,Again\n"
    load(workspace, files(tickets=TICKETS.splitlines()[0] + "\n" + line), today=TODAY)
    assert rows(workspace, "select account_id from tickets where ticket_id in ('T2', 'T9')") == [
        {"account_id": "A2"}, {"account_id": "A2"},
    ]  # fmt: skip
    again = load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    assert again.version is None


def test_matching_anew_waits_for_a_load_and_does_nothing_in_an_empty_workspace(workspace: Workspace) -> None:
    assert rematch(workspace, [NOBODY]) is None
    assert accounts.decided(workspace) == ()
    load(workspace, files(accounts=ACCOUNTS, tickets=TICKETS), today=TODAY)
    with workspace.writing(), pytest.raises(WorkspaceBusy):
        rematch(workspace, [NOBODY])
    assert accounts.decided(workspace) == ()


def test_the_same_files_again_change_nothing_and_publish_nothing(workspace: Workspace) -> None:
    sheets = {"accounts": ACCOUNTS, "subscriptions": SUBSCRIPTIONS, "tickets": TICKETS}
    load(workspace, files(**sheets), today=TODAY)
    again = load(workspace, files(**sheets), today=TODAY + dt.timedelta(days=40))
    ties(again)
    assert again.version is None
    assert again.changed == 0
    assert {sheet.table: sheet.unchanged for sheet in again.files} == {"accounts": 2, "subscriptions": 3, "tickets": 2}
    current = workspace.current()
    assert current is not None
    assert current.number == 1


def test_a_changed_row_is_updated_and_the_others_are_not(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS, subscriptions=SUBSCRIPTIONS), today=TODAY)
    changed = SUBSCRIPTIONS.replace("S1,A1,2026-01-01,,100", "S1,A1,2026-01-01,2026-09-01,100")
    report = load(workspace, files(subscriptions=changed + "S4,A1,2026-09-01,,120\n"), today=TODAY)
    ties(report)
    (sheet,) = report.files
    assert (sheet.loaded, sheet.updated, sheet.unchanged) == (1, 1, 2)
    ended = rows(
        workspace, "select cast(end_date as varchar) as end_date from subscriptions where subscription_id = 'S1'"
    )
    assert ended == [{"end_date": "2026-09-01"}]


def test_columns_of_several_files_add_up_on_one_account(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS), today=TODAY)
    load(workspace, files(owners="Account ID,CSM,Cloud,Team\nA1,Ana,green,north\nA2,Bo,red,south\n"), today=TODAY)
    account_rows = rows(
        workspace,
        "select account, segment, csm, (select list(value order by field) from account_extra where account_id = 'A1')"
        " as extra from accounts where account_id = 'A1'",
    )
    assert account_rows == [{"account": "Nordwind GmbH", "segment": "SMB", "csm": "Ana", "extra": ["green", "north"]}]


def test_undo_takes_a_load_back(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS), today=TODAY)
    load(workspace, files(more="Account ID,Account name\nA9,Nobody\n"), today=TODAY)
    workspace.undo()
    assert rows(workspace, "select count(*) as n from accounts") == [{"n": 2}]
    again = load(workspace, files(more="Account ID,Account name\nA9,Nobody\n"), today=TODAY)
    assert again.version == 3


def test_a_dry_run_says_the_same_and_changes_nothing(workspace: Workspace) -> None:
    dry = load(workspace, files(accounts=ACCOUNTS), today=TODAY, dry_run=True)
    assert workspace.current() is None
    assert load(workspace, files(accounts=ACCOUNTS), today=TODAY).files == dry.files


def test_a_version_made_ready_is_what_a_load_would_have_made(workspace: Workspace, tmp_path: Path) -> None:
    built = prepare(workspace, files(accounts=ACCOUNTS, subscriptions=SUBSCRIPTIONS), tmp_path / "ready.duckdb")
    assert workspace.current() is None
    report = publish_prepared(workspace, built)
    assert report is not None
    ties(report)
    assert report.version == 1
    assert rows(workspace, "select count(*) as n from accounts where not coalesce(implied, false)") == [{"n": 2}]
    again = load(workspace, files(accounts=ACCOUNTS, subscriptions=SUBSCRIPTIONS), today=TODAY)
    assert again.version is None


def test_a_version_made_ready_gives_way_to_what_was_loaded_meanwhile(workspace: Workspace, tmp_path: Path) -> None:
    built = prepare(workspace, files(accounts=ACCOUNTS), tmp_path / "ready.duckdb")
    load(workspace, files(more="Account ID,Account name\nA9,Nobody\n"), today=TODAY)
    assert publish_prepared(workspace, built) is None
    assert rows(workspace, "select account_id from accounts") == [{"account_id": "A9"}]


def test_the_upload_is_kept_as_it_came(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS), today=TODAY)
    (upload_file,) = (workspace.folder / "uploads").rglob("*.csv")
    assert upload_file.read_text() == ACCOUNTS


def test_a_file_that_cannot_be_used_does_not_stop_the_others(workspace: Workspace) -> None:
    picture = ("logo.xlsx", io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 64))
    report = load(workspace, [picture, *files(accounts=ACCOUNTS)], today=TODAY)
    assert report.version == 1
    (ignored,) = report.ignored
    assert ignored.file == "logo.xlsx"
    assert ignored.why


def test_a_second_load_is_told_to_wait(workspace: Workspace) -> None:
    with workspace.writing(), pytest.raises(WorkspaceBusy):
        load(workspace, files(accounts=ACCOUNTS), today=TODAY)


def test_what_does_not_exist_is_refused_before_anything_is_read(workspace: Workspace) -> None:
    with pytest.raises(UnknownOption, match="no such table") as caught:
        load(workspace, files(accounts=ACCOUNTS), as_table="acounts")
    assert caught.value.hint == "Did you mean accounts?"
    with pytest.raises(UnknownOption, match="no such field"):
        load(workspace, files(accounts=ACCOUNTS), mapping={"Cloud": "colour"})
    with pytest.raises(UnknownOption, match="there is no such option"):
        load(workspace, files(accounts=ACCOUNTS), options={"sparkle": "yes"})
    with pytest.raises(BadInput, match="no file was given"):
        load(workspace, [])


def test_a_column_can_be_mapped_or_left_out_by_hand(workspace: Workspace) -> None:
    load(workspace, files(accounts=ACCOUNTS), mapping={"Cloud": "region", "Segment": ""}, today=TODAY)
    account_rows = rows(workspace, "select segment, region from accounts where account_id = 'A1'")
    assert account_rows == [{"segment": None, "region": "blue"}]
