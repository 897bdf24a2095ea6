"""How long a reader's copy of a large company takes: `python -m benchmarks.copies [ACCOUNTS [TICKETS]]`.

While each copy is made, another reader asks a question again and again, and the workspace is held for writing, as by a
load: neither may wait for the copy.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.roadmap import ACCOUNTS, TICKETS, loaded
from cs_dash import pipeline
from cs_dash.decisions import current_decisions, labels
from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.sharing import Limits, Reader
from cs_dash.sharing.copies import workspace_for
from cs_dash.store.workspace import Workspace

LIMITS = {
    "all accounts, names and money hidden": Limits(hide_names=True, hide_money=True),
    "a third of the accounts": Limits((("segment", ("SMB",)),)),
    "a third, names and money hidden": Limits((("segment", ("SMB",)),), hide_names=True, hide_money=True),
}


def main() -> None:
    """Make each copy, then renew it after a label, and print the times."""
    accounts, tickets = (*map(int, sys.argv[1:3]), *(ACCOUNTS, TICKETS)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as folder:
        workspace = loaded(Path(folder), accounts, tickets)
        print(f"{accounts:,} accounts, {tickets:,} tickets: seconds waited, seconds of work")
        print(f"{'a question, nothing else running':56} {statistics.median(_asked(workspace, times=5)):6.2f}")
        for name, limits in LIMITS.items():
            reader = Reader("person", "pm@us.example", limits=limits)
            with workspace.writing(), _Asking(workspace) as asking:
                _timed(f"made: {name}", workspace, reader)
            print(f"{'  another reader meanwhile, median and longest':56} {asking.words()}")
            labels.add(workspace, [("T-1", "defect" if "money" in name else "billing")])
            _timed("  renewed after a label", workspace, reader)
            _timed("  looked up", workspace, reader)


def _timed(title: str, workspace: Workspace, reader: Reader) -> None:
    started, worked = time.monotonic(), time.process_time()
    workspace_for(workspace, reader, wait=True)
    print(f"{title:56} {time.monotonic() - started:6.2f} {time.process_time() - worked:6.2f}", flush=True)


def _asked(workspace: Workspace, times: int | None = None, stop: threading.Event | None = None) -> list[float]:
    """Return how many seconds each of several questions took, none of them asked before."""
    version = workspace.current()
    assert version is not None
    artifacts = pipeline.derived_artifacts(workspace, version)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    seconds: list[float] = []
    while (times is not None and len(seconds) < times) or (stop is not None and not stop.is_set()):
        started = time.monotonic()
        scope = Scope(period="all", filters=(("csm", (f"CSM {len(seconds) % 40}",)),))
        catalogue.ask(warehouse, "support.kinds", scope)
        seconds.append(time.monotonic() - started)
    warehouse.close()
    return seconds


class _Asking:
    """Another reader, who asks until the copy is made."""

    def __init__(self, workspace: Workspace) -> None:
        self._stop, self._seconds = threading.Event(), [0.0]
        self._thread = threading.Thread(target=lambda: self._seconds.extend(_asked(workspace, stop=self._stop)))

    def __enter__(self) -> _Asking:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def words(self) -> str:
        """Return the median and the longest time."""
        return f"{statistics.median(self._seconds[1:] or [0.0]):6.2f} {max(self._seconds):6.2f}"


if __name__ == "__main__":
    main()
