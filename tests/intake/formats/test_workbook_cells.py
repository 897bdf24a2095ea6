"""A workbook gives what a CSV file gives: every digit of a number, and the names of errors."""

from __future__ import annotations

import csv
import io
import math
import random

import openpyxl
import pytest

from tests.intake.conftest import Read
from tests.intake.dialects import Dialect, Sheet, Value
from tests.intake.forms import as_ods

NUMBERS = (
    0.0000394123456, 3.4e-11, 123456789.12345678, 0.1, 1 / 3, 2.0, 0.0, -2.5e-7, -1e-15, 12345678.91, 1e-7, 5e-324,
    1e20, 1234567890123456.0, 0.30000000000000004, 1e-9, 0.0000000005, 99999999.999999, 4503599627370497.5,
)  # fmt: skip


def workbook(numbers: list[float]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["name", "value"])
    for at, number in enumerate(numbers):
        page.append([f"n{at}", number])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(numbers: list[float]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["name", "value"], *([f"n{at}", repr(n)] for at, n in enumerate(numbers))])
    return out.getvalue()


def written(numbers: list[float]) -> list[float]:
    """Return the numbers as a workbook's writer keeps them: with 16 digits."""
    return [float(f"{number:.16g}") for number in numbers]


@pytest.mark.parametrize("seed", range(3))
def test_a_workbook_has_the_numbers_of_the_csv_file(reading: Read, seed: int) -> None:
    rng = random.Random(seed)
    more = [rng.choice((-1, 1)) * math.exp(rng.uniform(-40, 40)) for _ in range(200)]
    numbers = written([*NUMBERS, *more])
    columns = []
    for name, content in (("n.xlsx", workbook(numbers)), ("n.csv", text(numbers))):
        (table,) = reading({name: content}, as_table="plain").tables
        columns.append([float(cell) for cell in table.rows.rows["value"].to_pylist()])
    assert columns[0] == columns[1] == numbers


def test_open_document_keeps_them_too(reading: Read) -> None:
    rows: list[list[tuple[str, Value]]] = [[("n", "n"), (repr(number), number)] for number in NUMBERS]
    content = as_ods(Sheet(["name", "value"], [], rows), Dialect(form="ods", native=True))
    (table,) = reading({"n.ods": content}, as_table="plain").tables
    assert [float(cell) for cell in table.rows.rows["value"].to_pylist()] == list(NUMBERS)


def test_no_digit_is_written_that_the_workbook_lacks(reading: Read) -> None:
    (table,) = reading({"n.xlsx": workbook([123456789.1234568, 3.4e-11])}, as_table="plain").tables
    assert table.rows.rows["value"].to_pylist() == ["123456789.1234568", "0.000000000034"]


def test_text_that_looks_like_a_number_stays_as_it_is(reading: Read) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    texts = ["007", "1.10", "123456789012345678901", "0.0000000000010", "1,5"]
    page.append(["name", "value"])
    for cell in (*texts, 3.4e-11):
        page.append(["n", cell])
    out = io.BytesIO()
    book.save(out)
    (table,) = reading({"n.xlsx": out.getvalue()}, as_table="plain").tables
    assert table.rows.rows["value"].to_pylist() == [*texts, "0.000000000034"]


def test_a_usage_ratio_is_not_zero(reading: Read) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["currency", "rate_on", "rate"],
        ["IRR", "2026-01-01", 0.0000215123456],
        ["IRR", "2026-02-01", 3.4e-11],
    ):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    (table,) = reading({"rates.xlsx": out.getvalue()}, as_table="fx_rates").tables
    assert table.rows.rows["rate"].to_pylist() == [0.0000215123456, 3.4e-11]
    assert table.rejected == 0
