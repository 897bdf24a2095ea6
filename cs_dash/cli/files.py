"""Files that a command writes."""

from __future__ import annotations

from pathlib import Path

from cs_dash.errors import BadInput


def write_whole(file: Path, content: bytes) -> None:
    """Write a file that appears under its name when it is complete. Raises BadInput where it cannot be written."""
    unfinished = file.with_name(f".{file.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        why = (error.strerror or str(error)).lower()
        raise BadInput("Cannot write the file", f"Could not write {file}: {why}.", "Name another folder.") from None
