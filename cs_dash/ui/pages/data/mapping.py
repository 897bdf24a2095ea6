"""What each column of a sheet is taken for, where the reader can say what it is instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from cs_dash.intake.formats import delimited, encodings
from cs_dash.intake.results.layouts import SET_ASIDE, Layout
from cs_dash.intake.results.problems import ColumnMapping, Columns, IgnoredSheet
from cs_dash.intake.results.sheets import TextFormat
from cs_dash.look import words
from cs_dash.pipeline import PLAIN, LoadReport, SheetReport
from cs_dash.schema.tables import TABLES, Field, title_of
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import escaped, locale, plain_markdown
from cs_dash.ui.pages.data.text_options import as_text
from cs_dash.ui.state import keys, pending_uploads

NOT_READ = "set it aside"
FURTHER = {"accounts": ("churn_events.reason", "churn_events.category", "churn_events.competitor")}
"""Fields of other tables that a column of this one can fill."""


@dataclass(frozen=True)
class Looked:
    """One sheet as a first look found it.

    Attributes:
        file: the file's name.
        sheet: the sheet's name.
        columns: its columns, with examples.
        table: the table that it feeds, or looks like; "" for none.
        mapped: which columns fill which fields of that table.
        said: what is to be said about it, as sentences.
        lacks: required fields that no column fills.
        used: whether it would be loaded.
        decided: what was decided about it before.
        others: what it gives to other tables.
        text: how a text file became cells; None for everything else.
    """

    file: str
    sheet: str
    columns: Columns
    table: str
    mapped: tuple[ColumnMapping, ...]
    said: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    used: bool = True
    decided: Layout | None = None
    others: tuple[SheetReport, ...] = ()
    text: TextFormat | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _ in self.columns)

    @property
    def doubtful(self) -> tuple[ColumnMapping, ...]:
        """The columns that nobody can be sure about."""
        return tuple(each for each in self.mapped if each.confidence < pending_uploads.SURE)

    @property
    def asked(self) -> tuple[ColumnMapping, ...]:
        """The columns whose values nothing in the sheet decides."""
        return tuple(each for each in self.mapped if each.question)

    @property
    def field_names(self) -> dict[str, str]:
        """The fields that each column fills; those of another table as "table.field"."""
        found = {
            each.column: f"{other.table}.{each.field}"
            for other in self.others
            for each in other.mapped
            if each.field in {field.name for field in TABLES[other.table].mapped}
        }
        return found | {each.column: each.field for each in self.mapped}


def looked_at(report: LoadReport) -> tuple[Looked, ...]:
    """Return the sheets of a first look, those that were set aside last."""
    found = []
    for sheet in report.files:
        if sheet.columns:
            others = tuple(
                other for other in report.files
                if (other.file, other.sheet) == (sheet.file, sheet.sheet) and other is not sheet
            )  # fmt: skip
            said = [sheet.evidence, *sheet.assumptions]
            said += [f"{title_of(other.table)}: {each}" for other in others for each in other.assumptions]
            found.append(
                Looked(
                    sheet.file, sheet.sheet, sheet.columns, sheet.table, sheet.mapped,
                    tuple(each for each in dict.fromkeys(said) if each), decided=sheet.decided, others=others,
                    text=sheet.text,
                )
            )  # fmt: skip
    found += [_aside(each) for each in report.ignored if each.columns]
    return tuple(found)


def _aside(each: IgnoredSheet) -> Looked:
    return Looked(
        each.file, each.sheet, each.columns, each.table, each.mapped, (), each.lacks, used=False, text=each.text
    )


def mapping_of(sheet: Looked, key: str, *, opened: bool = False) -> None:
    """Show what a sheet is read as and what its columns are; every change is looked at at once.

    Args:
        sheet: the sheet.
        key: what the widgets' keys begin with.
        opened: show it unasked also where there is no question.
    """
    look = st.session_state.get(keys.PREVIEW_GENERATION, 0)
    with st.expander(plain_markdown(_head(sheet)), expanded=opened or _open(sheet), key=f"{key}_sheet"):
        if sheet.said:
            html("".join(f'<p class="note">{escaped(each)}</p>' for each in sheet.said))
        with st.container(horizontal=True, gap="small"):
            _read_as(sheet, f"{key}_as_{look}")
            if sheet.text is not None and sheet.text.columns:
                as_text(sheet.text, f"{key}_{look}")
            for field in sheet.lacks:
                _which_column(sheet, TABLES[sheet.table].field(field), f"{key}_{field}_{look}")
            for each in sheet.doubtful:
                _doubt(sheet, each, f"{key}_{each.column}_{look}")
            for each in sheet.asked:
                _question(sheet, each, f"{key}_{each.option}_{look}")
        if sheet.table in TABLES:
            _grid(sheet, f"{key}_grid_{look}")
        else:
            st.dataframe(_seen(sheet), hide_index=True, key=f"{key}_seen_{look}")


def _head(sheet: Looked) -> str:
    where = f"{sheet.file}, sheet {sheet.sheet}" if sheet.sheet else sheet.file
    if not sheet.used:
        return f"{where}: set aside"
    used = words.plural(len(sheet.field_names), "column", locale=locale())
    rest = len(sheet.columns) - len(sheet.field_names)
    kept = "kept as it is" if rest == 1 else "kept as they are"
    told = f"{used} used, {rest} {kept if _keeps(sheet) else 'not'}"
    tables = [sheet.table, *(other.table for other in sheet.others)]
    titles = [title_of(table).lower() for table in dict.fromkeys(tables)]
    listed = " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]
    return f"{where} as {listed}: {told}{_told_text(sheet)}"


def _told_text(sheet: Looked) -> str:
    """How a text file was read, where its letters leave a choice."""
    if sheet.text is None or encodings.plain(sheet.text.encoding):
        return ""
    return f"; {delimited.description(sheet.text.encoding, sheet.text.delimiter)}"


def _open(sheet: Looked) -> bool:
    """Whether there is something to say about a sheet, so that it is shown unasked."""
    decided = sheet.decided
    if sheet.lacks or sheet.asked or (sheet.doubtful and not decided):
        return True
    # Of a layout that is known but changed, only what is new is a question.
    return decided is not None and any(each.column in decided.new for each in sheet.doubtful)


def _keeps(sheet: Looked) -> bool:
    return sheet.table in ("accounts", PLAIN)


def _read_as(sheet: Looked, key: str) -> None:
    titles = {title_of(name): name for name in (*TABLES, PLAIN)} | {NOT_READ: SET_ASIDE}
    shown = title_of(sheet.table) if sheet.table and (sheet.used or sheet.lacks) else NOT_READ
    st.selectbox(
        "Read as", list(titles), list(titles).index(shown), key=key, width=220,
        on_change=lambda: pending_uploads.decide(sheet.names, table=titles[st.session_state[key]]),
    )  # fmt: skip


def _which_column(sheet: Looked, field: Field, key: str) -> None:
    st.selectbox(
        f"Which column is the {field.label}?", sheet.names, None, key=key, width=280, placeholder="Choose a column",
        help=field.help, format_func=partial(_with_examples, dict(sheet.columns)),
        on_change=lambda: pending_uploads.decide(sheet.names, sheet.table, {st.session_state[key]: field.name}),
    )  # fmt: skip


def _doubt(sheet: Looked, doubtful: ColumnMapping, key: str) -> None:
    """Ask what a column is that may be something else."""
    choices = choices_of(sheet)
    shown = label_of(sheet.table, doubtful.field)
    st.selectbox(
        f"What is “{plain_markdown(doubtful.column)}” ({plain_markdown(_examples(doubtful.examples))})?",
        list(choices), list(choices).index(shown), key=key, width=320,
        help=f"{doubtful.because[:1].upper()}{doubtful.because[1:]}.",
        on_change=lambda: pending_uploads.decide(
            sheet.names, sheet.table, {doubtful.column: choices[st.session_state[key]]}
        ),
    )  # fmt: skip


def _question(sheet: Looked, asked: ColumnMapping, key: str) -> None:
    """Ask how the values of a column are meant; the first answer is what is assumed until then."""
    answers = {meaning: value for value, meaning in asked.answers}
    st.radio(
        plain_markdown(f"{asked.column}: {asked.question}"), list(answers), horizontal=True, key=key,
        on_change=lambda: pending_uploads.decide(
            sheet.names, options={asked.option: answers[st.session_state[key]]}
        ),
    )  # fmt: skip


def _examples(examples: Sequence[str]) -> str:
    return " · ".join(each if len(each) <= 24 else f"{each[:23]}…" for each in examples)


def _with_examples(columns: dict[str, tuple[str, ...]], name: str) -> str:
    examples = _examples(columns.get(name, ()))
    return f"{name} ({examples})" if examples else name


def label_of(table: str, name: str) -> str:
    """Return a field in words; one of another table, given as "table.field", after that table's name."""
    other, _, field = name.rpartition(".")
    if other and other != table:
        return f"{TABLES[other].title.lower()}: {TABLES[other].field(field).label}"
    fields = {each.name: each.label for each in (*TABLES["accounts"].fields, *TABLES[table].fields)}
    return fields[field]


def choices_of(sheet: Looked) -> dict[str, str]:
    """Return what a column of a sheet can be, in words, with the field; the first is no field."""
    fields = [*(each.name for each in TABLES[sheet.table].mapped), *FURTHER.get(sheet.table, ())]
    fields += [each for each in sheet.field_names.values() if each not in fields]
    return {_nothing(sheet): ""} | {label_of(sheet.table, each): each for each in fields}


def _nothing(sheet: Looked) -> str:
    return "kept as a column" if _keeps(sheet) else "not used"


def _grid(sheet: Looked, key: str) -> None:
    """Show every column with what it is; the third column of the grid can be changed."""
    filled = sheet.field_names
    by_column = {each.column: each for each in (*(m for o in sheet.others for m in o.mapped), *sheet.mapped)}
    known = [by_column.get(name) for name in sheet.names]
    held = [label_of(sheet.table, filled[name]) if name in filled else _nothing(sheet) for name in sheet.names]
    sure = pa.array([each.confidence if each else None for each in known], pa.float64())
    because = [each.because if each else "" for each in known]
    st.data_editor(
        _seen(sheet, {"Is": held, "Sure": sure, "Because": because}),
        hide_index=True,
        key=key,
        disabled=["Column", "For example", "Sure", "Because"],
        on_change=partial(_edited, sheet, key),
        column_config={
            "Is": st.column_config.SelectboxColumn(
                "Is", options=list(choices_of(sheet)), required=True, width="medium", help="Choose what it is instead."
            ),
            "Sure": st.column_config.ProgressColumn("Sure", min_value=0, max_value=1, format="percent"),
            "Because": st.column_config.TextColumn("Because", width="medium"),
        },
    )


def _seen(sheet: Looked, more: Mapping[str, Any] | None = None) -> pa.Table:
    """Return the columns with examples of what they hold, one row each, and what more is told of them."""
    examples = [_examples(examples) for _, examples in sheet.columns]
    return pa.table({"Column": list(sheet.names), "For example": examples, **(more or {})})


def _edited(sheet: Looked, key: str) -> None:
    changed: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    choices = choices_of(sheet)
    mapping = {sheet.names[row]: choices[each["Is"]] for row, each in changed.items() if each.get("Is") in choices}
    pending_uploads.decide(sheet.names, sheet.table, mapping)
