"""The watched folder and standard input, as a process of their own: what cron and systemd see."""

from __future__ import annotations

import gzip
import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cs_dash.cli import watch
from cs_dash.cli.main import main
from cs_dash.store.disk import CHUNK
from cs_dash.store.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = "Account ID,Account name,Segment\nA1,Nordwind,SMB\nA2,Helio Bank,Enterprise\n"
MORE = "Account ID,Account name,Segment\nA3,Tessera,SMB\n"
LONG = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "cs_dash", *map(str, arguments)]


Once = Callable[[], tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def once_here(folder: Path, workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> Once:
    """Look once in this process: exit status, reports, errors."""

    def look() -> tuple[int, list[dict[str, Any]], str]:
        status = main(["watch", str(folder), "--once", "--json", "--workspace", str(workspace.folder)])
        printed = capsys.readouterr()
        return status, [json.loads(line) for line in printed.out.splitlines()], printed.err

    return look


def once(folder: Path, workspace: Workspace) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        command("watch", folder, "--once", "--json", "--workspace", workspace.folder),
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONG,
    )  # fmt: skip
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_all_new_files_of_a_look_are_one_load_and_none_comes_twice(
    folder: Path, workspace: Workspace, once_here: Once
) -> None:
    (folder / "accounts.csv").write_text(ACCOUNTS)
    (folder / "tickets.csv").write_text("Ticket ID,Account,Created at,Subject\n1,A1,2026-09-01,How?\n")
    status, reports, err = once(folder, workspace)
    assert (status, err) == (0, "")
    assert [sorted(sheet["table"] for sheet in report["files"]) for report in reports] == [["accounts", "tickets"]]
    assert [version.number for version in workspace.state.versions()] == [1]
    assert sorted(path.name for path in folder.iterdir()) == ["accounts.csv", "tickets.csv"]
    # Nothing is new, nor is the same content under another name.
    (folder / "copy of accounts.csv").write_text(ACCOUNTS)
    assert once_here() == (0, [], "")
    # A file that changed is new.
    (folder / "accounts.csv").write_text(ACCOUNTS + "A3,Tessera,SMB\n")
    status, reports, _ = once_here()
    assert (status, [sheet["file"] for sheet in reports[0]["files"]], reports[0]["version"]) == (0, ["accounts.csv"], 2)


def test_what_nobody_can_use_is_told_and_remembered(folder: Path, once_here: Once) -> None:
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    status, reports, _ = once_here()
    assert status == 1
    assert "PNG" in reports[0]["ignored"][0]["why"]
    assert once_here()[:2] == (0, [])


@pytest.mark.parametrize(
    "name", [".accounts.csv", "~$accounts.xlsx", "accounts.csv.part", "accounts.csv.crdownload", "accounts.tmp"]
)
def test_names_of_unfinished_files_are_left(name: str, folder: Path, workspace: Workspace) -> None:
    (folder / name).write_text(ACCOUNTS)
    looking = watch.Watch(folder, workspace, lambda _: None)
    assert (looking.look(), looking.look()) == ([], [])


def test_a_file_is_whole_when_two_looks_agree(folder: Path, workspace: Workspace) -> None:
    file = folder / "accounts.csv"
    file.write_text(ACCOUNTS)
    looking = watch.Watch(folder, workspace, lambda _: None)
    assert looking.look() == []
    file.write_text(ACCOUNTS + MORE)
    assert looking.look() == []
    assert looking.look() == [file]


@pytest.mark.skipif(not Path("/proc/self/fdinfo").is_dir(), reason="only Linux tells what is open")
def test_a_file_that_is_still_open_for_writing_is_left(folder: Path, workspace: Workspace) -> None:
    file = folder / "accounts.csv"
    looking = watch.Watch(folder, workspace, lambda _: None)
    with file.open("w") as stream:
        stream.write(ACCOUNTS)
        stream.flush()
        assert (looking.look(), looking.look()) == ([], [])
    with file.open():
        assert looking.look() == [file]


class Running:
    """A watch that runs until it is told to stop, and the lines it prints."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        arguments = ("watch", folder, "--every", 0.2, "--json", "--workspace", workspace.folder)
        self.process = subprocess.Popen(
            command(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stderr is not None
        assert "Watching" in self.process.stderr.readline()

    def next_line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = json.loads(self.process.stdout.readline())
        assert isinstance(line, dict)
        return line


@pytest.fixture
def running(folder: Path, workspace: Workspace) -> Iterator[Running]:
    held = Running(folder, workspace)
    yield held
    held.process.kill()
    held.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_goes_on_after_bad_files_and_ends_when_told(running: Running, folder: Path, number: signal.Signals) -> None:
    (folder / "notes.txt").write_text("\n")
    assert running.next_line()["ignored"][0]["file"] == "notes.txt"
    (folder / "accounts.csv").write_text(ACCOUNTS)
    assert running.next_line()["files"][0]["loaded"] == 2
    running.process.send_signal(number)
    assert running.process.wait(timeout=LONG) == 0


def test_a_busy_workspace_is_tried_again(running: Running, folder: Path, workspace: Workspace) -> None:
    with workspace.writing():
        (folder / "accounts.csv").write_text(ACCOUNTS)
        assert running.next_line()["error"]["title"] == "Another load is running"
        time.sleep(0.6)  # tried again meanwhile, and not told again
    assert running.next_line()["files"][0]["loaded"] == 2


def test_a_fault_of_ours_ends_one_load_not_the_watch(
    folder: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages: list[object] = []
    looking = watch.Watch(folder, workspace, messages.append)
    (folder / "accounts.csv").write_text(ACCOUNTS)
    with monkeypatch.context() as broken:
        broken.setattr("cs_dash.pipeline.load", lambda *_, **__: 1 / 0)
        looking.once()
        looking.once()
    assert looking.usable is None
    assert [str(message) for message in messages] == [
        "Could not load accounts.csv because of an error: ZeroDivisionError('division by zero')."
    ]
    (folder / "more.csv").write_text(MORE)
    looking.once()
    assert looking.usable
    assert len(messages) == 2


def test_a_folder_that_is_none_and_a_time_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(tmp_path / "nowhere"), "--once", "--workspace", str(tmp_path / "w")]) == 2
    assert "because it is not a folder" in capsys.readouterr().err
    assert main(["watch", str(tmp_path), "--every", "0", "--workspace", str(tmp_path / "w")]) == 2
    assert main(["watch", str(tmp_path), "--option", "dats=dmy", "--workspace", str(tmp_path / "w")]) == 2
    assert "Did you mean dates" in capsys.readouterr().err


def excel() -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in ACCOUNTS.splitlines():
        sheet.append(line.split(","))
    book.save(out)
    return out.getvalue()


def test_standard_input_of_a_process(workspace: Workspace) -> None:
    done = subprocess.run(
        command("load", "-", "--json", "--workspace", workspace.folder),
        cwd=ROOT, input=gzip.compress(ACCOUNTS.encode("utf-16")), capture_output=True, check=False, timeout=LONG,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (sheet,) = json.loads(done.stdout)["files"]
    assert (sheet["file"], sheet["table"], sheet["loaded"]) == ("standard input", "accounts", 2)


@pytest.mark.parametrize("content", [ACCOUNTS.encode(), excel()])
def test_standard_input_of_any_format(
    content: bytes, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["load", "-", "--json", "--workspace", str(workspace.folder)]) == 0
    (sheet,) = json.loads(capsys.readouterr().out)["files"]
    assert (sheet["file"], sheet["table"], sheet["loaded"]) == ("standard input", "accounts", 2)


def test_standard_input_goes_to_disk_in_pieces(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    class Pipe(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            sizes.append(-1 if size is None else size)
            return super().read(size)

    class Stdin:
        buffer = Pipe(b"Account ID,Account name\n" + b"".join(b"A%d,Name %0900d\n" % (n, n) for n in range(4_000)))

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert main(["load", "-", "--workspace", str(workspace.folder)]) == 0
    assert len(sizes) > 3
    assert set(sizes) == {CHUNK}
    assert any((workspace.folder / "uploads").iterdir())
