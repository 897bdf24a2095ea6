"""What would be missing or wrong if a field were: the metrics that fields decide."""

from __future__ import annotations

METRICS: dict[str, str] = {
    "signup_date": "cohorts, tenure", "churn_date": "churn, retention", "mrr": "MRR",
    "arr": "MRR", "amount": "MRR", "start_date": "MRR, cohorts", "end_date": "MRR, retention", "churned": "churn",
    "status": "who is still a customer", "used_on": "activity", "created_at": "tickets over time",
    "first_reply_at": "response times", "solved_at": "resolution times", "first_reply_minutes": "response times",
    "resolution_minutes": "resolution times", "churned_on": "churn", "mrr_lost": "MRR lost",
    "answered_on": "NPS and CSAT over time", "score": "NPS, CSAT", "satisfaction": "CSAT",
    "subject": "categories, topics", "body": "categories, topics",
    "requester_email": "which account a ticket is of", "account_ref": "which account a row is of",
    "account_id": "which account a row is of",
    "noted_on": "pulse", "reached_on": "journey", "requested_on": "requests over time", "tenure_months": "tenure",
    "term_months": "MRR", "events": "activity",
}  # fmt: skip
"""The metrics that a field decides, by the name that it has in every table."""
ROWS_OF: dict[str, str] = {
    "mrr": "subscriptions", "arr": "subscriptions", "signup_date": "subscriptions", "tenure_months": "subscriptions",
    "churn_date": "churn_events", "churned": "churn_events",
}  # fmt: skip
"""Fields of accounts, with the table whose rows are made of them, or tell better what they say."""
