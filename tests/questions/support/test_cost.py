"""The cost of how-to tickets and its sources; an unknown cost stays unknown."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd
import pytest

from cs_dash.decisions import decided
from cs_dash.questions.support.howto import howto
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import ReusedReader, company, day

BOTH: dict[str, Any] = {
    "start_days": [day("2026-01-01"), day("2026-02-01")], "end_days": [day("2026-02-01"), day("2026-03-01")],
    "wanted": "{}",
}  # fmt: skip


def desk(with_minutes: float = 0.6) -> list[dict[str, Any]]:
    """Return 300 tickets of January and February 2026, some with minutes of work."""
    chance = random.Random(3)
    return [
        {
            "ticket_id": f"t{at}", "account_id": "a",
            "kind": (kind := chance.choice(["how-to", "defect", None])), "kind_source": "column" if kind else None,
            "created_at": dt.datetime(2026, 1, 1) + dt.timedelta(hours=chance.randrange(59 * 24)),
            "handling_minutes": chance.choice([5.0, 12.5, 40.0, -3.0]) if chance.random() < with_minutes else None,
        }
        for at in range(300)
    ]  # fmt: skip


def with_settings(warehouse: Warehouse, **settings: str) -> Warehouse:
    return ReusedReader(warehouse.file, decided(settings))


@pytest.mark.parametrize("hour", [None, 60.0])
@pytest.mark.parametrize("usual", [None, 20.0])
@pytest.mark.parametrize("flat", [None, 7.0])
def test_the_cost_is_that_of_an_independent_sum(hour: float | None, usual: float | None, flat: float | None) -> None:
    tickets = desk()
    plain = company(tickets=tickets)
    chosen = {"cost_per_hour": hour, "howto_minutes": usual, "howto_ticket_cost": flat}
    warehouse = with_settings(plain, **{name: str(value) for name, value in chosen.items() if value is not None})
    rows = {row["window_start"]: row for row in warehouse("howto_cost", **BOTH).to_pylist()}
    frame = pd.DataFrame(tickets)
    frame = frame[frame["kind"] == "how-to"]
    for month in (1, 2):
        part = frame[[at.month == month for at in frame["created_at"]]]
        measured = part["handling_minutes"].where(part["handling_minutes"] >= 0)
        worked = measured.fillna(usual) if usual is not None else measured
        costs = worked * hour / 60 if hour is not None else worked * float("nan")
        costs = costs.fillna(flat) if flat is not None else costs
        row = rows[dt.date(2026, month, 1)]
        assert (row["howto"], row["measured"], row["costed"]) == (len(part), measured.count(), costs.count())
        assert row["minutes"] == pytest.approx(measured.sum())
        assert row["cost"] == (pytest.approx(costs.sum()) if costs.count() else None)
    warehouse.close()
    plain.close()


def test_without_settings_there_is_no_cost_and_the_page_says_what_brings_one() -> None:
    warehouse = company(tickets=desk())
    answer = ask(warehouse, howto, Scope(period="all"))
    figure = answer.figure("howto_cost")
    assert figure.value is None
    assert "no hourly cost set" in figure.caveat
    assert any("set a cost per hour" in note.text and note.kind == "missing" for note in answer.notes)
    assert "cost" not in answer.headline
    warehouse.close()


def test_the_page_says_where_the_cost_comes_from_and_what_is_left_out() -> None:
    plain = company(tickets=desk())
    warehouse = with_settings(plain, cost_per_hour="60")
    answer = ask(warehouse, howto, Scope(period="all"))
    (row,) = warehouse("howto_cost", start_days=[None], end_days=[None], wanted="{}").to_pylist()
    assert answer.figure("howto_cost").value == pytest.approx(row["minutes"])  # at 60 an hour a minute costs 1
    assert answer.figure("howto_hours").value == pytest.approx(row["minutes"] / 60)
    assert "of how-to tickets have no cost" in answer.figure("howto_cost").caveat
    assert "how-to tickets cost **" in answer.headline
    (note,) = [note for note in answer.notes if note.text.startswith("Cost of how-to tickets")]
    assert f"from the export for {row['measured']} tickets, at 60" in note.text
    assert f"excludes {row['howto'] - row['measured']} tickets without a cost" in note.text
    warehouse.close()
    flat = with_settings(plain, howto_ticket_cost="9")
    assert ask(flat, howto, Scope(period="all")).figure("howto_cost").value == 9 * row["howto"]
    flat.close()
    plain.close()


def test_months_can_be_drawn_as_tickets_contact_rate_or_cost_and_part_months_are_marked() -> None:
    plain = company(tickets=desk(), subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2025-01-01")}])
    warehouse = with_settings(plain, cost_per_hour="60")
    scope = Scope(period="custom", start=day("2026-01-10"), end=day("2026-02-20"), as_of=day("2026-02-19"))
    for measure, column in (("share", "share"), ("howto", "howto"), ("contact_rate", "contact_rate"), ("cost", "cost")):
        answer = ask(warehouse, howto, scope, measure=measure)
        chart = answer.chart("howto_months")
        assert chart.y == column
        assert chart.rows["part"].to_pylist() == [True, True]
        assert "partial month" in chart.subtitle
        assert measure != "cost" or chart.title == "Cost of how-to tickets by month"  # no month is whole
        costs = [value for value in chart.rows["cost"].to_pylist() if value is not None]
        assert sum(costs) == pytest.approx(answer.figure("howto_cost").value)
    months = ask(warehouse, howto, Scope(period="all"), measure="cost").chart("howto_months")
    (whole,) = [row["cost"] for row in months.rows.to_pylist() if row["cost"] is not None and not row["part"]][:1]
    assert whole > 0
    assert "a month on average over" in months.title
    warehouse.close()
    assert ask(plain, howto, scope, measure="cost").chart("howto_months").y == "howto"  # nothing tells it
    plain.close()
