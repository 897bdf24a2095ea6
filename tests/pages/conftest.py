"""The screens without a browser: the real main script, on workspaces in four states."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import page_registry as registry
from cs_dash import pipeline
from cs_dash.sharing.reviews import start_review
from cs_dash.store.acting import acting_as
from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import session

ROOT = Path(__file__).resolve().parents[2]
MAIN = str(ROOT / "cs_dash" / "ui" / "server" / "main.py")
PAGES = tuple(page.name for page in registry.pages())
STATES = ("empty", "one account", "no dimensions", "demo", "broken")
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def demo(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the demo company and its roadmap; what pages write into it stays there."""
    folder = tmp_path_factory.mktemp("pages") / "demo"
    shutil.copytree(demo_workspace.folder, folder)
    workspace = Workspace(folder)
    version = workspace.current()
    assert version is not None
    pipeline.record_demo_roadmap(workspace, version)
    return folder


@pytest.fixture(scope="session")
def with_review(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company with an open review of the third quarter, started by Ann."""
    folder = tmp_path_factory.mktemp("review") / "demo"
    shutil.copytree(demo, folder)
    with acting_as("Ann"):
        start_review(Workspace(folder), "2026Q3")
    return folder


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A workspace with the demo company for one test alone."""
    return Path(shutil.copytree(demo, tmp_path / "demo"))


@pytest.fixture(scope="session")
def started_app(tmp_path_factory: pytest.TempPathFactory) -> AppTest:
    """An app that ran once: what Streamlit finds out about pages and installed components is the same for all."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(session.FOLDER, str(tmp_path_factory.mktemp("started") / "empty"))
        return AppTest.from_file(MAIN, default_timeout=60).run()


@pytest.fixture(scope="session")
def one_account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one account, whose name is meant to break pages, and its one subscription."""
    folder = tmp_path_factory.mktemp("pages") / "one"
    accounts = "account_id,account,segment,signup_date\nA-1,<b>**Ann & `Bob`** :red[x]</b>,SMB,2025-01-01\n"
    lines = "subscription_id,account_id,start_date,end_date,mrr\nS-1,A-1,2025-01-01,,100\n"
    pipeline.load(
        Workspace(folder),
        [("accounts.csv", io.BytesIO(accounts.encode())), ("subscriptions.csv", io.BytesIO(lines.encode()))],
    )
    return folder


@pytest.fixture(scope="session")
def no_dimensions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose accounts have no segment, plan, region or CSM, with tickets and churn."""
    folder = tmp_path_factory.mktemp("pages") / "plain"
    files = {
        "accounts.csv": "account_id,account,signup_date\nA-1,Ann,2025-01-01\nA-2,Bob,2025-01-01\n",
        "subscriptions.csv": "subscription_id,account_id,start_date,end_date,mrr\n"
        "S-1,A-1,2025-01-01,,100\nS-2,A-2,2025-01-01,2025-06-01,50\n",
        "churn.csv": "churn_id,account_id,churn_date,reason\nC-1,A-2,2025-06-01,price\n",
        "tickets.csv": "ticket_id,account_id,created_at,type,subject\nT-1,A-1,2025-05-01,how-to,How do I export?\n"
        "T-2,A-1,2025-05-02,bug,Export is broken\n",
    }
    pipeline.load(Workspace(folder), [(name, io.BytesIO(text.encode())) for name, text in files.items()])
    return folder


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory, one_account: Path) -> Path:
    """A workspace whose only version is not a database any more."""
    folder = tmp_path_factory.mktemp("pages") / "broken"
    workspace = Workspace(folder)
    pipeline.load(workspace, [("accounts.csv", io.BytesIO(b"account_id,account,plan\nA-1,Ann,Pro\nA-2,Bob,Team\n"))])
    version = workspace.current()
    assert version is not None
    workspace.file_of(version).write_bytes(b"this is not a database" * 100)
    return folder


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, started_app: AppTest) -> Open:
    """Open a page on a workspace by its address: `open_page(folder, "churn", period="3m")`."""

    def opened(folder: Path, page: str = "overview", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv(session.FOLDER, str(folder))
        return page_of(started_app, page, query)

    return opened


@pytest.fixture(scope="module")
def shown(started_app: AppTest) -> Open:
    """Open a page as `open_page` does, for tests that only look at it: once for all of a module."""

    @cache
    def opened(folder: Path, page: str = "overview") -> AppTest:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv(session.FOLDER, str(folder))
            return page_of(started_app, page, {})

    return opened


def page_of(started_app: AppTest, page: str, query: Mapping[str, str | list[str]]) -> AppTest:
    """Return a page that ran, on the workspace that the environment names."""
    app = AppTest.from_file(MAIN, default_timeout=60)
    app._registered_pages = started_app._registered_pages
    app._bidi_component_manager = started_app._bidi_component_manager
    app.query_params = dict(query)
    if page != "overview":
        app.switch_page(f"../../../pages/{page.replace('-', '_')}.py")
    return app.run()


def words(app: AppTest) -> str:
    """Return everything a page says in HTML."""
    return "\n".join(element.proto.body for element in app.html)


def press(app: AppTest, label: str) -> None:
    """Press the button with this label."""
    (button,) = (button for button in app.button if button.label == label)
    button.click().run()


def field(app: AppTest, label: str, kind: str = "text_input") -> Any:
    """Return the first field with this label."""
    elements: Any = app.get(kind)
    return next(element for element in elements if element.label == label)


def confirm(app: AppTest, action: str) -> None:
    """Choose undo, redo or rebuild, and confirm it."""
    app.button(key=action).click().run()
    app.button(key="confirm").click().run()
