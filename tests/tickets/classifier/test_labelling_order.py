"""Labels in the queue's order make the model better than as many labels of tickets drawn at random."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cs_dash.decisions import NOTHING_DECIDED
from cs_dash.metrics import open_warehouse
from cs_dash.questions.support.tickets.labelling_queue import labelling_queue
from cs_dash.store.artifacts import DerivedArtifacts
from cs_dash.store.derived_tables import KINDS
from cs_dash.tickets.classifier.column_kinds import kinds_from_columns
from cs_dash.tickets.classifier.sources import classify, kinds_left_to_lexicon, text_features
from cs_dash.tickets.text.tokens import Tokens, from_columns, tokenize
from tests.asking import ask
from tests.companies import company
from tests.conftest import ROOT
from tests.tickets.classifier.test_model import macro_f1

LABELS, AT_ONCE = 60, 15
"""Labels said in all, and after how many the kinds follow, as after a pause of whoever labels."""
TICKETS, OTHERS = 1_200, 1_200
"""Tickets that can be labelled, and others on which the kinds are measured, too."""
SEEDS = range(4)


class Desk:
    """Tickets of the demo company whose types and tags nobody exported, with what is truly the kind of each."""

    def __init__(self, cells: pa.Table, features: pa.Table, truth: list[str], chosen: list[int]) -> None:
        self.truth = dict(zip((f"t{at}" for at in range(len(chosen))), (truth[at] for at in chosen), strict=True))
        self.words: Tokens = from_columns(features).take(np.array(chosen))
        lexicon_prior = features["kind_suggested"].combine_chunks().take(pa.array(chosen))
        self.tickets = pa.table({
            "ticket_id": list(self.truth), "type": pa.nulls(len(chosen), pa.string()),
            "tags": pa.nulls(len(chosen), pa.string()), "status": pa.nulls(len(chosen), pa.string()),
            "kind_suggested": lexicon_prior, "automatic": pa.array([False] * len(chosen)),
            "place": np.arange(len(chosen)),
        })  # fmt: skip
        subjects = cells["Subject"].to_pylist()
        suggestions = [
            {"ticket_id": f"t{at}", "created_at": dt.datetime(2026, 1, 5), "subject": subjects[place] or "?"}
            for at, place in enumerate(chosen[:TICKETS])
        ]
        self.version = company(tickets=suggestions).file

    def features(self, labels: dict[str, str]) -> pa.Table:
        return classify(self.tickets, self.words.take, labels)

    def right(self, labels: dict[str, str]) -> float:
        """Macro F1 of the kinds of all tickets that nobody labelled."""
        kinds = dict(zip(self.truth, self.features(labels)["kind"].to_pylist(), strict=True))
        unlabelled = [ticket for ticket in self.truth if ticket not in labels]
        return macro_f1([self.truth[ticket] for ticket in unlabelled], [kinds[ticket] for ticket in unlabelled])

    def queue(self, labels: dict[str, str], file: Path) -> list[str]:
        """The tickets that come first in the queue after these labels."""
        probabilities = self.features(labels).append_column("ticket_id", self.tickets["ticket_id"])
        probabilities = probabilities.append_column("language_code", pa.nulls(len(probabilities), pa.string()))
        pq.write_table(probabilities.select(["ticket_id", *KINDS]), file)
        warehouse = open_warehouse(self.version, NOTHING_DECIDED, DerivedArtifacts(file))
        first: list[str] = ask(warehouse, labelling_queue, most=str(AT_ONCE)).rows["ticket_id"].to_pylist()
        warehouse.close()
        return first


def test_sixty_labels_of_the_queue_teach_more_than_sixty_at_random(tmp_path: Path) -> None:
    cells = fastexcel.read_excel(ROOT / "data" / "tickets.xlsx").load_sheet(0, dtypes="string").to_arrow()
    kinds = {"ticket_id": "Ticket ID", "type": "Type", "tags": "Tags", "subject": "Subject", "body": "Description"}
    tickets = pa.table({name: cells[head] for name, head in kinds.items()})
    truth = kinds_from_columns(tickets)["kind"].to_pylist()
    kind_by_ticket = [at for at, kind in enumerate(truth) if kind]
    part = np.random.default_rng(1).choice(kind_by_ticket, 8_000, replace=False)
    desk_features, cells = text_features(tickets.take(pa.array(part))), cells.take(pa.array(part))
    truth = [truth[at] for at in part]
    by_queue, by_chance, before = [], [], []
    for seed in SEEDS:
        random = np.random.default_rng(seed)
        desk = Desk(cells, desk_features, truth, random.permutation(len(part))[: TICKETS + OTHERS].tolist())
        before.append(desk.right({}))
        labels: dict[str, str] = {}
        while len(labels) < LABELS:
            labels |= {ticket: desk.truth[ticket] for ticket in desk.queue(labels, tmp_path / f"{seed}-{len(labels)}")}
        by_queue.append(desk.right(labels))
        random_tickets = random.choice(TICKETS, LABELS, replace=False)
        by_chance.append(desk.right({f"t{at}": desk.truth[f"t{at}"] for at in random_tickets}))
    assert np.mean(by_queue) >= np.mean(by_chance) + 0.01
    assert np.mean(by_queue) >= np.mean(before) + 0.03
    assert np.mean(by_chance) >= np.mean(before)


def test_a_model_of_few_kinds_leaves_the_others_to_the_word_lists() -> None:
    truth = ["how-to"] * 10 + ["defect"] * 10 + ["billing"] * 3
    assert "billing" in kinds_left_to_lexicon(["defect", "how-to"], truth, truth)
    assert "how-to" not in kinds_left_to_lexicon(["defect", "how-to"], truth, truth)
    # Ten sound like bills, and are none: the lexicon is wrong here.
    assert "billing" not in kinds_left_to_lexicon(["defect", "how-to"], truth, [None] * 10 + ["billing"] * 13)
    assert "billing" in kinds_left_to_lexicon(["defect", "how-to"], truth, [None] * 14 + ["billing"] * 9)
    # Five that all sound wrong are enough, also where they sound like several kinds that no example is of.
    several = [None] * 18 + ["other"] * 2 + ["outage"] * 3
    assert kinds_left_to_lexicon(["defect", "how-to"], truth, several) == ["billing"]
    assert "outage" in kinds_left_to_lexicon(["defect", "how-to"], truth, [*several[:22], None])
    assert "outage" not in kinds_left_to_lexicon(["defect", "how-to"], truth, [None] * 18 + ["outage"] * 5)


def test_what_a_model_does_not_know_keeps_its_suggestion_labelled_or_not() -> None:
    given_labels = [f"kindly zig the thing {at}" for at in range(12)] + [f"it zags badly {at}" for at in range(12)]
    tickets = pa.table({
        "ticket_id": [f"t{at:02d}" for at in range(28)], "type": pa.nulls(28, pa.string()),
        "tags": pa.nulls(28, pa.string()), "status": pa.nulls(28, pa.string()),
        "kind_suggested": pa.array([None] * 24 + ["billing"] * 4), "automatic": pa.array([False] * 28),
        "place": np.arange(28),
    })  # fmt: skip
    labels = {f"t{at:02d}": "how-to" if at < 12 else "defect" for at in (*range(11), *range(12, 23))} | {
        "t24": "how-to"
    }
    features = tokenize(
        pa.array([*given_labels, *(f"kindly zig the refund {at}" for at in range(4))], pa.large_string())
    )
    kinds = classify(tickets, features.take, labels)
    assert kinds["kind"].to_pylist()[23:] == ["defect", "how-to", "billing", "billing", "billing"]
    assert kinds["kind_source"].to_pylist()[23:] == ["model", "label", "lexicon", "lexicon", "lexicon"]
    # An audit takes the score of the labelled one as it takes those of its like: by the suggestion, which is no how-to.
    assert kinds["howto_score"].to_pylist()[24] == 0
