"""Versions that an earlier release made."""

from __future__ import annotations

from pathlib import Path

import duckdb

from cs_dash.metrics import ROLLUPS
from cs_dash.store.builder import Builder
from cs_dash.store.warehouse import Warehouse


def test_a_version_of_an_earlier_release_has_no_matches_yet(tmp_path: Path) -> None:
    with Builder(tmp_path / "v.duckdb", None) as builder:
        builder.roll_up(ROLLUPS)
        builder.finish()
    with duckdb.connect(str(tmp_path / "v.duckdb")) as connection:
        connection.execute("drop table account_matches; drop table match_candidates")
    warehouse = Warehouse(tmp_path / "v.duckdb")
    assert warehouse("account_matches").num_rows == 0
    assert "how" in warehouse("account_matches").column_names
    warehouse.close()
    with Builder(tmp_path / "w.duckdb", tmp_path / "v.duckdb") as builder:
        assert builder.outdated
