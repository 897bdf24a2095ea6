"""A ticket's kind from its words, learnt from the tickets whose kind the workspace itself knows.

Words, pairs of neighbouring words and what the lexicon suggests, weighted (see `features`), and a logistic regression.
Nothing is shipped with it: without enough known kinds there is no model. The same examples give the same
model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from cs_dash.tickets.classifier.features import Features, Floats, Places, learnt
from cs_dash.tickets.classifier.type_terms import HOW_TO
from cs_dash.tickets.text.tokens import Words

ENOUGH = 10
"""Examples that a kind needs before it is learnt; a model needs two such kinds."""
MOST = 1500
"""Examples of one kind that come from the export's column; more make it slower, not better."""
KNOWN = 0.3
"""Share of a ticket's words that the model must have seen; below it says nothing."""
_STRENGTH = 10.0
_LABEL_WEIGHT = 3.0
_AT_ONCE = 8_192
_FOLDS = 5
_BESIDE = 200
"""Examples of one kind that teach a model beside the labels, where it only has to tell what labels are without it."""


@dataclass(frozen=True)
class Predicted:
    """What the model says of tickets; empty where it does not know enough words of one.

    Attributes:
        kinds: the likeliest kind of each ticket, or null (strings).
        probability: how sure it is, 0-1, or null.
        because: the words that decided, the strongest first, with commas between them, or null.
        how_to: how likely it is a how-to question, 0-1, or null; null, too, where the model knows no such kind.
    """

    kinds: pa.Array
    probability: pa.Array
    because: pa.Array
    how_to: pa.Array


@dataclass(frozen=True)
class Model:
    """Weights of words for kinds.

    Attributes:
        kinds: what it tells apart.
        taught: examples of each kind that it learnt from.
        features: what it looks at.
        weights: one row per kind, one column per feature and suggestion of the lexicon.
        offsets: one number per kind.
    """

    kinds: tuple[str, ...]
    taught: Mapping[str, int]
    features: Features
    weights: Floats
    offsets: Floats


def enough(kinds: Sequence[str | None], least: int = ENOUGH) -> tuple[str, ...]:
    """Return the kinds that have enough examples, sorted; none where fewer than two have."""
    counted = Counter(kind for kind in kinds if kind)
    known = tuple(sorted(kind for kind, n in counted.items() if n >= least))
    return known if len(known) > 1 else ()


def taught(
    words: Words,
    kinds: Sequence[str | None],
    labelled: Sequence[bool] | None = None,
    hints: pa.Array | None = None,
    least: int = ENOUGH,
) -> Model | None:
    """Return the model of tickets whose kinds are known, or None when too few are.

    Args:
        words: of the tickets, in a fixed order, so that the same tickets give the same model.
        kinds: of each ticket; those of kinds with few examples are left out.
        labelled: which kinds a person said; they weigh more than the export's.
        hints: what the lexicon suggests of each ticket, or null (strings).
        least: examples that a kind needs before it is learnt.
    """
    known = enough(kinds, least)
    chosen = np.array([at for at, kind in enumerate(kinds) if kind in known], np.int64)
    chosen = chosen[np.diff(words.starts)[chosen] > 0] if len(chosen) else chosen
    if not known or len({kinds[at] for at in chosen}) < 2:
        return None
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    examples = words.of(chosen)
    truth = [str(kinds[at]) for at in chosen]
    weight = None if labelled is None else np.where(np.asarray(labelled, bool)[chosen], _LABEL_WEIGHT, 1.0)
    features = learnt(examples, truth)
    with threadpool_limits(limits=1):
        fitted = LogisticRegression(C=_STRENGTH, max_iter=300)
        hinted = None if hints is None else hints.take(pa.array(chosen))
        fitted.fit(features.matrix(examples, features.places(examples), hinted), truth, sample_weight=weight)
    weights, offsets = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        weights, offsets = np.vstack([-weights, weights]) / 2, np.concatenate([-offsets, offsets]) / 2
    told = tuple(str(kind) for kind in fitted.classes_)
    return Model(told, Counter(truth), features, weights, offsets)


def predicted(model: Model, words: Words, hints: pa.Array | None = None) -> Predicted:
    """Return what the model says of tickets, given what the lexicon suggests of them."""
    told = []
    # Part after part, so that what is computed meanwhile stays in the processor's own memory.
    for start in range(0, max(len(words), 1), _AT_ONCE):
        part = words.part(start, min(start + _AT_ONCE, len(words)))
        matrix, chances, silent = _chances(model, part, None if hints is None else hints[start : start + _AT_ONCE])
        told.append((chances, silent, _strongest(model, matrix, chances.argmax(axis=1))))
    chances, silent, strongest = (np.concatenate(each) for each in zip(*told, strict=True))
    best = pa.array(chances.argmax(axis=1), mask=silent)
    because = pc.if_else(pa.array(silent), pa.scalar(None, pa.string()), _worded(model, strongest.T))
    sure = pa.array(chances.max(axis=1), mask=silent)
    return Predicted(pa.array(model.kinds).take(best), sure, because, _how_to(model, chances, silent))


def crossed(
    words: Words, kinds: Sequence[str], labelled: Sequence[bool], hints: pa.Array, wanted: NDArray[np.int64]
) -> pa.Array:
    """Return how likely some examples are how-to questions (0-1, or null), by models that did not learn from them.

    In five parts, each told by a model of the others, as in cross-prediction: what a model says of what it learnt from
    is too good to stand for what it says of the rest.

    Source: Zrnic, Candès, Cross-prediction-powered inference (2024).
    """
    rest = np.setdiff1d(np.arange(len(words)), wanted)
    truth = np.array(kinds)
    beside = [rest[truth[rest] == kind] for kind in sorted(set(kinds))]
    kept = [each[np.linspace(0, len(each) - 1, min(_BESIDE, len(each))).astype(np.int64)] for each in beside]
    parts = np.full(len(wanted), np.nan)
    for fold in range(_FOLDS):
        asked = wanted[fold::_FOLDS]
        if not len(asked):
            continue
        others = np.sort(np.concatenate([*kept, np.setdiff1d(wanted, asked)]))
        said, person = [kinds[at] for at in others], [labelled[at] for at in others]
        known = taught(words.of(others), said, person, hints.take(pa.array(others)), ENOUGH // 2)
        if known is not None:
            _, chances, silent = _chances(known, words.of(asked), hints.take(pa.array(asked)))
            parts[fold::_FOLDS] = _how_to(known, chances, silent).to_numpy(zero_copy_only=False)
    return pa.array(parts, mask=np.isnan(parts))


def _chances(model: Model, words: Words, hints: pa.Array | None) -> tuple[sparse.csr_matrix, Floats, NDArray[np.bool_]]:
    """Return the features of tickets, the probability of every kind, and of which tickets too few words are known."""
    places = model.features.places(words)
    matrix = model.features.matrix(words, places, hints)
    scores = matrix @ model.weights.T + model.offsets
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    known = np.bincount(words.rows[places >= 0], minlength=len(words))
    silent = known < KNOWN * np.maximum(np.diff(words.starts), 1)
    return matrix, scores / scores.sum(axis=1, keepdims=True), silent


def _how_to(model: Model, chances: Floats, silent: NDArray[np.bool_]) -> pa.Array:
    if HOW_TO not in model.kinds:
        return pa.nulls(len(chances), pa.float64())
    return pa.array(chances[:, model.kinds.index(HOW_TO)], mask=silent)


def _strongest(model: Model, matrix: sparse.csr_matrix, best: Places, most: int = 3) -> Places:
    """Return the features that speak most for the chosen kind of each ticket, against the mean of all kinds.

    Their shape is (tickets, most); -1 where there are fewer.
    """
    lengths = np.diff(matrix.indptr)
    rows = np.repeat(np.arange(matrix.shape[0]), lengths)
    against = (model.weights - model.weights.mean(axis=0)).ravel()
    told = matrix.data * against[best[rows] * model.weights.shape[1] + matrix.indices]
    filled = np.flatnonzero(lengths)
    found = np.full((most, matrix.shape[0]), -1, np.int64)
    for rank in range(most if len(filled) else 0):
        top = np.maximum.reduceat(told, matrix.indptr[filled])
        there = np.flatnonzero(told == np.repeat(top, lengths[filled]))
        place = there[np.append(True, rows[there[1:]] != rows[there[:-1]])]
        found[rank, rows[place]] = np.where(told[place] > 0, matrix.indices[place], -1)
        told[place] = 0
    return found.T


def _worded(model: Model, found: Places) -> pa.Array:
    """Return features in words, with commas between those of a ticket; shape (most, tickets)."""
    features, at = np.unique(found, return_inverse=True)
    names = pa.array([model.features.named(int(each)) if each >= 0 else None for each in features], pa.string())
    further = pc.fill_null(pc.binary_join_element_wise(", ", names, ""), "")
    first, *others = at.reshape(found.shape)
    return pc.binary_join_element_wise(names.take(first), *(further.take(line) for line in others), "")
