"""How the contracts of one account unfold, month by month: the story behind every other file.

Each month an account may decide to leave; the probability of each cause follows from its traits. It leaves at its next
possible exit: the end of a month on monthly terms, the yearly renewal (or, in the first year, a break after six months)
on annual ones. Between the decision and the exit it still pays, so that risk can be seen before churn.
"""

import numpy as np
from numpy.random import Generator

from cs_dash.demo.accounts import Account
from cs_dash.demo.contracts import ADD_ON_NAMES, ADD_ONS, PLANS, PRICE, Loss, Story, Subscription
from cs_dash.demo.days import LAST, add_months, date_of

_BASE_HAZARD = {"Enterprise": 0.0036, "Mid-market": 0.0056, "SMB": 0.0125}
_CAUSE_WEIGHTS = {
    "Enterprise": {
        "product gap": 22,
        "price": 8,
        "budget": 16,
        "competitor": 22,
        "champion left": 20,
        "oversold": 7,
        "service": 5,
    },
    "Mid-market": {
        "product gap": 19,
        "price": 13,
        "budget": 18,
        "competitor": 20,
        "champion left": 14,
        "oversold": 7,
        "service": 6,
        "business closed": 3,
    },
    "SMB": {
        "product gap": 13,
        "price": 18,
        "budget": 21,
        "competitor": 14,
        "champion left": 6,
        "oversold": 5,
        "service": 5,
        "business closed": 9,
        "payment failed": 9,
    },
}
_GROWTH = {"Enterprise": 0.052, "Mid-market": 0.056, "SMB": 0.042}  # chance a month of buying more
_SHRINK = {"Enterprise": 0.0065, "Mid-market": 0.0085, "SMB": 0.0085}
_ANNUAL = {"Enterprise": 0.90, "Mid-market": 0.62, "SMB": 0.27}
_TRIAL = {"Enterprise": 0.0, "Mid-market": 0.25, "SMB": 0.60}
_DOWNSELL_CAUSES = ("budget", "price", "adoption", "product gap")


class Life:
    """Simulates one account's contract; its lines go to `subscriptions` and its story to `story`."""

    def __init__(self, rng: Generator, account: Account, subscriptions: list[Subscription]) -> None:
        self.rng = rng
        self.account = account
        self.subscriptions = subscriptions
        self.story = Story(account, annual=bool(rng.random() < _ANNUAL[account.segment]))
        self.open: list[Subscription] = []
        self.seats = account.first_seats
        self.plan = self._first_plan()
        # A discount that the account keeps.
        self.price_factor = float(rng.uniform(0.80, 1.0)) * (0.95 if self.story.annual else 1.0)

    def _first_plan(self) -> str:
        weights = {"Enterprise": (0, 0, 0.30, 0.70), "Mid-market": (0, 0.42, 0.53, 0.05), "SMB": (0.52, 0.43, 0.05, 0)}
        return PLANS[self.rng.choice(4, p=weights[self.account.segment])]

    # -- lines -------------------------------------------------------------------------------------------------------
    def _begin(self, day: int, product: str, base: bool, cents: int, trial: bool = False) -> None:
        line = Subscription(
            len(self.subscriptions),
            self.account,
            product,
            base,
            self.plan,
            self.seats,
            cents,
            annual=self.story.annual and not trial,
            trial=trial,
            start=day,
            term_start=day if trial or self.story.paid_from is None else self.story.paid_from,
        )
        self.subscriptions.append(line)
        self.open.append(line)

    def _end(self, line: Subscription, day: int) -> None:
        line.end = day
        self.open.remove(line)

    def _base_cents(self) -> int:
        return round(PRICE[self.plan] * self.price_factor) * self.seats

    def _add_on_cents(self, name: str) -> int:
        return round(self._base_cents() * ADD_ONS[name])

    def _reprice(self, day: int, change_seats: bool = True) -> None:
        """Replace the base line by one at today's plan, seats and price; add-ons keep theirs."""
        base = next(line for line in self.open if line.base)
        self._end(base, day)
        self._begin(day, f"Tidewell {self.plan}", True, self._base_cents())
        if change_seats:
            self.story.seats.append((day, self.seats))

    def _mrr(self) -> int:
        return sum(line.cents for line in self.open)

    # -- the course of events ----------------------------------------------------------------------------------------
    def run(self) -> Story:
        """Simulate from signing to the last day and return the story."""
        start = self.account.signed
        if not self.account.converts or self.rng.random() < _TRIAL[self.account.segment]:
            length = int(self.rng.choice((14, 30)))
            start = self._trial(start, length)
            if start > LAST or not self.account.converts:
                return self.story
        self._pay_from(start)
        return self.story

    def _trial(self, day: int, length: int) -> int:
        self.story.seats.append((day, self.seats))
        self._begin(day, f"Tidewell {self.plan} trial", True, 0, trial=True)
        end = day + length
        self.story.spells.append((day, min(end, LAST + 1)))
        if end <= LAST:
            self._end(self.open[0], end)
        return end

    def _pay_from(self, start: int, returned: bool = False) -> None:
        story = self.story
        if story.paid_from is None or returned:
            story.paid_from = start
        story.seats.append((start, self.seats))
        self._begin(start, f"Tidewell {self.plan}", True, self._base_cents())
        for name in ADD_ON_NAMES:
            if self.rng.random() < {"Enterprise": 0.30, "Mid-market": 0.14, "SMB": 0.04}[self.account.segment]:
                self._begin(start, name, False, self._add_on_cents(name))
        began = start
        month = 1
        decided: tuple[int, str] | None = None
        while (day := add_months(start, month)) <= LAST:
            if decided is None:
                cause = self._cause_to_leave(month, add_months(start, month - 1), returned)
                decided = (day - int(self.rng.integers(5, 28)), cause) if cause else None
            if decided is not None and self._may_exit(month, decided[1]):
                self._leave(day, began, *decided)
                return
            if decided is None and self._pause(day, began):
                month += 1
                while (day := add_months(start, month)) <= LAST and not self.open:
                    if day >= story.pauses[-1][1]:
                        self._resume(day)
                        began = day
                    month += 1
                if not self.open:
                    return
                continue
            self._change(day + int(self.rng.integers(0, 20)), day, month, decided is not None)
            month += 1
        story.spells.append((began, LAST + 1))
        if decided is not None and decided[0] <= LAST:
            story.decided, story.cause = decided
        elif not returned and self.rng.random() < 0.16:
            middle = int(self.rng.integers(start, LAST + 1))
            story.slump = (middle, middle + int(self.rng.integers(28, 70)))

    def _cause_to_leave(self, month: int, day: int, returned: bool) -> str:
        """Return why the account decides to leave in its n-th month, or "" when it does not."""
        account = self.account
        if not account.activates and not returned and month >= 2 and self.rng.random() < 0.26:
            return "onboarding" if self.rng.random() < 0.55 else "adoption"
        if account.defect_prone and month >= 4 and self.rng.random() < 0.035:
            return "quality"
        tenure = 0.25 if month < 3 else 2.0 if month <= 8 else 1.05 if month <= 14 else 0.75
        season = 1.5 if date_of(day).month in (11, 12, 1) else 0.95
        hazard = _BASE_HAZARD[account.segment] * tenure * season * float(np.exp(-0.75 * account.contentment))
        if self.rng.random() >= hazard:
            return ""
        weights = _CAUSE_WEIGHTS[account.segment]
        chances = np.array(list(weights.values()), dtype=float)
        return list(weights)[self.rng.choice(len(weights), p=chances / chances.sum())]

    def _may_exit(self, month: int, cause: str) -> bool:
        if cause in ("payment failed", "business closed"):
            return True
        return not self.story.annual or month % 12 == 0 or month == 6

    def _leave(self, day: int, began: int, decided: int, cause: str) -> None:
        story = self.story
        cents = self._mrr()
        comes_back = (
            story.returned is None and cause not in ("business closed", "oversold") and self.rng.random() < 0.09
        )
        back = add_months(day, int(self.rng.integers(4, 10)))
        comes_back = comes_back and back <= LAST
        for line in list(self.open):
            self._end(line, day)
        story.spells.append((began, day))
        story.losses.append(Loss(self.account, day, True, cause, cents, comes_back))
        story.decided, story.left, story.cause = decided, day, cause
        if comes_back:
            story.returned = back
            self._pay_from(back, returned=True)

    def _pause(self, day: int, began: int) -> bool:
        """Maybe pause: seasonal trades stop paying over the winter and come back on an anniversary of their start."""
        if self.story.annual or self.account.segment == "Enterprise" or date_of(day).month not in (11, 12, 1):
            return False
        if self.rng.random() >= 0.022:
            return False
        until = add_months(day, int(self.rng.integers(2, 4)))
        for line in list(self.open):
            self._end(line, day)
        self.story.spells.append((began, day))
        self.story.pauses.append((day, until))
        return True

    def _resume(self, day: int) -> None:
        self.story.seats.append((day, self.seats))
        self._begin(day, f"Tidewell {self.plan}", True, self._base_cents())

    def _change(self, day: int, anniversary: int, month: int, troubled: bool) -> None:
        """Maybe buy more, less, another plan or an add-on on `day`; yearly prices rise at the renewal."""
        account, rng = self.account, self.rng
        if self.story.annual and month % 12 == 0 and rng.random() < 0.55:
            self.price_factor *= 1.0 + float(rng.choice((0.02, 0.03, 0.04)))
            self._reprice(anniversary, change_seats=False)
        if day > LAST or day <= anniversary:
            return
        content = float(np.exp(0.45 * account.contentment)) * (1.0 if account.activates else 0.1)
        draw = rng.random()
        grow = 0.0 if troubled else _GROWTH[account.segment] * content
        shrink = _SHRINK[account.segment] * (3.0 if troubled else 1.0) / max(content, 0.4)
        if draw < grow:
            self._grow(day)
        elif draw < grow + shrink:
            self._shrink(day)

    def _grow(self, day: int) -> None:
        draw = self.rng.random()
        missing = [name for name in ADD_ON_NAMES if all(line.product != name for line in self.open)]
        if draw < 0.22 and missing:
            name = missing[self.rng.integers(len(missing))]
            self._begin(day, name, False, self._add_on_cents(name))
        elif draw < 0.32 and self.plan != "Enterprise":
            self.plan = PLANS[PLANS.index(self.plan) + 1]
            self._reprice(day)
        else:
            self.seats += max(1, round(self.seats * self.rng.uniform(0.10, 0.32)))
            self._reprice(day)

    def _shrink(self, day: int) -> None:
        before = self._mrr()
        add_ons = [line for line in self.open if not line.base]
        draw = self.rng.random()
        if add_ons and draw < 0.4:
            self._end(add_ons[self.rng.integers(len(add_ons))], day)
        elif self.plan != "Starter" and (draw < 0.5 or self.seats == 1):
            self.plan = PLANS[PLANS.index(self.plan) - 1]
            self._reprice(day)
        elif self.seats > 1:
            self.seats = max(1, int(self.seats * self.rng.uniform(0.65, 0.9)))
            self._reprice(day)
        lost = before - self._mrr()
        if lost > 0:
            cause = _DOWNSELL_CAUSES[self.rng.integers(len(_DOWNSELL_CAUSES))]
            self.story.losses.append(Loss(self.account, day, False, cause, lost, False))


def lives(rng: Generator, accounts: list[Account]) -> tuple[list[Story], list[Subscription]]:
    """Return every account's story, in the order of `accounts`, and all contract lines by account and start."""
    subscriptions: list[Subscription] = []
    return [Life(rng, account, subscriptions).run() for account in accounts], subscriptions
