"""The presentation of a review: the same file as its HTML export, with a form on the slides that ask for a decision.

What a reader may not see is not in it: its numbers are those of the reader's copy, see `sharing.reviews`. A decision is
recorded on the roadmap by who may change it, within the reader's rights.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from cs_dash import page_registry as registry
from cs_dash.decisions import roadmap
from cs_dash.decisions.reviews.records import reviews
from cs_dash.errors import BadInput, Conflict, CsDashError, NoData, NotAllowed
from cs_dash.look.locales import convention
from cs_dash.review.html import DecisionForm, Document, document
from cs_dash.sharing import Reader, Right
from cs_dash.store.cache import SingleFlightCache
from cs_dash.ui.server.content_policy import HEADER
from cs_dash.ui.server.own_origin import DATA
from cs_dash.ui.server.presentation.decision_forms import decide, decision_form, decision_values
from cs_dash.ui.server.sign_in_page import Invitation, sign_in_page
from cs_dash.ui.state import session
from cs_dash.ui.state.reader import reader_of_request
from cs_dash.ui.state.review_decks import review_deck_for
from cs_dash.ui.state.workspace_folder import whole_workspace

PRESENT = "/present"
DECIDE = f"{PRESENT}/decide{DATA}"
PAGE = "review"
"""The page whose readers may see the presentation."""
NAMES, MONEY = "names", "money"
"""What can be hidden from who watches, in the address: `hide=names,money`."""
LONGEST_REQUEST = 20_000
"""Bytes of a decision that is sent."""
DOCUMENTS = SingleFlightCache[Document](32 << 20, lambda made: len(made.content))
STATUS: dict[type[CsDashError], int] = {BadInput: 400, NotAllowed: 403, NoData: 404, Conflict: 409}


async def present(request: Request) -> Response:
    """Answer with the slides of a review as its reader may see them; of the newest review where none is named."""
    try:
        made = await run_in_threadpool(_presented, request)
    except CsDashError as problem:
        shown = Invitation(problem.title, f"{problem.message} {problem.hint}".strip())
        return HTMLResponse(sign_in_page(shown), _status(problem), headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": "no-store", HEADER: f"{made.policy}; frame-ancestors 'none'"}
    return HTMLResponse(made.content, headers=headers)


def _presented(request: Request) -> Document:
    reader = reader_of_request(request)
    if not reader.may_open(registry.by_name()[PAGE]):
        raise NotAllowed("Not open to you", "Could not show the review because it is not shared with you.", "")
    review_id = request.query_params.get("review") or _newest()
    hide = frozenset((request.query_params.get("hide") or "").split(",")) & {NAMES, MONEY}
    language = language_of(request)
    with session.read_as(reader):
        shown = review_deck_for(review_id, reader, language, hide_names=NAMES in hide, hide_money=MONEY in hide)
        forms = _forms(reader, language, {slide.item for slide in shown.deck.shown if slide.item}, not hide)
        ask_name = bool(forms) and not reader.name
        speaker = reader.kind != "link"
        links = _links(request, reader, hide)
        key = (shown.snapshot, review_id, repr(shown.arrangement), repr(forms), language, ask_name, speaker, links)
        return DOCUMENTS.get(
            key,
            lambda: document(
                shown.deck,
                locale=language,
                speaker_notes=speaker,
                forms=forms,
                address=f".{DECIDE}",
                ask_name=ask_name,
                links=links,
            ),
        )


def _links(request: Request, reader: Reader, hide: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return (words, address) of the same review with names or money hidden or shown, where the reader may see them."""
    hidden = {NAMES: reader.limits.hide_names, MONEY: reader.limits.hide_money}
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "hide"]
    links = []
    for what in (name for name, always in hidden.items() if not always):
        other = ",".join(sorted(hide ^ {what}))
        address = urlencode([*query, ("hide", other)] if other else query)
        links.append((f"{'Show' if what in hide else 'Hide'} {what}", f".{PRESENT}?{address}"))
    return tuple(links)


def _newest() -> str:
    """Return the newest review: an open one rather than one that is closed."""
    listed = reviews(whole_workspace())
    if not listed:
        raise NoData(
            "No review", "Could not present a review because none was started.", "Start one on the page Review."
        )
    return next((review for review in reversed(listed) if review.is_open), listed[-1]).review_id


def _forms(reader: Reader, language: str, items: set[str], reasons: bool) -> dict[str, DecisionForm]:
    """Return the forms of these items as far as they are on the roadmap; none for who may not change it.

    `reasons`: whether they show why earlier decisions were made, which may name customers.
    """
    if not reader.may(Right.DECIDE) or not reader.sees_all:
        return {}
    return {
        item.item_id: decision_form(item, language, reasons=reasons)
        for item in roadmap.items(whole_workspace())
        if item.item_id in items
    }


async def record_decision(request: Request) -> JSONResponse:
    """Record a decision and answer {"saved", "text", "seen"}; "message" says why it was not saved, and what to do.

    What people type is no error of the request: it is answered like a decision that was saved.
    """
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_REQUEST:
            return _answer(413, {"saved": False, "message": "Could not save the decision because it is too long."})
    status, content = await run_in_threadpool(_recorded, request, body)
    return _answer(status, content)


def _recorded(request: Request, body: bytes) -> tuple[int, dict[str, Any]]:
    reader = reader_of_request(request)
    language, item = language_of(request), ""
    try:
        values = decision_values(body)
        item = values["item"]
        with session.read_as(reader):
            return 200, {"saved": True} | decide(whole_workspace(), reader, values, language)
    except CsDashError as problem:
        content: dict[str, Any] = {"saved": False, "message": f"{problem.message} {problem.hint}".strip()}
        if isinstance(problem, Conflict):
            current = decision_form(roadmap.item(whole_workspace(), item), language, reasons=False)
            content |= {"seen": current.seen, "text": current.text}
        typed = item and isinstance(problem, BadInput | Conflict)
        return 200 if typed else _status(problem), content


def _answer(status: int, content: dict[str, Any]) -> JSONResponse:
    return JSONResponse(content, status, headers={"Cache-Control": "no-store"})


def _status(problem: CsDashError) -> int:
    return next((code for kind, code in STATUS.items() if isinstance(problem, kind)), 500)


def language_of(request: Request) -> str:
    """Return the language of a reader: what the address says, else what the browser prefers; else English."""
    preferred = request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip()
    language = request.query_params.get("language") or preferred or "en"
    return "en" if convention(language) == convention("en") else language


def routes() -> list[Route]:
    """Return the routes."""
    return [Route(PRESENT, present), Route(DECIDE, record_decision, methods=["POST"])]
