"""What a sentence about a sheet leaves to choose is a control beside it; the command line names the option."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.cli.main import main
from cs_dash.decisions.layouts import decided
from cs_dash.intake.results import layouts
from cs_dash.intake.results.sheet_options import SHEET_OPTIONS, command_line_legend
from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import keys
from tests.ui.pages.data.test_mapping import choose, dropped, words

UNDATED = "MRR\nCustomer,CSM,Jan,Feb,Mar\nAcorn,Ana,110,110,130\nBirch,Bo,5,5,5\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("CS_DASH_WORKSPACE", str(tmp_path / "workspace"))
    return Workspace(tmp_path / "workspace")


def test_a_year_that_nothing_names_is_chosen_on_the_page(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = dropped(monkeypatch, tmp_path, UNDATED)
    assert "--option" not in words(app)
    assert "Choose the “Year”." in words(app)
    choose(app, "Year", "2025")
    assert "Choose the “Year”." not in words(app)
    assert [box.value for box in app.selectbox if box.label == "Year"] == ["2025"]
    choose(app, "Year", "Automatic")
    assert "Choose the “Year”." in words(app)


def test_a_choice_of_an_earlier_load_is_taken_back_for_good(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = dropped(monkeypatch, tmp_path, UNDATED)
    choose(app, "Year", "2025")
    app.button(key="load").click().run()
    app = dropped(monkeypatch, tmp_path, UNDATED)
    assert [box.value for box in app.selectbox if box.label == "Year"] == ["2025"]
    choose(app, "Year", "Automatic")
    assert "Choose the “Year”." in words(app)
    (layout,) = layouts.merged_layouts((*decided(workspace), *app.session_state[keys.UPLOAD_LAYOUTS]))
    assert layout.options_in_force == {}
    assert not app.exception


def test_a_choice_between_values_begins_with_the_automatic_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (
        "Subscription ID,Customer ID,Start date,MRR,End date\nS1,A1,2025-01-01,100,2025-12-31\n"
        "S2,A1,2026-01-01,100,2026-12-31\nS3,A1,2027-01-01,5,\n"
    )
    app = dropped(monkeypatch, tmp_path, text)
    (choice,) = [group for group in app.button_group if group.label == "End dates"]
    assert choice.value == "Automatic"
    choice.set_value("exclusive").run()
    (choice,) = [group for group in app.button_group if group.label == "End dates"]
    assert choice.value == "exclusive"
    choice.set_value("Automatic").run()
    assert app.session_state[keys.UPLOAD_LAYOUTS][0].options_in_force == {}


def test_the_command_line_names_the_option_of_each_choice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mrr.csv"
    file.write_text(UNDATED)
    main(["check", str(file), "--workspace", str(tmp_path / "w")])
    assert "“Year”: --option year=2026" in capsys.readouterr().out


def test_the_legend_lists_each_choice_once_with_its_values() -> None:
    lines = command_line_legend(["Choose “Date order”.", "“Date order” again; keep it under “Read as”.", "Nothing."])
    assert lines[0] == "“Date order”: --option dates=dmy or dates=mdy"
    assert [line.partition(":")[0] for line in lines] == ["“Date order”", "“Read as”"]


def test_every_choice_is_one_that_a_load_takes() -> None:
    from cs_dash.intake.ingest import _CHOICES, OPTIONS

    for option in SHEET_OPTIONS.values():
        assert option.name in OPTIONS
        assert {value for value, _ in option.values} <= set(_CHOICES.get(option.name, ()))
