"""Twenty readers for some minutes while files are loaded and loads undone: what goes wrong, and how memory grows.

Each reader is a websocket session that goes from page to page and scope to scope. The loads and undos come from the
command line, as another process that writes into the same workspace.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks.pages import PAGES, demo, ours, path
from benchmarks.prefetch import READERS, timed, walk
from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.browser.server import ROOT
from tests.websocket_reader import Reader

PAUSE = (0.5, 3.0)
"""Seconds between two views of one reader: between these, evenly."""
WRITE_EVERY = 20.0
"""Seconds between a load and the undo of it, and before the next load."""
SCOPES = 20
"""Scopes between which one reader changes."""
SURVEYS = 50
"""Rows of each load."""
SAMPLES = 10
"""Looks at the memory, one a second, for each figure: what single queries hold comes and goes."""
Say = Callable[[str], None]


@dataclass
class Soak:
    """What was seen so far; memory in MB by the seconds since the start."""

    end: float
    milliseconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    writes: int = 0
    memory: dict[float, float] = field(default_factory=dict)

    @property
    def goes_on(self) -> bool:
        """Whether the time is not over."""
        return time.monotonic() < self.end


def measure(minutes: float, say: Say) -> str:
    """Run for so many minutes and return errors and memory in words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = folder / "workspace"
        demo(workspace)
        _derive(workspace)
        with ours(workspace, folder, prefetch=True) as base:
            soak = asyncio.run(_run(base, workspace, minutes, say))
        log = (folder / "ours.log").read_text(encoding="utf-8", errors="replace")
    soak.errors.update({"in the server's log": log.count("Traceback")} if "Traceback" in log else {})
    first, last = soak.memory[min(soak.memory)], soak.memory[max(soak.memory)]
    lines = [f"{count} x {error}" for error, count in soak.errors.most_common()] or ["No error of any kind."]
    return "\n".join(
        [
            f"{READERS} readers, {minutes:.0f} minutes, {len(soak.milliseconds)} views (median"
            f" {median(soak.milliseconds):.0f} ms, 95 % quantile {quantiles(soak.milliseconds, n=20)[-1]:.0f} ms),"
            f" {soak.writes} loads and undos.",
            f"Memory {first:.0f} MB after the first minute, {last:.0f} MB at the end ({last / first - 1:+.0%}),"
            f" {max(soak.memory.values()):.0f} MB at the most.",
            *lines,
        ]
    )


def _derive(workspace: Path) -> None:
    """Derive what follows the load, as it is in a workspace that is in use."""
    used = Workspace(workspace)
    version = used.current()
    assert version is not None
    pipeline.derive_artifacts(used, version)


async def _run(base: str, workspace: Path, minutes: float, say: Say) -> Soak:
    start = time.monotonic()
    soak = Soak(start + minutes * 60)
    tasks = [_read(base, number, soak) for number in range(READERS)]
    await asyncio.gather(_write(workspace, soak), _watch(base, start, soak, say), *tasks)
    return soak


async def _read(base: str, number: int, soak: Soak) -> None:
    """Go from page to page as one reader until the time is over."""
    chance = random.Random(number)
    addresses = [(), *walk(chance, SCOPES)]
    async with Reader(base) as reader:
        while soak.goes_on:
            page = path(chance.choice(PAGES))
            try:
                view, milliseconds = await timed(reader.visit(page, chance.choice(addresses)))
            except Exception as error:
                soak.errors[f"{page or 'overview'}: {error!r}"] += 1
                raise
            soak.milliseconds.append(milliseconds)
            soak.errors.update(f"{page or 'overview'}: {error}" for error in view.errors())
            await asyncio.sleep(chance.uniform(*PAUSE))


async def _write(workspace: Path, soak: Soak) -> None:
    """Load new surveys and undo the load, in turn, until the time is over."""
    file = workspace.parent / "surveys.csv"
    while soak.goes_on:
        rows = (f"SOAK-{soak.writes}-{row},ACC-{1001 + row},NPS,2026-06-01,{row % 11}" for row in range(SURVEYS))
        file.write_text("\n".join(["Survey ID,Account ID,Survey,Answered On,Score", *rows]), encoding="utf-8")
        for command in (("load", str(file)), ("undo",)):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "cs_dash", *command, "--workspace", str(workspace)),
                cwd=ROOT,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            output, _ = await process.communicate()
            if process.returncode:
                soak.errors[f"{command[0]}: {output.decode()[-300:]}"] += 1
            soak.writes += 1
            await asyncio.sleep(WRITE_EVERY)


async def _watch(base: str, start: float, soak: Soak, say: Say) -> None:
    """Write down the server's memory each minute, from the first on: what it mostly had in the last seconds of it."""
    port = base.rpartition(":")[2]
    while soak.goes_on:
        await asyncio.sleep(min(60.0, max(soak.end - time.monotonic(), 0.1)) - 1.0 * SAMPLES)
        samples = []
        for _ in range(SAMPLES):
            await asyncio.sleep(1.0)
            samples.append(memory(port))
        seconds = time.monotonic() - start
        soak.memory[seconds] = median(samples)
        say(f"{len(soak.milliseconds)} views, {soak.errors.total()} errors, {soak.memory[seconds]:.0f} MB")


def memory(port: str) -> float:
    """Return the memory that the server on a port has now, in MB; 0 where the system does not say."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"--server.port\0{port}\0".encode() in (process / "cmdline").read_bytes():
                lines = (process / "status").read_text().splitlines()
                return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
        except (OSError, StopIteration):
            continue
    return 0.0
