from __future__ import annotations

import pyarrow as pa

from cs_dash.intake.detection import header
from cs_dash.intake.results.sheets import Block


def block(*rows: list[str]) -> Block:
    grid = pa.table({f"f{at}": pa.array(cells, pa.string()) for at, cells in enumerate(zip(*rows, strict=True))})
    table_block = header.find(grid)
    assert table_block is not None
    return table_block


def test_a_header_on_top() -> None:
    table_block = block(["account_id", "plan"], ["A1", "Pro"], ["A2", "Free"])
    assert table_block.names == ("account_id", "plan")
    assert table_block.row_numbers.tolist() == [2, 3]


def test_a_header_after_title_lines() -> None:
    table_block = block(["Customer report", ""], ["", ""], ["Account ID", "Plan"], ["A1", "Pro"], ["A2", "Pro"])
    assert table_block.names == ("Account ID", "Plan")
    assert table_block.row_numbers.tolist() == [4, 5]
    assert table_block.notes == ("1 row above the column names was skipped.",)


def test_names_that_we_do_not_know_are_a_header_too() -> None:
    table_block = block(["Foo", "Bar"], ["x", "1"], ["y", "2"])
    assert table_block.names == ("Foo", "Bar")


def test_no_header() -> None:
    table_block = block(["A1", "2025-01-01", "12.50"], ["A2", "2025-01-02", "13.50"])
    assert not table_block.has_header
    assert table_block.names == ("Column 1", "Column 2", "Column 3")
    assert table_block.row_numbers.tolist() == [1, 2]


def test_units_under_the_names_become_part_of_them() -> None:
    table_block = block(
        ["Account", "MRR", "Resolution time"], ["", "EUR", "hours"], ["A1", "12", "3"], ["A2", "1", "1"]
    )
    assert table_block.names == ("Account", "MRR (EUR)", "Resolution time (hours)")
    assert table_block.row_numbers.tolist() == [3, 4]


def test_totals_are_set_aside() -> None:
    for word in ("Total", "Summe", "Итого", "Grand Total:"):
        table_block = block(["Account", "MRR"], ["A1", "1"], ["A2", "2"], [word, "3"])
        assert table_block.row_numbers.tolist() == [2, 3]
        assert table_block.notes == (f"1 row is the sum of other rows and was left out: row 4 “{word}” (3).",)


def test_a_customer_called_total_something_is_a_customer() -> None:
    table_block = block(["Account", "Plan", "CSM"], ["A1", "Pro", "Ana"], ["Total Energies", "Pro", "Ana"])
    assert table_block.rows.num_rows == 2


def test_blank_rows_and_columns_fall_away_and_row_numbers_stay() -> None:
    table_block = block(["", "Account", "Plan"], ["", "A1", "Pro"], ["", "", ""], ["", "A2", "Pro"])
    assert table_block.names == ("Account", "Plan")
    assert table_block.row_numbers.tolist() == [2, 4]


def test_names_that_come_twice_or_not_at_all() -> None:
    table_block = block(["Account", "Note", "Note", ""], ["A1", "x", "y", "z"], ["A2", "x", "y", "z"])
    assert table_block.names == ("Account", "Note", "Note (2)", "Column 4")


def test_a_header_that_comes_again_is_set_aside() -> None:
    table_block = block(["Account", "Plan"], ["A1", "Pro"], ["Account", "Plan"], ["A2", "Pro"])
    assert table_block.row_numbers.tolist() == [2, 4]


def test_only_a_title_is_no_table() -> None:
    assert header.find(pa.table({"f0": pa.array(["Customer report"], pa.string())})) is None
    assert header.find(pa.table({})) is None
