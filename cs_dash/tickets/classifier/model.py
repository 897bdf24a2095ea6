"""A ticket's kind from its words, learnt from the tickets whose kind is known in the workspace.

Words, pairs of adjacent words and the lexicon's suggestion, weighted (see `features`), and a logistic regression. No
model is shipped: without enough known kinds there is none. The same examples give the same model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier.features import Features, Floats, Places, learn_features
from cs_dash.tickets.classifier.type_terms import HOW_TO
from cs_dash.tickets.text.tokens import Tokens

if TYPE_CHECKING:
    from scipy import sparse

MIN_EXAMPLES = 10
"""Examples that a kind needs before it is learnt; a model needs two such kinds."""
MAX_COLUMN_EXAMPLES = 1500
"""Examples of one kind taken from the export's column; more make training slower, not better."""
MIN_KNOWN_SHARE = 0.3
"""Share of a ticket's words that the model must know; below it there is no prediction."""
_STRENGTH = 10.0
_LABEL_WEIGHT = 3.0
_AT_ONCE = 8_192
_FOLDS = 5
_EXAMPLES_PER_KIND = 200
"""Unlabelled examples of one kind that train a fold's model beside the labels, where only labels are predicted."""


@dataclass(frozen=True)
class Prediction:
    """What the model predicts for tickets; null where it knows too few words of one.

    Attributes:
        kinds: the likeliest kind of each ticket, or null (strings).
        probability: its probability, 0-1, or null.
        because: the words that decided, strongest first, separated by commas, or null.
        how_to: probability of a how-to question, 0-1, or null; null, too, where the model has no such kind.
    """

    kinds: pa.Array
    probability: pa.Array
    because: pa.Array
    how_to: pa.Array


@dataclass(frozen=True)
class Model:
    """A trained classifier.

    Attributes:
        kinds: the kinds that it distinguishes.
        example_counts: number of examples of each kind that it was trained on.
        features: its features.
        weights: one row per kind, one column per feature and per suggestion of the lexicon.
        offsets: one number per kind.
    """

    kinds: tuple[str, ...]
    example_counts: Mapping[str, int]
    features: Features
    weights: Floats
    offsets: Floats


def learnable_kinds(kinds: Sequence[str | None], least: int = MIN_EXAMPLES) -> tuple[str, ...]:
    """Return the kinds with enough examples, sorted; none where fewer than two have enough."""
    counts = Counter(kind for kind in kinds if kind)
    learnable = tuple(sorted(kind for kind, n in counts.items() if n >= least))
    return learnable if len(learnable) > 1 else ()


def train(
    tokens: Tokens,
    kinds: Sequence[str | None],
    labelled: Sequence[bool] | None = None,
    lexicon_prior: pa.Array | None = None,
    least: int = MIN_EXAMPLES,
) -> Model | None:
    """Return a model of the tickets whose kinds are known, or None where there are too few.

    Args:
        tokens: tokens of the tickets, in a fixed order, so that the same tickets give the same model.
        kinds: kind of each ticket; kinds with too few examples are left out.
        labelled: which kinds are labels of a person; they weigh more than those of the export.
        lexicon_prior: the lexicon's suggestion for each ticket, or null (strings).
        least: examples that a kind needs to be learnt.
    """
    learnable = learnable_kinds(kinds, least)
    usable = np.array([at for at, kind in enumerate(kinds) if kind in learnable], np.int64)
    usable = usable[np.diff(tokens.starts)[usable] > 0] if len(usable) else usable
    if not learnable or len({kinds[at] for at in usable}) < 2:
        return None
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    examples = tokens.take(usable)
    truth = [str(kinds[at]) for at in usable]
    sample_weights = None if labelled is None else np.where(np.asarray(labelled, bool)[usable], _LABEL_WEIGHT, 1.0)
    features = learn_features(examples, truth)
    with threadpool_limits(limits=1):
        regression = LogisticRegression(C=_STRENGTH, max_iter=300)
        prior = None if lexicon_prior is None else lexicon_prior.take(pa.array(usable))
        regression.fit(features.matrix(examples, features.places(examples), prior), truth, sample_weight=sample_weights)
    weights, offsets = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:
        weights, offsets = np.vstack([-weights, weights]) / 2, np.concatenate([-offsets, offsets]) / 2
    classes = tuple(str(kind) for kind in regression.classes_)
    return Model(classes, Counter(truth), features, weights, offsets)


def predict(model: Model, tokens: Tokens, lexicon_prior: pa.Array | None = None) -> Prediction:
    """Return the model's predictions for tickets, given the lexicon's suggestions for them."""
    batches = []
    # In batches, so that intermediate results stay in the processor's cache.
    for start in range(0, max(len(tokens), 1), _AT_ONCE):
        part = tokens.slice(start, min(start + _AT_ONCE, len(tokens)))
        matrix, chances, unknown = _chances(
            model, part, None if lexicon_prior is None else lexicon_prior[start : start + _AT_ONCE]
        )
        batches.append((chances, unknown, _strongest(model, matrix, chances.argmax(axis=1))))
    chances, unknown, strongest = (np.concatenate(arrays) for arrays in zip(*batches, strict=True))
    likeliest = pa.array(chances.argmax(axis=1), mask=unknown)
    because = pc.if_else(pa.array(unknown), pa.scalar(None, pa.string()), _reasons(model, strongest.T))
    confidence = pa.array(chances.max(axis=1), mask=unknown)
    return Prediction(pa.array(model.kinds).take(likeliest), confidence, because, _how_to(model, chances, unknown))


def cross_predict(
    tokens: Tokens,
    kinds: Sequence[str],
    labelled: Sequence[bool],
    lexicon_prior: pa.Array,
    labelled_places: NDArray[np.int64],
) -> pa.Array:
    """Return the probability that examples are how-to questions (0-1, or null), by models not trained on them.

    The examples are split into five folds, each predicted by a model of the others, as in cross-prediction: predictions
    for a model's own training data are too good to represent those for other tickets.

    Source: Zrnic, Candès, Cross-prediction-powered inference (2024).
    """
    unlabelled_places = np.setdiff1d(np.arange(len(tokens)), labelled_places)
    truth = np.array(kinds)
    rest_by_kind = [unlabelled_places[truth[unlabelled_places] == kind] for kind in sorted(set(kinds))]
    rest_sample = [
        places[np.linspace(0, len(places) - 1, min(_EXAMPLES_PER_KIND, len(places))).astype(np.int64)]
        for places in rest_by_kind
    ]
    how_to_chances = np.full(len(labelled_places), np.nan)
    for fold in range(_FOLDS):
        fold_places = labelled_places[fold::_FOLDS]
        if not len(fold_places):
            continue
        training_places = np.sort(np.concatenate([*rest_sample, np.setdiff1d(labelled_places, fold_places)]))
        fold_model = train(
            tokens.take(training_places),
            [kinds[at] for at in training_places],
            [labelled[at] for at in training_places],
            lexicon_prior.take(pa.array(training_places)),
            MIN_EXAMPLES // 2,
        )
        if fold_model is not None:
            _, chances, unknown = _chances(
                fold_model, tokens.take(fold_places), lexicon_prior.take(pa.array(fold_places))
            )
            how_to_chances[fold::_FOLDS] = _how_to(fold_model, chances, unknown).to_numpy(zero_copy_only=False)
    return pa.array(how_to_chances, mask=np.isnan(how_to_chances))


def _chances(
    model: Model, tokens: Tokens, lexicon_prior: pa.Array | None
) -> tuple[sparse.csr_matrix, Floats, NDArray[np.bool_]]:
    """Return the features of tickets, the probability of every kind, and a mask of tickets with too few known words."""
    places = model.features.places(tokens)
    matrix = model.features.matrix(tokens, places, lexicon_prior)
    scores = matrix @ model.weights.T + model.offsets
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    known_counts = np.bincount(tokens.rows[places >= 0], minlength=len(tokens))
    unknown = known_counts < MIN_KNOWN_SHARE * np.maximum(np.diff(tokens.starts), 1)
    return matrix, scores / scores.sum(axis=1, keepdims=True), unknown


def _how_to(model: Model, chances: Floats, unknown: NDArray[np.bool_]) -> pa.Array:
    if HOW_TO not in model.kinds:
        return pa.nulls(len(chances), pa.float64())
    return pa.array(chances[:, model.kinds.index(HOW_TO)], mask=unknown)


def _strongest(model: Model, matrix: sparse.csr_matrix, best: Places, most: int = 3) -> Places:
    """Return the features that speak most for the predicted kind of each ticket, against the mean of all kinds.

    Their shape is (tickets, most); -1 where there are fewer.
    """
    lengths = np.diff(matrix.indptr)
    rows = np.repeat(np.arange(matrix.shape[0]), lengths)
    against = (model.weights - model.weights.mean(axis=0)).ravel()
    contributions = matrix.data * against[best[rows] * model.weights.shape[1] + matrix.indices]
    non_empty = np.flatnonzero(lengths)
    strongest = np.full((most, matrix.shape[0]), -1, np.int64)
    for rank in range(most if len(non_empty) else 0):
        top = np.maximum.reduceat(contributions, matrix.indptr[non_empty])
        top_at = np.flatnonzero(contributions == np.repeat(top, lengths[non_empty]))
        place = top_at[np.append(True, rows[top_at[1:]] != rows[top_at[:-1]])]
        strongest[rank, rows[place]] = np.where(contributions[place] > 0, matrix.indices[place], -1)
        contributions[place] = 0
    return strongest.T


def _reasons(model: Model, strongest: Places) -> pa.Array:
    """Return features in words, separated by commas within a ticket; `strongest` has the shape (most, tickets)."""
    features, feature_index = np.unique(strongest, return_inverse=True)
    names = pa.array(
        [model.features.description(int(feature)) if feature >= 0 else None for feature in features], pa.string()
    )
    with_comma = pc.fill_null(pc.binary_join_element_wise(", ", names, ""), "")
    first, *further_lines = feature_index.reshape(strongest.shape)
    return pc.binary_join_element_wise(names.take(first), *(with_comma.take(line) for line in further_lines), "")
