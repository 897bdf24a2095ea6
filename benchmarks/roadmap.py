"""How long questions about roadmap items take for a large company: `python -m benchmarks.roadmap [ACCOUNTS [TICKETS]]`.

The topics are dealt out at random: finding them takes minutes, and is not what is measured here.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from cs_dash import pipeline
from cs_dash.decisions import current_decisions, roadmap
from cs_dash.metrics import DerivedArtifacts, open_warehouse
from cs_dash.pipeline.ticket_kinds import cache_key, derive_kinds
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.artifacts import TOPICS
from cs_dash.store.derived_tables import write_topics
from cs_dash.store.workspace import Workspace

ACCOUNTS, TICKETS = 100_000, 1_000_000
CLUSTERS, TOPIC_COUNT, ITEMS, SHIPPED = 200, 40, 20, 4
LAST_DAY = np.datetime64("2026-09-30")


def company(accounts: int, tickets: int) -> dict[str, pa.Table]:
    """Return the tables of an invented company, by name."""
    rng = np.random.default_rng(4)
    ids = np.array([f"A-{at:06d}" for at in range(accounts)])

    def days(first: str, count: int, rows: int) -> np.ndarray:
        return np.datetime64(first) + rng.integers(0, count, rows)

    def some(rows: int, *choices: str) -> np.ndarray:
        return np.array(choices)[rng.integers(0, len(choices), rows)]

    start = days("2023-01-01", 1000, accounts)
    end = start + 30 + rng.exponential(1500, accounts).astype(int)
    requests, departures = accounts // 2, accounts // 3
    moments = np.datetime64("2024-10-01T00:00:00") + rng.integers(0, 728 * 86_400, tickets)
    return {
        "accounts": pa.table(
            {
                "account_id": ids, "account": [f"Customer {at}" for at in range(accounts)],
                "segment": some(accounts, "SMB", "Mid", "Enterprise"), "icp_fit": some(accounts, "core", "outside"),
                "csm": some(accounts, *(f"CSM {at}" for at in range(40))), "signup_date": start.astype(str),
            }
        ),
        "subscriptions": pa.table(
            {
                "subscription_id": [f"S-{at}" for at in range(accounts)], "account_id": ids,
                "mrr": np.round(rng.lognormal(5, 1, accounts), 2), "start_date": start.astype(str),
                "end_date": np.where(end < LAST_DAY, end.astype(str), ""),
            }
        ),
        "tickets": pa.table(
            {
                "ticket_id": [f"T-{at}" for at in range(tickets)],
                "account_id": ids[rng.integers(0, accounts, tickets)],
                "created_at": moments.astype(str), "type": some(tickets, "Question", "Question", "Problem", "Wish"),
                "handling_minutes": np.round(rng.random(tickets) * 60, 1), "satisfaction": rng.integers(1, 6, tickets),
                "subject": some(tickets, *(f"How do I do thing number {at}" for at in range(2000))),
            }
        ),
        "churn_events": pa.table(
            {
                "churn_id": [f"C-{at}" for at in range(departures)],
                "account_id": ids[rng.integers(0, accounts, departures)],
                "churned_on": days("2025-01-01", 630, departures).astype(str),
                "reason": some(departures, *(f"Reason {at}" for at in range(30))),
            }
        ),
        "feature_requests": pa.table(
            {
                "request_id": [f"F-{at}" for at in range(requests)],
                "account_id": ids[rng.integers(0, accounts, requests)],
                "requested_on": days("2025-01-01", 630, requests).astype(str),
                "title": some(requests, *(f"Feature {at}" for at in range(50))),
            }
        ),
    }  # fmt: skip


def loaded(folder: Path, accounts: int, tickets: int) -> Workspace:
    """Return a workspace with such a company, topics and items on its roadmap, of which some have shipped."""
    workspace = Workspace(folder)
    for name, table in company(accounts, tickets).items():
        content = io.BytesIO()
        pyarrow.csv.write_csv(table, content)
        content.seek(0)
        pipeline.load(workspace, [(f"{name}.csv", content)], as_table=name)
    _deal_topics(workspace)
    for at in range(ITEMS):
        evidence = {"topics": [f"t{at}"], "requests": [f"Feature {at}"], "reasons": [f"Reason {at}"]}
        item = roadmap.add(workspace, f"Item {at}", fix="usability", evidence=evidence)
        roadmap.score(workspace, item, impact=2, confidence=0.8, effort=1 + at)
        if at < SHIPPED:
            roadmap.ship(workspace, item, dt.date(2026, 2, 1 + at))
    return workspace


def _deal_topics(workspace: Workspace) -> None:
    version = workspace.current()
    assert version is not None
    kinds = derive_kinds(workspace, version)
    warehouse = open_warehouse(workspace.file_of(version), artifacts=DerivedArtifacts(kinds, None))
    ids = warehouse.query("select ticket_id from tickets where kind in ('how-to', 'feature request')")["ticket_id"]
    warehouse.close()
    sizes = np.random.default_rng(1).pareto(1.2, CLUSTERS) + 0.2
    dealt = np.random.default_rng(2).choice(CLUSTERS, len(ids), p=sizes / sizes.sum())
    clusters = [f"c{at}" for at in range(CLUSTERS)]
    topics = [f"t{at % TOPIC_COUNT}" for at in range(CLUSTERS)]
    nodes = topics[:TOPIC_COUNT]
    tables = {
        "topic_makings": pa.table({"made_of": [len(ids)], "tickets": [len(ids)], "topics": [TOPIC_COUNT]}),
        "topic_members": pa.table({"ticket_id": ids, "cluster": np.array(clusters)[dealt]}),
        "topic_clusters": pa.table({"cluster": clusters, "topic": topics}),
        "topic_branches": pa.table({"node": topics, "cluster": clusters}),
        "topic_nodes": pa.table(
            {
                "node": nodes, "topic": nodes, "first_at": [1] * TOPIC_COUNT, "last_at": [1000] * TOPIC_COUNT,
                "label": [f"Topic {at}" for at in range(TOPIC_COUNT)],
            }
        ),
    }  # fmt: skip
    with workspace.artifacts.deriving(TOPICS, version.number, cache_key(workspace)) as target:
        write_topics(target, tables)


def main() -> None:
    """Ask each question about items as of two days and print the times; the second time all code is in memory."""
    accounts, tickets = (*map(int, sys.argv[1:3]), *(ACCOUNTS, TICKETS)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as folder:
        workspace = loaded(Path(folder), accounts, tickets)
        version = workspace.current()
        assert version is not None
        artifacts = pipeline.derived_artifacts(workspace, version)
        warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
        names = [name for name in catalogue.questions() if name.startswith("roadmap.")]
        for day in (dt.date(2026, 9, 27), dt.date(2026, 9, 20)):
            print(f"{accounts:,} accounts, {tickets:,} tickets, as of {day}: seconds waited, seconds of work")
            for name in names:
                options = {"item": "R-2"} if "item" in catalogue.questions()[name].options else {}
                started, worked = time.monotonic(), time.process_time()
                catalogue.ask(warehouse, name, Scope(period="all", as_of=day), options)
                print(f"{name:24} {time.monotonic() - started:6.2f} {time.process_time() - worked:6.2f}", flush=True)
        warehouse.close()


if __name__ == "__main__":
    main()
