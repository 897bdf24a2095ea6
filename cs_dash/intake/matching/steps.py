"""The order in which rows find their accounts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.intake.matching.likeness import Name, alike
from cs_dash.intake.matching.spelling import spellings
from cs_dash.store.builder import Builder

HERE = Path(__file__).parent
DECISIONS = pa.schema(
    [("place", pa.int64())]
    + [(name, pa.string()) for name in ("account_ref", "account_name", "mail", "subscription_id", "verdict")]
    + [("account_id", pa.string())]
)
ALIKE = pa.schema([("key", pa.string()), ("account_id", pa.string()), ("score", pa.float64()), ("certain", pa.bool_())])
NOBODY_ALIKE = ALIKE.empty_table()
IMPLIED_PASSES = (1, 2, 3)

TEXTS = """
select distinct text from (
  select account_ref as text from row_references union all select account_name from row_references
  union all select mail from row_references
  union all select account_ref from account_decisions union all select account_name from account_decisions
  union all select account_id from accounts union all select external_id from accounts
  union all select account from accounts
  union all select unnest(string_split_regex(domain, '[,;\\s]+')) from accounts where domain is not null
) where text is not null
"""
ACCOUNTS = """
select a.account_id as key, s.whole, s.short from accounts a join spellings s on s.text = a.account order by 1
"""
# The most frequent first: with very many names, the last ones are not compared.
NEW_CUSTOMERS = """
select r.key, s.whole, s.short, cast(null as varchar) as address
from (
  select key, min(coalesce(account_name, account_ref)) as text, sum(rows) as rows from direct
  where account_id is null and table_name = 'subscriptions' and key is not null group by key
) r
join spellings s on s.text = r.text
order by r.rows desc, r.key
"""
UNMATCHED = """
select r.key, s.whole, s.short, r.address
from (
  select key, sum(rows) as rows, min(address) filter (where key like 'mail %') as address,
    min(coalesce(account_name, account_ref)) filter (where key not like 'mail %') as text
  from direct where account_id is null and key is not null group by key
) r
left join spellings s on s.text = r.text
order by r.rows desc, r.key
"""
IS_OPEN = "select exists (from direct where account_id is null) as is_open"
UNKNOWN_COUNT = """
select count(*) as rows from direct
where account_id is null
  and (table_name = 'subscriptions' or not $listed or key in (select key from decided where verdict = 'new'))
"""


def match(builder: Builder, decisions: Iterable[AccountDecision] = ()) -> None:
    """Find the account of every row, and write how each was found into `account_matches` of the version.

    What is doubtful is left without an account, with the accounts that it may mean in `match_candidates`. The same rows
    and decisions always give the same accounts.
    """
    builder.make_temporary("account_decisions", _decided(decisions))
    builder.run(HERE / "row_references.sql")
    builder.make_temporary("spellings", spellings(builder.query(TEXTS)["text"].combine_chunks()))
    for name in ("references", "direct"):
        builder.run(HERE / f"{name}.sql")
    listed = builder.filled("accounts")
    # A customer that a contract names with a slip of the pen is not a new one.
    compared = _compared(builder, NEW_CUSTOMERS) if listed else NOBODY_ALIKE
    for part in IMPLIED_PASSES:
        if not builder.rows(UNKNOWN_COUNT, {"listed": listed})[0]["rows"]:
            break
        builder.run(HERE / "implied.sql", listed=listed, **{"pass": part})
        builder.run(HERE / "direct.sql")
    # Mostly every row names its account: then nothing is left to look for, and nothing is doubtful.
    if compared.num_rows or builder.rows(IS_OPEN)[0]["is_open"]:
        builder.run(HERE / "indirect.sql")
        left = _compared(builder, UNMATCHED)
        builder.run(HERE / "near.sql")
        builder.make_temporary("alike", pa.concat_tables([compared, left]))
        builder.run(HERE / "candidates.sql")
    else:
        builder.rewrite("match_candidates")
    for name in ("assigned", "dates"):
        builder.run(HERE / f"{name}.sql")


def _decided(decisions: Iterable[AccountDecision]) -> pa.Table:
    rows = [
        {name: getattr(decision, name) for name in DECISIONS.names if name != "place"} | {"place": place}
        for place, decision in enumerate(decisions)
    ]
    return pa.Table.from_pylist(rows, DECISIONS)


def _compared(builder: Builder, names_query: str) -> pa.Table:
    """Return which names are like which accounts, and note those that are as good as the same in `near`."""
    names = [
        Name(row["key"], row["whole"] or "", row["short"] or row["whole"] or "", row["address"] or "")
        for row in builder.rows(names_query)
    ]
    if not names:
        return NOBODY_ALIKE
    accounts = [
        Name(row["key"], row["whole"] or "", row["short"] or row["whole"] or "") for row in builder.rows(ACCOUNTS)
    ]
    likenesses = pa.Table.from_pylist([likeness.as_row() for likeness in alike(names, accounts)], ALIKE)
    builder.make_temporary("alike", likenesses)
    builder.run(HERE / "near_names.sql")
    return likenesses
