"""The customer list and the billing system's contract lines, as they are exported."""

from numpy.random import Generator

from cs_dash.demo.contracts import Story, Subscription
from cs_dash.demo.days import LAST, add_months, date_of
from cs_dash.demo.messages import pick
from cs_dash.demo.sheets import Rows

ACCOUNT_HEADER = (
    "Account ID",
    "Account Name",
    "Domain",
    "Segment",
    "Plan",
    "Region",
    "Country",
    "Industry",
    "CSM",
    "Tier",
    "ICP Fit",
    "Lead Source",
    "Employees",
    "Seats",
    "Signup Date",
    "Trial",
    "Churned",
)
SUBSCRIPTION_HEADER = (
    "Subscription ID",
    "Account ID",
    "Product",
    "Plan",
    "Seats",
    "MRR",
    "Currency",
    "Billing Period",
    "Start Date",
    "End Date",
    "Renewal Date",
    "Trial",
    "Status",
)
COUNTRIES = {
    "GB": "United Kingdom",
    "IE": "Ireland",
    "US": "United States",
    "CA": "Canada",
    "AU": "Australia",
    "NL": "Netherlands",
    "BE": "Belgium",
    "SE": "Sweden",
    "DK": "Denmark",
    "NO": "Norway",
    "FI": "Finland",
    "DE": "Germany",
    "AT": "Austria",
    "CH": "Switzerland",
    "ES": "Spain",
    "MX": "Mexico",
    "CO": "Colombia",
    "CL": "Chile",
    "KZ": "Kazakhstan",
    "AM": "Armenia",
    "KG": "Kyrgyzstan",
    "GE": "Georgia",
    "CN": "China",
    "SG": "Singapore",
    "MY": "Malaysia",
}
_SOURCES = ("Inbound", "Inbound", "Outbound", "Partner", "Referral", "Trade fair")
DUPLICATE_SUBSCRIPTIONS = 6


def account_rows(rng: Generator, stories: list[Story], subscriptions: list[Subscription]) -> Rows:
    """Return one row per account; plan and seats are those of its newest base line."""
    newest = {line.account.account_id: line for line in subscriptions if line.base}
    rows: Rows = []
    for story in stories:
        account, line = story.account, newest[story.account.account_id]
        without_access = not story.has_access(LAST)
        on_trial = not without_access and line.trial
        paused = without_access and bool(story.pauses) and story.left is None
        rows.append(
            [
                account.account_id,
                account.name,
                account.domain,
                account.segment,
                line.plan,
                account.region,
                COUNTRIES[account.country],
                account.industry,
                account.csm,
                account.tier,
                account.icp_fit,
                pick(rng, _SOURCES),
                account.employees,
                line.seats,
                date_of(account.signed).isoformat(),
                on_trial,
                without_access and story.paid_from is not None and not paused,
            ]
        )
    return rows


def _renewal(line: Subscription) -> int:
    """Return the end of the term that is running on the last day, or of the term in which the line ended."""
    months = 12 if line.annual else 1
    reached = LAST + 1 if line.end is None else line.end
    term = 1
    while (day := add_months(line.term_start, months * term)) < reached:
        term += 1
    return day


def subscription_rows(rng: Generator, subscriptions: list[Subscription]) -> Rows:
    """Return one row per contract line, with a few rows that the export repeats."""
    rows: Rows = []
    for line in subscriptions:
        trial_status = "trialing" if line.end is None else "trial ended"
        rows.append(
            [
                f"SUB-{20001 + line.number}",
                line.account.account_id,
                line.product,
                line.plan,
                line.seats,
                f"{line.cents / 100:.2f}",
                "EUR",
                "annual" if line.annual else "monthly",
                date_of(line.start).isoformat(),
                None if line.end is None else date_of(line.end).isoformat(),
                None if line.trial else date_of(_renewal(line)).isoformat(),
                line.trial,
                trial_status if line.trial else "active" if line.end is None else "ended",
            ]
        )
    for number in sorted(rng.permutation(len(rows))[:DUPLICATE_SUBSCRIPTIONS].tolist(), reverse=True):
        rows.insert(number + 1, list(rows[number]))
    return rows
