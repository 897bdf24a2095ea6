"""A review is presented from the app: by keyboard only, with decisions that stand on the roadmap at once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from cs_dash.decisions import links, roadmap
from cs_dash.decisions.links import ShareLink
from cs_dash.sharing.reviews import start_review
from cs_dash.store.workspace import Workspace
from tests.browser.axe import RULES, violations
from tests.browser.conftest import LONG, QUIET, Pages, Servers, settled
from tests.browser.test_html_deck import OVERFLOWING, PROJECTOR
from tests.workspaces import opened

SIZES: list[ViewportSize] = [PROJECTOR, {"width": 1920, "height": 1080}]
QUARTER = "2026Q3"
OPEN = "An item that stays open"


@pytest.fixture(scope="module")
def folder(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the demo company with items to decide on, and a review of the quarter."""
    copy = tmp_path_factory.mktemp("present") / "workspace"
    shutil.copytree(demo_workspace.folder, copy)
    workspace = Workspace(copy)
    for title in ("An item to accept", "An item of two people", OPEN):
        roadmap.add(workspace, title, evidence={"requests": ["Gantt view"]})
    start_review(workspace, QUARTER)
    return copy


@pytest.fixture(scope="module")
def base(folder: Path, start_server: Servers) -> Iterator[str]:
    with start_server(folder, folder.parent / "log.txt", QUIET) as address:
        yield address


@pytest.fixture
def present(base: str, new_page: Pages) -> Callable[..., Page]:
    """Open the presentation in a browser."""

    def opened_at(size: ViewportSize = PROJECTOR, query: str = f"review={QUARTER}") -> Page:
        page = new_page(viewport=size)
        page.goto(f"{base}/present?{query}", timeout=LONG)
        page.wait_for_selector("html[data-ready]", timeout=LONG)
        return page

    return opened_at


def go_to(page: Page, item: str) -> None:
    """Go to the slide of an item by the keyboard alone."""
    for _ in range(page.locator(".frame").count()):
        if page.locator(f".frame.current form[data-item={item}]").count():
            return
        page.keyboard.press("PageDown")
    pytest.fail(f"no slide asks for a decision on {item}")


def decide(page: Page, owner: str, reason: str) -> None:
    """Accept the item of the slide that is shown, by the keyboard alone."""
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    form = page.locator(".frame.current .decision")
    expect(form.locator(".fields")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type(owner)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first team
    page.keyboard.press("Tab")
    expect(form.locator("[name=due]")).to_be_focused()
    page.keyboard.type("11112026")  # the same in every order of day and month
    form.locator("[name=target]").focus()
    page.keyboard.type("-30%")
    page.keyboard.press("Tab")
    page.keyboard.type(reason)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_the_whole_review_by_the_keyboard_alone(size: ViewportSize, present: Callable[..., Page]) -> None:
    page = present(size)
    count = page.locator(".frame").count()
    assert count > 12
    assert page.evaluate(OVERFLOWING) == []
    for number in range(1, count + 1):
        expect(page.locator("#place")).to_have_text(f"{number} / {count}")
        assert page.locator(".frame.current").evaluate("frame => frame.getBoundingClientRect().width") == size["width"]
        page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    expect(page.locator("html")).to_have_attribute("data-mode", "overview")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_have_text(f"1 / {count}")
    page.keyboard.press("d")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_decision_stands_on_the_roadmap_and_on_the_slide(
    present: Callable[..., Page], folder: Path, base: str
) -> None:
    page = present()
    item = next(item.item_id for item in roadmap.items(Workspace(folder)) if item.title == "An item to accept")
    go_to(page, item)
    decide(page, "Mara", "They churn without it")
    decided = page.locator(".frame.current .decided")
    expect(decided).to_contain_text("Accepted; Mara (Product) accountable")
    expect(page.locator(".frame.current")).to_be_focused()
    value = roadmap.item(Workspace(folder), item).parts["decision"]
    assert (value["decision"], value["owner"], value["team"], value["target"]) == ("accepted", "Mara", "product", -0.3)
    assert value["due"] == dt.date(2026, 11, 11).isoformat()
    page.reload()
    page.wait_for_selector("html[data-ready]", timeout=LONG)
    expect(page.locator(".frame.current .decided")).to_contain_text("Accepted; Mara (Product) accountable")
    assert violations(page, RULES) == []
    page.goto(f"{base}/roadmap?item={item}")
    settled(page)
    expect(page.locator(".stMainBlockContainer")).to_contain_text("Accepted; Mara (Product) accountable")


def test_who_decides_second_learns_who_was_first(present: Callable[..., Page], folder: Path) -> None:
    page = present()
    workspace = Workspace(folder)
    item = next(item.item_id for item in roadmap.items(workspace) if item.title == "An item of two people")
    go_to(page, item)
    roadmap.decide(workspace, item, "deferred", owner="Jo", team="cs", person="Ana")
    decide(page, "Mara", "Mine")
    problem = page.locator(".frame.current .problem")
    expect(problem).to_contain_text("Ana changed the decision")
    expect(page.locator(".frame.current .decided")).to_contain_text("Deferred; Jo (Customer success)")
    assert roadmap.item(workspace, item).parts["decision"]["owner"] == "Jo"
    page.keyboard.press("Enter")  # now it counts
    expect(page.locator(".frame.current .decided")).to_contain_text("Accepted; Mara")
    assert roadmap.item(workspace, item).parts["decision"]["owner"] == "Mara"


def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(present: Callable[..., Page], folder: Path) -> None:
    page = present()
    item = next(item.item_id for item in roadmap.items(Workspace(folder)) if item.title == OPEN)
    go_to(page, item)
    decide(page, "Mara and Jo", "Both")
    problem = page.locator(".frame.current .problem")
    expect(problem).to_contain_text("exactly one accountable owner")
    expect(page.locator(".frame.current [name=owner]")).to_have_value("Mara and Jo")
    page.keyboard.press("Escape")
    expect(problem).to_be_hidden()
    assert "decision" not in roadmap.item(Workspace(folder), item).parts


def test_names_and_money_are_hidden_from_who_watches(present: Callable[..., Page], folder: Path) -> None:
    names = [
        name for name in opened(Workspace(folder)).query("select account from accounts")["account"].to_pylist() if name
    ]
    assert len(names) > 300
    shown = present().content()
    assert "€" in shown
    assert any(name in shown for name in names)
    page = present(query=f"review={QUARTER}&hide=names,money")
    content = page.content()
    assert "€" not in content
    assert [name for name in names if name in content] == []
    expect(page.locator("#bar a")).to_have_text(["Show names", "Show money"])
    assert page.locator(".decision").count() > 0


def post(base: str, values: dict[str, str], query: str = "", **headers: str) -> int:
    """Send a decision without a browser, and return the status of the answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{base}/present/decide.json{query}", json.dumps(values).encode(), named)
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def proposal(folder: Path) -> dict[str, str]:
    """Return a decision on the item that stays open, as the form sends it."""
    item = next(item for item in roadmap.items(Workspace(folder)) if item.title == OPEN)
    return {"item": item.item_id, "seen": item.seen, "verdict": "accepted", "owner": "Eve", "team": "cs"}


def is_undecided(folder: Path) -> bool:
    """Return whether nothing was decided of the item that stays open."""
    return all("decision" not in item.parts for item in roadmap.items(Workspace(folder)) if item.title == OPEN)


def test_a_page_of_another_site_records_nothing(base: str, folder: Path) -> None:
    values = proposal(folder)
    assert post(base, values, Origin="http://evil.example") == 403
    assert post(base, values, Sec_Fetch_Site="cross-site") == 403
    assert is_undecided(folder)


def test_what_no_form_sends_is_refused(base: str, folder: Path) -> None:
    values = proposal(folder)
    assert post(base, values | {"seen": ""}) == 400
    assert post(base, values | {"owner": "E" * 61}) == 400
    assert post(base, values | {"reason": "x" * 30_000}) == 413
    assert post(base, values | {"item": "R-999"}) == 200
    assert is_undecided(folder)


def test_who_comes_by_a_link_sees_no_form_and_records_nothing(base: str, folder: Path, new_page: Pages) -> None:
    link, _ = links.create(Workspace(folder), ShareLink(pages=("review",)))
    other, _ = links.create(Workspace(folder), ShareLink(pages=("overview",)))
    page = new_page(viewport=PROJECTOR)
    page.goto(f"{base}/present?review={QUARTER}&link={link}", timeout=LONG)
    page.wait_for_selector("html[data-ready]", timeout=LONG)
    assert page.locator(".frame").count() > 12
    assert page.locator(".decision").count() == 0
    assert post(base, proposal(folder), f"?link={link}") == 403
    assert is_undecided(folder)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{base}/present?review={QUARTER}&link={other}")
