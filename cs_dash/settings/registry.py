"""Every setting, with its default, its bounds and where it counts. Nothing else knows a setting's name and default.

What people decide of single things, such as topics or recorded churn reasons, is no setting: see `decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cs_dash.errors import UnknownOption, nearest
from cs_dash.settings.types import Setting

CURRENCY = "currency"
FISCAL_YEAR = "fiscal_year_start"
MONEY, KEPT, OTHERS, HOWTO, HEALTH = "Money", "Retention", "Industry benchmarks", "How-to tickets", "Health score"
WAITING, COST, READING = "SLA targets", "Cost of how-to tickets", "Reading files"
ICP = "Ideal customer profile"
HANDLING = "the cost of how-to tickets on the Support demand page, and of tickets behind roadmap items"
SOURCE_2023 = "SaaS Capital, 2023 B2B SaaS Retention Benchmarks"
_MEASURES = {
    "nrr": ("Net revenue retention", "1-1.1"),
    "grr": ("Gross revenue retention", "0.9-0.93"),
    "logo_retention": ("Logo retention", None),
}
_GROUP_LABELS = {
    "usage": "usage", "adoption": "adoption", "satisfaction": "satisfaction", "support": "support",
    "fiscal": "commercial", "pulse": "CSM sentiment",
}  # fmt: skip
_WEIGHTS = {"usage": 30.0, "adoption": 15.0, "satisfaction": 15.0, "support": 15.0, "fiscal": 15.0, "pulse": 10.0}


def _benchmarks() -> Iterable[Setting]:
    for measure, (title, spread) in _MEASURES.items():
        name, where = f"benchmark_{measure}", f"the benchmark of “{title}” on the Retention page"
        of, published = ("retention_benchmarks",), spread is not None
        group = f"{OTHERS}: {title.lower()}"
        yield Setting(
            name, f"{title}: range", group, "spread", spread,
            "12-month benchmark range. Your own range replaces the published one and needs its own year, sample and "
            "source.", where, of, 0.0, 3.0,
        )  # fmt: skip
        yield Setting(
            f"{name}_year", f"{title}: year", group, "year", None, "Year of the survey.",
            where, of, 1990.0, 2100.0, fallback_text="2023" if published else "none", qualifies=name,
        )  # fmt: skip
        yield Setting(
            f"{name}_sample", f"{title}: sample", group, "text",
            None, "Who took part in the survey, and what the range covers.",
            where, of, fallback_text="over 1,500 private B2B SaaS companies" if published else "none", qualifies=name,
        )  # fmt: skip
        yield Setting(
            f"{name}_source", f"{title}: source", group, "text", None, "Who published it.", where, of,
            fallback_text=SOURCE_2023 if published else "none", qualifies=name,
        )  # fmt: skip
        yield Setting(
            f"{name}_verified", f"{title}: verified", group, "flag", "no",
            "Yes: someone on your team has read the original. Otherwise it is marked as unverified.", where, of,
        )  # fmt: skip


def _health() -> Iterable[Setting]:
    affects = "every health score, band and early warning"
    for group, weight in _WEIGHTS.items():
        yield Setting(
            f"health_weight_{group}", f"Weight of {_GROUP_LABELS[group]}", HEALTH, "points", weight,
            f"Weight of {_GROUP_LABELS[group]} in the score, relative to the other groups.", affects,
            ("health_weights",),
            0.0, 100.0,
        )  # fmt: skip
    yield Setting(
        "health_red_below", "Red below", HEALTH, "points", 40.0, "Scores below this are red.", affects,
        ("health_limits",), 1.0, 100.0,
    )  # fmt: skip
    yield Setting(
        "health_green_from", "Green from", HEALTH, "points", 70.0,
        "Scores from this value are green; between the two, yellow.",
        affects, ("health_limits",), 1.0, 100.0,
    )  # fmt: skip
    yield Setting(
        "health_least_coverage", "Minimum data coverage", HEALTH, "share", 0.5,
        "An account is scored only if at least this share of the weight has data.", affects, ("health_limits",),
    )  # fmt: skip


def _targets() -> Iterable[Setting]:
    for measure, done in (("reply", "first response"), ("resolution", "resolution")):
        for priority in ("urgent", "high", "normal", "low"):
            yield Setting(
                f"sla {measure} {priority}", f"{done.capitalize()} of {priority} tickets", WAITING, "minutes", None,
                f"SLA target: minutes to {done} of a ticket with priority {priority}.",
                "the SLA figures on the Response times page", ("sla_targets",), 1.0, 525_600.0,
            )  # fmt: skip


SETTINGS: Mapping[str, Setting] = {
    declared.name: declared
    for declared in (
        Setting(
            CURRENCY, "Reporting currency", MONEY, "currency", None,

            "All amounts are converted into this currency with the loaded exchange rates. A change rebuilds all rows "
            "from the uploads; undo reverts it.", "all amounts", ("reporting_currency",),
            fallback_text="the one of most contract lines",
        ),
        Setting(
            "gross_margin", "Gross margin", KEPT, "share", 0.8,
            "Share of revenue after the cost of serving customers.",
            "the lifetime value per account on the Retention page", ("lifetime_value",),
        ),
        Setting(
            "benchmark_source", "Source of your own benchmarks", OTHERS, "text", None,
            "Used where your own range has no source.", "the notes of the Retention page",
            ("retention_benchmarks",), fallback_text="a setting of this workspace",
        ),
        *_benchmarks(),
        Setting(
            "howto_reference", "Benchmark of the how-to share", HOWTO, "share", 0.36,
            "The published how-to share to compare with.", "the benchmark on the Support demand page",
            ("howto_reference",),
        ),
        Setting(
            "howto_reference_source", "Source of the benchmark", HOWTO, "text", None, "Who published it.",
            "the notes of the Support demand page", ("howto_reference",),
            fallback_text="TSIA Support Services Benchmark, as quoted by Aterra Consulting",
            qualifies="howto_reference",
        ),
        Setting(
            "howto_reference_year", "Year of the benchmark", HOWTO, "year", None, "Year of the survey.",
            "the notes of the Support demand page", ("howto_reference",), 1990.0, 2100.0, fallback_text="not stated",
            qualifies="howto_reference",
        ),
        Setting(
            "howto_reference_verified", "Benchmark verified", HOWTO, "flag", "no",
            "Yes: someone on your team has read the original. Otherwise it is marked as not verified.",
            "the notes of the Support demand page", ("howto_reference",),
        ),
        Setting(
            "howto_target", "Your own target", HOWTO, "share", None,
            "The how-to share you aim for. Charts show it instead of the benchmark, which stays in the notes.",
            "the target on the Support demand page", ("howto_reference",),
        ),
        Setting(
            "cost_per_hour", "Support cost per hour", COST, "money", None,
            "Cost of one hour of ticket handling, in the reporting currency.",
            HANDLING, ("howto_cost", "roadmap_opportunities"),
            0.0, 10_000.0,
            fallback_text="not set",
        ),
        Setting(
            "howto_minutes", "Handling minutes per how-to ticket", COST, "minutes", None,
            "Used for how-to tickets without handling time in the export.",
            HANDLING, ("howto_cost", "roadmap_opportunities"),
            0.0, 10_000.0,
            fallback_text="not set",
        ),
        Setting(
            "howto_ticket_cost", "Cost per how-to ticket", COST, "money", None,
            "In the reporting currency, for how-to tickets without handling time or cost per hour.",
            HANDLING, ("howto_cost", "roadmap_opportunities"),
            0.0, 100_000.0,
            fallback_text="not set",
        ),
        Setting(
            "icp_core", "Conditions of the ideal customer profile", ICP, "text", None,
            "Accounts that meet all conditions are core accounts: segment=SMB, Mid-market; industry=Software.",
            "core accounts on the Roadmap page", ("icp_conditions",),
            fallback_text="the column ICP fit of the accounts",
        ),
        *_targets(),
        *_health(),
        Setting(
            FISCAL_YEAR, "First month of the fiscal year", READING, "month", "January",
            "Fiscal years such as FY26 start in this month and are named after the year in which they end.",
            "later loads", (),
        ),
    )
}  # fmt: skip


def setting(name: str) -> Setting:
    """Return the setting called `name`. Raises UnknownOption with the nearest names."""
    if name not in SETTINGS:
        raise UnknownOption(
            "Unknown setting", f"Could not set {name} because there is no such setting.", nearest(name, SETTINGS)
        )
    return SETTINGS[name]


def check_combination(chosen: Mapping[str, Any]) -> None:
    """Refuse values that contradict each other. `chosen`: name -> value. Raises UnknownOption."""
    red, green = (float(chosen.get(name, SETTINGS[name].default)) for name in ("health_red_below", "health_green_from"))
    if red >= green:
        raise UnknownOption(
            "The bands were not changed",
            f"Could not set red below {red:g} and green from {green:g} because green must begin above red.",
            "Set both together.",
        )
    weights = [float(chosen.get(f"health_weight_{group}", weight)) for group, weight in _WEIGHTS.items()]
    if not any(weights):
        raise UnknownOption(
            "The weights were not changed", "Could not set every weight to 0 because the score needs at least one.",
            "Keep at least one above 0.",
        )  # fmt: skip


def effective_text(declared: Setting, chosen: Mapping[str, Any]) -> str:
    """Return the value in effect of a setting, in words. `chosen`: name -> chosen value."""
    if declared.name not in chosen and declared.qualifies in chosen:
        return "not set"
    return declared.display_text(chosen.get(declared.name))


def of_definition(name: str, chosen: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (title, value in effect) of every setting that a definition reads. `chosen`: name -> chosen value."""
    lines = []
    for declared in SETTINGS.values():
        if name in declared.definitions:
            default = f" (set here; without: {declared.display_text(None)})" if declared.name in chosen else ""
            lines.append((declared.title, effective_text(declared, chosen) + default))
    return lines
