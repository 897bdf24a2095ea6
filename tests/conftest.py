"""What the tests of every folder may ask for."""

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

# A property that takes long on a busy machine is not wrong; and a run in CI must be the same run tomorrow.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads data of others."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared_data)


class BrowserApart(LoadScopeScheduling):
    """What drives a browser is kept in one process: two browsers, and two servers, slow each other down."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserApart:
    """Return what gives tests to processes: pytest 9 does not see the groups that pytest-xdist writes into names."""
    return BrowserApart(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with data of others: CS_DASH_SHARED_DATA, else `../shared/data`. Skips the test where it is absent."""
    folder = Path(os.environ.get("CS_DASH_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"there are no shared data at {folder}; CS_DASH_SHARED_DATA may name another folder")
    return folder


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the demo company, loaded once from its files. Read it; never load into it."""
    workspace = Workspace(tmp_path_factory.mktemp("demo") / "workspace")
    with ExitStack() as stack:
        files = sorted((ROOT / "data").glob("*.csv")) + sorted((ROOT / "data").glob("*.xlsx"))
        load(workspace, [(file.name, stack.enter_context(file.open("rb"))) for file in files])
    return workspace
