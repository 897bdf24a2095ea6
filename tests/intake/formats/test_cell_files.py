"""The cells of a large text file lie on disk, and are the same as those of one that is held in memory."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash import pipeline
from cs_dash.errors import UnreadableFile
from cs_dash.intake.cells import mapped_memory
from cs_dash.intake.formats import cell_files, delimited, encodings
from cs_dash.intake.formats.cell_files import CellFiles
from cs_dash.pipeline import Workspace

TICKETS = "Ticket ID,Account ID,Created at,Subject,Type\n" + "".join(
    f'T{at % 900},A{at % 7},{"soon" if at % 50 == 3 else f"2026-0{at % 9 + 1}-1{at % 10}"}, "How, {at}?",Bug\n'
    for at in range(1_000)
)
RAGGED = TICKETS.replace("T5,", "T5,too,many,cells,here,and,here,") + "T1\n\n"


def grid_of(text: str, folder: Path, *, on_disk: bool, monkeypatch: pytest.MonkeyPatch) -> pa.Table:
    monkeypatch.setattr(cell_files, "LEAST_BYTES", 0 if on_disk else 1 << 40)
    file = folder / "rows.csv"
    file.write_text(text)
    decoded = encodings.utf8(file, folder)
    assert decoded is not None
    return delimited.read(decoded, new_folder=lambda: Path(tempfile.mkdtemp(dir=folder)))[0]


@pytest.mark.parametrize("text", [TICKETS, RAGGED, "a,b\n1,2\n", "a\n", "a,b\n\n\n3\n"])
def test_a_file_on_disk_has_the_same_cells(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = grid_of(text, tmp_path, on_disk=False, monkeypatch=monkeypatch)
    mapped = grid_of(text, tmp_path, on_disk=True, monkeypatch=monkeypatch)
    mapped_memory.release()
    assert [[cell or "" for cell in column.to_pylist()] for column in mapped.columns] == [
        [cell or "" for cell in column.to_pylist()] for column in held.columns
    ]


@given(st.lists(st.lists(st.lists(st.text(max_size=5), max_size=3), min_size=1, max_size=3).filter(
    lambda columns: len({len(column) for column in columns}) == 1), max_size=4))  # fmt: skip
def test_what_is_appended_in_pieces_is_one_table(pieces: list[list[list[str]]]) -> None:
    width = max((len(piece) for piece in pieces), default=0)
    with tempfile.TemporaryDirectory() as folder:
        cells = CellFiles(Path(folder))
        for piece in pieces:
            cells.append(pa.table({f"f{at}": pa.array(column, pa.string()) for at, column in enumerate(piece)}))
        expected = [
            [cell for piece in pieces for cell in (piece[at] if at < len(piece) else [""] * len(piece[0]))]
            for at in range(width)
        ]
        assert [column.to_pylist() for column in cells.table().columns] == expected


def test_a_large_file_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_files, "LEAST_BYTES", 1 << 20)
    before = pa.total_allocated_bytes()
    text = "a,b\n" + "".join(f"{at},{'words ' * 20}\n" for at in range(100_000))
    grid = grid_of(text, tmp_path, on_disk=True, monkeypatch=monkeypatch)
    assert grid.nbytes > 10 << 20
    assert pa.total_allocated_bytes() - before < 1 << 20


@pytest.mark.parametrize("text", [TICKETS, RAGGED])
def test_the_first_look_and_the_load_say_the_same(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows, columns, problems and what became of the rows, also of a second edition and of two files at once."""

    def reports(folder: Path) -> list[object]:
        workspace, said = Workspace(folder), []
        editions = (text, text.replace("Bug", "Question"), text + "T2000,A1,2026-01-01,New,Bug\n")
        for edition in editions:
            for dry_run in (True, False):
                files = [(name, io.BytesIO(edition.encode())) for name in ("tickets.csv", "again.csv")]
                report = pipeline.load(workspace, files, dry_run=dry_run, today=dt.date(2026, 11, 1)).as_dict()
                said.append(report["files"])
            assert said[-1] == said[-2]
        return said

    monkeypatch.setattr(cell_files, "LEAST_BYTES", 1 << 40)
    held = reports(tmp_path / "held")
    monkeypatch.setattr(cell_files, "LEAST_BYTES", 0)
    assert reports(tmp_path / "mapped") == held


def test_a_column_longer_than_arrow_holds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_files, "_MOST_BYTES", 10)
    cells = CellFiles(tmp_path)
    with pytest.raises(UnreadableFile, match="more than 2 GB"):
        cells.append(pa.table({"f0": ["x" * 11]}))
