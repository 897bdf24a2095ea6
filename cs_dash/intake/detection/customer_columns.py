"""Which columns name the customer: by the words of their names, by their check digits, and by their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_dash.intake.cells import identity
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import CONTENT, ColumnMatch
from cs_dash.schema.tables import Table

_ID, _TAX, _NAME, _CUSTOMER, _SECOND, _USER = 0.95, 0.94, 0.95, 0.85, 0.8, 0.75


def by_words(table: Table, name: str, profile: Profile) -> dict[str, tuple[float, str]]:
    """Return what a name means of a customer by the words that it is made of: field -> how certain, and why."""
    role, tax = identity.role(name), identity.tax_number(name)
    own, called = ("account_id", "account") if table.name == "accounts" else ("account_ref", "account_name")
    if not (role or tax) or not any(field.name == own for field in table.fields):
        return {}
    matches: dict[str, tuple[float, str]] = {}
    why = f"the name says it is a customer’s {role}" if role in ("id", "name") else f"its name means {role}"
    if role == "id":
        matches = {own: (_ID, why), "external_id": (_SECOND, why)}
    elif role == "name":
        matches = {called: (_NAME, why)}
    elif role == "customer":
        matches = {own if called != "account" else called: (_CUSTOMER, why), called: (_CUSTOMER - 0.01, why)}
    elif role == "user id" and table.name in {"accounts", *identity.PAYERS}:
        matches = {own: (_USER, "the customers are users here")}
    if tax * profile.tax_shaped > 0.5 or (tax and profile.tax_valid > 0.8):
        why = "it is a tax or registry number"
        why += f", with valid check digits in {profile.tax_valid:.0%} of the values" if profile.tax_valid > 0.5 else ""
        matches |= {own: (_TAX, why), "external_id": (_TAX - 0.01, why)}
    if table.name != "accounts":
        matches.pop("external_id", None)
        return matches
    # What some rows lack or several share does not tell them apart, and is worth more as a column of its own.
    if not profile.distinct or profile.unique < 0.999:
        matches.pop("external_id", None)
    if tax and not profile.is_key:
        matches.pop(own, None)
    return matches


def rearranged(
    table: Table, columns: Sequence[str], profiles: Sequence[Profile], matches: Sequence[ColumnMatch]
) -> list[ColumnMatch]:
    """Return the matches with the customer's id where its values are, beside a column that only says "customer".

    In a list of accounts that is the one of two names whose values look like ids; elsewhere a column of known accounts.
    """
    own, called = ("account_id", "account") if table.name == "accounts" else ("account_ref", "account_name")
    by_field = {match.field.name: match for match in matches}
    said = by_field.get("account" if own == "account_id" else own)
    if said is None or called not in {field.name for field in table.mapped}:
        return list(matches)
    if identity.role(columns[said.column]) != "customer":
        return list(matches)
    used = {match.column for match in matches}
    free = [at for at in range(len(columns)) if at not in used]
    if own == "account_id":
        others = [at for at in free if identity.role(columns[at]) in ("customer", "name")]
        swap = own not in by_field and profiles[said.column].codes > 0.9 and profiles[said.column].is_key
        if not swap or not others:
            return list(matches)
        why = "its values look like ids, next to a column of customer names"
        swapped = replace(said, field=table.field(own), because=why)
        name = replace(said, column=others[0], because="it names the customer")
        return [*(match for match in matches if match is not said), swapped, name]
    others = [at for at in free if profiles[at].names_accounts_as(columns[at])]
    if not others or profiles[said.column].accounts > 0.2:
        return list(matches)
    ref = replace(said, column=others[0], confidence=CONTENT, because="its values are known accounts")
    names = [] if called in by_field else [replace(said, field=table.field(called))]
    return [*(match for match in matches if match is not said), ref, *names]
