"""Fixtures and settings shared by all tests."""

from __future__ import annotations

import gc
import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from cs_dash.pipeline import derive_artifacts, load
from cs_dash.store.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
TOGETHER = {
    "tests/browser/test_e": "every page in a browser",
    "tests/browser": "browser",
    "tests/demo": "the simulated company",
    "tests/tickets/topics": "the simulated company",
    "tests/pages": "pages",
    "tests/review/contents": "decks of the demo company",
    "tests/questions/test_d": "answers of the demo company",
}
"""What runs in one process, one after the other: how its files' names begin, and why."""

# A property that is slow on a busy machine is not wrong, and a run in CI must be repeatable.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that read third-party data."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.shared_data)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Have the garbage collector leave out what lives as long as the process: modules and all tests, a gigabyte."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Give it back: libraries look for their leaks when the interpreter ends."""
    gc.unfreeze()


class SharedFixtures(LoadScopeScheduling):
    """Keeps in one process what shares costly fixtures: what `TOGETHER` names, else a module.

    A browser and its servers take seconds to start; the demo company takes seconds to simulate, to load and to ask, and
    its pages remember what was answered.
    The browsers come first, as the folders are sorted: they wait for servers while the other processes work. There are
    two of them, of about the same length: one after the other they would last longer than all other tests.
    """

    def _split_scope(self, nodeid: str) -> str:
        for beginning, shared in TOGETHER.items():
            if nodeid.startswith(beginning):
                return shared
        module: str = nodeid.partition("::")[0]
        return module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharedFixtures:
    """Return the scheduler: pytest 9 ignores the groups that pytest-xdist writes into test names."""
    config.option.loadscopereorder = False
    return SharedFixtures(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of third-party data: CS_DASH_SHARED_DATA, else `../shared/data`; skips the test if it is absent."""
    folder = Path(os.environ.get("CS_DASH_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"there are no shared data at {folder}; CS_DASH_SHARED_DATA may name another folder")
    return folder


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the demo company and what follows its load, made once for all processes; tests only read it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    loaded = shared / "demo-workspace"
    with FileLock(shared / "demo-workspace.lock"):
        if not loaded.exists():
            partial = shared / "demo-workspace-partial"
            with ExitStack() as stack:
                files = sorted((ROOT / "data").glob("*.csv")) + sorted((ROOT / "data").glob("*.xlsx"))
                workspace = Workspace(partial)
                load(workspace, [(file.name, stack.enter_context(file.open("rb"))) for file in files])
            version = workspace.current()
            assert version is not None
            derive_artifacts(workspace, version)
            partial.rename(loaded)
    own = tmp_path_factory.mktemp("demo") / "workspace"
    shutil.copytree(loaded, own)
    return Workspace(own)
