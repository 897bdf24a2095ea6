"""Everything that can go wrong and is not a bug.

CsDashError
├── BadInput            a file, or an option, that cannot be used
│   ├── UnreadableFile  the bytes are not what the name promises
│   │   └── PasswordNeeded  they are encrypted
│   ├── UnknownOption   an option or a value of it that does not exist
│   └── UnknownQuestion a question that nobody answers
├── NoData              the workspace holds nothing that could answer
├── Cancelled           somebody stopped the work; nothing was changed
├── WorkspaceBusy       another load is running
└── WorkspaceBroken     the folder is not a workspace, or cannot be written

A bad *row* is never an exception: it is a `Problem` in the report of its load.
A doubt about a number is never an exception: it is a `Note` on its `Answer`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CsDashError(Exception):
    """Something the reader can understand and mend.

    Attributes:
        title: what could not be done, in a few words, without a full stop.
        message: one sentence: "Could not X because Y."
        hint: what to do about it, one sentence; may be empty.
    """

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.title = title
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[CsDashError], tuple[str, str, str]]:
        """Survive a trip through a child process whole."""
        return type(self), (self.title, self.message, self.hint)

    def as_dict(self) -> dict[str, str]:
        """Return the error as the command line prints it with `--json`."""
        return {"title": self.title, "message": self.message, "hint": self.hint}


class BadInput(CsDashError):
    """A file or an option that cannot be used."""


class UnreadableFile(BadInput):
    """The bytes are not what the file's name promises."""


class PasswordNeeded(UnreadableFile):
    """The file is encrypted, and no password, or a wrong one, was given."""


class UnknownOption(BadInput):
    """An option, or a value of one, that does not exist."""


class UnknownQuestion(BadInput):
    """A question that nobody answers."""


class NoData(CsDashError):
    """The workspace holds nothing that could answer."""


class Cancelled(CsDashError):
    """Somebody stopped the work; nothing was changed."""


class WorkspaceBusy(CsDashError):
    """Another load is running in the same workspace."""


class WorkspaceBroken(CsDashError):
    """The folder is not a workspace, or cannot be read or written."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known choices nearest to `word`, nearest first.

    Where none is near, all are named, so that the reader never has to guess.
    """
    choices = sorted(set(known))
    close = difflib.get_close_matches(word, choices, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Known: {', '.join(choices)}." if choices else ""
