"""The template workbook: what it offers, and that what is filled in comes out, with no question and no problem."""

from __future__ import annotations

import datetime as dt
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import IngestResult, InputFile, LoadContext
from cs_dash.intake.workbooks.examples import EXAMPLES, MARK
from cs_dash.intake.workbooks.template import CHOICES, choices, write_template
from cs_dash.schema.tables import TABLES

Cell = str | float | dt.date
KNOWN = LoadContext(loaded_on=date(2026, 11, 22))


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    write_template(tmp_path / "template.xlsx")
    return load_workbook(tmp_path / "template.xlsx")


def loaded(book: Workbook, folder: Path) -> IngestResult:
    file = folder / "filled.xlsx"
    book.save(file)
    return read([InputFile(file.name, file, "1")], KNOWN)


def filled(table: str, n: int) -> dict[str, Cell]:
    """A row with every field of a table, typed as the sheet asks for it."""
    row: dict[str, Cell] = {}
    for field in TABLES[table].mapped:
        candidates = choices(TABLES[table], field)
        by_type: dict[str, Cell] = {
            "id": f"{field.name}-{n}", "account": f"account_id-{n}", "text": f"{field.name} in words {n}",
            "category": f"Kind {n % 2}", "date": dt.date(2026, 3, 1 + n),
            "timestamp": dt.datetime(2026, 3, 1 + n, 9, 30), "money": 1200.5 + n,
            "number": n + 1.0, "integer": n, "flag": "yes",
        }  # fmt: skip
        row[field.name] = candidates[n % len(candidates)] if candidates else by_type[field.type]
    open_end = {"end_date", "churn_date", "solved_at"} & set(row)
    row |= {name: dt.date(2026, 9, 1 + n) for name in open_end}
    row |= {"is_trial": "no"} if "is_trial" in row else {}
    return row | ({"currency": "EUR"} if table in ("accounts", "subscriptions") else {})


def test_examples_that_nobody_touched_are_left_out(book: Workbook, tmp_path: Path) -> None:
    ingest = loaded(book, tmp_path)
    assert not ingest.tables
    why = {sheet.sheet: sheet.why for sheet in ingest.ignored}
    assert why.pop("Read me") == "It is the template's guide and holds no data."
    assert set(why.values()) == {"It holds only the template's examples."}
    assert len(why) == len(TABLES)


def test_a_filled_template_is_read_without_a_question(book: Workbook, tmp_path: Path) -> None:
    for table in TABLES.values():
        sheet = book[table.title]
        titles = [cell.value for cell in sheet[1]]
        assert titles == [field.label for field in table.mapped]
        for n in range(5):
            for name, value in filled(table.name, n).items():
                place = [field.name for field in table.mapped].index(name) + 1
                sheet.cell(row=4 + n, column=place).value = value
    ingest = loaded(book, tmp_path)
    assert [sheet.sheet for sheet in ingest.ignored] == ["Read me"]
    by_table = {
        loaded_table.table: loaded_table
        for loaded_table in ingest.tables
        if loaded_table.sheet == TABLES[loaded_table.table].title
    }
    assert set(by_table) == set(TABLES)
    for name, loaded_table in by_table.items():
        assert (loaded_table.read, loaded_table.rows.rows.num_rows, loaded_table.rejected, loaded_table.problems) == (
            5,
            5,
            0,
            (),
        ), (name, loaded_table.problems)
        assert "2 example rows of the template were left out." in loaded_table.assumptions
        assert {m.field for m in loaded_table.mapped} == {field.name for field in TABLES[name].mapped}
        assert min(m.confidence for m in loaded_table.mapped) >= 0.95
        assert not loaded_table.unmapped
        for field in TABLES[name].mapped:
            if field.type in ("date", "number", "money") and field.name not in ("mrr", "end_date", "churn_date"):
                expected = [filled(name, n)[field.name] for n in range(5)]
                assert loaded_table.rows.rows[field.name].to_pylist() == expected, (name, field.name)


def test_an_example_that_was_changed_is_a_row_like_any_other(book: Workbook, tmp_path: Path) -> None:
    sheet = book["Accounts"]
    sheet["B2"] = "Our first customer"
    table = loaded(book, tmp_path).tables[0]
    assert table.rows.rows["account"].to_pylist() == ["Our first customer"]
    assert "1 example row of the template was left out." in table.assumptions


def test_lists_formats_and_frozen_heads(book: Workbook) -> None:
    for table in TABLES.values():
        sheet = book[table.title]
        assert sheet.freeze_panes == "A2"
        lists = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
        for at, field in enumerate(table.mapped):
            cell = sheet.cell(row=1, column=at + 1)
            assert field.help in str(cell.comment.text if cell.comment else "")
            candidates = choices(table, field)
            letter = get_column_letter(at + 1)
            assert (letter in lists) == bool(candidates), field.name
            if candidates:
                rule = lists[letter]
                assert rule.formula1 == f'"{",".join(candidates)}"'
                assert len(rule.formula1) <= 255
                assert rule.showErrorMessage == (field.type == "flag" or field.name == "survey")
            if field.type == "date":
                assert sheet.column_dimensions[letter].number_format == "yyyy-mm-dd"
    assert choices(TABLES["accounts"], TABLES["accounts"].field("churned")) == ("yes", "no")
    fields = {f.name for t in TABLES.values() for f in t.mapped}
    assert {name.split(".")[-1] for name in CHOICES} <= fields


def test_every_table_has_two_marked_examples_of_its_own_fields() -> None:
    assert set(EXAMPLES) == set(TABLES)
    for name, rows in EXAMPLES.items():
        fields = {field.name: field for field in TABLES[name].mapped}
        for row in rows:
            assert set(row) <= set(fields)
            assert any(str(value).startswith(MARK) for value in row.values())
            required = {field.name for field in TABLES[name].mapped if field.required}
            assert required <= set(row)
