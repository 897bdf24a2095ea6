"""Tickets: rows in, rows out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.companies import company, day

PERIOD: dict[str, Any] = {"start_day": day("2026-01-01"), "end_day": day("2026-02-01"), "wanted": "{}"}
PERIODS: dict[str, Any] = {"start_days": [PERIOD["start_day"]], "end_days": [PERIOD["end_day"]], "wanted": "{}"}


def ticket(
    ticket_id: str, created: str, kind: str | None = None, account: str | None = "a", **more: Any
) -> dict[str, Any]:
    return {
        "ticket_id": ticket_id, "account_id": account, "created_at": dt.datetime.fromisoformat(created), "kind": kind,
        "kind_source": "column" if kind else None, **more,
    }  # fmt: skip


def test_a_period_holds_its_first_moment_and_not_its_end() -> None:
    warehouse = company(
        tickets=[
            ticket("before", "2025-12-31 23:59:59"), ticket("first", "2026-01-01 00:00"),
            ticket("last", "2026-01-31 23:59:59"), ticket("after", "2026-02-01 00:00"),
        ]
    )  # fmt: skip
    assert sorted(warehouse("tickets_in", **PERIOD)["ticket_id"].to_pylist()) == ["first", "last"]
    assert len(warehouse("tickets_in", start_day=None, end_day=None, wanted="{}")) == 4
    warehouse.close()


def test_tickets_without_an_account_are_in_totals_and_in_no_segment() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Enterprise"}],
        tickets=[
            ticket("1", "2026-01-02"),
            ticket("2", "2026-01-02", account=None),
            ticket("3", "2026-01-02", account="b"),
        ],
    )
    assert len(warehouse("tickets_in", **PERIOD)) == 3
    only = warehouse("tickets_in", **(PERIOD | {"wanted": '{"segment": ["SMB"]}'}))
    assert only["ticket_id"].to_pylist() == ["1"]
    warehouse.close()


def test_shares_are_of_the_tickets_with_a_kind_and_spam_is_no_ticket() -> None:
    warehouse = company(
        tickets=[
            *[ticket(f"h{i}", "2026-01-05", "how-to") for i in range(3)],
            *[ticket(f"d{i}", "2026-01-06", "defect") for i in range(1)],
            ticket("none", "2026-01-07"),
            ticket("spam", "2026-01-07", "not a ticket"),
        ]
    )
    rows = warehouse("ticket_kinds", **PERIOD).to_pylist()
    assert [(row["kind"], row["tickets"], row["share"]) for row in rows] == [
        ("how-to", 3, 0.75), ("defect", 1, 0.25), (None, 1, None),
    ]  # fmt: skip
    (row,) = warehouse("howto_share", **PERIODS).to_pylist()
    assert (row["share"], row["howto"], row["with_kind"], row["without_kind"], row["tickets"]) == (0.75, 3, 4, 1, 5)
    (doubts,) = warehouse("ticket_doubts", **PERIOD).to_pylist()
    assert doubts["excluded"] == 1
    warehouse.close()


def test_no_ticket_with_a_kind_gives_no_share_and_nobody_paying_no_rate() -> None:
    warehouse = company(tickets=[ticket("1", "2026-01-05")])
    (row,) = warehouse("howto_share", **PERIODS).to_pylist()
    assert (row["share"], row["contact_rate"], row["tickets"]) == (None, None, 1)
    warehouse.close()


def test_an_account_that_pays_half_the_month_counts_half() -> None:
    warehouse = company(
        subscriptions=[
            {"account_id": "a", "mrr": 10.0, "start_date": day("2025-01-01")},
            {"account_id": "b", "mrr": 10.0, "start_date": day("2026-01-17")},
            {"account_id": "b", "mrr": 5.0, "start_date": day("2026-01-20"), "end_date": day("2026-01-25")},
            {"account_id": "c", "mrr": 10.0, "start_date": day("2024-01-01"), "end_date": day("2025-12-01")},
        ],
        tickets=[ticket("0", "2025-06-01"), *[ticket(str(i), "2026-01-20") for i in range(1, 4)]],
    )
    (month,) = warehouse("paying_exposure", **PERIODS).to_pylist()
    assert month["account_days"] == 31 + 15
    (row,) = warehouse("howto_share", **PERIODS).to_pylist()
    assert row["contact_rate"] == pytest.approx(100 * 3 / (46 / 30.4375))
    warehouse.close()


def test_spells_join_overlaps_and_touching_ends() -> None:
    lines = [
        ("2026-01-01", "2026-02-01"),
        ("2026-02-01", "2026-03-01"),
        ("2026-01-10", "2026-01-20"),
        ("2026-05-01", None),
    ]
    warehouse = company(
        subscriptions=[
            {"account_id": "a", "mrr": 1.0, "start_date": day(start), "end_date": day(end) if end else None}
            for start, end in lines
        ]
    )
    rows = sorted(warehouse("paying_spells").to_pylist(), key=lambda row: row["first_day"])
    assert [(row["first_day"], row["last_open_end"]) for row in rows] == [
        (day("2026-01-01"), day("2026-03-01")), (day("2026-05-01"), day("9999-12-31")),
    ]  # fmt: skip
    warehouse.close()


def test_lines_of_the_same_days_are_one_spell() -> None:
    accounts = [f"a{at}" for at in range(200)]
    warehouse = company(
        subscriptions=[
            {"account_id": account, "mrr": mrr, "start_date": day("2026-01-01"), "end_date": None}
            for account in accounts
            for mrr in (1.0, 2.0, 3.0)
        ]
    )
    assert sorted(warehouse("paying_spells")["account_id"].to_pylist()) == sorted(accounts)
    warehouse.close()


DAYS = st.integers(0, 120).map(lambda n: dt.date(2026, 1, 1) + dt.timedelta(days=n))
LINES = st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.none() | DAYS, st.sampled_from([0.0, 5.0])), max_size=8)
TICKETS = st.lists(
    st.tuples(DAYS, st.sampled_from(["how-to", "defect", None, "not a ticket"]), st.sampled_from(["a", "b", None])),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=20)
@given(lines=LINES, written=TICKETS, start=DAYS, length=st.integers(1, 90))
# The period ends in the month of the first ticket, before it.
@example(
    lines=[("a", dt.date(2026, 1, 1), None, 5.0)], written=[(dt.date(2026, 2, 3), None, None)],
    start=dt.date(2026, 1, 1), length=32,
)  # fmt: skip
def test_shares_and_exposure_agree_with_counting_day_by_day(
    lines: list[tuple[str, dt.date, dt.date | None, float]],
    written: list[tuple[dt.date, str | None, str | None]],
    start: dt.date,
    length: int,
) -> None:
    end = start + dt.timedelta(days=length)
    warehouse = company(
        accounts=[{"account_id": name} for name in "abc"],
        subscriptions=[{"account_id": a, "mrr": m, "start_date": s, "end_date": e} for a, s, e, m in lines],
        tickets=[ticket(str(i), on.isoformat(), kind, account) for i, (on, kind, account) in enumerate(written)],
    )
    (row,) = warehouse("howto_share", start_days=[start], end_days=[end], wanted="{}").to_pylist()
    months = warehouse("howto_months", start_day=start, end_day=end, wanted="{}").to_pylist()
    warehouse.close()
    inside = [kind for on, kind, _ in written if start <= on < end and kind != "not a ticket"]
    kinds = [kind for kind in inside if kind]
    assert row["tickets"] == len(inside)
    assert row["share"] == (pytest.approx(kinds.count("how-to") / len(kinds)) if kinds else None)
    first = max(start, min(on for on, _, _ in written))
    paid = 0
    for step in range(max(0, (end - first).days)):
        today = first + dt.timedelta(days=step)
        paid += len({a for a, s, e, m in lines if m and s <= today and (e is None or e > today)})
    assert (row["exposure"] or 0) == pytest.approx(paid / 30.4375)
    assert sum(month["tickets"] for month in months) == row["tickets"]
    assert sum(month["howto"] for month in months) == row["howto"]


def test_the_part_month_is_marked() -> None:
    warehouse = company(tickets=[ticket("1", "2026-01-05", "how-to"), ticket("2", "2026-02-05", "how-to")])
    rows = warehouse("howto_months", start_day=day("2026-01-01"), end_day=day("2026-02-10"), wanted="{}").to_pylist()
    assert [(row["month"], row["final"]) for row in rows] == [(day("2026-01-01"), True), (day("2026-02-01"), False)]
    warehouse.close()


def test_tenure_is_told_in_bands_from_the_first_paying_day() -> None:
    warehouse = company(
        accounts=[
            {"account_id": "a", "signup_date": day("2024-01-01")},
            {"account_id": "b", "signup_date": day("2026-01-20")},
        ],
        subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2025-12-15")}],
        tickets=[
            ticket("1", "2026-01-10", "how-to"), ticket("2", "2026-01-25", "defect"),
            ticket("3", "2026-01-10", "how-to", "b"), ticket("4", "2026-01-10", "defect", None),
        ],
    )  # fmt: skip
    rows = warehouse("howto_by", by_field="tenure", **PERIODS).to_pylist()
    assert [(row["group_name"], row["tickets"], row["share"]) for row in rows] == [
        ("before the start", 1, 1.0), ("first 30 days", 1, 1.0), ("days 31-90", 1, 0.0), ("(no account)", 1, 0.0),
    ]  # fmt: skip
    warehouse.close()


def test_groups_of_a_dimension() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Big"}, {"account_id": "c"}],
        tickets=[
            ticket("1", "2026-01-10", "how-to"), ticket("2", "2026-01-11", "defect"),
            ticket("3", "2026-01-10", None, "b"), ticket("4", "2026-01-10", "how-to", "c"),
        ],
    )  # fmt: skip
    rows = {row["group_name"]: row for row in warehouse("howto_by", by_field="segment", **PERIODS).to_pylist()}
    assert rows["SMB"]["share"] == 0.5
    assert rows["Big"]["share"] is None
    assert rows["(none)"]["tickets"] == 1
    warehouse.close()


def test_several_periods_at_once_are_each_period_alone() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Big"}],
        subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2025-12-15")}],
        tickets=[
            ticket("1", "2026-01-10", "how-to"), ticket("2", "2026-01-31 23:00", "defect", "b"),
            ticket("3", "2026-02-01", None, "b"), ticket("4", "2026-03-10", "how-to", None),
        ],
    )  # fmt: skip
    starts = [None, day("2026-01-01"), day("2026-02-01"), day("2027-01-01")]
    ends = [None, day("2026-02-01"), day("2026-03-31"), day("2027-02-01")]
    for filters_json in ("{}", '{"segment": ["Big"]}'):
        for relation, more in (("howto_share", {}), ("paying_exposure", {}), ("howto_by", {"by_field": "segment"})):
            cached = warehouse.per_element(
                relation, start_days=starts, end_days=ends, wanted=filters_json, **more
            ).to_pylist()
            together = warehouse(relation, start_days=starts, end_days=ends, wanted=filters_json, **more).to_pylist()
            alone = [
                row
                for start, end in zip(starts, ends, strict=True)
                for row in warehouse(
                    relation, start_days=[start], end_days=[end], wanted=filters_json, **more
                ).to_pylist()
            ]
            assert cached == alone
            assert sorted(map(repr, together)) == sorted(map(repr, alone))
    tickets = warehouse("howto_share", start_days=starts, end_days=ends)["tickets"].to_pylist()
    assert sorted(tickets) == [0, 2, 2, 4]
    warehouse.close()


def test_areas_count_the_revenue_of_each_account_once() -> None:
    warehouse = company(
        subscriptions=[
            {"account_id": "a", "mrr": 100.0, "start_date": day("2025-01-01")},
            {"account_id": "b", "mrr": 7.0, "start_date": day("2025-01-01")},
        ],
        tickets=[
            ticket("1", "2026-01-05", "how-to", product_area="Reports", subject="Old"),
            ticket("2", "2026-01-06", "how-to", product_area="Reports", subject="New"),
            ticket("3", "2026-01-06", "how-to", "b", product_area="Reports"),
            ticket("4", "2026-01-06", "defect", "b", product_area="Reports"),
            ticket("5", "2026-01-07", "how-to", "b", tags="export, sharing"),
            ticket("6", "2025-03-07", "how-to", "b", product_area="Reports"),
        ],
    )
    rows = warehouse("howto_areas", as_of_day=day("2026-01-31"), **PERIOD).to_pylist()
    by_area = {row["area"]: row for row in rows}
    assert list(by_area) == ["Reports", "export", "sharing"]
    reports = by_area["Reports"]
    assert (reports["tickets"], reports["accounts"], reports["mrr"], reports["example"]) == (3, 2, 107.0, "New")
    assert reports["trend"] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]
    assert by_area["export"]["mrr"] == 7.0
    warehouse.close()


def test_doubts_are_counted() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "signup_date": day("2026-01-10")}],
        subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2026-01-20")}],
        tickets=[
            ticket("1", "2026-01-05"), ticket("2", "2026-01-15"), ticket("3", "2026-01-25"),
            ticket("4", "2026-01-05", account=None),
        ],
    )  # fmt: skip
    (row,) = warehouse("ticket_doubts", **PERIOD).to_pylist()
    assert row == {
        "tickets": 4, "without_account": 1, "before_signup": 1, "not_paying": 2, "excluded": 0, "with_kind": 0,
        "suggested": 0, "with_text": 0,
    }  # fmt: skip
    warehouse.close()


def test_types_are_listed_with_the_kind_they_were_taken_for() -> None:
    warehouse = company(
        tickets=[ticket("1", "2026-01-05", "how-to", type="Question"), ticket("2", "2026-01-05", None, type="Zebra")]
    )
    rows = warehouse("ticket_types", start_day=None, end_day=None).to_pylist()
    assert {(row["type"], row["kind"], row["tickets"]) for row in rows} == {
        ("Question", "how-to", 1),
        ("Zebra", None, 1),
    }
    warehouse.close()
