"""Simulated audits: does the interval hold the true share as often as it says, and how wide is it?

1,000 audits of 100 tickets, at true shares of 10, 36 and 70 %, over the demo company and over the issues of five
projects whose kinds a model guessed that never saw that project. `pytest -s` prints what each of them gave.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from cs_dash.demo.company import simulate, ticket_sheet
from cs_dash.demo.desk import HEADER
from cs_dash.stats.prevalence import Population, prevalence

Floats = NDArray[np.float64]
SHARES = (0.10, 0.36, 0.70)
AUDITS = 1_000
WIDE_AUDITS = 200
TICKETS = 3_000


@dataclass(frozen=True)
class Held:
    """What many audits gave: how often the interval held the truth, its mean half-width, the plain count's error."""

    held: float
    half: float
    plain: float


def audits(truth: Floats, scores: Floats, guesses: Floats, size: int, repeats: int, rng: np.random.Generator) -> Held:
    population = Population(truth.size, float(scores.mean()), float(scores.var()))
    share, held, half = truth.mean(), 0, 0.0
    for _ in range(repeats):
        sample = rng.choice(truth.size, size, replace=False)
        estimates = prevalence(truth[sample].tolist(), scores[sample].tolist(), population)
        assert estimates is not None
        held += estimates.low <= share <= estimates.high
        half += (estimates.high - estimates.low) / 2
    return Held(held / repeats, half / repeats, float(guesses.mean() - share))


def resampled(truth: Floats, share: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the places of tickets of a population in which exactly `share` is of the kind."""
    positives = round(TICKETS * share)
    yes = rng.choice(np.flatnonzero(truth == 1), positives)
    return np.concatenate([yes, rng.choice(np.flatnonzero(truth == 0), TICKETS - positives)])


def modelled(texts: list[str], kinds: list[bool], training: list[str]) -> Floats:
    """Return how likely each of `training` is of the kind, by a model taught with `texts`."""
    words = TfidfVectorizer(token_pattern=r"(?u)\w\w+|\?", min_df=2, sublinear_tf=True, max_features=8_000)
    model = LogisticRegression(C=5.0, class_weight="balanced", solver="liblinear").fit(
        words.fit_transform(texts), kinds
    )
    scores: Floats = model.predict_proba(words.transform(training))[:, 1]
    return scores


def estimate_of(name: str, share: float, size: int, estimate: Held) -> None:
    sys.stdout.write(
        f"{name:24} true {share:4.0%}, {size} checked: held {estimate.held:6.1%}, half-width {100 * estimate.half:4.1f}"
        f" points, plain count off by {100 * estimate.plain:+5.1f}\n"
    )


def checked(held: dict[float, list[Held]], wide: list[Held], least: float = 0.93) -> None:
    for share, estimates in held.items():
        assert least <= np.mean([estimate.held for estimate in estimates]) <= 0.97, share
        assert all(0.92 <= estimate.held <= 0.985 for estimate in estimates), share
    assert np.mean([estimate.half for estimates in held.values() for estimate in estimates]) <= 0.08
    assert np.mean([estimate.half for estimate in wide]) <= 0.047
    assert 0.93 <= np.mean([estimate.held for estimate in wide]) <= 0.97


def projects(file: Path) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield (project, whether each of its issues is a question, how likely a model of the four others finds it one)."""
    csv.field_size_limit(sys.maxsize)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    texts = [f"{row['title']}\n{row['title']}\n{row['body'][:1500]}" for row in rows]
    for project in sorted({row["repo"] for row in rows}):
        own = [row["repo"] == project for row in rows]
        truth = np.array([row["label"] == "question" for row in rows], dtype=float)
        taught = [at for at, mine in enumerate(own) if not mine]
        audited = [at for at, mine in enumerate(own) if mine]
        scores = modelled(
            [texts[at] for at in taught], [bool(truth[at]) for at in taught], [texts[at] for at in audited]
        )
        yield project, truth[audited], scores


@pytest.mark.shared_data
def test_the_interval_holds_over_a_project_that_the_model_never_saw(shared_data: Path) -> None:
    rng = np.random.default_rng(20_261)
    held: dict[float, list[Held]] = {share: [] for share in SHARES}
    wide = []
    for project, truth, scores in projects(shared_data / "tickets" / "nlbse2024_issues_train.csv"):
        for share in SHARES:
            at = resampled(truth, share, rng)
            guesses = (scores[at] > 0.5).astype(float)
            held[share].append(audits(truth[at], scores[at], guesses, 100, AUDITS, rng))
            estimate_of(project, share, 100, held[share][-1])
            wide.append(audits(truth[at], scores[at], guesses, 300, WIDE_AUDITS, rng))
            estimate_of(project, share, 300, wide[-1])
    checked(held, wide)
    assert max(abs(estimate.plain) for estimates in held.values() for estimate in estimates) > 0.15, (
        "the plain count is far off"
    )


def test_the_interval_holds_over_the_demo_company() -> None:
    """A model taught with 60 of its tickets, audited on all others: the truth is the simulation's, not the file's."""
    company = simulate()
    kinds = {100_000 + ticket.number: ticket.kind for ticket in company.tickets}
    rows, _ = ticket_sheet(company)
    number, subject, body = (HEADER.index(name) for name in ("Ticket ID", "Subject", "Description"))
    texts = {int(str(row[number])): f"{row[subject] or ''}\n{row[body] or ''}" for row in rows}
    places = [at for at in texts if at in kinds]
    rng = np.random.default_rng(20_262)
    order = rng.permutation(len(places))
    taught, training = ([places[at] for at in part] for part in (order[:60], order[60:]))
    truth = np.array([kinds[at] == "how-to" for at in training], dtype=float)
    scores = modelled(
        [texts[at] for at in taught], [kinds[at] == "how-to" for at in taught], [texts[at] for at in training]
    )
    held: dict[float, list[Held]] = {share: [] for share in SHARES}
    wide = []
    for share in SHARES:
        at = resampled(truth, share, rng)
        guesses = (scores[at] > 0.5).astype(float)
        held[share].append(audits(truth[at], scores[at], guesses, 100, AUDITS, rng))
        estimate_of("demo company", share, 100, held[share][-1])
        wide.append(audits(truth[at], scores[at], guesses, 300, AUDITS, rng))
        estimate_of("demo company", share, 300, wide[-1])
    checked(held, wide)
