"""The one person who is accountable for something, and the teams."""

from __future__ import annotations

from cs_dash.errors import BadInput

TEAMS = ("product", "cs")
SEPARATORS = (",", ";", "&", "/", "+")


def one_owner(name: str, of: str) -> str:
    """Return the name of the one accountable owner of `of`, a noun such as "a goal".

    Raises BadInput where it is empty or names several people.
    """
    owner = " ".join(name.split())
    if not owner or any(sign in owner for sign in SEPARATORS) or " and " in f" {owner.lower()} ":
        raise BadInput(
            "One owner",
            f"Could not give {of} to {owner or 'nobody'} because it has exactly one accountable owner.",
            "Name one person; others can contribute without being accountable.",
        )
    return owner


def team_of(name: str, of: str) -> str:
    """Return the name of a team of `TEAMS`. Raises BadInput for another one."""
    if name not in TEAMS:
        raise BadInput("Not a team", f"Could not give {of} to the team {name or 'nobody'}.", "Say product or cs.")
    return name
