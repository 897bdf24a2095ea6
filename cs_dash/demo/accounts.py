"""The customers: who they are, and the traits that decide what happens to them. One row per account."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from cs_dash.demo import names
from cs_dash.demo.days import LAST, MONTHS, SIGNING_SEASON, add_months, date_of

ACCOUNTS = 400
SEGMENTS = ("Enterprise", "Mid-market", "SMB")
_SEGMENT_SHARE = (0.15, 0.32, 0.53)
_TIERS = {"Enterprise": "Strategic", "Mid-market": "Growth", "SMB": "Tech-touch"}

REGIONS = {
    "GB": "UK & Ireland",
    "IE": "UK & Ireland",
    "US": "North America",
    "CA": "North America",
    "AU": "Asia Pacific",
    "NL": "Nordics & Benelux",
    "BE": "Nordics & Benelux",
    "SE": "Nordics & Benelux",
    "DK": "Nordics & Benelux",
    "NO": "Nordics & Benelux",
    "FI": "Nordics & Benelux",
    "DE": "DACH",
    "AT": "DACH",
    "CH": "DACH",
    "ES": "Iberia & Latin America",
    "MX": "Iberia & Latin America",
    "CO": "Iberia & Latin America",
    "CL": "Iberia & Latin America",
    "KZ": "Central Asia & Caucasus",
    "AM": "Central Asia & Caucasus",
    "KG": "Central Asia & Caucasus",
    "GE": "Central Asia & Caucasus",
    "CN": "Asia Pacific",
    "SG": "Asia Pacific",
    "MY": "Asia Pacific",
}
_COUNTRIES = {
    "en": ("GB", "GB", "GB", "US", "US", "US", "CA", "IE", "AU", "NL", "NL", "BE", "SE", "DK", "NO", "FI"),
    "de": ("DE", "DE", "DE", "AT", "CH"),
    "es": ("ES", "ES", "MX", "CO", "CL"),
    "ru": ("KZ", "KZ", "AM", "KG", "GE"),
    "zh": ("CN", "CN", "SG", "MY"),
}
_LANGUAGES = ("en", "ru", "zh", "de", "es")
_LANGUAGE_SHARE = (0.54, 0.115, 0.105, 0.13, 0.11)

# The company opened with the customers of the product it replaced: the first three months bring more of them.
_MONTHLY_SIGNINGS = np.array([2.6, 2.2, 1.7] + [1.0 + 0.006 * month for month in range(MONTHS - 3)])


@dataclass(frozen=True)
class Account:
    """One customer. `signed` is a day number; the last three are hidden traits that no file states outright."""

    number: int
    account_id: str
    name: str
    segment: str
    industry: str
    country: str
    region: str
    language: str
    csm: str
    tier: str
    icp_fit: str
    employees: int
    signed: int
    first_seats: int
    activates: bool
    defect_prone: bool
    contentment: float  # mean 0, about -2 to 2: how well the product suits them
    converts: bool  # False: a trial that never paid

    @property
    def domain(self) -> str:
        """The invented mail domain of the account's people."""
        word = self.name.split(" ")[0].lower().translate(str.maketrans("äöüß", "aous"))
        return f"{word}.example"


def _signing_days(rng: Generator) -> list[int]:
    """Return the days on which accounts sign, ascending, all of them working days inside the 36 months."""
    weights = np.array(
        [_MONTHLY_SIGNINGS[month] * SIGNING_SEASON[date_of(add_months(0, month)).month - 1] for month in range(MONTHS)]
    )
    months = rng.choice(MONTHS, size=ACCOUNTS, p=weights / weights.sum())
    days = []
    for month in sorted(months):
        first, after = add_months(0, int(month)), add_months(0, int(month) + 1)
        day = int(rng.integers(first, after))
        weekday = date_of(day).weekday()
        day -= max(0, weekday - 4)  # the weekend's signatures are Friday's
        days.append(min(max(day, 1), LAST))
    return sorted(days)


def _seats(rng: Generator, segment: str) -> int:
    """Return the planner licences at signing: field crews use the free phone app and need none."""
    low, high = {"Enterprise": (9, 27), "Mid-market": (4, 10), "SMB": (1, 4)}[segment]
    return round(low + (high - low) * rng.beta(1.6, 2.8))


def accounts(rng: Generator) -> list[Account]:
    """Return all accounts in the order in which they signed."""
    used_stems: set[str] = set()
    customers = []
    for number, signed in enumerate(_signing_days(rng)):
        segment = SEGMENTS[rng.choice(3, p=_SEGMENT_SHARE)]
        language = _LANGUAGES[rng.choice(5, p=_LANGUAGE_SHARE)]
        countries = _COUNTRIES[language]
        country = countries[rng.integers(len(countries))]
        industry = names.INDUSTRIES[rng.integers(len(names.INDUSTRIES))]
        fit = ("core", "near", "outside")[rng.choice(3, p=(0.52, 0.31, 0.17))]
        seats = _seats(rng, segment)
        never = {"Enterprise": 0.03, "Mid-market": 0.07, "SMB": 0.13}[segment] * {
            "core": 0.7,
            "near": 1.0,
            "outside": 2.0,
        }[fit]
        csms = names.CSMS[segment]
        customers.append(
            Account(
                number=number,
                account_id=f"ACC-{1001 + number}",
                name=names.company_name(rng, language, country, industry, used_stems),
                segment=segment,
                industry=industry,
                country=country,
                region=REGIONS[country],
                language=language,
                csm=csms[rng.integers(len(csms))],
                tier=_TIERS[segment],
                icp_fit=fit,
                employees=int(seats * rng.uniform(9, 24)) + 4,
                signed=signed,
                first_seats=seats,
                activates=bool(rng.random() >= never),
                defect_prone=bool(rng.random() < 0.09),
                contentment=float(rng.normal({"core": 0.25, "near": 0.0, "outside": -0.45}[fit], 0.7)),
                converts=bool(rng.random() >= {"Enterprise": 0.0, "Mid-market": 0.03, "SMB": 0.09}[segment]),
            )
        )
    return customers
