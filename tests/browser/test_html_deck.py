"""The HTML deck in a browser, from a file: keys, modes, no slide overflows, nothing is asked of any machine."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from cs_dash.pipeline import load
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.deck import Deck
from cs_dash.review.html import html_bytes
from cs_dash.store.workspace import Workspace
from tests.browser.axe import RULES, violations
from tests.browser.conftest import Pages
from tests.review.html.conftest import asker
from tests.review.html.decks import LONG_NAMES, deck_of, long_named
from tests.review.reviewed import ask_in, numbers_in

PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
SIZES: list[ViewportSize] = [PROJECTOR, {"width": 1920, "height": 1080}, {"width": 1024, "height": 768}]
OVERFLOWING = """() => [...document.querySelectorAll(".slide")].flatMap(slide => {
    const name = slide.parentElement.id, page = slide.getBoundingClientRect();
    const foot = slide.querySelector(".foot").getBoundingClientRect().top;
    const parts = [...slide.querySelectorAll(".body, .row, .beside, .main, .strip, header, .foot")];
    const visible = [...slide.querySelectorAll("h1, h2, p, li, .figure, svg text, td, th")].filter(part =>
        !part.closest("details, .fields, .unseen") && part.getClientRects().length && !part.matches(".unseen"));
    const box = part => part.getBoundingClientRect();
    return [
        ...parts.filter(part => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
            .filter(part => !part.matches(".foot"))
            .map(part => `${name}: ${part.className} has ${part.scrollWidth} x ${part.scrollHeight} in `
                + `${part.clientWidth} x ${part.clientHeight}`),
        ...parts.filter(part => !part.matches(".foot") && box(part).bottom > foot + 1)
            .map(part => `${name}: ${part.className} reaches into the foot`),
        ...visible.filter(part => box(part).left < page.left - 1 || box(part).right > page.right + 1
            || box(part).bottom > page.bottom + 1)
            .map(part => `${name}: outside of the slide: ${part.textContent.slice(0, 60)}`),
    ];
})"""
SMALL_TYPE = """() => [...document.querySelectorAll(".slide")].flatMap(slide =>
    [...slide.querySelectorAll("h1, h2, .facts li, .label, .value, td, .main th[scope=row]")]
        .filter(part => !part.closest("details") && part.getClientRects().length)
        .filter(part => parseFloat(getComputedStyle(part).fontSize)
            < 17.9 * getComputedStyle(slide).getPropertyValue("--f"))
        .map(part => `${slide.parentElement.id}: ${part.textContent.slice(0, 40)}`))"""


def opened(page: Page, file: Path) -> Page:
    """Open a deck and wait until it stands."""
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    return page


@pytest.fixture(scope="module")
def file(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("deck") / "review.html"
    made.write_bytes(html_bytes(deck_of(asker(demo_workspace))))
    return made


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size['width']}x{size['height']}")
def test_nothing_overflows_and_type_is_large_enough(size: ViewportSize, file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=size), file)
    assert page.evaluate(OVERFLOWING) == []
    if size == PROJECTOR:
        assert page.evaluate(SMALL_TYPE) == []
        scales = page.evaluate(
            "frames.map(frame => Number(getComputedStyle(frame.querySelector('.slide')).getPropertyValue('--f')))"
        )
        assert min(scales) >= 0.9
        assert scales.count(1) > 0.75 * len(scales)


def overflowing(deck: Deck, folder: Path, new_page: Pages) -> list[str]:
    """Return what overflows on the slides of a deck."""
    made = folder / "deck.html"
    made.write_bytes(html_bytes(deck))
    parts: list[str] = opened(new_page(viewport=PROJECTOR), made).evaluate(OVERFLOWING)
    return parts


def quarter_deck(workspace: Workspace) -> Deck:
    """Return the deck of the last quarter of the data, as a review has it."""
    numbers = numbers_in(workspace)
    assert numbers.as_of
    return review_deck(ask_in(workspace), Quarter.containing(numbers.as_of), numbers=numbers)


@pytest.mark.parametrize("language", LONG_NAMES)
@pytest.mark.parametrize("deck_in", [lambda workspace: deck_of(asker(workspace)), quarter_deck], ids=["any", "review"])
def test_long_names_overflow_no_slide(
    deck_in: Callable[[Workspace], Deck], language: str, demo_workspace: Workspace, tmp_path: Path, new_page: Pages
) -> None:
    deck = long_named(deck_in(demo_workspace), LONG_NAMES[language])
    assert overflowing(deck, tmp_path, new_page) == []


def test_the_review_of_another_company_overflows_nowhere(shared_data: Path, tmp_path: Path, new_page: Pages) -> None:
    workspace = Workspace(tmp_path / "workspace")
    files = sorted((shared_data / "ravenstack").glob("*.csv"))
    load(workspace, [(path.name, io.BytesIO(path.read_bytes())) for path in files])
    assert overflowing(quarter_deck(workspace), tmp_path, new_page) == []


def test_the_keys_move_between_slides(file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=PROJECTOR), file)
    count = page.locator(".frame").count()

    def at(number: int) -> None:
        expect(page.locator("#place")).to_have_text(f"{number} / {count}")
        expect(page.locator(".frame.current")).to_be_focused()
        assert page.url.endswith("#" + str(page.locator(".frame").nth(number - 1).get_attribute("id")))
        assert page.locator(".slide:visible").count() == 1

    at(1)
    for forward in ("ArrowRight", "ArrowDown", "Space", "PageDown"):
        page.keyboard.press(forward)
    at(5)
    for back in ("ArrowLeft", "ArrowUp", "Shift+Space", "PageUp"):
        page.keyboard.press(back)
    at(1)
    page.keyboard.press("End")
    at(count)
    page.keyboard.press("ArrowRight")
    at(count)
    page.keyboard.type("12")
    expect(page.locator("#typed")).to_have_text("Slide 12")
    page.keyboard.press("Enter")
    at(12)
    page.keyboard.press("Home")
    at(1)
    page.reload()
    at(1)
    page.mouse.click(900, 300)
    at(2)
    page.mouse.click(60, 300)
    at(1)


def test_the_address_names_the_slide(file: Path, new_page: Pages) -> None:
    page = new_page(viewport=PROJECTOR)
    page.goto(f"{file.as_uri()}#churn-reasons")
    expect(page.locator(".frame.current")).to_have_id("churn-reasons")


def test_all_slides_at_a_glance(file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=PROJECTOR), file)
    page.keyboard.press("o")
    expect(page.locator("html")).to_have_attribute("data-mode", "overview")
    tops = [page.locator(".frame").nth(at).bounding_box() for at in range(6)]
    columns = sum(box is not None and tops[0] is not None and box["y"] == tops[0]["y"] for box in tops)
    assert columns >= 3
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".current .open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-mode", "present")
    expect(page.locator("#place")).to_have_text(f"{columns + 2} / {page.locator('.frame').count()}")
    page.keyboard.press("Escape")
    expect(page.locator("html")).to_have_attribute("data-mode", "overview")
    page.keyboard.press("Escape")
    expect(page.locator("html")).to_have_attribute("data-mode", "present")


def test_dark_and_light_change_charts_too(file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=PROJECTOR), file)
    color = "getComputedStyle(document.querySelector('#health-bands svg text')).fill"
    background = "getComputedStyle(document.querySelector('.frame')).backgroundColor"
    light = page.evaluate(color), page.evaluate(background)
    page.keyboard.press("d")
    dark = page.evaluate(color), page.evaluate(background)
    assert light[0] != dark[0]
    assert (light[1], dark[1]) == ("rgb(255, 255, 255)", "rgb(18, 22, 29)")
    page.keyboard.press("d")
    assert (page.evaluate(color), page.evaluate(background)) == light


def test_the_data_behind_a_slide_are_reached_by_a_key(file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=PROJECTOR), file)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("i")
    sheet = page.locator(".frame.current .sheet")
    expect(sheet).to_be_focused()
    assert sheet.locator("tbody tr").count() > 10
    page.keyboard.press("ArrowDown")  # scrolls
    expect(page.locator("#place")).to_contain_text("2 /")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".frame.current")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_speaker_has_a_second_window(file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=PROJECTOR), file)
    page.keyboard.press("End")
    with page.expect_popup() as popup:
        page.keyboard.press("n")
    speaker = popup.value
    speaker.wait_for_selector("html[data-ready]")
    expect(speaker.locator("#speaker article:visible")).to_contain_text("Say thanks to all.")
    expect(page.get_by_text("Say thanks to all.")).to_be_hidden()
    page.keyboard.press("Home")
    expect(speaker.locator(".frame:visible")).to_have_count(2)
    expect(speaker.locator(".frame.current")).to_have_id("title")
    expect(speaker.locator(".frame.next")).to_have_id("health-bands")
    speaker.keyboard.press("ArrowRight")
    expect(page.locator(".frame.current")).to_have_id("health-bands")
    expect(speaker.locator("#clock")).to_contain_text(":")
    page.reload()  # the window finds it again
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(1500)  # it calls once a second
    page.keyboard.press("ArrowRight")
    expect(speaker.locator(".frame.current")).to_have_id("retention-summary")
    speaker.close()


def test_on_a_phone_slides_are_read_below_each_other(file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport={"width": 390, "height": 844}), file)
    expect(page.locator("html")).to_have_attribute("data-mode", "read")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    boxes = page.evaluate("frames.map(frame => frame.getBoundingClientRect()).map(box => [box.top, box.bottom])")
    assert all(lower[0] >= upper[1] - 1 for upper, lower in pairwise(boxes))
    sizes = page.evaluate(
        "[...document.querySelectorAll('.facts li, .label, td')].filter(part => part.getClientRects().length)"
        ".map(part => parseFloat(getComputedStyle(part).fontSize))"
    )
    assert min(sizes) >= 14
    assert violations(page, RULES) == []


def test_a_printed_page_has_one_slide(file: Path, new_page: Pages, tmp_path: Path) -> None:
    page = opened(new_page(viewport=PROJECTOR), file)
    page.keyboard.press("d")
    page.pdf(path=str(tmp_path / "printed.pdf"), prefer_css_page_size=True)
    pages = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    frames = page.locator(".frame")
    assert len(pages) == frames.count()
    for at, printed in enumerate(pages):
        title = str(frames.nth(at).locator("h1, h2").first.text_content())
        assert "".join(title.split())[:20] in "".join(printed.extract_text().split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_slide_is_accessible(scheme: str, file: Path, new_page: Pages) -> None:
    page = opened(new_page(viewport=PROJECTOR, color_scheme=scheme), file)
    for at in range(page.locator(".frame").count()):
        page.evaluate("at => show(at)", at)
        assert violations(page, RULES) == []
    page.keyboard.press("o")
    assert violations(page, RULES) == []
