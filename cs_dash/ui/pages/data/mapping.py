"""The mapping of a sheet's columns to fields, editable by the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from cs_dash.answer import Column
from cs_dash.intake.formats import delimited, encodings
from cs_dash.intake.results.layouts import RECOGNISED, SET_ASIDE
from cs_dash.intake.results.problems import ColumnMapping
from cs_dash.intake.results.sheet_options import READ_AS
from cs_dash.look import words
from cs_dash.pipeline import PLAIN
from cs_dash.schema.tables import TABLES, Field, noun_of, title_of
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import note_lines
from cs_dash.ui.components.show.static_table import static_table
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.sheet_options import AUTOMATIC, sheet_options
from cs_dash.ui.pages.data.sheet_previews import SheetPreview
from cs_dash.ui.pages.data.text_options import text_options
from cs_dash.ui.state import keys, pending_uploads

NOT_READ = "set it aside"
FURTHER = {"accounts": ("churn_events.reason", "churn_events.category", "churn_events.competitor")}
"""Fields of other tables that a column of this one can fill."""


def mapping_of(sheet: SheetPreview, key: str, *, opened: bool = False) -> None:
    """Show the table that a sheet feeds and its column mapping; every change updates the preview.

    Args:
        sheet: the sheet.
        key: what the widgets' keys begin with.
        opened: expand it even without an open question.
    """
    generation = st.session_state.get(keys.PREVIEW_GENERATION, 0)
    with controls.expander(_heading(sheet), expanded=opened or _needs_attention(sheet), key=f"{key}_sheet"):
        if sheet.remarks:
            note_lines(sheet.remarks)
        with st.container(horizontal=True, gap="small"):
            _read_as(sheet, f"{key}_as_{generation}")
            if sheet.text is not None and sheet.text.columns:
                text_options(sheet.text, f"{key}_{generation}")
            stored = sheet.decided.options_in_force if sheet.decided else {}
            sheet_options(sheet.names, sheet.sentences, stored, f"{key}_{generation}")
            for field in sheet.missing_fields:
                _which_column(sheet, TABLES[sheet.table].field(field), f"{key}_{field}_{generation}")
            for column in sheet.doubtful:
                _doubt(sheet, column, f"{key}_{column.column}_{generation}")
            for column in sheet.ambiguous:
                _question(sheet, column, f"{key}_{column.option}_{generation}")
        if sheet.table in TABLES:
            _grid(sheet, f"{key}_grid_{generation}")
        else:
            columns = (Column("Column", "Column"), Column("Examples", "Examples"))
            static_table("Columns", columns, _examples_table(sheet), f"{key}_columns")


def _heading(sheet: SheetPreview) -> str:
    where = f"{sheet.file}, sheet {sheet.sheet}" if sheet.sheet else sheet.file
    if not sheet.used:
        return f"{where}: not loaded"
    used = words.plural(len(sheet.field_names), "column", locale=locale())
    unused = len(sheet.columns) - len(sheet.field_names)
    stored = "stored as a custom field" if unused == 1 else "stored as custom fields"
    column_counts = f"{used} mapped"
    if unused:
        column_counts += f", {unused} {stored if _stores_unused(sheet) else 'unused'}"
    tables = [sheet.table, *(other.table for other in sheet.other_tables)]
    titles = [noun_of(table) for table in dict.fromkeys(tables)]
    titles_text = " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]
    return f"{where} as {titles_text}: {column_counts}{_encoding_note(sheet)}"


def _encoding_note(sheet: SheetPreview) -> str:
    """How a text file was read, where its letters leave a choice."""
    if sheet.text is None or encodings.plain(sheet.text.encoding):
        return ""
    return f"; {delimited.description(sheet.text.encoding, sheet.text.delimiter)}"


def _needs_attention(sheet: SheetPreview) -> bool:
    """Whether there is something to say about a sheet, so that it is shown unasked."""
    decided = sheet.decided
    if sheet.missing_fields or sheet.ambiguous or (sheet.doubtful and not decided):
        return True
    # For a changed edition of a stored layout, only new columns are questions.
    return decided is not None and any(column.column in decided.added_columns for column in sheet.doubtful)


def _stores_unused(sheet: SheetPreview) -> bool:
    return sheet.table in ("accounts", PLAIN)


def _read_as(sheet: SheetPreview, key: str) -> None:
    titles = {title_of(name): name for name in (*TABLES, PLAIN)} | {NOT_READ: SET_ASIDE}
    if _is_chosen(sheet):
        titles = {AUTOMATIC: RECOGNISED, **titles}
    current = title_of(sheet.table) if sheet.table and (sheet.used or sheet.missing_fields) else NOT_READ
    controls.selectbox(
        READ_AS, list(titles), list(titles).index(current), key=key, width=220,
        on_change=lambda: pending_uploads.decide(sheet.names, table=titles[st.session_state[key]]),
    )  # fmt: skip


def _is_chosen(sheet: SheetPreview) -> bool:
    """Whether somebody chose what the sheet is read as, now or before."""
    pending = [layout.table for layout in pending_uploads.decided_layouts() if layout.columns == sheet.names]
    before = sheet.decided.table if sheet.decided else None
    return (pending[-1] if pending and pending[-1] is not None else before) not in (None, RECOGNISED)


def _which_column(sheet: SheetPreview, field: Field, key: str) -> None:
    controls.selectbox(
        f"Which column is the {field.label}?", sheet.names, None, key=key, width=280, placeholder="Choose a column",
        help=field.help, format_func=partial(_with_examples, dict(sheet.columns)),
        on_change=lambda: pending_uploads.decide(sheet.names, sheet.table, {st.session_state[key]: field.name}),
    )  # fmt: skip


def _doubt(sheet: SheetPreview, doubtful: ColumnMapping, key: str) -> None:
    """Ask what a column is that may be something else."""
    choices = choices_of(sheet)
    current = label_of(sheet.table, doubtful.field)
    controls.selectbox(
        f"What is “{doubtful.column}” ({_examples(doubtful.examples)})?",
        list(choices), list(choices).index(current), key=key, width=320,
        help=f"{doubtful.because[:1].upper()}{doubtful.because[1:]}.",
        on_change=lambda: pending_uploads.decide(
            sheet.names, sheet.table, {doubtful.column: choices[st.session_state[key]]}
        ),
    )  # fmt: skip


def _question(sheet: SheetPreview, column: ColumnMapping, key: str) -> None:
    """Ask how to read the values of a column; until answered, the first answer is assumed, or nothing."""
    answers = {meaning: value for value, meaning in column.answers}
    controls.radio(
        f"{column.column}: {column.question}", list(answers), 0 if column.assumed else None, horizontal=True, key=key,
        on_change=lambda: pending_uploads.decide(
            sheet.names, options={column.option: answers[st.session_state[key]]}
        ),
    )  # fmt: skip


def _examples(examples: Sequence[str]) -> str:
    return " · ".join(example if len(example) <= 24 else f"{example[:23]}…" for example in examples)


def _with_examples(columns: dict[str, tuple[str, ...]], name: str) -> str:
    examples = _examples(columns.get(name, ()))
    return f"{name} ({examples})" if examples else name


def label_of(table: str, name: str) -> str:
    """Return a field in words; one of another table, given as "table.field", after that table's name."""
    other, _, field = name.rpartition(".")
    if other and other != table:
        return f"{TABLES[other].noun}: {TABLES[other].field(field).label}"
    fields = {field.name: field.label for field in (*TABLES["accounts"].fields, *TABLES[table].fields)}
    return fields[field]


def choices_of(sheet: SheetPreview) -> dict[str, str]:
    """Return what a column of a sheet can be, in words, with the field; the first is no field."""
    fields = [*(field.name for field in TABLES[sheet.table].mapped), *FURTHER.get(sheet.table, ())]
    fields += [name for name in sheet.field_names.values() if name not in fields]
    return {_no_field(sheet): ""} | {label_of(sheet.table, name): name for name in fields}


def _no_field(sheet: SheetPreview) -> str:
    return "custom field" if _stores_unused(sheet) else "not used"


def _grid(sheet: SheetPreview, key: str) -> None:
    """Show every column with what it is; the third column of the grid can be changed."""
    filled = sheet.field_names
    by_column = {
        column.column: column for column in (*(m for o in sheet.other_tables for m in o.mapped), *sheet.mapped)
    }
    mapped = [by_column.get(name) for name in sheet.names]
    labels = [label_of(sheet.table, filled[name]) if name in filled else _no_field(sheet) for name in sheet.names]
    sure = pa.array([column.confidence if column else None for column in mapped], pa.float64())
    because = [column.because if column else "" for column in mapped]
    st.data_editor(
        _examples_table(sheet, {"Field": labels, "Confidence": sure, "Reason": because}),
        hide_index=True,
        key=key,
        disabled=["Column", "Examples", "Confidence", "Reason"],
        on_change=partial(_edited, sheet, key),
        column_config={
            "Field": controls.SelectboxColumn(
                "Field", options=list(choices_of(sheet)), required=True, width="medium", help="Choose another field."
            ),
            "Confidence": controls.ProgressColumn("Confidence", min_value=0, max_value=1, format="percent"),
            "Reason": controls.TextColumn("Reason", width="medium"),
        },
    )


def _examples_table(sheet: SheetPreview, more: Mapping[str, Any] | None = None) -> pa.Table:
    """Return one row per column with example values, and the given extra columns."""
    examples = [_examples(examples) for _, examples in sheet.columns]
    return pa.table({"Column": list(sheet.names), "Examples": examples, **(more or {})})


def _edited(sheet: SheetPreview, key: str) -> None:
    changed: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    choices = choices_of(sheet)
    mapping = {
        sheet.names[row]: choices[changes["Field"]]
        for row, changes in changed.items()
        if changes.get("Field") in choices
    }
    pending_uploads.decide(sheet.names, sheet.table, mapping)
