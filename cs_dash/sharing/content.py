"""What a reader's copy holds: which accounts, under which names, what texts say of them, and the scale of amounts."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from cs_dash.decisions import CurrentDecisions
from cs_dash.intake.matching.spelling import FREE_MAIL, formless, words
from cs_dash.metrics import open_warehouse
from cs_dash.sharing import pseudonyms
from cs_dash.sharing.masking import TextMask, words_of
from cs_dash.sharing.readers import Limits
from cs_dash.store.copies.content import CopyContent
from cs_dash.store.warehouse import Warehouse
from cs_dash.units import INDEX

ACCOUNT = "account_id"
"""A filter of this name is about single accounts, not about a dimension."""
WHOLE = 100.0
_NAMES = "select account_id, account, external_id, domain from accounts order by account_id"
_SPELLINGS = """
select distinct account_id, spelling
from (select account_id, unnest([account_ref, account_name]) as spelling from account_matches)
where spelling is not null
order by account_id, spelling
"""
_ORDINARY = """
select distinct word from (
  select value as word from account_dimensions
  union all select feature from usage_feature_weeks
  union all select unnest([product_area, type, channel]) from tickets
  union all select unnest([reason, category, secondary_reason]) from churn_events
  union all select product_area from feature_requests
  union all select plan from subscriptions
  union all select section from articles
) where word is not null
"""
_AMOUNTS = """
select coalesce(max(amount), 0) as amount from (
  select sum(mrr) as amount from accounts union all select sum(mrr) from subscriptions
  union all select sum(mrr_lost) from churn_events
)
"""


@dataclass(frozen=True)
class SourceNames:
    """How the customers of a version are called.

    Attributes:
        accounts: rows of account_id, account, external_id and domain.
        spellings: rows of account_id (None: of no account that is known) and another way of writing its name.
        ordinary: texts that name something else: segments, features, reasons.
    """

    accounts: list[dict[str, Any]]
    spellings: list[dict[str, Any]]
    ordinary: frozenset[str]


@dataclass(frozen=True)
class SourceVersion:
    """What a copy is made from: an opened version with what people decided, read once for all its pieces."""

    file: Path
    decisions: CurrentDecisions
    limits: Limits
    secret: bytes

    @cached_property
    def content(self) -> CopyContent:
        """What the copy holds."""
        warehouse = open_warehouse(self.file, self.decisions)
        try:
            return self._content(warehouse)
        finally:
            warehouse.close()

    def _content(self, warehouse: Warehouse) -> CopyContent:
        limits = self.limits
        names = SourceNames(
            warehouse.query(_NAMES).to_pylist(),
            warehouse.query(_SPELLINGS).to_pylist(),
            frozenset(" ".join(words_of(word)) for word in warehouse.query(_ORDINARY)["word"].to_pylist()),
        )
        included = accounts_within(warehouse, limits)
        codes = pseudonyms.codes(self.secret, included) if limits.hide_names else {}
        currency = warehouse.currency()
        mask = mask_of(names, included, codes, self.secret, limits) if limits else None
        return CopyContent(
            accounts=_account_rows(included, codes),
            has_all=not limits.filters,
            salt=hmac.new(self.secret, b"ids", hashlib.sha256).hexdigest() if limits.hide_names else "",
            mask=mask,
            names_part=mask.names_part if mask else lambda _: False,
            factor=_factor(warehouse) if limits.hide_money else None,
            currency=INDEX if limits.hide_money else currency,
            source_currency=currency,
        )


def accounts_within(warehouse: Warehouse, limits: Limits) -> list[str]:
    """Return the ids of the accounts that pass the filters of limits, as `in_scope` says, sorted."""
    filters = {name: list(values) for name, values in limits.filters if name != ACCOUNT}
    rows = warehouse("in_scope", wanted=json.dumps(filters, ensure_ascii=False, sort_keys=True))
    included = set(rows["account_id"].to_pylist())
    for name, values in limits.filters:
        if name == ACCOUNT:
            included &= set(values)
    return sorted(included)


def mask_of(
    names: SourceNames, included: Iterable[str], codes: Mapping[str, str], secret: bytes, limits: Limits
) -> TextMask:
    """Return what replaces customers in texts: pseudonyms, or "another customer" for who is not in the copy."""
    in_copy = set(included)
    domains = {
        domain: row["account_id"] for row in names.accounts if (domain := _domain(row)) and domain not in FREE_MAIL
    }

    def stands_for(account: str | None) -> str | None:
        if account not in in_copy:
            return pseudonyms.OTHER_CUSTOMER if limits.filters or limits.hide_names else None
        return f"{pseudonyms.NAME} {codes[account]}" if limits.hide_names else None

    def of_domain(account: str | None) -> str | None:
        if account not in in_copy:
            return f"other-customer.{pseudonyms.DOMAIN}"
        return pseudonyms.domain_of(codes[account]) if limits.hide_names else None

    def address(text: str) -> str:
        _, _, domain = text.rpartition("@")
        account = _owner(domain.lower(), domains)
        if not limits.hide_names and (account is None or account in in_copy):
            return text
        own = of_domain(account) if account is not None else f"customer.{pseudonyms.DOMAIN}"
        return pseudonyms.address_of(secret, text, own or "")

    def listed() -> Iterator[tuple[str, str | None]]:
        if not (limits.filters or limits.hide_names):
            return
        # Those in the copy come first: of two customers with one name, theirs counts.
        rows = sorted(names.accounts, key=lambda row: row["account_id"] not in in_copy)
        for row in rows:
            for name in (row["account"], row["account_id"], row["external_id"]):
                if name and (name == row["account"] or _tells(name)):
                    yield name, stands_for(row["account_id"])
            if domain := _domain(row):
                yield domain, of_domain(row["account_id"])
        for row in sorted(names.spellings, key=lambda row: row["account_id"] not in in_copy):
            if _tells(row["spelling"]):
                yield row["spelling"], stands_for(row["account_id"])
        for row, short in zip(rows, _short_names([row["account"] or "" for row in rows]), strict=True):
            for name in (*short, *_label(row)):
                if " ".join(words_of(name)) not in names.ordinary:
                    yield name, stands_for(row["account_id"])

    wants_addresses = limits.filters or limits.hide_names
    return TextMask(listed(), address=address if wants_addresses else None, amounts=limits.hide_money)


def _account_rows(included: list[str], codes: Mapping[str, str]) -> pa.Table:
    copied = [codes.get(account, account) for account in included]
    names = [f"{pseudonyms.NAME} {code}" if codes else None for code in copied]
    domains = [pseudonyms.domain_of(code) if codes else None for code in copied]
    return pa.table(
        {
            name: pa.array(values, pa.string())
            for name, values in (
                ("account_id", included), ("copy_id", copied), ("name", names), ("domain", domains),
            )
        }
    )  # fmt: skip


def _factor(warehouse: Warehouse) -> float:
    """Return what amounts are multiplied by, so that the MRR of all accounts on the newest day is `WHOLE`.

    Where none pays on that day, the largest sum of amounts that there is takes its place.
    """
    newest = warehouse.newest_day()
    total = sum(warehouse("mrr_on", on_day=newest)["mrr"].to_pylist()) if newest else 0.0
    total = total or warehouse.query(_AMOUNTS)["amount"][0].as_py()
    return WHOLE / total if total else 1.0


def _domain(row: Mapping[str, Any]) -> str:
    """Return the bare domain of an account; "" without one."""
    domain = (row["domain"] or "").strip().lower()
    return domain.removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0]


def _owner(domain: str, domains: Mapping[str, str]) -> str | None:
    """Return the account that a domain, or one above it, belongs to."""
    while "." in domain:
        if domain in domains:
            return domains[domain]
        _, _, domain = domain.partition(".")
    return None


def _tells(text: str) -> bool:
    """Return whether a text in a place for ids or names can be looked for in texts: no short bare number."""
    letters = sum(letter.isalpha() for letter in text)
    return len(text) >= 7 or (letters >= 3 and len(text) >= 4) or (letters > 0 and len(text) - letters >= 2)


def _short_names(names: list[str]) -> list[list[str]]:
    """Return for each name the ways of writing it without its legal form."""
    shortened = formless(words(pa.array(names, pa.string()))).to_pylist()
    return [_shorter(name, short or "") for name, short in zip(names, shortened, strict=True)]


def _shorter(name: str, short: str) -> list[str]:
    parts = words_of(name)
    plain = "".join(words_of(short))
    if plain == "".join(parts):
        return []
    variants = [short] if short and words_of(short) != parts else []
    for first in range(min(len(parts), 4)):
        for last in range(len(parts), first, -1):
            part = "".join(parts[first:last])
            if part in (plain, plain.replace("and", "", name.count("&"))) and last - first < len(parts):
                return [*variants, " ".join(parts[first:last])]
    return variants


def _label(row: Mapping[str, Any]) -> list[str]:
    """Return the first words of a name where its domain is called like them: customers are known by it."""
    label = _domain(row).partition(".")[0].replace("-", "")
    parts = words_of(row["account"] or "")
    for count in range(1, len(parts) + 1):
        if len(label) >= 5 and "".join(parts[:count]) == label:
            return [" ".join(parts[:count]), label]
    return []
