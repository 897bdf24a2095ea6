"""The retention page shows one chart over time or by a dimension, and the list that belongs to it."""

from __future__ import annotations

from pathlib import Path

from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables


def test_a_dimension_takes_the_place_of_the_history_and_brings_its_list(demo: Path, open_page: Open) -> None:
    app = open_page(demo, "retention")
    assert "Revenue bridge by month" in words(app)
    app.selectbox(key="choice_dimension").set_value("segment").run()
    assert not app.exception
    page_text = words(app)
    assert "Retention by segment" in page_text
    assert "Net revenue retention over 12 months by segment (snapshot)" in page_text
    assert len(app.get("vega_lite_chart")) == 4
    assert html_tables(app)[0].column("Accounts") == ["Enterprise", "Mid-market", "SMB", "All accounts"]
    assert "segment" in app.query_params["dimension"]
    app.selectbox(key="choice_dimension").set_value("").run()
    assert "Revenue bridge by month" in words(app)
    assert "dimension" not in app.query_params


def test_the_measure_lives_in_the_address(demo: Path, open_page: Open) -> None:
    page_text = words(open_page(demo, "retention", dimension="csm", kept="logos"))
    assert "Logo retention over 12 months by CSM with 95 % CI" in page_text


def test_a_dimension_that_the_data_do_not_have_or_with_one_value_only_is_left_out(
    no_dimensions: Path, one_account: Path, open_page: Open
) -> None:
    app = open_page(no_dimensions, "retention", dimension="segment")
    assert not app.exception
    assert "Revenue bridge by month" in words(app)
    assert "choice_dimension" not in [control.key for control in app.selectbox]
    alone = open_page(one_account, "retention", dimension="segment")
    assert not alone.exception
    assert "Revenue bridge by month" in words(alone)
    assert "choice_dimension" not in [control.key for control in alone.selectbox]
