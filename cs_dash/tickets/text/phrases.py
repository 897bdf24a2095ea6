"""Counts of listed phrases in texts, by their token numbers, without searching the texts again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.text.columns import replace_where
from cs_dash.tickets.text.tokens import Tokens, tokenize

Places = NDArray[np.int64]


def without_accents(tokens: Tokens) -> Tokens:
    """Return the tokens without accents: "cómo" equals "como"."""
    names = replace_where(
        tokens.vocabulary,
        pc.invert(pc.string_is_ascii(tokens.vocabulary)),
        lambda some: pc.replace_substring_regex(pc.utf8_normalize(some, form="NFKD"), r"\p{Mn}", ""),
    ).dictionary_encode()
    return Tokens(names.indices.to_numpy()[tokens.codes], tokens.starts, names.dictionary, tokens.subject_lengths)


def phrase_counts(tokens: Tokens, groups: Sequence[Sequence[str]]) -> Places:
    """Return the number of phrases of each group in each text, shape (groups, texts).

    Of overlapping phrases of one group the one that starts first counts; of those that start together, the shortest.

    Args:
        tokens: the texts, `without_accents`.
        groups: phrases; the last word of a phrase may be a prefix: "log*".
    """
    moves, ends = _tree(tokens.vocabulary, groups)
    size, codes, rows = len(tokens.vocabulary), tokens.codes, tokens.rows
    steps = np.array(sorted(moves), np.int64)
    reached = np.array([moves[step] for step in sorted(moves)], np.int64)
    first = np.zeros(size, np.int64)
    first[steps[steps < size]] = reached[steps < size]
    at = np.flatnonzero(first[codes])
    nodes = first[codes[at]]
    matches: list[tuple[Places, Places, Places]] = []
    while len(at):
        length = len(matches) + 1
        matches.append((at, at + length, ends[nodes]))
        continues = at + length < len(codes)
        at, nodes = at[continues], nodes[continues]
        step = nodes * size + codes[at + length]
        place = np.minimum(np.searchsorted(steps, step), len(steps) - 1)
        continues = (steps[place] == step) & (rows[at + length] == rows[at])
        at, nodes = at[continues], reached[place[continues]]
    hits = np.zeros((len(groups), len(tokens)), np.int64)
    if matches:
        match_starts, match_ends, group_masks = (np.concatenate(arrays) for arrays in zip(*matches, strict=True))
        order = np.argsort(match_starts, kind="stable")
        for group in range(len(groups)):
            chosen = order[(group_masks[order] >> group & 1) > 0]
            hits[group] = np.bincount(
                rows[_non_overlapping(match_starts[chosen], match_ends[chosen])], minlength=len(tokens)
            )
    return hits


def _tree(names: pa.Array, groups: Sequence[Sequence[str]]) -> tuple[dict[int, int], Places]:
    """Return the phrases as a tree, {node * vocabulary size + token: next node}, and the groups (bits) that end at
    each node.
    """
    grouped_phrases = [(group, phrase) for group, phrases in enumerate(groups) for phrase in phrases]
    phrase_tokens = without_accents(
        tokenize(pa.array([phrase.removesuffix("*") for _, phrase in grouped_phrases], pa.string()))
    )
    codes_in_texts = (
        pc.fill_null(pc.index_in(phrase_tokens.vocabulary, value_set=names), -1)
        .to_numpy()[phrase_tokens.codes]
        .tolist()
    )
    moves: dict[int, int] = {}
    ends = [0]
    for at, (group, phrase) in enumerate(grouped_phrases):
        parts = [[code] for code in codes_in_texts[phrase_tokens.starts[at] : phrase_tokens.starts[at + 1]]]
        if parts and phrase.endswith("*"):
            stem = phrase_tokens.vocabulary[phrase_tokens.codes[phrase_tokens.starts[at + 1] - 1]]
            parts[-1] = np.flatnonzero(pc.starts_with(names, stem.as_py()).to_numpy(zero_copy_only=False)).tolist()
        if not parts or [-1] in parts:
            continue
        for last in parts.pop():
            node = 0
            for code in [*(code for (code,) in parts), last]:
                step = node * len(names) + code
                if step not in moves:
                    moves[step] = len(ends)
                    ends.append(0)
                node = moves[step]
            ends[node] |= 1 << group
    return moves, np.array(ends)


def _non_overlapping(match_starts: Places, match_ends: Places) -> Places:
    """Return the starts of the matches, in order, that do not start within an earlier match that counts."""
    while len(match_starts):
        overlapping = np.append(False, match_starts[1:] < np.maximum.accumulate(match_ends)[:-1])
        # Of a row of such only the first is sure to go: the next may be free then.
        overlapping[1:] &= ~overlapping[:-1]
        if not overlapping.any():
            break
        match_starts, match_ends = match_starts[~overlapping], match_ends[~overlapping]
    return match_starts
