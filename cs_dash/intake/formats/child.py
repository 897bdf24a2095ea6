"""Reads files in a process of its own: `python -m cs_dash.intake.formats.child BYTES`.

A broken file can make its reader panic, hang or swallow the memory; here that costs one file, not the server.
Jobs come in on standard input, one a line, as {"path", "into", "reader", "password"}, where "reader" is the function
that reads the file, as "module:name". Each is answered by one line on standard output: {"sheets": [a raw sheet without
its rows, and "arrow", where they are]}, {"password": true}, {"cipher": true}, {"document": what it is instead} or
{"error"}.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

LEAST_MEMORY = 2 << 30
MEMORY_PER_BYTE = 100


class _WithoutPandas:
    """Arrow imports pandas with its first array, to know its series from lists: longer than reading most workbooks."""

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=name)


def _limit_memory(largest: int) -> None:
    """Bound the memory by the size of the largest file: bytes that unfold into thousands times more are a trap."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    memory = LEAST_MEMORY + MEMORY_PER_BYTE * largest
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    import pyarrow as pa

    from cs_dash.intake.formats import raw_sheets

    into, sheets = Path(job["into"]), []
    module, _, name = job["reader"].partition(":")
    read = getattr(importlib.import_module(module), name)
    try:
        for at, sheet in enumerate(read(Path(job["path"]), job["password"])):
            rows, arrow = sheet.pop("rows"), into.with_name(f"{into.name}-{at}.arrow")
            with pa.OSFile(str(arrow), "wb") as sink, pa.ipc.new_file(sink, rows.schema) as writer:
                writer.write(rows)
            sheets.append(sheet | {"arrow": str(arrow)})
    except raw_sheets.NeedsPassword:
        return {"password": True}
    except raw_sheets.UnknownCipher:
        return {"cipher": True}
    except raw_sheets.NoSpreadsheet as fault:
        return {"document": str(fault)}
    return {"sheets": sheets}


def main() -> None:
    """Answer jobs until standard input ends. The one argument is the size of the largest file in bytes."""
    _limit_memory(int(sys.argv[1]))
    sys.meta_path.insert(0, _WithoutPandas())
    for line in sys.stdin:
        try:
            answer = _answer(json.loads(line))
        except Exception as fault:  # whatever it is, the parent turns it into a sentence
            answer = {"error": str(fault).splitlines()[0] if str(fault) else type(fault).__name__}
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
