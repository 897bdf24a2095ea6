"""The settings page: what is written counts on the other pages with the next click, and bad values are told."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote_plus

import pytest

from cs_dash import page_registry as registry
from cs_dash import pipeline
from cs_dash.decisions import settings
from cs_dash.decisions.churn_categories import Category
from cs_dash.pipeline.settings import of_categories
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, confirm, words
from tests.pipeline.test_currency import CHURN, IN_EUROS, LINES
from tests.workspaces import copied


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with lines in three currencies and exchange rates; one account has paid for more than a year."""
    lines = LINES.replace("S4,A4,2026-01-05", "S4,A4,2024-01-05")
    return copied(tmp_path, {"lines.csv": lines, "churn.csv": CHURN, "rates.csv": IN_EUROS}).folder


def test_a_change_shows_at_once_on_the_other_pages(folder: Path, open_page: Open) -> None:
    assert "benchmark: 100" in words(open_page(folder, "retention"))
    app = open_page(folder, "settings", tab="benchmarks")
    assert registry.by_name()["settings"].title in words(app)
    app.text_input(key="setting_benchmark_nrr_").set_value("95-105 %")
    app.text_input(key="setting_benchmark_nrr_source_").set_value("Our <b>board</b>")
    next(field for field in app.button if field.form_id == "form_benchmarks" and field.label == "Save").click()
    app.run()
    assert not app.exception
    assert "2 settings saved" in words(app)
    assert settings.chosen(Workspace(folder)) == {
        "benchmark_nrr": "0.95-1.05", "benchmark_nrr_source": "Our <b>board</b>",
    }  # fmt: skip
    page_text = words(open_page(folder, "retention"))
    assert "benchmark: 95" in page_text
    assert "Our &lt;b&gt;board&lt;/b&gt;" in page_text
    page_text = words(open_page(folder, "definitions", metric="retention_benchmarks"))
    assert "Current settings" in page_text
    assert "95 % to 105 % (set here; without: 100 % to 110 %)" in page_text


def test_a_bad_value_is_told_in_one_sentence_and_changes_nothing(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "settings", tab="retention")
    app.text_input(key="setting_gross_margin_").set_value("lots")
    next(field for field in app.button if field.form_id == "form_retention").click()
    app.run()
    assert "Could not set gross_margin to lots because it is no share." in words(app)
    assert settings.chosen(Workspace(folder)) == {}
    assert not app.exception


def test_the_currency_is_changed_on_the_page(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "settings")
    app.text_input(key="setting_currency_EUR").set_value("usd")
    next(field for field in app.button if field.form_id == "form_general").click()
    app.run()
    assert not app.exception
    assert "Version 2 is now current, rebuilt from the uploads." in words(app)
    assert app.text_input(key="setting_currency_USD").value == "USD"
    assert "$" in words(open_page(folder, "retention"))
    data = open_page(folder, "loads")
    assert "rebuilt from the uploads of 1 load, in USD" in words(data)
    confirm(data, "undo")
    assert open_page(folder, "settings").text_input(key="setting_currency_EUR").value == "EUR"


def test_the_switch_of_rates_acts_on_all_that_know_it(folder: Path, open_page: Open) -> None:
    constant = words(open_page(folder, "retention", period="1m"))
    current = words(open_page(folder, "retention", period="1m", rates="current"))
    assert "(snapshot, current rates)" not in constant
    assert "Exchange rates moved" not in constant
    assert "(snapshot, current rates)" in current
    assert "Exchange rates moved the MRR of retained accounts by" in current


def test_what_somebody_else_sets_is_shown(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "settings", tab="retention")
    pipeline.change(Workspace(folder), {"gross_margin": "60 %"})
    app.run()
    assert app.text_input(key="setting_gross_margin_60 %").value == "60 %"
    assert "default 80 %" in words(app)


def test_a_changed_setting_says_by_whom_and_can_be_reset(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "settings", tab="retention")
    assert "All settings at their defaults" in words(app)
    app.text_input(key="setting_gross_margin_").set_value("60 %")
    app.text_input(key="settings_person_retention").set_value("Ana <b>")
    next(field for field in app.button if field.label == "Save").click().run()
    assert "<b>1 setting</b> changed" in words(app)
    assert "Changed by ana" not in words(app)
    assert "Changed by Ana &lt;b&gt; on " in words(app)
    assert ", default 80 %" in words(app)
    assert "Retention (1 changed)</a>" in words(app)
    next(field for field in app.button if field.label == "Reset").click().run()
    assert settings.chosen(Workspace(folder)) == {}
    assert "All settings at their defaults" in words(app)


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("response-times", "sla reply urgent"), ("support-demand", "howto_target"), ("support-demand", "cost_per_hour"),
        ("retention", "benchmark_nrr"),
    ],
)  # fmt: skip
def test_a_page_leads_to_the_field_of_the_setting_that_it_uses(
    page: str, field: str, demo: Path, open_page: Open
) -> None:
    assert f'href="./settings?field={quote_plus(field)}"' in words(open_page(demo, page))
    settings_page = open_page(demo, "settings", field=field)
    assert settings_page.text_input(key=f"setting_{field}_").label
    assert words(settings_page).count("cs-pointed-at") == 1
    assert "cs-pointed-at" not in words(open_page(demo, "settings", field="no such setting"))


def test_a_definition_leads_to_the_field_of_its_first_setting(demo: Path, open_page: Open) -> None:
    page_text = words(open_page(demo, "definitions", metric="retention_benchmarks"))
    assert 'href="./settings?field=benchmark_source">Change settings</a>' in page_text


def test_a_changed_churn_category_says_by_whom(folder: Path, open_page: Open) -> None:
    app = open_page(folder, "settings", tab="churn")
    app.text_input(key="categories_person").set_value("Ana <b>").run()
    category = Category("Price", "Price", True, False, ("dear",))
    with pipeline.acting_as("Ana <b>"):
        pipeline.change(Workspace(folder), of_categories({"Price": category}))
    page_text = words(open_page(folder, "settings", tab="churn"))
    assert "Price: changed by Ana &lt;b&gt; on " in page_text


def test_every_setting_stands_in_one_tab(demo: Path) -> None:
    from cs_dash.ui.pages.settings.settings_page import TABS

    prefixes = [prefix for _, groups in TABS.values() for prefix in groups]
    for line in pipeline.listed(Workspace(demo)):
        assert sum(line.group.startswith(prefix) for prefix in prefixes) == 1, line.name
