"""What is asked about rows that a new file does not have."""

from __future__ import annotations

import pytest

from cs_dash.intake.results.reports import MissingRows
from cs_dash.ui.pages.data.missing_rows import question


@pytest.mark.parametrize(
    ("rows", "again", "sentence"),
    [
        (1, 2, "1 of 3 accounts from the previous file is not in this one (A …). Not exported, or removed?"),
        (2, 1, "2 of 3 accounts from the previous file are not in this one (A …). Not exported, or removed?"),
    ],
)
def test_the_count_agrees_with_its_noun(rows: int, again: int, sentence: str) -> None:
    examples = ("A",) if rows > 1 else ("A …",)
    missing = MissingRows("accounts", ("id",), rows, again, examples, gone=False, open=True)
    assert question(missing) == sentence
