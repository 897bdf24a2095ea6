"""How often texts have phrases of a list, told from their words as numbers, without searching a text again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.text.columns import changed
from cs_dash.tickets.text.tokens import Words, words

Places = NDArray[np.int64]


def bare(words: Words) -> Words:
    """Return words without accents: "cómo" is the same as "como"."""
    names = changed(
        words.names,
        pc.invert(pc.string_is_ascii(words.names)),
        lambda some: pc.replace_substring_regex(pc.utf8_normalize(some, form="NFKD"), r"\p{Mn}", ""),
    ).dictionary_encode()
    return Words(names.indices.to_numpy()[words.codes], words.starts, names.dictionary, words.heads)


def counted(texts: Words, groups: Sequence[Sequence[str]]) -> Places:
    """Return how often each text has phrases of each group, shape (groups, texts).

    Of phrases of one group that overlap, the one that begins first counts, of those that begin together the shortest.

    Args:
        texts: their words, `bare`.
        groups: phrases; the last word of one may stand for all that begin so: "log*".
    """
    moves, ends = _tree(texts.names, groups)
    size, codes, rows = len(texts.names), texts.codes, texts.rows
    steps = np.array(sorted(moves), np.int64)
    reached = np.array([moves[step] for step in sorted(moves)], np.int64)
    first = np.zeros(size, np.int64)
    first[steps[steps < size]] = reached[steps < size]
    at = np.flatnonzero(first[codes])
    nodes = first[codes[at]]
    found: list[tuple[Places, Places, Places]] = []
    while len(at):
        length = len(found) + 1
        found.append((at, at + length, ends[nodes]))
        on = at + length < len(codes)
        at, nodes = at[on], nodes[on]
        step = nodes * size + codes[at + length]
        place = np.minimum(np.searchsorted(steps, step), len(steps) - 1)
        on = (steps[place] == step) & (rows[at + length] == rows[at])
        at, nodes = at[on], reached[place[on]]
    hits = np.zeros((len(groups), len(texts)), np.int64)
    if found:
        begun, ended, told = (np.concatenate(each) for each in zip(*found, strict=True))
        order = np.argsort(begun, kind="stable")
        for group in range(len(groups)):
            chosen = order[(told[order] >> group & 1) > 0]
            hits[group] = np.bincount(rows[_apart(begun[chosen], ended[chosen])], minlength=len(texts))
    return hits


def _tree(names: pa.Array, groups: Sequence[Sequence[str]]) -> tuple[dict[int, int], Places]:
    """Return the phrases as a tree: {node * names + name: next node}, and which groups (bits) end at each node."""
    listed = [(group, phrase) for group, phrases in enumerate(groups) for phrase in phrases]
    said = bare(words(pa.array([phrase.removesuffix("*") for _, phrase in listed], pa.string())))
    known = pc.fill_null(pc.index_in(said.names, value_set=names), -1).to_numpy()[said.codes].tolist()
    moves: dict[int, int] = {}
    ends = [0]
    for at, (group, phrase) in enumerate(listed):
        parts = [[code] for code in known[said.starts[at] : said.starts[at + 1]]]
        if parts and phrase.endswith("*"):
            stem = said.names[said.codes[said.starts[at + 1] - 1]]
            parts[-1] = np.flatnonzero(pc.starts_with(names, stem.as_py()).to_numpy(zero_copy_only=False)).tolist()
        if not parts or [-1] in parts:
            continue
        for last in parts.pop():
            node = 0
            for code in [*(each for (each,) in parts), last]:
                step = node * len(names) + code
                if step not in moves:
                    moves[step] = len(ends)
                    ends.append(0)
                node = moves[step]
            ends[node] |= 1 << group
    return moves, np.array(ends)


def _apart(begun: Places, ended: Places) -> Places:
    """Return where those of some stretches, in order, begin that do not begin within one before that is kept."""
    while len(begun):
        over = np.append(False, begun[1:] < np.maximum.accumulate(ended)[:-1])
        # Of a row of such only the first is sure to go: the next may be free then.
        over[1:] &= ~over[:-1]
        if not over.any():
            break
        begun, ended = begun[~over], ended[~over]
    return begun
