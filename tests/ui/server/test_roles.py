"""Attempts to get in, and to widen a role, on a running server: nothing outside of the role comes through."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Iterator

import pytest

from cs_dash import page_registry as registry
from cs_dash.decisions import people
from cs_dash.decisions.people import Person
from cs_dash.pipeline import derive_artifacts, load
from cs_dash.sharing.audit_trail import audit_trail
from cs_dash.sharing.people import reader_in_role
from cs_dash.store.workspace import Workspace
from tests.signed_in import SECRET, Visitor, cookie, oidc, query, server

PEOPLE = (
    Person("ana@example.com", "admin"), Person("leo@example.com", "leader"), Person("pm@example.com", "pm"),
    Person("vi@example.com", "viewer"), Person("cy@example.com", "csm", "Jo Fox"),
    Person("limits@example.com", "pm", "", True, True),
)  # fmt: skip
PAGES = {page.name: page for page in registry.pages()}
PROTECTED = [page.name for page in registry.pages() if page.right]
ACCOUNT = "Zephyr Quarry"
"""The name of the one customer, which nobody may learn who is not let in."""
FILES = {
    "accounts.csv": f"account_id,name,segment,csm\nA-1,{ACCOUNT},SMB,Jo Fox\n",
    "subscriptions.csv": "account_id,start_date,mrr\nA-1,2026-01-01,100\n",
    "tickets.csv": "ticket_id,account_id,created_at,subject\nT-1,A-1,2026-08-01,Export fails\n",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace(tmp_path_factory.mktemp("roles") / "workspace")
    load(made, [(name, io.BytesIO(text.encode())) for name, text in FILES.items()])
    version = made.current()
    assert version is not None
    derive_artifacts(made, version, topics=False)
    for person in PEOPLE:
        people.add(made, person)
    return made


@pytest.fixture(scope="module")
def base(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(workspace.folder, tmp_path_factory.mktemp("served"), oidc()) as address:
        yield address


def visitor(base: str, email: str) -> Visitor:
    return Visitor(base, {"Cookie": cookie(base, email)})


def content(workspace: Workspace) -> str:
    """Return a digest of all that people decided, loaded and uploaded."""
    with workspace.state.transaction() as connection:
        rows = [connection.execute(f"select * from {name}").fetchall() for name in ("decisions", "versions", "uploads")]
    files = sorted(str(path) for path in (workspace.folder / "uploads").rglob("*"))
    return hashlib.sha256(repr((rows, files)).encode()).hexdigest()


STRANGERS: dict[str, Callable[[str], dict[str, str]]] = {
    "no cookie": lambda base: {},
    "an unknown address": lambda base: {"Cookie": cookie(base, "eve@example.com")},
    "a cookie signed by another secret": lambda base: {"Cookie": cookie(base, "ana@example.com", secret="x" * 40)},
    "a cookie signed for another purpose": lambda base: {
        "Cookie": cookie(base, "ana@example.com", name="_streamlit_user_tokens")
    },
    "a cookie of another server": lambda base: {
        "Cookie": cookie(base, "ana@example.com", origin="https://elsewhere.example")
    },
    "a cookie that says not signed in": lambda base: {"Cookie": cookie(base, "ana@example.com", is_logged_in=False)},
    "an address that nobody verified": lambda base: {"Cookie": cookie(base, "ana@example.com", email_verified=False)},
    "no address": lambda base: {"Cookie": cookie(base, None)},
    "a name like an address": lambda base: {"Cookie": cookie(base, "ana@example.com.evil.example")},
    "the header of a proxy": lambda base: {"X-Forwarded-Email": "ana@example.com"},
    "headers of other proxies": lambda base: {
        "X-Forwarded-User": "ana@example.com", "X-Auth-Request-Email": "ana@example.com",
        "Remote-User": "ana@example.com",
    },
    "a basic password": lambda base: {"Authorization": "Basic YW5hOmFuYQ=="},
    "an unsigned cookie": lambda base: {"Cookie": '_streamlit_user={"email":"ana@example.com","is_logged_in":true}'},
    "the headers of this machine": lambda base: {"X-Forwarded-For": "127.0.0.1", "X-Real-Ip": "127.0.0.1"},
}  # fmt: skip
WAYS_IN = [
    "/", "/overview", "/renewals?period=6m", "/account?account=A-1", "/people", "/settings", "/rail.json",
    "/search.json?find=Zephyr", "/media/0123456789.csv", "/_stcore/upload_file/session/file", "/no/such/page",
    "/present", "/present/decide.json", "//accounts", "/component/streamlit/x", "/overview?link=guessed",
    "/rail.json?link=guessed",
]  # fmt: skip


@pytest.mark.parametrize("stranger", STRANGERS)
def test_who_is_not_let_in_learns_nothing(stranger: str, base: str) -> None:
    nobody = Visitor(base, STRANGERS[stranger](base))
    for path in WAYS_IN:
        answer = nobody.get(path)
        assert answer.status in (200, 401, 403, 404), path
        assert ACCOUNT not in answer.text
        assert 'id="cs-rail"' not in answer.text
        if answer.status == 200 and "text/html" in answer.headers["content-type"]:
            assert "Sign in" in answer.text or "You have no access yet" in answer.text
            assert answer.headers["cache-control"] == "no-store"
    assert nobody.page("") is None
    assert nobody.page("accounts") is None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
@pytest.mark.parametrize("stranger", ["no cookie", "an unknown address", "the header of a proxy"])
def test_who_is_not_let_in_sends_nothing(stranger: str, method: str, base: str, workspace: Workspace) -> None:
    before = content(workspace)
    answer = Visitor(base, STRANGERS[stranger](base)).get("/_stcore/upload_file/session/file", method, b"x")
    assert answer.status in (401, 403)
    assert content(workspace) == before


def test_a_stranger_is_told_whom_to_ask_and_what_is_public_stays_so(base: str) -> None:
    unknown = Visitor(base, STRANGERS["an unknown address"](base)).get("/renewals")
    assert "You are signed in as eve@example.com, but this address is not among those who may use" in unknown.text
    assert './auth/logout"' in unknown.text
    for path in ("/healthz", "/_stcore/health", "/favicon.png", "/app/static/inter-latin.woff2"):
        assert Visitor(base).get(path).status == 200


def test_the_way_back_leads_to_pages_of_the_app_only(base: str) -> None:
    assert "./sign-in?to=%2Frenewals%3Fperiod%3D6m" in Visitor(base).get("/renewals?period=6m").text
    for wanted, remembered in {
        "/renewals?period=6m": True, "renewals": True, "//evil.example": False, "https://evil.example": False,
        "/\\evil.example": False, "/a/b": False, "/x?a=\r\nSet-Cookie:a=b": False, "javascript:alert(1)": False,
    }.items():  # fmt: skip
        answer = Visitor(base).get(f"/sign-in?{query(to=wanted)}")
        assert answer.status == 302
        assert answer.headers["location"].startswith("./auth/login?provider=")
        assert ("cs_dash_to" in answer.headers.get("set-cookie", "")) == remembered, wanted
    ana = cookie(base, "ana@example.com")
    for kept, target in {"renewals?a=b": "./renewals?a=b", "//evil.example": "./", "https:evil": "./"}.items():
        answer = Visitor(base, {"Cookie": f'{ana}; cs_dash_to="{kept}"'}).get("/")
        assert (answer.status, answer.headers["location"]) == (302, target)


@pytest.mark.parametrize("email", ["pm@example.com", "vi@example.com"])
@pytest.mark.parametrize("page", PROTECTED)
def test_a_page_that_needs_a_right_is_shown_to_nobody_without_it(page: str, email: str, base: str) -> None:
    reader = visitor(base, email)
    run = reader.page(page, query(tab="churn", field="gross_margin", person="ana@example.com"))
    assert run is not None
    assert "Not open to you" in run.html
    assert run.widgets == set()
    assert f'data-page="{page}"' not in reader.get("/").text
    assert all(page != match["href"].removeprefix("./") for match in _found(reader, PAGES[page].title))


def _found(reader: Visitor, text: str) -> list[dict[str, str]]:
    import json

    matches: list[dict[str, str]] = json.loads(reader.get(f"/search.json?{query(find=text)}").text)["matches"]
    return matches


@pytest.mark.parametrize("page", sorted(PAGES.keys() - set(PROTECTED) - {"why", "account"}))
def test_a_viewer_reads_every_other_page_and_finds_nothing_to_write_with(page: str, base: str) -> None:
    run = visitor(base, "vi@example.com").page(
        page, query(new="yes", edit="new", answer="yes", show="scores", select="yes", types="open", ticket="T-1")
    )
    assert run is not None
    assert "Not open to you" not in run.html
    forbidden = ("Save", "Add", "Remove", "Label", "Undo", "Load", "Map", "Merge", "Split", "Rename", "Answer", "Set ")
    writing = {widget for widget in run.widgets if widget.partition(": ")[2].startswith(forbidden)}
    assert writing == set()
    assert not any(widget.startswith(("file_uploader", "data_editor")) for widget in run.widgets)
    assert "Add to roadmap" not in run.html


@pytest.mark.parametrize("email", ["cy@example.com", "limits@example.com"])
@pytest.mark.parametrize("page", ["", "accounts", "account", "tickets", "settings", "people"])
def test_a_reader_with_limits_sees_nothing_beyond_them(email: str, page: str, base: str) -> None:
    reader = visitor(base, email)
    run = reader.page(page, query(account="A-1"))
    assert run is not None
    if email == "limits@example.com":
        assert ACCOUNT not in run.text
        assert ACCOUNT not in reader.get("/search.json?find=Zephyr").text
    assert "Save" not in " ".join(run.widgets)


@pytest.mark.parametrize("email", ["vi@example.com", "cy@example.com", "limits@example.com"])
def test_who_may_upload_nothing_uploads_nothing(email: str, base: str, workspace: Workspace) -> None:
    before = content(workspace)
    for method in ("PUT", "DELETE"):
        assert visitor(base, email).get("/_stcore/upload_file/session/file", method, b"x").status == 403
    assert content(workspace) == before


@pytest.mark.parametrize(
    "widget",
    [
        "$$ID-0-save", "$$ID-0-person_add_do", "$$ID-0-load", "$$ID-0-undo", "$$ID-0-confirm", "$$ID-0-label_picked",
        "$$ID-0-reasons_save", "$$ID-0-categories_save", "$$ID-0-try_demo", "$$ID-0-topic_merge_do",
        "$$ID-0-programme_remove", "$$ID-0-person_remove",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["", "settings", "people", "upload"])
def test_values_of_widgets_that_are_not_on_the_page_do_nothing(
    page: str, widget: str, base: str, workspace: Workspace
) -> None:
    before = content(workspace)
    assert visitor(base, "vi@example.com").page(page, "", [(widget, True), (f"{widget}_x", "admin")]) is not None
    assert content(workspace) == before


def test_roles_see_what_their_rights_open(base: str) -> None:
    for person in PEOPLE[:4]:
        reader = reader_in_role(person)
        html = visitor(base, person.email).get("/").text
        for page in registry.pages():
            assert (f'data-page="{page.name}"' in html) == (page.in_rail and reader.may_open(page)), page.name
        assert f">{person.email}<" in html


def test_an_admin_opens_people_and_a_leader_does_not(base: str) -> None:
    admin, leader = (visitor(base, email).page("people") for email in ("ana@example.com", "leo@example.com"))
    assert admin is not None
    assert leader is not None
    assert admin.heading == "People"
    assert "button: Add person" in admin.widgets
    assert "Not open to you" in leader.html


def test_a_role_that_is_taken_away_counts_at_once(base: str, workspace: Workspace) -> None:
    people.add(workspace, Person("bo@example.com", "leader"))
    bo = visitor(base, "BO@example.com")
    run = bo.page("settings")
    assert run is not None
    assert run.heading == "Settings"
    people.change(workspace, Person("bo@example.com", "viewer"))
    run = bo.page("settings")
    assert run is not None
    assert "Not open to you" in run.html
    people.remove(workspace, "bo@example.com")
    assert bo.page("") is None
    assert "You have no access yet" in bo.get("/").text


def test_who_signed_out_is_out_also_with_a_copy_of_the_cookie(base: str) -> None:
    first, other = visitor(base, "vi@example.com"), Visitor(base, {"Cookie": cookie(base, "vi@example.com", nonce="b")})
    assert first.page("") is not None
    first.get("/auth/logout")
    assert first.page("") is None
    assert "Sign in" in first.get("/").text
    assert other.page("") is not None, "another sign-in of the same person goes on"


def test_a_part_of_an_open_page_shows_nothing_to_who_is_out_since(base: str) -> None:
    ana = Visitor(base, {"Cookie": cookie(base, "ana@example.com", nonce="part")})
    choices = query(ticket="T-1")
    first, same = ana.fragment("tickets", choices, lambda: None)
    assert first.fragment
    assert "Export fails" in same.text
    assert "Sign in" not in same.html
    first, after = ana.fragment("tickets", choices, lambda: ana.get("/auth/logout"))
    assert "Export fails" in first.text
    assert "Export fails" not in after.text
    assert "Sign in" in after.html


def test_a_part_of_an_open_page_follows_the_role(base: str, workspace: Workspace) -> None:
    people.add(workspace, Person("part@example.com", "leader"))

    def narrow() -> None:
        people.change(workspace, Person("part@example.com", "viewer"))
        time.sleep(1.2)  # for as long a page may go by the role of a moment ago

    first, after = visitor(base, "part@example.com").fragment("tickets", query(ticket="T-1"), narrow)
    people.remove(workspace, "part@example.com")
    assert any(widget.startswith("button_group") for widget in first.widgets)
    assert not any(widget.startswith("button_group") for widget in after.widgets)


def test_sign_ins_and_sign_outs_are_in_the_audit_trail_once(base: str, workspace: Workspace) -> None:
    leo, eve = (Visitor(base, {"Cookie": cookie(base, email, nonce="z")}) for email in ("leo@example.com", "eve@x.org"))
    for _ in range(2):
        leo.get("/")
        eve.get("/")
    leo.get("/auth/logout")
    lines = [(line.who, line.what) for line in audit_trail(workspace) if line.who in ("leo@example.com", "eve@x.org")]
    assert lines[0] == ("leo@example.com", "signed out")
    assert lines.count(("eve@x.org", "had no access")) == 1


def test_the_secret_is_not_sent_to_anybody(base: str) -> None:
    ana = visitor(base, "ana@example.com")
    run = ana.page("settings")
    assert run is not None
    assert SECRET not in run.text + ana.get("/").text
