"""Reads workbooks in a process of its own: `python -m cs_dash.intake.child BYTES`.

A broken workbook can make its reader panic, hang or swallow the memory; here that costs one file, not the server.
Jobs come in on standard input, one a line, as {"path", "into"}; each is answered by one line on standard output:
{"sheets": [{"name", "hidden", "arrow", "unusable", "cells", "since_1904"}]} or {"error"}; "unusable" is null where it
could not be looked for.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

LEAST_MEMORY = 2 << 30
MEMORY_PER_BYTE = 100


def _limit_memory(largest: int) -> None:
    """Bound the memory by the size of the largest workbook: bytes that unfold into thousands times more are a trap."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    memory = LEAST_MEMORY + MEMORY_PER_BYTE * largest
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _sheets(path: Path, into: Path) -> list[dict[str, Any]]:
    import fastexcel
    import pyarrow as pa

    from cs_dash.intake import workbook_xml

    found = []
    parts = workbook_xml.parts(path)
    since_1904 = workbook_xml.counts_from_1904(path)
    reader = fastexcel.read_excel(str(path))
    for at, name in enumerate(reader.sheet_names):
        sheet = reader.load_sheet(at, header_row=None, skip_rows=0, dtypes="string")
        batch = sheet.to_arrow()
        arrow = into.with_name(f"{into.name}-{at}.arrow")
        with pa.OSFile(str(arrow), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
            writer.write_batch(batch)
        unusable, cells = workbook_xml.unusable_cells(path, parts.get(name, "")) or (None, [])
        found.append({
            "name": name, "hidden": sheet.visible != "visible", "arrow": str(arrow),
            "unusable": unusable, "cells": cells, "since_1904": since_1904,
        })  # fmt: skip
    return found


def main() -> None:
    """Answer jobs until standard input ends. The one argument is the size of the largest workbook in bytes."""
    _limit_memory(int(sys.argv[1]))
    for line in sys.stdin:
        job = json.loads(line)
        try:
            answer: dict[str, Any] = {"sheets": _sheets(Path(job["path"]), Path(job["into"]))}
        except Exception as fault:  # whatever it is, the parent turns it into a sentence
            answer = {"error": str(fault).splitlines()[0] if str(fault) else type(fault).__name__}
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
