"""What follows a load: its tickets are read, and topics found in them. It holds nobody up, and changes no version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cs_dash.errors import Cancelled, MachineFault
from cs_dash.intake.cells.mapped_memory import trim
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.pipeline.ticket_kinds import cache_key, derive_kinds, write_kinds
from cs_dash.pipeline.ticket_text_features import NO_PHRASES_KEY, write_text_features
from cs_dash.pipeline.topics import build_topics, derive_topics
from cs_dash.store.artifacts import TEXT_FEATURES, TICKET_KINDS, TOPICS, DerivedArtifacts, read_only_artifacts
from cs_dash.store.faults import in_words
from cs_dash.store.owned_folder import temporary_files_in_system_folder
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.topics import release_encoder


def derived_artifacts(workspace: Workspace, version: Version) -> DerivedArtifacts:
    """Return the artifacts of a version: for what is decided now, else the newest there are, else none."""
    key = cache_key(workspace)
    return DerivedArtifacts(
        workspace.artifacts.available(TICKET_KINDS, version.number, key),
        workspace.artifacts.available(TOPICS, version.number, key),
    )


def is_derived(workspace: Workspace, version: Version) -> bool:
    """Return whether everything is derived from a version for what people have decided so far."""
    key = cache_key(workspace)
    return all(workspace.artifacts.current(kind, version.number, key) for kind in (TICKET_KINDS, TOPICS))


def derive_artifacts(
    workspace: Workspace, version: Version, progress: Progress = no_progress, *, topics: bool = True
) -> DerivedArtifacts:
    """Read the tickets of a version and find their topics, where that is not done yet, and return its artifacts.

    Args:
        workspace: whose version it is.
        version: the version.
        progress: called with words and the share that is done; what it raises ends the work.
        topics: find topics too.
    """
    share = 0.4 if topics else 1.0
    derive_kinds(workspace, version, lambda words, done: progress(words, share * done))
    if topics:
        derive_topics(workspace, version, lambda words, done: progress(words, share + (1 - share) * done))
    progress("", 1.0)
    return derived_artifacts(workspace, version)


def derive_for_reading(
    workspace: Workspace, version: Version, progress: Progress = no_progress, *, topics: bool = True
) -> DerivedArtifacts:
    """Derive as `derive_artifacts` does; where the workspace's disk has no room for it, in a folder of this process.

    Raises what deriving there raises.
    """
    try:
        return derive_artifacts(workspace, version, progress, topics=topics)
    except Exception as error:
        if not isinstance(in_words(error), MachineFault):
            raise
        workspace.artifacts = read_only_artifacts(workspace.folder)
        with temporary_files_in_system_folder():
            return derive_artifacts(workspace, version, progress, topics=topics)


def give_back_memory() -> None:
    """Give back what deriving needed: the encoder, which is loaded again when it is needed, and what C keeps of it."""
    release_encoder()
    trim()


@dataclass(frozen=True)
class PreparedArtifacts:
    """What is derived from a version that is not published yet, in files beside its own.

    It belongs to a workspace where nobody has decided anything yet.
    """

    version: Path

    @property
    def text_features(self) -> Path:
        """The text features of the tickets."""
        return self.version.with_suffix(".texts.parquet")

    @property
    def kinds(self) -> Path:
        """The kinds of the tickets."""
        return self.version.with_suffix(".kinds.parquet")

    @property
    def topics(self) -> Path:
        """Their topics, where they were found in time."""
        return self.version.with_suffix(".topics.duckdb")

    def derive_kinds(self) -> None:
        """Read the tickets and classify them."""
        with _whole(self.text_features) as unfinished:
            write_text_features(self.version, unfinished, {}, "")
        with _whole(self.kinds) as unfinished:
            write_kinds(self.version, self.text_features, unfinished, {})

    def derive_topics(self) -> None:
        """Find the topics. Raises Cancelled when the version was published meanwhile, or is gone."""

        def progress(_: str, __: float) -> None:
            if not self.version.exists():
                raise Cancelled("No longer needed", "Could not continue because the version no longer exists.", "")

        with _whole(self.topics) as unfinished:
            build_topics(self.version, DerivedArtifacts(self.kinds), unfinished, progress)

    def publish(self, workspace: Workspace, version: Version) -> None:
        """Make what is derived the artifacts of the version, now published."""
        key = cache_key(workspace)
        for kind, artifact_key, file in (
            (TEXT_FEATURES, NO_PHRASES_KEY, self.text_features),
            (TICKET_KINDS, key, self.kinds),
            (TOPICS, key, self.topics),
        ):
            if file.exists():
                workspace.artifacts.adopt(kind, version.number, artifact_key, file)


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """Yield a path to write to, which becomes `file` once it is whole: the version may be published at any moment."""
    unfinished = file.with_suffix(".part")
    yield unfinished
    unfinished.replace(file)
