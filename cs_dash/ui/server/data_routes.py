"""What the rail and its search ask for beside the pages: JSON, for the app's own pages only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cs_dash.errors import CsDashError
from cs_dash.look import words
from cs_dash.look.locales import convention
from cs_dash.ui.components.scope_bar import scope_of_query
from cs_dash.ui.jobs.prefetch import PREFETCH
from cs_dash.ui.server import search
from cs_dash.ui.server.own_origin import DATA
from cs_dash.ui.state import answers, session
from cs_dash.ui.state.reader import reader_of_request
from cs_dash.ui.state.workspace_folder import company

LONGEST_WAIT = 5.0  # seconds that the rail waits for pages that run


async def rail(request: Request) -> JSONResponse:
    """Answer with what the rail shows: workspace, load, day, tables with rows, accounts at risk in scope."""
    return await _answer(_rail, request)


async def matches(request: Request) -> JSONResponse:
    """Answer with what the search finds for `find`: {"matches": [{"kind", "title", "hint", "href"}]}."""
    return await _answer(_matches, request)


async def _answer(compute: Callable[[Request], dict[str, Any]], request: Request) -> JSONResponse:
    """Answer with what is computed aside; nothing where the version cannot be read, which the pages say."""

    def as_reader() -> dict[str, Any]:
        with session.read_as(reader_of_request(request)):
            return compute(request)

    try:
        content = await run_in_threadpool(as_reader)
    except CsDashError:
        content = {}
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _rail(request: Request) -> dict[str, Any]:
    shown: dict[str, Any] = {"workspace": company() if reader_of_request(request).sees_all else ""}
    version = session.current_version()
    if version is None:
        return shown
    snapshot = session.Snapshot.of(version)
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    scope, _ = scope_of_query(query, answers.dimensions(snapshot))
    language = language_of(request)
    key = answers.AnswerKey.of(language, snapshot, "health.bands", scope, {"months": "0"})
    if not answers.ANSWERS.has(key):  # with many rows it takes as long as the page, which the reader waits for
        PREFETCH.wait_for_pages(LONGEST_WAIT)
    bands = answers.cached_answer(key)
    at_risk = next((figure.value for figure in bands.figures if figure.name == "red_accounts"), None)
    as_of = scope.resolved(version.newest_day).as_of
    return shown | {
        "load": version.number,
        "as_of": words.date(as_of, language) if as_of else "",
        "tables": snapshot.warehouse("filled_tables")["table_name"].to_pylist(),
        "at_risk": at_risk,
    }


def _matches(request: Request) -> dict[str, Any]:
    version = session.current_version()
    lines = search.matches(
        request.query_params.get("find", ""),
        session.warehouse(version) if version else None,
        reader_of_request(request),
    )
    return {"matches": [vars(line) for line in lines]}


def language_of(request: Request) -> str:
    """Return the language of who asks, as the pages have it: English where the browser does not say."""
    language = request.query_params.get("language") or "en"
    return "en" if convention(language) == convention("en") else language


def routes() -> list[Route]:
    """Return the routes."""
    return [Route(f"/rail{DATA}", rail), Route(f"/search{DATA}", matches)]
