"""What is derived ahead of a version that is not published yet."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.pipeline import derive
from cs_dash.store.artifacts import ARTIFACT_KINDS, TEXT_FEATURES
from cs_dash.store.workspace import Workspace

TICKETS = b"ticket_id,created_at,subject\n1,2026-05-01,How do I export reports?\n2,2026-05-02,Export fails\n"


@pytest.mark.parametrize("write", ["write_text_features", "write_kinds"])
def test_a_version_is_published_without_what_is_only_half_written(
    write: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens the demo company does so at any moment, also while a file is being written."""
    workspace = Workspace(tmp_path / "workspace")
    folder = tmp_path / "workspace" / "prepared"
    folder.mkdir()
    built = pipeline.prepare(workspace, [("tickets.csv", io.BytesIO(TICKETS))], folder / "v.duckdb")
    prepared = pipeline.PreparedArtifacts(built.file)
    write_whole: Callable[..., None] = getattr(derive, write)

    def publish_meanwhile(*arguments: Any) -> None:
        unfinished = next(path for path in reversed(arguments) if isinstance(path, Path))
        unfinished.write_bytes(b"PAR1")
        assert pipeline.publish_prepared(workspace, built)
        write_whole(*arguments)

    monkeypatch.setattr(derive, write, publish_meanwhile)
    with pytest.raises(Exception, match=r"v\.duckdb"):  # it is not there any more
        prepared.derive_kinds()
    version = workspace.current()
    assert version is not None
    there = [kind for kind in ARTIFACT_KINDS if workspace.artifacts.newest(kind, version.number)]
    assert there == ([] if write == "write_text_features" else [TEXT_FEATURES])
    artifacts = pipeline.derive_artifacts(workspace, version)
    assert artifacts.kinds is not None
    assert artifacts.topics is not None
