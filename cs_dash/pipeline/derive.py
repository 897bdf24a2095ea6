"""What follows a load: its tickets are read, and topics found in them. It holds nobody up, and changes no version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cs_dash.errors import Cancelled
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.pipeline.ticket_kinds import kinds_file, make_kinds, read, read_kinds
from cs_dash.pipeline.ticket_kinds import place_of as kinds_place
from cs_dash.pipeline.ticket_texts import make_texts
from cs_dash.pipeline.ticket_texts import place_of as texts_place
from cs_dash.pipeline.topics import find_topics, found, make_topics, topics_file
from cs_dash.pipeline.topics import place_of as topics_place
from cs_dash.store.artifacts import Beside
from cs_dash.store.state import Version
from cs_dash.store.workspace import Workspace


def beside(workspace: Workspace, version: Version) -> Beside:
    """Return what there is beside a version: as of now, else as of what people said earlier, else nothing."""
    return Beside(kinds_file(workspace, version), topics_file(workspace, version))


def followed(workspace: Workspace, version: Version) -> bool:
    """Return whether all that follows a load was done for a version, with what people have said so far."""
    return read(workspace, version) and found(workspace, version)


def follow(workspace: Workspace, version: Version, told: Progress = no_progress, *, topics: bool = True) -> Beside:
    """Read the tickets of a version and find their topics, where that was not done yet, and return what is beside it.

    Args:
        workspace: whose version it is.
        version: the version.
        told: told in words what is being done, with the share that is done; what it raises ends the work.
        topics: find topics too.
    """
    share = 0.4 if topics else 1.0
    read_kinds(workspace, version, lambda words, done: told(words, share * done))
    if topics:
        find_topics(workspace, version, lambda words, done: told(words, share + (1 - share) * done))
    told("", 1.0)
    return beside(workspace, version)


@dataclass(frozen=True)
class Ahead:
    """What follows a load, made for a version that is not published yet, beside its file.

    It belongs to a workspace where nobody has said anything yet.
    """

    version: Path

    @property
    def texts(self) -> Path:
        """What is read of the tickets."""
        return self.version.with_suffix(".texts.parquet")

    @property
    def kinds(self) -> Path:
        """The kinds of the tickets."""
        return self.version.with_suffix(".kinds.parquet")

    @property
    def topics(self) -> Path:
        """Their topics, where they were found in time."""
        return self.version.with_suffix(".topics.duckdb")

    def read(self) -> None:
        """Read the tickets and tell their kinds."""
        make_texts(self.version, self.texts, {}, "")
        make_kinds(self.version, self.texts, self.kinds, {})

    def find(self) -> None:
        """Find the topics. Raises Cancelled when the version was published meanwhile, or is gone."""

        def tell(_: str, __: float) -> None:
            if not self.version.exists():
                raise Cancelled("Not wanted", "Could not go on because the version is not here any more.", "")

        aside = self.topics.with_suffix(".part")
        make_topics(self.version, Beside(self.kinds), aside, tell)
        aside.replace(self.topics)

    def publish(self, workspace: Workspace, version: Version) -> None:
        """Put what is there in its place beside the version, now published."""
        for made, place in (
            (self.texts, texts_place(workspace, version, "")),
            (self.kinds, kinds_place(workspace, version)),
            (self.topics, topics_place(workspace, version)),
        ):
            if made.exists():
                place.parent.mkdir(exist_ok=True)
                made.replace(place)
