"""What a page really asks is what it declares, so that navigation, warm-up and "Shown on" say the truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cs_dash import page_registry as registry
from cs_dash.questions import catalogue
from cs_dash.ui.components.account_essentials import ESSENTIAL_QUESTIONS
from cs_dash.ui.state import answers
from tests.pages.conftest import Open
from tests.workspaces import copied

MORE: dict[tuple[str, str], dict[str, str]] = {
    ("retention", "retention.by_dimension"): {"dimension": "segment"},
    ("retention", "retention.bridge_accounts"): {"movement": "churn"},
    ("retention", "retention.cohort_accounts"): {"by": "month", "cell": "month.2025-04-01.0"},
    ("retention", "retention.tenures"): {"mark": "survival:12:all accounts"},
    ("retention", "retention.why"): {"mark": "bridge:End"},
    ("cohorts", "retention.tenures"): {"mark": "hazard:4–6"},
    ("cohorts", "retention.cohorts_at_age"): {"mark": "cohort_compare:3:SMB"},
    ("churn", "churn.path_accounts"): {"mark": "path:-3:Retained"},
    ("overview", "health.accounts"): {"mark": "bands:2026-03-01:green"},
    ("overview", "retention.why"): {"mark": "retention_months:2026-03-01:NRR"},
    **{
        (page, question): {"open": row}
        for page, row in (
            *(("overview", "ACC-1034"), ("ticket-spikes", "ACC-1003"), ("renewals", "1"), ("why", "ACC-1003")),
            *(("churn", "CH-130"), ("cohorts", "ACC-1256")),
        )
        for question in ("account.profile", "account.summary", "health.why")
    },
    **{
        ("alignment", f"alignment.{name}"): {"tab": tab}
        for name, tab in (
            ("assessment", "teams"),
            ("behaviour", "teams"),
            ("journey", "journey"),
            ("stuck", "journey"),
            ("programmes", "programmes"),
            ("programme_accounts", "programmes"),
        )
    },
    **{
        ("alignment", question): {"tab": "journey", "open": "ACC-1386"}
        for question in ("account.profile", "account.summary", "health.why")
    },
    **{
        ("roadmap", f"roadmap.{name}"): {"show": name}
        for name in ("decisions", "events", "impact", "order", "handover")
    },
    ("roadmap", "roadmap.portfolio"): {"show": "impact"},
    **{
        ("roadmap", f"roadmap.{name}"): {"item": "R-1"}
        for name in ("item", "churn", "other_topics", "ship_rates", "messages")
    },
    ("roadmap", "support.tickets"): {"item": "R-1", "mark": "ship_rates:2026-03-01:This item"},
    **{
        ("roadmap", question): {"item": "R-1", "open": "ACC-1288"}
        for question in ("account.profile", "account.summary", "health.why")
    },
    ("accounts", "health.nps_answers"): {"mark": "nps:2026-07-01"},
    ("support-demand", "support.tickets"): {"mark": "howto_months:2026-03-01"},
    ("response-times", "support.tickets"): {"mark": "resolution_by_priority:urgent"},
    ("topics", "support.topic_tickets"): {"topic": "any"},
    ("topics", "support.topic_accounts"): {"topic": "any", "behind": "accounts"},
    ("content-gaps", "support.topic_tickets"): {"topic": "any"},
    ("tickets", "support.ticket"): {"ticket": "T-1"},
    **{("accounts", question): {"open": "ACC-1003"} for question in ESSENTIAL_QUESTIONS},
    ("review", "roadmap.decisions"): {"tab": "decisions"},
    **{("account", question): {"account": "ACC-1003"} for question in registry.by_name()["account"].more_questions},
}
"""(page, question) -> the address at which the page asks it, for questions that a choice or a click asks."""


LITTLE_DATA: dict[str, dict[str, str]] = {
    "tickets": {
        "tickets.csv": "ticket_id,account_id,created_at,type,subject,area\n"
        "T-1,A-1,2025-05-01,how-to,How do I export?,Reports\nT-2,A-1,2025-05-02,bug,Export is broken,Reports\n"
    },
    "surveys": {"surveys.csv": "survey_id,account_id,answered_on,survey,score\nN-1,A-1,2025-05-01,NPS,9\n"},
    "contracts": {
        "subscriptions.csv": "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-1,2025-01-01,,100\n",
        "churn.csv": "churn_id,account_id,churn_date,reason\n",
    },
    "satisfaction": {
        "accounts.csv": "account_id,signup_date\nA-1,2024-01-01\nA-2,2024-01-01\n",
        "churn.csv": "churn_id,account_id,churn_date,reason\nC-1,A-2,2025-06-01,price\n",
        "surveys.csv": "survey_id,account_id,answered_on,survey,score\nS-1,A-1,2025-05-01,CSAT,5\n"
        "S-2,A-2,2025-05-01,CSAT,2\n",
    },
    "churn": {
        "subscriptions.csv": "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-2,2025-01-01,2025-06-01,50\n",
        "churn.csv": "churn_id,account_id,churn_date,reason\nC-1,A-2,2025-06-01,price\n",
    },
}
"""Workspaces with so little data that the overview asks what takes the place of its usual figures and lists."""


@pytest.fixture
def little_data(tmp_path: Path) -> list[Path]:
    """The folders of `LITTLE_DATA`."""
    return [copied(tmp_path / name, files).folder for name, files in LITTLE_DATA.items()]


@pytest.fixture
def questions_asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the questions that are asked from now on, whether or not their answers are known already."""
    names: set[str] = set()

    def recorded(function: Callable[..., Any], position: int) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            names.add(arguments[position])
            return function(*arguments, **options)

        return call

    monkeypatch.setattr(answers.AnswerKey, "of", recorded(answers.AnswerKey.of, 2))
    monkeypatch.setattr(catalogue, "ask", recorded(catalogue.ask, 1))
    return names


@pytest.fixture
def two_loads(tmp_path: Path) -> Path:
    """A workspace whose shown version came after another one."""
    plans = enumerate(("Pro", "Team"))
    loads = [{f"accounts{at}.csv": f"account_id,account,plan\nA-1,Ann,{plan}\nA-2,Bob,Pro\n"} for at, plan in plans]
    return copied(tmp_path, *loads).folder


@pytest.mark.parametrize("page", registry.pages(), ids=lambda page: page.name)
def test_a_page_asks_what_it_declares(
    page: registry.Page, demo: Path, open_page: Open, questions_asked: set[str]
) -> None:
    open_page(demo, page.name)
    assert questions_asked == set(page.questions)


@pytest.mark.parametrize("page", [page for page in registry.pages() if page.more_questions], ids=lambda page: page.name)
def test_what_a_page_asks_after_a_click_is_declared(
    page: registry.Page,
    demo: Path,
    two_loads: Path,
    with_review: Path,
    little_data: list[Path],
    open_page: Open,
    questions_asked: set[str],
) -> None:
    for folder in little_data if page.name == "overview" else ():
        open_page(folder, page.name, mark="satisfaction:CSAT 2")
    for question in page.more_questions:
        folder = {"loads": two_loads, "review": with_review}.get(page.name, demo)
        open_page(folder, page.name, **MORE.get((page.name, question), {}))
        assert question in questions_asked
    assert questions_asked <= {*page.questions, *page.more_questions}
