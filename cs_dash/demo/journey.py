"""The milestones of each customer, what was shipped to all, and the features that customers requested."""

import numpy as np
from numpy.random import Generator

from cs_dash.demo.contracts import Story
from cs_dash.demo.days import LAST, add_months, date_of, day_of
from cs_dash.demo.improvements import IMPROVEMENTS
from cs_dash.demo.phrases import phrases
from cs_dash.demo.sheets import Rows
from cs_dash.demo.tickets import Ticket
from cs_dash.demo.usage import FEATURES, Uses

MILESTONE_HEADER = ("Milestone ID", "Account ID", "Date", "Milestone", "Title", "Topic")
REQUEST_HEADER = ("Request ID", "Account ID", "Requested On", "Title", "Description", "Status", "Votes", "Product Area")
_CORE = np.array([core for _, core, _, _ in FEATURES])
_WISHES = {
    "gantt-view": ("Timeline view over several weeks", "Long installations as bars next to each other.", "planned"),
    "customer-signature": ("Several signatures on one report", "Sign all visits of a day at once.", "under review"),
    "dark-mode": ("Dark mode in the phone app", "Night shifts are blinded by the white screen.", "shipped"),
    "stock-keeping": ("Stock in vans", "Know which parts are where, and reorder in time.", "under review"),
    "map-view": ("Map of the day's jobs", "Jobs and crews on a map, coloured by priority.", "planned"),
    "powerpoint-export": ("Export charts to PowerPoint", "Monthly meetings need slides.", "declined"),
}


def _used_milestones(uses: Uses, rows: slice) -> list[tuple[int, str]]:
    """Return first login, first value (ten core uses) and adopted (three core features in use), where reached."""
    days, features, counts = uses.day[rows], uses.feature[rows], uses.count[rows]
    if not len(days):
        return []
    order = np.argsort(days, kind="stable")
    days, features, counts = days[order], features[order], counts[order]
    reached = [(int(days[0]), "first login")]
    core_uses = np.cumsum(np.where(_CORE[features], counts, 0))
    if core_uses[-1] >= 10:
        reached.append((int(days[np.argmax(core_uses >= 10)]), "first value"))
        core_features: set[int] = set()
        for day, feature in zip(days, features, strict=True):
            if _CORE[feature]:
                core_features.add(int(feature))
            if len(core_features) >= 3 and day >= days[0] + 21:
                reached.append((int(day), "adopted"))
                break
    return reached


def _account_milestones(rng: Generator, story: Story, uses: Uses, rows: slice) -> list[tuple[int, str]]:
    account = story.account
    steps = [(account.signed, "signed")]
    if account.segment != "SMB" or rng.random() < 0.45:
        steps.append((account.signed + int(rng.integers(2, 16)), "kick-off"))
    steps += _used_milestones(uses, rows)
    if story.annual and story.paid_from is not None:
        for years in range(1, 4):
            day = add_months(story.paid_from, 12 * years)
            if day <= LAST and story.has_access(day):
                steps.append((day, "renewal"))
    return [step for step in steps if step[0] <= LAST]


def milestone_rows(rng: Generator, stories: list[Story], uses: Uses) -> Rows:
    """Return the milestones by date; those without an account are what was shipped to everybody."""
    starts = np.searchsorted(uses.account, np.arange(len(stories) + 1))
    reached: list[tuple[int, str, str, str | None, str | None]] = []
    for row, story in enumerate(stories):
        rows = slice(int(starts[row]), int(starts[row + 1]))
        reached += [
            (day, story.account.account_id, step, None, None)
            for day, step in _account_milestones(rng, story, uses, rows)
        ]
    reached += [
        (day_of(improvement.shipped), "", "shipped", improvement.title, improvement.topic.replace("-", " "))
        for improvement in IMPROVEMENTS
    ]
    reached.sort(key=lambda step: step[:3])
    return [
        [f"MS-{number}", account_id, date_of(day).isoformat(), step, title, topic]
        for number, (day, account_id, step, title, topic) in enumerate(reached, start=1)
    ]


def request_rows(rng: Generator, tickets: list[Ticket]) -> Rows:
    """Return the requests that support passed on to product: about a third of the tickets that ask for something."""
    areas = {issue.key: issue.area for issue in phrases("en").of_kind("feature request")}
    rows: Rows = []
    for ticket in tickets:
        if ticket.kind == "feature request" and rng.random() < 0.36:
            title, description, status = _WISHES[ticket.issue]
            status = "new" if ticket.day > LAST - 30 else status
            rows.append(
                [
                    f"FR-{len(rows) + 1}",
                    ticket.story.account.account_id,
                    date_of(ticket.day).isoformat(),
                    title,
                    description,
                    status,
                    1 + int(rng.poisson(2.0)),
                    areas[ticket.issue],
                ]
            )
    return rows
