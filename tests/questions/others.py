"""Data that were not made for this product, loaded as anybody would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import load
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace


def loaded(folder: Path, pattern: str, into: Path) -> Iterator[Warehouse]:
    """Yield the files of `folder` that fit `pattern`, loaded together into a workspace of their own."""
    workspace = Workspace(into)
    with ExitStack() as stack:
        load(workspace, [(file.name, stack.enter_context(file.open("rb"))) for file in sorted(folder.glob(pattern))])
    version = workspace.current()
    assert version is not None
    with closing(open_warehouse(workspace.file_of(version))) as warehouse:
        yield warehouse
