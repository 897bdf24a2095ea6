"""The overview as triage: what stands where, where its lines lead, and what takes the place of what is unknown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cs_dash.ui.pages.overview.triage import change_href, with_topics
from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables
from tests.pages.test_page_questions import LITTLE_DATA
from tests.workspaces import copied


def figures_of(page_text: str) -> list[str]:
    return re.findall(r'data-figure="(\w+)"', page_text)


def test_the_demo_shows_whom_to_look_at_below_the_figures(demo: Path, shown: Open) -> None:
    app = shown(demo, "overview")
    page_text = words(app)
    assert figures_of(page_text) == ["nrr", "grr", "mrr_at_risk", "howto_share"]
    assert page_text.index("cs-figures") < page_text.index("At risk now") < page_text.index("What changed")
    (table,) = html_tables(app)
    assert table.heads == ["Account", "Score", "Top driver", "28 days", "MRR", "Renewal", "CSM"]
    assert len(table.rows) == 6
    assert re.search(r"All red accounts, then score drops .* · 6 of \d\d", page_text)
    assert "./retention?movement=new" in page_text
    assert "./retention?movement=churn" in page_text
    assert "./retention?f.segment=SMB" in page_text


@pytest.mark.parametrize(
    ("name", "figures", "heading"),
    [
        ("tickets", ["howto_share", "tickets"], "Top how-to areas"),
        ("contracts", ["mrr_end", "arpa", "accounts_end"], "Largest accounts"),
        ("churn", ["churn_share", "mrr_lost"], "Top churn reasons"),
    ],
)
def test_with_little_data_what_is_known_takes_the_places(
    name: str, figures: list[str], heading: str, tmp_path: Path, shown: Open
) -> None:
    app = shown(copied(tmp_path, LITTLE_DATA[name]).folder, "overview")
    page_text = words(app)
    assert not app.exception
    assert figures_of(page_text)[: len(figures)] == figures
    assert heading in page_text
    assert "At risk now" not in page_text
    assert "cs-none" not in page_text
    assert "No data in this scope" not in page_text


@pytest.mark.parametrize(
    ("row", "href"),
    [
        ({"figure": "mover", "group": "Ann", "account_id": "A-1", "field": None}, "./account?account=A-1"),
        ({"figure": "mrr", "group": "lost", "account_id": None, "field": None}, "./retention?movement=churn"),
        ({"figure": "grr", "group": "SMB", "account_id": None, "field": "segment"}, "./retention?f.segment=SMB"),
        ({"figure": "howto_share", "group": "all", "account_id": None, "field": None}, "./support-demand"),
        (
            {"figure": "topic", "group": "Import", "account_id": None, "field": None, "topic": "t1"},
            "./topics?topic=t1",
        ),
        ({"figure": "red_share", "group": "A&B", "account_id": None, "field": "plan"}, "./accounts?f.plan=A%26B"),
    ],
)
def test_a_change_leads_to_what_it_speaks_of(
    row: dict[str, str | None], href: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cs_dash.ui.state.address.read", dict)
    assert change_href({"topic": None} | row) == href


def test_topics_stand_among_the_changes_that_are_seen_at_once() -> None:
    rows = [{"what": str(at), "topic": "t" if at >= 9 else None} for at in range(12)]
    shown = with_topics(rows, 6)
    assert [row["what"] for row in shown] == ["0", "1", "2", "3", "9", "10", "4", "5", "6", "7", "8", "11"]
    assert with_topics(rows[:9], 6) == rows[:9]
