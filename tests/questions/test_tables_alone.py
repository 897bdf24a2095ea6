"""Every question of the catalogue answers, or says why not, whatever single table is loaded: never a traceback."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from functools import cache
from pathlib import Path

import pytest

from cs_dash.errors import CsDashError
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import Workspace, derive_artifacts, load
from cs_dash.questions import catalogue
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse

MONTHS = [f"2026-{month:02}-05" for month in range(1, 10)]
LISTS: dict[str, tuple[str, list[str]]] = {
    "accounts": ("account_id,account,segment", [f"K{n},Firm {n},{'SMB' if n % 2 else 'Enterprise'}" for n in range(9)]),
    "subscriptions": (
        "subscription_id,account_id,start_date,end_date,mrr",
        [f"L{n},K{n % 4},{day},,{100 + n}" for n, day in enumerate(MONTHS)],
    ),
    "usage": ("user_id,used_on,feature", [f"u{n % 3},{day},reports" for n, day in enumerate(MONTHS)]),
    "tickets": (
        "ticket_id,created_at,subject",
        [f"T{n},{day} 09:30,How do I export list {n}?" for n, day in enumerate(MONTHS)],
    ),
    "churn_events": (
        "churn_id,account_id,churned_on,reason", [f"C{n},K{n},{day},price" for n, day in enumerate(MONTHS)]
    ),
    "surveys": ("survey,answered_on,score", [f"NPS,{day},{n + 2}" for n, day in enumerate(MONTHS)]),
    "notes": ("account_id,noted_on,note,pulse", [f"K{n},{day},Called,8" for n, day in enumerate(MONTHS)]),
    "feature_requests": (
        "request_id,requested_on,title", [f"F{n},{day},Export to PDF {n}" for n, day in enumerate(MONTHS)]
    ),
    "milestones": (
        "account_id,reached_on,milestone", [f"K{n % 3},{day},kick-off" for n, day in enumerate(MONTHS)]
    ),
    "articles": (
        "article_id,title,address",
        [f"H{n},Exporting list {n},https://help.firm.example/{n}" for n in range(9)],
    ),
    "fx_rates": ("currency,rate_on,rate", [f"USD,{day},0.9" for day in MONTHS]),
}  # fmt: skip
"""A list per table that stands alone: what refers to an account or a user names one that no other file lists."""


def loaded(folder: Path, table: str) -> Warehouse:
    """Return a version that holds one table alone, with what follows from its load."""
    head, rows = LISTS[table]
    workspace = Workspace(folder)
    report = load(workspace, [(f"{table}.csv", io.BytesIO("\n".join((head, *rows)).encode()))], as_table=table)
    assert [(sheet.table, sheet.loaded) for sheet in report.files if sheet.table == table] == [(table, 9)]
    version = workspace.current()
    assert version is not None
    return open_warehouse(workspace.file_of(version), artifacts=derive_artifacts(workspace, version))


def choices(name: str) -> list[dict[str, str]]:
    """Return the options that a question is asked with: none, and every choice that it has."""
    options = catalogue.questions()[name].options
    return [{}, *({option: choice} for option, listed in options.items() for choice in listed[1:])]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Warehouse]]:
    """Give a version that holds one table alone, loaded when a test first asks for it."""
    with ExitStack() as stack:

        @cache
        def opened(table: str) -> Warehouse:
            return stack.enter_context(closing(loaded(tmp_path_factory.mktemp(table), table)))

        yield opened


@pytest.mark.parametrize("table", TABLES)
def test_every_question_answers_or_says_why_not(table: str, alone: Callable[[str], Warehouse]) -> None:
    assert LISTS.keys() == TABLES.keys()
    for name in catalogue.questions():
        for options in choices(name):
            answer = None
            with suppress(CsDashError):  # a sentence and a hint, such as that an account has to be named
                answer = catalogue.ask(alone(table), name, Scope(period="all"), options)
            if answer is None:
                continue
            assert answer.headline, (name, options)
            assert not re.search(r"\bNone\b(?! of)|\bnan\b", answer.headline), (name, options)


@pytest.mark.parametrize("table", [table.name for table in TABLES.values() if table.dated and table.name != "fx_rates"])
def test_what_has_dates_has_a_newest_day(table: str, alone: Callable[[str], Warehouse]) -> None:
    if table == "milestones":  # they tell of plans as well
        return
    assert str(alone(table).newest_day()) == MONTHS[-1]
    headline = catalogue.ask(alone(table), "data.quality", Scope(period="all")).headline
    assert "without dates" not in headline


def test_use_without_accounts_is_in_no_cohort(alone: Callable[[str], Warehouse]) -> None:
    answer = catalogue.ask(alone("usage"), "retention.cohorts", Scope(period="all"), {"measure": "activity"})
    assert answer.headline == "No cohorts: none of 9 usage records matches an account."


def test_a_question_about_days_says_what_is_missing_where_nothing_has_one(alone: Callable[[str], Warehouse]) -> None:
    answer = catalogue.ask(alone("accounts"), "support.silent", Scope(period="all"))
    assert (answer.headline, answer.missing_tables) == ("No data yet. Upload support tickets.", ("tickets",))
