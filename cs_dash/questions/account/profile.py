"""`account.profile`: who an account is."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.look import words
from cs_dash.look.words import date
from cs_dash.questions.account_card import account_card
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

TEXT_FIELDS = (
    "account_id", "account", "segment", "plan", "region", "country", "industry", "csm", "tier", "icp_fit", "channel",
    "contract",
)  # fmt: skip
TYPES = {name: pa.string() for name in TEXT_FIELDS} | {
    "seats": pa.float64(), "tenure_months": pa.float64(), "customer_since": pa.date32(), "mrr": pa.float64(),
    "on_trial": pa.bool_(), "has_churned": pa.bool_(), "churned_on": pa.date32(), "churn_reason": pa.string(),
    "churn_comment": pa.string(), "mrr_before": pa.float64(),
    "dates_assumed": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    *(Column(name, words.field_title(name)) for name in TEXT_FIELDS),
    Column("seats", "Seats", "count"),
    Column("tenure_months", "Tenure", "months"),
    Column("customer_since", "Customer since", "date"),
    Column("mrr", "MRR", "money"),
    Column("on_trial", "On trial", "flag"),
    Column("has_churned", "Churned", "flag"),
    Column("churned_on", "Churn date", "date"),
    Column("churn_reason", "Churn reason"),
    Column("churn_comment", "Comment"),
    Column("mrr_before", "MRR before churn", "money"),
    Column("dates_assumed", "Assumed dates", "flag"),
)


@question(
    "account.profile",
    title="Account profile",
    order=20,
    options={"account": ()},
    needs=("accounts",),
    uses=("account_card", "account_names"),
)
def profile(request: QuestionRequest) -> Answer:
    """Return the one row of the account that option `account` names. Raises UnknownOption for an unknown one."""
    if "accounts" not in request.loaded_tables:
        return request.empty()
    card = account_card(request)
    facts = [card["segment"], card["plan"], card["region"], card["csm"] and f"CSM {card['csm']}"]
    listed = ", ".join(fact for fact in facts if fact)
    since = f", a customer since {date(card['customer_since'])}" if card["customer_since"] else ""
    return request.answer(
        headline=f"**{card['account']}**{f' ({listed})' if listed else ''}{since}.",
        rows=arrow_table([card], TYPES),
        columns=COLUMNS,
        definition="account_card",
    )
