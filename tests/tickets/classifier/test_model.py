"""The model of kinds: what it needs, what it explains, how good it is, and that it is the same every time."""

from __future__ import annotations

from pathlib import Path

import fastexcel
import numpy as np
import pandas as pd
import pyarrow as pa

from cs_dash.tickets.classifier import model
from cs_dash.tickets.classifier.column_kinds import kinds_from_columns
from cs_dash.tickets.classifier.sources import text_features
from cs_dash.tickets.text.tokens import Tokens, from_columns, tokenize
from tests.conftest import ROOT

HOWTO = [
    f"how do i {verb} the {object_name} ?"
    for verb in ("share", "export", "copy", "move")
    for object_name in ("report", "list", "map")
]
DEFECT = [
    f"{object_name} {trouble} again"
    for object_name in ("report", "list", "map")
    for trouble in ("crashes", "fails", "freezes", "is blank")
]
TEXTS = pa.array([*HOWTO, *DEFECT], pa.large_string())
TRUTH = ["how-to"] * len(HOWTO) + ["defect"] * len(DEFECT)


def f1(truth: list[str], predicted_kinds: list[str | None], kind: str) -> float:
    """F1 of one kind: twice the hits by the sum of what is and what was found."""
    hits = sum(name_of_kind == kind == other for name_of_kind, other in zip(truth, predicted_kinds, strict=True))
    return 2 * hits / (truth.count(kind) + predicted_kinds.count(kind))


def macro_f1(truth: list[str], scores: list[str | None]) -> float:
    return float(np.mean([f1(truth, scores, kind) for kind in sorted(set(truth))]))


def test_it_tells_kinds_apart_and_says_why() -> None:
    learnt = model.train(tokenize(TEXTS), TRUTH)
    assert learnt is not None
    assert dict(learnt.example_counts) == {"how-to": 12, "defect": 12}
    prediction = model.predict(
        learnt, tokenize(pa.array(["how do i print the report ?", "the list freezes"], pa.large_string()))
    )
    assert prediction.kinds.to_pylist() == ["how-to", "defect"]
    assert all(0.5 < sure <= 1 for sure in prediction.probability.to_pylist())
    because = [reason.split(", ") for reason in prediction.because.to_pylist()]
    assert set(because[0]) & {"how", "how do", "do", "do i", "i", "?"}
    assert because[1][0] == "freezes"


def test_it_says_nothing_of_words_it_does_not_know() -> None:
    learnt = model.train(tokenize(TEXTS), TRUTH)
    assert learnt is not None
    prediction = model.predict(learnt, tokenize(pa.array(["Счёт оплачен дважды", "", "怎么导出"], pa.large_string())))
    assert (
        prediction.kinds.to_pylist()
        == prediction.probability.to_pylist()
        == prediction.because.to_pylist()
        == [None] * 3
    )


def test_too_few_examples_make_no_model() -> None:
    few = [kind if at % 12 < model.MIN_EXAMPLES - 1 else None for at, kind in enumerate(TRUTH)]
    assert model.train(tokenize(TEXTS), few) is None
    assert model.train(tokenize(TEXTS), ["how-to"] * len(TRUTH)) is None
    assert model.learnable_kinds(["how-to"] * 10 + ["defect"] * 10 + ["outage"] * 3) == ("defect", "how-to")


def test_what_the_lexicon_suggests_counts_as_a_word() -> None:
    texts = tokenize(pa.array(["alpha beta"] * 24, pa.large_string()))
    lexicon_prior = pa.array(["billing"] * 12 + ["outage"] * 12)
    learnt = model.train(texts, ["billing"] * 12 + ["outage"] * 12, None, lexicon_prior)
    assert learnt is not None
    prediction = model.predict(learnt, texts.take(np.array([0, 23])), pa.array(["billing", "outage"]))
    assert prediction.kinds.to_pylist() == ["billing", "outage"]
    assert prediction.because.to_pylist()[0].startswith("sounds like billing")


def test_the_same_examples_give_the_same_model() -> None:
    first, other = (model.train(tokenize(TEXTS), TRUTH) for _ in range(2))
    assert first is not None
    assert other is not None
    assert np.array_equal(first.weights, other.weights)


def _cross_validated(tokens: Tokens, truth: list[str], lexicon_prior: pa.Array) -> list[str | None]:
    """What five models say of the fifth of the tickets that each has not seen."""
    fold = np.random.default_rng(0).permutation(len(truth)) % 5
    predictions: list[str | None] = [None] * len(truth)
    for part in range(5):
        training_fold = [kind if fold[at] != part else None for at, kind in enumerate(truth)]
        learnt = model.train(tokens, training_fold, None, lexicon_prior)
        assert learnt is not None
        training = np.flatnonzero(fold == part)
        prediction = model.predict(
            learnt, tokens.take(training), lexicon_prior.take(pa.array(training))
        ).kinds.to_pylist()
        for at, kind in zip(training.tolist(), prediction, strict=True):
            predictions[at] = kind
    return predictions


def test_issues_of_five_projects_are_told_apart(shared_data: Path) -> None:
    issues = pd.read_csv(shared_data / "tickets" / "nlbse2024_issues_train.csv").fillna("")
    kinds = {"bug": "defect", "feature": "feature request", "question": "how-to"}
    truth = [kinds[project] for project in issues["label"]]
    predictions = text_features(pa.table({"subject": pa.array(issues["title"]), "body": pa.array(issues["body"])}))
    tokens, lexicon_prior = from_columns(predictions), predictions["kind_suggested"].combine_chunks()
    scores = _cross_validated(tokens, truth, lexicon_prior)
    assert macro_f1(truth, scores) >= 0.78
    assert f1(truth, scores, "how-to") >= 0.76


def test_thirty_labels_of_each_kind_lift_the_demo_company_by_eight_points() -> None:
    cells = fastexcel.read_excel(ROOT / "data" / "tickets.xlsx").load_sheet(0, dtypes="string").to_arrow()

    kinds = {"ticket_id": "Ticket ID", "type": "Type", "tags": "Tags", "subject": "Subject", "body": "Description"}
    tickets = pa.table({name: cells[head] for name, head in kinds.items()})
    label_by_ticket = kinds_from_columns(tickets)["kind"].to_pylist()
    kind_by_ticket = [at for at, kind in enumerate(label_by_ticket) if kind]
    prediction = text_features(tickets)
    tokens, lexicon_prior = from_columns(prediction), prediction["kind_suggested"].combine_chunks()
    labels: list[str | None] = [None] * len(label_by_ticket)
    for kind in sorted(set(label_by_ticket) - {None}):
        of_kind = [at for at in kind_by_ticket if label_by_ticket[at] == kind]
        for at in np.random.default_rng(0).choice(of_kind, 30, replace=False).tolist():
            labels[at] = kind
    learnt = model.train(tokens, labels, None, lexicon_prior)
    assert learnt is not None
    by_model = model.predict(learnt, tokens, lexicon_prior).kinds.to_pylist()
    by_words = lexicon_prior.to_pylist()
    unlabelled = [at for at in kind_by_ticket if labels[at] is None]
    truth = [label_by_ticket[at] for at in unlabelled]
    before = macro_f1(truth, [by_words[at] for at in unlabelled])
    after = macro_f1(truth, [by_model[at] or by_words[at] for at in unlabelled])
    assert before >= 0.75
    assert after >= before + 0.08
    assert after >= 0.88
