"""Fixtures and settings shared by all tests."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from cs_dash.pipeline import load
from cs_dash.store.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent

# A property that is slow on a busy machine is not wrong, and a run in CI must be repeatable.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that read third-party data."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared_data)


class OneBrowserProcess(LoadScopeScheduling):
    """Keeps all browser tests in one process, since two browsers and two servers slow each other down."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneBrowserProcess:
    """Return the scheduler: pytest 9 ignores the groups that pytest-xdist writes into test names."""
    return OneBrowserProcess(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of third-party data: CS_DASH_SHARED_DATA, else `../shared/data`; skips the test if it is absent."""
    folder = Path(os.environ.get("CS_DASH_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"there are no shared data at {folder}; CS_DASH_SHARED_DATA may name another folder")
    return folder


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the demo company, loaded once from its files; tests only read it."""
    workspace = Workspace(tmp_path_factory.mktemp("demo") / "workspace")
    with ExitStack() as stack:
        files = sorted((ROOT / "data").glob("*.csv")) + sorted((ROOT / "data").glob("*.xlsx"))
        load(workspace, [(file.name, stack.enter_context(file.open("rb"))) for file in files])
    return workspace
