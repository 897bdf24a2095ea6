"""What follows a load is done once, aside, for the version that is shown."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import decided, labels
from cs_dash.store import artifacts as store_artifacts
from cs_dash.store.artifacts import KEYS, DerivedArtifacts
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace
from cs_dash.ui.jobs import derivation_worker
from cs_dash.ui.jobs.derivation_worker import DerivationWorker
from cs_dash.ui.pages.data import demo
from cs_dash.ui.state import session


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def loaded(folder: Path, *names: str) -> Workspace:
    workspace = Workspace(folder)
    for at, name in enumerate(names):
        text = f"ticket_id,created_at,subject\n{at},2026-05-01,How do I export {name}?\n"
        pipeline.load(workspace, [(f"{name}.csv", io.BytesIO(text.encode()))], as_table="tickets")
    return workspace


def current_version(workspace: Workspace) -> Version:
    version = workspace.current()
    assert version is not None
    return version


def test_only_a_server_follows_and_once(tmp_path: Path) -> None:
    workspace = loaded(tmp_path / "workspace", "reports")
    work = DerivationWorker()
    assert not work.request(workspace, current_version(workspace))
    assert pipeline.derived_artifacts(workspace, current_version(workspace)) == DerivedArtifacts()
    work.start()
    assert work.request(workspace, current_version(workspace))
    assert until(lambda: pipeline.is_derived(workspace, current_version(workspace)))
    assert until(lambda: not work.request(workspace, current_version(workspace)))
    derived = pipeline.derived_artifacts(workspace, current_version(workspace))
    assert derived.kinds is not None
    assert derived.topics is not None


def test_a_label_is_followed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = loaded(tmp_path / "workspace", "reports")
    work = DerivationWorker()
    work.start()
    work.request(workspace, current_version(workspace))
    assert until(lambda: pipeline.is_derived(workspace, current_version(workspace)))
    pipeline.label(workspace, [("0", "billing")])
    assert work.request(workspace, current_version(workspace))  # the topics are of what was said before
    assert until(lambda: pipeline.is_derived(workspace, current_version(workspace)))
    before = pipeline.derived_artifacts(workspace, current_version(workspace))
    assert before.kinds is not None
    pipeline.label(workspace, [("0", "how-to")])
    pipeline.derive_artifacts(workspace, current_version(workspace))
    assert before.kinds.exists()  # whoever read its name a moment ago can open it
    monkeypatch.setattr(store_artifacts, "LEASE_SECONDS", -1)
    for kind in ("billing", "outage", "how-to"):
        pipeline.label(workspace, [("0", kind)])
        pipeline.derive_artifacts(workspace, current_version(workspace))
    assert [len(list((workspace.folder / name).iterdir())) for name in ("kinds", "topics")] == [KEYS, KEYS]
    assert pipeline.is_derived(workspace, current_version(workspace))


def test_work_for_another_version_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = loaded(tmp_path / "workspace", "reports", "invoices")
    newest = current_version(workspace)
    first = next(version for version in workspace.state.versions() if version.number == 1)
    started: list[int] = []
    ended: list[int] = []

    def slow(_: Workspace, version: Version, report: Callable[[str, float], None]) -> None:
        started.append(version.number)
        try:
            while version.number == 1:
                time.sleep(0.01)
                report("Reading", 0.1)
        finally:
            ended.append(version.number)

    monkeypatch.setattr(pipeline, "derive_artifacts", slow)
    work = DerivationWorker()
    work.start()
    work.request(workspace, first)
    assert until(lambda: started == [1])
    work.request(workspace, newest)
    assert until(lambda: ended == [1, 2])


def test_what_fails_is_not_tried_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = loaded(tmp_path / "workspace", "reports")
    tried: list[int] = []

    def broken(*_: Any) -> None:
        tried.append(1)
        raise OSError("disk full")

    monkeypatch.setattr(pipeline, "derive_artifacts", broken)
    work = DerivationWorker()
    work.start()
    assert work.request(workspace, current_version(workspace))
    assert until(lambda: not work.request(workspace, current_version(workspace)))
    assert tried == [1]
    pipeline.label(workspace, [("0", "billing")])
    # There is something else to do: it is tried again, unless the worker has tried it already.
    assert work.request(workspace, current_version(workspace)) or len(tried) == 2
    assert until(lambda: len(tried) == 2)


def test_what_was_made_ahead_of_the_demo_company_is_published_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "ticket_id,created_at,subject\n1,2026-05-01,How do I export reports?\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tickets.csv").write_text(text)
    monkeypatch.setattr(demo, "DEMO", tmp_path / "data")
    workspace = Workspace(tmp_path / "workspace")
    demo.prepare(workspace)
    built = demo.READY.pop(workspace.folder).result()
    artifacts = pipeline.PreparedArtifacts(built.file)
    assert until(artifacts.topics.exists)
    assert pipeline.publish_prepared(workspace, built)
    assert pipeline.is_derived(workspace, current_version(workspace))
    assert not derivation_worker.DERIVATIONS.request(workspace, current_version(workspace))


def test_labels_said_one_after_the_other_are_followed_after_a_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = loaded(tmp_path / "workspace", "reports")
    pipeline.derive_artifacts(workspace, current_version(workspace))
    labels_at_begin: list[dict[str, str]] = []
    follow = pipeline.derive_artifacts

    def noted(*arguments: Any) -> DerivedArtifacts:
        labels_at_begin.append(labels.kinds_of_tickets(workspace))
        return follow(*arguments)

    monkeypatch.setattr(pipeline, "derive_artifacts", noted)
    monkeypatch.setattr(derivation_worker, "PAUSE", 1.0)
    work = DerivationWorker()
    work.start()
    for kind in ("billing", "how-to", "outage"):
        labels.add(workspace, [("0", kind)])
        work.pause()
        assert work.request(workspace, current_version(workspace))
        time.sleep(0.1)
    assert until(lambda: pipeline.is_derived(workspace, current_version(workspace)))
    assert labels_at_begin == [{"0": "outage"}], "followed once, when the last label was there"


def test_a_pause_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    work = DerivationWorker()
    for _ in range(15):
        work.pause()
        clock[0] += 2
    assert work.not_before == 100 + derivation_worker.LONGEST


def test_what_was_looked_up_can_be_opened_whatever_is_derived_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = loaded(tmp_path / "workspace", "reports")
    monkeypatch.setenv(session.FOLDER, str(workspace.folder))
    pipeline.derive_artifacts(workspace, current_version(workspace))
    snapshot = session.Snapshot.of(current_version(workspace))
    assert snapshot.kinds is not None
    assert snapshot.kinds.path == pipeline.derived_artifacts(workspace, current_version(workspace)).kinds
    assert snapshot.topics is not None
    late = session.Snapshot(snapshot.file, decided({"a": "b"}), snapshot.kinds, snapshot.topics)
    for at in range(KEYS + 2):
        pipeline.label(workspace, [("0", ("billing", "defect")[at % 2])])
        pipeline.derive_artifacts(workspace, current_version(workspace))
    assert late.warehouse("label_effect")["labelled"].to_pylist() == [0]
    monkeypatch.setattr(store_artifacts, "LEASE_SECONDS", -1)
    pipeline.label(workspace, [("0", "how-to")])
    pipeline.derive_artifacts(workspace, current_version(workspace))
    assert not snapshot.topics.path.exists()
    later = session.Snapshot(snapshot.file, decided({"a": "c"}), snapshot.kinds, snapshot.topics)
    assert later.warehouse("label_effect")["labelled"].to_pylist() == [1]
