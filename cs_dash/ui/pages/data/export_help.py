"""What to export from which product: where to click, which columns matter, what it answers here, what it lacks."""

from __future__ import annotations

import streamlit as st

from cs_dash.intake.vendors import Guide, Vendor, vendors
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import escaped
from cs_dash.ui.state import keys

TITLE = "What should I export?"
OTHER = "Another product, or a spreadsheet of ours"
_ANYTHING = (
    "<p>Export the list of customers, contracts, requests or answers with all its columns, as CSV or Excel, and drop "
    "it as it is. A sheet with one row per customer is enough to begin with. Names may be English, German, French, "
    "Spanish, Portuguese, Russian or Chinese.</p>"
)


def export_help() -> None:
    """Offer the help in one line; opened, a choice of products and what to get out of the one chosen."""
    by_product = {vendor.name: vendor for vendor in vendors()}
    with st.expander(TITLE, key="export_help"):
        chosen = st.selectbox(
            "From which product?",
            [*by_product, OTHER],
            index=None,
            placeholder="Choose a product",
            key=keys.EXPORT_PRODUCT,
            width=360,
        )
        if chosen is not None:
            html(_ANYTHING if chosen == OTHER else _of(by_product[chosen]))


def _of(vendor: Vendor) -> str:
    return "".join(_guide(guide) for guide in vendor.guides)


def _guide(guide: Guide) -> str:
    """Return one kind of file as HTML: its name, and four lines about it."""
    columns = ", ".join(escaped(name) for name in guide.matters)
    lines = (
        ("Where", escaped(guide.where)),
        ("Columns that matter", columns),
        ("Answers", escaped(guide.answers)),
        ("Mind", escaped(guide.limits)),
    )
    terms = "".join(f"<dt>{head}</dt><dd>{text}</dd>" for head, text in lines)
    return f'<section class="cs-export"><h3>{escaped(guide.what)}</h3><dl>{terms}</dl></section>'
