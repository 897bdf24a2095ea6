"""What the tests of every folder may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# A property that takes long on a busy machine is not wrong; and a run in CI must be the same run tomorrow.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads data of others."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared_data)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with data of others: CS_DASH_SHARED_DATA, else `../shared/data`. Skips the test where it is absent."""
    folder = Path(os.environ.get("CS_DASH_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"there are no shared data at {folder}; CS_DASH_SHARED_DATA may name another folder")
    return folder
