"""Links and their copies: frozen, live, allowed to be both, revoked and expired."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import labels, people, settings, topics
from cs_dash.decisions.links import ShareLink
from cs_dash.decisions.people import Person
from cs_dash.errors import NoData, NotAllowed
from cs_dash.pipeline import derive_artifacts
from cs_dash.sharing.copies import FOLDER, clean_up, name_of, workspace_for
from cs_dash.sharing.links import create_link, reader_of, reader_of_link, revoke_link
from cs_dash.sharing.people import known_person
from cs_dash.store.copies.state import replace_content
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


def test_limits_that_nobody_has_any_more_take_their_copy_along(sharer: Workspace) -> None:
    people.add(sharer, Person("admin@us.example", "admin"))
    people.add(sharer, Person("pm@us.example", "pm", hide_names=True))
    copy = workspace_for(sharer, known_person(sharer, "pm@us.example"))
    clean_up(sharer)
    assert copy.folder.is_dir()
    people.remove(sharer, "pm@us.example")
    clean_up(sharer)
    assert not copy.folder.exists()


def test_a_failure_while_a_copy_is_made_leaves_nothing(sharer: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    link_id, _ = create_link(sharer, ShareLink(pages=("retention",)))
    with monkeypatch.context() as patch:
        patch.setattr("cs_dash.sharing.pieces.replace_content", _fail)
        with pytest.raises(OSError, match="no room"):
            workspace_for(sharer, reader_of_link(sharer, link_id))
    assert [file.name for file in (sharer.folder / FOLDER).iterdir() if file.is_dir()] == []
    assert not list((sharer.folder / "temporary").glob("*"))
    assert workspace_for(sharer, reader_of_link(sharer, link_id)).current() is not None


def test_a_failure_while_a_copy_is_renewed_leaves_the_former(
    sharer: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    link_id, _ = create_link(sharer, ShareLink(pages=("retention",)))
    copy = workspace_for(sharer, reader_of_link(sharer, link_id))
    load(sharer, MORE)
    with monkeypatch.context() as patch:
        patch.setattr("cs_dash.sharing.pieces.replace_content", _fail)
        with pytest.raises(OSError, match="no room"):
            workspace_for(sharer, reader_of_link(sharer, link_id), wait=True)
    assert "T-9" not in tickets(copy)
    assert "T-9" in tickets(workspace_for(sharer, reader_of_link(sharer, link_id), wait=True))


def test_readers_have_the_former_copy_while_it_is_renewed(sharer: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    link_id, _ = create_link(sharer, ShareLink(pages=("retention",)))
    reader = reader_of_link(sharer, link_id)
    workspace_for(sharer, reader)
    load(sharer, MORE)
    may_finish = threading.Event()

    def slow(*arguments: Any) -> None:
        may_finish.wait(60)
        replace_content(*arguments)

    monkeypatch.setattr("cs_dash.sharing.pieces.replace_content", slow)
    monkeypatch.setattr("cs_dash.sharing.copies.PATIENCE_SECONDS", 0.05)
    assert "T-9" not in tickets(workspace_for(sharer, reader))
    assert "T-9" not in tickets(workspace_for(sharer, reader))
    may_finish.set()
    assert "T-9" in tickets(workspace_for(sharer, reader, wait=True))


def _fail(*_: object) -> None:
    raise OSError("no room")


def test_a_killed_process_leaves_no_half_of_a_copy(sharer: Workspace) -> None:
    link_id, _ = create_link(sharer, ShareLink(pages=("retention",), hide_names=True))
    script = (
        "import sys; from pathlib import Path; from cs_dash.store.workspace import Workspace;"
        "from cs_dash.sharing.copies import workspace_for; from cs_dash.sharing.links import reader_of_link;"
        "workspace = Workspace(Path(sys.argv[1])); print('ready', flush=True);"
        "workspace_for(workspace, reader_of_link(workspace, sys.argv[2]))"
    )
    for wait_seconds in (0.0, 0.1, 0.3):
        command = [sys.executable, "-c", script, str(sharer.folder), link_id]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait_seconds)
            process.kill()
        copy = workspace_for(Workspace(sharer.folder), reader_of_link(sharer, link_id), wait=True)
        assert len(tickets(copy)) == 5
        load(sharer, {"tickets.csv": MORE["tickets.csv"].replace("T-9,", "T-1,")})
