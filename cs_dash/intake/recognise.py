"""Which table a sheet feeds: the one whose fields its columns fill best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import pyarrow as pa

from cs_dash.errors import UnknownOption, nearest
from cs_dash.intake import columns, names
from cs_dash.intake.columns import Match
from cs_dash.intake.header import Block
from cs_dash.intake.problems import Known
from cs_dash.intake.profiles import Profile, profile
from cs_dash.schema import TABLES, Table

ENOUGH = 1.7
_FILE_WORDS: dict[str, tuple[str, ...]] = {
    "accounts": ("account", "customer", "client", "company", "organization", "organisation", "kunden", "клиент", "客户"),
    "subscriptions": ("subscription", "contract", "license", "mrr", "billing", "vertrag", "подписк", "订阅"),
    "usage": ("usage", "event", "login", "activity", "nutzung", "использован", "使用"),
    "tickets": ("ticket", "case", "conversation", "support", "issue", "helpdesk", "request", "обращени", "工单"),
    "churn_events": ("churn", "cancel", "lost", "offboard", "kündigung", "отток", "流失"),
    "surveys": ("survey", "nps", "csat", "ces", "satisfaction", "umfrage", "опрос", "调查"),
    "notes": ("note", "pulse", "meeting", "notiz", "заметк"),
    "feature_requests": ("feature request", "idea", "wish", "feature_request", "requests"),
    "milestones": ("milestone", "journey", "onboarding", "release", "shipped", "improvement", "roadmap"),
    "fx_rates": ("fx", "exchange", "rate", "currency", "kurs"),
}
_STAND_INS: dict[str, dict[str, str]] = {"accounts": {"account_id": "account"}}
"""Required fields that another field of the same sheet can stand in for."""


@dataclass(frozen=True)
class Guess:
    """A table that a sheet may feed.

    Attributes:
        table: the table.
        matches: which column fills which field.
        score: how strongly the sheet looks like it.
        lacks: required fields that no column fills.
        doubt: why it does not fit although the names do, as a clause; "" where nothing speaks against it.
    """

    table: Table
    matches: tuple[Match, ...]
    score: float
    lacks: tuple[str, ...]
    doubt: str = ""

    def column(self, field: str) -> int | None:
        """Return the place of the column that fills `field`, or None."""
        return next((match.column for match in self.matches if match.field.name == field), None)


def _named_like(table: str, file: str, sheet: str) -> float:
    """How much the file's and the sheet's own names speak for a table."""
    found = 0.0
    for text, worth in ((PurePath(file).stem, 0.8), (sheet, 0.8)):
        plain = f" {names.folded(text)} "
        if any(f" {names.folded(word)}" in plain for word in _FILE_WORDS[table]):
            found = max(found, worth)
        if names.key(text) == names.key(table):
            found = max(found, 1.2)
    return found


def _lacks(table: Table, matches: Sequence[Match]) -> tuple[str, ...]:
    held = {match.field.name for match in matches}
    stand_ins = _STAND_INS.get(table.name, {})
    return tuple(f.name for f in table.mapped if f.required and not {f.name, stand_ins.get(f.name, f.name)} & held)


def _repeats(rows: pa.Table, place: int) -> float:
    """Share of the rows whose key another row has too, whole repeats of a row not counted."""
    cells = rows.column(place)
    filled = cells.drop_null()
    if not len(filled):
        return 0.0
    share = 1 - len(filled.unique()) / len(filled)
    if share < 0.3:
        return share
    whole = rows.group_by(rows.column_names).aggregate([])
    return 1 - len(whole.column(rows.column_names[place]).unique()) / max(whole.num_rows, 1)


def _guess(table: Table, block: Block, profiles: Sequence[Profile], file: str, sheet: str, mapping: Mapping[str, str]) -> Guess:
    matches = columns.assign(table, block.names, profiles, mapping, block.found)
    score = sum(match.confidence * match.weight for match in matches)
    by_field = {match.field.name: match for match in matches}
    key = by_field.get(table.key) or (by_field.get("account") if table.name == "accounts" else None)
    doubt = ""
    if key is not None:
        plain = names.key(block.names[key.column])
        repeated = _repeats(block.rows, key.column)
        if plain not in ("id", "name", "key", "number"):
            score += 0.8
            if table.name == "accounts" and repeated < 0.01:
                score += 0.8
        if repeated >= 0.3:
            score *= 0.3
            doubt = f"several rows share one {table.field(key.field.name).label}"
    if score > 0:
        score += _named_like(table.name, file, sheet)
    return Guess(table, tuple(matches), score, _lacks(table, matches), doubt)


def profiles_of(block: Block) -> list[Profile]:
    """Return what each column of a block holds."""
    return [profile(column.combine_chunks()) for column in block.rows.columns]


def guesses(block: Block, profiles: Sequence[Profile], file: str, sheet: str, mapping: Mapping[str, str]) -> list[Guess]:
    """Return what a sheet may feed, likeliest first."""
    found = [_guess(table, block, profiles, file, sheet, mapping) for table in TABLES.values()]
    return sorted(found, key=lambda guess: -guess.score)


def best(block: Block, profiles: Sequence[Profile], file: str, sheet: str, known: Known) -> Guess:
    """Return the likeliest table that the sheet can feed as it is, else the likeliest of all."""
    found = guesses(block, profiles, file, sheet, known.mapping)
    able = [guess for guess in found if not unfilled(guess, known) and not guess.doubt and guess.score >= ENOUGH]
    return able[0] if able else found[0]


def forced(block: Block, profiles: Sequence[Profile], name: str, mapping: Mapping[str, str]) -> Guess:
    """Return the guess for the table that the reader named. Raises UnknownOption when there is none of that name."""
    if name not in TABLES:
        why = f"Could not load as “{name}” because there is no such table."
        raise UnknownOption("Unknown table", why, nearest(name, TABLES))
    return _guess(TABLES[name], block, profiles, "", "", mapping)


def unfilled(guess: Guess, known: Known) -> tuple[str, ...]:
    """Return the required fields that no column fills and that cannot be assumed.

    Tickets that carry no time at all may be dated by the snapshot; those that tell when they were answered, but not
    when they came in, may only when the reader named the snapshot: an assumed start would falsify the times to reply.
    """
    held = {match.field.name for match in guess.matches}
    if guess.table.name == "tickets" and guess.lacks == ("created_at",) and held & {"subject", "body"}:
        timed = held & {"first_reply_at", "solved_at"}
        if not timed or "snapshot" in known.options:
            return ()
    return guess.lacks


def refusal(guess: Guess, block: Block, told: bool, profiles: Sequence[Profile], known: Known) -> str:
    """Return why a sheet is set aside, in one sentence or two; "" where it is not.

    Args:
        guess: the table that it is likest to.
        block: its rows.
        told: whether the reader named the table.
        profiles: what its columns hold.
        known: what the workspace knows.
    """
    title = guess.table.title.lower()
    lacks = unfilled(guess, known)
    if (told or guess.score >= ENOUGH) and lacks:
        fields = [guess.table.field(name) for name in lacks]
        wanted = " and ".join(f"“{field.label}” ({field.help.rstrip('.').lower()})" for field in fields)
        return f"It looks like {title}, but no column gives {wanted}; add such a column or say which one it is."
    if not told and guess.score >= ENOUGH and guess.doubt:
        return f"It looks like {title}, but {guess.doubt}, so it is a list of something else."
    if told or guess.score >= ENOUGH:
        return ""
    by = next((n for n, p in zip(block.names, profiles, strict=True) if _looks_up(n, p)), "")
    lookup = f" It looks like a look-up by {by}." if by else ""
    return (
        f"It fits no table: {named(block.names)} name no customer, no contract, no ticket and nothing else that is asked "
        f"about here.{lookup} Say which table it is if it is one."
    )


def _looks_up(name: str, held: Profile) -> bool:
    return names.key(name) not in ("id", "number") and held.filled > 0.99 and held.unique > 0.99 and held.rows > 2


def named(columns: Sequence[str]) -> str:
    """Return the first names of a sheet's columns, to show which sheet is meant."""
    shown = ", ".join(name if len(name) <= 40 else f"{name[:39]}…" for name in columns[:6])
    return shown if len(columns) <= 6 else f"{shown} and {len(columns) - 6} more"
