"""The features of the classifier and their weights: words, pairs of adjacent words, and words of the subject.

A feature weighs more the rarer it is (TF-IDF) and the more unevenly it is spread over the kinds: the mean over the
kinds of its absolute log-count ratio, as in naive Bayes. Words of a subject count a second time, as subject terms.

Source: Wang, Manning, Baselines and bigrams: simple, good sentiment and topic classification (2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier.type_terms import KINDS
from cs_dash.tickets.text.tokens import Tokens

if TYPE_CHECKING:
    from scipy import sparse

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_RARE = 200
"""Number of examples from which on features of a single ticket are left out."""
_EVEN = 0.5
"""Weight that a feature keeps that is spread evenly over the kinds, in units of the log-count ratio."""
_HINT = 0.4
"""Weight of the lexicon's suggestion; all other features of a ticket together have length 1."""


@dataclass(frozen=True)
class Features:
    """The features of a model; one feature per kind for the lexicon's suggestion follows them, in the order of `KINDS`.

    Attributes:
        vocabulary: the known words.
        pairs: the known pairs of adjacent words, as index of the first x vocabulary size + index of the second, sorted.
        subject_terms: indices of the words that are known as subject terms, sorted.
        feature_weights: weights of the words, then of the pairs, then of the subject terms.
    """

    vocabulary: pa.Array
    pairs: Places
    subject_terms: Places
    feature_weights: Floats

    @cached_property
    def _subject_term_index(self) -> Places:
        position_by_word = np.full(len(self.vocabulary) + 1, -1, np.int64)
        position_by_word[self.subject_terms] = np.arange(len(self.subject_terms))
        return position_by_word

    def places(self, tokens: Tokens) -> Places:
        """Return the index of each token in the vocabulary, -1 where it is unknown."""
        return _places(tokens, self.vocabulary)

    def matrix(self, tokens: Tokens, places: Places, lexicon_prior: pa.Array | None) -> sparse.csr_matrix:
        """Return tickets x features: (1 + log of the count) x weight, scaled to length 1 per ticket; then the lexicon's
        prior.

        `places`: indices of the tokens in the vocabulary, from the method `places`.
        """
        from scipy import sparse  # it takes long to import, and most commands read no ticket

        singles, size = len(self.vocabulary), len(self.feature_weights)
        # A ticket and a feature are packed into one number, as small as possible: sorting takes longest.
        bits = (size + len(KINDS)).bit_length()
        dtype: np.dtype[Any] = np.dtype("i4" if len(tokens).bit_length() + bits < 32 else "i8")
        known_at = np.flatnonzero(places >= 0)
        word_features, rows = places[known_at], tokens.rows[known_at].astype(dtype) << bits
        pair_starts = np.flatnonzero((known_at[1:] == known_at[:-1] + 1) & (rows[1:] == rows[:-1]))
        pair = pc.index_in(
            pa.array(word_features[pair_starts] * singles + word_features[pair_starts + 1]),
            value_set=pa.array(self.pairs),
        )
        pair = pc.fill_null(pair, -1).to_numpy()
        known_pairs = np.flatnonzero(pair >= 0)
        subject_at = np.flatnonzero(tokens.in_subject[known_at])
        subject_features = self._subject_term_index[word_features[subject_at]]
        subject_at = subject_at[subject_features >= 0]
        subject_features = subject_features[subject_features >= 0] + singles + len(self.pairs)
        parts = [
            rows | word_features.astype(dtype),
            rows[pair_starts[known_pairs]] | (singles + pair[known_pairs]).astype(dtype),
            rows[subject_at] | subject_features.astype(dtype),
        ]  # fmt: skip
        if lexicon_prior is not None:
            prior_kinds = pc.fill_null(pc.index_in(lexicon_prior, value_set=pa.array(KINDS)), -1).to_numpy()
            tickets_with_prior = np.flatnonzero(prior_kinds >= 0)
            parts.append(
                tickets_with_prior.astype(dtype) << bits | (size + prior_kinds[tickets_with_prior]).astype(dtype)
            )
        entries = np.sort(np.concatenate(parts))
        first = np.flatnonzero(np.append(True, entries[1:] != entries[:-1])[: len(entries)])
        entries, counts = entries[first], np.diff(first, append=len(entries))
        columns, starts = entries & (1 << bits) - 1, np.searchsorted(entries, np.arange(len(tokens) + 1) << bits)
        dampened = 1 + np.log(np.arange(1, counts.max(initial=1) + 1))
        values = dampened[counts - 1] * np.append(self.feature_weights, np.zeros(len(KINDS)))[columns]
        squares = np.diff(np.concatenate([[0.0], np.cumsum(values**2)])[starts])
        values /= np.repeat(np.sqrt(np.where(squares > 0, squares, 1.0)), np.diff(starts))
        values[columns >= size] = _HINT
        return sparse.csr_matrix((values, columns, starts), shape=(len(tokens), size + len(KINDS)))

    def description(self, feature: int) -> str:
        """Return a feature in words, as readers see it in the reasons for a kind."""
        singles, size = len(self.vocabulary), len(self.feature_weights)
        if feature >= size:
            return f"sounds like {KINDS[feature - size]}"
        if feature < singles:
            return self._word(feature)
        if feature >= singles + len(self.pairs):
            return f"{self._word(self.subject_terms[feature - singles - len(self.pairs)])} (subject)"
        words = [self._word(place) for place in divmod(int(self.pairs[feature - singles]), singles)]
        chinese = all("\u3040" <= word[0] <= "\u9fff" for word in words)
        return ("" if chinese else " ").join(words)

    def _word(self, place: int) -> str:
        return str(self.vocabulary[int(place)].as_py())


def learn_features(tokens: Tokens, kinds: Sequence[str]) -> Features:
    """Return the features of labelled examples, with their weights."""
    min_documents = 2 if len(tokens) >= _RARE else 1
    document_counts = _documents(tokens.rows, tokens.codes.astype(np.int64), len(tokens.vocabulary))[2]
    vocabulary = tokens.vocabulary.take(pa.array(np.flatnonzero(document_counts >= min_documents)))
    places = _places(tokens, vocabulary)
    pairs = _neighbours(places, tokens.rows, len(vocabulary))
    subject_words = np.where(tokens.in_subject, places, -1)
    vocabularies: list[Places] = []
    rows: list[Places] = []
    features: list[Places] = []
    for codes in (places, pairs, subject_words):
        present_at = np.flatnonzero(codes >= 0)
        distinct_codes, positions = np.unique(codes[present_at], return_inverse=True)
        row, feature, times = _documents(tokens.rows[present_at], positions, len(distinct_codes))
        frequent = times >= min_documents
        feature, row = (np.cumsum(frequent) - 1)[feature[frequent[feature]]], row[frequent[feature]]
        features.append(feature + sum(map(len, vocabularies)))
        rows.append(row)
        vocabularies.append(distinct_codes[frequent])
    weights = _feature_weights(np.concatenate(rows), np.concatenate(features), kinds, sum(map(len, vocabularies)))
    return Features(vocabulary, vocabularies[1], vocabularies[2], weights)


def _places(tokens: Tokens, vocabulary: pa.Array) -> Places:
    place_by_code = pc.fill_null(pc.index_in(tokens.vocabulary, value_set=vocabulary.cast(tokens.vocabulary.type)), -1)
    places: Places = place_by_code.to_numpy(zero_copy_only=False).astype(np.int64)[tokens.codes]
    return places


def _documents(rows: NDArray[np.int32], features: Places, size: int) -> tuple[Places, Places, Places]:
    """Return (row, feature) of each feature of a row, once, and the number of rows that have each feature."""
    entries = np.unique(rows.astype(np.int64) * max(size, 1) + features)
    feature = entries % max(size, 1)
    return entries // max(size, 1), feature, np.bincount(feature, minlength=size)


def _feature_weights(rows: Places, features: Places, kinds: Sequence[str], size: int) -> Floats:
    """Return the weight of each feature, given the rows that have it."""
    kind_names, kind = np.unique(np.array(kinds), return_inverse=True)
    inside = np.bincount(kind[rows] * size + features, minlength=len(kind_names) * size).reshape(len(kind_names), size)
    of_kind, documents = np.bincount(kind)[:, None], inside.sum(axis=0)
    outside, outside_counts = documents - inside, len(kinds) - of_kind
    ratio = np.log((inside + 1) / (of_kind + 2)) - np.log((outside + 1) / (outside_counts + 2))
    rarity = np.log((1 + len(kinds)) / (1 + documents)) + 1
    weights: Floats = rarity * (_EVEN + np.abs(ratio).mean(axis=0))
    return weights


def _neighbours(places: Places, rows: NDArray[np.int32], size: int) -> Places:
    """Return for each token the number of the pair with its successor; -1 where either is unknown."""
    pairs = np.full(len(places), -1, np.int64)
    adjacent = (rows[1:] == rows[:-1]) & (places[1:] >= 0) & (places[:-1] >= 0)
    np.copyto(pairs[:-1], places[:-1] * size + places[1:], where=adjacent)
    return pairs
