"""The page, the command line and the downloaded file say the same, to the last digit."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cs_dash import pipeline
from cs_dash.answer import Figure
from cs_dash.cli import main
from cs_dash.look import words
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import QUIET, Servers

PERIOD = ("--from", "2026-04-01", "--to", "2026-10-01", "--as-of", "2026-09-30")
SEGMENT = ("--where", "segment=SMB")
ADDRESS = "period=6m&f.segment=SMB"
PAGES = {
    "retention": ("retention.summary", "retention.bridge", ("--option", "window=6")),
    "churn": ("churn.summary", "churn.events", ()),
    "support-demand": ("support.howto", "support.areas", ()),
    "accounts": ("health.bands", "health.accounts", ()),
}


def command(workspace: Workspace, *arguments: str) -> str:
    with redirect_stdout(io.StringIO()) as printed:
        assert main([*arguments, "--workspace", str(workspace.folder)]) == 0
    return printed.getvalue()


@pytest.fixture(scope="module")
def company(
    demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, start_server: Servers
) -> Iterator[str]:
    """The address of a server on the workspace that the command line is asked about, too."""
    version = demo_workspace.current()
    assert version is not None
    pipeline.derive_artifacts(demo_workspace, version)  # else the page may be quicker than what follows a load
    with start_server(demo_workspace.folder, tmp_path_factory.mktemp("same") / "log.txt", QUIET) as base:
        yield base


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_command_line_and_download_agree(
    name: str, demo_workspace: Workspace, company: str, page: Page, tmp_path: Path
) -> None:
    figures, rows, options = PAGES[name]
    page.goto(f"{company}/{name}?{ADDRESS}")
    page.locator(".cs-figure").first.wait_for(timeout=60_000)
    with page.expect_download(timeout=60_000) as download:
        table = page.locator(f".st-key-head_{rows.replace('.', '_')}")
        table.get_by_role("button", name="CSV", exact=True).click()
    file = tmp_path / "rows.csv"
    download.value.save_as(file)
    shown = file.read_text(encoding="utf-8-sig")
    check_same_values(shown, command(demo_workspace, "ask", rows, *PERIOD, *SEGMENT, "--csv"))

    answer_json = json.loads(command(demo_workspace, "ask", figures, *PERIOD, *SEGMENT, *options, "--json"))
    by_name = {figure["name"]: figure for figure in answer_json["figures"]}
    cards = {card.get_attribute("data-figure"): card for card in page.locator(".cs-figure").all()}
    assert len(cards) == 4
    for figure, card in cards.items():
        expected = by_name[str(figure)]
        value, unit = expected["value"], expected["unit"]
        answered = Figure(expected["name"], expected["label"], value, unit, n=expected["n"])
        written = words.figure_value(answered, answer_json["currency"] or "")
        assert card.locator(".cs-value").inner_text() == written, figure


def check_same_values(shown: str, answered: str) -> None:
    """Hold that both tables have the same values, but that the page has a word for each code of the command line."""
    (head, *rows), (other_head, *others) = (list(csv.reader(io.StringIO(text))) for text in (shown, answered))
    assert head == other_head
    assert len(rows) == len(others) > 0
    for name, column, other in zip(head, zip(*rows, strict=True), zip(*others, strict=True), strict=True):
        pairs = {(word, code) for word, code in zip(column, other, strict=True) if word != code}
        assert all(word and not word[0].isdigit() for word, _ in pairs), name
        assert len({word for word, _ in pairs}) == len({code for _, code in pairs}) == len(pairs), name
