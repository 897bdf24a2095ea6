"""Values that a reader types into the forms of an item."""

from __future__ import annotations

import datetime as dt

from cs_dash.errors import BadInput
from cs_dash.look.locales import MINUS


def number_of(name: str, text: str | None) -> float | None:
    """Return a number, a share where it ends in a percent sign; None for an empty text. Raises BadInput."""
    plain = (text or "").strip().replace(MINUS, "-").replace(",", ".")
    if not plain:
        return None
    try:
        return float(plain.removesuffix("%").strip()) / (100 if plain.endswith("%") else 1)
    except ValueError:
        raise BadInput(
            "Not a number", f"Could not set the {name} to “{text}” because it is not a number.", "Write 1.5 or -30%."
        ) from None


def accounts_of(text: str, on: dt.date) -> dict[str, dt.date] | None:
    """Return {account: the day it got the item} of lines like "ACC-1, 2026-03-01"; None for an empty text.

    A line without a day of its own counts from `on`. Raises BadInput for a day that is none.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    accounts: dict[str, dt.date] = {}
    for line in lines:
        account, _, day = (part.strip() for part in line.partition(","))
        try:
            accounts[account] = dt.date.fromisoformat(day) if day else on
        except ValueError:
            raise BadInput(
                "Not a date", f"Could not use “{day}” as the day of {account}.", "Write it as 2026-03-01."
            ) from None
    return accounts or None
