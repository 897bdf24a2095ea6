"""Share links on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli import main
from cs_dash.decisions import links
from cs_dash.store.workspace import Workspace

ACCOUNTS = (
    "account_id,account,segment,mrr,start_date\nA-1,Alpha,SMB,100,2025-01-01\nA-2,Beta,Enterprise,300,2025-01-01\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with two accounts."""
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    assert main(["load", str(tmp_path / "accounts.csv"), "--workspace", str(tmp_path / "ws")]) == 0
    return tmp_path / "ws"


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Return the exit status and what was printed as JSON."""
    capsys.readouterr()
    status = main([*arguments, "--workspace", str(folder), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_link_is_made_listed_and_revoked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, made = run(
        folder, capsys, "link", "create", "--page", "retention", "--page", "churn", "--where", "segment=SMB",
        "--period", "6m", "--frozen", "--hide", "names,money", "--expires", "30d", "--note", "Hello",
    )  # fmt: skip
    assert status == 0
    assert sorted(made) == ["address", "expires", "id", "version"]
    assert (made["version"], made["address"]) == (1, f"http://localhost:8501/retention?link={made['id']}&period=6m")
    status, listed = run(folder, capsys, "link", "list")
    (line,) = listed["links"]
    assert (status, line["state"], line["hide"], line["where"]) == (0, "open", ["names", "money"], {"segment": ["SMB"]})
    assert made["id"] not in json.dumps(listed)
    assert run(folder, capsys, "link", "revoke", made["id"]) == (0, {"link": line["link"], "revoked": True})
    assert run(folder, capsys, "link", "list")[1]["links"][0]["state"] == "revoked"
    assert links.links(Workspace(folder))[0].revoked_at is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--page", "no-such-page"),
        ("--page", "settings"),
        ("--page", "retention", "--where", "segment=Huge"),
        ("--page", "retention", "--where", "colour=red"),
        ("--page", "retention", "--where", "account_id=A-9"),
        ("--page", "retention", "--hide", "all"),
        ("--page", "retention", "--period", "7m"),
        ("--page", "retention", "--expires", "soon"),
        ("--page", "retention", "--expires", "3000d"),
        ("--page", "retention", "--expires", "2020-01-01"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    status, answer = run(folder, capsys, "link", "create", *arguments)
    assert (status, list(answer)) == (2, ["error"])
    assert links.links(Workspace(folder)) == ()


def test_words_instead_of_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "list", "--workspace", str(folder)]) == 0
    assert capsys.readouterr().out == "No links yet.\n"
    assert main(["link", "create", "--page", "retention", "--hide", "names", "--workspace", str(folder)]) == 0
    assert "http://localhost:8501/retention?link=" in capsys.readouterr().out
    assert main(["link", "list", "--workspace", str(folder)]) == 0
    assert "0 openings  retention; no names" in capsys.readouterr().out


def test_a_link_can_show_one_account(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, made = run(folder, capsys, "link", "create", "--page", "accounts", "--where", "account_id=A-2")
    status, answered = run(folder, capsys, "ask", "health.accounts", "--reader", f"link:{made['id']}")
    assert (status, [row["account"] for row in answered["rows"]]) == (0, ["Beta"])
