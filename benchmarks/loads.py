"""Loads through our intake: small files against pandas and a bare DuckDB table, large ones against the bare reader.

Each load runs in a process of its own, so that its time holds no imports and its memory is its own. Memory is the
greatest that the process and those it started have had, each at its own worst moment, above what it held before the
load, as the system tells (on Linux; elsewhere it is not measured). Pages of mapped files count too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.large import accounts, csv, tickets, usage, workbook
from benchmarks.pairs import Pairs
from tests.browser.server import ROOT

SHARED = Path(os.environ.get("CS_DASH_SHARED_DATA") or ROOT.parent / "shared" / "data")
ROWS = 1_000_000
LOOK = "first look at "
"""How the titles begin of what is looked at only, as the page does before a load."""
Say = Callable[[str], None]


def measure(rounds: int, say: Say) -> tuple[Pairs, Pairs]:
    """Return the times in seconds and the greatest memory in MB; the part is the rows that were read."""
    seconds, memory = Pairs("s"), Pairs("MB")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, files, times, floor in _cases(folder, rounds, say):
            say(f"Loading {title}.")
            mine = "look" if title.startswith(LOOK) else "ours"
            for turn in range(times):
                sides = (mine, floor) if turn % 2 else (floor, mine)
                took = {side: _child(side, files, folder / f"{title}-{side}-{turn}") for side in sides}
                ours, bare = took[mine], took[floor]
                if ours["rows"] != bare["rows"]:
                    say(f"Ours read {ours['rows']} rows, the floor {bare['rows']}.")
                seconds.add("load", title, ours["seconds"], bare["seconds"], ours["rows"])
                if bare["megabytes"]:
                    memory.add("load", title, ours["megabytes"], bare["megabytes"], ours["rows"])
        for turn in range(min(rounds, 3)):
            say("Asking questions while a million rows load.")
            waited = _child("neighbour", [folder / "tickets.csv"], folder / f"neighbour-{turn}")
            seconds.add("load", "another reader meanwhile", waited["meanwhile"], waited["alone"], waited["asked"])
    return seconds, memory


def _cases(folder: Path, rounds: int, say: Say) -> list[tuple[str, list[Path], int, str]]:
    """What is loaded, how often, and against what."""
    demo = sorted(file for file in (ROOT / "data").iterdir() if file.suffix in (".csv", ".xlsx"))
    cases = [("the demo company", demo, rounds, "pandas")]
    real = SHARED / "ravenstack" / "ravenstack_feature_usage.csv"
    if real.exists():
        cases.append(("25,000 rows of usage", [real], rounds, "pandas"))
    else:
        say(f"Not measured: {real.name}, which is not part of this project and not here.")
    large = folder / "usage.csv"
    usage(ROWS, large, users=True)
    say("Writing the large files.")
    export, text, book = tickets(), folder / "tickets.csv", folder / "tickets.xlsx"
    looked_at = folder / "look" / "tickets.csv"
    looked_at.parent.mkdir()
    csv(tickets(3_300_000), looked_at)
    used = folder / "look" / "usage.csv"
    usage(12_000_000, used)
    csv(export, text)
    workbook(export, book)
    accounts(folder / "accounts.csv")
    return [
        *cases,
        ("usage.csv, 1,000,000 x 5, without ids", [large], min(rounds, 3), "table"),
        ("tickets.csv, 1,000,000 x 12", [text], rounds, "table"),
        (f"{LOOK}500 MB, 3,300,000 x 12", [looked_at], min(rounds, 3), "table"),
        (f"{LOOK}450 MB, 12,000,000 x 4, without ids", [used], min(rounds, 3), "table"),
        ("tickets.xlsx, 1,000,000 x 12", [book], min(rounds, 3), "cells"),
    ]


def _child(side: str, files: list[Path], target: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.one_load", side, str(target), *map(str, files)]
    with tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
        process = subprocess.Popen(command, cwd=ROOT, stdout=stdout, stderr=stderr)
        peaks: dict[int, int] = {}
        while process.poll() is None:
            for pid in _family(process.pid):
                peaks[pid] = max(peaks.get(pid, 0), _greatest(pid))
            time.sleep(0.05)
        stdout.seek(0)
        stderr.seek(0)
        if process.returncode:
            why = stderr.read()[-4000:]
            raise RuntimeError(f"Could not measure a load because it ended with status {process.returncode}.\n{why}")
        figures: dict[str, float] = json.loads(stdout.read().splitlines()[-1])
    peak = sum(peaks.values()) / 1024
    return figures | {"megabytes": peak and peak - figures.get("idle", 0.0)}


def _family(pid: int) -> list[int]:
    """Return a process and the processes that it started; only itself where the system does not say."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(descendant for child in children for descendant in _family(int(child)))]


def _greatest(pid: int) -> int:
    """Return the greatest memory that a process has had, in KB; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
