"""A ticket's kind from its words, learnt from the tickets whose kind the workspace itself knows.

Words and pairs of neighbouring words, weighted by how rare they are (TF-IDF), what the lexicon suggests, and a logistic
regression. Nothing is shipped with it: without enough known kinds there is no model. The same examples give the same
model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from cs_dash.tickets.kind_words import HOW_TO, KINDS
from cs_dash.tickets.words import Words

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

ENOUGH = 10
"""Examples that a kind needs before it is learnt; a model needs two such kinds."""
MOST = 1500
"""Examples of one kind that come from the export's column; more make it slower, not better."""
KNOWN = 0.3
"""Share of a ticket's words that the model must have seen; below it says nothing."""
_RARE = 200
"""From so many examples on, words of a single ticket are left out."""
_STRENGTH = 10.0
_HINT = 0.4
"""Weight of the lexicon's suggestion among the features; all words of a ticket together have length 1."""
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
        names: the words it knows.
        pairs: the pairs of neighbours it knows, as place of the first x words known + place of the second, sorted.
        rarity: inverse document frequency of the words, then of the pairs.
        weights: one row per kind, one column per word, pair, and suggestion of the lexicon (in the order of `KINDS`).
        offsets: one number per kind.
    """

    kinds: tuple[str, ...]
    taught: Mapping[str, int]
    names: pa.Array
    pairs: Places
    rarity: Floats
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
    names, pairs, rarity = _features(examples)
    with threadpool_limits(limits=1):
        fitted = LogisticRegression(C=_STRENGTH, max_iter=300)
        hinted = None if hints is None else hints.take(pa.array(chosen))
        fitted.fit(_matrix(examples, _places(examples, names), pairs, rarity, hinted), truth, sample_weight=weight)
    weights, offsets = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        weights, offsets = np.vstack([-weights, weights]) / 2, np.concatenate([-offsets, offsets]) / 2
    told = tuple(str(kind) for kind in fitted.classes_)
    return Model(told, Counter(truth), names, pairs, rarity, weights, offsets)


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
        learnt = taught(words.of(others), said, person, hints.take(pa.array(others)), ENOUGH // 2)
        if learnt is not None:
            _, chances, silent = _chances(learnt, words.of(asked), hints.take(pa.array(asked)))
            parts[fold::_FOLDS] = _how_to(learnt, chances, silent).to_numpy(zero_copy_only=False)
    return pa.array(parts, mask=np.isnan(parts))


def _chances(model: Model, words: Words, hints: pa.Array | None) -> tuple[sparse.csr_matrix, Floats, NDArray[np.bool_]]:
    """Return the features of tickets, the probability of every kind, and of which tickets too few words are known."""
    places = _places(words, model.names)
    matrix = _matrix(words, places, model.pairs, model.rarity, hints)
    scores = matrix @ model.weights.T + model.offsets
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    known = np.bincount(words.rows[places >= 0], minlength=len(words))
    silent = known < KNOWN * np.maximum(np.diff(words.starts), 1)
    return matrix, scores / scores.sum(axis=1, keepdims=True), silent


def _how_to(model: Model, chances: Floats, silent: NDArray[np.bool_]) -> pa.Array:
    if HOW_TO not in model.kinds:
        return pa.nulls(len(chances), pa.float64())
    return pa.array(chances[:, model.kinds.index(HOW_TO)], mask=silent)


def _places(words: Words, names: pa.Array) -> Places:
    """Return the place of each word among the names, -1 where it is not among them."""
    known = pc.fill_null(pc.index_in(words.names, value_set=names.cast(words.names.type)), -1)
    places: Places = known.to_numpy(zero_copy_only=False).astype(np.int64)[words.codes]
    return places


def _features(words: Words) -> tuple[pa.Array, Places, Floats]:
    """Return (names, pairs, rarity) of a model for examples."""
    least = 2 if len(words) >= _RARE else 1
    size = len(words.names)
    rows = words.rows
    often = np.bincount(np.unique(rows * size + words.codes) % size, minlength=size)
    kept = np.flatnonzero(often >= least)
    names = words.names.take(pa.array(kept))
    pairs = _neighbours(_places(words, names), rows, len(names))
    pairs, at = pairs[pairs >= 0], rows[pairs >= 0]
    whole, pair = np.unique(pairs, return_inverse=True)
    count = max(len(whole), 1)
    times = np.bincount(np.unique(at * count + pair) % count, minlength=len(whole))[: len(whole)]
    documents = np.concatenate([often[kept], times[times >= least]])
    return names, whole[times >= least], np.log((1 + len(words)) / (1 + documents)) + 1


def _neighbours(places: Places, rows: NDArray[np.int32], size: int) -> Places:
    """Return of each word the pair that it and the next one are, as one number; -1 where one of them is not known."""
    found = np.full(len(places), -1, np.int64)
    both = (rows[1:] == rows[:-1]) & (places[1:] >= 0) & (places[:-1] >= 0)
    np.copyto(found[:-1], places[:-1] * size + places[1:], where=both)
    return found


def _matrix(words: Words, places: Places, pairs: Places, rarity: Floats, hints: pa.Array | None) -> sparse.csr_matrix:
    """Return tickets x features: 1 + log of the count, times the rarity, each ticket of length 1; then the hints."""
    singles, size = len(rarity) - len(pairs), len(rarity)
    # A ticket and a feature are one number, as small a one as will do: sorting them is what takes longest.
    bits = (size + len(KINDS)).bit_length()
    number: np.dtype[Any] = np.dtype("i4" if len(words).bit_length() + bits < 32 else "i8")
    at = np.flatnonzero(places >= 0)
    single, rows = places[at], words.rows[at].astype(number) << bits
    near = np.flatnonzero((at[1:] == at[:-1] + 1) & (rows[1:] == rows[:-1]))
    pair = pc.index_in(pa.array(single[near] * singles + single[near + 1]), value_set=pa.array(pairs))
    pair = pc.fill_null(pair, -1).to_numpy()
    known = np.flatnonzero(pair >= 0)
    parts = [rows | single.astype(number), rows[near[known]] | (singles + pair[known]).astype(number)]
    if hints is not None:
        hint = pc.fill_null(pc.index_in(hints, value_set=pa.array(KINDS)), -1).to_numpy()
        hinted = np.flatnonzero(hint >= 0)
        parts.append(hinted.astype(number) << bits | (size + hint[hinted]).astype(number))
    entries = np.sort(np.concatenate(parts))
    first = np.flatnonzero(np.append(True, entries[1:] != entries[:-1])[: len(entries)])
    entries, times = entries[first], np.diff(first, append=len(entries))
    columns, starts = entries & (1 << bits) - 1, np.searchsorted(entries, np.arange(len(words) + 1) << bits)
    rarer = 1 + np.log(np.arange(1, times.max(initial=1) + 1))
    worth = rarer[times - 1] * np.append(rarity, np.zeros(len(KINDS)))[columns]
    squares = np.diff(np.concatenate([[0.0], np.cumsum(worth**2)])[starts])
    worth /= np.repeat(np.sqrt(np.where(squares > 0, squares, 1.0)), np.diff(starts))
    worth[columns >= size] = _HINT
    return sparse.csr_matrix((worth, columns, starts), shape=(len(words), size + len(KINDS)))


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
    names = pa.array([_named(model, int(each)) if each >= 0 else None for each in features], pa.string())
    further = pc.fill_null(pc.binary_join_element_wise(", ", names, ""), "")
    first, *others = at.reshape(found.shape)
    return pc.binary_join_element_wise(names.take(first), *(further.take(line) for line in others), "")


def _named(model: Model, feature: int) -> str:
    singles = len(model.names)
    if feature < singles:
        return str(model.names[feature].as_py())
    if feature >= len(model.rarity):
        return f"sounds like {KINDS[feature - len(model.rarity)]}"
    first, second = divmod(int(model.pairs[feature - singles]), singles)
    words = (str(model.names[first].as_py()), str(model.names[second].as_py()))
    chinese = all("\u3040" <= word[0] <= "\u9fff" for word in words)
    return ("" if chinese else " ").join(words)
