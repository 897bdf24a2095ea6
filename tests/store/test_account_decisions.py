"""What people said of accounts is kept with the version it made, and goes with it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from cs_dash.metrics import ROLLUPS
from cs_dash.store.builder import Builder
from cs_dash.store.state import AccountDecision, State
from cs_dash.store.warehouse import Warehouse

ONE = AccountDecision("same", "A-1", account_name="Acme Europe")
TWO = AccountDecision("other", "A-2", account_ref="M-21", account_name="Helio")
THREE = AccountDecision("new", mail="acme.example")


def test_decisions_are_read_back_in_order(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    assert state.account_decisions() == ()
    state.add_version(1, None, None, {}, [ONE])
    state.add_version(2, 1, None, {})
    state.add_version(3, 2, None, {}, [TWO, THREE])
    assert State(tmp_path / "state.sqlite").account_decisions() == (ONE, TWO, THREE)


def test_decisions_of_a_version_taken_back_do_not_count(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite")
    state.add_version(1, None, None, {}, [ONE])
    state.add_version(2, 1, None, {}, [TWO])
    state.undo(2)
    assert state.account_decisions() == (ONE,)


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
