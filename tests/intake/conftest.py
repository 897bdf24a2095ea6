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

    def __call__(self, files: Mapping[str, str | bytes], **known: Any) -> IngestResult: ...


@pytest.fixture
def reading(tmp_path: Path) -> Read:
    def run(files: Mapping[str, str | bytes], **known: Any) -> IngestResult:
        given = []
        for number, (name, content) in enumerate(files.items()):
            path = tmp_path / f"{number}-{name}"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            given.append(InputFile(name, path, f"upload-{number}"))
        found = read(given, LoadContext(loaded_on=date(2026, 11, 22), **known))
        for fed in found.tables:
            assert fed.read == fed.rows.rows.num_rows + fed.rejected + fed.duplicates
        return found

    return run
