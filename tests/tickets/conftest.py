"""Texts of others that several tests of tickets read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import openpyxl
import pytest


@pytest.fixture(scope="session")
def russian_questions(shared_data: Path) -> list[str]:
    """What users of a Russian video service asked its support, without its empty rows."""
    file = shared_data / "tickets" / "ru_rutube_cases_half.xlsx"
    with closing(openpyxl.load_workbook(file, read_only=True)) as book:
        return [str(row[0]) for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) if row[0]]
