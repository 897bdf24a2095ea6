"""The pages: their addresses, their names in the navigation and their sections."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

PAGES = Path(__file__).resolve().parents[3] / "pages"
SECTIONS: dict[str, tuple[str, ...]] = {
    "": ("overview",),
    "Customers": ("health",),
    "Revenue": ("retention", "cohorts", "renewals", "churn"),
    "Product": ("support", "topics", "questions", "tickets", "asking", "waiting", "labelling", "audit"),
    "Work": ("data", "definitions", "why", "settings"),
}
HOME = "overview"
LABELLING, LABELLING_ICON = "Label what teaches most", ":material/label:"
"""What a link to the page is called wherever it stands."""


@cache
def place(name: str) -> st.Page:
    """Return the page called `name`; the first one is at the root of the address."""
    return st.Page(PAGES / f"{name}.py", title=name.capitalize(), url_path=name, default=name == HOME)


@cache
def sections() -> dict[str, list[st.Page]]:
    """Return the pages by section, as the navigation takes them."""
    return {section: [place(name) for name in names] for section, names in SECTIONS.items()}
