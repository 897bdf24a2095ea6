"""A small subscription company made at random, and what is true about it, worked out from the company alone.

Nothing here uses the product: a number is right when plain loops over these rows give it.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
PLANS = ("Basic", "Pro", "Enterprise")
NAMES = {
    "en": ("Harbor Lane", "Bright Oak", "Copperfield", "Lumen Works", "Juniper & Co", "North Quay", "Pebble Bay"),
    "de": ("Müller Anlagenbau", "Straßer & Söhne", "Nordlicht", "Bäckerei Kühn", "Elbtal Logistik", "Hansa Druck"),
    "fr": ("Atelier Béranger", "L’Été Voyages", "Façade Plus", "Boulangerie Noël", "Rhône Conseil", "Société Lefèvre"),
    "es": ("Peña Hermanos", "Cía. del Sur", "Logística Muñoz", "Café Ibáñez", "Norte Textil", "Viajes Colón"),
    "pt": ("Padaria São João", "Ação Digital", "Construções Lopes", "Irmãos Conceição", "Verde Campo", "Loja Açaí"),
    "ru": ("Ромашка", "Газстрой", "Щит и меч", "Северный ветер", "Ёлка", "Научный центр"),
    "zh": ("北京科技", "上海贸易", "深圳数据", "广州软件", "成都网络", "杭州电商"),
}  # fmt: skip
FORMS = {"en": "Ltd", "de": "GmbH", "fr": "SARL", "es": "S.L.", "pt": "Ltda", "ru": "ООО", "zh": "有限公司"}


def add_months(day: date, months: int) -> date:
    """Return the same day of the month, or its last day, so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Customer:
    """A customer: `number` tells customers apart; `state` is paying, churned, or of those who never paid: trial ..."""

    number: int
    name: str
    region: str
    state: str


@dataclass(frozen=True)
class Line:
    """What a customer paid: from its first day to the first day no longer paid for, or still.

    `term` is the number of months that one amount pays for; 0 for a charge that comes once.
    """

    customer: Customer
    plan: str
    start: date
    end: date | None
    monthly: float
    term: int
    once: float = 0.0

    @property
    def amount(self) -> float:
        """What one term costs."""
        return self.monthly * self.term if self.term else self.once

    def mrr(self, day: date) -> float:
        """What it brings a month on a day."""
        running = self.start <= day and (self.end is None or self.end > day)
        return self.monthly if running and self.term and self.customer.state in ("paying", "churned") else 0.0


@dataclass(frozen=True)
class Ticket:
    """A request of a customer, answered on `solved` or still open."""

    number: int
    customer: Customer
    opened: date
    solved: date | None


@dataclass(frozen=True)
class Answer:
    """A customer's answer to "would you recommend us?", from 0 to 10."""

    number: int
    customer: Customer
    day: date
    score: int


@dataclass(frozen=True)
class Company:
    """Everything about the company. `today` is the day that its files are written on."""

    today: date
    customers: tuple[Customer, ...]
    lines: tuple[Line, ...]
    tickets: tuple[Ticket, ...]
    answers: tuple[Answer, ...]
    balances: dict[tuple[int, date], float] = field(default_factory=dict, repr=False)

    def mrr(self, customer: Customer, day: date) -> float:
        """What a customer pays a month on a day."""
        key = customer.number, day
        if key not in self.balances:
            self.balances[key] = sum(line.mrr(day) for line in self.lines if line.customer is customer)
        return self.balances[key]

    def left_on(self, customer: Customer) -> date | None:
        """The first day that a customer who left no longer paid for."""
        ends = [line.end for line in self.lines if line.customer is customer and line.term]
        return max(end for end in ends if end) if ends and customer.state == "churned" else None


@dataclass(frozen=True)
class Truth:
    """The headline numbers as of a day."""

    mrr: float
    paying: int
    churned: int
    churned_mrr: float
    nps: float | None
    answers: int
    linked_tickets: int


def truth(company: Company, as_of: date) -> Truth:
    """Return what is true on a day: balances of that day, churn of the months of the twelve months up to it.

    A month's churn is what its customers paid at the end of the month before and do not pay at its end.
    """
    balances = [company.mrr(customer, as_of) for customer in company.customers]
    month = (add_months(as_of, -12) + ONE_DAY).replace(day=1)
    if as_of == month_end(as_of):
        month = (month_end(add_months(as_of, -12)) + ONE_DAY).replace(day=1)
    gone: dict[int, float] = {}
    while month <= as_of:
        last = min(month_end(month), as_of)
        for customer in company.customers:
            before = company.mrr(customer, month - ONE_DAY)
            if before and not company.mrr(customer, last):
                gone[customer.number] = gone.get(customer.number, 0.0) + before
        month = month_end(month) + ONE_DAY
    scores = [answer.score for answer in company.answers]
    nps = 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores) if scores else None
    return Truth(
        sum(balances), sum(balance > 0 for balance in balances), len(gone), sum(gone.values()), nps, len(scores),
        len(company.tickets),
    )  # fmt: skip


def newest_day(company: Company) -> date:
    """Return the newest day on which anything happened: a contract that began or ended, a ticket, an answer."""
    days = [ticket.opened for ticket in company.tickets] + [t.solved for t in company.tickets if t.solved]
    days += [answer.day for answer in company.answers]
    days += [line.start for line in company.lines] + [line.end for line in company.lines if line.end]
    return max(day for day in days if day <= company.today)


@dataclass(frozen=True)
class Traits:
    """What the way of writing asks of the company.

    Attributes:
        language: the language of the names.
        step: months between the days on which contracts can begin and end; 0: any day.
        terms: months that amounts pay for.
        once: there are charges that come once.
        never_paid: the states of customers on the list who never paid.
        returns: some customers come back after a gap.
        one_line: each customer has one line.
    """

    language: str
    step: int
    terms: tuple[int, ...]
    once: bool
    never_paid: tuple[str, ...]
    returns: bool
    one_line: bool


def _start(rng: random.Random, today: date, step: int) -> date:
    day = date(2023, 1, 1) + timedelta(days=rng.randrange((add_months(today, -5) - date(2023, 1, 1)).days))
    if not step:
        return day
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _lines(rng: random.Random, customer: Customer, today: date, traits: Traits) -> list[Line]:
    plan, monthly = rng.choice(PLANS), float(rng.choice((49, 90, 120, 199, 250, 480, 1200)))
    at, lines = _start(rng, today, traits.step), list[Line]()
    term = rng.choice(traits.terms)
    length = max(term, traits.step or 1) if term > 1 or rng.random() < 0.5 else 12
    while at < today:
        end = add_months(at, length)
        lines.append(Line(customer, plan, at, end, monthly, term))
        at = end
        if rng.random() < 0.5:
            monthly = round(monthly * rng.choice((1.1, 1.25, 0.8, 1.5)))
        if traits.returns and rng.random() < 0.1:
            at = add_months(end, 3 * (traits.step or 1))
    if traits.one_line:
        lines = [Line(customer, plan, lines[0].start, lines[-1].end, lines[-1].monthly, term)]
    return lines


def _with_end(rng: random.Random, customer: Customer, lines: list[Line], today: date, traits: Traits) -> list[Line]:
    """The lines up to the day that a customer left; the last one of a paying customer runs on."""
    first, last = lines[0], lines[-1]
    if customer.state != "churned":
        return [*lines[:-1], Line(last.customer, last.plan, last.start, None, last.monthly, last.term)]
    days = (today - first.start).days
    end = first.start + timedelta(days=rng.randrange(days // 2, days - 20))
    if traits.step:
        end = date(end.year, (end.month - 1) // traits.step * traits.step + 1, 1)
        end = max(end, add_months(first.start, traits.step))
    inside = [line for line in lines if line.start < end]
    cut = inside[-1]
    end = min(end, cut.end or end)
    return [*inside[:-1], Line(cut.customer, cut.plan, cut.start, end, cut.monthly, cut.term)]


def company(seed: int, traits: Traits) -> Company:
    """Return the company of a seed with these traits."""
    rng = random.Random(f"company {seed}")
    today = date(2026, rng.randrange(5, 11), rng.randrange(5, 28))
    words, form = NAMES[traits.language], FORMS[traits.language]
    customers, lines = list[Customer](), list[Line]()
    for number in range(rng.randrange(14, 30)):
        state = "churned" if rng.random() < 0.3 else "paying"
        if traits.never_paid and rng.random() < 0.15:
            state = rng.choice(traits.never_paid)
        name = f"{words[number % len(words)]} {number // len(words) + 1} {form}"
        customer = Customer(number, name, rng.choice(("North", "South", "West")), state)
        customers.append(customer)
        contract = _lines(rng, customer, today, traits)
        if state not in ("paying", "churned"):
            contract = contract[-1:]
        lines += _with_end(rng, customer, contract, today, traits)
        if traits.once and rng.random() < 0.4:
            lines.append(Line(customer, "Onboarding", contract[0].start, None, 0.0, 0, float(rng.choice((300, 750)))))
    buyers = [customer for customer in customers if customer.state in ("paying", "churned")]

    def recent() -> date:
        return today - timedelta(days=rng.randrange(1, 300))

    tickets = []
    for number in range(rng.randrange(30, 60)):
        opened = recent()
        solved = min(opened + timedelta(days=rng.randrange(6)), today) if rng.random() < 0.8 else None
        tickets.append(Ticket(number, rng.choice(buyers), opened, solved))
    answers = [
        Answer(number, rng.choice(buyers), recent(), rng.choice((0, 3, 5, 6, 7, 8, 8, 9, 9, 10, 10)))
        for number in range(rng.randrange(12, 30))
    ]
    return Company(today, tuple(customers), tuple(lines), tuple(tickets), tuple(answers))
