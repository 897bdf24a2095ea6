"""Columns that fill no field although they hold what fields hold: they are named, with what they could fill."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import pyarrow.compute as pc

from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays, identity, missing, money, status
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.cells.samples import profile
from cs_dash.intake.results.problems import UnusedColumn
from cs_dash.intake.results.sheets import Block
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.schema import names
from cs_dash.schema.field_metrics import METRICS
from cs_dash.schema.languages import date_words, measure_words
from cs_dash.schema.tables import Field, Table

_MOST = 0.8
"""Share of a column's values that have to be of one sort."""
_LOOKED_AT = 1_000
"""So many rows tell what sort of numbers or words a column holds."""
_MONTH_NAMES = re.compile(r"month|monat|mois|meses|mes(?: |$)|месяц|мес(?: |$)|月|tenure")
_LONG = 25
"""So many characters on average are a text and no name."""
_NOT_RECURRING = re.compile(
    r"refund|discount|tax|vat|credit|deposit|budget|salary|cost|rabatt|steuer|erstattung|remise|remboursement|taxe|"
    r"descuento|reembolso|impuesto|desconto|imposto|скидк|возврат|налог|折扣|退款|税"
)


def _sort(block: Block, at: int, profile: Profile) -> str:
    """What a column is full of, in words; "" where it holds texts, categories, flags or nothing."""
    name = names.folded(block.names[at])
    if not profile.distinct:
        return ""
    if profile.emails >= _MOST:
        return "e-mail addresses"
    if profile.dates >= _MOST:
        return "" if any(word in name for word in date_words.BIRTHS) else "dates"
    if profile.labels or (profile.answers >= _MOST and profile.numbers < _MOST):
        return "answers to a survey"
    if profile.clocks >= _MOST:
        return "durations"
    if profile.numbers >= _MOST:
        return _numbers(block, at, profile, name)
    if profile.length <= 40 and profile.distinct <= 30:
        cells = missing.without_missing(arrays.whole(block.rows.column(at).slice(0, _LOOKED_AT)), missing.NO_VALUE)
        if any(map(status.standing, profile.examples)) and status.standings(pc.unique(cells.drop_null()).to_pylist()):
            return "states"
    if profile.length > _LONG and profile.unique > 0.5:
        return "texts"
    return "ids" if identity.says_id(block.names[at]) and profile.unique > 0.95 and profile.length <= 40 else ""


def _numbers(block: Block, at: int, profile: Profile, name: str) -> str:
    if profile.examples == ("1", "2", "3"):
        return ""  # only the rows' own numbers
    if profile.flags >= _MOST:
        return "yes and no" if any(word in name for word in date_words.HAPPENED["churn"]) else ""
    is_money = measure_words.is_money(name) or bool(_NOT_RECURRING.search(name))
    if is_money or any(money.currency(value) for value in (name, *profile.examples)):
        return "amounts"
    if identity.says_id(name) and profile.unique > 0.95:
        return "ids"
    if _MONTH_NAMES.search(name):
        return "months"
    some = arrays.whole(block.rows.column(at).slice(0, _LOOKED_AT)).drop_null()
    return "counts" if pc.all(pc.match_substring_regex(some, r"^\s*\d*(?:\.0+)?\s*$")).as_py() else "numbers"


def _could_fill(table: Table, name: str, sort: str, filled_fields: Collection[str]) -> list[Field]:
    """The fields of a table that nothing fills yet and that such values could."""
    has_amounts = table.name != "subscriptions" or bool({"mrr", "arr", "amount"} & set(filled_fields))

    def fits(field: Field) -> bool:
        return {
            "dates": field.type in ("date", "timestamp"),
            "amounts": field.type == "money" and not _NOT_RECURRING.search(names.folded(name)),
            "durations": field.unit == "minutes",
            "answers to a survey": field.name in ("score", "satisfaction"),
            "months": field.name in ("tenure_months", "term_months"),
            "counts": field.name in ("events", "score", "satisfaction"),
            "numbers": field.name in ("score", "satisfaction") or (field.name == "mrr" and not has_amounts),
            "yes and no": field.name == "churned",
            "states": field.name in ("status", "churned"),
            "e-mail addresses": field.name in ("requester_email", "respondent"),
            "texts": field.name in ("subject", "body"),
            "ids": field.name in ("account_ref", "account_id"),
        }.get(sort, False)  # fmt: skip

    stand_ins = {"mrr": "arr", "arr": "mrr", "amount": "mrr", "first_reply_at": "first_reply_minutes",
                 "solved_at": "resolution_minutes", "score": "satisfaction", "subject": "body",
                 "body": "subject"}  # fmt: skip
    return [
        field for field in table.mapped
        if fits(field) and field.name in METRICS
        and not {field.name, stand_ins.get(field.name, field.name)} & set(filled_fields)
    ]  # fmt: skip


def unsaid(draft: TypedRows, profiles: Sequence[Profile] | None, field: str, claim: str) -> str:
    """Return a claim that a sheet does not say something, as far as its columns bear it out, as a clause.

    Args:
        draft: the rows.
        profiles: what the sheet's columns hold; None to look.
        field: the field that would say it.
        claim: what is claimed where no column fills the field, and none that fills nothing could.
    """
    if profiles is None:
        profiles = arrays.map_columns(
            lambda column: profile(arrays.whole(column)), draft.block.rows.columns, len(draft)
        )
    matches = (*draft.matches, *draft.extra_matches)
    if any(match.field.name == field for match in matches):
        return f"{draft.source(field)} {'cannot be read in some rows' if field in draft.unreadable else 'is empty'}"
    filled_fields = {match.field.name for match in matches} - draft.assumed
    columns = [
        column.text
        for column in unused_columns(
            draft.block, profiles, {match.column for match in matches}, draft.table, filled_fields
        )
        if field in column.fields
    ]
    if not columns:
        return claim
    label = draft.table.field(field).label
    return f"No column was read as the {label} ({'; '.join(columns)}: map one of them if it is)"


def unused_columns(
    block: Block, profiles: Sequence[Profile], used: Collection[int], table: Table, filled_fields: Collection[str],
    left_out: Collection[str] = (),
) -> tuple[UnusedColumn, ...]:  # fmt: skip
    """Return the columns that hold dates, amounts, counts, states, addresses or ids and fill nothing.

    Args:
        block: the sheet's rows.
        profiles: what its columns hold.
        used: columns that fill a field.
        table: the table that the sheet feeds. Columns of accounts are kept as custom fields: of those only what could
            fill a field is named.
        filled_fields: the table's fields that are filled.
        left_out: columns that the reader of the sheet left out.
    """
    export = vendors.export_of(tuple(block.names))
    closed = {names.key(name) for name in left_out}
    if export is not None:
        closed |= {names.key(name) for name in export.unused}
    unused = []
    for at, name in enumerate(block.names):
        if at in used or names.key(name) in closed:
            continue
        if not (sort := _sort(block, at, profiles[at])):
            continue
        fields = _could_fill(table, name, sort, filled_fields)
        if not fields and (table.name == "accounts" or sort == "texts"):
            continue
        cells = missing.without_missing(arrays.whole(block.rows.column(at)), missing.NO_VALUE)
        unused.append(
            UnusedColumn(
                name, sort, len(cells) - cells.null_count, len(cells), tuple(field.name for field in fields),
                tuple(dict.fromkeys(METRICS[field.name] for field in fields)),
            )
        )  # fmt: skip
    return tuple(unused)
