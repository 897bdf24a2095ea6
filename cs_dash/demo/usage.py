"""The usage of features, week by week: one row per user, week and feature with a count."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from cs_dash.demo.contracts import ABRUPT, Story
from cs_dash.demo.days import LAST, SEASON, WEEKS, date_of, week_start

# (name, core, chance that an active user of a settled account uses it in a week, mean uses when used)
FEATURES = (
    ("Job board", True, 0.42, 14.0),
    ("Scheduling", True, 0.31, 11.0),
    ("Time tracking", True, 0.15, 6.0),
    ("Checklists", True, 0.11, 5.0),
    ("Customer reports", True, 0.08, 3.0),
    ("Dashboards", False, 0.06, 3.0),
    ("Automations", False, 0.04, 2.0),
    ("Integrations", False, 0.04, 2.0),
    ("Invoice export", False, 0.05, 2.0),
    ("Data import", False, 0.03, 2.0),
)
_CHANCE = np.array([chance for _, _, chance, _ in FEATURES])
_USES = np.array([uses for _, _, _, uses in FEATURES])
_CORE = np.array([core for _, core, _, _ in FEATURES])
_NEVER_ACTIVATED = np.where(_CORE, 0.10, 0.9) * _CHANCE + np.array([0, 0, 0, 0, 0, 0.15, 0, 0, 0, 0.35])


@dataclass(frozen=True)
class Uses:
    """The usage file in columns: account and feature as indices, user within its account, day number, count."""

    account: NDArray[np.int64]
    user: NDArray[np.int64]
    day: NDArray[np.int64]
    feature: NDArray[np.int64]
    count: NDArray[np.int64]


def activity(rng: Generator, story: Story) -> NDArray[np.float64]:
    """Return the share of an account's planners at work in each week, shape (WEEKS,); 0 without access."""
    account = story.account
    days = np.array([week_start(week) for week in range(WEEKS)])
    open_ = np.zeros(WEEKS)
    for start, end in story.spells:
        open_[(days + 6 >= start) & (days < end)] = 1.0
    since = (days - account.signed) / 7.0
    level = (
        0.10
        if not account.activates
        else float(np.clip(0.60 + 0.10 * account.contentment + rng.normal(0, 0.05), 0.3, 0.86))
    )
    settled = level * np.clip(0.35 + 0.65 * since / 7.0, 0.35, 1.0)
    if not account.activates:
        settled = np.where(since < 3, 0.30, level)
    drift = np.zeros(WEEKS)
    shocks = rng.normal(0, 0.045, WEEKS)
    for week in range(1, WEEKS):
        drift[week] = 0.85 * drift[week - 1] + shocks[week]
    season = np.array(
        [1.0 - 0.55 * (1.0 - min(SEASON[date_of(min(int(day) + 3, LAST)).month - 1], 1.0)) for day in days]
    )
    busy: NDArray[np.float64] = np.clip(settled * np.exp(drift) * season, 0.0, 0.95) * open_ * _decline(story, days)
    return busy


def _decline(story: Story, days: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the factor by which usage shrinks before an exit, or temporarily in a slump without consequences."""
    factor = np.ones(WEEKS)
    if story.slump is not None:
        factor[(days >= story.slump[0]) & (days < story.slump[1])] = 0.45
    if story.decided is None or not story.account.activates:
        return factor
    depth, lead = (0.75, 20) if story.cause in ABRUPT else (0.30, 75)
    first = story.decided - lead
    last = story.left if story.left is not None else story.decided + 70
    ramp = np.clip((days - first) / max(min(last - first, 150), 1), 0.0, 1.0)
    leaving = 1.0 - (1.0 - depth) * ramp
    if story.cause == "champion left":
        leaving = np.where(days >= story.decided - 40, 0.40, 1.0)
    if story.returned is not None:
        leaving = np.where(days >= story.returned, 1.0, leaving)
    shrunk: NDArray[np.float64] = factor * leaving
    return shrunk


def _account_uses(rng: Generator, story: Story, busy: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Return the account's rows as columns [user, day, feature, count]."""
    seats = np.array([story.seats_on(week_start(week) + 3) for week in range(WEEKS)])
    people = max(int(seats.max()), 1)
    habit = rng.beta(3.0, 1.6, people) / (3.0 / 4.6)
    seated = np.arange(people)[:, None] < seats[None, :]
    active = (rng.random((people, WEEKS)) < np.clip(habit[:, None] * busy[None, :], 0, 0.98)) & seated
    liking = rng.lognormal(0.0, 0.5, (people, len(FEATURES)))
    chance = _CHANCE if story.account.activates else _NEVER_ACTIVATED
    weeks_in = (np.arange(WEEKS) * 7 - story.account.signed) / 7.0
    discovered = np.where(_CORE[None, :], 1.0, np.clip(weeks_in[:, None] / 26.0, 0.25, 1.0))
    odds = np.clip(chance * liking, 0, 0.95)[:, None, :] * discovered[None, :, :]
    used = (rng.random((people, WEEKS, len(FEATURES))) < odds) & active[:, :, None]
    user, week, feature = np.nonzero(used)
    day = week * 7 + week_start(0) + rng.choice(5, size=len(week), p=(0.3, 0.23, 0.2, 0.16, 0.11))
    count = 1 + rng.poisson(_USES[feature] * habit[user])
    keep = np.array([story.has_access(int(used_day)) for used_day in day], dtype=bool) & (day <= LAST)
    return [user[keep], day[keep], feature[keep], count[keep]]


def uses(rng: Generator, stories: list[Story]) -> tuple[Uses, NDArray[np.float64]]:
    """Return all usage, by account, user, week and feature, and the activity of shape (accounts, WEEKS)."""
    levels = np.array([activity(rng, story) for story in stories])
    parts: list[list[NDArray[np.int64]]] = []
    for story in stories:
        user, day, feature, count = _account_uses(rng, story, levels[story.account.number])
        parts.append([np.full(len(user), story.account.number), user, day, feature, count])
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Uses(*columns), levels
