"""Which field a column fills by what it holds, where no name helps."""

from __future__ import annotations

from collections.abc import Sequence

from cs_dash.intake.cells import identity
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import date_names
from cs_dash.intake.results.matches import CONTENT, ColumnMatch
from cs_dash.schema.tables import Table

_DATED_BY_CONTENT = frozenset({"surveys", "tickets", "churn_events", "notes", "feature_requests"})
"""Tables of things that happened: in a sheet that is named after one, the only column of dates says when."""


def matches_by_content(
    table: Table,
    column_names: Sequence[str],
    profiles: Sequence[Profile],
    free: set[int],
    fields_filled: set[str],
    has_names: bool,
    is_named: bool,
) -> list[ColumnMatch]:
    """Return matches by values where no name helps: a column of known accounts, the only one of days, of addresses."""
    matches = []

    def only(name: str, places: list[int], because: str) -> None:
        if name not in fields_filled and len(places) == 1:
            matches.append(ColumnMatch(places[0], table.field(name), CONTENT, because, 0.5))

    if any(field.name == "account_ref" for field in table.fields):
        account_columns = [at for at in sorted(free) if profiles[at].names_accounts_as(column_names[at])]
        only("account_ref", account_columns[:1], "its values are known accounts")
    if table.name == "surveys":
        only(
            "score",
            [at for at in sorted(free) if profiles[at].labels],
            "its values are survey answers in words",
        )
    if table.name == "accounts" and "account" not in fields_filled:
        ids = [
            at for at in sorted(free) if profiles[at].codes > 0.9 and profiles[at].is_key and profiles[at].dates < 0.5
        ]
        only("account_id", ids, "the only column with a different id in each row")
        emails = [at for at in sorted(free) if profiles[at].emails > 0.9 and profiles[at].is_key]
        only("account_id", [] if ids else emails, "its e-mail addresses are the only customer names")
    if table.name in identity.PAYERS and not fields_filled & {"account_ref", "account_name"}:
        emails = [at for at in sorted(free) if profiles[at].emails > 0.9]
        only("account_ref", [] if account_columns else emails, "its e-mail addresses are the only customer names")
    days = [at for at in sorted(free) if profiles[at].dates > 0.9]
    if has_names:
        days = [at for at in days if not date_names.is_told(column_names[at])]
    if table.dated and (not has_names or (is_named and table.name in _DATED_BY_CONTENT)):
        only(table.dated, days, "the only column of dates")
    if not has_names and table.name == "tickets":
        only("requester_email", [at for at in sorted(free) if profiles[at].emails > 0.9], "it holds e-mail addresses")
    return matches
