"""Derived artifacts: looked up by kind, version and key, and removed by one policy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cs_dash.store import artifacts as module
from cs_dash.store.artifacts import KEYS, LEASE_SECONDS, TEXT_FEATURES, TICKET_KINDS, Artifacts


@pytest.fixture
def artifacts(tmp_path: Path) -> Artifacts:
    return Artifacts(tmp_path)


def derive(artifacts: Artifacts, version: int, key: str, age_seconds: float = 0.0) -> Path:
    with artifacts.deriving(TICKET_KINDS, version, key) as target:
        target.write_text(key)
    file = artifacts.path(TICKET_KINDS, version, key)
    made = file.stat().st_mtime - age_seconds
    os.utime(file, (made, made))
    return file


def test_an_artifact_is_found_by_its_key_else_the_newest_of_the_version(artifacts: Artifacts) -> None:
    assert artifacts.available(TICKET_KINDS, 1, "0-0") is None
    first = derive(artifacts, 1, "0-0", 20)
    second = derive(artifacts, 1, "1-0", 10)
    derive(artifacts, 2, "1-0")
    assert artifacts.current(TICKET_KINDS, 1, "2-0") is None
    assert artifacts.available(TICKET_KINDS, 1, "2-0") == second
    assert artifacts.available(TICKET_KINDS, 1, "0-0") == first
    assert artifacts.newest(TICKET_KINDS, 1) == first  # an earlier key counts again
    assert artifacts.available(TICKET_KINDS, 3, "1-0") is None
    assert artifacts.available(TEXT_FEATURES, 1, "0-0") is None


def test_what_fails_leaves_nothing_and_what_is_not_whole_is_not_found(artifacts: Artifacts, tmp_path: Path) -> None:
    def stopped() -> None:
        with artifacts.deriving(TICKET_KINDS, 1, "0-0") as target:
            target.write_text("half")
            assert artifacts.newest(TICKET_KINDS) is None
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    assert list((tmp_path / "kinds").iterdir()) == []


def test_superseded_artifacts_stay_for_a_lease_and_the_newest_two_for_good(artifacts: Artifacts) -> None:
    old = [derive(artifacts, 1, f"{at}-0", 4 * LEASE_SECONDS - at) for at in range(3)]
    other = derive(artifacts, 2, "0-0", 5 * LEASE_SECONDS)
    fresh = [derive(artifacts, 1, f"{at}-0", 10 - at) for at in range(3, 6)]
    assert [file.exists() for file in old] == [False, False, True]  # the last one was current until a moment ago
    assert all(file.exists() for file in (*fresh, other))
    assert len(fresh) > KEYS


def test_an_artifact_that_was_looked_up_is_not_removed_by_what_is_derived_then(artifacts: Artifacts) -> None:
    again = derive(artifacts, 1, "0-0", 9 * LEASE_SECONDS)
    derive(artifacts, 1, "1-0", 8 * LEASE_SECONDS)
    assert artifacts.current(TICKET_KINDS, 1, "0-0") == again
    for at in range(2, 6):
        derive(artifacts, 1, f"{at}-0")
    assert again.exists()


def test_text_features_stay_for_the_newest_two_versions(
    artifacts: Artifacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LEASE_SECONDS", -1)
    for version in range(1, 5):
        with artifacts.deriving(TEXT_FEATURES, version, "0") as target:
            target.touch()
    assert sorted(file.name for file in (tmp_path / "words").iterdir()) == ["000003-0.parquet", "000004-0.parquet"]
