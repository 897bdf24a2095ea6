"""Links and their copies: frozen, live, allowed to be both, revoked and expired."""

from __future__ import annotations

import shutil

import pytest

from cs_dash import pipeline
from cs_dash.decisions import labels, settings, topics
from cs_dash.decisions.links import ShareLink
from cs_dash.errors import NoData, NotAllowed
from cs_dash.pipeline import derive_artifacts
from cs_dash.sharing.copies import FOLDER, clean_up, name_of, workspace_for
from cs_dash.sharing.links import create_link, reader_of, reader_of_link, revoke_link
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import FILES, MORE, answer, load, tickets
from tests.workspaces import opened

ASKED = ("retention.summary", "support.kinds", "support.topics", "health.bands", "overview.summary")


def test_a_frozen_link_shows_the_same_after_everything_changed(sharer: Workspace) -> None:
    labels.add(sharer, [("T-1", "defect")])
    link_id, made = create_link(sharer, ShareLink(pages=("retention",), hide_names=True, frozen=True))
    assert made.version == 1
    frozen = workspace_for(sharer, reader_of_link(sharer, link_id))
    before = [answer(frozen, question) for question in ASKED]
    for number in (1, 2, 3):
        load(sharer, {"tickets.csv": MORE["tickets.csv"].replace("T-9", f"T-9{number}")})
    load(sharer, {"accounts.csv": FILES["accounts.csv"].replace(",100,", ",900,")})
    pipeline.undo(sharer)
    labels.add(sharer, [("T-2", "billing"), ("T-1", "how-to")])
    settings.choose(sharer, {"gross_margin": 0.1, "health_red_below": 60.0, "health_green_from": 90.0})
    version = sharer.current()
    assert version is not None
    derive_artifacts(sharer, version)
    found_topics = [row["topic"] for row in answer(sharer, "support.topics")["rows"]]
    if len(found_topics) > 1:
        topics.apply(sharer, topics.merged(found_topics[1:2], found_topics[0], topics.decided(sharer)))
    reopened = Workspace(sharer.folder)
    again = [answer(workspace_for(reopened, reader_of_link(reopened, link_id)), question) for question in ASKED]
    assert again == before
    assert answer(sharer, "support.kinds") != before[1]


def test_a_frozen_copy_that_is_gone_is_not_made_again(sharer: Workspace) -> None:
    link_id, made = create_link(sharer, ShareLink(pages=("retention",), frozen=True))
    shutil.rmtree(sharer.folder / FOLDER / name_of(reader_of(made)))
    with pytest.raises(NoData, match="no longer stored"):
        workspace_for(sharer, reader_of_link(sharer, link_id))


def test_todays_figures_only_where_the_link_allows_it(sharer: Workspace) -> None:
    strict, _ = create_link(sharer, ShareLink(pages=("retention",), frozen=True))
    with pytest.raises(NotAllowed):
        reader_of_link(sharer, strict, live=True)
    link_id, _ = create_link(sharer, ShareLink(pages=("retention",), frozen=True, allow_live=True, hide_names=True))
    load(sharer, MORE)
    frozen, live = (workspace_for(sharer, reader_of_link(sharer, link_id, live=at)) for at in (False, True))
    assert ("T-9" in tickets(frozen), "T-9" in tickets(live)) == (False, True)
    ids = [opened(copy).query("from accounts order by 1")["account_id"].to_pylist() for copy in (frozen, live)]
    assert ids[0] == ids[1]


def test_a_revoked_link_takes_its_copies_along(sharer: Workspace) -> None:
    link_id, made = create_link(sharer, ShareLink(pages=("retention",), frozen=True, allow_live=True))
    other, kept = create_link(sharer, ShareLink(pages=("retention",)))
    for reader in (reader_of(made), reader_of(made, live=True), reader_of(kept)):
        workspace_for(sharer, reader)
    assert len(list((sharer.folder / FOLDER).glob("link-*/"))) == 3
    revoke_link(sharer, link_id)
    assert [folder.name for folder in (sharer.folder / FOLDER).glob("link-*/")] == [name_of(reader_of(kept))]
    with pytest.raises(NotAllowed):
        reader_of_link(sharer, link_id)
    assert workspace_for(sharer, reader_of_link(sharer, other)).current() is not None


def test_an_expired_link_takes_its_copy_along(sharer: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _, made = create_link(sharer, ShareLink(pages=("retention",)))
    workspace_for(sharer, reader_of(made))
    monkeypatch.setattr(ShareLink, "has_expired", lambda *_: True)
    clean_up(sharer)
    assert list((sharer.folder / FOLDER).glob("link-*/")) == []
