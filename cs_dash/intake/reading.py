"""Files in, typed rows and problems out: the one entry of intake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnknownOption, nearest
from cs_dash.intake import (
    amounts,
    drafts,
    files,
    header,
    layouts,
    names,
    recognise,
    rejects,
    vendor_habits,
    vendors,
    wide,
)
from cs_dash.intake.apart import Apart
from cs_dash.intake.drafts import Draft
from cs_dash.intake.header import Block
from cs_dash.intake.layouts import Layout, Recall
from cs_dash.intake.problems import Columns, Fed, Ignored, InputFile, Known, Rates, Reading
from cs_dash.intake.profiles import Profile
from cs_dash.intake.recognise import Guess
from cs_dash.intake.sheets import Sheet

__all__ = ["OPTIONS", "Fed", "Ignored", "InputFile", "Known", "Reading", "read"]

OPTIONS: dict[str, str] = {
    "end_date": "inclusive: end dates are the last paid day; exclusive (as they stand) is the default",
    "snapshot": "the day that data without dates speak of, as YYYY-MM-DD; the end of last month is the default",
    "dates": "dmy or mdy: what comes first in dates such as 3/4/2025; dates:COLUMN for one column",
    "decimal": "comma or point: the decimal sign; decimal:COLUMN for one column",
    "delimiter": "the character between the cells of a text file: comma, semicolon, tab, pipe or any one",
    "encoding": "the encoding of text files, such as cp1252",
    "currency": "the reporting currency, such as EUR",
    "missing": "gone or keep (the default): what becomes of rows that the last such file had and this one lacks",
    "password": "the password of encrypted files; it is not kept",
}
AS_TEXT = ("encoding", "delimiter")
"""Options that say how a text file becomes cells: they count before its columns are known."""
PER_COLUMN = ("dates", "decimal")
"""Options that can be given for one column, as "dates:Signed on"."""
_CHOICES = {
    "end_date": ("inclusive", "exclusive"),
    "dates": ("dmy", "mdy"),
    "decimal": ("comma", "point"),
    "missing": ("gone", "keep"),
}


@dataclass(frozen=True)
class Recognised:
    """A sheet with the table that it feeds, what was decided about it, and what is known with that."""

    sheet: Sheet
    block: Block
    guess: Guess
    profiles: tuple[Profile, ...]
    layout: Layout | None
    known: Known

    @property
    def columns(self) -> Columns:
        """Its columns with examples."""
        return tuple(zip(self.block.names, (each.examples for each in self.profiles), strict=True))


def _check(known: Known) -> None:
    for given, value in known.options.items():
        option, _, column = given.partition(":")
        if option not in OPTIONS or (column and option not in PER_COLUMN):
            raise UnknownOption("Unknown option", f"Could not use {given}={value} because there is no such option.",
                                nearest(option, OPTIONS))  # fmt: skip
        if option in _CHOICES and value not in _CHOICES[option]:
            raise UnknownOption("Unknown choice", f"Could not use {given}={value} because that is no choice.",
                                nearest(value, _CHOICES[option]))  # fmt: skip
    wide.snapshot(known)


def _sheets(given: Sequence[InputFile], known: Known, recall: Recall) -> Iterator[tuple[Sheet, Block | None] | Ignored]:
    with Apart() as apart:
        apart.expect(files.jobs(given, known.options))
        for file in given:
            for sheet in files.sheets_or_why(file, known.options, apart):
                if isinstance(sheet, Ignored):
                    yield sheet
                    continue
                block = _block(sheet)
                if block is None or not (other := _other_text(file, sheet, block, recall)):
                    yield sheet, block
                    continue
                for again in files.sheets_or_why(file, {**other, **known.options}, apart):
                    if isinstance(again, Ignored):
                        yield again
                    else:
                        yield again, _block(again)


def _block(sheet: Sheet) -> Block | None:
    block = header.find(sheet.grid, sheet.first_row)
    return rejects.without_reasons(block) if block is not None else None


def _other_text(file: InputFile, sheet: Sheet, block: Block, recall: Recall) -> dict[str, str]:
    """How a text file has to become cells, where that was decided for files whose columns came out like these."""
    if sheet.file != file.name or sheet.name:
        return {}
    layout = recall.of(block.names)
    return {name: layout.options[name] for name in AS_TEXT if name in layout.options} if layout else {}


def _decided(known: Known, layout: Layout | None) -> Known:
    """Return what is known, with what was decided about the sheet's columns; what is said now goes first."""
    if layout is None:
        return known
    told = {names.key(column) for column in known.mapping}
    mapping = {column: field for column, field in layout.mapping.items() if names.key(column) not in told}
    return replace(
        known, as_table=known.as_table or layout.table or None, mapping={**mapping, **known.mapping},
        options={**layout.options, **known.options},
    )  # fmt: skip


def _recognised(sheet: Sheet, block: Block | None, given: Known, recall: Recall) -> Recognised | Ignored:
    if block is None:
        why = "It is empty." if header.is_blank(sheet.grid) else "It holds a title or a single row, and no table."
        return Ignored(sheet.file, sheet.name, why)
    if not block.rows.num_rows:
        return Ignored(sheet.file, sheet.name, f"It has column names ({recognise.named(block.names)}) and no rows.")
    layout = recall.of(block.names)
    known = _decided(given, layout)
    profiles = recognise.profiles_of(block, known.accounts)
    if known.as_table:
        guess = recognise.forced(block, profiles, known.as_table, known.mapping)
    else:
        guess = recognise.best(block, profiles, sheet.file, sheet.name, known)
    found = Recognised(sheet, block, guess, tuple(profiles), layout, known)
    why = recognise.refusal(guess, block, bool(known.as_table), profiles)
    looks = guess.table.name if known.as_table or guess.score >= recognise.ENOUGH else ""
    if layout is not None and layout.table == layouts.SET_ASIDE and not known.as_table:
        why = f"You set aside sheets with these columns ({recognise.named(block.names)}). Choose a table to load it."
    export = vendors.export_of(tuple(block.names))
    if export is not None and not export.table and not known.as_table:
        why, looks = f"It is {export.named}. {export.why}", ""
    if not why:
        return found
    mapped = drafts.mapped(guess.matches, block, profiles) if looks else ()
    lacks = recognise.unfilled(guess) if looks else ()
    return Ignored(sheet.file, sheet.name, why, "", found.columns, looks, mapped, lacks)


def _evidence(found: Recognised) -> str:
    table = found.guess.table
    telling = sorted(found.guess.matches, key=lambda m: -m.confidence * m.weight)[:4]
    words = ", ".join(found.block.names[match.column] for match in telling)
    export = vendors.export_of(tuple(found.block.names))
    if export is not None and export.table == table.name:
        return f"Read as {table.title.lower()}: it is {export.named} ({', '.join(export.telling[:4])})."
    if found.known.as_table or not words:
        return f"Read as {table.title.lower()} as you said."
    return f"Read as {table.title.lower()} because of {words}."


def _remembered(found: Recognised) -> list[str]:
    """What is to be said about decisions of before that count here."""
    layout = found.layout
    if layout is None or not (layout.gone or layout.new):
        return []
    new, gone = recognise.named(layout.new), recognise.named(layout.gone)
    parts = [f"new: {new}"] if new else []
    parts += [f"no longer there: {gone}"] if gone else []
    return [f"Read as decided for an earlier edition of this sheet; its columns changed ({'; '.join(parts)})."]


def _finished(draft: Draft, each: Recognised) -> Fed:
    draft.assumptions += _remembered(each)
    fed = drafts.finish(draft, each.guess, each.profiles, _evidence(each))
    return _of_layout(replace(fed, columns=each.columns, decided=each.layout), each)


def _of_layout(fed: Fed, each: Recognised) -> Fed:
    # A few mended rows are no edition of the whole list: whatever they lack is not gone.
    missing = "keep" if rejects.MENDED in each.block.notes else each.known.options.get("missing", "")
    return replace(fed, layout=layouts.signature(each.block.names), missing=missing)


def _rates(found: Sequence[Recognised], known: Known) -> tuple[list[Fed], Rates]:
    """Read the sheets of exchange rates, and return them with all rates known after them."""
    fed = []
    rates: dict[str, dict[date, float]] = {code: dict(each) for code, each in known.rates.items()}
    for each in found:
        draft = drafts.typed(each.guess.table, each.guess.matches, each.block, each.sheet, each.known)
        draft.columns["currency"] = pc.utf8_upper(draft.columns["currency"])
        days = draft.columns["rate_on"].cast(pa.string())
        draft.columns["rate_id"] = pc.binary_join_element_wise(draft.columns["currency"], days, "-")
        not_positive = pc.fill_null(pc.less_equal(draft.columns["rate"], 0.0), False)
        draft.reject(np.flatnonzero(not_positive), "rate", "A rate must be above zero.", "Correct the rate.")
        fed.append(_finished(draft, each))
        for row in fed[-1].rows.rows.select(["currency", "rate_on", "rate"]).to_pylist():
            rates.setdefault(row["currency"], {})[row["rate_on"]] = row["rate"]
    return fed, {code: tuple(sorted(each.items())) for code, each in rates.items()}


def _reporting(found: Sequence[Draft], known: Known) -> tuple[str | None, str]:
    """The currency of the workspace, else the most frequent one, and what is to be said about it."""
    chosen = known.options.get("currency") or known.currency
    if chosen:
        return chosen.upper(), ""
    counted: Counter[str] = Counter()
    for draft in found:
        codes = amounts.currencies(draft)
        if codes is not None:
            for pair in pc.value_counts(codes.drop_null()).to_pylist():
                counted[pair["values"]] += pair["counts"]
    if not counted:
        return None, ""
    code = max(sorted(counted), key=lambda each: counted[each])
    return code, f"Money is reported in {code}, the most frequent currency." if len(counted) > 1 else ""


def _complete(draft: Draft, reporting: str | None, rates: Rates) -> None:
    """Derive what the table's own rules ask for."""
    name = draft.table.name
    if name == "subscriptions":
        drafts.inclusive_end(draft)
        amounts.convert(draft, reporting, rates, "start_date", fatal=True)
        amounts.monthly(draft)
        starts, ends = draft.days("start_date"), draft.days("end_date")
        if starts is not None and ends is not None:
            draft.reject(
                np.flatnonzero(ends < starts), "end_date", "It ends before it starts.", "Correct one of the dates."
            )
    elif name == "accounts":
        amounts.convert(draft, reporting, rates, "", fatal=False)
        if "account_id" not in draft.columns:
            encoded = pc.dictionary_encode(draft.columns["account"])
            made = pa.array([names.account_key(text) for text in encoded.dictionary.to_pylist()], pa.string())
            draft.columns["account_id"] = made.take(encoded.indices)
            draft.assumptions.append("No column holds ids, so each account is known by its name.")
    elif name == "usage" and "events" not in draft.columns:
        draft.columns["events"] = drafts.constant(1.0, pa.float64(), len(draft))
    elif name == "surveys" and "survey" not in draft.columns:
        draft.columns["survey"] = drafts.constant(wide.survey_name(draft.source("score")), pa.string(), len(draft))
    elif name == "tickets" and "created_at" not in draft.columns:
        wide.date_tickets(draft)


def read(given: Sequence[InputFile], known: Known) -> Reading:
    """Return what the files give: typed rows per sheet and table, and what was set aside and why.

    Files are read in the order given, sheets of exchange rates first. A file that cannot be read never keeps the
    others from being read. Raises UnknownOption for an option, a choice or a table that does not exist.
    """
    _check(known)
    found: list[Recognised] = []
    ignored: list[Ignored] = []
    recall = Recall(known.layouts)
    for sheet in _sheets(given, known, recall):
        result = sheet if isinstance(sheet, Ignored) else _recognised(*sheet, known, recall)
        if isinstance(result, Ignored):
            ignored.append(result)
        else:
            found.append(result)
    fed, rates = _rates([each for each in found if each.guess.table.name == "fx_rates"], known)
    rest = [each for each in found if each.guess.table.name != "fx_rates"]
    typed = [drafts.typed(each.guess.table, each.guess.matches, each.block, each.sheet, each.known) for each in rest]
    for draft in typed:
        vendor_habits.apply(draft)
    reporting, said = _reporting(typed, known)
    tables = {each.guess.table.name for each in rest}
    for each, draft in zip(rest, typed, strict=True):
        _complete(draft, reporting, rates)
        if said and amounts.currencies(draft) is not None:
            draft.assumptions.append(said)
        more = wide.derived(draft, each.guess, each.profiles, tables) if draft.table.name == "accounts" else []
        fed.append(_finished(draft, each))
        fed.extend(_of_layout(other, each) for other in more)
    return Reading(tuple(fed), tuple(ignored), reporting, tuple(recall.used.values()))
