"""Tidewell, an invented maker of planning software for service crews: simulated, and written as its spreadsheets.

The files enter through the normal upload like any others. Everything is drawn from one seed, each part from its own
stream, so that the same seed gives the same bytes. The true figures of the company are in `truth`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from cs_dash.demo import articles as help_center
from cs_dash.demo import departures, desk, journey, registry, voices
from cs_dash.demo.accounts import Account, accounts
from cs_dash.demo.contracts import Story, Subscription
from cs_dash.demo.days import date_of
from cs_dash.demo.departures import ChurnLog, churn_log
from cs_dash.demo.ledger import Cents, daily_cents
from cs_dash.demo.life import lives
from cs_dash.demo.sheets import Rows, write_csv, write_xlsx
from cs_dash.demo.tickets import Ticket, tickets
from cs_dash.demo.usage import FEATURES, Uses, uses

SEED = 4
FILES = (
    "accounts.csv",
    "subscriptions.csv",
    "usage.xlsx",
    "tickets.xlsx",
    "churn.xlsx",
    "surveys.csv",
    "notes.csv",
    "feature_requests.csv",
    "milestones.csv",
    "articles.csv",
)
USAGE_HEADER = ("Account ID", "User ID", "Date", "Feature", "Core Feature", "Uses")


@dataclass(frozen=True)
class Company:
    """The simulated company: the events from which its files follow."""

    seed: int
    accounts: list[Account]
    stories: list[Story]
    subscriptions: list[Subscription]
    ledger: Cents
    uses: Uses
    activity: NDArray[np.float64]
    tickets: list[Ticket]
    churn: ChurnLog
    former_names: dict[str, str]


def _stream(seed: int, part: str) -> Generator:
    return np.random.default_rng([seed, *part.encode()])


def _renamed(rng: Generator, customers: list[Account]) -> tuple[list[Account], dict[str, str]]:
    """Give one early mid-market account a new name; return the accounts and {account_id: former name}."""
    early = [
        account
        for account in customers[:120]
        if account.segment == "Mid-market" and account.language == "en" and account.activates
    ]
    chosen = early[int(rng.integers(len(early)))]
    renamed = replace(chosen, name=f"{chosen.name.split(' ')[0]} One")
    return [renamed if account is chosen else account for account in customers], {chosen.account_id: chosen.name}


@lru_cache(maxsize=1)
def simulate(seed: int = SEED) -> Company:
    """Return the company of a seed; the same seed gives the same company."""
    people, former_names = _renamed(_stream(seed, "rename"), accounts(_stream(seed, "accounts")))
    stories, subscriptions = lives(_stream(seed, "lives"), people)
    ledger = daily_cents(len(people), subscriptions)
    used, activity = uses(_stream(seed, "usage"), stories)
    written = tickets(_stream(seed, "tickets"), stories, activity)
    log = churn_log(_stream(seed, "churn"), stories, ledger)
    return Company(seed, people, stories, subscriptions, ledger, used, activity, written, log, former_names)


def usage_rows(company: Company) -> Iterator[list[object]]:
    """Yield one row per user, week and feature; the date is the day in that week on which it was used first."""
    ids = [account.account_id for account in company.accounts]
    names = [(name, "Yes" if core else "No") for name, core, _, _ in FEATURES]
    dates = [date_of(day) for day in range(int(company.uses.day.max()) + 1)]
    columns = (company.uses.account, company.uses.user, company.uses.day, company.uses.feature, company.uses.count)
    for account, user, day, feature, count in zip(*(column.tolist() for column in columns), strict=True):
        yield [ids[account], f"{ids[account][4:]}-{user + 1:02d}", dates[day], *names[feature], count]


def ticket_sheet(company: Company) -> tuple[Rows, dict[str, int]]:
    """Return the help desk's rows and how many blemishes of each sort they have."""
    return desk.ticket_sheet(_stream(company.seed, "desk"), company.tickets, company.former_names)


def sheets(company: Company) -> dict[str, tuple[tuple[str, ...], Rows]]:
    """Return header and rows of every file but usage.xlsx, by file name."""

    def stream(part: str) -> Generator:
        return _stream(company.seed, part)

    stories, activity = company.stories, company.activity
    return {
        "accounts.csv": (
            registry.ACCOUNT_HEADER,
            registry.account_rows(stream("list"), stories, company.subscriptions),
        ),
        "subscriptions.csv": (
            registry.SUBSCRIPTION_HEADER,
            registry.subscription_rows(stream("billing"), company.subscriptions),
        ),
        "tickets.xlsx": (desk.HEADER, ticket_sheet(company)[0]),
        "churn.xlsx": (departures.HEADER, departures.churn_rows(stream("log"), company.churn)),
        "surveys.csv": (voices.SURVEY_HEADER, voices.survey_rows(stream("surveys"), stories, activity)),
        "notes.csv": (voices.NOTE_HEADER, voices.note_rows(stream("notes"), stories, activity)),
        "feature_requests.csv": (journey.REQUEST_HEADER, journey.request_rows(stream("requests"), company.tickets)),
        "milestones.csv": (journey.MILESTONE_HEADER, journey.milestone_rows(stream("journey"), stories, company.uses)),
        "articles.csv": (help_center.HEADER, help_center.article_rows(stream("articles"))),
    }


def write(folder: Path, seed: int = SEED) -> list[Path]:
    """Write the company's ten files into `folder`, made if missing, and return their paths in the order of FILES."""
    company = simulate(seed)
    folder.mkdir(parents=True, exist_ok=True)
    tables = sheets(company)
    paths = []
    for name in FILES:
        header, rows = (USAGE_HEADER, usage_rows(company)) if name == "usage.xlsx" else tables[name]
        if name.endswith(".csv"):
            paths.append(write_csv(folder / name, header, rows))
        else:
            paths.append(write_xlsx(folder / name, name.removesuffix(".xlsx").capitalize(), header, rows))
    return paths
