"""Commands that are killed at a certain step: the old state or the new one, whole, and the next load sweeps up.

`python -m benchmarks.kills` does it at hundreds of moments.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import layouts, settings
from cs_dash.store.workspace import Workspace
from tests import children
from tests.cli.test_cli import Shell, loaded, shell

__all__ = ["loaded", "shell"]
UPLOAD = "cs_dash.store.state:State.add_upload"
PUBLISH = "cs_dash.store.workspace:Workspace.publish"
COMMIT = "cs_dash.store.state:State.add_version"
REPORT = "cs_dash.intake.results.reports:LoadReport.as_dict"
UNDO = "cs_dash.store.state:State.undo"
LOAD = ("load", "more.csv", "--option", "dates=dmy", "--json")


def kill(folder: Path, moment: str, place: str, *arguments: str) -> None:
    """Run a command in the folder, in a process that ends at once before or after it does something."""
    errors = folder / "errors.txt"
    child = children.started(
        children.command_that_ends, moment, place, (*arguments, "--workspace", "w"), folder, errors
    )
    child.join()
    assert child.exitcode == children.KILLED, errors.read_text(encoding="utf-8")
    errors.unlink()


def held(folder: Path) -> tuple[list[tuple[int, bool]], int, list[str]]:
    """Return what a workspace holds: its versions, how many layouts were decided, settings."""
    workspace = Workspace(folder / "w")
    versions = [(version.number, version.undone) for version in workspace.state.versions()]
    return versions, len(layouts.decided(workspace)), sorted(settings.chosen(workspace))


@pytest.mark.parametrize(
    ("moment", "place", "arguments", "expected"),
    [
        ("before", UPLOAD, LOAD, ([(1, False)], 0, [])),
        ("before", PUBLISH, LOAD, ([(1, False)], 0, [])),
        ("before", COMMIT, LOAD, ([(1, False)], 0, [])),
        ("after", COMMIT, LOAD, ([(1, False), (2, False)], 1, [])),
        ("before", REPORT, LOAD, ([(1, False), (2, False)], 1, [])),
        ("after", UNDO, ("undo",), ([(1, True)], 0, [])),
        ("before", COMMIT, ("rebuild",), ([(1, False)], 0, [])),
        ("after", COMMIT, ("rebuild",), ([(1, False), (2, False)], 0, [])),
    ],
)
def test_a_killed_command_leaves_the_old_state_or_the_new_one(
    loaded: Shell, moment: str, place: str, arguments: tuple[str, ...], expected: object
) -> None:
    loaded.file("more.csv", "Account ID,Account name,Signup date\nA3,Tessera,03/04/2025\n")
    kill(loaded.folder, moment, place, *arguments)
    assert held(loaded.folder) == expected
    assert loaded.run("load", loaded.file("next.csv", "Account ID,Account name\nA4,Ulm\n"))[0] == 0
    folder = loaded.folder / "w"
    numbers = [f"{version.number:06d}.duckdb" for version in Workspace(folder).state.versions()]
    assert sorted(file.name for file in (folder / "versions").iterdir()) == numbers
    left = {file.relative_to(folder).parts[0] for file in folder.rglob("*") if file.is_file()}
    assert left <= {"lock", "state.sqlite", "versions", "uploads"}
    assert not [file for file in (folder / "uploads").iterdir() if file.name.startswith(".")]


def test_a_currency_and_the_settings_beside_it_count_from_one_moment(loaded: Shell) -> None:
    money = "Subscription ID,Account ID,Start date,MRR,Currency\nS3,A1,2025-01-01,100,USD\n"
    rates = loaded.file("rates.csv", "currency,date,rate\nEUR,2019-01-01,1.1\n")
    assert loaded.run("load", loaded.file("money.csv", money), rates)[0] == 0
    change = ("settings", "currency=EUR", "gross_margin=70%")
    kill(loaded.folder, "after", COMMIT, *change)
    assert held(loaded.folder) == ([(1, False), (2, False), (3, False)], 0, ["gross_margin"])
