"""Every click of the scope bar, and its counterpart on the floor, which shows another recording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator

from benchmarks.tab import Tab

NO_VALUE = re.compile("Select all|No results")
Like = Literal["pill", "days", "value", "compare", "further", "reset"]


FIRST = 4
"""How many filters are measured one by one."""


@dataclass(frozen=True)
class Click:
    """One click, ready to be made: what had to be opened first is open.

    Attributes:
        name: what it does, in the report.
        target: what is clicked.
        like: its like on the floor: one of a row of pills, the one that offers days, a value in a list in a popover, a
            comparison or a value among other controls in a popover, or taking that back.
        at: which comparison.
    """

    name: str
    target: Locator
    like: Like = "pill"
    at: int = 0

    @property
    def aim(self) -> tuple[Locator, str]:
        """What `Tab.press` takes."""
        return self.target, self.name


def clicks(tab: Tab, turn: int) -> Iterator[Click]:
    """Yield the clicks of one visit; each is to be made before the next is asked for.

    Every period and back; one value of every filter, of the later ones another one in each round; both other
    comparisons; and a reset after each. None on a page without a scope bar.
    """
    bar = tab.page.locator(".st-key-scope_bar")
    periods, comparisons = (bar.locator(".cs-menu").nth(at) for at in (0, 1))
    names = [name.strip() for name in periods.get_by_role("link", include_hidden=True).all_text_contents()]
    if not names:
        return
    for at in (*range(1, len(names)), 0):
        yield Click(f"period: {names[at]}", menu_entry(periods, at), "days" if names[at] == "Custom" else "pill")
    reset = Click("reset", bar.get_by_role("link", name="Reset", exact=True), "reset")
    filters = bar.get_by_test_id("stPopoverButton")
    boxes = opened_popover(tab, filters).get_by_test_id("stMultiSelect")
    boxes.first.wait_for()
    labels = boxes.all_inner_texts()
    close(tab)
    for at, label in enumerate(labels[:FIRST]):
        box = opened_popover(tab, filters).get_by_test_id("stMultiSelect").nth(at).get_by_role("combobox")
        yield Click(f"filter: {label.split(chr(10))[0]}", listed_value(tab, box, 0), "value")
        close(tab)
        yield reset
    for at in (1, 2):
        entry = menu_entry(comparisons, at)
        yield Click(f"compare: {entry.inner_text()}", entry, "compare", at)
        yield reset
    if len(labels) > FIRST:
        at = FIRST + turn % (len(labels) - FIRST)
        box = opened_popover(tab, filters).get_by_test_id("stMultiSelect").nth(at).get_by_role("combobox")
        yield Click("later filter", listed_value(tab, box, 0), "further")
        close(tab)
        yield reset


def menu_entry(menu: Locator, at: int) -> Locator:
    """Open a menu of the scope and return its entry at `at`."""
    menu.locator("summary").click()
    return menu.get_by_role("link").nth(at)


def like(tab: Tab, click: Like, at: int = 0) -> Click:
    """Return the floor's counterpart of one of our clicks, which shows the other recording; `at`: which comparison."""
    popovers, pills = tab.page.get_by_test_id("stPopoverButton"), tab.page.get_by_role("radio")
    match click:
        case "value":
            return Click(
                click, listed_value(tab, opened_popover(tab, popovers.first).get_by_role("combobox"), 0), click
            )
        case "compare":
            box = opened_popover(tab, popovers.last).get_by_test_id("stSelectbox")
            return Click(click, listed_value(tab, box.get_by_role("combobox"), at), click)
        case "further":
            box = opened_popover(tab, popovers.last).get_by_test_id("stMultiSelect")
            return Click(click, listed_value(tab, box.get_by_role("combobox"), 0), click)
        case "reset":
            return Click(click, tab.page.get_by_role("button", name="Reset", exact=True), click)
        case "days":
            return Click(click, pills.last)
        case "pill":
            return Click(click, pills.nth(0 if chosen(tab) else 1))


def idle(tab: Tab) -> Click:
    """Return a click of the floor after which nothing is redrawn; one of the later periods is already chosen."""
    return Click("idle", tab.page.get_by_role("radio").nth(3 if chosen(tab) == 2 else 2))


def chosen(tab: Tab) -> int:
    """Return which of the floor's periods is chosen."""
    pills = tab.page.get_by_role("radio").all()
    return [pill.get_attribute("aria-checked") == "true" for pill in pills].index(True)


def opened_popover(tab: Tab, button: Locator) -> Locator:
    """Open a popover and return what is in it."""
    button.click()
    body = tab.page.get_by_test_id("stPopoverBody")
    body.wait_for()
    return body


def listed_value(tab: Tab, box: Locator, at: int) -> Locator:
    """Open a list of values and return the value at `at`."""
    box.click()
    option = tab.page.get_by_role("option").filter(has_not_text=NO_VALUE).nth(at)
    option.wait_for()
    return option


def close(tab: Tab) -> None:
    """Close the popover and the list in it."""
    body = tab.page.get_by_test_id("stPopoverBody")
    for _ in range(4):
        if not body.count():
            return
        tab.page.keyboard.press("Escape")
        tab.settle()
    raise RuntimeError("Could not close a popover of the scope bar.")
