"""What axe finds in what opens and where nothing is loaded, and how the keyboard reaches all: see `test_every_page`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import RULES, violations
from tests.browser.conftest import LONG, settled
from tests.browser.test_app import company

__all__ = ["company"]
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def tab(browser: Browser, company: str) -> Iterator[Page]:
    """One tab for all pages: a new one compiles all scripts anew."""
    context = browser.new_context(reduced_motion="reduce", locale="en-GB", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def light(tab: Page) -> Page:
    """The tab as a visitor with a light, wide screen has it."""
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.emulate_media(color_scheme="light")
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "upload", "churn"])
def test_axe_finds_nothing_where_nothing_is_loaded(
    address: str, scheme: Scheme, empty_server: str, light: Page
) -> None:
    light.emulate_media(color_scheme=scheme)
    light.goto(f"{empty_server}/{address}")
    settled(light)
    assert violations(light, RULES) == []


def test_axe_finds_nothing_in_what_opens(company: str, light: Page) -> None:
    light.goto(f"{company}/accounts")
    settled(light)
    for opener in ("Search", "filter", "figure", "columns", "notes"):
        open_by_keyboard(light, opener)
        assert (opener, violations(light, RULES)) == (opener, [])
        light.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["edit=new", "edit=G-1", "tab=teams&answer=yes", "tab=journey", "tab=programmes"])
def test_axe_finds_nothing_in_the_forms_and_tabs_of_alignment(
    query: str, scheme: Scheme, company: str, light: Page
) -> None:
    light.emulate_media(color_scheme=scheme)
    light.goto(f"{company}/alignment?{query}")
    settled(light)
    assert violations(light, RULES) == []


def open_by_keyboard(page: Page, what: str) -> None:
    """Open the search, the first menu of the scope, what a figure means, the columns of the table, the data notes."""
    if what == "Search":
        page.keyboard.press("/")
        expect(page.get_by_role("dialog", name="Search")).to_be_visible()
        return
    control = {"filter": ".cs-menu > summary", "figure": ".cs-i", "columns": ".cs-columns > summary"}
    page.locator(control.get(what, ".cs-notes-chip")).first.press("Enter")


# What stands around a control when it has the focus, and what it had before.
LOOK = """element => {
  const look = getComputedStyle(element), parent = getComputedStyle(element.parentElement);
  return [look.outlineStyle === 'none' ? '' : look.outline, look.boxShadow, look.borderColor, look.backgroundColor,
          look.color, parent.boxShadow, parent.borderColor, parent.outlineStyle].join();
}"""
KINDS = {
    "skip link": ".cs-skip",
    "rail": "#cs-rail li a",
    "search": ".cs-search-button",
    "scope": ".st-key-scope_bar :is(a, button, summary)",
    "figure": ".cs-figures :is(a, button)",
    "chart": ".cs-chart-below a",
    "sort": ".cs-table thead a",
    "row": ".cs-table tbody :is(a, summary)",
}


def walk(page: Page, most: int) -> list[str]:
    """Press Tab until every kind of control had the focus; return the kinds in the order they were reached.

    Fails at the first control that looks with the focus as it does without.
    """
    order: list[str] = []
    page.evaluate("document.activeElement.blur()")
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle("document.activeElement").as_element()
        assert focused
        kind = focused.evaluate(
            "(element, kinds) => Object.keys(kinds).find(kind => element.matches(kinds[kind])) ?? ''", KINDS
        )
        with_focus = focused.evaluate(LOOK)
        without = focused.evaluate(
            f"element => {{ element.blur(); const look = ({LOOK})(element); element.focus(); return look; }}"
        )
        assert with_focus != without, (
            f"The focus cannot be seen: {focused.evaluate('element => element.outerHTML')[:200]}"
        )
        if kind and kind not in order:
            order.append(kind)
        if len(order) == len(KINDS):
            break
    return order


@pytest.mark.parametrize(
    ("name", "below"), [("overview", ["sort", "row", "chart"]), ("accounts", ["chart", "sort", "row"])]
)
def test_tab_reaches_everything_in_order_and_the_focus_is_seen(
    name: str, below: list[str], company: str, light: Page
) -> None:
    light.goto(f"{company}/{name}")
    settled(light)
    order = walk(light, 150)
    assert order == ["skip link", "search", "rail", "scope", "figure", *below]


def test_enter_opens_a_row_and_escape_gives_the_focus_back(company: str, light: Page) -> None:
    light.goto(f"{company}/accounts")
    settled(light)
    opener = ".cs-table tbody a.cs-peek"
    light.locator(opener).first.press("Enter")
    drawer = light.get_by_role("dialog")
    expect(drawer).to_be_focused(timeout=LONG)
    light.keyboard.press("Tab")
    expect(drawer.get_by_role("link", name="Close")).to_be_focused()
    light.keyboard.press("Escape")
    expect(drawer).to_have_count(0, timeout=LONG)
    expect(light.locator(opener).first).to_be_focused()


def test_a_sorted_table_keeps_the_focus_on_its_head(company: str, light: Page) -> None:
    light.goto(f"{company}/accounts")
    settled(light)
    light.locator(".cs-table thead").get_by_role("link", name="MRR").press("Enter")
    expect(light.locator("th[aria-sort]")).to_contain_text("MRR", timeout=LONG)
    expect(light.locator("th[aria-sort] a")).to_be_focused()


@pytest.mark.parametrize("name", ["overview", "retention", "cohorts", "churn", "support-demand"])
def test_each_chart_is_described_and_is_a_table_one_link_away(name: str, company: str, light: Page) -> None:
    light.goto(f"{company}/{name}")
    settled(light)
    cards = light.locator("[class*=st-key-chart_]:has(.stVegaLiteChart)")
    assert cards.count()
    for card in cards.all():
        title = card.locator(".chart-title").inner_text()
        assert title in (card.locator(".cs-unseen").text_content() or "")
        names = [link.get_attribute("aria-label") for link in card.locator(".cs-chart-below a").all()]
        assert f"Show as table: {title}" in names
        assert all(name and name.endswith(title) for name in names), "each link says of which chart it is"
    check_as_table(light, cards.first)


def check_as_table(page: Page, card: Locator) -> None:
    """Open a chart as a table by keyboard, and close it."""
    name = re.findall(r"st-key-(chart_\w+)", card.get_attribute("class") or "")[0]
    card = page.locator(f".st-key-{name}")
    card.get_by_role("link", name="Show as table").press("Enter")
    table = card.get_by_role("table")
    expect(table).to_be_visible(timeout=LONG)
    assert table.locator("tbody tr").count() > 1
    assert re.search(r"\d", table.locator("tbody tr td").last.inner_text())
    back = card.get_by_role("link", name="Show as chart")
    expect(back).to_be_focused()
    back.press("Enter")
    expect(card.locator(".stVegaLiteChart svg")).to_be_visible(timeout=LONG)
    expect(card.get_by_role("link", name="Show as table")).to_be_focused()
