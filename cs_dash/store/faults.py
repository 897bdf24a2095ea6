"""Faults of the machine in words: what happened, that nothing is lost, what to do.

They come out of the system, DuckDB and Arrow under different names, at any of a hundred places that read or
write. Both front ends ask here what such an error means, so that no place has to expect it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cs_dash.errors import CsDashError, MachineFault, WorkspaceBroken

UNCHANGED = "existing data are unchanged"
DECIDED = "your decision is saved, and the other tickets update once this is fixed"
REMAKE = (
    "Rebuild it from the stored uploads (python -m cs_dash rebuild, or the button on the Loads page), or undo to an "
    "earlier version."
)
FULL, READ_ONLY, DENIED, FAILING = "full", "read-only", "denied", "failing"
_BY_ERRNO = {
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EROFS: READ_ONLY, errno.EACCES: DENIED,
    errno.EPERM: DENIED, errno.EIO: FAILING,
}  # fmt: skip
_WORDS = {
    FULL: ("The disk is full", "no space is left on its disk", "Free some space on that disk, then try again."),
    READ_ONLY: (
        "The folder is read-only",
        "it is readable but not writable",
        "Make the folder writable, or choose another with --workspace; reading works without.",
    ),
    DENIED: (
        "No access to the folder",
        "the system does not allow it, or the folder is gone",
        "Give the account that runs cs_dash the right to read and write it, or choose another folder.",
    ),
    FAILING: (
        "The disk reports an error",
        "it could not be read or written; the disk may be full, or failing",
        "Check the disk, then try again.",
    ),
}


def machine_fault(kind: str, file: str, state: str = UNCHANGED) -> MachineFault:
    """Return the error for a file that could not be read or written; `kind`: FULL, READ_ONLY, DENIED or FAILING."""
    title, why, advice = _WORDS[kind]
    return MachineFault(title, f"Could not use {file} because {why}; {state}.", advice)


def in_words(error: BaseException, file: str = "", state: str = UNCHANGED) -> CsDashError | None:
    """Return what a fault of the machine means for the reader; None for whatever else, such as a bug.

    `file`: what could not be written or read, where the error does not say it; `state`: what became of the data.
    """
    kind = _kind(error)
    if kind is not None:
        return machine_fault(kind, _place(error) or file or "the workspace", state)
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return MachineFault(
            "Not enough memory",
            f"Could not continue because the machine ran out of memory; {state}.",
            "Close other programs, or allow more with --memory; then try again.",
        )
    if isinstance(error, duckdb.IOException | duckdb.SerializationException | duckdb.FatalException):
        return unreadable_version(file or "the version")
    return None


@contextmanager
def after_a_decision() -> Iterator[None]:
    """Raise a fault of the machine in words that say what holds: the decision is kept, what follows from it is not."""
    try:
        yield
    except Exception as error:
        if fault := in_words(error, state=DECIDED):
            raise fault from error
        raise


@contextmanager
def of_file(file: Path | None) -> Iterator[None]:
    """Raise what DuckDB cannot do with a version's file in words, where it is a fault of the machine."""
    try:
        yield
    except duckdb.Error as error:
        if fault := in_words(error, file.name if file else ""):
            raise fault from error
        raise


def unreadable_version(file: str) -> WorkspaceBroken:
    """Return the error for a version whose file is gone, cut short or otherwise not readable."""
    return WorkspaceBroken(
        "Cannot open the data",
        f"Could not open {file} because it is not a readable version; its uploads are still stored.",
        REMAKE,
    )


def _kind(error: BaseException) -> str | None:
    if isinstance(error, OSError) and error.errno in _BY_ERRNO:
        return _BY_ERRNO[error.errno]
    if isinstance(error, duckdb.Error):  # it tells the system's reason in words only
        return next((kind for number, kind in _BY_ERRNO.items() if os.strerror(number) in str(error)), None)
    return None


def _place(error: BaseException) -> str:
    """Return the folder of the file that an error is about, "" where it does not tell."""
    if isinstance(error, OSError) and error.filename:
        return str(Path(os.fsdecode(error.filename)).parent)
    quoted = re.search(r'"([^"]*[/\\][^"]+)"', str(error)) if isinstance(error, duckdb.Error) else None
    return str(Path(quoted[1]).parent) if quoted else ""
