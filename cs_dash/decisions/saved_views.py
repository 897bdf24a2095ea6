"""Saved views: addresses with a name, own ones and those that somebody shares with all who may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.kinds import Kind
from cs_dash.decisions.log import Entry
from cs_dash.errors import BadInput, NotAllowed
from cs_dash.store.acting import Right, acting, acting_person, require
from cs_dash.store.workspace import Workspace

VIEW = Kind("saved view", "A view that somebody saved by a name", Right.VIEWS)
KINDS = (VIEW,)
LONGEST_TITLE, LONGEST_QUERY = 60, 4000


@dataclass(frozen=True)
class SavedView:
    """One saved view.

    Attributes:
        title: its name.
        page: name of the page.
        query: the query of its address, without the page.
        owner: who saved it; "" at this machine where nobody is named.
        shared: whether others see it.
        view_id: V-1, V-2 ...; "" before it is saved.
    """

    title: str
    page: str
    query: str
    owner: str = ""
    shared: bool = False
    view_id: str = ""


def save(workspace: Workspace, view: SavedView) -> SavedView:
    """Save a view as that of who is acting, and return it; one of the same owner and name is replaced.

    Raises BadInput without a name and for too long an address, NotAllowed where who is acting may save or share none.
    """
    require(Right.VIEWS)
    title = " ".join(view.title.split())[:LONGEST_TITLE]
    if not title:
        raise BadInput("No name", "Could not save the view because it has no name.", "Name it in a few words.")
    if len(view.query) > LONGEST_QUERY:
        raise BadInput("The address is too long", "Could not save the view because its address is too long.", "")
    if view.shared and Right.SHARE not in acting().rights:
        raise NotAllowed(
            "Not allowed", f"Could not do this because you may not {Right.SHARE}.", "Save it for yourself."
        )
    owner = acting_person()
    with workspace.state.transaction(write=True) as connection:
        before = (_view(row.subject, row.value) for row in log.in_force_within(connection, [VIEW.name]))
        same = next((one.view_id for one in before if (one.owner, one.title) == (owner, title)), "")
        taken = (int(name.partition("-")[2]) for name in log.subjects_within(connection, VIEW.name))
        view_id = same or f"V-{max(taken, default=0) + 1}"
        value = {"title": title, "page": view.page, "query": view.query, "owner": owner, "shared": view.shared}
        log.append(connection, [Entry(VIEW.name, view_id, value)])
    return _view(view_id, value)


def remove(workspace: Workspace, view_id: str) -> None:
    """Remove a view. Raises BadInput where there is none of this id, NotAllowed where it belongs to somebody else."""
    require(Right.VIEWS)
    view = next((view for view in _all(workspace) if view.view_id == view_id), None)
    if view is None:
        raise BadInput("No such view", f"Could not remove {view_id} because there is no such view.", "")
    if view.owner != acting_person() and Right.PEOPLE not in acting().rights:
        why = "Could not remove the view because somebody else saved it."
        raise NotAllowed("Not allowed", why, "Ask whoever saved it, or an admin.")
    log.record(workspace, [Entry(VIEW.name, view_id, None)])


def views_for(workspace: Workspace, person: str) -> tuple[SavedView, ...]:
    """Return the views that a person sees: the own ones, then those that others share, each by name."""
    seen = [view for view in _all(workspace) if view.shared or view.owner == person]
    return tuple(sorted(seen, key=lambda view: (view.owner != person, view.title.casefold(), view.view_id)))


def _all(workspace: Workspace) -> tuple[SavedView, ...]:
    return tuple(_view(row.subject, row.value) for row in log.in_force(workspace, VIEW.name))


def _view(view_id: str, value: dict[str, Any]) -> SavedView:
    return SavedView(value["title"], value["page"], value["query"], value["owner"], value["shared"], view_id)
