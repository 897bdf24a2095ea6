"""The retention macros, against the same numbers by bare DuckDB, pandas and polars, on the same rows."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.frames import by_pandas, by_polars, month_ends
from benchmarks.pairs import Pairs
from cs_dash.metrics import ROLLUPS, open_warehouse
from cs_dash.store.builder import Builder
from cs_dash.store.tables import TableRows

SIZES = (400, 100_000)
FIRST, MONTHS = dt.date(2023, 10, 1), 36
AS_OF = dt.date(2026, 9, 30)
YEAR_AGO = dt.date(2025, 9, 30)
Say = Callable[[str], None]
Number = Callable[[], float]
NAMES = ("NRR", "bridge", "cohorts", "windows")

RAW = {name: Path(__file__).parent / "raw" / f"{name.lower()}.sql" for name in NAMES}


def measure(rounds: int, say: Say) -> Pairs:
    """Return the times in milliseconds: ours against bare DuckDB, and, as the parts, pandas and polars.

    Raises ValueError where the four do not find the same number: then there is nothing to compare.
    """
    times = Pairs("ms")
    for accounts in SIZES:
        say(f"Retention of {accounts:,} accounts over {MONTHS} months.")
        with tempfile.TemporaryDirectory() as name:
            lines = subscriptions(accounts)
            file = version(Path(name), lines, accounts)
            with duckdb.connect(str(file), read_only=True, config={"threads": 2}) as bare:
                frames = (by_pandas(lines, FIRST, AS_OF), by_polars(lines, FIRST, AS_OF))
                _compare(accounts, rounds, (_ours(file), _bare(bare), *frames), times)
    return times


def _compare(accounts: int, rounds: int, implementations: tuple[dict[str, Number], ...], pairs: Pairs) -> None:
    for name in NAMES:
        for turn in range(rounds + 1):
            numbers_of_turn = [way[name] for way in implementations]
            timed = [_timed(number) for number in (numbers_of_turn if turn % 2 else numbers_of_turn[::-1])]
            times, numbers = zip(*(timed if turn % 2 else timed[::-1]), strict=True)
            if not np.allclose(numbers[1:], numbers[0], rtol=1e-9):
                by_way = dict(zip(("our macro", "DuckDB", "pandas", "polars"), numbers, strict=True))
                raise ValueError(f"{name} is not one number: {by_way}.")
            if turn:  # the first is to warm up
                pairs.add(f"{accounts:,} accounts", name, *times)


def subscriptions(accounts: int) -> pa.Table:
    """Return invented subscription lines: three in a row for each account, some with a pause before the next."""
    random = np.random.default_rng(7)
    count = np.full(accounts, 3)
    owner = np.repeat(np.arange(accounts), count)
    lasts = random.integers(30, 420, len(owner))
    pause = np.where(random.random(len(owner)) < 0.2, random.integers(10, 90, len(owner)), 0)
    begin = np.repeat(random.integers(0, 900, accounts), count)
    spent = np.cumsum(lasts + pause)
    before = np.repeat(np.r_[0, spent[np.cumsum(count)[:-1] - 1]], count)
    start = np.datetime64(FIRST) + begin + (spent - lasts - pause - before)
    last = np.r_[owner[1:] != owner[:-1], True]
    open_end = last & (random.random(len(owner)) < 0.7)
    held = start <= np.datetime64(AS_OF)
    table = pa.table(
        {
            "subscription_id": pa.array([f"S-{at}" for at in range(len(owner))]),
            "account_id": pa.array([f"A-{at}" for at in owner]),
            "start_date": pa.array(start.astype("datetime64[D]"), pa.date32()),
            "end_date": pa.array((start + lasts).astype("datetime64[D]"), pa.date32(), mask=open_end),
            "mrr": pa.array(np.round(random.lognormal(6.5, 1, len(owner)), 2)),
            "_row": pa.array(np.arange(len(owner)) + 2, pa.int64()),
        }
    )
    return table.filter(pa.array(held))


def version(folder: Path, lines: pa.Table, accounts: int) -> Path:
    """Return a version's file with these subscriptions and their accounts."""
    file = folder / "version.duckdb"
    ids = pa.array([f"A-{at}" for at in range(accounts)])
    listed = pa.table({"account_id": ids, "account": ids, "_row": pa.array(np.arange(accounts), pa.int64())})
    with Builder(file, None) as builder:
        builder.upsert(TableRows("accounts", listed, "bench"))
        builder.upsert(TableRows("subscriptions", lines, "bench"))
        builder.roll_up(ROLLUPS)
        builder.finish()
    return file


def _ours(file: Path) -> dict[str, Number]:
    warehouse, ends = open_warehouse(file), month_ends(FIRST, AS_OF)[-24:]

    def query(sql: str, **parameters: Any) -> Number:
        # By `query`, which remembers nothing.
        return lambda: float(warehouse.query(sql, parameters).column(0)[0].as_py())

    return {
        "NRR": query("select nrr from net_revenue_retention($a, $b)", a=YEAR_AGO, b=AS_OF),
        "bridge": query("select sum(churn) from revenue_bridge($day)", day=AS_OF),
        "cohorts": query("select sum(active) from revenue_cohorts($day, 'month')", day=AS_OF),
        "windows": query(
            "select sum(nrr + grr + logos + quick) from retention_windows($starts, $ends)",
            starts=ends[:12],
            ends=ends[12:],
        ),
    }


def _bare(connection: duckdb.DuckDBPyConnection) -> dict[str, Number]:
    def query(file: Path) -> Number:
        text = file.read_text(encoding="utf-8")
        return lambda: float(connection.execute(text).fetchall()[0][0])

    return {name: query(file) for name, file in RAW.items()}


def _timed(number: Number) -> tuple[float, float]:
    start = time.perf_counter()
    value = number()
    return (time.perf_counter() - start) * 1000, value
