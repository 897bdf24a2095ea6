"""One load in a process of its own: `python -m benchmarks.one_load (ours | floor) TARGET FILE...` prints what it took.

The time counts from after the imports.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb
import fastexcel
import pandas as pd

from cs_dash import build
from cs_dash.store.workspace import Workspace


def ours(files: list[Path], target: Path) -> int:
    """Load the files into a new workspace and return how many rows were read."""
    workspace = Workspace(target)
    report = build.load(workspace, [(file.name, file.open("rb")) for file in files])
    seen: dict[tuple[str, str], int] = {}
    for sheet in report.files:  # a sheet may feed several tables
        seen[sheet.file, sheet.sheet] = max(sheet.read, seen.get((sheet.file, sheet.sheet), 0))
    return sum(seen.values())


def floor(files: list[Path], target: Path) -> int:
    """Read the files with pandas, insert each into a table as it is, and return how many rows were read."""
    rows = 0
    with duckdb.connect(str(target), config={"threads": 2}) as connection:
        for at, file in enumerate(files):
            if file.suffix == ".csv":
                frames = [pd.read_csv(file)]
            else:
                book = fastexcel.read_excel(file)
                frames = [book.load_sheet(name).to_pandas() for name in book.sheet_names]
            for number, frame in enumerate(frames):
                connection.register("frame", frame)
                connection.execute(f"create table t{at}_{number} as from frame")
                rows += len(frame)
        connection.execute("checkpoint")
    return rows


def main() -> None:
    side, target, *files = sys.argv[1:]
    start = time.perf_counter()
    rows = {"ours": ours, "floor": floor}[side]([Path(file) for file in files], Path(target))
    took = time.perf_counter() - start
    print(json.dumps({"seconds": took, "rows": rows}))


if __name__ == "__main__":
    main()
