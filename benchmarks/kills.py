"""Kills commands at chosen moments and looks at what is left: `python -m benchmarks.kills --times 300`.

A workspace must hold what it held before, or what the whole command makes of it; the same command, given again, must
make just that; and after the next load nothing of the killed one lies about. A third of the kills come at any moment, a
third around the commit that counts, a third between it and the end of the process.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import faulty
from cs_dash.store import state

ANY, AROUND, AFTER = "at any moment", "around the commit", "between commit and exit"


@dataclass
class Whole:
    """A command that nobody killed: what it makes, how long it takes, and where its last commit is.

    Attributes:
        old: what the workspace held before.
        new: what it held afterwards.
        commits: how many commits to the state there were.
        seconds: from the start to the end.
        after: from the last commit to the end.
    """

    old: str
    new: str
    commits: int = 0
    seconds: float = 0.0
    after: float = 0.0


@dataclass
class Figures:
    """What came of the kills, by command and moment."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[str] = field(default_factory=list)


def _telling(pipe: int) -> None:
    """Have this process tell, by a byte each, that a commit to the state begins (b) and that it is done (c)."""
    atomic = state._atomic

    @contextmanager
    def reporting(connection: state.Connection, *, write: bool) -> Iterator[None]:
        with atomic(connection, write=write):
            yield
            if write:
                os.write(pipe, b"b")
        if write:
            os.write(pipe, b"c")

    state._atomic = reporting


def disturbed(
    workspace: Path, command: faulty.Command, moment: str, whole: Whole, wait: float
) -> tuple[int, float, list[float]]:
    """Run a command, kill it at its moment, and return (exit status, seconds, when each commit was done)."""
    reading, writing = os.pipe()

    def work() -> int:
        os.close(reading)
        _telling(writing)
        return faulty.run(workspace, command.arguments)

    start = time.monotonic()
    process = faulty.started(work)
    os.close(writing)
    done: list[float] = []
    begun_commits = 0
    deadline = start + wait if moment == ANY else None
    while True:
        ready = select.select([reading], [], [], max(deadline - time.monotonic(), 0) if deadline else None)[0]
        if not ready:
            os.kill(process, signal.SIGKILL)
            deadline = None
            continue
        signal_byte = os.read(reading, 1)
        if not signal_byte:
            break
        done += [time.monotonic()] * (signal_byte == b"c")
        begun_commits += signal_byte == b"b"
        if moment == AROUND and signal_byte == b"b" and begun_commits == whole.commits:
            deadline = time.monotonic() + wait
        if moment == AFTER and signal_byte == b"c" and len(done) == whole.commits:
            deadline = time.monotonic() + wait
    os.close(reading)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return status, time.monotonic() - start, done


def undisturbed(base: Path, folder: Path, command: faulty.Command) -> Whole:
    """Run a command without any kill, and return what there is to know of it."""
    workspace = faulty.fresh(base, folder / "whole")
    whole = Whole(faulty.contents(workspace), "")
    faulty.fresh(base, workspace)  # a look at an empty one makes its list of versions
    start = time.monotonic()
    status, whole.seconds, done = disturbed(workspace, command, "", whole, 0.0)
    if status != 0:
        raise RuntimeError(f"{command.arguments} ended with {status}")
    whole.commits, whole.after = len(done), start + whole.seconds - done[-1]
    whole.new = faulty.contents(workspace)
    return whole


def kill_once(
    name: str,
    folder: Path,
    base: Path,
    command: faulty.Command,
    whole: Whole,
    moment: str,
    next_file: str,
    figures: Figures,
) -> None:
    """Kill a command once, look at what is left, give it again, sweep, and count."""
    wait = {
        ANY: random.uniform(0, whole.seconds),
        AROUND: random.uniform(0, 0.002),
        AFTER: random.uniform(0, whole.after / 2),
    }
    workspace = faulty.fresh(base, folder / "killed")
    status, _, done = disturbed(workspace, command, moment, whole, wait[moment])
    if status != -signal.SIGKILL:
        figures.outcomes[name]["ended before the kill"] += 1
    else:
        figures.kills[name, AFTER if len(done) == whole.commits else "before the commit"] += 1
    held = faulty.contents(workspace)
    outcome = "new" if held == whole.new else "old" if held == whole.old else held
    figures.outcomes[name][outcome] += 1
    where = f"{name}, {moment}, {wait[moment]:.4f} s, {len(done)} of {whole.commits} commits"
    if held not in (whole.old, whole.new):
        figures.faults.append(f"{where}: {held}")
        return
    if len(done) == whole.commits and held != whole.new:
        figures.faults.append(f"{where}: committed, but the old one is there")
    if held == whole.old != whole.new:
        faulty.must(workspace, command.arguments)
        if faulty.contents(workspace) != whole.new:
            figures.faults.append(f"{where}: given again, it makes something else")
    faulty.must(workspace, ("load", next_file))
    if left := faulty.left_behind(workspace):
        figures.faults.append(f"{where}: left behind {left}")


def main() -> int:
    """Kill, and print what came of it; 1 where anything was neither old nor new, or left behind."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--times", type=int, default=300, help="how many kills (default: 300)")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    random.seed(chosen.seed)
    figures = Figures()
    with faulty.temporary_folder() as folder:
        paths = faulty.files(folder)
        bases = faulty.bases(folder, paths)
        listed = faulty.commands(paths)
        wholes = {name: undisturbed(bases[command.base], folder, command) for name, command in listed.items()}
        with suppress(KeyboardInterrupt):  # what came of it until then is printed
            for turn in range(chosen.times):
                name = list(listed)[turn % len(listed)]
                moment = (ANY, AROUND, AFTER)[turn // len(listed) % 3]
                command = listed[name]
                kill_once(name, folder, bases[command.base], command, wholes[name], moment, paths["next"], figures)
                if sys.stderr.isatty() or turn % 25 == 24:
                    print(f"{turn + 1} of {chosen.times}, {len(figures.faults)} faults", file=sys.stderr, flush=True)
    for name, whole in wholes.items():
        before, after = figures.kills[name, "before the commit"], figures.kills[name, AFTER]
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(figures.outcomes[name].items()))
        took = f"{whole.seconds:.2f} s, {whole.after * 1000:.0f} ms of it after the commit"
        print(f"{name} ({took}): killed {before} times before the commit, {after} times after it; {outcomes}")
    killed = sum(figures.kills.values())
    after = sum(count for (_, moment), count in figures.kills.items() if moment == AFTER)
    print(f"{killed} kills, {after} of them between commit and exit; {len(figures.faults)} faults")
    print("\n".join(figures.faults))
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
