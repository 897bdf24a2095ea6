"""Every format is declared once, has a sample, and a new one is one module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_dash.intake import formats
from cs_dash.intake.formats.files import sheets
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.formats.registry import Sheets, SourceFile, format_of, known_formats
from cs_dash.intake.results.problems import InputFile
from tests.intake.conftest import Read
from tests.intake.formats.samples import NOT_TABLES, TABLES

MADE_UP = """
from cs_dash.intake.formats.raw_sheets import raw_sheet, text_grid
from cs_dash.intake.formats.registry import Format
import pyarrow as pa

def read(path, password):
    pairs = [pair.split("=") for pair in path.read_text().split("!")[1:]]
    return [raw_sheet(text_grid(pa.table({name: cells.split("+") for name, cells in pairs})))]

FORMATS = (
    Format("made up", "It is not made up well.", "Make it up again.", (".mup",), magic=(b"MADE",), read_isolated=read),
)
"""
CHILD = """
import sys
if "cs_dash.intake.formats.child" in sys.orig_argv:
    import cs_dash.intake.formats
    cs_dash.intake.formats.__path__.append({folder!r})
"""


def source(path: Path) -> SourceFile:
    def none_inside(_: InputFile) -> Sheets:
        raise AssertionError("nothing is read")

    return SourceFile(InputFile(path.name, path, "u"), {}, 0, lambda: path.parent, lambda _, __: None, none_inside)


def test_every_format_has_a_sample() -> None:
    assert sorted(file_format.name for file_format in known_formats()) == sorted([*TABLES, *NOT_TABLES])


def test_formats_without_a_reader_are_refused() -> None:
    refused = {
        file_format.name
        for file_format in known_formats()
        if file_format.read is None and file_format.read_isolated is None
    }
    assert refused == set(NOT_TABLES)


@pytest.mark.parametrize("name", [*TABLES, *NOT_TABLES])
def test_samples_are_of_their_format(tmp_path: Path, name: str) -> None:
    samples = {file: make() for file, make in TABLES[name].items()} if name in TABLES else dict([NOT_TABLES[name]])
    for file, content in samples.items():
        path = tmp_path / file
        path.write_bytes(content)
        assert format_of(source(path)).name == name


@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table_is_refused_with_its_own_sentence(reading: Read, name: str) -> None:
    file, content = NOT_TABLES[name]
    file_format = next(file_format for file_format in known_formats() if file_format.name == name)
    assert [sheet.why for sheet in reading({file: content}).ignored] == [f"{file_format.why} {file_format.advice}"]


def test_files_are_known_by_their_bytes_and_not_by_their_names(tmp_path: Path) -> None:
    for name, (_, content) in NOT_TABLES.items():
        path = tmp_path / "accounts.csv"
        path.write_bytes(content)
        assert format_of(source(path)).name == name


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder with one more module, among those of the formats here and in the child process."""
    folder = tmp_path / "more_formats"
    folder.mkdir()
    (folder / "made_up.py").write_text(MADE_UP)
    (tmp_path / "sitecustomize.py").write_text(CHILD.format(folder=str(folder)))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(__file__).parents[3]}")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(folder)])
    known_formats.cache_clear()
    yield
    known_formats.cache_clear()


@pytest.mark.usefixtures("made_up")
def test_one_module_makes_a_new_format(reading: Read) -> None:
    content = "MADE!account_id=A-1+A-2!plan=Pro+Free"
    ingest = reading({"accounts.mup": content, "bad.mup": "MADE!up", "accounts.csv": "account_id,plan\nA-3,Pro\n"})
    assert [(loaded.file, loaded.table) for loaded in ingest.tables] == [
        ("accounts.mup", "accounts"), ("accounts.csv", "accounts"),
    ]  # fmt: skip
    assert ingest.tables[0].rows.rows["account_id"].to_pylist() == ["A-1", "A-2"]
    assert [sheet.why for sheet in ingest.ignored] == ["It is not made up well. Make it up again."]


def test_a_file_of_no_format_is_text(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("account_id,plan\nA-1,Pro\n")
    with IsolatedReader() as reader:
        [sheet] = sheets(InputFile("notes", path, "u"), {}, reader)
    assert sheet.file == "notes"
