"""Lists of MRR movements: on a day a customer began, grew, shrank, left or came back, and its MRR changed by so much.

Such lists come out of subscription analytics (ChartMogul's movements and activities, Baremetrics' events, Maxio's MRR
movements) and out of billing systems that log every change of a subscription. `movement_pieces` says what they make
customers pay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.rows import row_typing
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.schema import names
from cs_dash.schema.languages.measure_words import REVENUE, YEARLY
from cs_dash.schema.languages.movement_words import GROWTH, LOSS, kind_of
from cs_dash.schema.tables import TABLES

_DATES = frozenset(
    names.key(word)
    for word in (
        "date", "movement date", "activity date", "event date", "occurred at", "occurred on", "timestamp",
        "effective date", "month", "day", "datum", "fecha", "data", "дата", "日期",
    )
)  # fmt: skip
_AFTER = frozenset(
    names.key(word)
    for word in (
        "mrr", "activity mrr", "mrr after", "new mrr", "ending mrr", "resulting mrr", "current mrr", "mrr end",
        "mrr total",
    )
)  # fmt: skip
_CHANGE = re.compile(
    r"\b(movement|change|delta|diff\w*|net|impact|variation|veranderung|anderung|cambio|variacion|variacao|mudanca)\b"
    r"|изменен|变动|变化"
)
_AMOUNT = re.compile(r"\b(amount|value|price|betrag|montant|importe|valor|preco|сумма)\b|金额")
_STREAM = ("account_ref", "account_name", "subscription_id", "plan", "currency")
_OF_KINDS = "Change of the MRR"
_TABLE = TABLES["subscriptions"]
_SHARE = 0.8


@dataclass(frozen=True)
class MovementList:
    """Which columns of a list of movements hold what.

    Attributes:
        kind: the column of the kinds, None where each kind has a column of its own.
        date: the column of the dates.
        amount: the column of the amounts, None where each kind has a column of its own.
        after: the column of the MRR after the movement, None for none.
        by_kind: the columns of the kinds that have one each.
        is_change: the amounts are by how much the MRR changed, as their name says; otherwise the rows decide.
        yearly: the amounts are for a year.
    """

    kind: int | None
    date: int
    amount: int | None
    after: int | None
    by_kind: Mapping[str, int]
    is_change: bool
    yearly: bool

    @property
    def places(self) -> set[int]:
        """All of these columns."""
        single = (self.kind, self.date, self.amount, self.after)
        return {*(at for at in single if at is not None), *self.by_kind.values()}


def _texts(block: Block, at: int) -> list[str | None]:
    cells: list[str | None] = missing.trimmed(arrays.whole(block.rows.column(at))).to_pylist()
    return cells


def find(block: Block, profiles: Sequence[Profile], context: LoadContext) -> MovementList | None:
    """Return which columns of a list of movements hold what; None where the sheet is not one.

    It is one where a customer and a date go with words for movements and an amount that is called a change, or that
    goes up and down with those words.
    """
    words = {at: _kinds_in(block, at, profile) for at, profile in enumerate(profiles)}
    kind = max((at for at in words if words[at]), key=lambda at: len(words[at]), default=None)
    counted = [at for at, profile in enumerate(profiles) if profile.numbers > _SHARE and profile.distinct]
    by_kind: dict[str, int] = {}
    if kind is None:
        for at in counted:
            if own := kind_of(block.names[at]):
                by_kind.setdefault(own, at)
        if not {"new", "churn"} <= set(by_kind) or len(by_kind) < 3:
            return None
    used = {*by_kind.values(), *([kind] if kind is not None else [])}
    day = _day(block, profiles, used)
    fields = {
        match.field.name: match.column for match in columns.assign(_TABLE, block.names, profiles, context.mapping)
    }
    customer = next((fields[name] for name in _STREAM[:2] if fields.get(name) not in (None, day, *used)), None)
    if day is None or customer is None:
        return None
    if kind is None:
        return MovementList(None, day, None, None, by_kind, True, False)
    free = [at for at in counted if at not in (*used, day, customer)]
    folded = {at: names.folded(block.names[at]) for at in free}
    after = next((at for at in free if set(names.keys(block.names[at])) & _AFTER), None)
    change = next((at for at in free if at != after and _CHANGE.search(folded[at])), None)
    if change is not None:
        return MovementList(kind, day, change, after, {}, True, bool(YEARLY.search(folded[change])))
    # Amounts of any name are movements where some go up and some down, customers have several, and none has an end.
    goes_both_ways = words[kind] & set(GROWTH) and words[kind] & set(LOSS)
    if not goes_both_ways or "end_date" in fields or profiles[customer].unique > 0.999:
        return None
    named = [at for at in free if REVENUE.search(folded[at]) or _AMOUNT.search(folded[at])]
    amount = min(named, key=lambda at: bool(YEARLY.search(folded[at])), default=None)
    return (
        None
        if amount is None
        else MovementList(kind, day, amount, None, {}, False, bool(YEARLY.search(folded[amount])))
    )


def _day(block: Block, profiles: Sequence[Profile], used: set[int]) -> int | None:
    """The column of dates that is called one, else the first of them."""
    dated = [
        at for at, profile in enumerate(profiles) if at not in used and max(profile.dates, profile.serials) > _SHARE
    ]
    return next((at for at in dated if set(names.keys(block.names[at])) & _DATES), dated[0] if dated else None)


def _kinds_in(block: Block, at: int, profile: Profile) -> set[str]:
    """The movements that the words of a column mean, where nearly all of them mean one."""
    if profile.numbers > 0.5 or profile.dates > 0.5 or not 1 <= profile.distinct <= 40:
        return set()
    words = [text for text in pc.unique(arrays.whole(block.rows.column(at))).to_pylist() if text]
    found = [kind for word in words if (kind := kind_of(word))]
    return set(found) if len(found) >= _SHARE * len(words) else set()


def rows(
    content: MovementList, block: Block, sheet: Sheet, context: LoadContext, profiles: Sequence[Profile]
) -> TypedRows:
    """Return a draft of the movements, a row each, by field.

    Its columns are the account, its plan, the day, the amount as the list has it, the kind of movement ("movement"),
    and as "mrr" the MRR after it where the list gives it.
    """
    amount = content.amount
    if content.by_kind:
        block, kinds = _one_below_the_other(content, block)
        profiles = [*profiles, profiles[next(iter(content.by_kind.values()))]]
        amount = len(block.names) - 1
    else:
        assert content.kind is not None
        kinds = [kind_of(text or "") for text in _texts(block, content.kind)]
    assert amount is not None
    matches = [
        match
        for match in columns.assign(_TABLE, block.names, profiles, context.mapping)
        if match.field.name in _STREAM and match.column not in (content.places | {amount})
    ]
    export = vendors.export_of(tuple(block.names))
    because = f"{export.vendor}’s name for this field" if export else "its name, in a list of MRR movements"
    matches.append(ColumnMatch(content.date, _TABLE.field("start_date"), 0.95, because, 1.0))
    matches.append(ColumnMatch(amount, _TABLE.field("amount"), 0.95, because, 1.0))
    draft = row_typing.type_rows(_TABLE, sorted(matches, key=lambda match: match.column), block, sheet, context)
    row_typing.require(draft)
    unknown = np.array([kind is None for kind in kinds], dtype=bool) & ~draft.faults.rejected
    if unknown.any():
        what, advice = "Unknown movement type.", "Write new, expansion, contraction, churn or reactivation."
        draft.faults.add(np.flatnonzero(unknown), "", [""] * int(unknown.sum()), what, advice, True)
    empty = draft.columns["amount"].is_null().to_numpy(zero_copy_only=False) & ~draft.faults.rejected
    draft.reject(np.flatnonzero(empty), "amount", "No amount.", "Enter the change in MRR.")
    draft.columns["movement"] = pa.array(kinds, pa.string())
    if content.after is not None:
        match = ColumnMatch(content.after, _TABLE.field("amount"), 1.0, "", 1.0)
        after = row_typing.type_rows(_TABLE, [match], block, replace(sheet, cells=()), context)
        draft.columns["mrr"] = after.columns["amount"]
    if content.yearly:
        for name in {"amount", "mrr"} & set(draft.columns):
            draft.columns[name] = pc.divide(draft.columns[name], 12.0)
        draft.assumptions.append("The amounts are annual: MRR is one twelfth.")
    return draft


def _one_below_the_other(content: MovementList, block: Block) -> tuple[Block, list[str | None]]:
    """The rows of a list with a column per kind, once for each kind that is not zero, and those kinds."""
    cells = {kind: arrays.whole(block.rows.column(at)) for kind, at in content.by_kind.items()}
    places, kinds, amounts = [], [], []
    for row in range(block.rows.num_rows):
        for kind, column in cells.items():
            text = (column[row].as_py() or "").strip()
            if text.strip("0.,- €$£"):
                places.append(row)
                kinds.append(kind)
                amounts.append(text)
    taken = block.rows.take(pa.array(places, pa.int64())).append_column(_OF_KINDS, pa.array(amounts, pa.string()))
    positions, numbers = (*block.positions, -1), block.row_numbers[places]
    named = replace(block, names=(*block.names, _OF_KINDS), rows=taken, row_numbers=numbers, positions=positions)
    return named, list(kinds)
