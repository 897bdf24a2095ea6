"""JSON files: a list of records, or one record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from cs_dash.intake.formats.raw_sheets import NoRecords, RawSheet, raw_sheet
from cs_dash.intake.formats.registry import Format

_BEGINNING = re.compile(r"[\[{]\s*[\[{\"}\]]")


def read(path: Path, _: str | None) -> list[RawSheet]:
    """Return JSON as one sheet: a list of records, or one record a line. Raises NoRecords where there are none."""
    from cs_dash.intake.formats import encodings

    decoded = encodings.text(path.read_bytes())
    if decoded is None:
        raise NoRecords
    content = decoded[0].strip()
    try:
        records, broken = listed_records(_loaded(content)), dict[int, str]()
    except ValueError:
        records, broken = _records_by_line(content)
    flat = [{_whole(name): value and _whole(value) for name, value in leaves(record)} for record in records]
    names = list(dict.fromkeys(name for record in flat for name in record))
    if not names:
        raise NoRecords
    for at, line in broken.items():  # shown as it stands
        flat[at] = {names[0]: line}
    columns = {
        f"f{at}": pa.array([name, *(record.get(name) for record in flat)], pa.string()) for at, name in enumerate(names)
    }
    fault = ["The line is not a JSON record.", "Export the file again."]
    return [raw_sheet(pa.table(columns), faults={at + 1: fault for at in broken})]


def _whole(text: str) -> str:
    """Return text without halves of characters, which JSON can name and no other format holds."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _records_by_line(content: str) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """Read one record a line: the records, and the lines that are none by their place. Raises NoRecords."""
    records: list[dict[str, Any]] = []
    broken = {}
    for line in content.split("\n"):
        if not line.strip():
            continue
        try:
            record = _loaded(line)
        except ValueError:
            record = None
        if not isinstance(record, dict):
            broken[len(records)] = line
        records.append(record if isinstance(record, dict) else {})
    if len(broken) > len(records) / 2:
        raise NoRecords
    return records, broken


def _loaded(content: str) -> Any:
    """Read JSON with its numbers as they are written; control characters in its texts are no reason to refuse it."""
    return json.loads(content, strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None)


def listed_records(content: Any) -> list[dict[str, Any]]:
    """Return the records of JSON: the list itself, or the longest list of records in an object. Raises NoRecords."""
    if isinstance(content, dict):
        lists = [
            value for value in content.values() if isinstance(value, list) and any(isinstance(v, dict) for v in value)
        ]
        content = max(lists, key=len) if lists else [content]
    if not isinstance(content, list) or not content or not all(isinstance(record, dict) for record in content):
        raise NoRecords
    return content


def leaves(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | None]]:
    """Yield (name, text) of everything in a record; names of nested records are joined by dots, lists stay JSON."""
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value:
            yield from leaves(value, f"{name}.")
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif value is None or isinstance(value, str):
            yield name, value
        else:
            yield name, json.dumps(value, ensure_ascii=False) if value else None


FORMATS = (
    Format(
        "json",
        why="It is not a list of JSON records.",
        advice="Export a list of records, or one record per line.",
        extensions=(".json", ".jsonl", ".ndjson"),
        reading="a list of records, or one record per line; numbers keep their digits, nested records become "
        "columns such as `customer.name`",
        recognises=lambda source: bool(_BEGINNING.match(source.text_head)),
        read_isolated=read,
    ),
)
