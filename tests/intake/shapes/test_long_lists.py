"""Lists with a row per customer, plan and month."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cs_dash.intake.cells import dates
from cs_dash.intake.results.problems import IngestResult, LoadedTable
from tests.intake.conftest import Read

HEAD = "Customer,Plan,Month,MRR\n"
MONTHS = tuple(date(2025, month, 1) for month in range(1, 9))


def only(ingest: IngestResult, table: str) -> LoadedTable:
    (loaded_table,) = [candidate for candidate in ingest.tables if candidate.table == table]
    return loaded_table


def month_ends(table: LoadedTable) -> dict[tuple[str, date], float]:
    """What each customer pays on the last day of every month."""
    paid: dict[tuple[str, date], float] = defaultdict(float)
    for row in table.rows.rows.to_pylist():
        for month in MONTHS:
            day = dates.end_of_month(month)
            if row["start_date"] <= day and (row["end_date"] is None or row["end_date"] > day):
                paid[row["account_ref"], month] += row["mrr"]
    return dict(paid)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(("Acme", "Beta", "Cee")), st.sampled_from(("Pro", "Addon")), st.sampled_from(MONTHS)),
        st.integers(1, 500), min_size=12, max_size=40,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_month_end_revenue_is_the_sum_of_its_rows(
    reading: Read, amounts: dict[tuple[str, str, date], int], order: random.Random
) -> None:
    rows = [(customer, plan, f"{month:%Y-%m}", amount) for (customer, plan, month), amount in amounts.items()]
    order.shuffle(rows)
    ingest = reading({"mrr.csv": HEAD + "".join(f"{','.join(map(str, row))}\n" for row in rows)})
    truth: dict[tuple[str, date], float] = defaultdict(float)
    months = sorted({month for _, _, month in amounts})
    for (customer, _, month), amount in amounts.items():
        truth[customer, month] += amount
    several = len({(customer, month) for customer, _, month in amounts}) < 0.98 * len(amounts)
    if not several or len(months) < 3:
        return  # one row per customer and month is a list of snapshots
    # Nothing is known of months that the list leaves out, and after its last one what was paid goes on.
    ends = {key: paid for key, paid in month_ends(only(ingest, "subscriptions")).items() if key[1] in months}
    assert ends == truth


def test_the_list_says_how_it_was_read_and_describes_accounts(reading: Read) -> None:
    rows = "".join(
        f"{customer},{plan},2025-{month:02d},{amount},{csm}\n"
        for customer, plan, amount, csm in (
            ("Acme", "Pro", 10, "Ana"),
            ("Acme", "Addon", 5, "Ana"),
            ("Beta", "Pro", 7, "Bo"),
        )
        for month in range(1, 5)
    )
    table = only(reading({"mrr.csv": "Customer,Plan,Month,MRR,CSM\n" + rows}), "subscriptions")
    assert table.rows.rows["plan"].to_pylist() == ["Addon", "Pro", "Pro"]
    assert any("12 rows for 3 subscriptions over 4 months" in assumption for assumption in table.assumptions)


def test_a_row_told_twice_is_not_added_up(reading: Read) -> None:
    rows = "".join(f"Acme,Pro,2025-{month:02d},10\n" for month in range(1, 5)) * 2
    ingest = reading({"mrr.csv": HEAD + rows})
    assert not [
        table
        for table in ingest.tables
        if table.table == "subscriptions" and sum(table.rows.rows["mrr"].to_pylist()) > 10
    ]


def test_an_amount_that_is_none_is_noted_where_it_stands(reading: Read) -> None:
    rows = "".join(f"Acme,{plan},2025-{month:02d},10\n" for month in range(1, 13) for plan in ("Pro", "Addon"))
    table = only(
        reading({"mrr.csv": HEAD + rows.replace("Acme,Pro,2025-02,10", "Acme,Pro,2025-02,ten")}), "subscriptions"
    )
    (problem,) = table.problems
    assert (problem.column, problem.value) == ("MRR 2025-02", "ten")
    assert sorted(table.rows.rows["mrr"].to_pylist()) == [10.0, 10.0]
