"""Roadmap items as files of other tools: each after the rules of its importer, and no text becomes a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.look.spreadsheet_text import FORMULA
from cs_dash.look.tracker_files import FORMS, LINEAR_COLUMNS, LONGEST_SUMMARY, tracker_file

NODE_MODULES = Path(os.environ.get("CS_DASH_NODE_MODULES", "/usr/lib/node_modules"))
EVIL = '=HYPERLINK("http://evil.example","Click")'
AWKWARD = [EVIL, "+1", "-x", "@a", "\t=1", "＝1", "''=1", 'a"b', "a\r\nb", "a,b"]
Row = dict[str, Any]


def item(title: str = "Invite link", **parts: Any) -> Row:
    """Return an item as the question roadmap.handover has it."""
    return {
        "item": "R-1", "title": title, "fix": "in-product guidance", "state": "accepted", "owner": "M. Okafor",
        "team": "product", "priority": "High", "rice": 800.0, "reach": 2000, "impact": 2.0, "confidence": 0.8,
        "effort": 4.0, "tickets": 42, "accounts": 17, "mrr": 12000.0, "mrr_renewing": 4000.0,
        "due": dt.date(2026, 12, 31), "shipped_on": None, "labels": ["csdash-R-1", "in-product-guidance"],
        "evidence": ["Tickets: 42 (12 in the last 90 days)", "Accounts: 17"],
        "examples": ['How do I "export", quickly? (T-1)', "![x](http://evil.example/p.png) [a|http://b] !c! {d} (T-2)"],
        "address": "https://cs.example.com/roadmap?item=R-1",
    } | parts  # fmt: skip


def rows_of(content: bytes) -> list[list[str]]:
    """Return the rows of a CSV file as RFC 4180 has them; a byte order mark is none of them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def columns_of(content: bytes) -> Row:
    """Return the only row of a CSV file by its columns' names."""
    header, row = rows_of(content)
    assert len(header) == len(row)
    return dict(zip(header, row, strict=True))


def imported_by_linear(content: bytes, folder: Path) -> Row:
    """Return what Linear's own importer reads; skips where it is not installed."""
    if shutil.which("node") is None or not (NODE_MODULES / "@linear" / "import").exists():
        pytest.skip("node or @linear/import is not installed: name its node_modules in CS_DASH_NODE_MODULES")
    file = folder / "items.csv"
    file.write_bytes(content)
    script = Path(__file__).with_name("linear_importer.cjs")
    printed = subprocess.run(
        ["node", str(script), str(NODE_MODULES), str(file)], capture_output=True, text=True, check=True, timeout=60
    )
    result: Row = json.loads(printed.stdout)
    return result


@pytest.mark.parametrize("form", [form for form in FORMS if form != "markdown"])
@settings(max_examples=30)
@given(
    text=st.text(min_size=1) | st.sampled_from([EVIL, "+1", "-x", "@a", "\t=1", "＝1", "''=1", 'a"b', "a\r\nb", "a,b"])
)
def test_no_cell_is_a_formula_and_every_row_has_all_columns(form: str, text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    rows = rows_of(tracker_file([item(text, owner=text, examples=[text]), item()], form))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 3
    for cell in rows[1]:
        assert not FORMULA.match(cell) or cell.startswith("'") or cell.lstrip("+-").replace(".", "").isdigit()


def test_jira_reads_it_by_its_rules() -> None:
    content = tracker_file([item(EVIL), item("x" * 300, labels=["csdash-R-2"])], "jira")
    header, first, second = rows_of(content)
    assert not content.startswith(b"\xef\xbb\xbf")  # its importer takes a mark for a part of the first column's name
    assert header == ["Summary", "Issue Type", "Description", "Priority", "Assignee", "Due date", "Labels", "Labels"]
    assert all(name.replace(" ", "").isalpha() for name in header)  # no punctuation in the first row
    assert first[0] == f"'{EVIL}"
    assert first[3:] == ["High", "", "2026-12-31", "csdash-R-1", "in-product-guidance"]  # it finds no one by a name
    assert len(second[0]) <= LONGEST_SUMMARY
    assert "x" * 300 in second[2]
    assert second[6:] == ["csdash-R-2", ""]
    assert not any(" " in label for label in first[6:] + second[6:])
    assert "\n" in first[2]
    assert "\\[a\\|http://b] \\!c\\! \\{d\\}" in first[2]  # no link, image or macro of its wiki markup
    assert "https://cs.example.com/roadmap?item=R-1" in first[2]


def test_jira_assigns_an_email_address_and_takes_a_summary_of_one_line() -> None:
    owned = item("Two\r\nlines", owner="m.okafor@example.com")
    content = tracker_file([owned, item("=" + "x" * (LONGEST_SUMMARY - 1))], "jira")
    header, first, second = rows_of(content)
    assert first[header.index("Assignee")] == "m.okafor@example.com"
    assert first[0] == "Two lines"
    assert len(second[0]) <= LONGEST_SUMMARY
    assert content.decode().startswith('"Summary","Issue Type",')  # every cell in quotes


def test_linear_reads_it_by_its_rules() -> None:
    row = columns_of(tracker_file([item(EVIL)], "linear"))
    assert tuple(row) == LINEAR_COLUMNS
    assert (row["Title"], row["Priority"], row["Status"]) == (f"'{EVIL}", "High", "Todo")
    assert row["Labels"] == "csdash-R-1, in-product-guidance"
    assert not row["Archived"]
    unscored = columns_of(tracker_file([item(priority=None, state="open")], "linear"))
    assert (unscored["Priority"], unscored["Status"]) == ("No priority", "Backlog")
    shipped = item(priority=None, state="shipped", shipped_on=dt.date(2026, 11, 20))
    assert columns_of(tracker_file([shipped], "linear"))["Completed"] == "2026-11-20"


def test_the_importer_of_linear_takes_it_unchanged(tmp_path: Path) -> None:
    shipped = item("Two\nlines, “quoted”", state="shipped", priority=None, shipped_on=dt.date(2026, 11, 20))
    read = imported_by_linear(tracker_file([item(EVIL), shipped], "linear"), tmp_path)
    first, second = read["issues"]
    assert (first["title"], first["priority"], first["status"]) == (EVIL, 2, "Todo")
    assert first["labels"] == ["csdash-R-1", "in-product-guidance"]
    assert first["assigneeId"] == "M. Okafor"
    assert first["description"].startswith("Evidence:\n- Tickets: 42 (12 in the last 90 days)\n")
    assert "\\!\\[x\\](http://evil.example/p.png)" in first["description"]  # text, no image
    assert first["description"].endswith("Roadmap item R-1: https://cs.example.com/roadmap?item=R-1")
    assert (second["status"], second["completedAt"]) == ("Done", "2026-11-20T00:00:00.000Z")
    assert second["priority"] == 0


def test_any_other_table_has_all_that_is_known() -> None:
    row = columns_of(tracker_file([item(EVIL)], "csv"))
    assert (row["Item"], row["Title"], row["RICE"], row["Due"]) == ("R-1", f"'{EVIL}", "800.0", "2026-12-31")
    assert row["Address"] == "https://cs.example.com/roadmap?item=R-1"
    row = columns_of(tracker_file([item(EVIL)], "productboard"))
    assert (row["Name"], row["Status"], row["Item"]) == (f"'{EVIL}", "Planned", "R-1")
    assert row["Link"] == "https://cs.example.com/roadmap?item=R-1"


def test_markdown_shows_what_was_typed_and_draws_nothing() -> None:
    text = tracker_file([item("# <b>*x*</b> ![y](http://z)")], "markdown").decode()
    assert text.startswith("# \\# \\<b\\>\\*x\\*\\</b\\> \\!\\[y\\](http://z)\n\nEvidence:\n- Tickets: 42")
    assert text.endswith("Roadmap item R-1: https://cs.example.com/roadmap?item=R-1\n")
