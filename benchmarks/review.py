"""How long a review takes from a command to its file: `python -m benchmarks.review WORKSPACE QUARTER`.

Each kind of file is made by a process of its own, as cron would, on two threads; then the questions of the deck are
asked once more, one after the other, to see which of them take the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import current_decisions
from cs_dash.decisions.audits import audits
from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.metrics import open_warehouse
from cs_dash.review.asking import ask_of
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.exports import EXPORTS
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace

SLOWEST = 10


def main() -> None:
    """Print seconds waited, seconds of work and memory for each kind of file, and the slowest questions."""
    folder, quarter = Path(sys.argv[1]), Quarter.of(sys.argv[2])
    print(f"load before the start: {os.getloadavg()[0]:.1f}\nkind   waited    work  memory")
    for suffix in EXPORTS:
        _file(folder, quarter, suffix)
    _questions(Workspace(folder), quarter)


def _file(folder: Path, quarter: Quarter, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "cs_dash", "review", "--quarter", str(quarter), "--workspace", str(folder)]
        started = time.monotonic()
        process = subprocess.Popen([*command, "--out", str(Path(out) / f"review.{suffix}")], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        waited, worked = time.monotonic() - started, usage.ru_utime + usage.ru_stime
        assert process.returncode == 0, suffix
    print(f"{suffix:5} {waited:6.1f} s {worked:5.1f} s {usage.ru_maxrss >> 10:4} MB", flush=True)


def _questions(workspace: Workspace, quarter: Quarter) -> None:
    version = workspace.current()
    assert version is not None
    artifacts = pipeline.derived_artifacts(workspace, version)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    uncounted, times = ask_of(warehouse, audits(workspace)), defaultdict[str, float](float)

    def ask(question: str, scope: Scope, options: Mapping[str, str]) -> Answer:
        started = time.process_time()
        answer = uncounted(question, scope, options)
        times[question] += time.process_time() - started
        return answer

    numbers = ReviewNumbers(version.number, version.created_at, "", version.newest_day)
    review_deck(ask, quarter, numbers=numbers)
    warehouse.close()
    print(f"\nall questions: {sum(times.values()):.1f} s of work")
    for seconds, question in sorted(((spent, name) for name, spent in times.items()), reverse=True)[:SLOWEST]:
        print(f"{question:24} {seconds:6.2f} s")


if __name__ == "__main__":
    main()
