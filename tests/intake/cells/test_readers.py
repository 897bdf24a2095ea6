"""Which of day and month comes first, and which sign is the decimal one: by column, from the evidence, else asked."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from cs_dash.intake.cells import money, readers
from cs_dash.intake.cells.habits import ColumnReader
from cs_dash.intake.cells.readers import TextColumn
from cs_dash.schema.tables import TABLES, Field, FieldType
from tests.intake.conftest import Read


def judged(*columns: tuple[str, FieldType, list[str]], **options: str) -> list[ColumnReader]:
    fields = [
        TextColumn(name, Field("any", kind, "Any."), pa.array(cells, pa.string())) for name, kind, cells in columns
    ]
    return readers.column_readers(fields, options, since_1904=False)


@pytest.mark.parametrize(
    ("values", "order", "because"),
    [
        (["13/02/2025", "1/2/2025"], "dmy", "1 other row of the column can only be read this way"),
        (["02/13/2025", "1/2/2025", "2/14/25", "13/2/2025"], "mdy",
         "2 other rows of the column can only be read this way"),
        (["1/2/2025", "2/13/2025 5:00 PM", "2/13/2025 9:00"], "mdy",
         "2 other rows of the column can only be read this way"),
        (["03.04.2025", "05.06.2025"], "dmy", "they are written with dots"),
        (["01/01/2025", "01/02/2025", "01/03/2025"], "dmy", "all its dates are then the first of a month"),
        (["1/1/2025", "2/1/2025", "3/1/2025"], "mdy", "all its dates are then the first of a month"),
    ],
)  # fmt: skip
def test_what_decides_the_order(values: list[str], order: str, because: str) -> None:
    (way,) = judged(("Day", "date", values))
    assert (way.habits.order, way.habits.order_from, way.question) == (order, because, "")


def test_a_column_of_its_own_evidence_is_not_overruled_by_the_others() -> None:
    american, british, either = judged(
        ("Start", "date", ["2/13/2025", "2/14/2025"]), ("End", "date", ["13/2/2025"]), ("Renewal", "date", ["1/2/2025"])
    )
    assert (american.habits.order, british.habits.order) == ("mdy", "dmy")
    assert either.habits.order == "mdy"
    assert either.habits.order_from == "2 other rows of the sheet, as in Start, can only be read this way"
    assert not either.question


def test_what_nothing_decides_is_asked() -> None:
    (way,) = judged(("Start", "date", ["04/04/2026", "03/04/2026", "2026-05-01"]))
    assert way.habits.order == "dmy"
    assert way.question == "Is 03/04/2026 the 3rd of April or the 4th of March?"
    assert way.answers == (("dmy", "3 April"), ("mdy", "4 March"))
    (halves,) = judged(("Start", "timestamp", ["1/2/2026, 5:01 PM"]))
    assert halves.habits.order == "mdy"
    assert halves.question == "Is 1/2/2026 the 1st of February or the 2nd of January?"


def test_nothing_is_asked_where_both_readings_are_one() -> None:
    assert not judged(("Start", "date", ["04/04/2026", "1/1/2026"]))[0].question


def test_the_reader_decides_for_all_columns_or_for_one() -> None:
    columns: list[tuple[str, FieldType, list[str]]] = [
        ("Start", "date", ["1/2/2026"]),
        ("End date", "date", ["3/4/2026"]),
    ]
    assert [way.habits.order for way in judged(*columns, dates="mdy")] == ["mdy", "mdy"]
    only = judged(*columns, **{"dates:end_date": "mdy"})
    assert [way.habits.order for way in only] == ["dmy", "mdy"]
    assert [bool(way.question) for way in only] == [True, False]


@pytest.mark.parametrize(
    ("values", "sign"),
    [(["1.234,5"], "comma"), (["1,5", "1,234"], "comma"), (["0.125", "1.234"], "point"),
     (["1234.567", "1.234"], "point"), (["1.234.567"], "comma"), (["12"], None), (["1500", "1.234"], "point"),
     (["1500", "1,234"], "comma"), (["369", "1.200"], "comma"), (["369", "1,200", "5,004"], "point"),
     (["1.200"], None), (["369", "1.204"], None), (["1.200", "1,200", "3"], None)],
)  # fmt: skip
def test_what_decides_the_decimal_sign(values: list[str], sign: str | None) -> None:
    (way,) = judged(("MRR", "money", values))
    assert bool(way.question) == (sign is None and values != ["12"])
    assert money.certain_decimal(values) == sign


def test_a_number_that_can_be_read_both_ways_is_asked() -> None:
    (way,) = judged(("MRR", "money", ["12", "1.234"]))
    assert way.question == "Does 1.234 mean 1,234, or slightly more than 1?"
    assert way.answers == (("point", "1.234"), ("comma", "1234"))
    assert judged(("MRR", "money", ["€ 12,345"]))[0].answers == (("point", "12345"), ("comma", "12.345"))
    assert not judged(("MRR", "money", ["1.234"]), decimal="comma")[0].question
    assert not judged(("MRR", "money", ["1.234"]), **{"decimal:mrr": "comma"})[0].question


def test_another_column_tells_the_decimal_sign() -> None:
    mrr, arr = judged(("MRR", "money", ["1.234"]), ("ARR", "money", ["14.808,50"]))
    assert mrr.habits.decimal == "comma"
    assert mrr.assumption.endswith("because ARR uses the comma as its decimal sign.")
    assert not mrr.question
    assert arr.habits.decimal is None


def test_whole_numbers_have_no_decimals() -> None:
    (way,) = judged(("Seats", "integer", ["1.234", "15"]))
    assert way.habits.decimal == "comma"
    assert way.assumption.startswith("The point in values such as 1.234 was read as the thousands separator")


def test_seats_and_uses_have_no_parts() -> None:
    for table, name in (("accounts", "seats"), ("usage", "events")):
        (way,) = readers.column_readers(
            [TextColumn(name, TABLES[table].field(name), pa.array(["1.251", "3"]))], {}, False
        )
        assert way.habits.decimal == "comma"
        assert not way.question


def test_the_question_stands_with_its_column_and_the_answer_is_taken(reading: Read) -> None:
    text = "subscription_id;account_id;Start date;End date;MRR\nS1;A1;03/04/2026;31/12/2026;1.234\n"
    table = reading({"subscriptions.csv": text}).tables[0]
    questions = {mapping.field: mapping for mapping in table.mapped if mapping.question}
    assert [mapping.option for mapping in questions.values()] == ["decimal:MRR"]
    assert table.rows.rows["start_date"].to_pylist() == [date(2026, 4, 3)]
    assert any("03/04/2026 were read day first, because 1 other row" in assumption for assumption in table.assumptions)
    option = questions["mrr"].option
    again = reading({"subscriptions.csv": text}, options={option: "comma", "dates:start_date": "mdy"}).tables[0]
    assert again.rows.rows["mrr"].to_pylist() == [1234.0]
    assert again.rows.rows["start_date"].to_pylist() == [date(2026, 3, 4)]
    assert not any(mapping.question for mapping in again.mapped)


def test_rows_that_decide_win_over_an_option_for_the_order() -> None:
    (way,) = judged(("Answered", "date", ["05-01-2024", "16-01-2024", "21-02-2024"]), dates="mdy")
    assert way.habits.order == "dmy"
    assert way.assumption == (
        "The chosen “Date order” contradicts 2 rows of Answered, such as 16-01-2024, which can only be read day "
        "first: the whole column was read day first, not month first."
    )
    (own,) = judged(("Answered", "date", ["05-01-2024", "16-01-2024"]), **{"dates:Answered": "mdy"})
    assert (own.habits.order, own.assumption.startswith("The chosen “Date order” contradicts 1 row")) == ("dmy", True)


def test_an_option_for_the_order_decides_what_rows_do_not() -> None:
    (either,) = judged(("Answered", "date", ["05-01-2024", "06-01-2024"]), dates="mdy")
    assert (either.habits.order, either.assumption) == ("mdy", "")
    (mixed,) = judged(("Answered", "date", ["13-01-2024", "01-13-2024"]), dates="mdy")
    assert mixed.habits.order == "mdy"
    american, alone = judged(
        ("Start", "date", ["2/13/2025", "2/14/2025"]), ("Renewal", "date", ["1/2/2025"]), dates="dmy"
    )
    # An option for the whole sheet that one column contradicts is no better for the next one ...
    assert (american.habits.order, alone.habits.order) == ("mdy", "mdy")
    _, asked_for = judged(
        ("Start", "date", ["2/13/2025", "2/14/2025"]), ("Renewal", "date", ["1/2/2025"]), **{"dates:Renewal": "dmy"}
    )
    assert asked_for.habits.order == "dmy"  # ... but one for this column is


def test_values_that_decide_win_over_an_option_for_the_decimal_sign() -> None:
    (way,) = judged(("MRR", "money", ["1.234,50", "99,90", "1.200"]), decimal="point")
    assert way.habits.decimal == "comma"
    assert way.assumption == (
        "The chosen “Decimal sign” contradicts 2 values of MRR, such as 1.234,50: the column was read with "
        "the comma as its decimal sign."
    )
    (either,) = judged(("MRR", "money", ["1.234", "2.500"]), decimal="comma")
    assert (either.habits.decimal, either.assumption) == ("comma", "")


def test_no_row_is_swapped_or_lost_by_a_wrong_option(reading: Read) -> None:
    text = "merchant_id,score,survey_date\n" + "\n".join(
        f"M{n},{n % 11},{n + 1:02}-{n % 12 + 1:02}-2024" for n in range(28)
    )
    (table,) = reading({"surveys.csv": text}, as_table="surveys", options={"dates": "mdy"}).tables
    assert table.rejected == 0
    assert table.rows.rows["answered_on"].to_pylist() == [date(2024, n % 12 + 1, n + 1) for n in range(28)]
