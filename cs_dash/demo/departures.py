"""The churn log: what was recorded when customers churned or shrank, which is mostly the truth."""

from dataclasses import dataclass

from numpy.random import Generator

from cs_dash.demo.contracts import CAUSES, Loss, Story
from cs_dash.demo.days import LAST, date_of
from cs_dash.demo.ledger import Cents
from cs_dash.demo.messages import pick
from cs_dash.demo.sheets import Rows

HEADER = (
    "Churn ID",
    "Account ID",
    "Churn Date",
    "Scope",
    "Reason",
    "Secondary Reason",
    "MRR Lost",
    "Competitor",
    "Comment",
)

REASONS = {
    "onboarding": "Onboarding never finished",
    "adoption": "Low adoption",
    "quality": "Product quality",
    "product gap": "Missing feature",
    "price": "Price",
    "budget": "Budget cut",
    "competitor": "Switched to competitor",
    "champion left": "Champion left",
    "oversold": "Not what was promised",
    "service": "Poor support",
    "business closed": "Company closed or acquired",
    "payment failed": "Payment failed",
}
UNKNOWN = "Unknown"
_COMMENTS = {
    "onboarding": (
        "We never really got going.",
        "The set-up took too long and then the season started.",
        "Our data was never loaded completely.",
    ),
    "adoption": (
        "Our planners went back to the whiteboard.",
        "Only one person used it.",
        "We did not see the value for us.",
    ),
    "quality": (
        "The app lost entries once too often.",
        "Too many errors, our crews lost trust.",
        "Reports were wrong three months in a row.",
    ),
    "product gap": (
        "We need stock keeping.",
        "No timeline for long projects.",
        "It cannot do what our new contract demands.",
    ),
    "price": ("Too expensive for what we use.", "The increase at renewal was too much."),
    "budget": ("All tools were cut by head office.", "We have to save this year.", "Hiring stop, fewer planners."),
    "competitor": (
        "Moving to a suite that includes accounting.",
        "The group uses another system.",
        "They offered us the first year free.",
    ),
    "champion left": ("The colleague who ran it has left.", "New management brings its own tool."),
    "oversold": ("Sales told us the stock module was ready.", "We were promised an interface that does not exist."),
    "service": ("We waited days for answers.", "Nobody called back."),
    "business closed": ("We are closing the business.", "We were taken over and join their contract."),
    "payment failed": ("Three collection attempts failed.", "Account suspended after failed payments."),
}
_COMPETITORS = ("Crewplan", "Dispatchly", "Wartungsheld", "In-house tool", "Spreadsheet")
MISSING_EVENTS = 3
WITHDRAWN_NOTICES = 4
CONTRADICTED_COMMENTS = 5
_UNKNOWN_SHARE = 0.05
_DOWNSELLS_LOGGED = 0.85


@dataclass(frozen=True)
class Departure:
    """One row of the churn log with the cause behind it."""

    account_id: str
    day: int
    full: bool
    cents: int
    cause: str
    reason: str
    secondary: str | None
    comment: str | None
    contradicted: bool = False


@dataclass(frozen=True)
class ChurnLog:
    """The rows in order of date, the accounts that churned without one, and those listed without having churned."""

    departures: list[Departure]
    left_without_event: list[str]
    event_but_paying: list[str]


def _departure(rng: Generator, loss: Loss) -> Departure:
    reason = UNKNOWN if rng.random() < _UNKNOWN_SHARE else REASONS[loss.cause]
    other = pick(rng, [REASONS[cause] for cause in CAUSES if cause != loss.cause])
    comment = pick(rng, _COMMENTS[loss.cause]) if rng.random() < 0.72 else None
    return Departure(
        loss.account.account_id,
        loss.day,
        loss.full,
        loss.cents,
        loss.cause,
        reason,
        other if reason != UNKNOWN and rng.random() < 0.22 else None,
        comment,
    )


def _contradict(rng: Generator, departures: list[Departure]) -> list[Departure]:
    """Return the rows, a few of them with price as the reason and a comment about something else."""
    candidates = [
        n
        for n, row in enumerate(departures)
        if row.full and row.cause in ("quality", "onboarding") and row.reason != UNKNOWN
    ]
    chosen = set(rng.permutation(candidates)[:CONTRADICTED_COMMENTS].tolist())
    return [
        Departure(
            row.account_id,
            row.day,
            row.full,
            row.cents,
            row.cause,
            REASONS["price"],
            None,
            pick(rng, _COMMENTS[row.cause]),
            True,
        )
        if number in chosen
        else row
        for number, row in enumerate(departures)
    ]


def churn_log(rng: Generator, stories: list[Story], ledger: Cents) -> ChurnLog:
    """Return what the company recorded: all losses but a few, and a few notices that were withdrawn."""
    losses = [loss for story in stories for loss in story.losses]
    leavers = [loss for loss in losses if loss.full and not loss.came_back]
    forgotten = {leavers[n].account.account_id for n in rng.permutation(len(leavers))[:MISSING_EVENTS]}
    recorded = [
        loss
        for loss in losses
        if (loss.full and loss.account.account_id not in forgotten)
        or (not loss.full and rng.random() < _DOWNSELLS_LOGGED)
    ]
    departures = _contradict(rng, [_departure(rng, loss) for loss in recorded])
    steady = [
        story.account
        for story in stories
        if story.losses == []
        and story.decided is None
        and not story.pauses
        and ledger[story.account.number, LAST - 240 :].all()
    ]
    withdrawn = [steady[n] for n in rng.permutation(len(steady))[:WITHDRAWN_NOTICES]]
    for account in withdrawn:
        day = LAST - int(rng.integers(40, 200))
        cents = int(ledger[account.number, day])
        comment = "Gave notice, talks are going on."
        departures.append(Departure(account.account_id, day, True, cents, "price", REASONS["price"], None, comment))
    departures.sort(key=lambda row: (row.day, row.account_id))
    return ChurnLog(departures, sorted(forgotten), sorted(account.account_id for account in withdrawn))


def churn_rows(rng: Generator, log: ChurnLog) -> Rows:
    """Return the log as rows of the workbook."""
    return [
        [
            f"CH-{number:03d}",
            row.account_id,
            date_of(row.day),
            "Full churn" if row.full else "Downsell",
            row.reason,
            row.secondary,
            row.cents / 100,
            pick(rng, _COMPETITORS) if row.cause == "competitor" and row.full else None,
            row.comment,
        ]
        for number, row in enumerate(log.departures, start=1)
    ]
