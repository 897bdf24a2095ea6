"""Every page as axe sees it, in both themes and on a phone; and as the keyboard reaches it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import quote

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, expect

from cs_dash.ui import registry
from tests.browser.conftest import LONG, settled
from tests.browser.test_app import company

__all__ = ["company"]
Scheme = Literal["light", "dark"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOR_RULES = ["color-contrast", "link-in-text-block"]
"""What a theme decides; all else is the same in both."""
NOT_OURS = {
    # Streamlit gives the area of its uploader a name, and the role "presentation" as the button in it does the work.
    "presentation-role-conflict": '[data-testid="stFileUploaderDropzone"]',
}
"""Rule -> the one element of Streamlit's own, not to be changed from outside, that may break it."""
ON_A_PHONE = ("overview", "accounts", "account")
STATES = {
    "account": "account?account={account}",
    "drawer": "accounts?open={account}",
    "chart as table": "churn?as_table=churn_reasons",
    "nothing like it": "accounts?find=zzzzzz",
}
"""Name -> address of what the registry of pages does not list."""
PLACES = {page.name: registry.href(page).removeprefix("./") for page in registry.pages()} | STATES


@pytest.fixture(scope="module")
def tab(browser: Browser, company: str) -> Iterator[Page]:
    """One tab for all pages: a new one compiles all scripts anew."""
    context = browser.new_context(reduced_motion="reduce", locale="en-GB", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def account(tab: Page, company: str) -> str:
    """The id of the account that stands first in the list."""
    tab.goto(f"{company}/accounts")
    settled(tab)
    (found,) = re.findall(r"open=([^&]+)", tab.locator("tr[data-href]").first.get_attribute("data-href") or "")
    return str(found)


@pytest.fixture
def light(tab: Page) -> Page:
    """The tab as a visitor with a light, wide screen has it."""
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.emulate_media(color_scheme="light")
    return tab


def violations(page: Page, rules: list[str], kind: Literal["tag", "rule"] = "tag") -> list[str]:
    """Return what axe finds on the page as it stands: the rule, the element and why, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # evaluated by the debugger, so the page's content policy need not allow it
    options = {"runOnly": {"type": kind, "values": rules}, "resultTypes": ["violations"]}
    found: dict[str, Any] = {}
    for _ in range(20):
        found = page.evaluate("options => axe.run(document, options)", options)
        if found["passes"] or found["violations"]:
            break
        page.wait_for_timeout(500)  # a page that is being drawn anew has nothing to judge yet
    assert found["passes"] or found["violations"], found["incomplete"]
    return [
        f"{violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
        if not is_theirs(page, violation["id"], node["target"])
    ]


def is_theirs(page: Page, rule: str, target: list[str]) -> bool:
    """Return whether an element is the one of Streamlit's that may break this rule."""
    selector = NOT_OURS.get(rule)
    return bool(selector) and page.locator(target[0]).first.evaluate("(element, of) => element.matches(of)", selector)


@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing(name: str, company: str, account: str, light: Page) -> None:
    light.goto(f"{company}/{PLACES[name].format(account=quote(account))}")
    settled(light)
    assert violations(light, RULES) == []
    if name in ON_A_PHONE:
        light.set_viewport_size({"width": 420, "height": 900})
        assert violations(light, RULES) == []
        light.set_viewport_size({"width": 1440, "height": 900})
    light.emulate_media(color_scheme="dark")
    expect(light.locator(".stApp")).to_have_css("background-color", "rgb(18, 22, 29)", timeout=LONG)
    settled(light)
    assert violations(light, COLOR_RULES, "rule") == []


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
    light.goto(f"{company}/{PLACES[name]}")
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
    light.goto(f"{company}/{PLACES[name]}")
    settled(light)
    cards = light.locator("[class*=st-key-chart_]:has(.stVegaLiteChart)")
    assert cards.count()
    for card in cards.all():
        title = card.locator(".chart-title").inner_text()
        assert title in (card.locator(".cs-unseen").text_content() or "")
        link = card.locator(".cs-chart-below a")
        assert link.get_attribute("aria-label") == f"Show as table: {title}"
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
