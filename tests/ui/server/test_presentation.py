"""Who may decide while a review is presented: by their role on a running server, and by nobody's else."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from cs_dash.decisions import people, roadmap
from cs_dash.decisions.people import Person
from cs_dash.pipeline import derive_artifacts, load
from cs_dash.sharing.reviews import start_review
from cs_dash.store.workspace import Workspace
from tests.signed_in import Answered, Visitor, cookie, oidc, server

PEOPLE = (
    Person("ana@example.com", "admin"), Person("leo@example.com", "leader"), Person("pm@example.com", "pm"),
    Person("vi@example.com", "viewer"),
    Person("cy@example.com", "csm", "Jo Fox"), Person("limits@example.com", "pm", "", True, True),
)  # fmt: skip
FILES = {
    "accounts.csv": "account_id,name,segment,csm\nA-1,Zephyr Quarry,SMB,Jo Fox\nA-2,Cobalt Mill,SMB,Ann Ray\n",
    "subscriptions.csv": "account_id,start_date,mrr\nA-1,2026-01-01,100\nA-2,2026-01-01,100\n",
    "tickets.csv": "ticket_id,account_id,created_at,subject\nT-1,A-1,2026-08-01,Export fails\n",
    "feature_requests.csv": "request_id,account_id,requested_on,title\nF-1,A-1,2026-08-01,Export as PDF\n",
}
ITEM = "Export as PDF"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace(tmp_path_factory.mktemp("presented") / "workspace")
    load(made, [(name, io.BytesIO(text.encode())) for name, text in FILES.items()])
    version = made.current()
    assert version is not None
    derive_artifacts(made, version, topics=False)
    roadmap.add(made, ITEM, evidence={"requests": [ITEM]})
    start_review(made, "2026Q3")
    for person in PEOPLE:
        people.add(made, person)
    return made


@pytest.fixture(scope="module")
def base(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(workspace.folder, tmp_path_factory.mktemp("served"), oidc()) as address:
        yield address


def visitor(base: str, email: str) -> Visitor:
    return Visitor(base, {"Cookie": cookie(base, email)})


def send(who: Visitor, workspace: Workspace, **changes: str) -> Answered:
    """Send a decision on the item as its form does."""
    (item,) = roadmap.items(workspace)
    values = {"item": item.item_id, "seen": item.seen, "verdict": "declined", "owner": "Eve", "team": "cs"} | changes
    return who.get("/present/decide.json", "POST", json.dumps(values).encode())


@pytest.mark.parametrize("email", ["vi@example.com", "cy@example.com", "limits@example.com"])
def test_who_may_not_change_the_roadmap_has_no_form(email: str, base: str, workspace: Workspace) -> None:
    who = visitor(base, email)
    shown = who.get("/present?review=2026Q3")
    assert shown.status == 200
    assert 'class="frame"' in shown.text
    assert 'class="decision"' not in shown.text
    refused = send(who, workspace)
    assert refused.status == 403
    assert "you may not change the roadmap" in refused.text
    assert "decision" not in roadmap.items(workspace)[0].parts


def test_each_sees_what_their_limits_leave(base: str) -> None:
    assert "Cobalt" not in visitor(base, "cy@example.com").get("/present").text
    assert "Zephyr" not in visitor(base, "limits@example.com").get("/present").text


def test_nobody_gets_neither_slides_nor_an_answer(base: str, workspace: Workspace) -> None:
    assert "Sign in" in Visitor(base).get("/present").text
    assert 'class="frame"' not in Visitor(base).get("/present").text
    assert send(Visitor(base), workspace).status == 401


def test_who_decides_is_recorded_by_their_sign_in_whatever_they_type(base: str, workspace: Workspace) -> None:
    who = visitor(base, "pm@example.com")
    shown = who.get("/present?review=2026Q3")
    assert 'class="decision"' in shown.text
    assert 'name="name"' not in shown.text
    answer = send(who, workspace, verdict="accepted", reason="Zephyr Quarry waits", name="Somebody Else")
    assert (answer.status, json.loads(answer.text)["saved"]) == (200, True)
    (item,) = roadmap.items(workspace)
    assert roadmap.history(workspace, item.item_id)[-1].person == "pm@example.com"
    assert "Zephyr Quarry waits" in who.get("/present").text
    hidden = who.get("/present?hide=names")
    assert 'class="decision"' in hidden.text
    assert "Zephyr" not in hidden.text
    kept = send(who, workspace, verdict="deferred", keep_reason="yes")
    assert "Zephyr" not in kept.text
    assert roadmap.items(workspace)[0].parts["decision"]["reason"] == "Zephyr Quarry waits"


def test_an_unknown_review_says_so(base: str) -> None:
    answer = visitor(base, "leo@example.com").get("/present?review=1999Q1")
    assert answer.status == 400
    assert "Could not find the review 1999Q1" in answer.text


def test_the_policy_of_the_slides_is_stricter_than_that_of_the_pages(base: str) -> None:
    policy = visitor(base, "leo@example.com").get("/present").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "frame-ancestors 'none'" in policy
