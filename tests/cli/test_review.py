"""`review` and `digest` on the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli.main import main
from cs_dash.decisions import links
from cs_dash.pipeline import Workspace
from cs_dash.review.exports import EXPORTS
from cs_dash.sharing.reviews import start_review
from tests.workspaces import copied

ACCOUNTS = "account_id,account,segment,signup_date\n" + "".join(
    f"A-{number},Zephyr {name},{'SMB' if number < 4 else 'Enterprise'},2025-0{number}-01\n"
    for number, name in enumerate(("Alder", "Birch", "Cedar", "Dogwood", "Elder"), 1)
)
LINES = "subscription_id,account_id,start_date,end_date,mrr\n" + "".join(
    f"S-{number},A-{number},2025-0{number}-01,{'2026-08-31' if number == 5 else ''},{100 * number}\n"
    for number in range(1, 6)
)
TICKETS = "ticket_id,account_id,created_at,subject,type\n" + "".join(
    f"T-{number},A-{number % 5 + 1},2026-0{number % 9 + 1}-15,How do I export {number}?,Question\n"
    for number in range(40)
)
FILES = {"accounts.csv": ACCOUNTS, "subscriptions.csv": LINES, "tickets.csv": TICKETS}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return copied(tmp_path / "workspace", FILES, derived="kinds and topics")


def run(workspace: Workspace, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([arguments[0], "--workspace", str(workspace.folder), "--json", *arguments[1:]])
    return status, json.loads(capsys.readouterr().out)


def review(workspace: Workspace, capsys: pytest.CaptureFixture[str], file: Path, *options: str) -> tuple[int, Any]:
    return run(workspace, capsys, "review", "--quarter", "2026Q3", "--out", str(file), *options)


@pytest.mark.parametrize("suffix", EXPORTS)
def test_each_kind_of_file_is_written(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    file = tmp_path / f"review.{suffix}"
    status, facts = review(workspace, capsys, file)
    assert status == 0
    assert (facts["file"], facts["quarter"], facts["review"]) == (str(file), "2026Q3", None)
    assert facts["slides"] > 5
    beginnings = {"pptx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "html": b"<!doctype html>"}
    assert file.read_bytes()[:15].lower().startswith(beginnings[suffix].lower())
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [file.name, "workspace"]


def test_it_says_what_it_wrote(workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "review.html"
    arguments = ["review", "--workspace", str(workspace.folder), "--quarter", "2026Q3", "--out", str(file)]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Wrote {file}: ")
    assert "Jul 2026 to 15 Sep 2026" in text or "1 Jul 2026 to 15 Sep 2026" in text


def test_the_last_quarter_is_the_latest_one_that_is_over(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, facts = review(workspace, capsys, tmp_path / "review.html", "--quarter", "last")
    assert (status, facts["quarter"]) == (0, "2026Q2")  # the newest ticket is of 15 September


def test_filters_are_those_of_the_deck(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "review.html"
    assert review(workspace, capsys, file, "--where", "segment=Enterprise")[0] == 0
    text = file.read_text(encoding="utf-8")
    assert "Segment: Enterprise" in text
    assert "Zephyr Alder" not in text


def test_hidden_names_and_amounts_are_in_no_byte(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / f"review.{suffix}" for suffix in EXPORTS]
    for file in files:
        assert review(workspace, capsys, file, "--hide", "names,money")[0] == 0
        assert b"Zephyr" not in contents(file)
    assert review(workspace, capsys, files[0])[0] == 0
    assert b"Zephyr" in contents(files[0])
    assert not list((workspace.folder / "shared").glob("limits-*"))


def contents(file: Path) -> bytes:
    """Return all bytes of a file, those of the files in it unpacked."""
    if not zipfile.is_zipfile(file):
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_account_reviews_are_zipped_and_each_is_about_one_customer(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "accounts.zip"
    status, facts = review(workspace, capsys, file, "--account", "all", "--format", "html")
    assert status == 0
    assert facts["accounts"] == ["A-1", "A-2", "A-3", "A-4"]
    with zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert list(texts) == facts["files"] == [f"account-review-2026Q3-A-{number}.html" for number in range(1, 5)]
    for text, own in zip(texts.values(), ("Alder", "Birch", "Cedar", "Dogwood"), strict=True):
        assert {name for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elder") if f"Zephyr {name}" in text} == {own}


def test_an_account_is_found_by_its_name_too(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "account.html"
    assert review(workspace, capsys, file, "--account", "zephyr birch")[1]["accounts"] == ["A-2"]
    assert "Account review: Zephyr Birch" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "title"),
    [
        (("--quarter", "Q3"), "Not a quarter"),
        (("--quarter", "2027Q1"), "No data for Q1 2027"),
        (("--out", "review.docx"), "Unknown kind of file"),
        (("--out", "review"), "Unknown kind of file"),
        (("--out", "reviews.zip"), "Which accounts?"),
        (("--out", "reviews.zip", "--account", "all", "--format", "docx"), "Unknown kind of file"),
        (("--account", "A-1", "--account", "A-2"), "Several accounts"),
        (("--account", "A-9"), "Unknown account"),
        (("--account", "all", "--where", "segment=Enterprise", "--where", "segment=Other"), "Unknown value"),
        (("--hide", "nothing"), "Nothing of this name"),
        (("--where", "segment=Other"), "Unknown value"),
        (("--template", "there-is-none.pptx"), "Cannot open the template"),
        (("--out", "review.html", "--template", "any.pptx"), "No template here"),
        (("--reader", "link:unknown"), "This link does not open anything"),
        (("--out", "no/such/folder/review.html"), "Cannot write the file"),
    ],
)
def test_what_cannot_be_done_is_refused(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...], title: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    status, facts = review(workspace, capsys, Path("review.pptx"), *options)
    assert status == 2
    assert facts["error"]["title"] == title
    assert [entry.name for entry in tmp_path.iterdir()] == ["workspace"]


def test_an_empty_workspace_has_no_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, facts = review(Workspace(tmp_path / "empty"), capsys, tmp_path / "review.html")
    assert (status, facts["error"]["title"]) == (2, "Nothing is loaded")


def test_a_link_to_other_pages_gives_no_review(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = main(["link", "create", "--workspace", str(workspace.folder), "--page", "retention", "--json"])
    assert link == 0
    link_id = json.loads(capsys.readouterr().out)["id"]
    assert len(links.links(workspace)) == 1
    status, facts = review(workspace, capsys, tmp_path / "review.html", "--reader", f"link:{link_id}")
    assert (status, facts["error"]["title"]) == (2, "Not allowed")


def test_a_link_to_the_review_gives_what_its_readers_may_see(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = ["link", "create", "--workspace", str(workspace.folder), "--page", "review", "--hide", "money", "--json"]
    assert main([*link, "--where", "segment=Enterprise"]) == 0
    reader = f"link:{json.loads(capsys.readouterr().out)['id']}"
    file = tmp_path / "review.html"
    assert review(workspace, capsys, file, "--reader", reader, "--hide", "names")[0] == 0
    text = file.read_text(encoding="utf-8")
    assert "Segment: Enterprise" in text
    assert "Zephyr" not in text
    assert main(["digest", "--workspace", str(workspace.folder), "--reader", reader]) == 0
    printed = capsys.readouterr().out
    assert "Segment: Enterprise" in printed
    assert "Zephyr Alder" not in printed


def test_a_started_review_is_written_as_it_was_frozen(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_review(workspace, "2026Q3")
    main(["load", "--workspace", str(workspace.folder), str(more_lines(tmp_path))])
    capsys.readouterr()
    file = tmp_path / "review.html"
    assert review(workspace, capsys, file)[1]["review"] == "2026Q3"
    assert "load 1 of" in file.read_text(encoding="utf-8")
    assert review(workspace, capsys, file, "--current")[1]["review"] is None
    assert "load 2 of" in file.read_text(encoding="utf-8")


def more_lines(folder: Path) -> Path:
    file = folder / "more.csv"
    file.write_text("subscription_id,account_id,start_date,end_date,mrr\nS-9,A-1,2026-09-01,,900\n", encoding="utf-8")
    return file


def test_the_digest_is_printed_or_written(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["digest", "--workspace", str(workspace.folder)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# Customer digest: ")
    file = tmp_path / "digest.md"
    assert run(workspace, capsys, "digest", "--out", str(file))[0] == 0
    assert file.read_text(encoding="utf-8") == printed
    page = tmp_path / "digest.html"
    assert run(workspace, capsys, "digest", "--out", str(page), "--days", "28", "--hide", "names")[0] == 0
    assert "Zephyr" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [("--out", "digest.docx"), ("--days", "0"), ("--days", "400")])
def test_a_digest_that_cannot_be_made_is_refused(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert run(workspace, capsys, "digest", *options)[0] == 2
