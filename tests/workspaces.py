"""Workspaces for tests: copies of such as were loaded before, and their versions, opened once for all that is asked."""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from cs_dash.decisions import CurrentDecisions, current_decisions
from cs_dash.metrics import NO_ARTIFACTS, DerivedArtifacts, Warehouse, open_warehouse
from cs_dash.pipeline import derive_artifacts, load
from cs_dash.store.workspace import Workspace
from tests.companies import ReusedReader

Files = Mapping[str, str | bytes]
Derived = Literal["nothing", "kinds", "kinds and topics"]


def copied(folder: Path, *loads: Files, derived: Derived = "nothing", as_table: str | None = None) -> Workspace:
    """Return a workspace in `folder` into which files, by their names, were loaded: one load after the other.

    `derived`: what was made of its tickets. `as_table`: what the files were said to be.
    """
    made = _loaded(tuple(tuple(files.items()) for files in loads), derived, as_table)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return Workspace(folder)


@cache
def _loaded(loads: tuple[tuple[tuple[str, str | bytes], ...], ...], derived: Derived, as_table: str | None) -> Path:
    workspace = Workspace(Path(tempfile.mkdtemp(dir=_folder())))
    for files in loads:
        contents = ((name, text.encode() if isinstance(text, str) else text) for name, text in files)
        load(workspace, [(name, io.BytesIO(content)) for name, content in contents], as_table=as_table)
    version = workspace.current()
    assert version is not None
    if derived != "nothing":
        derive_artifacts(workspace, version, topics=derived == "kinds and topics")
    return workspace.folder


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="cs_dash_workspaces_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def rows(workspace: Workspace, sql: str) -> list[dict[str, Any]]:
    """Return the rows of a statement over the version that is shown, with what people decided."""
    return list(opened(workspace).query(sql).to_pylist())


def opened(workspace: Workspace, artifacts: DerivedArtifacts = NO_ARTIFACTS) -> Warehouse:
    """Return the version that is shown, with what people decided; it stays open until another one is asked for."""
    version = workspace.current()
    assert version is not None
    file = workspace.file_of(version)
    written = tuple(part.stat().st_mtime_ns for part in (file, artifacts.kinds, artifacts.topics) if part)
    return _opened(file, written, current_decisions(workspace), artifacts)


@lru_cache(maxsize=1)
def _opened(file: Path, _: tuple[int, ...], decisions: CurrentDecisions, artifacts: DerivedArtifacts) -> Warehouse:
    if artifacts == NO_ARTIFACTS:
        reader = ReusedReader(file, decisions)
        if not reader("plain_tables").num_rows:
            return reader
        reader.close()
    return open_warehouse(file, decisions, artifacts)
