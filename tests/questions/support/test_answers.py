"""The answers of the support questions: figures, headlines, caveats."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.charts import BarChart, LineChart
from cs_dash.errors import UnknownOption
from cs_dash.questions.support.areas import areas
from cs_dash.questions.support.groups import howto_by_group
from cs_dash.questions.support.howto import howto
from cs_dash.questions.support.kind_shares import kind_shares
from cs_dash.questions.support.tickets.tickets import tickets
from cs_dash.scope import Scope
from cs_dash.stats.intervals import wilson
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask, questions_about
from tests.companies import company, day


def tickets_of(n: int, month: str, kind: str | None, account: str | None = "a", **more: Any) -> list[dict[str, Any]]:
    start = dt.datetime.fromisoformat(f"{month}-01")
    return [
        {"ticket_id": f"{month}-{kind}-{account}-{i}", "account_id": account, "kind": kind,
         "created_at": start + dt.timedelta(days=i % 28), "kind_source": "column" if kind else None, **more}
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture
def desk() -> Warehouse:
    """40 how-to and 60 defects in 2025-12, 20 and 80 in 2026-01, two without a kind; the facts end on 31 January."""
    return company(
        accounts=[{"account_id": "a", "segment": "SMB", "signup_date": day("2025-01-01")}],
        subscriptions=[{"account_id": "a", "mrr": 100.0, "start_date": day("2025-01-01")}],
        tickets=[
            *tickets_of(40, "2025-12", "how-to", type="Question", product_area="Reports"),
            *tickets_of(60, "2025-12", "defect", type="Bug"),
            *tickets_of(20, "2026-01", "how-to", type="Question", product_area="Reports"),
            *tickets_of(80, "2026-01", "defect", type="Bug"),
            *tickets_of(2, "2026-01", None, None, type="Zebra"),
        ],
        notes=[{"account_id": "a", "noted_on": day("2026-01-31")}],
    )


def test_the_share_carries_its_base_interval_change_and_reference(desk: Warehouse) -> None:
    answer = ask(desk, howto, Scope(period="1m"))
    share = answer.figure("share")
    assert (share.value, share.n, share.previous) == (0.2, 100, 0.4)
    assert (share.low, share.high) == wilson(20, 100)
    assert answer.figure("share_uncorrected").value == share.value
    assert (answer.figure("tickets").value, answer.figure("without_kind").value) == (102, 2)
    assert answer.figure("contact_rate").value == pytest.approx(100 * 102 / (31 / 30.4375))
    assert "**20\u202f%** of 100 categorised tickets" in answer.headline
    assert "20 points lower than in the previous period" in answer.headline
    assert "below the benchmark of 36\u202f%" in answer.headline
    months = answer.chart("howto_months")
    assert isinstance(months, LineChart)
    reference = months.reference
    assert reference is not None
    assert reference[0] == 0.36
    assert any("Aterra" in note.text and "not verified" in note.text for note in answer.notes)
    assert any("Zebra (2)" in note.text for note in answer.notes)
    assert any("no account (2 of 102)" in note.text for note in answer.notes)


def test_the_window_option_goes_before_the_period(desk: Warehouse) -> None:
    assert ask(desk, howto, Scope(period="1m"), window="all").figure("tickets").value == 202
    assert ask(desk, howto, Scope(period="all")).figure("tickets").value == 202
    assert ask(desk, howto, Scope(period="1m"), window="3").figure("tickets").value == 202
    with pytest.raises(UnknownOption):
        ask(desk, howto, window="7")


def test_the_title_of_the_trend_claims_only_what_the_months_carry(desk: Warehouse) -> None:
    assert ask(desk, howto).chart("howto_months").title == "How-to share of tickets by month"
    warehouse = company(
        tickets=[
            *tickets_of(60, "2025-11", "how-to"), *tickets_of(40, "2025-11", "defect"),
            *tickets_of(40, "2025-12", "how-to"), *tickets_of(60, "2025-12", "defect"),
            *tickets_of(20, "2026-01", "how-to"), *tickets_of(80, "2026-01", "defect"),
            *tickets_of(1, "2026-02", "defect"),
        ]
    )  # fmt: skip
    assert ask(warehouse, howto).chart("howto_months").title.startswith("The how-to share fell from 60")


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-12-10", "2026-01-20"), ("2025-06-01", "2026-02-01"), ("2026-01-05", "2026-01-05"), (None, "2026-01-20")],
)
def test_the_months_are_those_of_their_definition(desk: Warehouse, start: str | None, end: str) -> None:
    scope = Scope(period="custom", start=day(start) if start else None, end=day(end), as_of=day("2026-01-31"))
    answer = ask(desk, howto, scope)
    expected = desk("howto_months", start_day=scope.start, end_day=scope.end, wanted="{}")
    shared = [name for name in answer.rows.column_names if name in expected.column_names]
    assert len(shared) == 6
    assert answer.rows.select(shared).equals(expected.select(shared))


def test_without_any_kind_there_is_no_share_and_the_way_out_is_named() -> None:
    answer = ask(company(tickets=tickets_of(30, "2026-01", None)), howto)
    assert answer.figure("share").value is None
    assert answer.figure("share").caveat == "no ticket has a category"
    assert answer.figure("tickets").value == 30
    assert answer.figure("contact_rate").value is None
    assert not answer.charts
    assert any(note.kind == "missing" and "type" in note.text for note in answer.notes)
    assert answer.headline == "**30 tickets** without a category."


def test_without_tickets_every_question_says_what_is_missing() -> None:
    warehouse = company(accounts=[{"account_id": "a"}])
    for name, question in questions_about("support").items():
        answer = ask(warehouse, question.answer)
        assert answer.missing_tables == (("tickets", "articles") if name == "support.content_plan" else ("tickets",))
        assert answer.missing_tables == question.needs
        assert not answer.figures


def test_kinds_are_counted_and_stacked_by_month(desk: Warehouse) -> None:
    answer = ask(desk, kind_shares)
    assert [(row["kind"], row["tickets"]) for row in answer.rows.to_pylist()] == [
        ("defect", 140),
        ("how-to", 60),
        (None, 2),
    ]
    chart = answer.chart("kind_months")
    assert isinstance(chart, BarChart)
    assert chart.order == ("how-to", "defect", "No category")
    assert sum(chart.rows["tickets"].to_pylist()) == 202
    assert chart.title == "Most tickets are defects: 70\u202f% of categorised tickets"


def test_tickets_are_listed_newest_first_with_where_their_kind_comes_from(desk: Warehouse) -> None:
    rows = ask(desk, tickets).rows
    assert rows.column_names[:7] == ["ticket_id", "account_id", "created_at", "kind", "source", "probability", "topic"]
    assert rows["created_at"].to_pylist() == sorted(rows["created_at"].to_pylist(), reverse=True)
    assert set(rows["source"].to_pylist()) == {"column", "none"}


def test_groups_differ_only_where_their_intervals_do_not_overlap() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Enterprise"}],
        tickets=[
            *tickets_of(60, "2026-01", "how-to"), *tickets_of(40, "2026-01", "defect"),
            *tickets_of(10, "2026-01", "how-to", "b"), *tickets_of(90, "2026-01", "defect", "b"),
        ],
    )  # fmt: skip
    answer = ask(warehouse, howto_by_group, field="segment")
    assert "SMB has the highest how-to share: **60\u202f%**" in answer.headline
    assert answer.chart("howto_by").title.startswith("SMB has the highest how-to share")
    assert (
        "No significant difference in how-to share by tenure" in ask(warehouse, howto_by_group, field="tenure").headline
    )
    with pytest.raises(UnknownOption, match="segmnt"):
        ask(warehouse, howto_by_group, field="segmnt")


def test_areas_are_the_table_to_act_on_and_tags_that_spell_a_kind_are_none() -> None:
    warehouse = company(tickets=tickets_of(3, "2026-01", "how-to", tags="how_to, export"))
    answer = ask(warehouse, areas)
    assert answer.rows["area"].to_pylist() == ["export"]
    assert "**export** has the most how-to tickets: 3 of 3, from 1 account" in answer.headline


def test_a_file_without_any_text_says_what_it_can_and_cannot_tell() -> None:
    bare = [{"ticket_id": str(at), "account_id": "a", "created_at": dt.datetime(2026, 1, 1 + at)} for at in range(28)]
    lines = [{"account_id": "a", "mrr": 100.0, "start_date": day("2025-01-01")}]
    warehouse = company(subscriptions=lines, tickets=bare)
    answer = ask(warehouse, howto)
    (note,) = [note for note in answer.notes if note.kind == "missing" and "category" in note.text]
    assert "none has a text to classify" in note.text
    assert "per 100 paying accounts a month" in answer.headline
    assert answer.chart("howto_months").y == "contact_rate"
    assert not any("export's own columns" in note.text for note in answer.notes)
    assert "how-to tickets cannot be identified" in ask(warehouse, areas).headline
    assert answer.figure("howto_cost").caveat == "no how-to tickets"
    warehouse.close()
    with_subject = company(subscriptions=lines, tickets=[row | {"subject": "zyx"} for row in bare])
    assert any("Label 50 tickets to train a model" in note.text for note in ask(with_subject, howto).notes)
    with_subject.close()
