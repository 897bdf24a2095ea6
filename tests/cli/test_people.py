"""`person`: the first admin comes in by the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main


def run(folder: Path, *arguments: str) -> int:
    return main(["person", *arguments, "--workspace", str(folder), "--json"])


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_people_are_added_changed_listed_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "list") == 0
    assert printed(capsys) == {"people": []}
    assert run(tmp_path, "add", "Ana@example.com", "--role", "admin") == 0
    assert run(tmp_path, "add", "c@example.com", "--role", "csm", "--csm", "Jo Fox") == 0
    capsys.readouterr()
    limits = ("--hide", "names,money", "--where", "segment=SMB", "--where", "segment=Mid-market")
    assert run(tmp_path, "add", "pm@example.com", "--role", "pm", *limits) == 0
    assert printed(capsys) == {
        "email": "pm@example.com", "role": "pm", "csm": None, "hide_names": True, "hide_money": True,
        "where": {"segment": ["Mid-market", "SMB"]},
    }  # fmt: skip
    assert run(tmp_path, "change", "pm@example.com", "--role", "viewer") == 0
    assert run(tmp_path, "remove", "c@example.com") == 0
    capsys.readouterr()
    assert main(["person", "list", "--workspace", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "ana@example.com  Admin\npm@example.com  Viewer\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "bo@example.com", "--role", "viewer"), "there would be no admin"),
        (("add", "bo@example.com", "--role", "boss"), "boss as a role"),
        (("add", "bo@example.com", "--role", "pm", "--hide", "dates"), "Could not hide dates"),
        (("add", "bo@example.com", "--role", "pm", "--where", "segment"), "not KEY=VALUE"),
        (("remove", "bo@example.com"), "Could not find bo@example.com"),
    ],
)
def test_what_does_not_fit_is_said(
    arguments: tuple[str, ...], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *arguments) == 2
    assert why in str(capsys.readouterr())
    assert main(["person", "list", "--workspace", str(tmp_path)]) == 0
    assert "Nobody may sign in yet" in capsys.readouterr().out
