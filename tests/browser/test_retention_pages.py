"""Retention, cohorts, churn and definitions with the mouse, on a screen and on a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import LONG, QUIET, Pages, Servers, settled

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = ("accounts.csv", "subscriptions.csv", "churn.xlsx")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, start_server: Servers) -> Iterator[str]:
    """The address of a server with the accounts, contracts and losses of the demo company."""
    folder = tmp_path_factory.mktemp("retention")
    pipeline.load(Workspace(folder / "workspace"), [(name, io.BytesIO((DATA / name).read_bytes())) for name in FILES])
    with start_server(folder / "workspace", folder / "log.txt", QUIET) as base:
        yield base


@pytest.fixture(params=[1440, 420])
def visitor(request: pytest.FixtureRequest, new_page: Pages) -> Page:
    """A page as wide as a laptop's, and as narrow as a phone's."""
    return new_page(viewport={"width": request.param, "height": 1000})


def figures(page: Page) -> list[str]:
    """What is written in the cells of the triangle."""
    return page.locator(".st-key-chart_cohorts svg .mark-text.role-mark text").all_text_contents()


def test_every_cell_of_the_triangle_has_its_figure_and_opens_its_accounts(company: str, visitor: Page) -> None:
    visitor.goto(f"{company}/cohorts")
    settled(visitor)
    expect(visitor.get_by_text(re.compile("By quarter by default: .* fewer than 20"))).to_be_visible()
    cells = visitor.locator(".st-key-chart_cohorts svg .mark-rect.role-mark path")
    cell_texts = figures(visitor)
    assert len(cell_texts) == cells.count() > 40
    assert all(text.isdigit() for text in cell_texts)
    box = cells.first.bounding_box()
    assert box is not None
    assert box["width"] >= 22
    cells.first.click()
    opened = visitor.get_by_role("dialog")
    expect(opened.locator("#cs-drawer-title")).to_contain_text("by the end of the quarter", timeout=LONG)
    assert "cell=quarter." in visitor.url
    visitor.keyboard.press("Escape")
    expect(opened).to_have_count(0, timeout=LONG)
    assert "cell=" not in visitor.url


def test_cohorts_are_shown_as_curves_and_as_a_list(company: str, visitor: Page) -> None:
    visitor.goto(f"{company}/cohorts?shown=curves")
    settled(visitor)
    card = visitor.locator(".st-key-chart_cohort_curves")
    expect(card.get_by_text(re.compile("Average .*%")).first).to_be_attached(timeout=LONG)
    card.get_by_role("radio", name="List").click()
    expect(visitor.locator("h2", has_text="Cohorts by age")).to_be_visible(timeout=LONG)
    expect(visitor.locator(".st-key-chart_cohorts svg.marks")).to_be_visible()


def test_a_link_of_ours_is_one_run_without_a_reload(company: str, new_page: Pages) -> None:
    visitor = new_page()
    visitor.goto(f"{company}/retention?f.segment=SMB")
    settled(visitor)
    visitor.evaluate("window.stillHere = true")
    visitor.locator('a[href*="why?"]').first.evaluate("link => link.click()")
    expect(visitor).to_have_url(f"{company}/why?f.segment=SMB&figure=nrr", timeout=LONG)
    settled(visitor)
    assert visitor.evaluate("window.stillHere")
    visitor.go_back()
    expect(visitor).to_have_url(f"{company}/retention?f.segment=SMB", timeout=LONG)
    settled(visitor)
    assert visitor.evaluate("window.stillHere")


def test_a_bar_of_the_bridge_opens_lines_and_is_let_go_of(company: str, visitor: Page) -> None:
    visitor.goto(f"{company}/retention")
    settled(visitor)
    bars = visitor.locator(".st-key-chart_bridge svg .mark-rect path")
    opened = visitor.get_by_role("dialog")
    for back in ("link", "history", "escape"):
        bars.nth(5).click()
        expect(opened).to_contain_text("Churned accounts", timeout=LONG)
        assert "movement=churn" in visitor.url
        if back == "link":
            opened.get_by_role("link", name="Close").click()
        elif back == "history":
            visitor.go_back()
        else:
            visitor.keyboard.press("Escape")
        expect(opened).to_have_count(0, timeout=LONG)
        assert "movement=" not in visitor.url


def test_a_definition_says_where_it_is_shown(company: str, visitor: Page) -> None:
    visitor.goto(f"{company}/definitions?metric=net_revenue_retention")
    settled(visitor)
    opened = visitor.locator("details[open][data-metric=net_revenue_retention]")
    expect(opened).to_contain_text("Shown on", timeout=LONG)
    opened.get_by_role("link", name="Retention", exact=True).click()
    expect(visitor.locator("h1")).to_have_text("Retention", timeout=LONG)
