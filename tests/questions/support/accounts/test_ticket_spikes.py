"""Accounts against their own history: macros against an independent count, answers on small companies."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pandas as pd
import pytest
from scipy.stats import binom

from cs_dash.questions.support.accounts.quiet_accounts import QUIET, QUIET_IN_USE, QUIET_UNUSED, STOPPED, quiet_accounts
from cs_dash.questions.support.accounts.ticket_spikes import NO_ACCOUNTS, NOT_SIGNIFICANT, SIGNIFICANT, ticket_spikes
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import company, day

AS_OF = day("2026-06-30")


def tickets_of(account: str, *days_ago: int, **more: Any) -> list[dict[str, Any]]:
    """Return a ticket of an account for each of the numbers of days before the as-of date."""
    return [
        {
            "ticket_id": f"{account}-{at}-{ago}", "account_id": account, "kind": "how-to", "kind_source": "column",
            "created_at": dt.datetime.combine(AS_OF - dt.timedelta(days=ago), dt.time(12)), **more,
        }
        for at, ago in enumerate(days_ago)
    ]  # fmt: skip


def paying(account: str, mrr: float = 100.0, since: str = "2024-01-01", **more: Any) -> dict[str, Any]:
    return {"account_id": account, "mrr": mrr, "start_date": day(since), "end_date": None, **more}


def test_rates_are_those_of_an_independent_count() -> None:
    chance = random.Random(11)
    signups = {f"a{at}": AS_OF - dt.timedelta(days=chance.randrange(20, 900)) for at in range(60)}
    accounts = [{"account_id": name, "signup_date": signup} for name, signup in signups.items()]
    tickets = [
        ticket
        for name in signups
        for ticket in tickets_of(name, *(chance.randrange(0, 700) for _ in range(chance.randrange(0, 30))))
    ]
    warehouse = company(
        accounts=accounts, tickets=tickets, notes=[{"account_id": "a0", "noted_on": AS_OF + dt.timedelta(days=3)}]
    )
    rates = warehouse("asking_rates", as_of_day=AS_OF, wanted="{}").to_pylist()
    frame = pd.DataFrame(tickets)
    frame["ago"] = [(AS_OF - at.date()).days for at in frame["created_at"]]
    shift = int(frame["ago"].min())  # the newest ticket of all ends the 90 days
    frame["ago"] -= shift
    oldest = int(frame["ago"].max())
    assert {row["account_id"] for row in rates} == set(frame["account_id"])
    for row in rates:
        reach = min((AS_OF - signups[row["account_id"]]).days - shift, oldest, 454)
        ago = frame[frame["account_id"] == row["account_id"]]["ago"]
        past = int(((ago >= 90) & (ago <= reach)).sum())
        days = max(0, reach - 89)
        assert (row["recent"], row["past"], row["past_days"]) == (int((ago < 90).sum()), past, days)
        assert row["expected"] == (pytest.approx(past * 90 / days) if days >= 90 else None)
    warehouse.close()


def test_tickets_of_nobody_say_so() -> None:
    answer = ask(
        company(tickets=[ticket | {"account_id": None} for ticket in tickets_of("a", *range(0, 400, 9))]), ticket_spikes
    )
    assert answer.headline == NO_ACCOUNTS
    assert [(note.kind, note.table) for note in answer.notes] == [("missing", "accounts")]


def test_who_asks_more_is_told_from_chance_and_comes_first() -> None:
    steady = [(f"s{at}", tickets_of(f"s{at}", *range(5, 470, 30))) for at in range(20)]
    warehouse = company(
        accounts=[{"account_id": "loud", "account": "Loud Ltd", "csm": "Ana"}],
        subscriptions=[
            *(paying(name) for name in ("loud", "little", *(name for name, _ in steady))),
            paying("fresh", since="2026-05-01"),
        ],
        tickets=[
            *(ticket for _, tickets in steady for ticket in tickets),
            *tickets_of("loud", *range(0, 80, 4), product_area="Reports"), *tickets_of("loud", 100, 200, 300, 400),
            *tickets_of("little", 3, 6, 20, 100, 200, 300), *tickets_of("fresh", 1, 2, 3, 4, 5),
        ],
    )  # fmt: skip
    answer = ask(warehouse, ticket_spikes, Scope(period="all", as_of=AS_OF))
    first, *later_rows = answer.rows.to_pylist()
    assert (first["account"], first["recent"], first["about"]) == ("Loud Ltd", 20, "Reports")
    assert first["verdict"] == SIGNIFICANT
    assert first["expected"] == pytest.approx(4 * 90 / 365)
    unadjusted_p = float(binom.sf(19, 24, 90 / 455))
    assert first["p_value"] == pytest.approx(22 * unadjusted_p)
    assert {row["verdict"] for row in later_rows} <= {NOT_SIGNIFICANT}
    assert (answer.figure("rising").value, answer.figure("rising_mrr").value) == (1, 100.0)
    assert "**1 account** has a significant ticket spike" in answer.headline
    assert answer.chart("asking").title == "Loud Ltd has a ticket spike"
    warehouse.close()


def test_accounts_without_enough_past_are_counted_and_not_judged() -> None:
    warehouse = company(
        accounts=[{"account_id": "new", "signup_date": AS_OF - dt.timedelta(days=150)}],
        tickets=[*tickets_of("new", *range(60)), *tickets_of("old", 0, 100, 400)],
    )
    answer = ask(warehouse, ticket_spikes, Scope(period="all", as_of=AS_OF))
    assert "new" not in answer.rows["account_id"].to_pylist()
    assert answer.figure("compared").value == 1
    assert any("1 account with less than 90 days of history" in note.text for note in answer.notes)
    warehouse.close()


def usage_rows(account: str, *days_ago: int) -> list[dict[str, Any]]:
    return [
        {"account_id": account, "used_on": AS_OF - dt.timedelta(days=ago), "user_id": "u", "events": 1.0}
        for ago in days_ago
    ]


def test_the_silent_are_told_apart_by_what_is_silent() -> None:
    past = range(95, 450, 20)
    warehouse = company(
        subscriptions=[
            paying("gone", 500.0, renewal_date=day("2026-08-15"), term_months=12), paying("both", 50.0),
            paying("maybe", 200.0), paying("few", 10.0), paying("busy", 10.0), paying("back", 70.0),
            {"account_id": "left", "mrr": 900.0, "start_date": day("2024-01-01"), "end_date": day("2026-05-01")},
        ],
        tickets=[
            *tickets_of("both", *past), *tickets_of("maybe", *past), *tickets_of("few", 200, 300),
            *tickets_of("busy", 0, 600, *past), *tickets_of("left", *past),
        ],
        usage=[
            *usage_rows("gone", *range(40, 120, 2)), *usage_rows("both", *range(300, 400, 5)),
            *usage_rows("maybe", *range(0, 200, 3)), *usage_rows("busy", *range(0, 200, 3)),
            *usage_rows("back", 1, *range(30, 120, 2)),
        ],
    )  # fmt: skip
    answer = ask(warehouse, quiet_accounts, Scope(period="all", as_of=AS_OF))
    rows = answer.rows.to_pylist()
    assert [(row["account_id"], row["silence"]) for row in rows] == [
        ("gone", STOPPED),
        ("both", QUIET_UNUSED),
        ("maybe", QUIET_IN_USE),
    ]
    assert "no usage or tickets since 21 May 2026; renews in 46 days." in rows[0]["reason"]
    assert "no usage since" in rows[1]["reason"]
    assert "still uses the product" in rows[2]["reason"]
    assert rows[1]["chance"] == pytest.approx((365 / 455) ** 18)
    assert answer.figure("silent_mrr").value == 750.0
    assert answer.figure("silent_renewing").value == 1
    assert "**3 accounts** have gone quiet" in answer.headline
    warehouse.close()


def test_without_usage_nobody_is_said_to_use_the_product() -> None:
    warehouse = company(
        subscriptions=[paying("quiet"), paying("busy")],
        tickets=[*tickets_of("quiet", *range(95, 450, 20)), *tickets_of("busy", 0, 100)],
    )
    answer = ask(warehouse, quiet_accounts, Scope(period="all", as_of=AS_OF))
    (row,) = answer.rows.to_pylist()
    assert row["silence"] == QUIET
    assert "not in the data" in row["reason"]
    assert any(note.table == "usage" for note in answer.notes)
    warehouse.close()


def test_a_file_of_tickets_that_ends_early_makes_nobody_silent() -> None:
    warehouse = company(
        subscriptions=[paying("a"), paying("b")],
        tickets=[*tickets_of("a", *range(120, 560, 10)), *tickets_of("b", *range(125, 560, 20))],
        notes=[{"account_id": "a", "noted_on": AS_OF}],
    )
    assert ask(warehouse, quiet_accounts).rows.num_rows == 0
    assert any("latest ticket is from 2 Mar 2026" in note.text for note in ask(warehouse, ticket_spikes).notes)
    warehouse.close()
