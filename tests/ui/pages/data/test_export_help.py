"""The help on exports: every product can be chosen, and what is told is what the vendors' files say."""

from __future__ import annotations

import html

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash.intake.vendors import Guide, Vendor, vendors
from cs_dash.ui.pages.data.export_help import OTHER, guides_html


def page() -> None:
    from cs_dash.ui.pages.data.export_help import export_help

    export_help()


def test_every_known_product_is_offered_and_none_is_chosen_for_the_reader() -> None:
    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    (choice,) = app.selectbox
    assert choice.options == [*(vendor.name for vendor in vendors()), OTHER]
    assert choice.value is None
    assert not app.get("html")
    for name in choice.options:
        app.selectbox[0].set_value(name).run()
        assert not app.exception, name
        assert len(app.get("html")) == 1, name


@pytest.mark.parametrize("vendor", vendors(), ids=lambda vendor: vendor.name)
def test_what_is_told(vendor: Vendor) -> None:
    text_shown = html.unescape(guides_html(vendor))
    for guide in vendor.guides:
        for text in (guide.what, guide.where, guide.answers, guide.limits, *guide.matters):
            assert text in text_shown


def test_names_are_text_not_markup() -> None:
    guide = Guide("<b>x</b>", "tickets", "A > B", ("a<i>",), "All.", "None.")
    assert "<b>" not in guides_html(Vendor("V", (), (guide,)))
    assert "A &gt; B" in guides_html(Vendor("V", (), (guide,)))
