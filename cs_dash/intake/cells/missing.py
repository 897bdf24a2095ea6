"""Which cells hold nothing. 'None' may be the name of an offer, so words count as nothing only where a value is due.

Nearly all cells of nearly all columns hold neither blanks at their ends nor a word for nothing. Their first and last
bytes tell so, and such a column is returned as it is: nothing is computed, and nothing is held twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

ERRORS = frozenset({
    "#n/a", "#null!", "#value!", "#ref!", "#div/0!", "#name?", "#num!", "#spill!", "#calc!", "#field!",
    "#blocked!", "#unknown!", "#connect!", "#busy!", "#error!", "#getting_data", "#wert!", "#bezug!", "#nv",
    "#zahl!", "#valeur!", "#nom?", "#nombre!", "#¡valor!", "#¡ref!", "#¡div/0!", "#¿nombre?", "#¡num!",
    "#valor!", "#n/d", "#nome?", "#núm!", "#знач!", "#ссылка!", "#н/д", "#дел/0!", "#имя?", "#число!",
})  # fmt: skip
"""What spreadsheet programs write where a formula fails, in the languages of the product."""
NOTHING = frozenset({"", "null", "nan", "<na>"}) | ERRORS
NO_VALUE = NOTHING | {
    "n/a", "na", "n.a.", "n.a", "-", "--", "---", "–", "—", "none", "nil", "nat", "undefined", "unknown", "(blank)",
    "blank", "?", ".", "k.a.", "нет", "нет данных", "н/д", "无", "(none)", "(null)", "\\n",
}  # fmt: skip
NO_ANSWER = NO_VALUE - {"нет"}
"""What counts as nothing where yes or no is due: the Russian for “there is none” is the Russian for “no”."""
_EDGES = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"
_BLOCK = 1_000_000
_LONGEST = 40
"""More bytes than any word for nothing has, however it is written."""


def _among(places: set[int]) -> np.ndarray:
    flags = np.zeros(256, dtype=bool)
    flags[sorted(places)] = True
    return flags


_FIRST_OF_EDGES = _among({edge.encode()[0] for edge in _EDGES})
_LAST_OF_EDGES = _among({edge.encode()[-1] for edge in _EDGES})


@cache
def _listed(words: frozenset[str]) -> pa.Array:
    return pa.array(sorted(words), pa.string())


@cache
def _first_of(words: frozenset[str]) -> np.ndarray:
    """The bytes that a word may begin with in any case; any byte beyond ASCII may be part of a letter."""
    plain = {ord(letter) for word in words for letter in (word[:1], word[:1].upper()) if letter.isascii() and letter}
    return _among(plain | set(range(128, 256)))


def _bytes(cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The places in the bytes at which the cells begin, and at last the end; and the bytes, never none."""
    _, places, data = cells.buffers()
    offsets = np.frombuffer(places, np.int32, len(cells) + 1, 4 * cells.offset)
    return offsets, np.frombuffer(data if data is not None and data.size else b"\0", np.uint8)


def _blocks(cells: pa.Array) -> Iterator[tuple[int, pa.Array]]:
    """Yield the cells block by block, each with the place of its first: of all at once the places take more memory."""
    for start in range(0, len(cells), _BLOCK):
        yield start, cells.slice(start, _BLOCK)


def _has_edges(cells: pa.Array) -> bool:
    """Whether a cell may begin or end with a blank or an invisible sign."""
    offsets, data = _bytes(cells)
    starts, ends = offsets[:-1], offsets[1:]
    first, last = data[np.minimum(starts, len(data) - 1)], data[np.maximum(ends - 1, 0)]
    if not (_may_be_edge(first) | _may_be_edge(last)).any():
        return False
    return bool(((_FIRST_OF_EDGES[first] | _LAST_OF_EDGES[last]) & (ends > starts)).any())


def _may_be_edge(data: np.ndarray) -> np.ndarray:
    """Which bytes are no visible sign of ASCII: quickly told, and few are."""
    return np.asarray(data - np.uint8(0x21) > 0x7E - 0x21)


def _may_be_missing(cells: pa.Array, missing_words: frozenset[str]) -> np.ndarray:
    """The places of the cells that may be one of the words for nothing."""
    offsets, data = _bytes(cells)
    lengths = np.diff(offsets)
    may = (lengths <= _LONGEST) & _first_of(missing_words)[data[np.minimum(offsets[:-1], len(data) - 1)]] | (
        lengths == 0
    )
    return np.flatnonzero(may)


def trimmed(cells: pa.Array) -> pa.Array:
    """Return the cells without blanks and invisible signs around them."""
    if not len(cells) or not pa.types.is_string(cells.type):
        return pc.utf8_trim(cells, characters=_EDGES)
    if not any(_has_edges(block) for _, block in _blocks(cells)):
        return cells
    cut = pc.utf8_trim(cells, characters=_EDGES)
    offsets, after = _bytes(cells)[0], _bytes(cut)[0]
    return cells if not cells.null_count and after[-1] - after[0] == offsets[-1] - offsets[0] else cut


def without_missing(cells: pa.Array, missing_words: frozenset[str]) -> pa.Array:
    """Return the trimmed cells, null where they are one of the words for nothing."""
    cut = trimmed(cells)
    if not len(cut) or not pa.types.is_string(cut.type):
        return cut
    places = np.concatenate([start + _may_be_missing(block, missing_words) for start, block in _blocks(cut)])
    if not len(places):
        return cut
    words = pc.utf8_lower(cut.take(pa.array(places)))
    empty = pc.is_in(words, value_set=_listed(missing_words)).to_numpy(zero_copy_only=False)
    if not empty.any():
        return cut
    stays = cut.is_valid().to_numpy(zero_copy_only=False)
    stays[places[empty]] = False
    _, begin, held = cut.buffers()
    valid = pa.py_buffer(np.packbits(stays, bitorder="little"))
    return pa.Array.from_buffers(pa.string(), len(cut), [valid, begin.slice(4 * cut.offset), held])


def errors(cells: pa.Array) -> Counter[str]:
    """Return how many cells hold which error of a spreadsheet program as text, as it is written."""
    if not len(cells) or not pa.types.is_string(cells.type):
        return Counter()
    offsets, data = _bytes(cells)
    marked = np.flatnonzero((offsets[1:] > offsets[:-1]) & (data[np.minimum(offsets[:-1], len(data) - 1)] == ord("#")))
    if not len(marked):
        return Counter()
    counts = pc.value_counts(trimmed(cells.take(pa.array(marked)))).to_pylist()
    return Counter({
        count["values"]: count["counts"] for count in counts if count["values"].casefold() in ERRORS
    })  # fmt: skip


def filled(cells: pa.Array) -> pa.Array:
    """Return true where a cell holds anything at all."""
    return pc.fill_null(pc.greater(pc.binary_length(trimmed(cells)), 0), False)
