"""About 430 spreadsheets that broke other readers: rows, or one clear sentence, and never another value than before."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from cs_dash.intake.detection import regions
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from tests.intake.formats.nasty import cells, summary

EXPECTED = Path(__file__).parent / "nasty.txt"
"""What each file gives, written by `python -m tests.intake.formats.test_nasty FOLDER` and read through by a person."""
LINE_END = re.compile(r"\r\n?")
DAY = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z?$")


def corpus(folder: Path) -> list[Path]:
    """Return the files, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def expected() -> dict[str, str]:
    """Return what each file gave when it was last read through."""
    lines = EXPECTED.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def test_every_file_gives_what_it_gave(shared_data: Path) -> None:
    folder = shared_data / "nasty"
    expected_lines = expected()
    other = []
    with IsolatedReader() as reader:
        for path in corpus(folder):
            name = path.relative_to(folder).as_posix()
            # The reader itself gives up on a file that hangs, and that would be another line.
            gave = summary(path, reader)
            if gave != expected_lines.get(name):
                other.append(f"{name}\n  gave   {gave}\n  before {expected_lines.get(name)}")
    assert not other, "\n".join(other)


OTHER_CONTENT = {
    "number_format.ods",  # its formats were lost when it was made, and with them what its cells say
    "date.ods",  # it has one row more, and another second day
}
"""Files whose content is not that of their namesakes."""


def test_the_same_table_in_another_format_has_the_same_cells(shared_data: Path) -> None:
    twins: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for path in corpus(shared_data / "nasty"):
        if path.suffix in (".xlsx", ".xls", ".xlsb", ".xlsm", ".ods") and path.name not in OTHER_CONTENT:
            twins[path.parent, path.stem].append(path)
    compared, other = 0, []
    with IsolatedReader() as reader:
        for paths in twins.values():
            first_cells: dict[str, tuple[str, list[list[str]]]] = {}
            for path in paths if len(paths) > 1 else ():
                for split_sheet in regions.split_sheets(
                    files.sheets_or_reason(InputFile(path.name, path, "u"), {}, reader)
                ):
                    # a chart's sheet has cells in some formats and none in others
                    if isinstance(split_sheet, IgnoredSheet) or not cells(split_sheet.grid):
                        continue
                    rows = [
                        [LINE_END.sub("\n", DAY.sub(r"\1 \2", cell)) for cell in row] for row in cells(split_sheet.grid)
                    ]
                    first = first_cells.setdefault(split_sheet.name, (path.name, rows))
                    compared += first[0] != path.name
                    if first[1] != rows:
                        other.append(f"{path.name}, {split_sheet.name}: not as in {first[0]}")
    assert compared > 130
    assert not other


def main(folder: Path) -> None:
    """Write what every file of a folder gives."""
    with IsolatedReader() as reader:
        lines = [f"{path.relative_to(folder).as_posix()}\t{summary(path, reader)}" for path in corpus(folder)]
    EXPECTED.write_text("# file, then what it gave\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
