"""Where the workspace is that the server was started for, whole: before anybody asks what a reader may see of it."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from cs_dash.pipeline import Workspace

FOLDER = "CS_DASH_WORKSPACE"
UNNAMED = "workspace"
"""What the folder is called where nobody gave it a name."""


def folder() -> Path:
    """Return the workspace's folder: what the environment names, else `workspace` where the app was started."""
    return Path(os.environ.get(FOLDER) or "workspace").resolve()


def company() -> str:
    """Return whose customers they are: the name of the folder; "" where it has none of its own."""
    name = folder().name
    return "" if name == UNNAMED else name


@lru_cache(maxsize=16)
def workspace_in(folder: Path) -> Workspace:
    """Return the workspace of a folder, once for all sessions. Raises WorkspaceBroken when it cannot be used."""
    return Workspace(folder, lasting=True)


def whole_workspace() -> Workspace:
    """Return the workspace, with all that is in it: for the program itself and for who may see everything."""
    return workspace_in(folder())
