"""Files in, typed rows and problems out: the one entry of intake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnknownOption, nearest
from cs_dash.intake import amounts, drafts, files, header, names, recognise, wide
from cs_dash.intake.apart import Apart
from cs_dash.intake.drafts import Draft
from cs_dash.intake.header import Block
from cs_dash.intake.pace import Pace, Progress, silent
from cs_dash.intake.problems import Fed, Ignored, InputFile, Known, Rates, Reading
from cs_dash.intake.profiles import Profile
from cs_dash.intake.recognise import Guess
from cs_dash.intake.sheets import Sheet

__all__ = ["OPTIONS", "Fed", "Ignored", "InputFile", "Known", "Reading", "read"]

OPTIONS: dict[str, str] = {
    "end_date": "inclusive: end dates are the last paid day; exclusive (as they stand) is the default",
    "snapshot": "the day that data without dates speak of, as YYYY-MM-DD; the end of last month is the default",
    "dates": "dmy or mdy: what comes first in dates such as 3/4/2025",
    "decimal": "comma or point: the decimal sign",
    "delimiter": "the character between the cells of a text file: comma, semicolon, tab, pipe or any one",
    "encoding": "the encoding of text files, such as cp1252",
    "currency": "the reporting currency, such as EUR",
    "password": "the password of encrypted files; it is not kept",
}
_FOUND, _TYPED = (0.1, 0.35), 0.5
"""Shares of the time of a load: before and after the files are read, and after their values are typed."""
_CHOICES = {"end_date": ("inclusive", "exclusive"), "dates": ("dmy", "mdy"), "decimal": ("comma", "point")}


@dataclass(frozen=True)
class Recognised:
    """A sheet with the table that it feeds."""

    sheet: Sheet
    block: Block
    guess: Guess
    profiles: tuple[Profile, ...]


def _check(known: Known) -> None:
    for option, value in known.options.items():
        if option not in OPTIONS:
            raise UnknownOption("Unknown option", f"Could not use {option}={value} because there is no such option.",
                                nearest(option, OPTIONS))  # fmt: skip
        if option in _CHOICES and value not in _CHOICES[option]:
            raise UnknownOption("Unknown choice", f"Could not use {option}={value} because that is no choice.",
                                nearest(value, _CHOICES[option]))  # fmt: skip
    wide.snapshot(known)


def _sheets(given: Sequence[InputFile], known: Known, pace: Pace) -> Generator[Sheet | Ignored]:
    told = pace.reading(_FOUND[0], _FOUND[1])
    told.expect({file.name: file.path.stat().st_size for file in given if file.path.exists()})
    with Apart(told) as apart:
        apart.expect(files.jobs(given, known.options))
        for file in given:
            yield from files.sheets_or_why(file, known.options, apart)


def _recognised(sheet: Sheet, known: Known) -> Recognised | Ignored:
    block = header.find(sheet.grid, sheet.first_row)
    if block is None:
        why = "It is empty." if header.is_blank(sheet.grid) else "It holds a title or a single row, and no table."
        return Ignored(sheet.file, sheet.name, why)
    if not block.rows.num_rows:
        return Ignored(sheet.file, sheet.name, f"It has column names ({recognise.named(block.names)}) and no rows.")
    profiles = recognise.profiles_of(block, known.accounts)
    if known.as_table:
        guess = recognise.forced(block, profiles, known.as_table, known.mapping)
    else:
        guess = recognise.best(block, profiles, sheet.file, sheet.name, known)
    if why := recognise.refusal(guess, block, bool(known.as_table), profiles):
        return Ignored(sheet.file, sheet.name, why)
    return Recognised(sheet, block, guess, tuple(profiles))


def _evidence(found: Recognised) -> str:
    table = found.guess.table
    telling = sorted(found.guess.matches, key=lambda m: -m.confidence * m.weight)[:4]
    words = ", ".join(found.block.names[match.column] for match in telling)
    return (
        f"Read as {table.title.lower()} because of {words}." if words else f"Read as {table.title.lower()} as you said."
    )


def _rates(found: Sequence[Recognised], known: Known) -> tuple[list[Fed], Rates]:
    """Read the sheets of exchange rates, and return them with all rates known after them."""
    fed = []
    rates: dict[str, dict[date, float]] = {code: dict(each) for code, each in known.rates.items()}
    for each in found:
        draft = drafts.typed(each.guess.table, each.guess.matches, each.block, each.sheet, known)
        draft.columns["currency"] = pc.utf8_upper(draft.columns["currency"])
        days = draft.columns["rate_on"].cast(pa.string())
        draft.columns["rate_id"] = pc.binary_join_element_wise(draft.columns["currency"], days, "-")
        not_positive = pc.fill_null(pc.less_equal(draft.columns["rate"], 0.0), False)
        draft.reject(np.flatnonzero(not_positive), "rate", "A rate must be above zero.", "Correct the rate.")
        fed.append(drafts.finish(draft, each.guess, each.profiles, _evidence(each)))
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


def _checking(found: Recognised) -> str:
    return f"{found.sheet.file}: {found.block.rows.num_rows:,} rows are checked"


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


def read(given: Sequence[InputFile], known: Known, progress: Progress = silent) -> Reading:
    """Return what the files give: typed rows per sheet and table, and what was set aside and why.

    Files are read in the order given, sheets of exchange rates first. A file that cannot be read never keeps the
    others from being read. Raises UnknownOption for an option, a choice or a table that does not exist, and whatever
    `progress` raises, which is told what is being read.
    """
    pace = progress if isinstance(progress, Pace) else Pace(progress)
    _check(known)
    found: list[Recognised] = []
    ignored: list[Ignored] = []
    with closing(_sheets(given, known, pace)) as sheets:  # so that what reads apart ends when this ends
        for sheet in sheets:
            result = sheet if isinstance(sheet, Ignored) else _recognised(sheet, known)
            if isinstance(result, Ignored):
                ignored.append(result)
            else:
                found.append(result)
    fed, rates = _rates([each for each in found if each.guess.table.name == "fx_rates"], known)
    rest = [each for each in found if each.guess.table.name != "fx_rates"]
    typed = []
    for at, each in enumerate(rest):
        pace(_checking(each), _FOUND[1] + (_TYPED - _FOUND[1]) * at / len(rest))
        typed.append(drafts.typed(each.guess.table, each.guess.matches, each.block, each.sheet, known))
    reporting, said = _reporting(typed, known)
    tables = {each.guess.table.name for each in rest}
    for each, draft in zip(rest, typed, strict=True):
        _complete(draft, reporting, rates)
        if said and amounts.currencies(draft) is not None:
            draft.assumptions.append(said)
        more = wide.derived(draft, each.guess, each.profiles, tables) if draft.table.name == "accounts" else []
        fed.append(drafts.finish(draft, each.guess, each.profiles, _evidence(each)))
        fed.extend(more)
    # What was needed on the way is given back to the system, not kept for the next load.
    pa.default_memory_pool().release_unused()
    return Reading(tuple(fed), tuple(ignored), reporting)
