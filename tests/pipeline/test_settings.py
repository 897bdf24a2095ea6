"""Settings: words become values and back, every one that a definition reads is listed, a change counts and is kept."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.charts import LineChart
from cs_dash.cli.main import main
from cs_dash.decisions import settings as decisions_of_settings
from cs_dash.errors import UnknownOption
from cs_dash.metrics import definition_files
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.settings import FISCAL_YEAR, SETTINGS, check_combination, of_definition, setting
from cs_dash.store.definitions import read_definition
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied, opened, rows

LINES = "Subscription ID,Customer ID,Start date,End date,MRR\n" + "".join(
    f"S{n},A{n},2025-01-01,{'2026-03-01' if n < 12 else ''},100\n" for n in range(40)
)
TICKETS = "ticket_id,account_id,created_at,type\n" + "".join(
    f"T{n},A{n},2026-0{n % 6 + 1}-10,{'how-to' if n % 2 else 'bug'}\n" for n in range(40)
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return copied(tmp_path / "workspace", {"lines.csv": LINES, "tickets.csv": TICKETS})


def answer_to(workspace: Workspace, question: str) -> Answer:
    return catalogue.ask(opened(workspace), question, Scope(period="all"))


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("name", "text", "value", "written"),
    [
        ("fiscal_year_start", "7", "July", "July"),
        ("gross_margin", "75 %", 0.75, "75 %"),
        ("gross_margin", "0,725", 0.725, "72.5 %"),
        ("gross_margin", " ", None, ""),
        ("benchmark_nrr", "95-105 %", "0.95-1.05", "95 % to 105 %"),
        ("benchmark_nrr", "0.9 to 1.1", "0.9-1.1", "90 % to 110 %"),
        ("benchmark_nrr_year", "2026", 2026.0, "2026"),
        ("benchmark_nrr_verified", "Yes", "yes", "yes"),
        ("benchmark_nrr_source", "  our   board ", "our board", "our board"),
        ("health_red_below", "35", 35.0, "35"),
        ("currency", "usd", "USD", "USD"),
    ],
)
def test_what_is_written_becomes_a_value_and_is_written_again(
    name: str, text: str, value: object, written: str
) -> None:
    known_setting = setting(name)
    assert known_setting.parse(text) == value
    assert known_setting.format(known_setting.parse(text)) == written
    assert known_setting.parse(written) == value


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("gross_margin", "80", "it must be between 0 % and 100 %"),
        ("gross_margin", "much", "it is no share"),
        ("gross_margin", "-5 %", "it is no share"),
        ("benchmark_grr", "93 %", "it is not a range of two shares"),
        ("benchmark_grr", "93 % to 90 %", "its end is below its start"),
        ("benchmark_grr_year", "20", "it must be between 1990 and 2100"),
        ("benchmark_grr_year", "2023.5", "it is no year"),
        ("benchmark_grr_verified", "perhaps", "it is neither yes nor no"),
        ("benchmark_grr_source", "x" * 201, "it is longer than 200 letters"),
        ("health_red_below", "40 %", "it is not a number"),
        ("currency", "euros", "it is not a three-letter code"),
        ("fiscal_year_start", "Juli", "it is not a month"),
    ],
)
def test_a_bad_value_gets_one_sentence(name: str, text: str, why: str) -> None:
    with pytest.raises(UnknownOption) as refused:
        setting(name).parse(text)
    assert refused.value.message.startswith(f"Could not set {name} to ")
    assert refused.value.message.endswith(f" because {why}.")


def test_what_was_kept_by_other_means_is_shown_as_it_stands() -> None:
    assert setting("gross_margin").format("much") == "much"
    assert setting("benchmark_nrr").display_text("x") == "x"


def test_every_default_is_a_value_that_could_be_chosen() -> None:
    for known_setting in SETTINGS.values():
        assert known_setting.parse(known_setting.format(known_setting.default)) == known_setting.default
        assert known_setting.definitions or known_setting.name == FISCAL_YEAR, "read by loads, not by definitions"
        assert known_setting.description.endswith(".")
    check_combination({})


def test_the_list_has_the_settings_that_the_definitions_read_and_no_others() -> None:
    files = definition_files()
    reading = {d.name: d for d in map(read_definition, files) if re.search(r"\bsettings\b", d.sql)}
    listed = {name for known_setting in SETTINGS.values() for name in known_setting.definitions}
    assert reading.keys() == listed
    for known_setting in SETTINGS.values():
        for name in known_setting.definitions:
            sql = reading[name].sql
            stem = known_setting.name.removeprefix("benchmark_").removesuffix("_year").removesuffix("_sample")
            stem = stem.removesuffix("_source").removesuffix("_verified").removeprefix("health_weight_")
            family = known_setting.name.rpartition(" ")[0]  # "sla reply", for every priority
            assert f"'{known_setting.name}'" in sql or stem in sql or (family and f"'{family} " in sql), (
                known_setting.name,
                name,
            )
        if isinstance(known_setting.default, float) and not known_setting.name.startswith("health_weight_"):
            assert f"{known_setting.default:g}" in reading[known_setting.definitions[0]].sql, (
                "the default is that of the definition"
            )


def test_a_change_counts_at_once_and_is_kept(workspace: Workspace) -> None:
    before = answer_to(workspace, "retention.summary")
    value = before.figure("lifetime_value").value
    assert value is not None
    decided = pipeline.change(
        workspace, {"gross_margin": "40 %", "benchmark_nrr": "95 % to 105 %", "howto_target": "20 %"}
    )
    assert decided.names == ("gross_margin", "benchmark_nrr", "howto_target")
    assert decided.report is None
    after = answer_to(workspace, "retention.summary")
    assert after.figure("lifetime_value").value == pytest.approx(value / 2)
    assert "assumed" not in after.figure("lifetime_value").caveat
    assert plain(after.figure("nrr").benchmark) == "benchmark: 95–105 % (unverified)"
    howto = answer_to(workspace, "support.howto")
    assert "(your target: 20 %)" in plain(howto.headline)
    months = howto.chart("howto_months")
    assert isinstance(months, LineChart)
    line = months.reference
    assert line is not None
    assert (line[0], plain(line[1])) == (0.2, "Your target 20 %")
    (change,) = [entry for entry in decisions_of_settings.changes(workspace) if entry.name == "gross_margin"]
    assert (change.before, change.after) == (None, 0.4)
    assert pipeline.change(workspace, {"gross_margin": ""}).names == ("gross_margin",)
    assert answer_to(workspace, "retention.summary").figure("lifetime_value").value == value
    assert [entry.after for entry in decisions_of_settings.changes(workspace) if entry.name == "gross_margin"] == [
        0.4,
        None,
    ]
    assert len(workspace.state.versions()) == 1


def test_provenance_is_said_with_the_range_and_nothing_is_taken_over(workspace: Workspace) -> None:
    def note() -> str:
        notes = [plain(text.text) for text in answer_to(workspace, "retention.summary").notes]
        return next(text for text in notes if "90–95 %" in text)

    pipeline.change(workspace, {"benchmark_grr": "90 % to 95 %"})
    assert "2023" not in note()
    assert "SaaS Capital" not in note()
    assert "unverified" in note()
    own = {"benchmark_grr_year": "2026", "benchmark_grr_sample": "40 peers", "benchmark_grr_source": "Our board"}
    pipeline.change(workspace, own | {"benchmark_grr_verified": "yes"})
    assert "Our board, 2026, 40 peers" in note()
    assert "unverified" not in note()
    assert plain(answer_to(workspace, "retention.summary").figure("grr").benchmark) == "benchmark: 90–95 % (2026)"
    assert ("Gross revenue retention: year", "2026 (set here; without: 2023)") in of_definition(
        "retention_benchmarks", decisions_of_settings.chosen(workspace)
    )


def test_the_fiscal_year_of_the_workspace_counts_in_later_loads(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    pipeline.change(workspace, {"fiscal_year_start": "jul"})
    assert decisions_of_settings.chosen(workspace) == {"fiscal_year_start": "July"}
    text = "Subscription ID,Customer,Start Date,End Date,MRR\nA,Acme,FY24,FY25,10\nB,Beta,2023-09-01,2027-08-31,20\n"
    report = pipeline.load(workspace, [("contracts.csv", io.BytesIO(text.encode()))])
    lines = {row["subscription_id"]: row for row in rows(workspace, "from subscriptions")}
    assert [str(lines["A"][name]) for name in ("start_date", "end_date")] == ["2023-07-01", "2025-06-30"]
    assert any("Fiscal years are assumed to begin in July" in note for note in report.files[0].assumptions)
    columns = "Customer,FY24 MRR,FY25 MRR\nAcme,10,30\nBeta,20,20\n"
    workspace = Workspace(tmp_path / "columns")
    pipeline.change(workspace, {"fiscal_year_start": "7"})
    report = pipeline.load(workspace, [("mrr.csv", io.BytesIO(columns.encode()))])
    assert any("FY24 MRR begins on 2023-07-01" in note for note in report.files[0].assumptions)
    pipeline.rebuild(workspace)


def test_one_bad_value_keeps_all_as_they_were(workspace: Workspace) -> None:
    with pytest.raises(UnknownOption):
        pipeline.change(workspace, {"gross_margin": "40 %", "howto_reference": "x"})
    with pytest.raises(UnknownOption, match="green must begin above red"):
        pipeline.change(workspace, {"health_red_below": "80"})
    with pytest.raises(UnknownOption, match="the score needs at least one"):
        pipeline.change(workspace, {name: "0" for name in SETTINGS if name.startswith("health_weight_")})
    assert decisions_of_settings.chosen(workspace) == {}
    assert decisions_of_settings.changes(workspace) == ()


def test_the_command_line_lists_and_sets(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--workspace", str(workspace.folder), "--json"]
    assert main(["settings", *where]) == 0
    listed = {line["name"]: line for line in json.loads(capsys.readouterr().out)["settings"]}
    assert SETTINGS.keys() <= listed.keys()
    assert (listed["gross_margin"]["value"], listed["gross_margin"]["given"]) == ("80 %", "")
    assert main(["settings", "gross_margin=0.7", *where]) == 0
    output = json.loads(capsys.readouterr().out)
    assert output["changed"] == ["gross_margin"]
    assert (output["settings"][0]["value"], output["settings"][0]["before"]) == ("70 %", "80 %")
    assert main(["settings", "gross_margin=70 %", *where]) == 1
    assert main(["settings", "gros_margin=70 %", *where]) == 2
    assert "Did you mean gross_margin?" in capsys.readouterr().out
    assert main(["settings", "gross_margin", *where]) == 2
    assert main(["settings", "--workspace", str(workspace.folder)]) == 0
    assert "gross_margin" in capsys.readouterr().out
