"""The true figures of the demo company, known from the simulation: plain arithmetic over its own objects, no SQL."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np

from cs_dash.demo.accounts import SEGMENTS
from cs_dash.demo.articles import ARTICLES, BADLY_COVERED, WITHOUT_ARTICLE
from cs_dash.demo.company import SEED, Company, sheets, simulate, ticket_sheet
from cs_dash.demo.days import FIRST_DAY, LAST_DAY
from cs_dash.demo.departures import CONTRADICTED_COMMENTS, ChurnLog
from cs_dash.demo.improvements import IMPROVEMENTS
from cs_dash.demo.ledger import Cents, Movements, Retention, bridge, retention
from cs_dash.demo.registry import DUPLICATE_SUBSCRIPTIONS


@dataclass(frozen=True)
class TrueEffect:
    """The true effect of something shipped; `effect` is the change of its topic's ticket rate (-0.5: half as many)."""

    title: str
    topic: str
    shipped: str
    effect: float
    tellable: bool


@dataclass(frozen=True)
class Truth:
    """The figures that a product should find in the ten files. Money in EUR a month, shares from 0 to 1.

    Tickets are counted once each: repeated rows of the export are in `blemishes`. `churn_by_cause` holds the true
    causes of churn, `churn_by_reason` those of the churn log; `left_without_event` and `event_but_paying` are account
    ids.
    """

    seed: int
    first_day: str
    last_day: str
    accounts: int
    accounts_by_segment: dict[str, int]
    never_activated: int
    subscriptions: int
    usage_rows: int
    tickets: int
    tickets_by_kind: dict[str, int]
    howto_by_topic: dict[str, int]
    tickets_by_language: dict[str, int]
    howto_share: float
    surveys: int
    notes: int
    feature_requests: int
    milestones: int
    articles: int
    articles_by_topic: dict[str, int]
    topics_without_article: tuple[str, ...]
    badly_covered: str
    bridge: tuple[Movements, ...]
    retention: Retention
    retention_by_segment: dict[str, Retention]
    churn_events: int
    full_churn_events: int
    churn_by_cause: dict[str, int]
    churn_by_reason: dict[str, int]
    full_churn_by_reason: dict[str, int]
    mrr_lost_by_reason: dict[str, float]
    left_without_event: tuple[str, ...]
    event_but_paying: tuple[str, ...]
    improvements: tuple[TrueEffect, ...]
    blemishes: dict[str, int]
    former_names: dict[str, str]

    def as_dict(self) -> dict[str, object]:
        """Return everything as plain dicts, lists, numbers and texts, ready for JSON."""
        return asdict(self)


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _retention_by_segment(company: Company, ledger: Cents) -> dict[str, Retention]:
    segments = np.array([account.segment for account in company.accounts])
    return {segment: retention(ledger[segments == segment]) for segment in SEGMENTS}


def _lost_by_reason(log: ChurnLog) -> dict[str, float]:
    cents: Counter[str] = Counter()
    for row in log.departures:
        cents[row.reason] += row.cents
    return {reason: amount / 100 for reason, amount in cents.most_common()}


def truth(seed: int = SEED) -> Truth:
    """Return what is true about the company of a seed."""
    company = simulate(seed)
    departures = company.churn.departures
    _, desk_blemishes = ticket_sheet(company)
    kinds = _counts(ticket.kind for ticket in company.tickets)
    tables = sheets(company)
    return Truth(
        seed=seed,
        first_day=FIRST_DAY.isoformat(),
        last_day=LAST_DAY.isoformat(),
        accounts=len(company.accounts),
        accounts_by_segment=_counts(account.segment for account in company.accounts),
        never_activated=sum(not account.activates for account in company.accounts),
        subscriptions=len(company.subscriptions),
        usage_rows=len(company.uses.day),
        tickets=len(company.tickets),
        tickets_by_kind=kinds,
        howto_by_topic=_counts(ticket.issue for ticket in company.tickets if ticket.kind == "how-to"),
        tickets_by_language=_counts(ticket.language for ticket in company.tickets),
        howto_share=kinds["how-to"] / len(company.tickets),
        surveys=len(tables["surveys.csv"][1]),
        notes=len(tables["notes.csv"][1]),
        feature_requests=len(tables["feature_requests.csv"][1]),
        milestones=len(tables["milestones.csv"][1]),
        articles=len(tables["articles.csv"][1]),
        articles_by_topic=_counts(article.topic for article in ARTICLES if article.topic),
        topics_without_article=WITHOUT_ARTICLE,
        badly_covered=BADLY_COVERED,
        bridge=tuple(bridge(company.ledger)),
        retention=retention(company.ledger),
        retention_by_segment=_retention_by_segment(company, company.ledger),
        churn_events=len(departures),
        full_churn_events=sum(row.full for row in departures),
        churn_by_cause=_counts(loss.cause for story in company.stories for loss in story.losses if loss.full),
        churn_by_reason=_counts(row.reason for row in departures),
        full_churn_by_reason=_counts(row.reason for row in departures if row.full),
        mrr_lost_by_reason=_lost_by_reason(company.churn),
        left_without_event=tuple(company.churn.left_without_event),
        event_but_paying=tuple(company.churn.event_but_paying),
        improvements=tuple(
            TrueEffect(
                improvement.title,
                improvement.topic,
                improvement.shipped.isoformat(),
                improvement.effect,
                improvement.tellable,
            )
            for improvement in IMPROVEMENTS
        ),
        blemishes={
            **desk_blemishes,
            "duplicate_subscriptions": DUPLICATE_SUBSCRIPTIONS,
            "left_without_event": len(company.churn.left_without_event),
            "event_but_paying": len(company.churn.event_but_paying),
            "reasons_contradicted_by_comment": CONTRADICTED_COMMENTS,
        },
        former_names=dict(company.former_names),
    )
