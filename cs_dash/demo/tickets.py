"""When customers write to support and about what: counts per account, week and issue, then one ticket each."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from cs_dash.demo.contracts import Story
from cs_dash.demo.days import LAST, SEASON, WEEKS, date_of, week_start
from cs_dash.demo.improvements import rate_factor
from cs_dash.demo.phrases import phrases

TICKETS = 15_000
KIND_SHARES = {
    "how-to": 0.38,
    "defect": 0.22,
    "feature request": 0.09,
    "account and access": 0.12,
    "billing": 0.10,
    "outage": 0.04,
    "other": 0.05,
}
LANGUAGE_SHARES = {"en": 0.70, "ru": 0.08, "zh": 0.07, "de": 0.08, "es": 0.07}

# How-to topics: weight among how-to tickets, and how much more often they come in an account's first 90 days.
TOPICS = {
    "import-data": (13.0, 4.5),
    "invite-users": (7.0, 5.0),
    "roles-permissions": (8.5, 3.0),
    "recurring-jobs": (6.5, 2.4),
    "export-report": (12.0, 1.3),
    "custom-fields": (5.0, 2.8),
    "calendar-sync": (4.5, 2.4),
    "notifications": (8.0, 1.8),
    "automations": (4.0, 1.0),
    "dashboards": (4.0, 1.2),
    "time-tracking": (5.5, 1.6),
    "checklists": (5.0, 2.0),
    "offline-app": (3.5, 1.6),
    "api-webhooks": (2.8, 1.2),
    "single-sign-on": (2.2, 2.0),
    "bulk-edit": (3.2, 1.0),
    "invoice-handover": (3.3, 1.1),
    "archive": (2.0, 0.3),
}
OUTAGES = (
    "2023-12-05",
    "2024-03-21",
    "2024-06-11",
    "2024-10-15",
    "2025-01-28",
    "2025-05-06",
    "2025-09-17",
    "2025-11-25",
    "2026-03-03",
    "2026-06-24",
)


@dataclass(frozen=True)
class Ticket:
    """One request. `minute` counts from FIRST_DAY 00:00 UTC; `kind` and `issue` are true, whatever the file says."""

    number: int
    story: Story
    minute: int
    kind: str
    issue: str
    area: str
    language: str

    @property
    def day(self) -> int:
        """The day number it came in."""
        return self.minute // 1440


def _exposure(stories: list[Story], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the exposure of each account to writing, (accounts, WEEKS): access x size x activity x season."""
    exposure = np.zeros((len(stories), WEEKS))
    for row, story in enumerate(stories):
        for week in range(WEEKS):
            monday = week_start(week)
            open_days = sum(story.has_access(day) for day in range(monday, min(monday + 5, LAST + 1)))
            if open_days:
                seats = max(story.seats_on(min(monday + 4, LAST)), 1)
                month = date_of(min(monday + 3, LAST)).month
                exposure[row, week] = open_days / 5 * seats**0.62 * SEASON[month - 1] * (0.35 + levels[row, week])
    return exposure


def _newness(stories: list[Story], boost: float) -> NDArray[np.float64]:
    """Return how much more frequent a topic is for new accounts, (accounts, WEEKS): `boost` in the first 90 days."""
    signed = np.array([story.account.signed for story in stories])
    age = np.array([week_start(week) + 3 for week in range(WEEKS)])[None, :] - signed[:, None]
    return np.where(age < 90, boost, 1.0 + (boost - 1.0) * 0.25 * np.exp(-(age - 90) / 120.0))


def _leaning(stories: list[Story], kind: str) -> NDArray[np.float64]:
    """Return how much more an account writes about a kind because of its story, (accounts, WEEKS)."""
    factor = np.ones((len(stories), WEEKS))
    days = np.array([week_start(week) for week in range(WEEKS)])
    for row, story in enumerate(stories):
        account = story.account
        if kind == "defect" and account.defect_prone:
            factor[row, days > account.signed + 45] *= 3.2
        if kind == "defect" and story.cause == "quality" and story.decided is not None:
            factor[row, (days > story.decided - 120) & (days <= story.decided + 30)] *= 1.8
        if kind == "feature request" and story.cause in ("product gap", "oversold"):
            factor[row] *= 2.6
        if kind == "billing" and story.cause in ("payment failed", "price", "budget") and story.decided is not None:
            factor[row, days > story.decided - 60] *= 3.0
        if kind == "how-to" and not account.activates:
            factor[row, days > account.signed + 60] *= 0.35
    return factor


def _outage_weeks() -> NDArray[np.float64]:
    weights = np.full(WEEKS, 0.02)
    for day in OUTAGES:
        weights[int((np.datetime64(day) - np.datetime64("2023-10-02")).astype(int)) // 7] = 1.0
    return weights


def _issue_weights(kind: str) -> dict[str, float]:
    if kind == "how-to":
        return {topic: weight for topic, (weight, _) in TOPICS.items()}
    return {issue.key: 1.0 / (1.0 + 0.25 * rank) for rank, issue in enumerate(phrases("en").of_kind(kind))}


def _counts(
    rng: Generator, stories: list[Story], base: NDArray[np.float64]
) -> list[tuple[str, str, NDArray[np.int64]]]:
    """Return (kind, issue, counts of shape (accounts, WEEKS)); each kind's expected total is its share of TICKETS."""
    factors = np.array([[rate_factor(topic, week_start(week) + 3) for week in range(WEEKS)] for topic in TOPICS])
    by_issue = []
    for kind, share in KIND_SHARES.items():
        leaning = base * _leaning(stories, kind) * (_outage_weeks() if kind == "outage" else 1.0)
        weights = _issue_weights(kind)
        rates = []
        for position, (issue, weight) in enumerate(weights.items()):
            rate = weight * leaning
            if kind == "how-to":
                newness = _newness(stories, TOPICS[issue][1])
                rate = rate * newness * (leaning.sum() / (leaning * newness).sum()) * factors[position]
            rates.append(rate)
        scale = share * TICKETS / sum(float(rate.sum()) for rate in rates)
        by_issue += [(kind, issue, rng.poisson(rate * scale)) for issue, rate in zip(weights, rates, strict=True)]
    return by_issue


def _minute(rng: Generator, story: Story, week: int, kind: str) -> int:
    """Return a moment of the week at which the account had access; most people write during working hours."""
    monday = week_start(week)
    days = [day for day in range(monday, min(monday + 7, LAST + 1)) if story.has_access(day)]
    working = [day for day in days if day < monday + 5]
    day = int(rng.choice(working if working and rng.random() < 0.96 else days))
    if kind == "outage":
        outages = [int((np.datetime64(text) - np.datetime64("2023-10-01")).astype(int)) for text in OUTAGES]
        outages_here = [outage for outage in outages if outage in days]
        if outages_here:
            return outages_here[0] * 1440 + 8 * 60 + int(rng.exponential(70.0)) % 600
    hour = float(np.clip(rng.normal(11.3, 2.9), 0.2, 23.8))
    return day * 1440 + int(hour * 60)


def _languages(rng: Generator, homes: list[str]) -> list[str]:
    """Return each ticket's language: the account's own, or English, so that the shares come out as LANGUAGE_SHARES."""
    chance = {
        language: min(share * len(homes) / max(homes.count(language), 1), 0.98)
        for language, share in LANGUAGE_SHARES.items()
    }
    return [home if home == "en" or rng.random() < chance[home] else "en" for home in homes]


def tickets(rng: Generator, stories: list[Story], levels: NDArray[np.float64]) -> list[Ticket]:
    """Return all tickets in the order in which they came in, numbered from 1."""
    areas = {(issue.kind, issue.key): issue.area for issue in phrases("en").issues}
    requests: list[tuple[int, int, str, str]] = []
    for kind, issue, counts in _counts(rng, stories, _exposure(stories, levels)):
        for row, week in zip(*np.nonzero(counts), strict=True):
            for _ in range(int(counts[row, week])):
                requests.append((_minute(rng, stories[row], int(week), kind), int(row), kind, issue))
    requests.sort()
    languages = _languages(rng, [stories[row].account.language for _, row, _, _ in requests])
    return [
        Ticket(number, stories[row], minute, kind, issue, areas[kind, issue], language)
        for number, ((minute, row, kind, issue), language) in enumerate(zip(requests, languages, strict=True), start=1)
    ]
