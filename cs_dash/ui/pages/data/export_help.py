"""Export help per product: where to click, which columns matter, what it answers, its limits."""

from __future__ import annotations

from cs_dash.intake.vendors import Vendor, vendors
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import html
from cs_dash.ui.state import keys

TITLE = "What should I export?"
OTHER = "Another product or a spreadsheet"


def export_help() -> None:
    """Offer the help in one line; opened, a choice of products and what to get out of the one chosen."""
    by_product = {vendor.name: vendor for vendor in vendors()}
    with controls.expander(TITLE, key="export_help"):
        chosen = controls.selectbox(
            "From which product?",
            [*by_product, OTHER],
            index=None,
            placeholder="Choose a product",
            key=keys.EXPORT_PRODUCT,
            width=360,
        )
        if chosen is not None:
            html(guides_html(by_product.get(chosen)))


def guides_html(vendor: Vendor | None) -> Markup:
    """Return the guides of a product, one per kind of file; None: general advice."""
    if vendor is None:
        return render("data/export_anything.html")
    return render("data/export_guides.html", guides=vendor.guides)
