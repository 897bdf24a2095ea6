"""The next load of the same sheets: what was decided is remembered, what is gone is told, all can be made again."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import layouts
from cs_dash.errors import NoData, PasswordNeeded, WorkspaceBroken
from cs_dash.intake.results.layouts import RECOGNISED, Layout
from cs_dash.schema.tables import TABLES
from cs_dash.store.tables import OTHER_TABLES
from cs_dash.store.workspace import Workspace
from tests.workspaces import rows

TODAY = dt.date(2026, 10, 1)
ACCOUNTS = "Account ID,Account name,Segment,Cloud\nA1,Nordwind,SMB,blue\nA2,Helio,Enterprise,red\nA3,Omega,SMB,red\n"
LINES = "Subscription ID,Customer ID,Start date,End date,MRR\nS1,A1,2026-01-01,,100\nS2,A2,2026-02-01,,250\n"
DECIDED = {"Cust No": "account_ref", "Since": "start_date", "Worth": "mrr", "Nick": ""}
ODD = "Cust No,Nick,Since,Worth\nA1,Nordwind,2026-01-01,100\nA2,Helio,2026-02-01,50\n"


def load(workspace: Workspace, name: str, text: str | bytes, **more: Any) -> pipeline.LoadReport:
    content = text.encode() if isinstance(text, str) else text
    return pipeline.load(workspace, [(name, io.BytesIO(content))], today=TODAY, **more)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def mapped(report: pipeline.LoadReport) -> dict[str, str]:
    return {column.column: column.field for column in report.files[0].mapped}


def test_what_was_decided_about_columns_counts_the_next_time(workspace: Workspace) -> None:
    decided = Layout(("Cust No", "Nick", "Since", "Worth"), "subscriptions", DECIDED)
    first = load(workspace, "lines.csv", ODD, decided=[decided])
    assert first.files[0].table == "subscriptions"
    assert mapped(first)["Worth"] == "mrr"
    assert "Nick" not in mapped(first)
    later = "Since,Worth,Cust No,Nick\n2026-03-01,70,A3,Omega\n"
    again = load(workspace, "other.csv", later)
    assert again.files[0].table == "subscriptions"
    assert mapped(again)["Worth"] == "mrr"
    assert again.files[0].decided is not None


def test_what_a_sheet_is_read_as_can_be_taken_back(workspace: Workspace) -> None:
    columns = ("Cust No", "Nick", "Since", "Worth")
    by_itself = load(workspace, "lines.csv", ODD, dry_run=True)
    load(workspace, "lines.csv", ODD, decided=[Layout(columns, "subscriptions", DECIDED)])
    back = load(workspace, "lines.csv", ODD, decided=[Layout(columns, RECOGNISED)])
    again = load(workspace, "lines.csv", ODD)
    for report in (back, again):
        assert [sheet.table for sheet in report.files] == [sheet.table for sheet in by_itself.files]
        assert all(sheet.decided is None for sheet in report.files)


def test_a_dry_run_decides_nothing_for_later(workspace: Workspace) -> None:
    decided = Layout(("Cust No", "Nick", "Since", "Worth"), "subscriptions", {"Worth": "mrr"})
    load(workspace, "lines.csv", ODD, decided=[decided], dry_run=True)
    assert layouts.decided(workspace) == ()


def test_options_of_the_command_line_are_remembered_too(workspace: Workspace) -> None:
    mapping = {"worth": "mrr", "Since": "start_date"}
    load(workspace, "lines.csv", ODD, as_table="subscriptions", mapping=mapping, options={"dates": "mdy"})
    (layout,) = layouts.decided(workspace)
    assert layout.table == "subscriptions"
    assert layout.mapping == {"worth": "mrr", "Since": "start_date"}
    assert layout.options == {"dates": "mdy"}


def test_a_changed_layout_keeps_what_is_known_and_tells_the_change(workspace: Workspace) -> None:
    decided = Layout(("Cust No", "Nick", "Since", "Worth"), "subscriptions", DECIDED)
    load(workspace, "lines.csv", ODD, decided=[decided])
    changed = "Cust No,Nick,Since,Worth,Mood\nA1,Nordwind,2026-01-01,100,good\n"
    report = load(workspace, "lines.csv", changed, dry_run=True)
    assert mapped(report)["Worth"] == "mrr"
    assert report.files[0].decided is not None
    assert report.files[0].decided.added_columns == ("Mood",)
    assert any("its columns have changed (new: Mood)" in assumption for assumption in report.files[0].assumptions)


def test_a_sheet_that_was_set_aside_stays_aside(workspace: Workspace) -> None:
    columns = ("Account ID", "Account name", "Segment", "Cloud")
    report = load(workspace, "accounts.csv", ACCOUNTS, decided=[Layout(columns, "")])
    assert not report.files
    assert "You excluded sheets with these columns" in report.ignored[0].why
    assert report.ignored[0].columns[1] == ("Account name", ("Nordwind", "Helio", "Omega"))
    assert load(workspace, "accounts.csv", ACCOUNTS).ignored
    restored = load(workspace, "accounts.csv", ACCOUNTS, decided=[Layout(columns, "accounts")])
    assert restored.files[0].loaded == 3


def test_the_encoding_that_was_chosen_is_remembered(workspace: Workspace) -> None:
    text = "Клиент;План\nСевер;Основной\nЮг;Полный\n".encode("cp1251")
    garbled = pipeline.load(
        workspace, [("k.csv", io.BytesIO(text))], options={"encoding": "latin-1"}, as_table="accounts", dry_run=True
    )
    columns = tuple(name for name, _ in (garbled.files or garbled.ignored)[0].columns)
    assert "Клиент" not in columns
    report = load(workspace, "k.csv", text)
    right = tuple(name for name, _ in report.files[0].columns)
    assert right == ("Клиент", "План")
    odd = load(workspace, "k.csv", text, decided=[Layout(right, None, {}, {"encoding": "latin-1"})], dry_run=True)
    assert tuple(name for name, _ in (odd.files or odd.ignored)[0].columns) == columns


def test_rows_that_a_new_edition_lacks_are_told_and_kept_until_somebody_says_they_are_gone(
    workspace: Workspace,
) -> None:
    assert load(workspace, "accounts.csv", ACCOUNTS).lacking == ()
    shorter = "Account ID,Account name,Segment,Cloud\nA1,Nordwind,Mid,blue\nA2,Helio,Enterprise,red\n"
    report = load(workspace, "accounts.csv", shorter)
    (lacking,) = report.lacking
    assert (lacking.table, lacking.rows, lacking.again, lacking.examples) == ("accounts", 1, 2, ("Omega",))
    assert lacking.open
    assert not lacking.gone
    assert len(rows(workspace, "from accounts")) == 3
    gone = load(workspace, "accounts.csv", shorter, decided=[Layout(lacking.columns, None, {}, {"missing": "gone"})])
    assert gone.lacking[0].gone
    assert gone.changed == 1
    assert [row["account_id"] for row in rows(workspace, "from accounts order by 1")] == ["A1", "A2"]
    # From now on nobody is asked.
    last = load(workspace, "accounts.csv", "Account ID,Account name,Segment,Cloud\nA2,Helio,Enterprise,red\n")
    assert (last.lacking[0].gone, last.lacking[0].open) == (True, False)
    workspace.undo()
    assert len(rows(workspace, "from accounts")) == 2


def test_a_row_that_could_not_be_read_is_not_gone(workspace: Workspace) -> None:
    load(workspace, "lines.csv", LINES)
    broken = LINES.replace("2026-02-01", "soon")
    report = load(workspace, "lines.csv", broken, options={"missing": "gone"})
    assert report.files[0].rejected == 1
    assert report.lacking == ()
    assert [row["subscription_id"] for row in rows(workspace, "from subscriptions order by 1")] == ["S1", "S2"]


def test_a_file_of_the_next_period_lacks_nothing(workspace: Workspace) -> None:
    head = "Ticket ID,Customer,Created at,Subject\n"
    load(workspace, "may.csv", head + "".join(f"T{n},A1,2026-05-0{n},How?\n" for n in range(1, 9)))
    report = load(workspace, "june.csv", head + "".join(f"U{n},A1,2026-06-0{n},How?\n" for n in range(1, 9)))
    assert report.lacking == ()


def test_what_changed_is_kept_with_the_version(workspace: Workspace) -> None:
    load(workspace, "accounts.csv", ACCOUNTS)
    assert rows(workspace, "from load_changes") == []
    changed = "Account ID,Account name,Segment,Cloud\nA1,Nordwind,Mid,grey\nA2,Helio,Enterprise,red\nA9,Neu,SMB,red\n"
    load(workspace, "accounts.csv", changed, options={"missing": "gone"})
    changes = rows(workspace, "select what, key, name, field, old, new from load_changes order by what, key, field")
    assert [tuple(row.values()) for row in changes] == [
        ("changed", "A1", "Nordwind", "Cloud", "blue", "grey"),
        ("changed", "A1", "Nordwind", "segment", "SMB", "Mid"),
        ("gone", "A3", "Omega", None, None, None),
        ("new", "A9", "Neu", None, None, None),
    ]


def test_a_workspace_rebuilt_from_its_uploads_has_the_same_rows(workspace: Workspace) -> None:
    load(workspace, "accounts.csv", ACCOUNTS)
    load(workspace, "lines.csv", LINES)
    load(workspace, "mistake.csv", ACCOUNTS.replace("Helio", "Oops"))
    workspace.undo()
    decided = Layout(("Cust No", "Nick", "Since", "Worth"), "subscriptions", DECIDED)
    load(workspace, "more.csv", ODD, decided=[decided])
    load(workspace, "accounts.csv", ACCOUNTS.replace("A3,Omega,SMB,red\n", ""), options={"missing": "gone"})
    load(workspace, "tickets.csv", "Ticket ID,Customer,Created at,Type\nT1,Helio,2026-05-01,Question\n")
    tables = [*TABLES, *OTHER_TABLES, "account_dimensions", "usage_weeks"]
    before = {name: rows(workspace, f"from {name} order by all") for name in tables}
    report = pipeline.rebuild(workspace)
    assert report.version == 7
    after = {name: rows(workspace, f"from {name} order by all") for name in tables}
    assert after.pop("load_changes")  # it tells of the rebuilt version now
    before.pop("load_changes")
    assert after == before
    assert pipeline.rebuild(workspace).version == 8
    assert {name: rows(workspace, f"from {name} order by all") for name in after} == before
    workspace.undo()
    assert {name: rows(workspace, f"from {name} order by all") for name in after} == before


def test_what_cannot_be_rebuilt_says_so(workspace: Workspace) -> None:
    with pytest.raises(NoData, match="nothing is loaded"):
        pipeline.rebuild(workspace)
    load(workspace, "accounts.csv", ACCOUNTS)
    version = workspace.current()
    assert version is not None
    workspace.uploads_of(version)[0].path.unlink()
    with pytest.raises(WorkspaceBroken, match=r"accounts\.csv is no longer stored"):
        pipeline.rebuild(workspace)
    assert workspace.current() == version


def test_a_locked_workbook_needs_its_password_again(workspace: Workspace, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile
    from openpyxl import Workbook

    plain, locked = tmp_path / "plain.xlsx", tmp_path / "locked.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ACCOUNTS.splitlines():
        sheet.append(line.split(","))
    book.save(plain)
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    load(workspace, "locked.xlsx", locked.read_bytes(), options={"password": "secret"})
    version = workspace.current()
    assert version is not None
    assert "secret" not in str(version.summary)
    with pytest.raises(PasswordNeeded):
        pipeline.rebuild(workspace)
    assert pipeline.rebuild(workspace, password="secret").version == 2
    assert len(rows(workspace, "from accounts")) == 3


def test_rejected_rows_are_mended_and_come_back(workspace: Workspace) -> None:
    """The downloaded workbook, mended, is read as its file was, and what it lacks is not gone."""
    from openpyxl import load_workbook

    from cs_dash.intake.results.problems import InputFile
    from cs_dash.intake.workbooks.rejects import rejected_rows

    wrong = LINES + "S3,A3,2026-13-45,,70\nS4,A9,soon,,40\n"
    report = load(workspace, "lines.csv", wrong, options={"missing": "gone"})
    assert report.files[0].rejected == 2
    version = workspace.current()
    assert version is not None
    (upload,) = workspace.uploads_of(version)
    pairs = [((sheet.file, sheet.sheet), problem) for sheet in report.files for problem in sheet.problems]
    book = load_workbook(io.BytesIO(rejected_rows([InputFile(upload.name, upload.path, upload.id)], pairs)))
    (sheet,) = book.worksheets
    dates = [cell for cell in sheet[1] if cell.value == "Start date"]
    sheet.cell(2, dates[0].column).value = "2026-03-01"
    sheet.cell(3, dates[0].column).value = "2026-04-01"
    out = io.BytesIO()
    book.save(out)
    mended = load(workspace, "rejected-rows.xlsx", out.getvalue())
    assert (mended.files[0].table, mended.files[0].loaded, mended.files[0].rejected) == ("subscriptions", 2, 0)
    assert not [missing for missing in mended.lacking if missing.gone]
    assert mended.files[0].unmapped == ()
    assert [row["subscription_id"] for row in rows(workspace, "from subscriptions order by 1")] == [
        "S1", "S2", "S3", "S4",
    ]  # fmt: skip
