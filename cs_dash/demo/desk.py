"""The help desk's view of the tickets: its export, which tells less than the truth."""

from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from cs_dash.demo.days import FIRST_DAY, LAST
from cs_dash.demo.messages import mail_name, message, pick
from cs_dash.demo.names import PEOPLE
from cs_dash.demo.sheets import Rows
from cs_dash.demo.tickets import Ticket

HEADER = (
    "Ticket ID",
    "Account ID",
    "Requester Email",
    "Created At",
    "First Reply At",
    "Solved At",
    "Status",
    "Priority",
    "Channel",
    "Type",
    "Tags",
    "Product Area",
    "Subject",
    "Description",
    "Language",
    "Satisfaction Rating",
    "Handling Minutes",
    "Assignee",
)
TYPES = {
    "how-to": "Question",
    "defect": "Problem",
    "feature request": "Feature request",
    "account and access": "Login & access",
    "billing": "Billing",
    "outage": "Outage",
    "other": "Other",
}
_TAGS = {
    "how-to": "how_to",
    "defect": "bug",
    "feature request": "feature_request",
    "account and access": "login",
    "billing": "billing",
    "outage": "outage",
    "other": "general",
}
_NEUTRAL_TAGS = ("vip", "follow_up", "phone_call", "escalated", "merged_thread", "weekend")
_CHANNELS = ("email", "web form", "chat", "phone", "in-app")
_AGENTS = ("Freya", "Malik", "Joost", "Renata", "Sunil", "Keiko", "Oskar", "Bianca")
# (chance of urgent, high, normal, low), typical hours to the first reply and to the solution, typical minutes of work
_HANDLING = {
    "how-to": ((0.01, 0.10, 0.66, 0.23), 3.2, 11.0, 16.0),
    "defect": ((0.07, 0.34, 0.50, 0.09), 2.4, 52.0, 38.0),
    "feature request": ((0.0, 0.03, 0.45, 0.52), 7.0, 60.0, 12.0),
    "account and access": ((0.10, 0.42, 0.43, 0.05), 1.0, 4.0, 11.0),
    "billing": ((0.02, 0.16, 0.67, 0.15), 4.2, 20.0, 14.0),
    "outage": ((0.82, 0.18, 0.0, 0.0), 0.4, 5.0, 22.0),
    "other": ((0.0, 0.03, 0.52, 0.45), 8.0, 30.0, 10.0),
}
_PRIORITIES = ("urgent", "high", "normal", "low")
_HASTE = {"urgent": 0.4, "high": 0.65, "normal": 1.0, "low": 1.5}
WITHOUT_TYPE = 0.06
WITHOUT_ACCOUNT = 0.015
BY_NAME = 0.003
RENAMED_TICKETS = 3


def _moment(minute: float) -> datetime:
    return datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day) + timedelta(minutes=int(minute))


def _tags(rng: Generator, kind: str, decides: bool) -> str:
    tags = [_TAGS[kind]] if decides else []
    if rng.random() < 0.25:
        tags.append(pick(rng, _NEUTRAL_TAGS))
    return ", ".join(tags)


def _times(rng: Generator, ticket: Ticket, priority: str) -> tuple[datetime | None, datetime | None]:
    """Return first reply and solution, each None when it had not come by the last day."""
    _, reply_hours, solve_hours, _ = _HANDLING[ticket.kind]
    haste = _HASTE[priority] * (4.0 if ticket.story.cause == "service" else 1.0)
    reply = ticket.minute + 3 + rng.lognormal(np.log(reply_hours * haste * 60), 0.85)
    solved = reply + 5 + rng.lognormal(np.log(solve_hours * haste * 60), 0.95)
    if rng.random() < 0.012:
        solved = np.inf  # forgotten, still open
    end = (LAST + 1) * 1440
    return (_moment(reply) if reply < end else None), (_moment(solved) if solved < end else None)


def _rating(rng: Generator, ticket: Ticket, solved: bool) -> int | None:
    if not solved or rng.random() >= 0.34:
        return None
    mood = 4.25 + 0.25 * ticket.story.account.contentment - (0.55 if ticket.kind in ("defect", "outage") else 0.0)
    mood -= 1.4 if ticket.story.cause == "service" else 0.0
    return int(np.clip(round(rng.normal(mood, 0.95)), 1, 5))


def ticket_row(rng: Generator, ticket: Ticket) -> list[object]:
    """Return a ticket as a row of the export, with its account's id."""
    chances, _, _, work = _HANDLING[ticket.kind]
    priority = _PRIORITIES[rng.choice(4, p=chances)]
    reply, solved = _times(rng, ticket, priority)
    typed = rng.random() >= WITHOUT_TYPE
    account = ticket.story.account
    subject, body = message(rng, ticket)
    status = ("closed" if rng.random() < 0.6 else "solved") if solved else "pending" if reply else "open"
    handled = round(rng.lognormal(np.log(work), 0.55), 0) if solved and rng.random() < 0.62 else None
    person = mail_name(pick(rng, PEOPLE[account.language]))
    return [
        100_000 + ticket.number,
        account.account_id,
        f"{person}@{account.domain}",
        _moment(ticket.minute),
        reply,
        solved,
        status,
        priority,
        _CHANNELS[rng.choice(5, p=(0.44, 0.2, 0.17, 0.07, 0.12))],
        TYPES[ticket.kind] if typed else None,
        _tags(rng, ticket.kind, decides=rng.random() < (0.3 if typed else 0.5)) or None,
        ticket.area,
        subject,
        body,
        ticket.language,
        _rating(rng, ticket, solved is not None),
        handled,
        pick(rng, _AGENTS),
    ]


def ticket_sheet(rng: Generator, tickets: list[Ticket], former_names: dict[str, str]) -> tuple[Rows, dict[str, int]]:
    """Return the export's rows and how many blemishes of each sort it has.

    `former_names` maps the ids of renamed accounts to the names that some of their old tickets still carry.
    """
    blemishes = {
        "tickets_without_account": 0,
        "tickets_by_account_name": 0,
        "tickets_by_former_name": 0,
        "duplicate_tickets": 0,
    }
    rows: Rows = []
    chance = rng.spawn(1)[0]  # its own stream, so that a new sentence moves no blemish
    for ticket in tickets:
        row = ticket_row(rng, ticket)
        account = ticket.story.account
        draw = chance.random()
        if account.account_id in former_names and blemishes["tickets_by_former_name"] < RENAMED_TICKETS:
            row[1] = former_names[account.account_id]
            blemishes["tickets_by_former_name"] += 1
        elif draw < WITHOUT_ACCOUNT:
            row[1], row[2] = None, f"{str(row[2]).split('@')[0]}@inbox.example"
            blemishes["tickets_without_account"] += 1
        elif draw < WITHOUT_ACCOUNT + BY_NAME:
            row[1] = account.name
            blemishes["tickets_by_account_name"] += 1
        rows.append(row)
        if chance.random() < 0.0015:
            rows.append(list(row))
            blemishes["duplicate_tickets"] += 1
    return rows, blemishes
