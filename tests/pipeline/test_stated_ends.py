"""Which charges recur, and when a contract ends that its status says is over or under notice."""

from __future__ import annotations

import datetime as dt
from typing import Any


def test_a_column_of_kinds_says_which_charges_recur(company: Any) -> None:
    text = (
        "Customer,Service,Charge type,Amount,Frequency,Start Date\nLys,Platform,Recurring,100,Monthly,2026-01-01\n"
        "Lys,Kick-off,One-time,900,Monthly,2026-01-01\nIris,Platform,Recurring,1200,Yearly,2026-01-01\n"
    )
    assert company(text).mrr("2026-01-05") == {"lys": 100, "iris": 100}


def test_a_computed_end_of_a_notice_is_not_yet_what_happened(company: Any) -> None:
    """Lys cancelled on 20 October: the month that runs then ends on 1 November, the day to look from is the 20th."""
    text = (
        (
            "Contract ID,Customer,Status,MRR,Start,Cancelled at\n"
            "1,Lys,active,45,2026-03-01,2026-10-20\n2,Iris,active,30,2026-03-01,\n3,Rosa,active,20,2026-04-01,\n"
        )
        .replace("MRR", "Monthly fee,Billing")
        .replace(",45,", ",45,monthly,")
        .replace(",30,", ",30,monthly,")
    )
    loaded = company(text.replace(",20,2026-04", ",20,monthly,2026-04"))
    assert loaded.ask("retention.bridge").as_of == dt.date(2026, 10, 20)
    assert loaded.figure("retention.bridge", "mrr_end") == 95
    assert loaded.figure("retention.renewals", "mrr_notice") == 45


def test_an_end_of_the_term_is_not_the_day_that_a_customer_left(company: Any) -> None:
    text = (
        "Customer,Status,MRR,Start Date,End Date\nLys,Active,10,2026-02-01,2027-01-31\n"
        "Iris,Churned,20,2026-02-01,2027-01-31\nRosa,Cancelled,40,2026-01-01,2027-01-31\n"
        "Viola,Expired,80,2025-01-01,2025-12-31\n"
    )
    loaded = company(text)
    assert loaded.mrr("2026-02-02") == {"lys": 10, "rosa": 40}  # Rosa's contract was cancelled, and runs to its end


def test_a_paused_line_pays_nothing_though_its_term_runs_on(company: Any) -> None:
    text = (
        "Customer,Status,MRR,Start Date,End Date\nLys,Active,10,2026-02-01,2099-01-31\n"
        "Iris,Paused,20,2026-01-01,2099-01-31\nRosa,Suspended,40,2026-01-01,2099-06-30\n"
    )
    assert company(text).mrr("2026-02-02") == {"lys": 10}
