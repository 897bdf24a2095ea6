"""One value that cannot be costs that value, not its column; what may be is left alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from cs_dash.intake.results.problems import LoadedTable
from cs_dash.intake.rows.impossible_values import beyond_scale
from tests.intake.conftest import Read


def tables(reading: Read, text: str, **context: object) -> dict[str, LoadedTable]:
    return {table.table: table for table in reading({"sheet.csv": text}, **context).tables}


def contracts(reading: Read, *starts: str, **context: object) -> LoadedTable:
    rows = "".join(f"S{n},K{n},{start},100,monthly\n" for n, start in enumerate(starts))
    return tables(reading, "Subscription ID,Customer ID,Start date,MRR,Billing\n" + rows, **context)["subscriptions"]


@pytest.mark.parametrize("far", ["1970-01-01", "2068-03-01"])
def test_a_day_far_outside_the_others(reading: Read, far: str) -> None:
    starts = ["2024-01-01", "2024-07-01", "2025-03-01", far, "2026-01-01"]
    table = contracts(reading, *starts)
    assert (table.read, table.rejected) == (5, 1)
    (problem,) = [problem for problem in table.problems if "far from all other dates" in problem.what]
    assert (problem.row, problem.column, problem.value, problem.fatal) == (5, "Start date", far, True)
    assert "from 2024-01-01 to 2026-01-01" in problem.what
    assert contracts(reading, *starts, options={"far_dates": "keep"}).rejected == 0


def test_an_old_customer_is_no_slip(reading: Read) -> None:
    assert contracts(reading, "2008-04-01", "2024-01-01", "2024-07-01", "2025-03-01", "2026-01-01").rejected == 0


def test_things_that_happen_all_the_time_have_no_gap_of_years(reading: Read) -> None:
    days = [f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(60)]
    rows = [f"{n},Firma {n % 7},{day} 09:30,How?" for n, day in enumerate([*days, "2026-11-04"])]
    head = "Ticket ID,Account,Created at,Subject"
    table = tables(reading, "\n".join([head, *rows]) + "\n")["tickets"]
    assert (table.read, table.rejected) == (61, 1)
    assert max(table.rows.rows["created_at"].to_pylist()).date() < date(2025, 1, 1)
    # Many after a gap are a desk that was closed for a while.
    rows += [f"{n + 100},Firma {n % 7},2026-11-{n + 5:02d} 09:30,How?" for n in range(5)]
    assert tables(reading, "\n".join([head, *rows]) + "\n")["tickets"].rejected == 0


def test_a_churn_date_that_cannot_be_leaves_the_customer(reading: Read) -> None:
    rows = [f"K{n},SMB,2022-0{n}-01,{left}" for n, left in enumerate(["2071-01-01", "2025-02-01", "", "2025-04-01",
            "2025-05-01", "2025-06-01"], 1)]  # fmt: skip
    accounts = tables(reading, "\n".join(["Customer ID,Segment,Customer since,Churn date", *rows]) + "\n")["accounts"]
    assert accounts.rejected == 0
    assert accounts.rows.rows["churn_date"].to_pylist()[:2] == [None, date(2025, 2, 1)]
    assert [(p.row, p.value, p.fatal) for p in accounts.problems] == [(2, "2071-01-01", False)]


def test_amounts_and_counts_below_zero_in_the_customers_own_rows(reading: Read) -> None:
    text = "Customer ID,Segment,MRR,Seats\nK1,SMB,100,5\nK2,SMB,-200,7\nK3,SMB,300,-4\n"
    loaded = tables(reading, text)
    assert loaded["subscriptions"].rows.rows["mrr"].to_pylist() == [100, 300]
    assert loaded["accounts"].rows.rows["seats"].to_pylist() == [5, 7, None]
    assert [(p.row, p.column, p.value, p.fatal) for p in loaded["accounts"].problems] == [
        (3, "MRR", "-200", False), (4, "Seats", "-4", False),
    ]  # fmt: skip


def test_a_rating_outside_the_scale(reading: Read) -> None:
    rows = [f"{n},Firma {n},2026-02-{n + 1:02d},How?,{score}" for n, score in enumerate([5, 4, 3] * 7 + [50])]
    table = tables(reading, "\n".join(["Ticket ID,Account,Created at,Subject,CSAT", *rows]) + "\n")["tickets"]
    assert table.rejected == 0
    assert table.rows.rows["satisfaction"].to_pylist()[-2:] == [3, None]


def test_scales() -> None:
    def outside(*scores: float) -> list[int]:
        return [int(row) for row in beyond_scale(np.array(scores))]

    assert outside(*[5.0, 4, 2] * 10, 9) == [30]
    assert outside(*[10.0, 8, 3] * 10) == []  # a scale of ten
    assert outside(*[5.0, 4, 2] * 10, *[9.0] * 4) == []  # too many for slips: a scale of ten
    assert outside(*[85.0, 40, 100] * 10, -3) == [30]
    assert outside(5, 4, 9) == []  # too few to tell
