"""Topics appear by themselves after a load, follow the period, and are shaped with the mouse."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import LONG, Pages, choose, settled

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = ("accounts.csv", "subscriptions.csv", "tickets.xlsx")


def values(bars: Locator) -> list[float]:
    """What the bars of a drawing show, from top to bottom."""
    text = bars.evaluate_all("bars => bars.map(bar => [bar.getBoundingClientRect().y, bar.getAttribute('aria-label')])")
    return [float(re.sub("[^0-9.]", "", str(label).partition(";")[0])) for _, label in sorted(text)]


def test_topics_are_found_after_a_load_and_shaped_with_the_mouse(
    cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    pipeline.load(Workspace(folder), [(name, io.BytesIO((DATA / name).read_bytes())) for name in FILES])
    page = new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{cold_server(folder)}/topics")
    bars = page.locator(".st-key-chart_topics svg .mark-rect.role-mark path")
    expect(bars).to_have_count(12, timeout=120_000)  # nobody asked for them
    settled(page)
    expect(page.locator(".cs-following")).to_have_count(0)

    says = page.locator(".cs-says")
    first, count_text = values(bars), says.inner_text()
    choose(page, "Period", "3 months")
    expect(says).not_to_have_text(count_text, timeout=LONG)
    settled(page)
    charts = values(bars)
    assert charts != first
    assert charts == sorted(charts, reverse=True)

    shaped = page.locator(".st-key-topics_shaped")
    shaped.get_by_role("combobox", name="Topic").click()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.click()
    name = shaped.get_by_role("textbox", name="Name")
    expect(name).not_to_have_value("", timeout=LONG)
    topics = name.input_value()
    name.fill("Reminder texts")
    shaped.get_by_role("button", name="Rename").click()
    expect(shaped.locator(".cs-told")).to_have_text(f"{topics} renamed to Reminder texts.", timeout=LONG)
    expect(page.locator(".st-key-chart_topics svg").get_by_text("Reminder texts", exact=True)).to_be_visible()
    shaped.get_by_text("1 decision on topics").click()
    shaped.get_by_role("button", name="Undo").click()
    expect(shaped.locator(".cs-told")).to_have_text("Reminder texts no longer renamed.", timeout=LONG)
    expect(page.locator(".st-key-chart_topics svg").get_by_text("Reminder texts", exact=True)).to_have_count(0)
