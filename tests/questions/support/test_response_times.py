"""Response and resolution times, with tickets still waiting, and the backlog."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_times

from cs_dash.decisions import decided
from cs_dash.questions.support.backlog import backlog
from cs_dash.questions.support.response_times import response_times
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import ReusedReader, company, day

START = dt.datetime(2026, 1, 5)
ALL = Scope(period="all", as_of=day("2026-01-31"))


def ticket(at: int, reply: int | None = None, solved: int | None = None, **more: Any) -> dict[str, Any]:
    """A ticket of day `at`, answered `reply` hours and solved `solved` hours later."""
    created = START + dt.timedelta(days=at)
    hours = {"first_reply_at": reply, "solved_at": solved}
    times = {name: created + dt.timedelta(hours=value) for name, value in hours.items() if value is not None}
    return {"ticket_id": f"t{at}-{more.get('priority', '')}", "account_id": "a", "created_at": created, **times, **more}


def desk(*tickets: dict[str, Any]) -> Warehouse:
    return company(tickets=list(tickets))


def test_open_tickets_wait_and_are_not_left_out() -> None:
    """Four tickets are solved in 20 h, six are open for days: more than half are not solved yet, so no median."""
    warehouse = desk(*[ticket(at, 1, 20) for at in range(4)], *[ticket(4 + at, 1) for at in range(6)])
    answer = ask(warehouse, response_times, ALL)
    assert answer.figure("resolution_median").value is None
    assert answer.figure("resolution_median").n == 10
    assert answer.figure("reply_median").value == 60
    assert any("6 unsolved tickets" in note.text for note in answer.notes)
    assert answer.rows["open"].to_pylist() == [6]


def test_where_nothing_tells_who_waits_nobody_is_said_to() -> None:
    answer = ask(desk(*[ticket(at) for at in range(6)]), response_times, ALL)
    assert answer.headline == "The tickets, up to 31 Jan 2026, have no response or resolution times."
    assert [figure.n for figure in answer.figures[:4]] == [None] * 4
    assert answer.rows.select(["tickets", "open"]).to_pylist() == [{"tickets": 6, "open": None}]
    with_status = ask(
        desk(*[ticket(at) for at in range(6)], ticket(7, priority="low", status="open")), response_times, ALL
    )
    assert with_status.rows["open"].to_pylist() == [1, 6]


def test_a_ticket_closed_without_a_time_has_neither_ended_nor_waited() -> None:
    warehouse = desk(
        *[ticket(at, 2, 10) for at in range(5)], ticket(6, 2, status="Closed"), ticket(7, 2, status="open")
    )
    answer = ask(warehouse, response_times, ALL)
    assert answer.figure("resolution_median").n == 6
    assert any("closed without a known resolution time" in note.text for note in answer.notes)


def test_minutes_of_the_export_go_before_its_dates_and_later_days_are_not_known_yet() -> None:
    warehouse = desk(*[ticket(at, 2, 100 * 24, resolution_minutes=90.0 if at else None) for at in range(5)])
    (row,) = ask(warehouse, response_times, ALL).rows.to_pylist()
    assert (row["resolution_median"], row["open"]) == (90, 1)
    early = Scope(period="all", as_of=day("2026-01-05"))
    assert ask(desk(ticket(0, 5, 30)), response_times, early).figure("resolution_median").value is None
    assert ask(desk(ticket(0, 5, 30)), response_times, early).figure("reply_median").value == 300


def test_targets_are_settings_and_hold_for_their_priority() -> None:
    warehouse = desk(
        *[ticket(at, 1 if at < 8 else 3, 10, priority="Urgent") for at in range(10)],
        *[ticket(at, 5, 50, priority="low") for at in range(10)],
    )
    assert ask(warehouse, response_times, ALL).figure("reply_met").caveat == "no SLA target set"
    targets = {"sla reply urgent": 120, "sla resolution urgent": "soon", "sla resolution low": 2880}
    with_targets = ReusedReader(warehouse.file, decided(targets))
    assert {(row["measure"], row["priority"], row["minutes"]) for row in with_targets("sla_targets").to_pylist()} == {
        ("reply", "urgent", 120.0), ("resolution", "low", 2880.0),
    }  # fmt: skip
    answer = ask(with_targets, response_times, ALL)
    rows = {row["priority"]: row for row in answer.rows.to_pylist()}
    assert list(rows) == ["urgent", "low"]
    assert rows["urgent"]["reply_met"] == pytest.approx(0.8)
    assert rows["urgent"]["resolution_met"] is None
    assert rows["low"]["resolution_met"] == 0
    assert answer.figure("reply_met").value == pytest.approx(0.8)


def test_without_any_time_nothing_is_claimed() -> None:
    answer = ask(desk(*[ticket(at) for at in range(5)]), response_times, ALL)
    assert {answer.figure(f"{name}_median").value for name in ("reply", "resolution")} == {None}
    assert "have no response" in answer.headline
    empty = ask(desk(*[ticket(at) for at in range(5)]), backlog, ALL)
    assert not empty.figures
    assert any(note.kind == "missing" for note in empty.notes)


def test_the_backlog_is_what_came_in_less_what_was_solved() -> None:
    warehouse = desk(
        ticket(0, 1, 10), ticket(1, 1, 24 * 30), ticket(2), ticket(30, 1, 5), ticket(31), ticket(3, status="closed")
    )  # fmt: skip
    answer = ask(warehouse, backlog, Scope(period="all", as_of=day("2026-02-10")))
    january, february = answer.rows.to_pylist()
    assert (january["opened"], january["solved"], january["backlog"], january["final"]) == (3, 1, 2, True)
    assert (february["opened"], february["solved"], february["backlog"], february["final"]) == (2, 2, 2, False)
    assert answer.figure("backlog").value == 2
    assert any("1 closed ticket without" in note.text for note in answer.notes)


PRIORITIES = st.sampled_from(["high", "low", None])
WRITTEN = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 900), PRIORITIES), min_size=3, max_size=25)


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(written=WRITTEN, days_after=st.integers(20, 80))
def test_it_agrees_with_another_program_and_with_counting(
    written: list[tuple[int, int | None, str | None]], days_after: int
) -> None:
    as_of = (START + dt.timedelta(days=days_after)).date()
    warehouse = desk(*[
        ticket(at, 0, solved, priority=priority) | {"ticket_id": str(n)}
        for n, (at, solved, priority) in enumerate(written)
    ])  # fmt: skip
    scope = Scope(period="all", as_of=as_of)
    answer, open_ = ask(warehouse, response_times, scope), ask(warehouse, backlog, scope)
    warehouse.close()
    end = dt.datetime.combine(as_of, dt.time()) + dt.timedelta(days=1)
    tickets = [
        (START + dt.timedelta(days=at), solved) for at, solved, _ in written if START + dt.timedelta(days=at) < end
    ]
    if not tickets:
        return
    ended = [solved is not None and came + dt.timedelta(hours=solved) <= end for came, solved in tickets]
    spans = [
        60.0 * (solved or 0) if over else (end - came).total_seconds() / 60
        for (came, solved), over in zip(tickets, ended, strict=True)
    ]
    if any(ended):
        fitted = KaplanMeierFitter().fit(spans, ended)
        for name, share in (("median", 0.5), ("p90", 0.1)):
            # Their products of fractions miss a tie by the last digit.
            theirs = float(qth_survival_times(share * (1 + 1e-9), fitted.survival_function_))
            ours = answer.figure(f"resolution_{name}").value
            assert ours == (None if theirs == float("inf") else pytest.approx(theirs))
    else:
        assert answer.figure("resolution_median").value is None
    solved_before = sum(
        solved is not None and came + dt.timedelta(hours=solved) < end for came, solved in tickets
    )  # fmt: skip
    if open_.figures:
        assert open_.figure("backlog").value == len(tickets) - solved_before


def test_a_priority_by_another_name_has_the_target_of_its_equal() -> None:
    plain = desk(*[ticket(at, 2, 10, priority=name) for at, name in enumerate(("Medium", "critical", "low", "normal"))])
    warehouse = ReusedReader(plain.file, decided({"sla reply normal": 240, "sla reply urgent": 60}))
    rows = {row["priority"]: row for row in ask(warehouse, response_times, ALL).rows.to_pylist()}
    targets = {name: row["reply_target"] for name, row in rows.items()}
    assert targets == {"medium": 240.0, "normal": 240.0, "critical": 60.0, "low": None}
    assert (rows["medium"]["reply_met"], rows["critical"]["reply_met"]) == (1.0, 0.0)
    warehouse.close()
    plain.close()


def by_dates(*days: tuple[int, int | None], **more: Any) -> list[dict[str, Any]]:
    """Tickets that came in on a day of January and were solved on another, as dates without times."""
    return [
        {"ticket_id": f"d{n}", "account_id": "a", "created_at": dt.datetime(2026, 1, came), "status": "closed"}
        | ({"solved_at": dt.datetime(2026, 1, solved)} if solved else {}) | more
        for n, (came, solved) in enumerate(days)
    ]  # fmt: skip


def test_dates_without_times_of_day_give_no_zero_minutes() -> None:
    answer = ask(desk(*by_dates((5, 5), (6, 6), (7, 7), (8, 10))), response_times, ALL)
    median, slow = answer.figure("resolution_median"), answer.figure("resolution_p90")
    assert median.value is None
    assert median.caveat.startswith("in whole days: the dates have no time of day")
    assert slow.value == 2 * 24 * 60
    assert "resolution time is **the same day**" in answer.headline
    assert " 0 min" not in answer.headline
    later = ask(desk(*by_dates((5, 7), (6, 8), (7, 9))), response_times, ALL)
    assert later.figure("resolution_median").value == 2 * 24 * 60


def test_who_is_closed_without_a_time_is_told_beside_who_waits() -> None:
    answer = ask(
        desk(*by_dates((5, 7), (6, None), (7, None)), *by_dates((8, None), ticket_id="w", status="open")),
        response_times, ALL,
    )  # fmt: skip
    assert answer.figure("resolution_median").n_label == "tickets, 1 still waiting, 2 closed without a known time"


def test_a_solution_dated_to_the_day_does_not_come_before_its_ticket() -> None:
    came = dt.datetime(2026, 1, 5, 16, 30)
    same_day = {"ticket_id": "s", "account_id": "a", "created_at": came, "solved_at": dt.datetime(2026, 1, 5)}
    before = {"ticket_id": "b", "account_id": "a", "created_at": came, "solved_at": dt.datetime(2026, 1, 4)}
    warehouse = desk(same_day, before)
    rows = warehouse("contradictions", as_of_day=day("2026-01-31")).to_pylist()
    solved = [row for row in rows if row["contradiction"] == "solved before it came in"]
    assert [(row["rows"], row["examples"]) for row in solved] == [(1, ["b"])]


def test_a_period_in_which_none_was_solved_is_no_desk_without_solution_times() -> None:
    warehouse = desk(*by_dates((5, 6)), *by_dates((20, None), ticket_id="w", status="open"))
    answer = ask(warehouse, backlog, Scope(start=day("2026-01-15"), end=day("2026-02-01"), as_of=day("2026-01-31")))
    assert answer.figure("backlog").value == 1
    assert "do not tell" not in answer.headline
