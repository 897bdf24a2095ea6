"""The pieces of a copy: version file, categories, topics and state; each is made anew only where its source changed."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from cs_dash.decisions import CurrentDecisions, current_decisions
from cs_dash.metrics import ROLLUPS
from cs_dash.pipeline import cache_key, derived_artifacts
from cs_dash.settings.registry import CURRENCY
from cs_dash.sharing.content import SourceVersion
from cs_dash.sharing.decisions import IN_COPIES, CopiedDecisions
from cs_dash.sharing.readers import Limits
from cs_dash.store.artifacts import LEASE_SECONDS, TICKET_KINDS, TOPICS, ArtifactKind
from cs_dash.store.copies.artifacts import write_kinds, write_topics_of
from cs_dash.store.copies.lookups import tickets_between, tickets_in
from cs_dash.store.copies.state import DecisionRow, decision_rows, decisions_mark, replace_content
from cs_dash.store.copies.version import write_version
from cs_dash.store.state import COPY_MARK, State
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace

FORMAT = "2"
"""Changes whenever copies are made in another way: those that are there are then made anew."""
_MARKS = "copied"


@dataclass(frozen=True)
class Marks:
    """What each piece of a copy was made from; a piece whose mark is another one is out of date."""

    version: str
    kinds: str
    topics: str
    decisions: str

    @classmethod
    def from_summary(cls, summary: Mapping[str, Mapping[str, str]]) -> Marks | None:
        """Return the marks in the summary of a copy's version; None where it has none, or those of another format."""
        marks = summary.get(_MARKS)
        return cls(**marks) if marks and marks.keys() == cls.__dataclass_fields__.keys() else None


def marks_of(workspace: Workspace, version: Version) -> Marks:
    """Return the marks of a version as it is now."""
    artifacts = derived_artifacts(workspace, version)
    return Marks(
        f"{FORMAT} {version.number} {_mark(workspace.file_of(version))}",
        _mark(artifacts.kinds),
        _mark(artifacts.topics),
        decisions_mark(workspace.state, IN_COPIES),
    )


def marks_of_copy(copy: Workspace) -> Marks | None:
    """Return the marks that a copy was made with."""
    version = copy.current()
    return None if version is None else Marks.from_summary(version.summary)


def make(workspace: Workspace, version: Version, folder: Path, limits: Limits, secret: bytes) -> None:
    """Make a copy of a version in the new folder `folder`, in one that is gone afterwards."""
    folder.mkdir()
    (folder / COPY_MARK).touch()
    copy = Workspace(folder)
    _Maker(workspace, version, copy, folder.parent, limits, secret).make(None)


def renew(
    workspace: Workspace, version: Version, copy: Workspace, temporary: Path, limits: Limits, secret: bytes
) -> None:
    """Bring a copy up to date. `temporary`: a folder on the same disk, for pieces in the making."""
    _Maker(workspace, version, copy, temporary, limits, secret).make(marks_of_copy(copy))
    _sweep(copy)


@dataclass(frozen=True)
class _Maker:
    """Makes the pieces of one copy."""

    workspace: Workspace
    version: Version
    copy: Workspace
    temporary: Path
    limits: Limits
    secret: bytes

    def make(self, before: Marks | None) -> None:
        """Make the pieces whose marks are others than before, and let them count all at once."""
        # Read first: what changes meanwhile makes the copy out of date again.
        marks, rows = marks_of(self.workspace, self.version), decision_rows(self.workspace.state, IN_COPIES)
        artifacts = derived_artifacts(self.workspace, self.version)
        current = self.copy.current()
        source = _source(
            self.workspace.file_of(self.version), marks.version, self._currency(), self.limits, self.secret
        )
        same_rows = before is not None and before.version == marks.version and current is not None
        number = current.number if same_rows and current else self.copy.next_number()
        file = self.copy.folder / "versions" / f"{number:06d}.duckdb"
        if not same_rows:
            unfinished = self.temporary / "version.duckdb"
            write_version(
                source.file, unfinished, source.content, number=number, newest_day=self.version.newest_day,
                rollups=ROLLUPS, near=self.near,
            )  # fmt: skip
            unfinished.replace(file)
        accounts = source.content.accounts.to_pydict()
        copied = CopiedDecisions(
            source.content,
            dict(zip(accounts["account_id"], accounts["copy_id"], strict=True)),
            lambda tickets: tickets_in(file, tickets, near=self.near),
            lambda start, end: tickets_between(file, start, end, near=self.near),
        ).of(rows)
        made = Version(
            number, None, self.version.created_at, self.version.newest_day, False, {_MARKS: asdict(marks)},
        )  # fmt: skip
        key = self._key(made, copied)
        for kind, artifact, write, is_same in (
            (TICKET_KINDS, artifacts.kinds, write_kinds, before is not None and before.kinds == marks.kinds),
            (TOPICS, artifacts.topics, write_topics_of, before is not None and before.topics == marks.topics),
        ):
            if same_rows and is_same and self._carry_over(kind, number, key):
                continue
            target = self.temporary / f"artifact{kind.suffix}"
            target.unlink(missing_ok=True)
            write(artifact, file, target, source.content, near=self.near)
            self.copy.artifacts.adopt(kind, number, key, target)
        replace_content(State(self.copy.folder / "state.sqlite", renewing=True), made, copied)

    @property
    def near(self) -> Path:
        """A file of the workspace whose folder takes what does not fit into memory."""
        return self.workspace.folder / "state.sqlite"

    def _currency(self) -> CurrentDecisions:
        """Return the only decision that bears on the rows of a copy: the currency, where no file names one."""
        settings = current_decisions(self.workspace).settings
        return CurrentDecisions(tuple((name, value) for name, value in settings if name == CURRENCY))

    def _key(self, made: Version, copied: Sequence[DecisionRow]) -> str:
        """Return the key of artifacts under which the copy will look for them."""
        folder = self.temporary / "key"
        folder.mkdir()
        replace_content(State(folder / "state.sqlite"), made, copied)
        return cache_key(Workspace(folder))

    def _carry_over(self, kind: ArtifactKind, number: int, key: str) -> bool:
        """Let an artifact that is still right count under another key; False where there is none."""
        artifacts = self.copy.artifacts
        if artifacts.current(kind, number, key):
            return True
        newest = artifacts.newest(kind, number)
        if newest is None:
            return False
        target = self.temporary / f"carried{kind.suffix}"
        target.unlink(missing_ok=True)
        target.hardlink_to(newest)
        artifacts.adopt(kind, number, key, target)
        return True


@lru_cache(maxsize=1)
def _source(file: Path, mark: str, decisions: CurrentDecisions, limits: Limits, secret: bytes) -> SourceVersion:
    """Return what a copy is made from, kept for the next decision: to read all names takes a while."""
    return SourceVersion(file, decisions, limits, secret)


def _mark(file: Path | None) -> str:
    """Return what a file is known by; "" where there is none."""
    if file is None:
        return ""
    stat = file.stat()
    return f"{file.name} {stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"


def _sweep(copy: Workspace) -> None:
    """Remove versions and artifacts that count no more, once nobody can be about to open them."""
    current = copy.current()
    for folder in ("versions", *(kind.folder for kind in (TICKET_KINDS, TOPICS))):
        for file in (copy.folder / folder).glob("[0-9]*"):
            if current is not None and not file.name.startswith(f"{current.number:06d}"):
                with suppress(OSError):
                    if file.stat().st_mtime < time.time() - LEASE_SECONDS:
                        file.unlink()
    for kind in (TICKET_KINDS, TOPICS):
        copy.artifacts.clean_up(kind)
