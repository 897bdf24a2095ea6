"""The review as a PDF file: a page for each slide, its text selectable, with an appendix of definitions and sources."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cs_dash.look.chart_images import FONTS
from cs_dash.review.deck import Deck
from cs_dash.review.pdf.pages import Paper, deck_pages

__all__ = ["Paper", "pdf_bytes"]

TEMPLATE = Path(__file__).parent / "deck.typ"
TYPESETTER = Path(__file__).parent / "typesetter.py"
LONGEST = 300  # seconds


def pdf_bytes(deck: Deck, *, paper: Paper = "a4", accessible: bool = False) -> bytes:
    """Return the slides that are shown as a PDF file, a landscape page each; what needs more room takes further pages.

    Its parts are tagged for screen readers; `accessible`: the file also declares, and is checked for, PDF/UA-1.
    What the deck says goes to the template as data, so none of it is read as markup.
    """
    command = [sys.executable, "-I", str(TYPESETTER), str(FONTS), str(TEMPLATE), *["accessible"] * accessible]
    data = json.dumps(deck_pages(deck, paper), ensure_ascii=False).encode("utf-8")
    done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)
    if done.returncode:
        raise RuntimeError(f"The document could not be set: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout
