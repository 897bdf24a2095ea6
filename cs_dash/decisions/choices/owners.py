"""The one person who is accountable for something, and the teams."""

from __future__ import annotations

from cs_dash.errors import BadInput

TEAMS = ("product", "cs")
TEAM_NAMES = {"product": "Product", "cs": "Customer success"}
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
        why = f"to the team {name} because there is no such team" if name else "to a team because none is named"
        raise BadInput("Not a team", f"Could not give {of} {why}.", "Choose product or cs.")
    return name
