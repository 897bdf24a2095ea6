"""Share links: made, counted, revoked and expired; the workspace holds nothing that opens one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_dash.decisions import links
from cs_dash.decisions.links import ShareLink
from cs_dash.errors import BadInput, NotAllowed
from cs_dash.store.acting import Right, acting_as
from cs_dash.store.workspace import Workspace

RETENTION = ShareLink(pages=("retention",), filters=(("segment", ("SMB",)),), hide_names=True, note="For the board")


def test_a_link_is_found_by_its_id_and_keeps_what_it_was_made_with(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with acting_as("Ana"):
        link_id, made = links.create(workspace, RETENTION)
    assert len(link_id) >= 22  # 128 bits
    opened = links.open_link(workspace, link_id)
    assert opened == made
    assert (opened.made_by, opened.filters, opened.hide_names, opened.hide_money) == (
        "Ana", RETENTION.filters, True, False,
    )  # fmt: skip
    assert opened.expires - opened.made_at == dt.timedelta(days=90)


def test_no_file_of_the_workspace_holds_the_id(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    link_id, _ = links.create(workspace, RETENTION)
    links.open_link(workspace, link_id)
    contents = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"For the board" in contents
    assert link_id.encode() not in contents


def test_two_links_have_different_ids(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    made = [links.create(workspace, RETENTION) for _ in range(3)]
    assert len({link_id for link_id, _ in made}) == 3
    assert len(links.links(workspace)) == 3


def test_openings_are_counted(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    link_id, _ = links.create(workspace, RETENTION)
    assert links.links(workspace)[0].opened_at is None
    for _ in range(3):
        links.open_link(workspace, link_id)
    links.open_link(workspace, link_id, count=False)
    (link,) = links.links(workspace)
    assert link.openings == 3
    assert link.opened_at is not None


def test_a_revoked_link_says_what_an_unknown_one_says(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    link_id, made = links.create(workspace, RETENTION)
    with acting_as("Ben"):
        revoked = links.revoke(workspace, made.handle)
    assert (revoked.revoked_by, links.links(workspace)[0].revoked_by) == ("Ben", "Ben")
    with pytest.raises(NotAllowed) as of_revoked:
        links.open_link(workspace, link_id)
    with pytest.raises(NotAllowed) as of_unknown:
        links.open_link(workspace, "A" * 22)
    assert of_revoked.value.as_dict() == of_unknown.value.as_dict()
    assert links.links(workspace)[0].openings == 0


def test_an_expired_link_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(tmp_path)
    link_id, made = links.create(workspace, RETENTION, expires=dt.datetime.now(dt.UTC) + dt.timedelta(days=2))
    assert made.is_open
    assert made.has_expired(dt.datetime.now(dt.UTC) + dt.timedelta(days=3))
    monkeypatch.setattr(ShareLink, "has_expired", lambda *_: True)
    with pytest.raises(NotAllowed, match="expired on"):
        links.open_link(workspace, link_id)


@pytest.mark.parametrize("name", ["", "retention", "%", "0" * 8, "f" * 64, "..", "a' or 1=1 --", "\ud800"])
def test_names_that_are_no_link_open_and_revoke_nothing(tmp_path: Path, name: str) -> None:
    workspace = Workspace(tmp_path)
    links.create(workspace, RETENTION)
    with pytest.raises(NotAllowed):
        links.open_link(workspace, name)
    with pytest.raises(BadInput):
        links.revoke(workspace, name)


def test_the_digest_and_the_handle_open_nothing(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    _, made = links.create(workspace, RETENTION)
    for name in (made.digest, made.handle):
        with pytest.raises(NotAllowed):
            links.open_link(workspace, name)


def test_who_may_not_share_makes_and_revokes_none(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    _, made = links.create(workspace, RETENTION)
    with acting_as("Viewer", frozenset({Right.LABEL})):
        with pytest.raises(NotAllowed):
            links.create(workspace, RETENTION)
        with pytest.raises(NotAllowed):
            links.revoke(workspace, made.handle)
    assert [link.is_open for link in links.links(workspace)] == [True]


@pytest.mark.parametrize("days", [-1, 0, 732, 4000])
def test_an_expiry_lies_within_two_years(tmp_path: Path, days: int) -> None:
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days, seconds=-5 if days <= 0 else 5)
    with pytest.raises(BadInput):
        links.create(Workspace(tmp_path), RETENTION, expires=expires)
