from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_dash.intake.results.problems import MAX_LISTED_PROBLEMS, ColumnMapping, LoadedTable
from tests.intake.conftest import Read

ACCOUNTS = "account_id,account_name,plan\nA1,Acme,Pro\nA2,Beta,Free\n"
LINES = "subscription_id,account_id,start_date,end_date,mrr\n"


def only(reading: Read, text: str, name: str = "subscriptions.csv", **context: object) -> LoadedTable:
    ingest = reading({name: text}, **context)
    assert not ingest.ignored
    assert len(ingest.tables) == 1
    return ingest.tables[0]


def problems_of(table: LoadedTable) -> list[tuple[int | None, str, str, str, bool]]:
    return [(p.row, p.column, p.value, p.what, p.fatal) for p in table.problems]


def test_a_plain_file(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,2025-01-01,,100\nS2,A1,2025-02-01,2025-06-01,50\n")
    assert (table.table, table.read, table.rejected, table.duplicates) == ("subscriptions", 2, 0, 0)
    assert table.rows.upload == "upload-0"
    assert table.rows.rows.to_pylist()[1] == {
        "subscription_id": "S2", "account_ref": "A1", "start_date": date(2025, 2, 1), "end_date": date(2025, 6, 1),
        "mrr": 50.0, "_row": 3,
    }  # fmt: skip
    assert table.mapped[1] == ColumnMapping("account_id", "account_ref", 0.95, "“account id” is a synonym", ("A1",))


def test_a_row_without_what_it_needs_is_rejected_with_a_reason(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,,,100\nS2,A1,soon,,50\nS3,A1,2025-01-01,,x\n")
    assert table.rejected == 2
    assert problems_of(table) == [
        (2, "start_date", "", "No start date.", True),
        (3, "start_date", "soon", "Not a date.", True),
        (4, "mrr", "x", "Not a number.", False),
    ]
    assert table.rows.rows["mrr"].to_pylist() == [None]


def test_the_same_key_twice(reading: Read) -> None:
    line = "S1,A1,2025-01-01,,100\n"
    table = only(reading, LINES + line + line + "S1,A2,2025-01-01,,100\n")
    assert (table.read, table.duplicates) == (3, 2)
    assert [p[3] for p in problems_of(table)] == [
        "Duplicate of row 2, which was loaded.",
        "Same key as row 2 with other values; row 2 was loaded.",
    ]


def test_a_rejected_row_does_not_take_the_key_of_a_good_one(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,,,100\nS1,A1,2025-01-01,,100\n")
    assert (table.rejected, table.duplicates, table.rows.rows.num_rows) == (1, 0, 1)


def test_many_problems_of_one_kind_are_counted(reading: Read) -> None:
    table = only(reading, LINES + "".join(f"S{n},A1,,,1\n" for n in range(MAX_LISTED_PROBLEMS + 5)))
    assert table.rejected == MAX_LISTED_PROBLEMS + 5
    assert len(table.problems) == MAX_LISTED_PROBLEMS + 1
    assert table.problems[-1].what == "No start date. And 5 more rows like it."


def test_an_end_before_the_start_is_rejected_and_one_on_it_kept(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,2025-03-01,2025-02-01,1\nS2,A1,2025-03-01,2025-03-01,1\n")
    assert problems_of(table) == [(2, "end_date", "2025-02-01", "It is before the start date.", True)]


def test_an_end_date_may_be_the_last_paid_day(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,2025-03-01,2025-03-31,1\n", options={"end_date": "inclusive"})
    assert table.rows.rows["end_date"].to_pylist() == [date(2025, 4, 1)]


def test_an_end_in_the_year_9999_is_no_end(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,2025-03-01,9999-12-31,1\n")
    assert table.rows.rows["end_date"].to_pylist() == [None]
    assert table.assumptions == ("Distant dates in end_date were read as “no end date”.",)
    assert not table.problems


def test_rows_without_ids_get_the_same_keys_each_time(reading: Read) -> None:
    text = "account_id,user_id,used_on,feature\nA1,u1,2025-01-01,x\nA1,u1,2025-01-01,x\nA1,u2,2025-01-01,x\n"
    first, again = only(reading, text, "usage.csv"), only(reading, text, "usage.csv")
    assert first.duplicates == 0
    assert first.rows.rows["usage_id"].to_pylist() == again.rows.rows["usage_id"].to_pylist()
    moved_table = only(reading, "Usage\n\n" + text, "usage.csv")
    assert moved_table.rows.rows["usage_id"].to_pylist() == first.rows.rows["usage_id"].to_pylist()
    assert len(set(first.rows.rows["usage_id"].to_pylist())) == 3
    assert first.rows.rows["events"].to_pylist() == [1.0, 1.0, 1.0]


def test_some_rows_without_an_id(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,2025-01-01,,1\n,A1,2025-01-02,,1\n")
    assert table.rows.rows.num_rows == 2
    assert table.rows.rows["subscription_id"].null_count == 0


def test_accounts_known_by_name(reading: Read) -> None:
    table = only(
        reading, "Company,Plan,Region\nAcme  Inc.,Pro,EMEA\nBeta,Free,APAC\nACME Inc,Pro,EMEA\n", "customers.csv"
    )
    assert table.table == "accounts"
    assert table.rows.rows["account_id"].to_pylist() == ["acme inc", "beta"]
    assert table.duplicates == 1
    assert "No column holds ids, so the account's name is used as its id." in table.assumptions


def test_columns_that_are_no_field_stay_with_the_account(reading: Read) -> None:
    table = only(reading, "account_id,plan,Colour,Offer\nA1,Pro,red,None\nA2,Pro,,null\n", "accounts.csv")
    assert table.unmapped == ("Colour", "Offer")
    assert table.rows.rows["extra"].to_pylist() == [[("Colour", "red"), ("Offer", "None")], []]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("mrr,arr", "100,2400", 100.0),
        ("mrr,arr", ",2400", 200.0),
        ("arr", "1200", 100.0),
        ("amount,term_months", "300,3", 100.0),
        ("amount,billing", "1200,Annually", 100.0),
        ("amount,billing", "1200,jährlich", 100.0),
        ("amount,billing", "100,month-to-month", 100.0),
        ("mrr,is_trial", "100,yes", 0.0),
        ("mrr", "", None),
    ],
)
def test_recurring_revenue(reading: Read, header: str, row: str, expected: float | None) -> None:
    table = only(reading, f"subscription_id,account_id,start_date,{header}\nS1,A1,2025-01-01,{row}\n")
    assert table.rows.rows["mrr"].to_pylist() == [expected]


def test_an_amount_of_an_unknown_term_gives_no_revenue_and_says_so(reading: Read) -> None:
    table = only(reading, "subscription_id,account_id,start_date,amount,billing\nS1,A1,2025-01-01,1200,on demand\n")
    assert table.rows.rows["mrr"].to_pylist() == [None]
    assert problems_of(table) == [
        (2, "amount", "1200", "The period of the amount is unknown, so it gives no MRR.", False)
    ]


def test_negative_revenue_is_rejected(reading: Read) -> None:
    table = only(reading, LINES + "S1,A1,2025-01-01,,(100)\n")
    assert problems_of(table) == [(2, "mrr", "(100)", "The recurring amount is negative.", True)]


RATES = "currency,rate_on,rate\nUSD,2025-01-01,0.90\nUSD,2025-07-01,0.80\n"
MONEY = "subscription_id,account_id,start_date,mrr,currency\n"


def test_money_is_turned_at_the_rate_of_the_start(reading: Read) -> None:
    text = (
        MONEY
        + "S1,A1,2025-06-30,100,USD\nS2,A1,2025-07-01,100,usd\nS3,A1,2025-07-01,100,EUR\nS4,A1,2024-12-31,100,USD\n"
    )
    ingest = reading({"subscriptions.csv": text, "rates.csv": RATES}, currency="EUR")
    assert [table.table for table in ingest.tables] == ["fx_rates", "subscriptions"]
    assert ingest.tables[0].rows.rows["rate_id"].to_pylist() == ["USD-2025-01-01", "USD-2025-07-01"]
    assert ingest.tables[1].rows.rows["mrr"].to_pylist() == [90.0, 80.0, 100.0]
    assert problems_of(ingest.tables[1]) == [
        (5, "currency", "USD", "No exchange rate from USD to EUR for that day.", True)
    ]


def test_without_a_reporting_currency_the_most_frequent_one_is_taken(reading: Read) -> None:
    text = MONEY + "S1,A1,2025-01-01,100,USD\nS2,A1,2025-01-01,100,EUR\nS3,A2,2025-01-01,100,EUR\n"
    ingest = reading({"subscriptions.csv": text}, rates={"USD": ((date(2025, 1, 1), 0.5),)})
    assert ingest.currency == "EUR"
    assert ingest.tables[0].rows.rows["mrr"].to_pylist() == [50.0, 100.0, 100.0]
    assert "Money is reported in EUR, the most frequent currency." in ingest.tables[0].assumptions


def test_signs_in_the_cells_name_the_currency(reading: Read) -> None:
    text = "subscription_id,account_id,start_date,mrr\nS1,A1,2025-01-01,€100\nS2,A1,2025-01-01,$100\n"
    ingest = reading({"subscriptions.csv": text}, currency="EUR", rates={"USD": ((date(2025, 1, 1), 0.5),)})
    assert ingest.tables[0].rows.rows["mrr"].to_pylist() == [100.0, 50.0]


def test_units_of_time_in_the_header(reading: Read) -> None:
    text = "ticket_id,created_at,subject,Resolution Time (Hours),First response (secs)\n1,2025-01-01 10:00,Hi,1.5,90\n"
    row = only(reading, text, "tickets.csv").rows.rows.to_pylist()[0]
    assert row["resolution_minutes"] == 90.0
    assert row["created_at"] == datetime(2025, 1, 1, 10)


def test_tickets_that_do_not_say_when(reading: Read) -> None:
    text = "ticket_id,subject,body\n1,Hi,How do I export?\n"
    table = only(reading, text, "tickets.csv")
    assert table.rows.rows["created_at"].to_pylist() == [datetime(2026, 10, 31)]
    assert table.rows.assumed == {"created_at"}
    assert table.assumptions[0].startswith("No column gives the creation date of tickets: all are dated 2026-10-31")


def test_the_readers_mapping_wins(reading: Read) -> None:
    text = "ticket_id,created_at,when,subject\n1,2025-01-01,2025-02-02,Hi\n"
    table = only(reading, text, "tickets.csv", mapping={"When": "created_at", "subject": ""})
    assert table.rows.rows["created_at"].to_pylist() == [datetime(2025, 2, 2)]
    assert table.unmapped == ("created_at", "subject")
    assert table.mapped[1].because == "your choice"


def test_the_readers_table_wins(reading: Read) -> None:
    table = only(reading, "id,date,text\n1,2025-01-01,Hello\n", "x.csv", as_table="notes")
    assert table.table == "notes"
    assert table.rows.rows["note"].to_pylist() == ["Hello"]


def test_a_table_that_lacks_what_it_needs(reading: Read) -> None:
    ingest = reading({"lines.csv": "subscription_id,account_id,mrr\nS1,A1,1\nS2,A1,1\n"})
    assert ingest.ignored[0].why == (
        "It looks like subscriptions, but no column gives “start date” (first day paid for); "
        "add such a column or map one."
    )


def test_known_accounts_are_recognised_by_their_values(reading: Read) -> None:
    text = "ticket_id,created_at,subject,Belongs to\n" + "".join(f"{n},2025-01-01,Hi,Acme {n}\n" for n in range(4))
    table = only(reading, text, "tickets.csv", accounts=frozenset(f"Acme {n}" for n in range(4)))
    assert [m.field for m in table.mapped if m.column == "Belongs to"] == ["account_ref"]


def test_a_survey_takes_its_name_from_its_column(reading: Read) -> None:
    table = only(reading, "account_id,answered_on,NPS\nA1,2025-01-01,9\n", "survey.csv")
    assert table.rows.rows["survey"].to_pylist() == ["NPS"]


def test_a_row_with_too_many_cells_is_rejected(reading: Read) -> None:
    table = only(reading, "account_id,account_name,plan\nA1,Acme,Pro\nA2,Beta, Inc,Pro\nA3,C,Pro\n", "accounts.csv")
    assert [(p.row, p.what) for p in table.problems] == [(3, "The row has 4 cells; the other rows have 3.")]
    assert table.rejected == 1


CELL = st.sampled_from(["A1", "A2", "", "2025-01-01", "2025-13-01", "9,5", "100", "-5", "n/a", "Pro", '"x,y"', "€5"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=12))
def test_every_row_is_accounted_for(reading: Read, rows: list[tuple[str, ...]]) -> None:
    """The fixture asserts read == rows + rejected + duplicates for whatever comes."""
    text = LINES + "S0,A0,2025-01-01,,1\n" + "".join(",".join(row) + "\n" for row in rows)
    ingest = reading({"subscriptions.csv": text}, as_table="subscriptions")
    held = [row for row in rows if any(row)]
    assert ingest.tables[0].read == 1 + len(held)
    keys = ingest.tables[0].rows.rows["subscription_id"].to_pylist()
    assert len(set(keys)) == len(keys)
