"""Which field of a table a column is, by its name first and by what it holds second."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from cs_dash.intake import vendors
from cs_dash.intake.cells import identity, intervals, money_names, survey_words
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import chosen_fields, column_contents, column_units, customer_columns, date_names
from cs_dash.intake.detection.field_names import NEAR, fields_by_name, is_near_any, tables_with, written
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.schema import names
from cs_dash.schema.languages import measure_words
from cs_dash.schema.tables import TABLES, Field, Table

_GENERIC = frozenset({"id", "name", "key", "number", "date", "created", "createdat", "type", "owner"})
_MOMENTS = {"first_reply_minutes": "first_reply_at", "resolution_minutes": "solved_at"}
_ANYTHING = frozenset({"id", "account", "text", "category"})
_DURATION = re.compile(
    r"time|zeit|dauer|delai|temps|duree|tiempo|duracion|tempo|prazo|врем|срок|скорост|длит|时长|时间|耗时|frt|ttfr"
)
"""Words that mean how long something took, in the keys of names: only such a name is a duration without a unit."""
_EPOCH = re.compile(r"^\d{10}(\d{3})?(\.0+)?$")
_SURE, _SYNONYM, _UNIT, _COMPOSED, _SPELLING = 1.0, 0.95, 0.9, 0.8, 0.7
_QUESTION = 2.0
"""How much the question of a survey, as a header, says about the table."""
_COMPOSED_WEIGHT = 0.4
"""Names composed of words for days occur in lists of all kinds: they say little of the table."""
_VAGUE = 0.03
"""What a name that may be a customer's id or its name counts less than one that surely is an id."""


@cache
def _timed(table: str) -> dict[str, Field]:
    """The fields in minutes, by their names without the unit."""
    fields: dict[str, Field] = {}
    for field in TABLES[table].mapped:
        if field.unit == "minutes":
            for name in (field.name, *field.synonyms()):
                fields.setdefault(names.timeless(name)[0], field)
    return fields


def is_understood(name: str) -> bool:
    """Return whether a column's name is known in any table, and says more than "id" or "date"."""
    in_any = any(key in fields_by_name(table) for key in names.keys(name) for table in TABLES if key not in _GENERIC)
    of_customers = identity.role(name) is not None or identity.tax_number(name) == 1.0
    return in_any or of_customers or measure_words.is_money(name) or bool(date_names.events(name))


@lru_cache(maxsize=50_000)
def _means_nothing(name: str) -> bool:
    """Whether no table knows a name in any of the ways of `_by_name`: of thousands of columns, most mean nothing."""
    keys = (
        *names.keys(name),
        *(names.key(text) for text in (money_names.plain(names.folded(name)), intervals.without(name))),
    )
    if any(key in fields_by_name(table) for key in keys for table in TABLES):
        return False
    base = names.timeless(name)[0]
    if identity.role(name) or identity.tax_number(name) or any(base in _timed(table) for table in TABLES):
        return False
    if survey_words.survey_kind(name) or date_names.events(name) or column_units.is_monthly_revenue(name):
        return False
    last = names.keys(name)[-1] if names.keys(name) else ""
    return len(last) < 6 or not is_near_any(last)


def _weight(key: str) -> float:
    return {0: 0.5, 1: 1.0, 2: 0.7, 3: 0.5}.get(tables_with(key), 0.3)


def _certainty(name: str, key: str, own: bool, word: str) -> tuple[float, str]:
    """How certain a name from the schema is: a little less for one used everywhere or in the other number."""
    if own:
        return _SURE, "same name as the field"
    less = (0.03 if key in _GENERIC else 0.0) + (0.01 if names.folded(name) != names.folded(word) else 0.0)
    return _SYNONYM - less, f"“{word}” is a synonym"


def _by_name(table: Table, name: str, profile: Profile) -> list[tuple[Field, float, str, float, float | None]]:
    """(field, confidence, because, weight, factor) for every field that the name may mean."""
    if _means_nothing(name):
        return []
    index = fields_by_name(table.name)
    full, *shorter = dict.fromkeys((*names.keys(name), names.key(money_names.plain(names.folded(name))))) or ("",)
    if intervals.named(name) == 1:  # "Subscription fee per month"
        shorter.append(names.key(intervals.without(names.folded(name))))
    words = customer_columns.by_words(table, name, profile)
    base, minutes = names.timeless(name)
    timed = _timed(table.name).get(base)

    def by_key(key: str) -> list[tuple[Field, float, str, float, float | None]]:
        entries: dict[str, tuple[Field, float, str, float, float | None]] = {
            of: (table.field(of), certainty, because, 0.3, 1.0) for of, (certainty, because) in words.items()
        }
        for field, own, word in index.get(key, ()):
            factor = column_units.factor(name, field, profile, own)
            certainty, because = _certainty(name, key, own, word)
            if field.name not in entries or certainty >= entries[field.name][1]:
                # The name of a survey tells answers, whatever else has such a column; what names the customer tells no
                # table from the others.
                tells = field.name == "score" and survey_words.survey_kind(name)
                weight = 1.0 if tells else 0.3 if field.name in words else _weight(key)
                entries[field.name] = (field, certainty, because, weight, factor)
        return list(entries.values())

    if full in index or words:
        return by_key(full)
    # Before the name without its brackets: these hold the unit.
    if timed and minutes is not None:
        unit_minutes = column_units.minutes_per_unit(name, profile)
        return [(timed, _UNIT, "the name; converted to minutes", _weight(names.key(timed.name)), unit_minutes)]
    for key in shorter:
        if key in index:
            return by_key(key)
    if column_units.is_monthly_revenue(name) and table.name in ("accounts", "subscriptions"):
        return [(table.field("mrr"), _UNIT, "its name says monthly revenue", 0.7, 1.0)]
    priced = names.key(intervals.without(name))
    if any(column_units.spans_time(field) for field, _, _ in index.get(priced, ())):
        return [(entry[0], _UNIT, "the name and its period", entry[3] * 0.7, entry[4]) for entry in by_key(priced)
                if column_units.spans_time(entry[0])]  # fmt: skip
    if timed and profile.dates > 0.8 and timed.name in _MOMENTS:
        return [(table.field(_MOMENTS[timed.name]), _SPELLING, "the name, and values that are times", 0.7, 1.0)]
    if timed and profile.clocks > 0.8:
        unit_minutes = column_units.minutes_per_unit(name, profile)
        return [(timed, _SPELLING, "the name, and values that are durations", 0.5, unit_minutes)]
    if timed and profile.numbers > 0.8 and _DURATION.search(base):
        return [(timed, _SPELLING, "the name, which states no unit", 0.5, None)]
    is_answered = table.name == "surveys" and max(profile.numbers, profile.answers) > 0.8
    if is_answered and survey_words.survey_kind(name) and not survey_words.is_summary(name):
        # The standard question itself stands in no other list.
        weight = _QUESTION if len(name.split()) > 4 else 1.0
        return [(table.field("score"), _UNIT, "the name of a survey, and its values", weight, 1.0)]
    is_dated = max(profile.dates, profile.ends) > 0.5 or (date_names.names_a_day(name) and profile.fits("date") > 0.5)
    if profile.distinct and is_dated and (composed := date_names.fields(table.name, name)):
        why = "its name describes this date"
        return [(table.field(field), _COMPOSED, why, _COMPOSED_WEIGHT, 1.0) for field in composed]
    key = names.keys(name)[-1] if names.keys(name) else ""
    if len(key) < 6 or not is_near_any(key):
        return []
    near = process.extractOne(key, written(table.name), scorer=fuzz.ratio, score_cutoff=NEAR)
    if near is None:
        return []
    return [
        (field, _SPELLING * near[1] / 100, f"the name is close to “{word}”", _weight(near[0]) * 0.7, 1.0)
        for field, _, word in index[near[0]]
        if not date_names.denies(table.name, name, field.name)
    ]


def candidates(table: Table, columns: Sequence[str], profiles: Sequence[Profile]) -> list[ColumnMatch]:
    """Return every field that every column may be, likeliest first."""
    matches = []
    has_persons = any(names.folded(name) in measure_words.PERSONAL for name in columns)
    for at, (name, profile) in enumerate(zip(columns, profiles, strict=True)):
        if has_persons and measure_words.is_income(name):
            continue  # what a customer earns, beside the age; it is named as not used
        for field, confidence, because, weight, factor in _by_name(table, name, profile):
            if field.name == "survey" and profile.labels:
                continue  # promoter, passive, detractor: answers, whatever the column is called
            fit = profile.suits(field)
            if fit < 0.5 and confidence < _SURE:
                continue
            if not profile.distinct:
                weight *= 0.2
            factor = money_names.scale([name]) if field.type == "money" else factor
            matches.append(ColumnMatch(at, field, round(confidence * (0.5 + 0.5 * fit), 3), because, weight, factor))
    # Of two fields that one name may mean ("Note" is a score or a remark) the one with the stricter type comes first.
    # And "Customer", which may be a name, comes after what surely is an id.
    vague = {at for at, name in enumerate(columns) if identity.role(name) == "customer"}

    def rank(match: ColumnMatch) -> tuple[float, float, bool, int]:
        less = _VAGUE if match.field.name in ("account_ref", "account_name") and match.column in vague else 0.0
        return less - match.confidence, -match.weight, match.field.type in _ANYTHING, match.column

    return sorted(matches, key=rank)


def _by_reader(
    table: Table, columns: Sequence[str], profiles: Sequence[Profile], mapping: Mapping[str, str]
) -> tuple[list[ColumnMatch], set[int]]:
    """What the reader decided, and the columns that may not be used for anything else."""
    field_by_key = {names.key(column): field for column, field in mapping.items()}
    matches, closed = [], set()
    for at, name in enumerate(columns):
        if (choice := field_by_key.get(names.key(name))) is not None:
            closed.add(at)
            if (field := chosen_fields.chosen_field(table, choice)) is not None:
                minutes = column_units.of_choice(name, field, profiles[at])
                matches.append(ColumnMatch(at, field, 1.0, "your choice", 1.0, minutes))
    return matches, closed


def _suits(field: Field, profile: Profile) -> bool:
    """Whether a column can hold the field that its vendor names; moments may be seconds since 1970 here."""
    if field.type in ("date", "timestamp") and all(_EPOCH.match(value) for value in profile.examples):
        return True
    return profile.suits(field) >= 0.5


def _by_vendor(
    table: Table, columns: Sequence[str], profiles: Sequence[Profile], used: set[int], fields_filled: set[str]
) -> tuple[list[ColumnMatch], set[int]]:
    """What the vendor whose file it is calls the fields; and the columns that mean something else, or come second."""
    export = vendors.export_of(tuple(columns))
    if export is None or export.table != table.name:
        return [], set()
    matches: list[ColumnMatch] = []
    busy = set(used)
    for field in table.mapped:
        places = [at for at in export.places(field.name, columns) if at not in busy and _suits(field, profiles[at])]
        # Of several candidates, one that is not empty.
        places.sort(key=lambda at: not profiles[at].distinct)
        if places and field.name not in fields_filled:
            place = places[0]
            minutes = column_units.of_choice(columns[place], field, profiles[place])
            matches.append(ColumnMatch(places[0], field, _SURE, f"{export.vendor}’s name for this field", 1.0, minutes))
            busy.add(places[0])
    other = {names.key(name) for name in export.unused}
    listed = {at for field in export.columns or () for at in export.places(field, columns)}
    return matches, ({at for at, name in enumerate(columns) if names.key(name) in other} | listed) - busy


def assign(
    table: Table,
    columns: Sequence[str],
    profiles: Sequence[Profile],
    mapping: Mapping[str, str],
    has_names: bool = True,
    is_named: bool = False,
) -> list[ColumnMatch]:
    """Return which column fills which field: each field once, each column once, likeliest pairs first.

    Args:
        table: the canonical table.
        columns: the columns' names.
        profiles: what they hold.
        mapping: what the reader decided, source column -> field or "" to leave it out.
        has_names: whether the names come from the sheet; otherwise content decides.
        is_named: whether the file or the sheet is named after the table.
    """
    chosen, closed = _by_reader(table, columns, profiles, mapping)
    used, fields_filled = set(closed), {match.field.name for match in chosen}
    if has_names:
        vendor_matches, unused = _by_vendor(table, columns, profiles, used, fields_filled)
        chosen += vendor_matches
        used |= unused | {match.column for match in vendor_matches}
        fields_filled |= {match.field.name for match in vendor_matches}
    for match in candidates(table, columns, profiles):
        if match.column not in used and match.field.name not in fields_filled:
            chosen.append(match)
            used.add(match.column)
            fields_filled.add(match.field.name)
    if has_names:
        chosen = customer_columns.rearranged(table, columns, profiles, chosen)
        used |= {match.column for match in chosen}
        fields_filled |= {match.field.name for match in chosen}
    free = set(range(len(columns))) - used
    chosen += column_contents.matches_by_content(table, columns, profiles, free, fields_filled, has_names, is_named)
    return sorted(chosen, key=lambda match: match.column)
