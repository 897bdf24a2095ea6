"""Lists of movements: on a day a customer began, grew, shrank, left or came back, and its MRR changed by so much.

Such lists come out of subscription analytics (ChartMogul's activities, Baremetrics' events) and out of billing systems
that log every change of a subscription.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, missing, names
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.rows import row_typing
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.shapes.history import Piece
from cs_dash.intake.shapes.measures import REVENUE, YEARLY
from cs_dash.schema.tables import TABLES

_WORDS: dict[str, str] = {
    "new": r"new|new (?:biz|business|customer|logo|mrr|sale|subscription)|(?:trial )?converted|sign ?up|signed up"
    r"|start(?:ed)?|created|subscribed|activation|neu|neukunde|neugeschaft|nouveau|nouvelle|nouveau client|nuevo|nueva"
    r"|alta|novo|nova|novo cliente|новый|новая|новые|подключение|新增|新客户|新签",
    "reactivation": r"reactivat\w*|win ?back|won back|resurrect\w*|returned|resumed|reaktivier\w*|ruckgewonnen"
    r"|reactiv\w*|reativ\w*|возврат|реактивац\w*|重新激活|回流",
    "expansion": r"expan\w*|upgrade\w*|upsell\w*|cross ?sell\w*|increase\w*|growth|erweiter\w*|erhohung|augmentation"
    r"|extension|ampliacion|aumento|subida|расширен\w*|повышен\w*|апгрейд|升级|扩展|增购",
    "contraction": r"contract(?:ion|ed)|downgrade\w*|downsell\w*|decrease\w*|shrink\w*|reduzierung|herabstufung"
    r"|reduction|baisse|contraccion|reduccion|contracao|reducao|diminuicao|сокращен\w*|понижен\w*|даунгрейд|降级|缩减"
    r"|减购",
    "churn": r"churn\w*|cancel\w*|lost|left|terminat\w*|ended|expired|kundigung|gekundigt|abgang|resili\w*|desabonn\w*"
    r"|baja|cancelacion|cancelamento|encerr\w*|отток|ушел|отмен\w*|расторжен\w*|流失|取消|退订",
}
_MOVEMENTS = {
    movement: re.compile(rf"(?:mrr |arr )?(?:{words})(?: (?:mrr|arr))?") for movement, words in _WORDS.items()
}
_CHANGE = re.compile(
    r"\b(movement|change|delta|diff\w*|net|impact|variation|veranderung|anderung|cambio|variacao|mudanca)\b|изменен|变动|变化"
)
_AMOUNT = re.compile(r"\b(amount|value|price|betrag|montant|importe|valor|price|preco|сумма)\b|金额")
_SHRINKS = ("contraction", "churn")
_SURE, _CENT = 0.9, 0.01


@dataclass(frozen=True)
class MovementList:
    """Which columns of a list of movements hold what.

    Attributes:
        kind: the column that says what happened.
        amount: the column of amounts.
        is_change: the amounts are by how much the MRR changed, as their name says; otherwise the rows decide.
        yearly: they are for a year.
    """

    kind: int
    amount: int
    is_change: bool
    yearly: bool


def movement(text: str) -> str | None:
    """Return what a word says of a customer's MRR: new, expansion, contraction, churn, reactivation; None for others.

    >>> movement("new_biz"), movement("Downgrade"), movement("Kündigung"), movement("Tuesday")
    ('new', 'contraction', 'churn', None)
    """
    plain = names.folded(text)
    return next((name for name, words in _MOVEMENTS.items() if words.fullmatch(plain)), None)


def _cells(block: Block, at: int) -> pa.Array:
    return missing.without_missing(arrays.whole(block.rows.column(at)), missing.NO_VALUE)


def _kind(block: Block, profiles: Sequence[Profile]) -> int | None:
    """The column whose words are all movements, customers who began and one other kind among them."""
    for at, held in enumerate(profiles):
        if not 2 <= held.distinct <= 20 or held.filled < _SURE or held.numbers > 0.5:
            continue
        words = pc.unique(_cells(block, at).drop_null()).to_pylist()
        said = [movement(word) for word in words]
        if all(said) and "new" in said and len(set(said)) > 1:
            return at
    return None


def find(block: Block, profiles: Sequence[Profile], context: LoadContext) -> MovementList | None:
    """Return which columns of a list of movements hold what; None where the sheet is not one."""
    kind = _kind(block, profiles)
    if kind is None:
        return None
    held = {match.field.name for match in _matches(block, profiles, context)}
    if not ("start_date" in held and {"account_ref", "account_name"} & held):
        return None
    ranked = []
    for at, name in enumerate(block.names):
        plain = names.folded(name)
        if at != kind and profiles[at].numbers > _SURE and (REVENUE.search(plain) or _AMOUNT.search(plain)):
            is_change, yearly = bool(_CHANGE.search(plain)), bool(YEARLY.search(plain))
            ranked.append((is_change, yearly, at))
    if not ranked:
        return None
    is_change, yearly, amount = min(ranked)
    return MovementList(kind, amount, is_change, yearly)


def _matches(block: Block, profiles: Sequence[Profile], context: LoadContext) -> list[ColumnMatch]:
    """Who, when, and what it is for: of a list of movements the day is one, whatever else it is called."""
    table = TABLES["subscriptions"]
    stream = {"account_ref", "account_name", "plan", "currency", "start_date", "subscription_id"}
    matches = [
        match for match in columns.assign(table, block.names, profiles, context.mapping) if match.field.name in stream
    ]
    if not any(match.field.name == "start_date" for match in matches):
        days = [at for at, held in enumerate(profiles) if held.dates > _SURE]
        matches += (
            [ColumnMatch(days[0], table.field("start_date"), 0.8, "its days are those of the movements", 0.5)]
            if days
            else []
        )
    return matches


def rows(
    content: MovementList, block: Block, sheet: Sheet, context: LoadContext, profiles: Sequence[Profile]
) -> TypedRows:
    """Return a draft of the movements, a row each: account, plan, the day, and the amount as MRR."""
    table = TABLES["subscriptions"]
    matches = [
        match for match in _matches(block, profiles, context) if match.column not in (content.kind, content.amount)
    ]
    matches.append(ColumnMatch(content.amount, table.field("mrr"), 0.9, "the amounts of the movements", 1.0))
    draft = row_typing.type_rows(table, sorted(matches, key=lambda match: match.column), block, sheet, context)
    if content.yearly:
        draft.columns["mrr"] = pc.divide(draft.columns["mrr"], 12.0)
        draft.assumptions.append("The amounts are for a year: a twelfth is the MRR.")
    row_typing.require(draft)
    empty = np.flatnonzero(draft.columns["mrr"].is_null().to_numpy(zero_copy_only=False) & ~draft.faults.rejected)
    draft.reject(empty, "mrr", "No amount.", "Fill in by how much the MRR changed, or what it is from then on.")
    return draft


def _levels(amounts: Sequence[tuple[str, float]], *, is_change: bool) -> tuple[list[float], int]:
    """The MRR after each of an account's movements, and how many of them make sense so."""
    level, levels, sensible = 0.0, list[float](), 0
    for kind, amount in amounts:
        size = abs(amount)
        if is_change:
            after = level - size if kind in _SHRINKS else level + size
            sensible += after >= -_CENT if kind == "contraction" else kind != "churn" or abs(after) < _CENT
        else:
            after = 0.0 if kind == "churn" else size
            lost = min(size, abs(size - level)) < _CENT
            sensible += {"expansion": after > level, "contraction": 0 < after < level, "churn": lost}.get(kind, True)
        level = max(after, 0.0)
        levels.append(level)
    return levels, sensible


def pieces(draft: TypedRows, content: MovementList, source: str) -> list[Piece]:
    """Return the movements as pieces: what each customer pays from each of its movements on.

    Where the name of the amounts does not say whether they are changes, the rows do: an expansion leads to a higher
    MRR, a contraction to a lower one, and churn takes away all that was paid.
    """
    none: list[str | None] = [None] * len(draft)
    column = {name: values.to_pylist() for name, values in draft.columns.items()}
    refs, called, plans = (column.get(name, none) for name in ("account_ref", "account_name", "plan"))
    kinds = [movement(word or "") for word in _cells(draft.block, content.kind).to_pylist()]
    streams: dict[str, list[int]] = {}
    for at in np.flatnonzero(~draft.faults.rejected).tolist():
        account = refs[at] or (names.account_key(called[at] or "") or None)
        if account and kinds[at]:
            streams.setdefault("-".join(filter(None, (account, column.get("subscription_id", none)[at]))), []).append(
                at
            )
    ordered = {key: sorted(rows, key=lambda at: column["start_date"][at]) for key, rows in streams.items()}
    moved = {key: [(kinds[at] or "", column["mrr"][at]) for at in rows] for key, rows in ordered.items()}
    sums = {way: sum(_levels(held, is_change=way)[1] for held in moved.values()) for way in (True, False)}
    is_change = content.is_change or sums[True] > sums[False]
    amounts, every = draft.source("mrr"), sum(map(len, moved.values()))
    meaning = "by how much the MRR changed" if is_change else "the MRR from that day on"
    draft.assumptions.append(f"{amounts} was read as {meaning}.")
    if sums[is_change] < every:
        odd = f"{every - sums[is_change]:,} of {every:,} movements"
        draft.assumptions.append(f"{odd} do not follow from the one before: the MRR may be wrong.")
    made = []
    for key, rows_of in ordered.items():
        nth: dict[object, int] = {}
        for at, level in zip(rows_of, _levels(moved[key], is_change=is_change)[0], strict=True):
            day = column["start_date"][at]
            nth[day] = nth.get(day, 0) + 1
            made.append(
                Piece(
                    f"movement|{key}|{day}|{nth[day]}",
                    key,
                    source,
                    "movement",
                    refs[at],
                    called[at],
                    plans[at],
                    day,
                    amount=level,
                )
            )
    return made
