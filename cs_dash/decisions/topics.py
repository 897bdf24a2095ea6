"""What people decide of topics: their names, which count as part of others, which are split, which are ignored.

A decision names a topic by its id, which the same content always has, so that it holds for every version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cs_dash.decisions import log
from cs_dash.decisions.log import Entry, Kind
from cs_dash.errors import BadInput
from cs_dash.store.acting import Right
from cs_dash.store.workspace import Workspace

NAME = Kind("topic name", "The name of a topic", Right.LABEL, in_sql=True)
INTO = Kind("topic into", "The topic that another one is merged into", Right.LABEL, in_sql=True)
SPLIT = Kind("topic split", "A topic split into its subtopics", Right.LABEL, in_sql=True)
IGNORED = Kind("topic ignored", "An ignored topic", Right.LABEL, in_sql=True)
KINDS = (NAME, INTO, SPLIT, IGNORED)
Change = tuple[Entry, ...]


@dataclass(frozen=True)
class TopicDecisions:
    """What holds of topics.

    Attributes:
        names: topic -> the name that somebody gave it.
        into: topic -> the topic that it is merged into.
        split: topics that are shown as their parts.
        ignored: topics that are left out.
    """

    names: Mapping[str, str]
    into: Mapping[str, str]
    split: frozenset[str]
    ignored: frozenset[str]

    @property
    def entries(self) -> Change:
        """Every single decision, by kind and topic."""
        rows = [Entry(NAME.name, topic, name) for topic, name in self.names.items()]
        rows += [Entry(INTO.name, topic, target) for topic, target in self.into.items()]
        rows += [Entry(SPLIT.name, topic, True) for topic in self.split]
        rows += [Entry(IGNORED.name, topic, True) for topic in self.ignored]
        return tuple(sorted(rows, key=lambda entry: (entry.kind, entry.subject)))


def decided(workspace: Workspace) -> TopicDecisions:
    """Return what holds of topics now."""
    by_kind: dict[str, dict[str, str]] = {kind.name: {} for kind in KINDS}
    for row in log.in_force(workspace, *by_kind):
        by_kind[row.kind][row.subject] = row.value
    return TopicDecisions(
        by_kind[NAME.name], by_kind[INTO.name], frozenset(by_kind[SPLIT.name]), frozenset(by_kind[IGNORED.name])
    )


def apply(workspace: Workspace, change: Sequence[Entry], *, person: str = "") -> None:
    """Record a change of topics, all of it or nothing."""
    log.change(workspace, change, person=person)


def renamed(topic: str, name: str) -> Change:
    """Return the change that calls a topic `name`; an empty name gives it back the one that was found."""
    return (Entry(NAME.name, topic, " ".join(name.split()) or None),)


def merged(topics: Sequence[str], into: str, before: TopicDecisions) -> Change:
    """Return the change that counts topics as part of `into`; what was merged into them goes with them.

    Raises BadInput where `into` is itself merged into another, or is the only topic named.
    """
    sources = [topic for topic in topics if topic != into]
    if not sources:
        raise BadInput("Nothing to merge", "Could not merge a topic into itself.", "Name two topics.")
    target = before.into.get(into)
    if target is not None and target not in sources:
        raise BadInput(
            "Merged already", f"Could not merge into {into} because it is part of {target}.", f"Merge into {target}."
        )
    along = {topic for topic, whole in before.into.items() if whole in sources}
    change = tuple(Entry(INTO.name, topic, into) for topic in sorted({*sources, *along} - {into}))
    return (*change, Entry(INTO.name, into, None)) if target is not None else change


def split(topic: str) -> Change:
    """Return the change that shows a topic as its parts, and no longer as part of another; a part can be split too."""
    return Entry(SPLIT.name, topic, True), Entry(INTO.name, topic, None)


def ignored(topic: str) -> Change:
    """Return the change that leaves a topic out of the list."""
    return (Entry(IGNORED.name, topic, True),)


def restored(topic: str, before: TopicDecisions) -> Change:
    """Return the change that undoes what was decided of a topic: its name, merge and split, and that it is ignored."""
    return tuple(Entry(entry.kind, topic, None) for entry in ordered(before.entries) if entry.subject == topic)


def ordered(entries: Sequence[Entry]) -> Change:
    """Return decisions in the order of `KINDS`."""
    order = [kind.name for kind in KINDS]
    return tuple(sorted(entries, key=lambda entry: order.index(entry.kind)))
