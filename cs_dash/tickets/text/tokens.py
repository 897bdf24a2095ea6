"""The tokens of texts as numbers: a vocabulary of distinct words, and for every text a run of indices into it.

Columns are processed as a whole, without a loop over tickets. A question mark is a token: it tells more than most
words. Every Chinese or Japanese character is a token, so that a pair is what other scripts call a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.text.columns import as_one_array, replace_where

_SIGN = r"([\p{Han}\p{Hiragana}\p{Katakana}])"
_NO_LETTERS = "[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U0001f000-\U0001faff]+"  # noqa: E501
SUBJECT_END = "\x1f"
"""Separates a subject from a message; of several the first counts."""
_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_?")
_TO_WORDS = bytes(byte if byte >= 128 or byte in _KEPT else 32 for byte in range(256)).lower()
_AFTER = [pa.scalar(text, pa.large_string()) for text in ("", " ")]
_AT_ONCE = 1 << 17
_SPACE, _ASKS = b" ?"


@dataclass(frozen=True)
class Tokens:
    """The tokens of a list of texts.

    Attributes:
        codes: indices into `vocabulary` of all tokens, text after text (int32).
        starts: where each text starts in `codes`, and the end (int64, texts + 1).
        vocabulary: the distinct words.
        subject_lengths: number of tokens of each text that are in its subject (int32, texts); 0, too, where it is
            unknown.
    """

    codes: NDArray[np.int32]
    starts: NDArray[np.int64]
    vocabulary: pa.Array
    subject_lengths: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        """The text of each token."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    @cached_property
    def in_subject(self) -> NDArray[np.bool_]:
        """Whether each token is in the subject of its text."""
        mask: NDArray[np.bool_] = np.arange(len(self.codes)) < (self.starts[:-1] + self.subject_lengths)[self.rows]
        return mask

    def sums(self, weights: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each text the sum of its tokens' weights, given one weight per word of the vocabulary."""
        token_weights = weights[self.codes]
        non_zero = np.flatnonzero(token_weights)
        return np.bincount(self.rows[non_zero], token_weights[non_zero], len(self)).astype(np.int64)

    def to_columns(self) -> dict[str, pa.Array]:
        """Return the tokens as columns to store: per text a list of dictionary values, and the length of its
        subject.
        """
        codes = pa.DictionaryArray.from_arrays(pa.array(self.codes), self.vocabulary)
        lists = pa.ListArray.from_arrays(pa.array(self.starts.astype(np.int32)), codes)
        return {"read_words": lists, "read_head": pa.array(self.subject_lengths)}

    def slice(self, first: int, last: int) -> Tokens:
        """Return the texts from one index up to another, without copying."""
        starts = self.starts[first : last + 1]
        return Tokens(
            self.codes[starts[0] : starts[-1]], starts - starts[0], self.vocabulary, self.subject_lengths[first:last]
        )

    def take(self, chosen: NDArray[np.int64]) -> Tokens:
        """Return some of the texts, in the given order, with only the vocabulary that they use."""
        if np.array_equal(chosen, np.arange(len(self))):
            return self
        lengths = np.diff(self.starts)[chosen]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        token_places = np.arange(ends[-1]) + np.repeat(self.starts[chosen] - ends[:-1], lengths)
        codes = self.codes[token_places]
        is_used = np.zeros(len(self.vocabulary), bool)
        is_used[codes] = True
        code_places = np.cumsum(is_used, dtype=np.int32) - 1
        return Tokens(code_places[codes], ends, self.vocabulary.filter(pa.array(is_used)), self.subject_lengths[chosen])


def from_columns(rows: pa.Table) -> Tokens:
    """Return the tokens stored in the columns of `Tokens.to_columns`; a null list is a text without tokens."""
    return concatenate([_from_batch(batch["read_words"], batch["read_head"]) for batch in rows.to_batches()])


def concatenate(parts: Sequence[Tokens]) -> Tokens:
    """Return the tokens of several lists of texts, one after the other."""
    if len(parts) == 1:
        return parts[0]
    names = pa.concat_arrays([pa.array([], pa.string()), *(part.vocabulary for part in parts)]).dictionary_encode()
    places = np.split(names.indices.to_numpy(), np.cumsum([len(part.vocabulary) for part in parts])[:-1])
    codes = [place[part.codes] for place, part in zip(places, parts, strict=False)]
    lengths = [np.diff(part.starts) for part in parts]
    starts = np.cumsum(np.concatenate([[0], *lengths]), dtype=np.int64)
    none = np.zeros(0, np.int32)
    subject_lengths = np.concatenate([none, *(part.subject_lengths for part in parts)])
    return Tokens(np.concatenate([none, *codes]), starts, names.dictionary, subject_lengths)


def tokenize(texts: pa.Array) -> Tokens:
    """Return the tokens of texts (strings without nulls, under 2 GB): lower case, no punctuation but question marks.

    `SUBJECT_END` separates a subject from what follows.
    """
    texts = as_one_array(texts)
    texts = replace_where(texts, pc.invert(pc.string_is_ascii(texts)), _spaced)
    # With a space after each text no word continues in the next one.
    texts = as_one_array(pc.binary_join_element_wise(texts, *_AFTER)).cast(pa.string())
    _, offsets, data = texts.buffers()
    source_bytes = data.to_pybytes() if data else b""
    lower_bytes = source_bytes.translate(_TO_WORDS)
    byte_values = np.frombuffer(lower_bytes, np.uint8)
    token_starts = np.concatenate(
        [_begins(byte_values, start) for start in range(0, len(byte_values), _AT_ONCE)] or [_begins(byte_values, 0)]
    )
    # Words are first cut with the spaces after them, which are then trimmed from the distinct ones only.
    places = pa.py_buffer(np.append(token_starts, len(byte_values)).astype(np.int32))
    padded_tokens = pa.StringArray.from_buffers(
        len(token_starts), places, pa.py_buffer(lower_bytes)
    ).dictionary_encode()
    names = pc.ascii_rtrim(padded_tokens.dictionary, " ").dictionary_encode()
    codes = names.indices.to_numpy()[padded_tokens.indices.to_numpy()]
    bounds = np.frombuffer(offsets, np.int32)[: len(texts) + 1]
    starts = np.searchsorted(token_starts, bounds)
    separators = np.append(np.flatnonzero(np.frombuffer(source_bytes, np.uint8) == ord(SUBJECT_END)), len(source_bytes))
    first_separators = separators[np.searchsorted(separators, bounds[:-1])]
    subject_lengths = np.where(
        first_separators < bounds[1:], np.searchsorted(token_starts, first_separators) - starts[:-1], 0
    )
    return Tokens(codes, starts, names.dictionary, subject_lengths.astype(np.int32))


def _from_batch(lists: pa.Array, subject_lengths: pa.Array) -> Tokens:
    tokens = lists.flatten()
    tokens = tokens if pa.types.is_dictionary(tokens.type) else tokens.dictionary_encode()
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    starts = np.cumsum(np.append(0, lengths), dtype=np.int64)
    return Tokens(tokens.indices.to_numpy(), starts, tokens.dictionary, pc.fill_null(subject_lengths, 0).to_numpy())


def _begins(signs: NDArray[np.uint8], start: int) -> NDArray[np.int64]:
    """Return where tokens start from `start` on: after a space, at a question mark and after one."""
    part = signs[max(start - 1, 0) : start + _AT_ONCE]
    within, asks = part != _SPACE, part == _ASKS
    begins = within.copy()
    begins[1:] &= ~within[:-1] | asks[1:] | asks[:-1]
    if start:
        begins[0] = False
    return np.flatnonzero(begins) + max(start - 1, 0)


def _spaced(texts: pa.Array) -> pa.Array:
    """Return non-ASCII texts in lower case, with spaces for punctuation and around characters that are tokens."""
    small = pc.utf8_lower(texts)
    for sign, other in (("？", "?"), ("¿", " "), ("ё", "е")):
        small = pc.replace_substring(small, sign, other)
    small = pc.replace_substring_regex(small, _NO_LETTERS, " ")
    return replace_where(
        small, pc.match_substring_regex(small, _SIGN), lambda some: pc.replace_substring_regex(some, _SIGN, r" \1 ")
    )
