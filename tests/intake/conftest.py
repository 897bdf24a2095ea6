from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import IngestResult, InputFile, LoadContext


class Read(Protocol):
    """Reads files given as name = content, on 22 November 2026."""

    def __call__(self, files: Mapping[str, str | bytes], **context: Any) -> IngestResult: ...


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    def run(files: Mapping[str, str | bytes], **context: Any) -> IngestResult:
        input_files = []
        for number, (name, content) in enumerate(files.items()):
            path = tmp_path / f"{number}-{name}"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            input_files.append(InputFile(name, path, f"upload-{number}"))
        ingest = read(input_files, LoadContext(loaded_on=date(2026, 11, 22), **context))
        for table in ingest.tables:
            assert table.read == table.rows.rows.num_rows + table.rejected + table.duplicates
        return ingest

    return run
