"""What people decide of topics: kept among the settings, read by `topics_shown`, so that it counts at once everywhere.

Every function returns settings to keep: name -> value, None to forget it. Ids of topics come from what is in them, so a
decision holds for every version that has the topic, also after the data were loaded anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cs_dash.errors import BadInput

NAME, INTO, SPLIT, IGNORED = "topic name: ", "topic into: ", "topic split: ", "topic ignored: "
YES = "yes"
Changes = dict[str, str | None]


def renamed(topic: str, name: str) -> Changes:
    """Call a topic `name`; an empty name gives it back the one that was found."""
    return {NAME + topic: " ".join(name.split()) or None}


def merged(topics: Sequence[str], into: str, settings: Mapping[str, Any]) -> Changes:
    """Count topics as part of `into`; what was merged into them goes with them.

    Raises BadInput where `into` is itself merged into another, or is the only topic named.
    """
    others = [each for each in topics if each != into]
    if not others:
        raise BadInput("Nothing to merge", "Could not merge a topic into itself.", "Name two topics.")
    target = settings.get(INTO + into)
    if target is not None and target not in others:
        raise BadInput(
            "Merged already", f"Could not merge into {into} because it is part of {target}.", f"Merge into {target}."
        )
    gone = {name.removeprefix(INTO) for name, value in settings.items() if name.startswith(INTO) and value in others}
    found: Changes = {INTO + each: into for each in sorted({*others, *gone} - {into})}
    return found | ({INTO + into: None} if target is not None else {})


def split(topic: str) -> Changes:
    """Show a topic as its parts, and no longer as part of another; a part can be split again."""
    return {SPLIT + topic: YES, INTO + topic: None}


def ignored(topic: str) -> Changes:
    """Leave a topic out of the list."""
    return {IGNORED + topic: YES}


def restored(topic: str, settings: Mapping[str, Any]) -> Changes:
    """Take back what was decided of a topic: its name, its split, what it was merged into, that it is ignored."""
    return {kind + topic: None for kind in (NAME, INTO, SPLIT, IGNORED) if kind + topic in settings}
