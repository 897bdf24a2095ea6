"""The parts of a contract: plans, prices, lines and losses, and an account's story, which unfolds in `life`."""

from dataclasses import dataclass, field

from cs_dash.demo.accounts import Account

PLANS = ("Starter", "Team", "Business", "Enterprise")
PRICE = {"Starter": 15900, "Team": 27900, "Business": 40900, "Enterprise": 58900}  # cents per planner seat and month
ADD_ONS = {"Route optimisation": 0.16, "Customer portal": 0.12, "Advanced analytics": 0.14, "Premium support": 0.10}
ADD_ON_NAMES = tuple(ADD_ONS)

CAUSES = (
    "onboarding",
    "adoption",
    "quality",
    "product gap",
    "price",
    "budget",
    "competitor",
    "champion left",
    "oversold",
    "service",
    "business closed",
    "payment failed",
)
ABRUPT = ("business closed", "payment failed", "budget")


@dataclass
class Subscription:
    """One line of a contract, in force from `start` up to but not including `end` (None: still running)."""

    number: int
    account: Account
    product: str
    base: bool
    plan: str
    seats: int
    cents: int  # a month
    annual: bool
    trial: bool
    start: int
    end: int | None = None
    term_start: int = 0


@dataclass(frozen=True)
class Loss:
    """Revenue that an account cancelled: all of it (`full`) or a part. `cause` is one of CAUSES."""

    account: Account
    day: int
    full: bool
    cause: str
    cents: int
    came_back: bool


@dataclass
class Story:
    """What happened to one account's contract, in day numbers; `paid_from` is None for a trial that never paid."""

    account: Account
    annual: bool = False
    paid_from: int | None = None
    seats: list[tuple[int, int]] = field(default_factory=list)  # (day, seats from then on)
    spells: list[tuple[int, int]] = field(default_factory=list)  # [from, to) with access, trials included
    decided: int | None = None
    left: int | None = None
    cause: str = ""
    losses: list[Loss] = field(default_factory=list)
    pauses: list[tuple[int, int]] = field(default_factory=list)
    returned: int | None = None
    slump: tuple[int, int] | None = None  # quiet weeks that meant nothing

    def has_access(self, day: int) -> bool:
        """Return whether the account's people could use the product on a day."""
        return any(start <= day < end for start, end in self.spells)

    def seats_on(self, day: int) -> int:
        """Return the planner seats on a day, 0 before the first contract."""
        return next((seats for since, seats in reversed(self.seats) if since <= day), 0)
