"""Which cells hold nothing. 'None' may be the name of an offer, so words count as nothing only where a value is due."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

NOTHING = frozenset({"", "null", "nan", "#n/a", "<na>", "#null!", "#value!", "#ref!", "#div/0!", "#name?", "#num!"})
NO_VALUE = NOTHING | {
    "n/a", "na", "n.a.", "n.a", "-", "--", "---", "–", "—", "none", "nil", "nat", "undefined", "unknown", "(blank)",
    "blank", "?", ".", "k.a.", "нет", "нет данных", "н/д", "无", "(none)", "(null)", "\\n",
}  # fmt: skip
NO_ANSWER = NO_VALUE - {"нет"}
"""Words for nothing where a yes or a no is due: Russian has one word for "no" and for "there is none"."""
_EDGES = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff\u3000"


def trimmed(cells: pa.Array) -> pa.Array:
    """Return the cells without blanks and invisible signs around them."""
    return pc.utf8_trim(cells, characters=_EDGES)


def known(cells: pa.Array, nothing: frozenset[str]) -> pa.Array:
    """Return the trimmed cells, null where they are one of the words for nothing."""
    cut = trimmed(cells)
    empty = pc.is_in(pc.utf8_lower(cut), value_set=pa.array(sorted(nothing), pa.string()))
    return pc.if_else(empty, pa.scalar(None, pa.string()), cut)


def filled(cells: pa.Array) -> pa.Array:
    """Return true where a cell holds anything at all."""
    return pc.fill_null(pc.greater(pc.utf8_length(trimmed(cells)), 0), False)
