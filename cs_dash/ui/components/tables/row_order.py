"""Sorting and searching the rows of an answer: all of them, whatever part is on the screen."""

from __future__ import annotations

import functools

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Column
from cs_dash.look import words


def sorted_rows(rows: pa.Table, column: str, *, descending: bool = False) -> pa.Table:
    """Return the rows sorted by a column: missing values last either way, equal ones in the order they had.

    Text is compared without regard to case and accents, a trend by its newest value.
    """
    keys = pa.table({"key": sort_keys(rows[column]), "at": pa.array(range(rows.num_rows), pa.int64())})
    order: list[tuple[str, str]] = [("key", "descending" if descending else "ascending"), ("at", "ascending")]
    return rows.take(pc.sort_indices(keys, sort_keys=order))


def sort_keys(values: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """Return what a column is compared by; a number that is none counts as missing."""
    if pa.types.is_list(values.type):
        newest = [next((v for v in reversed(trend or ()) if v is not None), None) for trend in values.to_pylist()]
        return pa.array(newest, pa.float64())
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        return folded(values)
    if pa.types.is_floating(values.type):
        return pc.if_else(pc.is_finite(values), values, None)
    if pa.types.is_boolean(values.type):
        return values.cast(pa.int8())
    return values


def folded(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts in lower case and without accents, "" as missing: how they are compared and searched."""
    plain = pc.replace_substring_regex(pc.utf8_normalize(values, form="NFKD"), r"\p{Mn}+", "")
    lower = pc.utf8_lower(pc.utf8_trim_whitespace(plain))
    return pc.if_else(pc.equal(lower, ""), None, lower)


def matching_rows(rows: pa.Table, columns: tuple[Column, ...], find: str, language: str = "en") -> pa.Table:
    """Return the rows in which every word of `find` stands somewhere in what these columns show, or in an id.

    Of numbers nothing is searched: a digit stands in nearly all of them.
    """
    terms = folded(pa.chunked_array([find.split()], pa.string())).to_pylist()
    shown = [shown_texts(rows[column.name], column, language) for column in columns]
    names = {column.name for column in columns}
    ids = [rows[name] for name in ("account_id", "ticket_id") if name in rows.column_names and name not in names]
    texts = [folded(values) for values in (*shown, *ids) if values is not None]
    for term in terms:
        if term is not None and texts:
            matches = [pc.fill_null(pc.match_substring(text, term), False) for text in texts]
            hits = functools.reduce(pc.or_, matches)
            rows, texts = rows.filter(hits), [text.filter(hits) for text in texts]
    return rows


def shown_texts(values: pa.ChunkedArray, column: Column, language: str) -> pa.ChunkedArray | None:
    """Return the texts that a column shows of its texts and days, None for a column of anything else."""
    is_text = pa.types.is_string(values.type)
    if is_text and not column.value_labels:
        return values
    if not is_text and not (pa.types.is_date(values.type) or pa.types.is_timestamp(values.type)):
        return None
    distinct = values.unique().drop_null()
    texts = [words.cell(column.displayed(value), column.unit, locale=language) for value in distinct.to_pylist()]
    return pa.chunked_array([pa.array(texts, pa.string()).take(pc.index_in(values.combine_chunks(), distinct))])


def row_keys(rows: pa.Table) -> tuple[str, list[str]]:
    """Return the column that names a row in the address, with its values; where none does, "" and the rows' places."""
    for name in ("ticket_id", "churn_id", "account_id", "item", "topic", "key", *rows.column_names[:1]):
        if name in rows.column_names and pa.types.is_string(rows.schema.field(name).type):
            values = rows[name]
            if not values.null_count and len(values.unique()) == len(values):
                return name, values.to_pylist()
    return "", [str(at) for at in range(1, rows.num_rows + 1)]
