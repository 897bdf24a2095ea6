"""The rail's data: the number of accounts at risk is that of the pages, and never keeps a page waiting."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from cs_dash.store.workspace import Workspace
from cs_dash.ui.components.scope_bar import scope_of_query
from cs_dash.ui.jobs import prefetch
from cs_dash.ui.server import data_routes
from cs_dash.ui.state import answers, session


def rail(**query: str) -> dict[str, Any]:
    request = Request({"type": "http", "method": "GET", "query_string": urlencode(query).encode(), "headers": []})
    content: dict[str, Any] = json.loads(bytes(asyncio.run(data_routes.rail(request)).body))
    return content


@pytest.mark.parametrize("query", [{}, {"segment": "SMB"}])
def test_the_rail_counts_the_accounts_at_risk_of_the_accounts_page(
    query: dict[str, str], demo_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CS_DASH_WORKSPACE", str(demo_workspace.folder))
    version = session.current_version()
    assert version is not None
    snapshot = session.Snapshot.of(version)
    scope, _ = scope_of_query({name: [value] for name, value in query.items()}, answers.dimensions(snapshot))
    whole = answers.cached_answer(answers.AnswerKey.of("en", snapshot, "health.bands", scope, {}))
    assert rail(**query)["at_risk"] == whole.figure("red_accounts").value


def test_who_waits_for_pages_goes_on_when_none_runs_or_after_a_while() -> None:
    worker = prefetch.PrefetchWorker()
    worker.wait_for_pages(60.0)
    done = threading.Event()

    def wait() -> None:
        worker.wait_for_pages(60.0)
        done.set()

    with worker.page():
        worker.wait_for_pages(0.01)
        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.1)
        assert not done.is_set()
    waiting.join(10)
    assert done.is_set()
