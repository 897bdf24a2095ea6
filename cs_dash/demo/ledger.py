"""The revenue of each account on each day, in whole cents, and the resulting figures: plain arithmetic, no SQL.

This is the second way to the numbers: the product computes them from the files with its macros, this from the
simulation's own objects, and the two must agree.
"""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from cs_dash.demo.contracts import Subscription
from cs_dash.demo.days import LAST, LAST_DAY, add_months, date_of, day_of, month_ends

Cents = NDArray[np.int64]


@dataclass(frozen=True)
class Movements:
    """One month's revenue bridge over all accounts, in EUR; churn and contraction are positive amounts."""

    month: str
    mrr_start: float
    new: float
    reactivation: float
    expansion: float
    contraction: float
    churn: float
    mrr_end: float
    accounts_end: int


@dataclass(frozen=True)
class Retention:
    """Retention of the accounts that paid at the end of `start`, by what they paid on `end`. Shares from 0 to 1."""

    start: str
    end: str
    accounts_start: int
    accounts_kept: int
    mrr_start: float
    nrr: float
    grr: float
    logo_retention: float

    def as_dict(self) -> dict[str, object]:
        """Return the fields by name."""
        return asdict(self)


def daily_cents(accounts: int, subscriptions: list[Subscription]) -> Cents:
    """Return MRR in cents, shape (accounts, days): a line counts from its start up to but not including its end."""
    ledger = np.zeros((accounts, LAST + 1), dtype=np.int64)
    for line in subscriptions:
        end = LAST + 1 if line.end is None else line.end
        ledger[line.account.number, line.start : end] += line.cents
    return ledger


def bridge(ledger: Cents) -> list[Movements]:
    """Return the movements of each of the 36 months, each account compared with itself on the two month ends."""
    months = []
    before = np.zeros(len(ledger), dtype=np.int64)
    previous_end = -1
    for end in month_ends():
        after = ledger[:, end]
        paid_before = (ledger[:, : previous_end + 1] > 0).any(axis=1)
        gained = (before == 0) & (after > 0)
        change = after - before
        stayed = (before > 0) & (after > 0)
        euros = {
            "mrr_start": before.sum(),
            "new": after[gained & ~paid_before].sum(),
            "reactivation": after[gained & paid_before].sum(),
            "expansion": change[stayed & (change > 0)].sum(),
            "contraction": -change[stayed & (change < 0)].sum(),
            "churn": before[(before > 0) & (after == 0)].sum(),
            "mrr_end": after.sum(),
        }
        amounts = {name: int(cents) / 100 for name, cents in euros.items()}
        months.append(Movements(date_of(end).strftime("%Y-%m"), **amounts, accounts_end=int((after > 0).sum())))
        before, previous_end = after, end
    return months


def retention(ledger: Cents, months: int = 12) -> Retention:
    """Return NRR, GRR and logo retention over the months up to the last day, over all rows of `ledger`."""
    start = add_months(day_of(LAST_DAY) + 1, -months) - 1
    first, last = ledger[:, start], ledger[:, LAST]
    base = first > 0
    owed = int(first[base].sum())
    retained_accounts = int((last[base] > 0).sum())
    return Retention(
        start=date_of(start).isoformat(),
        end=LAST_DAY.isoformat(),
        accounts_start=int(base.sum()),
        accounts_kept=retained_accounts,
        mrr_start=owed / 100,
        nrr=int(last[base].sum()) / owed,
        grr=int(np.minimum(first, last)[base].sum()) / owed,
        logo_retention=retained_accounts / int(base.sum()),
    )
