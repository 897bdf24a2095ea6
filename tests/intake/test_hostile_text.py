"""Whatever stands in a header or a cell is only text: it is loaded, named and asked for, and never a reason to fail."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_dash.errors import CsDashError
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import Workspace, load
from cs_dash.questions import catalogue
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope
from cs_dash.store.tables import EXTRA
from tests.companies import ReusedReader
from tests.intake.conftest import Read
from tests.questions.test_tables_alone import LISTS

WORDS = (
    ".f", "f.", "a.b", "[0]", ".[0].x", "a[b]", "{x}", "(a)", '"', "'", "''", "`", "\\", "/", "%", "$1", "?", "*", "**",
    "_", "__", "_row", "_ROW", "#", "@", "=1+1", "+1", "-1", "<b>", "&amp;", "select", "SELECT", "order", "from",
    "null", "NULL", "nan", "true", "drop table accounts; --", '"; drop table x; --', "m\0p\0g\0", "\0", "\x1b[31m",
    "", " ", "  x  ", "x" * 300, "very long " * 40, "🙂", "👩‍👩‍👧", "é", "é", "ß", "SS", "名前", "قيمة", "\u202eabc",
    "\ufeffx", "group", "a\nb", "a\tb", "a,b", "a;b", "a|b", "1", "2024", "2024-01-01", "Jan", "0.5", "10%",
    "Column 3", "x (2)", "x", "X",
)  # fmt: skip
"""Headers that mean something to a database, a spreadsheet, a page or a terminal; the last ones collide."""
HEADERS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(st.characters(codec="utf-8"), max_size=12)), min_size=1, max_size=6
)
COLUMN_QUESTIONS = ("data.loads", "data.problems", "data.quality", "data.checks", "data.changes", "health.accounts")
BY_COLUMN = {"retention.by_dimension": "by", "health.groups": "field", "support.by": "field", "churn.summary": "by",
             "retention.survival": "group", "retention.cohort_compare": "field"}  # fmt: skip
"""Questions that take the name of a column, and the option that does."""


def sheet(table: str, headers: list[str]) -> list[list[str]]:
    """Return a table's list with further columns: their headers, and a value of their own in each row."""
    head, rows = LISTS[table]
    own = [[*row.split(","), *(f"{at}v{n % 3}" for at in range(len(headers)))] for n, row in enumerate(rows)]
    return [[*head.split(","), *headers], *own]


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


def as_json(rows: list[list[str]]) -> bytes:
    head = [name if head_at == rows[0].index(name) else f"{name}{head_at}" for head_at, name in enumerate(rows[0])]
    return json.dumps([dict(zip(head, row, strict=True)) for row in rows[1:]]).encode()


def ask_all(workspace: Workspace, *, reused: bool) -> None:
    """Ask every question that shows or takes columns; each answers or refuses in a sentence."""
    version = workspace.current()
    assert version is not None
    file = workspace.file_of(version)
    warehouse = ReusedReader(file) if reused else open_warehouse(file)
    try:
        for name in COLUMN_QUESTIONS:
            assert catalogue.ask(warehouse, name, Scope(period="all")).headline
        for field, values in warehouse.dimensions().items():
            for name, option in BY_COLUMN.items():
                assert catalogue.ask(warehouse, name, Scope(period="all"), {option: field}).headline
            scope = Scope(period="all").with_filter(field, values[:1])
            assert catalogue.ask(warehouse, "health.accounts", scope).headline
    finally:
        warehouse.close()


HARD = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("table", TABLES)
@HARD
@given(headers=HEADERS)
def test_any_header_in_any_table(table: str, headers: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        content = as_csv(sheet(table, headers))
        checked = load(workspace, [("list.csv", io.BytesIO(content))], as_table=table, dry_run=True)
        report = load(workspace, [("list.csv", io.BytesIO(content))], as_table=table)
        assert checked.files == report.files
        (own,) = (entry for entry in report.files if entry.table == table)
        assert (own.read, own.loaded) == (9, 9)
        assert len(own.columns) == len({name for name, _ in own.columns}) == len(sheet(table, headers)[0])
        ask_all(workspace, reused=True)


@HARD
@given(headers=HEADERS)
def test_any_header_in_a_plain_table(headers: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        rows = sheet("accounts", headers)
        for name, content in (("list.csv", as_csv(rows)), ("list.json", as_json(rows))):
            report = load(workspace, [(name, io.BytesIO(content))], as_table="plain")
            assert [(entry.table, entry.loaded + entry.unchanged) for entry in report.files] == [("plain", 9)]
        ask_all(workspace, reused=False)


@pytest.mark.parametrize("word", WORDS)
def test_a_header_is_named_as_it_is_written(word: str, reading: Read) -> None:
    plain = " ".join(word.replace("\0", "").replace("\x1b", "").replace("\ufeff", "").split())
    rows = sheet("accounts", ["team", word])
    table = reading({"accounts.csv": as_csv(rows)}).tables[0]
    assert table.rows.rows.num_rows == 9
    named = table.columns[-1][0]
    assert named == plain or named.startswith((f"{plain} (", "Column 5")) or word.startswith("\ufeff")
    extra = [dict(cells) for cells in table.rows.rows[EXTRA].to_pylist()] if word not in ("X", "x") else []
    assert all(cells.get(named, "") in ("", "1v0", "1v1", "1v2") for cells in extra)


def test_sheets_that_are_read_wholly_and_names_that_only_differ_in_case(reading: Read) -> None:
    rows = [["x", "X", "x (2)", "x", "_row"], *([str(n)] * 5 for n in range(4))]
    table = reading({"a.csv": as_csv(rows)}, as_table="plain").tables[0]
    assert table.rows.rows.column_names == ["x", "X (2)", "x (2) (2)", "x (3)", "_row (2)", "_row"]


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("tickets.csv", lambda text: text.encode()),
        ("tickets.csv", lambda text: b"\xef\xbb\xbf" + text.encode()),
        ("tickets.csv", lambda text: text.encode("utf-16")),
        ("tickets.tsv", lambda text: text.replace(",", "\t").encode()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("signs", ["\0", "\0\x05", "\x1b", "\x01\x02\x7f", "\x1f\x1e", "\x08" * 40])
def test_control_characters_are_left_out_and_counted(name: str, encoded: object, signs: str, reading: Read) -> None:
    lines = [f"T{n},2026-01-0{n},How do I export list {n}?" for n in range(1, 9)]
    lines[3] = lines[3].replace("export", f"ex{signs}port")
    text = "Ticket ID,Created at,Subject\n" + "\n".join(lines) + "\n"
    assert callable(encoded)
    ingest = reading({name: encoded(text)})
    (table,) = ingest.tables
    assert table.rows.rows["subject"].to_pylist()[3] == "How do I export list 4?"
    count = f"{len(signs)} control characters were" if len(signs) > 1 else "1 control character was"
    assert [note for note in table.assumptions if "control" in note] == [
        f"{count} removed: text should have none, so the file may be corrupted."
    ]


def test_control_characters_in_workbooks_and_records(reading: Read) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Account ID", "Account Name"], ["A1", "An_x0007_n"], ["A2", "Bob_x001B_"]):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    records = '[{"account_id": "A1", "account_name": "An\u0007n"}, {"account_id": "A2", "account_name": "Bob\\u001b"}]'
    for name, content in (("a.xlsx", out.getvalue()), ("a.json", records.encode())):
        (table,) = reading({name: content}, as_table="accounts").tables
        assert table.rows.rows["account"].to_pylist() == ["Ann", "Bob"]
        assert "2 control characters were removed" in " ".join(table.assumptions)


def test_half_of_an_emoji_and_a_line_separator_in_records(reading: Read) -> None:
    lines = [
        '{"account_id": "A1", "account_name": "Ann\\ud83d", "\\udc00": "x"}',
        '{"account_id": "A2", "account_name": "Bob\u2028 Ltd", "\\udc00": "y"}',
    ]
    (table,) = reading({"a.jsonl": "\n".join(lines)}, as_table="accounts").tables
    assert table.rows.rows["account"].to_pylist() == ["Ann\ufffd", "Bob\u2028 Ltd"]


def test_errors_of_spreadsheet_programs_are_named_with_their_count(reading: Read) -> None:
    text = "account_id,plan,seats\nA1,#REF!,3\nA2,Pro,#N/A\nA3,#BEZUG!,#N/A\nA4,#1 plan,4\n"
    (table,) = reading({"accounts.csv": text}).tables
    assert table.rows.rows["seats"].to_pylist() == [3, None, None, 4]
    assert table.rows.rows["plan"].to_pylist() == [None, "Pro", None, "#1 plan"]
    assert "4 cells hold an error (#BEZUG! in 1, #N/A in 2, #REF! in 1) and count as empty." in table.assumptions
    (plain,) = reading({"accounts.csv": text}, as_table="plain").tables
    assert any(note.startswith("4 cells hold an error") for note in plain.assumptions)


MAPPED = "client,day,feature,count\nC1,2026-01-05,reports,3\nC2,2026-01-06,board,1\n"


@pytest.mark.parametrize("choice", ["account_id", "account_ref", "accounts.account_id", "usage.account_ref"])
def test_the_account_of_a_row_can_be_called_by_its_id(choice: str, reading: Read) -> None:
    (table,) = reading({"u.csv": MAPPED}, as_table="usage", mapping={"client": choice, "day": "used_on"}).tables
    assert table.rows.rows["account_ref"].to_pylist() == ["C1", "C2"]


@pytest.mark.parametrize("as_table", ["usage", None])
def test_a_field_that_the_table_lacks_is_refused_with_those_that_it_has(as_table: str | None, reading: Read) -> None:
    ingest = reading({"usage.csv": MAPPED}, as_table=as_table, mapping={"client": "renewal_date", "day": "used_on"})
    assert ingest.tables == ()
    (ignored,) = ingest.ignored
    assert ignored.why.startswith("The column client was mapped to renewal_date, which is not a field of usage.")
    assert all(field.name in ignored.why for field in TABLES["usage"].mapped)


def test_a_missing_mapping_file_is_called_missing(tmp_path: Path) -> None:
    from cs_dash.cli.arguments import column_mapping

    with pytest.raises(CsDashError, match="no such file"):
        column_mapping(tmp_path / "m.json")
