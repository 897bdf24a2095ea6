"""Ten tickets of the queue are labelled with nothing but the keyboard; the share and its interval follow."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from cs_dash import pipeline
from cs_dash.decisions import labels
from cs_dash.store.workspace import Workspace
from tests.browser.conftest import Pages

LONG = 60_000
KEYS = {"How": "1", "Broken": "2"}
THINGS = ("report", "list", "map", "plan", "chart", "board", "invoice", "label", "layer", "filter", "view", "folder")


def tickets() -> bytes:
    """Return 24 tickets that the word lists say nothing of, half of them of each of two kinds."""
    subjects = [f"{wording} of the {subject}" for subject in THINGS for wording in ("How zig", "Broken zag")]
    lines = [f"T-{at},2026-05-{1 + at % 28:02d},{subject}\n" for at, subject in enumerate(subjects)]
    return ("ticket_id,created_at,subject\n" + "".join(lines)).encode()


def test_ten_keys_label_ten_tickets_and_the_share_follows(
    cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "ws")
    pipeline.load(workspace, [("tickets.csv", io.BytesIO(tickets()))])
    version = workspace.current()
    assert version is not None
    pipeline.derive_artifacts(workspace, version)
    page = new_page(viewport={"width": 420, "height": 900})
    page.goto(f"{cold_server(tmp_path / 'ws')}/support-demand?period=all")
    page.get_by_text("Improve the classifier", exact=True).click()
    ticket, share = page.locator(".cs-ticket"), page.locator(".cs-share")
    expect(share).to_contain_text("0 labelled, 24 to go", timeout=LONG)
    before = share.locator(".cs-value").inner_text()

    page.wait_for_timeout(300)  # nobody reads the first ticket in less; keys are heard just after the buttons are there
    ahead_of_the_model = []
    for done in range(1, 11):
        subject_text = ticket.inner_text()
        page.keyboard.press(KEYS[ticket.locator("h2").inner_text().split()[0]])
        expect(ticket).not_to_have_text(subject_text, timeout=LONG, use_inner_text=True)
        ahead_of_the_model.append(not pipeline.is_derived(workspace, version))
        expect(share).to_contain_text(f"{done} labelled", timeout=LONG)
    assert any(ahead_of_the_model), "the next ticket comes before what follows from the last label is done"
    page.keyboard.press("u")
    expect(share).to_contain_text("9 labelled, 15 to go", timeout=LONG)
    page.keyboard.press(KEYS[ticket.locator("h2").inner_text().split()[0]])
    expect(share).to_contain_text("10 labelled, 14 to go", timeout=LONG)
    kinds = labels.kinds_of_tickets(workspace)
    assert sorted(set(kinds.values())) == ["defect", "how-to"]
    assert len(kinds) == 10

    expect(share.locator(".cs-value")).not_to_have_text(before, timeout=LONG)
    expect(share).to_contain_text("95 % CI")
    value = share.locator(".cs-value").inner_text()
    page.locator(".stMain").get_by_text("Support demand", exact=True).click()
    expect(page.locator("[data-figure=share] .cs-value")).to_have_text(value, timeout=LONG)
    expect(page.locator("[data-figure=share] .cs-base")).to_contain_text("n = 10", timeout=LONG)
