"""What the server measures of itself, as text for Prometheus: for this machine only, and without data.

The format: https://prometheus.io/docs/instrumenting/exposition_formats/.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import runtime

from cs_dash import __version__, monitoring
from cs_dash.monitoring import LOAD, QUESTION, Fact
from cs_dash.ui.server.client_address import is_from_this_machine

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The upper bounds of the histogram of questions."""
MEDIA_TYPE = "text/plain; version=0.0.4"
Labels = tuple[tuple[str, str], ...]


class Measurements:
    """Counts what `monitoring` tells. Threads may share it."""

    def __init__(self) -> None:
        self._started = time.time()
        self._lock = threading.Lock()
        self._loads: Counter[str] = Counter()
        self._load_seconds = 0.0
        self._questions: dict[str, Counter[int]] = {}
        self._question_seconds: dict[str, float] = {}
        self._errors: Counter[str] = Counter()

    def hear(self, kind: str, facts: Mapping[str, Fact]) -> None:
        """Count what happened."""
        seconds = float(facts.get("seconds", 0))
        with self._lock:
            if kind == LOAD:
                self._loads[str(facts.get("outcome", ""))] += 1
                self._load_seconds += seconds
            elif kind == QUESTION:
                subject = str(facts.get("question", "")).partition(".")[0]
                self._questions.setdefault(subject, Counter())[bisect_left(SECONDS, seconds)] += 1
                self._question_seconds[subject] = self._question_seconds.get(subject, 0.0) + seconds
            if "error" in facts:
                self._errors[kind] += 1

    def text(self) -> str:
        """Return all of it in the format of Prometheus."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield from _family("cs_dash_info", "gauge", "The release.", {(("version", __version__),): 1})
        yield from _family("cs_dash_start_time_seconds", "gauge", "Start, in Unix time.", {(): round(self._started, 3)})
        uptime = round(time.time() - self._started, 3)
        yield from _family("cs_dash_uptime_seconds", "gauge", "Seconds since the start.", {(): uptime})
        yield from _family("cs_dash_sessions", "gauge", "Open browser tabs.", {(): sessions()})
        memory = resident_bytes()
        yield from _family("cs_dash_resident_memory_bytes", "gauge", "Memory of the process.", {(): memory})
        outcomes: dict[Labels, float] = {
            (("outcome", outcome),): count for outcome, count in sorted(self._loads.items())
        }
        yield from _family("cs_dash_loads_total", "counter", "Loads on the pages, dry runs included.", outcomes)
        yield from _family(
            "cs_dash_load_seconds_total", "counter", "Seconds spent on loads.", {(): round(self._load_seconds, 3)}
        )
        errors: dict[Labels, float] = {(("during", kind),): count for kind, count in sorted(self._errors.items())}
        yield from _family("cs_dash_errors_total", "counter", "Loads and questions that ended with an error.", errors)
        yield from self._histogram("cs_dash_question_seconds")

    def _histogram(self, name: str) -> Iterator[str]:
        yield f"# HELP {name} Seconds to compute an answer that was not in the cache, by subject."
        yield f"# TYPE {name} histogram"
        for subject, counts in sorted(self._questions.items()):
            label = ("subject", subject)
            sums = list(accumulate(counts[place] for place in range(len(SECONDS) + 1)))
            for bound, count in zip((*map(str, SECONDS), "+Inf"), sums, strict=True):
                yield f"{name}_bucket{_written((label, ('le', bound)))} {count}"
            yield f"{name}_sum{_written((label,))} {round(self._question_seconds[subject], 4)}"
            yield f"{name}_count{_written((label,))} {sums[-1]}"


def _family(name: str, kind: str, meaning: str, samples: Mapping[Labels, float]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    yield from (f"{name}{_written(labels)} {number}" for labels, number in samples.items())


def _written(labels: Labels) -> str:
    def escaped(value: str) -> str:
        return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels) + "}" if labels else ""


def sessions() -> int:
    """Return how many tabs are connected; Streamlit counts them, and does not publish it."""
    return runtime.get_instance()._session_mgr.num_active_sessions() if runtime.exists() else 0


def resident_bytes() -> int:
    """Return how much memory the process has; where the system does not say, the most it ever had."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


MEASUREMENTS = Measurements()


async def metrics(request: Request) -> PlainTextResponse:
    """Answer with the measurements to this machine itself; for everybody else there is nothing here."""
    if not is_from_this_machine(request.scope):
        return PlainTextResponse("Not found.", 404)
    return PlainTextResponse(MEASUREMENTS.text(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def routes() -> list[Route]:
    """Return the route, and listen from now on."""
    monitoring.listen(MEASUREMENTS.hear)
    return [Route("/metrics", metrics)]
