"""The log for programs: with CS_DASH_LOG=json, one JSON object a line on standard error, without any data.

A message may quote a file, a value or a name. So a line has what is written in the program (the message without what
is filled into it), the type of an error and its place, and facts that `monitoring` was given.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Mapping

from cs_dash import monitoring
from cs_dash.monitoring import QUESTION, Fact, place_of

LOG_FORMAT = "CS_DASH_LOG"
JSON = "json"
SLOW_SECONDS = 1.0
"""A question that takes longer is written to the log."""
REFERENCE = "reference"
"""The number that a page shows beside an error; a record may bring it as `extra`."""


def is_json() -> bool:
    """Return whether the log is for programs."""
    return os.environ.get(LOG_FORMAT, "").strip().lower() == JSON


def write_json_lines() -> None:
    """From now on, write what happens, and every record of a logger that has no handler of its own, as JSON."""
    if not is_json():
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    handler.addFilter(_is_worth_a_line)
    logging.getLogger().handlers[:] = [handler]
    logging.captureWarnings(True)
    monitoring.listen(write)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Return whether a record is ours, or of a library that warns: the others tell of every request."""
    return record.name == "cs_dash" or record.levelno >= logging.WARNING


def write(kind: str, facts: Mapping[str, Fact]) -> None:
    """Write what happened, as far as it is worth a line: of questions, the slow ones only."""
    if kind != QUESTION:
        _say(_line("error" if "error" in facts else "info", kind, facts))
    elif float(facts.get("seconds", 0)) > SLOW_SECONDS:
        _say(_line("warning", "slow question", facts))


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _line(level: str, event: str, facts: Mapping[str, object]) -> str:
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"at": at, "level": level, "event": event, **facts})


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object, without what its message was filled with."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        facts: dict[str, object] = {"logger": record.name, "place": f"{record.module}.py:{record.lineno}"}
        # Only a message to be filled is sure to hold no values; ours are never put together before.
        if isinstance(record.msg, str) and (record.args or record.name == "cs_dash"):
            facts["text"] = record.msg
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            facts |= {"error": type(error).__name__, "place": place_of(error) or facts["place"]}
        if reference := getattr(record, REFERENCE, ""):
            facts[REFERENCE] = reference
        return _line(record.levelname.lower(), "error" if record.levelno >= logging.ERROR else "log", facts)
