"""Parquet files: one table each."""

from __future__ import annotations

from pathlib import Path

from cs_dash.intake.formats.raw_sheets import RawSheet, raw_sheet, text_grid
from cs_dash.intake.formats.registry import Format


def read(path: Path, _: str | None) -> list[RawSheet]:
    """Return a Parquet file as one sheet. Raises what pyarrow raises for broken files."""
    import pyarrow.parquet as pq

    return [raw_sheet(text_grid(pq.ParquetFile(path).read()))]


FORMATS = (
    Format(
        "parquet",
        why="It is not a complete Parquet file.",
        advice="Export or send it again.",
        extensions=(".parquet",),
        reading="one table; lists become JSON text",
        magic=(b"PAR1",),
        read_isolated=read,
    ),
)
