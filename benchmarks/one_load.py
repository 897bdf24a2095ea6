"""One load in a process of its own: `python -m benchmarks.one_load SIDE TARGET FILE...` prints what it took.

Sides: ours; look (ours, a first look that loads nothing); pandas (the floor of small files); table (DuckDB's own
`create table as from read_csv`); cells (fastexcel, every cell as text); neighbour (ours, while somebody else asks
questions of another version in the same process).
The time counts from after the imports. A file of accounts beside the first file (`accounts.csv`) is loaded before.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import duckdb
import fastexcel
import pandas as pd

from cs_dash import pipeline
from cs_dash.decisions import current_decisions
from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.scope import scope_from_options
from cs_dash.store.workspace import Workspace
from cs_dash.ui.jobs.background import give_way
from tests.browser.server import ROOT


def ours(files: list[Path], target: Path, *, dry_run: bool = False) -> int:
    """Load the files into the workspace, or look at them, and return how many rows were read."""
    workspace = Workspace(target)
    with pipeline.temporary_files_in(target):
        report = pipeline.load(workspace, [(file.name, file.open("rb")) for file in files], dry_run=dry_run)
    rows_read: dict[tuple[str, str], int] = {}
    for sheet in report.files:  # a sheet may feed several tables
        rows_read[sheet.file, sheet.sheet] = max(sheet.read, rows_read.get((sheet.file, sheet.sheet), 0))
    return sum(rows_read.values())


def look(files: list[Path], target: Path) -> int:
    """Look at the files as the page does before a load, and return how many rows were read."""
    return ours(files, target, dry_run=True)


def _workspace(files: list[Path], target: Path) -> Workspace:
    """Return a new workspace, with the accounts that lie beside the files."""
    workspace = Workspace(target)
    accounts = files[0].with_name("accounts.csv")
    if accounts.exists() and accounts not in files:
        with accounts.open("rb") as stream:
            pipeline.load(workspace, [(accounts.name, stream)])
    return workspace


def table(files: list[Path], target: Path) -> int:
    """Have DuckDB make a table of each file, and return how many rows there are."""
    with duckdb.connect(str(target), config={"threads": 2}) as connection:
        for at, file in enumerate(files):
            connection.execute(f"create table t{at} as from read_csv('{file}')")
        connection.execute("checkpoint")
        sizes = connection.execute("select sum(estimated_size) from duckdb_tables()").fetchall()
        return int(sizes[0][0])


def cells(files: list[Path], _: Path) -> int:
    """Read every cell of the workbooks as text, and return how many rows of data there are."""
    rows = 0
    for file in files:
        book = fastexcel.read_excel(file)
        for name in book.sheet_names:
            rows += book.load_sheet(name, header_row=None, dtypes="string").to_arrow().num_rows - 1
    return rows


def neighbour(files: list[Path], target: Path) -> dict[str, float]:
    """Load the files on a thread, as the app does, and return how long another reader waits meanwhile and otherwise."""
    workspace = _workspace(files, target)
    other = Workspace(target.with_name(f"{target.name}-other"))
    demo = sorted(file for file in (ROOT / "data").iterdir() if file.suffix in (".csv", ".xlsx"))
    pipeline.load(other, [(file.name, file.open("rb")) for file in demo])
    version = other.current()
    if version is None:
        raise RuntimeError("Could not measure because the demo company did not load.")
    warehouse = open_warehouse(other.file_of(version), current_decisions(other))
    days_back = iter(range(10_000))

    def wait() -> float:
        # Another day each time, so that nothing is known yet.
        day = (warehouse.newest_day() or dt.date.today()) - dt.timedelta(days=next(days_back))
        scope = scope_from_options("", "", day.isoformat(), [])
        start = time.perf_counter()
        for question in ("retention.summary", "support.kinds"):
            catalogue.ask(warehouse, question, scope, {})
        return time.perf_counter() - start

    wait()
    alone = [wait() for _ in range(15)]
    with ThreadPoolExecutor(1, initializer=give_way) as pool:
        loading = pool.submit(pipeline.load, workspace, [(file.name, file.open("rb")) for file in files])
        meanwhile = []
        while not loading.done():
            meanwhile.append(wait())
            time.sleep(0.2)  # a reader looks at what he got
        loading.result()
    alone += [wait() for _ in range(15)]
    return {"alone": median(alone), "meanwhile": median(meanwhile), "asked": len(meanwhile)}


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
    paths = [Path(file) for file in files]
    if side == "neighbour":
        print(json.dumps(neighbour(paths, Path(target))))
        return
    if side in ("ours", "look"):
        _workspace(paths, Path(target))
    idle = megabytes()
    start = time.perf_counter()
    rows = {"ours": ours, "look": look, "pandas": floor, "table": table, "cells": cells}[side](paths, Path(target))
    took = time.perf_counter() - start
    print(json.dumps({"seconds": took, "rows": rows, "idle": idle}))


def megabytes() -> float:
    """Return the memory that this process has now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


if __name__ == "__main__":
    main()
