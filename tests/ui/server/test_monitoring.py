"""A running server, watched by who runs it: measurements for this machine only, a log for programs, and no data."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from cs_dash.monitoring.log_lines import LOG_FORMAT
from cs_dash.store.workspace import Workspace
from cs_dash.ui.server.measurements import SECONDS, Measurements
from cs_dash.ui.server.warm_up import COMPUTE_AHEAD
from tests.browser.server import running_server
from tests.websocket_reader import Reader

SAMPLE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.e+]+')


def samples(text: str) -> dict[str, float]:
    """Return the samples of measurements, each line checked against the format."""
    values: dict[str, float] = {}
    for line in text.splitlines():
        if not re.fullmatch(r"# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))", line):
            assert SAMPLE.fullmatch(line), line
            name, _, number = line.rpartition(" ")
            values[name] = float(number)
    return values


def test_what_is_told_is_counted() -> None:
    measurements = Measurements()
    for seconds in (0.01, 0.02, 0.3, 99.0):
        measurements.hear("question", {"question": "churn.summary", "seconds": seconds})
    measurements.hear("question", {"question": "health.bands", "seconds": 0.3, "error": "KeyError"})
    measurements.hear("load", {"outcome": "published", "seconds": 2.5})
    measurements.hear("load", {"outcome": "failed", "error": "BadInput", "seconds": 0.5})
    measurements.hear("server started", {"version": "1"})
    values = samples(measurements.text())
    assert values['cs_dash_loads_total{outcome="published"}'] == values['cs_dash_loads_total{outcome="failed"}'] == 1
    assert values["cs_dash_load_seconds_total"] == 3.0
    assert values['cs_dash_errors_total{during="question"}'] == values['cs_dash_errors_total{during="load"}'] == 1
    name = "cs_dash_question_seconds"
    buckets = [values[f'{name}_bucket{{subject="churn",le="{bound}"}}'] for bound in (*SECONDS, "+Inf")]
    assert buckets == [1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4]  # a bound counts what is equal to it
    assert values[f'{name}_count{{subject="churn"}}'] == 4
    assert values[f'{name}_sum{{subject="churn"}}'] == pytest.approx(99.33)
    assert values[f'{name}_count{{subject="health"}}'] == 1


def test_a_value_of_a_label_is_escaped() -> None:
    measurements = Measurements()
    measurements.hear("load", {"outcome": 'a"b\\c\nd'})
    assert r'cs_dash_loads_total{outcome="a\"b\\c\nd"} 1' in measurements.text()


def test_a_server_is_watched_without_data(demo_workspace: Workspace, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"

    def answer(base: str, path: str, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(f"{base}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request) as opened:
                return opened.status, opened.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    async def watched(base: str) -> dict[str, float]:
        async with Reader(base) as reader:
            await reader.visit("churn", [("segment", "Enterprise")])
            return samples((await asyncio.to_thread(answer, base, "/metrics"))[1])

    with running_server(demo_workspace.folder, log, {LOG_FORMAT: "json", COMPUTE_AHEAD: "off"}) as base:
        values = asyncio.run(watched(base))
        text = answer(base, "/metrics")[1]
        for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            assert answer(base, "/metrics", **{header: "127.0.0.1"}) == (404, "Not found.")
        assert answer(base, "/healthz", **{"X-Forwarded-For": "192.0.2.1"}) == (200, '{"status":"ok"}')
        assert answer(base, "/churn", Host="elsewhere.example")[0] == 403
    assert values["cs_dash_sessions"] == 1
    assert values["cs_dash_resident_memory_bytes"] > 50e6
    assert values['cs_dash_question_seconds_count{subject="churn"}'] >= 1
    assert "Enterprise" not in text

    written = log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in written.splitlines() if not line.startswith("cs_dash is at")]
    events = [line["event"] for line in lines]
    assert events[-1] == "server stopped"
    assert "server started" in events
    refused = next(line for line in lines if line.get("text") == "Refused: %s")
    assert refused["level"] == "warning"
    assert "elsewhere" not in written
    assert "Enterprise" not in written
