"""What `kills` and `full_disk` share: a small company, commands on it, and what a workspace holds afterwards."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cs_dash.cli import commands as _imported_once  # noqa: F401
from cs_dash.cli.main import main as run_command
from cs_dash.decisions import log
from cs_dash.decisions.kinds import all_kinds
from cs_dash.metrics import open_warehouse
from cs_dash.schema.tables import TABLES
from cs_dash.store.workspace import Workspace

ACCOUNTS = 300


@dataclass(frozen=True)
class Command:
    """A command to be disturbed.

    Attributes:
        base: the workspace that it begins with: a name of `bases`.
        arguments: what is typed; the workspace is added.
    """

    base: str
    arguments: tuple[str, ...]


def files(folder: Path) -> dict[str, str]:
    """Write the company's files and return their paths by name."""
    accounts = [f"A{n},Account {n},{'SMB' if n % 3 else 'Enterprise'}" for n in range(ACCOUNTS)]
    lines = [f"S{n},A{n},202{n % 5}-01-01,,{100 + n},{'USD' if n % 7 else 'EUR'}" for n in range(ACCOUNTS)]
    churn = [f"C{n},A{n},2025-0{1 + n % 9}-03,Nobody answered" for n in range(0, ACCOUNTS, 9)]
    tickets = [f"T{n},A{n},2025-0{1 + n % 9}-02 10:00,How do I export {n}?,Tier 2" for n in range(ACCOUNTS)]
    contents = {
        "accounts": ["Account ID,Account name,Segment", *accounts],
        "subscriptions": ["Subscription ID,Account ID,Start date,End date,MRR,Currency", *lines],
        "rates": ["currency,date,rate", "EUR,2019-01-01,1.1"],
        "churn": ["churn_id,account_id,churn_date,reason", *churn],
        "tickets": ["Ticket ID,Account ID,Created at,Subject,Type", *tickets],
        "more": ["Account ID,Account name,Segment", *(f"B{n},More {n},SMB" for n in range(ACCOUNTS))],
        "next": ["Account ID,Account name", "C1,Next"],
        "labels": ["ticket_id,kind", *(f"T{n},defect" for n in range(30))],
    }
    paths = {name: folder / f"{name}.csv" for name in contents}
    for name, path in paths.items():
        path.write_text("\n".join(contents[name]) + "\n")
    return {name: str(path) for name, path in paths.items()}


def commands(paths: Mapping[str, str]) -> dict[str, Command]:
    """Return every command that writes, by name."""
    first = tuple(paths[name] for name in ("accounts", "subscriptions", "rates", "churn", "tickets"))
    return {
        "first load": Command("empty", ("load", *first)),
        "second load": Command("one", ("load", paths["more"], "--option", "dates=dmy")),
        "undo": Command("two", ("undo",)),
        "rebuild": Command("two", ("rebuild",)),
        "label": Command("two", ("label", paths["labels"])),
        "settings": Command("two", ("settings", "gross_margin=71 %", "benchmark_nrr=95 % to 105 %")),
        "currency": Command("two", ("settings", "currency=EUR", "gross_margin=71 %")),
        "decision": Command("two", ("place", "Nobody answered", "Service")),
    }


def bases(folder: Path, paths: Mapping[str, str]) -> dict[str, Path]:
    """Make the workspaces that commands begin with, and return them by name."""
    named = {name: folder / name for name in ("empty", "one", "two")}
    named["empty"].mkdir()
    listed = commands(paths)
    must(named["one"], listed["first load"].arguments)
    shutil.copytree(named["one"], named["two"])
    must(named["two"], listed["second load"].arguments)
    return named


def must(workspace: Path, arguments: tuple[str, ...]) -> None:
    """Run a command that has to succeed, in a process of its own."""
    status = in_a_process(lambda: run(workspace, arguments))
    if status != 0:
        raise RuntimeError(f"{arguments[0]} ended with {status}")


def run(workspace: Path, arguments: tuple[str, ...]) -> int:
    """Run a command in this process, and return its exit status."""
    return run_command([*arguments, "--workspace", str(workspace)])


def in_a_process(work: Callable[[], int], errors: Path | None = None) -> int:
    """Do something in a process that has everything imported already, and return its exit status (-9: killed)."""
    return os.waitstatus_to_exitcode(os.waitpid(started(work, errors), 0)[1])


def started(work: Callable[[], int], errors: Path | None = None) -> int:
    """Start what `in_a_process` does, and return the number of its process; this one must never open a database."""
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if errors else quiet, 2)
        status = 1
        try:
            status = work()
        except BaseException:
            traceback.print_exc()
        atexit._run_exitfuncs()  # what an ending process does; the frames above belong to the other one
        sys.stderr.flush()
        os._exit(status)
    return process


def contents(workspace: Path) -> str:
    """Return a digest of all that a workspace holds, without times: versions, rows, decisions; "broken: ..." if not."""
    with tempfile.NamedTemporaryFile("r") as listing:
        in_a_process(lambda: _tell(workspace, Path(listing.name)))
        return Path(listing.name).read_text()


def _tell(workspace: Path, into: Path) -> int:
    try:
        opened = Workspace(workspace)
        held: list[object] = [
            (version.number, version.parent, version.undone, version.summary.get("uploads"))
            for version in opened.state.versions()
        ]
        for version in opened.state.versions():
            warehouse = open_warehouse(opened.file_of(version))
            for table in (*TABLES, "load_problems"):
                rows = warehouse(table).to_pylist()
                held.append((version.number, table, sorted(repr(row) for row in rows)))
            warehouse.close()
        decisions = log.in_force(opened, *all_kinds())
        held += sorted((row.kind, row.subject, json.dumps(row.value)) for row in decisions)
        into.write_text(hashlib.sha256(repr(held).encode()).hexdigest()[:16])
    except Exception as error:
        into.write_text(f"broken: {type(error).__name__}: {error}")
    return 0


def left_behind(workspace: Path) -> list[str]:
    """Return the files of a workspace that belong to no version, no kept upload and no artifact, after a sweep."""
    expected = {"lock", "state.sqlite", "state.sqlite-wal", "state.sqlite-shm"}
    with tempfile.NamedTemporaryFile("r") as listing:

        def tell() -> int:
            opened = Workspace(workspace)
            numbers = [f"versions/{version.number:06d}.duckdb" for version in opened.state.versions()]
            Path(listing.name).write_text("\n".join(numbers))
            return 0

        in_a_process(tell)
        expected |= set(Path(listing.name).read_text().split("\n"))
    left = []
    for path in workspace.rglob("*"):
        name = path.relative_to(workspace).as_posix()
        hidden = path.name.startswith(".")
        derived_or_kept = name.split("/")[0] in ("uploads", "words", "kinds", "topics") and not hidden
        if path.is_file() and name not in expected and not derived_or_kept:
            left.append(name)
    return sorted(left)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards; a `TemporaryDirectory` would be gone with any process that is forked."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh(base: Path, into: Path) -> Path:
    """Return a fresh copy of a workspace in the place of another."""
    with suppress(FileNotFoundError):
        shutil.rmtree(into)
    shutil.copytree(base, into)
    return into
