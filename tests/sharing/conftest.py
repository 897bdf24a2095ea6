"""A small company that is shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.store.workspace import Workspace
from tests.sharing.companies import FILES
from tests.workspaces import copied


@pytest.fixture
def sharer(tmp_path: Path) -> Workspace:
    """Three accounts, two of them small, and five tickets."""
    return copied(tmp_path / "company", FILES, derived="kinds and topics")
