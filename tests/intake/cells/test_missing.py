"""Which cells hold nothing: the quick look at their bytes finds what a look at each of them does."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.intake.cells import missing

EDGES = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"
PLAIN = st.text(st.characters(codec="utf-8"), max_size=6)
WORDS = st.sampled_from([*sorted(missing.NO_VALUE), "N/A", "None", "NULL", "Нет данных", "nothing", "-1", "a b"])
CELLS = st.one_of(
    st.none(), PLAIN, WORDS, st.builds(lambda a, w, b: a + w + b, st.text(EDGES, max_size=2), WORDS, st.text(EDGES))
)


@given(st.lists(CELLS, max_size=12), st.integers(0, 3))
def test_cells_are_trimmed_and_words_for_nothing_left_out(cells: list[str | None], start: int) -> None:
    given_cells = pa.array(cells, pa.string()).slice(start)
    expected = [None if cell is None else cell.strip(EDGES) for cell in cells[start:]]
    assert missing.trimmed(given_cells).to_pylist() == expected
    assert missing.filled(given_cells).to_pylist() == [bool(cell) for cell in expected]
    for missing_words in (missing.NOTHING, missing.NO_VALUE):
        expected_values = [None if cell is None or cell.lower() in missing_words else cell for cell in expected]
        values = missing.without_missing(given_cells, missing_words)
        values.validate(full=True)
        assert values.to_pylist() == expected_values


@pytest.mark.parametrize("cells", [["a", "b c", "日本"], ["x", None]])
def test_a_column_without_anything_to_take_away_is_not_copied(cells: list[str | None]) -> None:
    column = pa.array(cells, pa.string())
    assert missing.without_missing(column, missing.NO_VALUE) is column
