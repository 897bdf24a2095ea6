"""Which table a sheet feeds: the one whose fields its columns fill best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import PurePath

import pyarrow as pa

from cs_dash.errors import UnknownOption, nearest
from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.cells.samples import profile
from cs_dash.intake.detection import columns, date_names, help_articles, table_terms
from cs_dash.intake.results.matches import CONTENT, ColumnMatch, TableGuess
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, column_list
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES, Field, Table

ENOUGH = 1.7
_JUDGED = 20_000
_TOO_FEW = 10
_HAPPENED = 1.0
"""What a sheet gains that says who, when and little else: lists of accounts seldom do, all other tables have to."""
_ONLY_HAPPENED = 0.5
"""What usage gains where a sheet says nothing else, about the same customers several times."""
_VENDOR = 6.0
"""What a table gains whose vendor uses exactly these names: no other guess comes near."""
_PAID = frozenset({"mrr", "arr", "amount", "seats", "billing", "term_months", "plan"})
"""Fields of what is paid for: rows that hold none of them and name no customer are no contract lines."""
_OF_A_CUSTOMER = frozenset({
    "churned", "churn_date", "tenure_months", "signup_date", "renewal_date", "is_trial", "pulse",
})  # fmt: skip
"""Fields that say that a row is one customer, and not a segment or a plan, where nothing names it."""
_STAND_INS: dict[str, dict[str, str]] = {"accounts": {"account_id": "account"}}
"""Required fields that another field of the same sheet can stand in for."""


def _name_score(table: str, file: str, sheet: str) -> float:
    """How much the file's and the sheet's own names speak for a table."""
    score = 0.0
    for text, weight in ((PurePath(file).stem, 0.8), (sheet, 0.8)):
        plain = f" {names.folded(text)} "
        if any(f" {names.folded(word)}" in plain for word in table_terms.FILE_WORDS[table]):
            score = max(score, weight)
        if names.key(text) == names.key(table):
            score = max(score, 1.2)
        if score < 1.2 and any(f" {word}" in plain for word in table_terms.OTHER_LISTS.get(table, ())):
            score = -1.0
    return score


def _lacks(table: Table, matches: Sequence[ColumnMatch]) -> tuple[str, ...]:
    held = {match.field.name for match in matches}
    stand_ins = _STAND_INS.get(table.name, {})
    return tuple(f.name for f in table.mapped if f.required and not {f.name, stand_ins.get(f.name, f.name)} & held)


def _repeats(rows: pa.Table, place: int) -> float:
    """Share of the rows that share their key with another row, whole repeats not counted, judged by the first rows."""
    rows = rows.slice(0, _JUDGED)
    cells = rows.column(place)
    filled = cells.drop_null()
    if not len(filled):
        return 0.0
    share = 1.0 - len(filled.unique()) / len(filled)
    if share < 0.3:
        return float(share)
    # By numbers: a name of a column that holds dots or brackets would be taken for a path.
    numbered = rows.rename_columns([str(at) for at in range(rows.num_columns)])
    whole = numbered.group_by(numbered.column_names).aggregate([])
    different = len(whole.column(str(place)).unique())
    return float(1.0 - different / max(whole.num_rows, 1))


def _is_specific(block: Block, match: ColumnMatch) -> bool:
    by_name = match.confidence > CONTENT
    return by_name and names.keys(block.names[match.column])[-1] not in ("id", "name", "key", "number")


def _tells(table: Table, matches: Sequence[ColumnMatch], key: ColumnMatch | None, block: Block) -> bool:
    """Whether anything but names that occur everywhere speaks for the table."""
    if table.name not in ("tickets", "subscriptions") and key is not None and _is_specific(block, key):
        return True
    telling = [match for match in matches if match.field.name in table_terms.TELLING[table.name]]
    return any(names.key(block.names[match.column]) not in table_terms.VAGUE for match in telling)


def _whom(by_field: Mapping[str, ColumnMatch], profiles: Sequence[Profile]) -> ColumnMatch | None:
    """The column that names the customer: that of the users, where those are accounts that are known."""
    user = by_field.get("user_id")
    if user is not None and not profiles[user.column].names_accounts_as("user id"):
        user = None
    return by_field.get("account_ref") or by_field.get("account_name") or user


def _only_happened(
    block: Block, by_field: Mapping[str, ColumnMatch], profiles: Sequence[Profile], file: str, sheet: str
) -> bool:
    """Whether a sheet says only who and when, with customers several times: purchases, visits, sign-ins.

    Where the file or the sheet is named like another table, the days may be those of anything.
    """
    if any(_name_score(table, file, sheet) > 0 for table in TABLES if table not in ("usage", help_articles.NAME)):
        return False
    whom = _whom(by_field, profiles)
    if whom is None or "used_on" not in by_field or len(block.names) > len(by_field):
        return False
    return _repeats(block.rows, whom.column) > 0.01


@cache
def _row_ids() -> frozenset[str]:
    return frozenset({"id"} | {names.key(table.key) for table in TABLES.values() if table.name != "accounts"})


def _refers(block: Block, matches: Sequence[ColumnMatch], key: ColumnMatch, repeated: float) -> bool:
    """Whether a sheet of accounts rather refers to accounts than lists them.

    Its rows have an id of their own, or it holds accounts more than once and nothing about them.
    """
    other_names = [name for at, name in enumerate(block.names) if at != key.column]
    if len(matches) == 1:
        return repeated > 0.01 or any(names.folded(name).endswith(" id") for name in other_names)
    return _is_specific(block, key) and any(set(names.keys(name)) & _row_ids() for name in other_names)


def _guess(
    table: Table, block: Block, profiles: Sequence[Profile], file: str, sheet: str, mapping: Mapping[str, str]
) -> TableGuess:
    hint = _name_score(table.name, file, sheet)
    compared = block.aliases or block.names
    by_alias = {alias: mapping[name] for name, alias in zip(block.names, compared, strict=True) if name in mapping}
    matches = columns.assign(table, compared, profiles, {**mapping, **by_alias}, block.has_header, hint > 0)
    score = sum(match.confidence * match.weight for match in matches)
    by_field = {match.field.name: match for match in matches}
    key = by_field.get(table.key) or (by_field.get("account") if table.name == "accounts" else None)
    doubt, repeated = "", 0.0
    if key is not None:
        repeated = _repeats(block.rows, key.column)
        if _is_specific(block, key):
            score += 0.8
            if table.name == "accounts" and repeated < 0.01:
                score += 0.8
        if repeated >= 0.3 and block.rows.num_rows >= _TOO_FEW:
            doubt = f"several rows share one {table.field(key.field.name).label}"
    held = set(by_field)
    whom = _whom(by_field, profiles)
    about = whom or by_field.get("subscription_id")
    if table.name != "accounts" and table.dated in held and about is not None:
        score += _HAPPENED * len(matches) / len(block.names)
    if table.name == "accounts" and key is not None and _is_specific(block, key):
        hint = max(hint, 0.0)
    if table.name == "usage" and _only_happened(block, by_field, profiles, file, sheet):
        score += _ONLY_HAPPENED
    elif (table.name == "subscriptions" and whom is None and not _PAID & held) or (
        not _tells(table, matches, key, block) and not (table.name == "accounts" and hint > 0)
    ):
        score *= 0.4
    if table.name == "accounts" and key is not None and _refers(block, matches, key, repeated):
        score *= 0.4
    if score > 0:
        score += hint
    export = vendors.export_of(tuple(block.names))
    if export is not None and export.table == table.name:
        score += _VENDOR
    return TableGuess(table, tuple(matches), score, _lacks(table, matches), doubt)


def profiles_of(block: Block, accounts: frozenset[str] = frozenset()) -> list[Profile]:
    """Return what each column of a block holds, given the ids and names of the accounts that are known."""
    return arrays.map_columns(
        lambda column: profile(arrays.whole(column), accounts), block.rows.columns, block.rows.num_rows
    )


def guesses(
    block: Block, profiles: Sequence[Profile], file: str, sheet: str, mapping: Mapping[str, str]
) -> list[TableGuess]:
    """Return what a sheet may feed, likeliest first; of articles, which nearly any list may be, `best` thinks last."""
    tables = [table for table in TABLES.values() if table.name != help_articles.NAME]
    table_guesses = [_guess(table, block, profiles, file, sheet, mapping) for table in tables]
    return sorted(table_guesses, key=lambda guess: -guess.score)


def best(block: Block, profiles: Sequence[Profile], file: str, sheet: str, context: LoadContext) -> TableGuess:
    """Return the likeliest table that the sheet can feed as it is, else the likeliest of all."""
    table_guesses = guesses(block, profiles, file, sheet, context.mapping)
    likely = [guess for guess in table_guesses if not guess.doubt and guess.score >= ENOUGH]
    able = [guess for guess in likely if not missing_fields(guess)] or [guess for guess in likely if is_unnamed(guess)]
    listed = _guess(TABLES[help_articles.NAME], block, profiles, file, sheet, context.mapping)
    if help_articles.is_list(block, listed.matches, file, sheet) and (
        not able or help_articles.is_help(block, listed.matches, file, sheet)
    ):
        return replace(listed, score=max(listed.score, help_articles.SURE), doubt="")
    columns_held = max(len(block.names), 1)
    if not able:
        return table_guesses[0]
    likeliest = max(able, key=lambda guess: guess.score + 0.8 * len(guess.matches) / columns_held)
    return _as_lines(likeliest, able, block)


def _as_lines(guess: TableGuess, able: Sequence[TableGuess], block: Block) -> TableGuess:
    """Return contract lines for a list of accounts in which accounts recur and each row has a start and an amount."""
    lines = next((other for other in able if other.table.name == "subscriptions"), None)
    key = guess.column("account_id") if guess.column("account_id") is not None else guess.column("account")
    if guess.table.name != "accounts" or lines is None or key is None or _repeats(block.rows, key) <= 0.01:
        return guess
    return lines if {"mrr", "arr", "amount"} & {match.field.name for match in lines.matches} else guess


def forced(block: Block, profiles: Sequence[Profile], name: str, mapping: Mapping[str, str]) -> TableGuess:
    """Return the guess for the table that the user named. Raises UnknownOption where no table has that name."""
    if name not in TABLES:
        why = f"Could not load as “{name}” because no table has that name."
        raise UnknownOption("Unknown table", why, nearest(name, TABLES))
    return _guess(TABLES[name], block, profiles, "", "", mapping)


def missing_fields(guess: TableGuess) -> tuple[str, ...]:
    """Return the required fields that no column fills and that cannot be assumed.

    Tickets without a creation date and answers without a day are dated by the snapshot.
    """
    held = {match.field.name for match in guess.matches}
    if guess.table.name == "surveys" and guess.lacks == ("answered_on",) and "score" in held:
        return ()
    if guess.table.name == "tickets" and guess.lacks == ("created_at",) and held & {"subject", "body"}:
        return ()
    return guess.lacks


def is_unnamed(guess: TableGuess) -> bool:
    """Return whether rows are customers that no column names: they get their row numbers for ids."""
    held = {match.field.name for match in guess.matches}
    return guess.table.name == "accounts" and guess.lacks == ("account_id",) and bool(held & _OF_A_CUSTOMER)


def refusal(guess: TableGuess, block: Block, is_forced: bool, profiles: Sequence[Profile]) -> str:
    """Return why a sheet is set aside, in one sentence or two; "" where it is not.

    Args:
        guess: the likeliest table.
        block: its rows.
        is_forced: whether the reader named the table.
        profiles: what its columns hold.
    """
    title = guess.table.title.lower()
    lacks = () if is_unnamed(guess) else missing_fields(guess)
    if (is_forced or guess.score >= ENOUGH) and lacks:
        fields = [guess.table.field(name) for name in lacks]
        field_list = " and ".join(f"“{field.label}” ({field.help.rstrip('.').lower()})" for field in fields)
        if could := _could_give(fields, guess, block, profiles):
            return f"It looks like {title}, but no column was read as {field_list}; {could}: map one of them if it is."
        return f"It looks like {title}, but no column gives {field_list}; add such a column or map one."
    if not is_forced and guess.score >= ENOUGH and guess.doubt:
        return f"It looks like {title}, but {guess.doubt}, so it probably lists something else."
    if is_forced or guess.score >= ENOUGH:
        return ""
    few = len(block.names) <= 5 and block.rows.num_rows >= 20
    by = next((n for n, p in zip(block.names, profiles, strict=True) if few and _looks_up(n, p)), "")
    lookup = f" It looks like a lookup table by {by}." if by else ""
    understood = [n for n in block.names if names.key(n) not in table_terms.VAGUE and columns.is_understood(n)]
    subjects = "a customer, a contract, a ticket or another known subject"
    why = f"none of its columns ({column_list(block.names)}) indicates {subjects}"
    if understood:
        head = f"{column_list(understood)} can be used, but its columns ({column_list(block.names)})"
        why = f"{head} are not sufficient for {subjects}"
    return f"No table detected: {why}.{lookup} Choose a table under “Read as”, or Plain table to store it unchanged."


def _could_give(fields: Sequence[Field], guess: TableGuess, block: Block, profiles: Sequence[Profile]) -> str:
    """Return which columns hold what the missing fields hold, as a clause; "" where none does."""
    used = {match.column for match in guess.matches}
    used |= {at for at, name in enumerate(block.names) if date_names.is_of_a_copy(name)}
    sorts = {"date": "dates", "timestamp": "dates", "money": "numbers", "number": "numbers"}
    clauses = []
    for sort in dict.fromkeys(sorts[field.type] for field in fields if field.type in sorts):
        held = [name for at, name in enumerate(block.names) if at not in used and getattr(profiles[at], sort) > 0.8]
        clauses += [f"{column_list(held)} hold{'s' if len(held) == 1 else ''} {sort}"] if held else []
    return " and ".join(clauses)


def _looks_up(name: str, held: Profile) -> bool:
    plain = names.key(name) not in ("id", "number") and held.dates < 0.5
    return plain and held.filled > 0.99 and held.unique > 0.99
