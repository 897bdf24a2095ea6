"""The canonical tables: the name, type and meaning of each field, and its names elsewhere.

The warehouse's DDL, the template workbook, the column mapping and docs/data-format.md derive from here. Field names are
those of the macros. Synonyms are written as people write them; matching folds case, accents and punctuation.
"""

from __future__ import annotations

from cs_dash.schema.types import SQL_TYPES, Field, FieldType, Table, in_a_sentence

__all__ = ["DIMENSIONS", "OPEN_ENDED", "SQL_TYPES", "TABLES", "Field", "FieldType", "Table"]


def _table(name: str, title: str, help: str, key: str, fields: list[Field], dated: str = "") -> Table:
    owned = tuple(
        Field(f.name, f.type, f.help, f.unit, f.required, f.dimension, f.derived, f.example, name) for f in fields
    )
    return Table(name, title, help, key, owned, dated)


def _account_references() -> list[Field]:
    return [
        Field("account_ref", "account", "The account: its id or its name.", example="A-1001"),
        Field("account_name", "text", "The account's name, used if the id is unknown.", example="Nordwind Logistics"),
        Field("account_id", "id", "The matched account; empty if none matches.", derived=True),
    ]


ACCOUNTS = _table(
    "accounts", "Accounts", "One row per customer; all other tables refer to it.", "account_id",
    [
        Field("account_id", "id", "The id that the other files use.", required=True, example="A-1001"),
        Field("account", "text", "The customer's name.", example="Nordwind Logistics"),
        Field("external_id", "id", "The same customer's id in another system.", example="0015g00000XyZ"),
        Field("domain", "text", "The customer's e-mail domain.", example="nordwind.example"),
        Field("segment", "category", "Size class.", dimension=True, example="Mid-market"),
        Field("plan", "category", "The plan bought.", dimension=True, example="Pro"),
        Field("region", "category", "Sales region.", dimension=True, example="EMEA"),
        Field("country", "category", "Country.", dimension=True, example="Germany"),
        Field("industry", "category", "Industry.", dimension=True, example="Logistics"),
        Field("csm", "category", "The customer-success manager.", dimension=True, example="Ana Ruiz"),
        Field("tier", "category", "Service tier.", dimension=True, example="Gold"),
        Field("icp_fit", "category", "How well it fits the ideal customer profile.", dimension=True, example="core"),
        Field("channel", "category", "Acquisition channel.", dimension=True, example="partner"),
        Field("contract", "category", "Contract type.", dimension=True, example="Annual"),
        Field("seats", "number", "Seats bought.", unit="seats", example="40"),
        Field("signup_date", "date", "First day as a customer or on trial.", example="2025-03-01"),
        Field("renewal_date", "date", "Next renewal.", example="2027-03-01"),
        Field("is_trial", "flag", "On trial.", example="no"),
        Field("churned", "flag", "Marked as churned.", example="no"),
        Field("churn_date", "date", "First day not paid for.", example=""),
        Field("tenure_months", "number", "Months as a customer, if the file has no dates.", unit="months"),
        Field("mrr", "money", "Monthly recurring revenue as stated in the account's row.", unit="money a month"),
        Field("arr", "money", "Annual recurring revenue as stated in the account's row.", unit="money a year"),
        Field("currency", "category", "Currency code of the amounts.", example="EUR"),
        Field("pulse", "text", "CSM sentiment: 0-100, 0-10, or healthy / at risk.", example="8"),
        Field("pulse_date", "date", "Date of the CSM sentiment.", example="2026-09-12"),
        Field("implied", "flag", "Known only from another file.", derived=True),
    ],
)  # fmt: skip

SUBSCRIPTIONS = _table(
    "subscriptions", "Subscriptions",
    "One row per contract line with its amount and dates; the basis of revenue and retention.",
    "subscription_id",
    [
        Field("subscription_id", "id", "The line's id.", example="S-5001"),
        *_account_references(),
        Field("plan", "category", "The plan or product.", example="Pro"),
        Field("start_date", "date", "First day paid for.", required=True, example="2025-03-01"),
        Field("end_date", "date", "First day not paid for; empty while active.", example=""),
        Field("renewal_date", "date", "Next renewal.", example="2027-03-01"),
        Field("mrr", "money", "Monthly recurring revenue, in the reporting currency.", unit="money a month",
              example="1200"),
        Field("arr", "money", "Annual recurring revenue; one twelfth is the MRR.", unit="money a year"),
        Field("amount", "money", "Recurring amount per term; divided by the term's months, it is the MRR."),
        Field("term_months", "number", "Months in a term.", unit="months", example="12"),
        Field("billing", "category", "Billing frequency: monthly, annual ...", example="annual"),
        Field("currency", "category", "Currency code.", example="EUR"),
        Field("fx_rate", "number", "Exchange rate used for the conversion; empty if none was needed. MRR divided by"
              " the rate is the MRR in the original currency.", derived=True),
        Field("seats", "number", "Seats.", unit="seats", example="40"),
        Field("is_trial", "flag", "A trial: no revenue.", example="no"),
        Field("status", "category", "Status in the billing system.", example="active"),
        Field("auto_renew", "flag", "Renews automatically.", example="yes"),
        Field("standing", "category", "Meaning of the status: customer, leaving, trial, never, paused or gone; empty"
              " if the status adds nothing to customer.", derived=True),
        Field("notice_on", "date", "Date of the cancellation notice, if a column states it.", derived=True),
        Field("gone_by", "date", "Date by which payment had stopped, if the line has no end date.", derived=True),
        Field("ends_unstated", "flag", "The file has no column with end dates or statuses.", derived=True),
        Field("assumed", "flag", "Dates were assumed, not given.", derived=True),
    ],
    dated="start_date",
)  # fmt: skip

USAGE = _table(
    "usage", "Usage", "One row per event, or per user, day or week and feature with a count.", "usage_id",
    [
        Field("usage_id", "id", "The event's id.", example="U-1"),
        *_account_references(),
        Field("subscription_id", "id", "The subscription, if the file names it instead of the account."),
        Field("user_id", "id", "The user. Without it, active users cannot be counted.", example="u-17"),
        Field("used_on", "date", "The day, or the first day of the week.", required=True, example="2026-09-14"),
        Field("feature", "category", "The feature used.", example="Dashboards"),
        Field("events", "number", "Number of events; 1 if the file has no count.", unit="times", example="12"),
        Field("minutes", "number", "Duration of use.", unit="minutes"),
        Field("is_core", "flag", "Whether the feature is a core feature of the product.", example="yes"),
    ],
    dated="used_on",
)  # fmt: skip

TICKETS = _table(
    "tickets", "Support tickets", "One row per support request.", "ticket_id",
    [
        Field("ticket_id", "id", "The ticket's number.", example="T-90001"),
        *_account_references(),
        Field("subscription_id", "id", "The subscription, if the file names it instead of the account."),
        Field("requester_email", "text", "The requester's e-mail; its domain can identify the account.",
              example="jo@nordwind.example"),
        Field("user_id", "id", "The requester.", example="u-17"),
        Field("created_at", "timestamp", "Time of creation.", required=True, example="2026-09-14 09:30"),
        Field("first_reply_at", "timestamp", "Time of the first response."),
        Field("solved_at", "timestamp", "Time of resolution; empty while open."),
        Field("first_reply_minutes", "number", "Minutes to the first response.", unit="minutes"),
        Field("resolution_minutes", "number", "Minutes to resolution.", unit="minutes"),
        Field("handling_minutes", "number", "Handling time in minutes.", unit="minutes"),
        Field("status", "category", "Status.", example="solved"),
        Field("priority", "category", "Priority.", example="normal"),
        Field("channel", "category", "Contact channel.", example="email"),
        Field("type", "category", "The help desk's ticket type; it determines the category.", example="Question"),
        Field("tags", "text", "Tags, separated by commas or spaces.", example="how_to, export"),
        Field("product_area", "category", "Area of the product.", example="Reports"),
        Field("subject", "text", "Subject.", example="How do I share a report?"),
        Field("body", "text", "First message."),
        Field("language", "category", "Language.", example="en"),
        Field("satisfaction", "number", "The customer's CSAT rating.", unit="1-5", example="5"),
        Field("assignee", "category", "The agent in charge."),
        Field("kind", "category", "How-to, defect, feature request, account and access, billing, outage or other.",
              derived=True),
        Field("kind_source", "category", "Source of the category: label, column, model, lexicon.", derived=True),
        Field("kind_probability", "number", "Probability of the category according to the model, 0-1.", derived=True),
        Field("kind_words", "text", "The decisive words, if the model assigned the category.", derived=True),
        Field("howto_score", "number", "Probability that it is a how-to question without its label, 0-1; empty if"
              " the category decides.", derived=True),
        Field("language_code", "category", "The language: as exported, else as detected; or unknown.", derived=True),
    ],
    dated="created_at",
)  # fmt: skip

CHURN_EVENTS = _table(
    "churn_events", "Churn events", "One row per churn or downsell, with its reason.", "churn_id",
    [
        Field("churn_id", "id", "The event's id.", example="C-1"),
        *_account_references(),
        Field("churned_on", "date", "First day not paid for.", required=True, example="2026-08-01"),
        Field("reason", "category", "The main reason, as recorded.", example="Missing feature"),
        Field("category", "category", "The recorded reason's group.", example="Product"),
        Field("secondary_reason", "category", "Secondary reason."),
        Field("scope", "category", "Full churn or downsell.", example="full"),
        Field("mrr_lost", "money", "MRR lost.", unit="money a month", example="1200"),
        Field("competitor", "category", "The competitor chosen, if any."),
        Field("comment", "text", "The comment."),
        Field("assumed", "flag", "The date was assumed, not given.", derived=True),
    ],
    dated="churned_on",
)  # fmt: skip

SURVEYS = _table(
    "surveys", "Surveys", "One row per survey response: NPS, CSAT or CES.", "survey_id",
    [
        Field("survey_id", "id", "The response's id.", example="N-1"),
        *_account_references(),
        Field("answered_on", "date", "Date of the response.", required=True, example="2026-06-30"),
        Field("survey", "category", "NPS, CSAT or CES.", example="NPS"),
        Field("score", "number", "The score given.", required=True, unit="NPS 0-10, CSAT 1-5", example="9"),
        Field("respondent", "text", "The respondent."),
        Field("comment", "text", "The comment."),
        Field("assumed", "flag", "The date was assumed, not given.", derived=True),
    ],
    dated="answered_on",
)  # fmt: skip

NOTES = _table(
    "notes", "CSM notes", "One row per note by a customer-success manager.", "note_id",
    [
        Field("note_id", "id", "The note's id.", example="M-1"),
        *_account_references(),
        Field("noted_on", "date", "Day of the note.", required=True, example="2026-09-12"),
        Field("author", "category", "Author of the note.", example="Ana Ruiz"),
        Field("note", "text", "The note.", example="Champion moved to another team."),
        Field("pulse", "text", "CSM sentiment: 0-100, 0-10, or healthy / at risk.", example="6"),
    ],
    dated="noted_on",
)  # fmt: skip

FEATURE_REQUESTS = _table(
    "feature_requests", "Feature requests", "One row per feature request.", "request_id",
    [
        Field("request_id", "id", "The request's id.", example="F-1"),
        *_account_references(),
        Field("requested_on", "date", "Date of the request.", required=True, example="2026-05-03"),
        Field("title", "text", "The feature requested.", required=True, example="Export to PowerPoint"),
        Field("description", "text", "Details."),
        Field("status", "category", "Status.", example="open"),
        Field("votes", "number", "Votes.", unit="votes"),
        Field("product_area", "category", "Area of the product.", example="Reports"),
    ],
    dated="requested_on",
)  # fmt: skip

MILESTONES = _table(
    "milestones", "Milestones",
    "One row per step of a customer's journey or, without an account, per release to all customers.", "milestone_id",
    [
        Field("milestone_id", "id", "The milestone's id.", example="J-1"),
        *_account_references(),
        Field("reached_on", "date", "Date of the milestone.", required=True, example="2025-03-01"),
        Field("milestone", "category", "Signed, kick-off, first login, first value, adopted, renewal, shipped.",
              required=True, example="kick-off"),
        Field("title", "text", "Details.", example="New sharing dialog"),
        Field("topic", "category", "The how-to topic that the release addresses.", example="share a report"),
    ],
    dated="reached_on",
)  # fmt: skip

ARTICLES = _table(
    "articles", "Help articles", "One row per help-center article.",
    "article_id",
    [
        Field("article_id", "id", "The article's id; if missing, the address identifies it.", example="HC-7001"),
        Field("title", "text", "Title.", required=True, example="Exporting a report to Excel or PDF"),
        Field("address", "text", "Web address.", required=True,
              example="https://help.tidewell.example/en/articles/7007"),
        Field("section", "category", "Section or folder of the help center.", example="Reports"),
        Field("summary", "text", "Summary in one sentence.", example="Download the job report as a PDF."),
        Field("body", "text", "Full text."),
        Field("language", "category", "Language.", example="en"),
        Field("status", "category", "Draft, published or archived; only published articles count as coverage.",
              example="published"),
        Field("updated_on", "date", "Date of the last change.", example="2026-04-13"),
        Field("views", "number", "Number of views.", unit="views", example="1250"),
    ],
)  # fmt: skip

FX_RATES = _table(
    "fx_rates", "Exchange rates", "One row per currency and date: the value of one unit in the reporting currency.",
    "rate_id",
    [
        Field("rate_id", "id", "Currency and date.", derived=True),
        Field("currency", "category", "Currency code.", required=True, example="USD"),
        Field("rate_on", "date", "First day the rate applies.", required=True, example="2026-09-01"),
        Field("rate", "number", "Value of one unit in the reporting currency.", required=True, example="0.91"),
        Field("quoted_in", "category", "Currency of the value: the reporting currency at the time of the load.",
              derived=True),
    ],
    dated="rate_on",
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ACCOUNTS, SUBSCRIPTIONS, USAGE, TICKETS, CHURN_EVENTS, SURVEYS, NOTES, FEATURE_REQUESTS, MILESTONES, ARTICLES,
        FX_RATES,
    )
}  # fmt: skip


def title_of(table: str) -> str:
    """Return a table's name in words; all sheets stored as they are share one name."""
    return TABLES[table].title if table in TABLES else "Plain table"


def noun_of(table: str) -> str:
    """Return a table's name as it stands within a sentence: "support tickets", "CSM notes"."""
    return in_a_sentence(title_of(table))


DIMENSIONS: tuple[str, ...] = tuple(f.name for f in ACCOUNTS.fields if f.dimension)

OPEN_ENDED = frozenset({"end_date", "churn_date", "churned_on", "solved_at", "renewal_date"})
"""Fields whose cells may say that the day has not come."""
