"""The retention figures by data frames, as an analyst would write them: with pandas, and with polars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

Number = Callable[[], float]
NEVER = dt.date(9999, 12, 31)


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the month ends from the day before `first` to `last`."""
    return [day.date() for day in pd.date_range(first - dt.timedelta(days=1), last, freq="ME")]


def by_pandas(lines: pa.Table, first: dt.date, last: dt.date) -> dict[str, Number]:
    """Return each figure as a function: NRR, churn of the bridge, cells of the triangle, windows."""
    frame = lines.to_pandas()
    starts, ends = pd.to_datetime(frame["start_date"]), pd.to_datetime(frame["end_date"]).fillna(pd.Timestamp.max)
    days = month_ends(first, last)

    def on(day: Any) -> pd.Series[float]:
        held = (starts <= pd.Timestamp(day)) & (ends > pd.Timestamp(day))
        added: pd.Series[float] = frame[held].groupby("account_id")["mrr"].sum()
        return added

    def balances(month_days: list[dt.date]) -> pd.DataFrame:
        return pd.concat([on(day) for day in month_days], axis=1, keys=month_days).fillna(0)

    def retention() -> float:
        before = on(days[-13])
        return float(on(days[-1]).reindex(before.index).fillna(0).sum() / before.sum())

    def bridge() -> float:
        held = balances(days).to_numpy()
        before, after = held[:, :-1], held[:, 1:]
        return float(before[(before > 0) & (after == 0)].sum())

    def cohorts() -> float:
        first_months = starts.groupby(frame["account_id"]).min().dt.to_period("M")
        held = pd.concat([on(day) for day in days[1:]], axis=1, keys=days[1:])
        cells = held.groupby(first_months.reindex(held.index)).agg(["count", "sum"])
        return float(cells.xs("count", axis=1, level=1).to_numpy().sum())

    def windows() -> float:
        held, total = balances(days[-24:]).to_numpy(), 0.0
        change = held[:, 1:] - held[:, :-1]
        gains, losses = np.maximum(change, 0).sum(axis=0), np.maximum(-change, 0).sum(axis=0)
        for at in range(12, 24):
            before, after = held[:, at - 12], held[:, at]
            paid = before > 0
            retained_mrr, capped = after[paid].sum(), np.minimum(before[paid], after[paid]).sum()
            total += (retained_mrr + capped) / before.sum() + (after[paid] > 0).mean()
            total += gains[at - 12 : at].sum() / losses[at - 12 : at].sum()
        return float(total)

    return {"NRR": retention, "bridge": bridge, "cohorts": cohorts, "windows": windows}


def by_polars(lines: pa.Table, first: dt.date, last: dt.date) -> dict[str, Number]:
    """Return the same figures, with polars' lazy frames."""
    frame = pl.DataFrame(lines).with_columns(pl.col("end_date").fill_null(NEVER)).lazy()
    days = month_ends(first, last)

    def on(day: dt.date) -> pl.LazyFrame:
        held = frame.filter((pl.col("start_date") <= day) & (pl.col("end_date") > day))
        return held.group_by("account_id").agg(pl.col("mrr").sum())

    def pair(before: dt.date, after: dt.date) -> pl.LazyFrame:
        return on(before).rename({"mrr": "s"}).join(on(after).rename({"mrr": "e"}), on="account_id", how="left")

    def collected(frames: list[pl.LazyFrame]) -> list[float]:
        return [float(cell.item()) for cell in pl.collect_all(frames)]

    def retention() -> float:
        ratio = pair(days[-13], days[-1]).select(pl.col("e").fill_null(0).sum() / pl.col("s").sum())
        return collected([ratio])[0]

    def bridge() -> float:
        steps = pairwise(days)
        return sum(collected([
            pair(before, after).filter(pl.col("e").is_null()).select(pl.col("s").sum()) for before, after in steps
        ]))  # fmt: skip

    def cohorts() -> float:
        first_months = frame.group_by("account_id").agg(pl.col("start_date").min().dt.truncate("1mo").alias("cohort"))
        cells = [
            on(day).join(first_months, on="account_id").group_by("cohort").agg(pl.len(), pl.col("mrr").sum())
            for day in days[1:]
        ]
        return float(sum(int(counts["len"].sum()) for counts in pl.collect_all(cells)))

    def windows() -> float:
        retained_mrr = pl.col("e").fill_null(0)
        shares = (retained_mrr.sum() + pl.min_horizontal("s", retained_mrr).sum()) / pl.col("s").sum() + (
            retained_mrr > 0
        ).mean()
        ends = zip(days[-24:-12], days[-12:], strict=True)
        total = sum(collected([pair(before, after).select(shares.alias("shares")) for before, after in ends]))
        steps = pl.collect_all([movements(before, after) for before, after in pairwise(days[-24:])])
        gains, losses = ([float(step[name].item()) for step in steps] for name in ("gains", "losses"))
        return total + sum(sum(gains[at : at + 12]) / sum(losses[at : at + 12]) for at in range(12))

    def movements(before: dt.date, after: dt.date) -> pl.LazyFrame:
        held = on(before).rename({"mrr": "s"}).join(on(after).rename({"mrr": "e"}), on="account_id", how="full")
        change = pl.col("e").fill_null(0) - pl.col("s").fill_null(0)
        return held.select(change.clip(lower_bound=0).sum().alias("gains"), (-change).clip(0).sum().alias("losses"))

    return {"NRR": retention, "bridge": bridge, "cohorts": cohorts, "windows": windows}
