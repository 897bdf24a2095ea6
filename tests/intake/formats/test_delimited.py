from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.formats import controls, delimited, encodings
from cs_dash.intake.results.sheets import RowFault


def read(text: str, delimiter: str | None = None) -> tuple[pa.Table, dict[int, RowFault]]:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "file"
        file.write_bytes(text.encode())
        decoded = encodings.utf8(file, Path(name))
        assert decoded is not None
        return delimited.read(decoded, delimiter)[:2]


def rows_of(text: str, delimiter: str | None = None) -> list[list[str]]:
    grid, _ = read(text, delimiter)
    return [list(row) for row in zip(*(column.to_pylist() for column in grid.columns), strict=True)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f"a{delimiter}b{delimiter}c\n1{delimiter}x, y; z{delimiter}3\n4{delimiter}5{delimiter}6\n".replace(
        "x, y; z", '"x, y; z"'
    )
    assert delimited.delimiter(text) == delimiter


def test_decimal_commas_do_not_make_the_comma_a_delimiter() -> None:
    assert delimited.delimiter("name;amount\nA;1,5\nB;2,5\n") == ";"


def test_cells_of_many_lines() -> None:
    assert rows_of('a,b\n1,"x\ny, ""z"""\n2,w\n') == [["a", "b"], ["1", 'x\ny, "z"'], ["2", "w"]]


def test_empty_lines_keep_the_rows_where_they_are() -> None:
    assert rows_of("a,b\n\n1,2\n")[2] == ["1", "2"]


def test_rows_that_are_too_short_are_filled_up() -> None:
    assert rows_of("a,b,c\n1\n4,5,6\n") == [["a", "b", "c"], ["1", "", ""], ["4", "5", "6"]]


def test_a_row_that_is_too_long_is_said_and_not_shifted() -> None:
    _, faults = read("a,b\n1,2\n3,4,5\n6,7\n")
    assert {row: fault.fatal for row, fault in faults.items()} == {2: True}


@pytest.mark.parametrize("end", ["3", '3,"begun'])
def test_a_file_cut_in_mid_row_says_so(end: str) -> None:
    _, faults = read("a,b,c\n1,2,3\n4,5,6\n" + end)
    assert list(faults) == [3]
    assert "ends in the middle" in faults[3].what


def test_a_file_without_a_last_line_end_is_whole() -> None:
    assert read("a,b\n1,2\n3,4")[1] == {}


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=8), st.sampled_from([",", ";", "\t", "|"])
)
def test_what_a_writer_wrote_is_read(rows: list[list[str]], delimiter: str) -> None:
    rows = [[*row[:-1], row[-1] + "."] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert rows_of(out.getvalue(), delimiter) == rows


def said_of(data: bytes) -> tuple[list[list[str]], tuple[str, ...], str]:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "file"
        file.write_bytes(data)
        text = encodings.utf8(file, Path(name))
        assert text is not None
        grid, _, delimiter = delimited.read(text)
        grid, notes = controls.without(grid)
        cells = [list(row) for row in zip(*(column.to_pylist() for column in grid.columns), strict=True)]
        return cells, (*delimited.reading_notes(text, grid, delimiter), *notes), delimiter


TABLE = [["id", "name", "note"], ["1", "Ann", "a, b"], ["2", "Bob", "10:30"]]


@pytest.mark.parametrize("delimiter", ["^", "~", "§", "¦", "#", "\x01", "\x1f"])
def test_rare_delimiters_that_cut_every_row_alike(delimiter: str) -> None:
    cells, sentences, used = said_of("\n".join(delimiter.join(row).replace(",", "") for row in TABLE).encode())
    assert used == delimiter
    assert cells == [[cell.replace(",", "") for cell in row] for row in TABLE]
    assert sentences == (f"Read as UTF-8 text, cells separated by “{delimiter}”.",)


@pytest.mark.parametrize("text", ["started\n10:30:00\n11:45:00\n", "name\nA:B\nC\n", "note\n#1 is here\n#2 is there\n"])
def test_signs_of_texts_and_times_divide_nothing(text: str) -> None:
    cells, _, used = said_of(text.encode())
    assert used == ","
    assert all(len(row) == 1 for row in cells)


def test_cells_in_apostrophes() -> None:
    cells, _, _ = said_of(b"id;name\n'1';'Ann; or Anna'\n'2';'Bob'\n")
    assert cells == [["id", "name"], ["1", "Ann; or Anna"], ["2", "Bob"]]
    cells, _, _ = said_of(b"id;name\n1;'t Hart\n2;O'Neil\n3;the 'best'\n")
    assert [row[1] for row in cells] == ["name", "'t Hart", "O'Neil", "the 'best'"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,2\n", ()),
        (b"a;b\n1;2\n", ("Read as UTF-8 text, cells separated by semicolons.",)),
        ("имя;цена\nОльга;2\n".encode("cp1251"), ("Read as Windows-1251 text, cells separated by semicolons.",)),
        ("имя\tцена\nОльга\t2\n".encode("utf-16"), ("Read as UTF-16 text, cells separated by tabs.",)),
        ("名前,値段\nさくら,2\n".encode("shift_jis"), ("Read as Shift JIS text, cells separated by commas.",)),
        (
            b"a,b\n" + b"1,2,3,4,5,6,7,8\n" * 9 + b"1,\x002\n" * 9,
            ("9 control characters were removed: text should have none, so the file may be corrupted.",),
        ),
    ],
)
def test_how_a_text_was_read_is_said_where_it_is_not_plain(data: bytes, expected: tuple[str, ...]) -> None:
    cells, sentences, _ = said_of(data)
    assert sentences == expected
    assert not any("\x00" in cell for row in cells for cell in row)


def test_what_is_full_of_control_characters_is_no_text() -> None:
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "file"
        for data in (b"a,b\n1,\x00\x05\n" * 9, b"a,b\x00\x00\x00\n", bytes(range(256))):
            file.write_bytes(data)
            assert encodings.utf8(file, Path(name)) is None
