"""Pages on paper, read back as text."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

ON_SCREENS = ("Copy link", "+ Filter", "Data notes (", "Skip to content", "Ticket spikes Retention")
"""Words of what only a screen can use; the last ones stand together in the rail only."""
PAPERS = {"A4": (842, 595), "Letter": (792, 612)}
"""Paper -> width and height in points, landscape."""


def sheets(page: Page, paper: str) -> list[str]:
    """Print the page and return the text of each sheet, in one line."""
    pages = PdfReader(io.BytesIO(page.pdf(format=paper, landscape=True, print_background=True))).pages
    assert [round(float(side)) for side in (pages[0].mediabox.width, pages[0].mediabox.height)] == pytest.approx(
        PAPERS[paper], abs=2
    )
    return [" ".join(sheet.extract_text().split()) for sheet in pages]


def without_spaces(text: str) -> str:
    """Return a text without spaces, which a printer may place as it likes."""
    return "".join(text.split())
