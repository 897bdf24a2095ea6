"""Everything that can go wrong without being a bug.

CsDashError
├── BadInput            a file or an option that cannot be used
│   ├── UnreadableFile  the bytes are not what the name promises
│   │   └── PasswordNeeded  they are encrypted
│   ├── UnknownOption   an option, or a value of one, that does not exist
│   └── UnknownQuestion a question that does not exist
├── NoData              the workspace has no data for the question
├── Conflict            somebody else changed it meanwhile
├── NotAllowed          the reader may not see or do this
├── Cancelled           a person stopped the work; nothing was changed
├── WorkspaceBusy       another load is running
├── WorkspaceBroken     the folder is not a workspace, or cannot be written
└── MachineFault        a full disk, a folder that is read-only, too little memory

A bad *row* is never an exception: it is a `Problem` in the load report.
A caveat about a number is never an exception: it is a `Note` on its `Answer`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CsDashError(Exception):
    """An error that the reader can understand and fix.

    Attributes:
        title: what failed, in a few words, without a full stop.
        message: one sentence: "Could not X because Y."
        hint: what to do about it, one sentence; may be empty.
    """

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.title = title
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[CsDashError], tuple[str, str, str]]:
        """Keep all three texts when the error is pickled, as by a child process."""
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
    """A question that does not exist."""


class NoData(CsDashError):
    """The workspace has no data for the question."""


class Conflict(CsDashError):
    """Somebody else changed what was to be changed."""


class NotAllowed(CsDashError):
    """The reader may not see or do this."""


class Cancelled(CsDashError):
    """A person stopped the work; nothing was changed."""


class WorkspaceBusy(CsDashError):
    """Another load is running in the same workspace."""


class WorkspaceBroken(CsDashError):
    """The folder is not a workspace, or cannot be read or written."""


class MachineFault(CsDashError):
    """The machine could not: the disk is full, a file may not be written, memory does not suffice."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return a hint with the choices most similar to `word`, the most similar first.

    Where none is similar it lists them all, so that the reader never has to guess; "" without any choices.
    """
    sorted_choices = sorted(set(choices))
    close = difflib.get_close_matches(word, sorted_choices, n=3, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"Known: {', '.join(sorted_choices)}." if sorted_choices else ""
