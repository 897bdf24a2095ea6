"""What a model of kinds looks at: words, pairs of neighbours and words of the subject, each with what it is worth.

A feature is worth the more the rarer it is (TF-IDF) and the more unevenly it is spread over the kinds: the mean over
them of its log-count ratio, as naive Bayes has it. Words of a subject count once more, as such.

Source: Wang, Manning, Baselines and bigrams: simple, good sentiment and topic classification (2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from cs_dash.tickets.classifier.type_terms import KINDS
from cs_dash.tickets.text.tokens import Words

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

_RARE = 200
"""From so many examples on, features of a single ticket are left out."""
_EVEN = 0.5
"""What a feature that is spread evenly over the kinds is still worth, in units of the log-count ratio."""
_HINT = 0.4
"""Weight of the lexicon's suggestion among the features; all others of a ticket together have length 1."""


@dataclass(frozen=True)
class Features:
    """The features of a model; the suggestions of the lexicon follow them, in the order of `KINDS`.

    Attributes:
        names: the words it knows.
        pairs: the pairs of neighbours it knows, as place of the first x words known + place of the second, sorted.
        heads: the words it knows as those of subjects: their places, sorted.
        worth: of the words, then of the pairs, then of the subjects' words.
    """

    names: pa.Array
    pairs: Places
    heads: Places
    worth: Floats

    @cached_property
    def _head_at(self) -> Places:
        found = np.full(len(self.names) + 1, -1, np.int64)
        found[self.heads] = np.arange(len(self.heads))
        return found

    def places(self, words: Words) -> Places:
        """Return the place of each word among the names, -1 where it is not among them."""
        return _places(words, self.names)

    def matrix(self, words: Words, places: Places, hints: pa.Array | None) -> sparse.csr_matrix:
        """Return tickets x features: 1 + log of the count, times its worth, each ticket of length 1; then the hints.

        `places`: those of the words among the names, see `places`.
        """
        singles, size = len(self.names), len(self.worth)
        # A ticket and a feature are one number, as small a one as will do: sorting them is what takes longest.
        bits = (size + len(KINDS)).bit_length()
        number: np.dtype[Any] = np.dtype("i4" if len(words).bit_length() + bits < 32 else "i8")
        at = np.flatnonzero(places >= 0)
        single, rows = places[at], words.rows[at].astype(number) << bits
        near = np.flatnonzero((at[1:] == at[:-1] + 1) & (rows[1:] == rows[:-1]))
        pair = pc.index_in(pa.array(single[near] * singles + single[near + 1]), value_set=pa.array(self.pairs))
        pair = pc.fill_null(pair, -1).to_numpy()
        known = np.flatnonzero(pair >= 0)
        heads = np.flatnonzero(words.in_head[at])
        head = self._head_at[single[heads]]
        heads, head = heads[head >= 0], head[head >= 0] + singles + len(self.pairs)
        parts = [
            rows | single.astype(number), rows[near[known]] | (singles + pair[known]).astype(number),
            rows[heads] | head.astype(number),
        ]  # fmt: skip
        if hints is not None:
            hint = pc.fill_null(pc.index_in(hints, value_set=pa.array(KINDS)), -1).to_numpy()
            hinted = np.flatnonzero(hint >= 0)
            parts.append(hinted.astype(number) << bits | (size + hint[hinted]).astype(number))
        entries = np.sort(np.concatenate(parts))
        first = np.flatnonzero(np.append(True, entries[1:] != entries[:-1])[: len(entries)])
        entries, times = entries[first], np.diff(first, append=len(entries))
        columns, starts = entries & (1 << bits) - 1, np.searchsorted(entries, np.arange(len(words) + 1) << bits)
        rarer = 1 + np.log(np.arange(1, times.max(initial=1) + 1))
        values = rarer[times - 1] * np.append(self.worth, np.zeros(len(KINDS)))[columns]
        squares = np.diff(np.concatenate([[0.0], np.cumsum(values**2)])[starts])
        values /= np.repeat(np.sqrt(np.where(squares > 0, squares, 1.0)), np.diff(starts))
        values[columns >= size] = _HINT
        return sparse.csr_matrix((values, columns, starts), shape=(len(words), size + len(KINDS)))

    def named(self, feature: int) -> str:
        """Return a feature in words, as a reader is told why a ticket has its kind."""
        singles, size = len(self.names), len(self.worth)
        if feature >= size:
            return f"sounds like {KINDS[feature - size]}"
        if feature < singles:
            return self._word(feature)
        if feature >= singles + len(self.pairs):
            return f"{self._word(self.heads[feature - singles - len(self.pairs)])} (subject)"
        words = [self._word(each) for each in divmod(int(self.pairs[feature - singles]), singles)]
        chinese = all("\u3040" <= word[0] <= "\u9fff" for word in words)
        return ("" if chinese else " ").join(words)

    def _word(self, place: int) -> str:
        return str(self.names[int(place)].as_py())


def learnt(words: Words, kinds: Sequence[str]) -> Features:
    """Return the features of examples whose kinds are known."""
    least = 2 if len(words) >= _RARE else 1
    often = _documents(words.rows, words.codes.astype(np.int64), len(words.names))[2]
    names = words.names.take(pa.array(np.flatnonzero(often >= least)))
    places = _places(words, names)
    pairs = _neighbours(places, words.rows, len(names))
    heads = np.where(words.in_head, places, -1)
    kept: list[Places] = []
    rows: list[Places] = []
    features: list[Places] = []
    for told in (places, pairs, heads):
        there = np.flatnonzero(told >= 0)
        known, at = np.unique(told[there], return_inverse=True)
        row, feature, times = _documents(words.rows[there], at, len(known))
        chosen = times >= least
        feature, row = (np.cumsum(chosen) - 1)[feature[chosen[feature]]], row[chosen[feature]]
        features.append(feature + sum(map(len, kept)))
        rows.append(row)
        kept.append(known[chosen])
    worth = _worth(np.concatenate(rows), np.concatenate(features), kinds, sum(map(len, kept)))
    return Features(names, kept[1], kept[2], worth)


def _places(words: Words, names: pa.Array) -> Places:
    known = pc.fill_null(pc.index_in(words.names, value_set=names.cast(words.names.type)), -1)
    found: Places = known.to_numpy(zero_copy_only=False).astype(np.int64)[words.codes]
    return found


def _documents(rows: NDArray[np.int32], features: Places, size: int) -> tuple[Places, Places, Places]:
    """Return (row, feature) of each feature that a row has, once, and in how many rows each feature is."""
    each = np.unique(rows.astype(np.int64) * max(size, 1) + features)
    feature = each % max(size, 1)
    return each // max(size, 1), feature, np.bincount(feature, minlength=size)


def _worth(rows: Places, features: Places, kinds: Sequence[str], size: int) -> Floats:
    """Return what each feature is worth, given which rows have it."""
    names, kind = np.unique(np.array(kinds), return_inverse=True)
    inside = np.bincount(kind[rows] * size + features, minlength=len(names) * size).reshape(len(names), size)
    of_kind, documents = np.bincount(kind)[:, None], inside.sum(axis=0)
    outside, others = documents - inside, len(kinds) - of_kind
    ratio = np.log((inside + 1) / (of_kind + 2)) - np.log((outside + 1) / (others + 2))
    rarity = np.log((1 + len(kinds)) / (1 + documents)) + 1
    found: Floats = rarity * (_EVEN + np.abs(ratio).mean(axis=0))
    return found


def _neighbours(places: Places, rows: NDArray[np.int32], size: int) -> Places:
    """Return of each word the pair that it and the next one are, as one number; -1 where one of them is not known."""
    found = np.full(len(places), -1, np.int64)
    both = (rows[1:] == rows[:-1]) & (places[1:] >= 0) & (places[:-1] >= 0)
    np.copyto(found[:-1], places[:-1] * size + places[1:], where=both)
    return found
