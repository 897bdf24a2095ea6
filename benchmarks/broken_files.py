"""How long files take that broke other readers: `python -m benchmarks.broken_files FOLDER`.

Every file of the folder is read by ours, with its child process and its limits, and by fastexcel, which reads the
sheets as text or gives up; one after the other, file by file. A file that neither reads counts, too: what most of them
cost is the giving up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import fastexcel

from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import InputFile


def bare(path: Path) -> int:
    """Read every sheet of a workbook as text, and return how many rows there are."""
    book = fastexcel.read_excel(path)
    sheets = (book.load_sheet(name, header_row=None, dtypes="string") for name in book.sheet_names)
    return sum(sheet.to_arrow().num_rows for sheet in sheets)


def seconds(work: Callable[[], object]) -> float:
    """Return how long something took, whether it went well or not."""
    start = time.perf_counter()
    try:
        work()
    except BaseException as problem:  # a reader that panics raises what is no Exception
        if isinstance(problem, KeyboardInterrupt):
            raise
    return time.perf_counter() - start


def main() -> None:
    """Print both sums, their ratio and the slowest files."""
    times: dict[str, tuple[float, float]] = {}
    folder = Path(sys.argv[1])
    with IsolatedReader() as reader:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            upload = InputFile(path.name, path, "u")

            def ours(upload: InputFile = upload) -> object:
                return list(files.sheets_or_reason(upload, {}, reader))

            def floor(path: Path = path) -> object:
                return bare(path)

            first, second = (ours, floor) if len(times) % 2 else (floor, ours)
            took = {first: seconds(first), second: seconds(second)}
            times[path.relative_to(folder).as_posix()] = took[ours], took[floor]
    own, other = (sum(pair[side] for pair in times.values()) for side in (0, 1))
    print(f"{len(times)} files: {own:.1f} s, fastexcel {other:.1f} s, {own / other:.2f} x")
    for name in sorted(times, key=lambda name: -times[name][0])[:5]:
        print(f"  {name}: {times[name][0]:.1f} s, fastexcel {times[name][1]:.1f} s")


if __name__ == "__main__":
    main()
