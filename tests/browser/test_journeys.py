"""Bringing data, as a newcomer does it with the mouse; every click is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import LONG, Pages, settled

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FIVE = ("accounts.csv", "subscriptions.csv", "usage.xlsx", "tickets.xlsx", "churn.xlsx")
Servers = Callable[[Path | None], str]


class Journey:
    """A visitor with a mouse.

    Attributes:
        page: what the visitor sees.
        clicks: how often the visitor clicked; dropping files is no click.
    """

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.clicks = 0
        page.goto(f"{base}/upload")
        page.locator("input[type=file]").wait_for(state="attached", timeout=LONG)

    def drop(self, *files: Path) -> None:
        """Drop files, all at once, when the page stands."""
        settled(self.page)
        self.page.locator("input[type=file]").set_input_files([str(file) for file in files])

    def click(self, target: str | Locator) -> None:
        """Click a button, by its words, or anything else."""
        self.clicks += 1
        element = self.page.get_by_role("button", name=target, exact=True) if isinstance(target, str) else target
        element.click(timeout=LONG)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list: a click opens it, another one chooses."""
        box = self.page.get_by_test_id("stSelectbox").filter(has_text=label)
        self.click(box.get_by_role("combobox"))
        self.click(self.page.get_by_role("option", name=option).first)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until a text is there."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=LONG)

    def no_question(self) -> None:
        """Hold that the first look asks nothing: no choice stands open, every sheet is folded."""
        looked = self.page.locator(".st-key-looked")
        expect(looked.get_by_role("button", name="Load", exact=True)).to_be_enabled(timeout=LONG)
        expect(looked.get_by_role("radio")).to_have_count(0)
        expect(looked.locator("details[open]")).to_have_count(0)


@pytest.fixture
def width() -> int:
    """How wide the visitor's window is."""
    return 1440


@pytest.fixture
def begin(cold_server: Servers, new_page: Pages, width: int) -> Callable[[], Journey]:
    """Open the data page of a fresh server, empty."""

    def start() -> Journey:
        return Journey(new_page(viewport={"width": width, "height": 1000}), cold_server(None))

    return start


wide_and_narrow = pytest.mark.parametrize("width", [1440, 420])


@wide_and_narrow
def test_five_exports_are_one_click(begin: Callable[[], Journey]) -> None:
    visitor = begin()
    visitor.drop(*(DATA / name for name in FIVE))
    visitor.sees(re.compile("5 files, .* rows read. Load them"))
    visitor.no_question()
    visitor.click("Load")
    visitor.sees("Version 1 is now current.")
    assert visitor.clicks == 1


@wide_and_narrow
def test_the_next_week_asks_nothing_and_says_what_changed(begin: Callable[[], Journey], tmp_path: Path) -> None:
    head, *lines = (DATA / "accounts.csv").read_text(encoding="utf-8").splitlines()
    first, second = tmp_path / "accounts.csv", tmp_path / "accounts next week.csv"
    first.write_text("\n".join([head, *lines[:60]]) + "\n", encoding="utf-8")
    changed = [line.replace(",SMB,", ",Mid-market,") if at < 20 else line for at, line in enumerate(lines)]
    second.write_text("\n".join([head, *changed[3:74]]) + "\n", encoding="utf-8")
    visitor = begin()
    visitor.drop(first, DATA / "subscriptions.csv", DATA / "churn.xlsx")
    visitor.click("Load")
    visitor.sees("Version 1 is now current.")
    visitor.drop(second)
    # Asked once in the life of a kind of file: three accounts are not in it any more.
    visitor.sees(re.compile("3 of 60 accounts from the previous file are not in this one"))
    visitor.click(visitor.page.get_by_text("Removed: delete them"))
    visitor.click("Load")
    visitor.sees("Version 2 is now current.")
    visitor.click(visitor.page.get_by_role("link", name="Loads: what changed, and undo"))
    visitor.sees("Changes in the latest load")
    visitor.sees(re.compile("14 new, .* changed and 3 removed accounts"))
    visitor.page.go_back()
    second.write_text("\n".join([head, *changed[5:80]]) + "\n", encoding="utf-8")
    visitor.drop(second)
    visitor.no_question()
    before = visitor.clicks
    visitor.click("Load")
    visitor.sees("Version 3 is now current.")
    assert visitor.clicks - before == 1
    visitor.click(visitor.page.get_by_role("link", name="Loads: what changed, and undo"))
    visitor.click("Undo version 3")
    visitor.click("Undo load")
    visitor.sees("Undo version 2")


@wide_and_narrow
def test_one_wide_sheet_fills_four_tables(begin: Callable[[], Journey], tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(
        "Customer,Start,MRR,Status,Churn date,Reason,NPS,CSM\n"
        "Nordwind,2025-01-01,100,Active,,,9,Ana\nHelio,2025-02-01,250,Churned,2026-03-01,Price,3,Bob\n"
        "Omega,2025-03-01,70,Active,,,,Ana\n"
    )
    visitor = begin()
    visitor.drop(file)
    visitor.sees("1 file, ")
    visitor.no_question()
    visitor.sees("accounts, subscriptions, churn events and surveys")
    visitor.click("Load")
    visitor.sees("Version 1 is now current.")
    assert visitor.clicks == 1


@wide_and_narrow
def test_rejected_rows_are_mended_and_dropped_again(begin: Callable[[], Journey], tmp_path: Path) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(
        "Subscription ID,Customer ID,Start date,MRR\nS1,A1,2026-01-01,100\nS2,A2,2026-13-45,200\nS3,A3,soon,300\n"
    )
    visitor = begin()
    visitor.drop(file)
    visitor.click("Load")
    visitor.sees("Version 1 is now current")
    settled(visitor.page)  # until then the preview with a button of the same name is on the page
    visitor.sees(re.compile("2 rows rejected"))
    with visitor.page.expect_download() as download:
        visitor.click(visitor.page.get_by_role("button", name="Rejected rows with reasons").last)
    mended = tmp_path / "rejected-rows.xlsx"
    download.value.save_as(mended)
    book = load_workbook(mended)
    (sheet,) = book.worksheets
    headings = [cell.value for cell in sheet[1]]
    assert headings == [
        "Subscription ID",
        "Customer ID",
        "Start date",
        "MRR",
        "Reason",
        "Suggested fix",
        "File",
        "Row",
    ]
    for row in (2, 3):
        sheet.cell(row, headings.index("Start date") + 1).value = f"2026-0{row}-01"
    book.save(mended)
    visitor.drop(mended)
    visitor.no_question()
    visitor.click("Load")
    visitor.sees("Version 2 is now current. 2 rows")
    assert visitor.clicks == 3


def test_a_sheet_nobody_knows_is_said_to_be_something_once(begin: Callable[[], Journey], tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Item,Nick,Moment,Worth\nA1,Nordwind,2026-01-01,100\nA2,Helio,2026-02-01,50\n")
    visitor = begin()
    visitor.drop(file)
    visitor.sees(re.compile("Not loaded: odd.csv"))
    visitor.choose("Read as", "Subscriptions")
    visitor.choose("Which column is the start date?", "Moment")
    visitor.click("Load")
    visitor.sees("Version 1 is now current.")
    file.write_text("Item,Nick,Moment,Worth\nA3,Omega,2026-04-01,70\n")
    visitor.drop(file)
    visitor.no_question()
    visitor.click("Load")
    visitor.sees("Version 2 is now current.")


def test_a_column_is_changed_in_the_grid(begin: Callable[[], Journey], tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("Account ID,Account name,Cloud\nA1,Nordwind,blue\nA2,Helio,red\n")
    visitor = begin()
    visitor.drop(file)
    visitor.click(visitor.page.get_by_text("accounts.csv as accounts"))
    grid = visitor.page.locator(".st-key-looked details [data-testid=stDataFrame]")
    expect(grid).to_be_visible(timeout=LONG)
    settled(visitor.page)
    expect(grid.locator("canvas [role=gridcell]", has_text="Cloud").first).to_be_attached(timeout=LONG)
    box = grid.bounding_box()
    assert box is not None
    # The third row under the head, third column: what "Cloud" is. The grid slides into its place before.
    grid.dblclick(position={"x": box["width"] * 0.42, "y": box["height"] * 7 / 8})
    visitor.page.locator("#portal input").wait_for(timeout=LONG)  # the cell's list
    visitor.page.keyboard.type("segment")
    visitor.page.keyboard.press("Enter")
    visitor.sees("accounts: 3 columns mapped")


def test_a_long_look_and_a_long_load_can_be_cancelled(begin: Callable[[], Journey], tmp_path: Path) -> None:
    file = tmp_path / "usage.csv"
    days = [f"2026-{at % 9 + 1:02d}-{at % 28 + 1:02d}" for at in range(252)]
    lines = [f"A{at % 997},U{at},{days[at % 252]},reports,{at % 40}" for at in range(500_000)]
    file.write_text("\n".join(["account_id,user_id,used_on,feature,events", *lines]) + "\n")
    visitor = begin()
    visitor.drop(file)
    visitor.click("Cancel")
    visitor.sees("Cancelled. Nothing was changed.")
    expect(visitor.page.locator(".st-key-looked")).to_have_count(0)
    visitor.drop(file)
    visitor.click("Load")
    expect(visitor.page.locator(".st-key-cancel_load button")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Cancel", exact=True)).to_have_count(1)
    visitor.click("Cancel")
    visitor.sees("Cancelled. Nothing was changed.")
    visitor.no_question()
    visitor.click("Load")
    visitor.sees("Version 1 is now current. 500,000 rows")
