"""Words that speak for a table or against it: in the names of files and sheets, and in those of columns."""

from __future__ import annotations

FILE_WORDS: dict[str, tuple[str, ...]] = {
    "accounts": (
        "account",
        "customer",
        "client",
        "company",
        "organization",
        "organisation",
        "kunden",
        "клиент",
        "客户",
    ),
    "subscriptions": ("subscription", "contract", "license", "mrr", "billing", "vertrag", "подписк", "订阅"),
    "usage": ("usage", "event", "login", "activity", "nutzung", "использован", "使用"),
    "tickets": ("ticket", "case", "conversation", "support", "issue", "helpdesk", "request", "обращени", "工单"),
    "churn_events": ("churn", "cancel", "lost", "offboard", "kündigung", "отток", "流失"),
    "surveys": ("survey", "nps", "csat", "ces", "satisfaction", "umfrage", "опрос", "调查"),
    "notes": ("note", "pulse", "meeting", "notiz", "заметк"),
    "feature_requests": ("feature request", "idea", "wish", "feature_request", "requests"),
    "milestones": ("milestone", "journey", "onboarding", "release", "shipped", "improvement", "roadmap"),
    "articles": (
        "article",
        "help center",
        "help centre",
        "knowledge base",
        "artikel",
        "hilfecenter",
        "articulos",
        "artigos",
        "статьи",
        "статей",
        "база знаний",
        "帮助文章",
        "知识库",
    ),
    "fx_rates": ("fx", "exchange", "rate", "currency", "kurs"),
}
"""Words in the name of a file or sheet that speak for a table."""
OTHER_LISTS: dict[str, tuple[str, ...]] = {
    "accounts": ("contact", "user", "admin", "agent", "owner", "person", "people", "employee", "member", "lead"),
    "tickets": ("article", "comment", "chat event", "schedule", "macro", "policy", "pipeline"),
    "feature_requests": ("article",),
    "subscriptions": ("discount", "invoice", "refund", "coupon", "payment", "charge"),
}
"""Words in the name of a file that speak against a table."""
TELLING: dict[str, frozenset[str]] = {
    "accounts": frozenset({
        "segment", "plan", "region", "country", "industry", "csm", "tier", "icp_fit", "contract", "domain", "mrr",
        "arr", "churned", "tenure_months",
    }),
    "subscriptions": frozenset({
        "mrr", "arr", "amount", "plan", "seats", "billing", "term_months", "auto_renew", "status", "renewal_date",
    }),
    "usage": frozenset({"feature", "events", "minutes", "is_core"}),
    "tickets": frozenset({
        "subject", "body", "priority", "type", "solved_at", "first_reply_at", "first_reply_minutes",
        "resolution_minutes",
    }),
    "churn_events": frozenset({"churned_on", "reason", "mrr_lost", "competitor"}),
    "surveys": frozenset({"score"}),
    "notes": frozenset({"note"}),
    "feature_requests": frozenset({"title"}),
    "milestones": frozenset({"milestone"}),
    "articles": frozenset({"address"}),
    "fx_rates": frozenset({"rate"}),
}  # fmt: skip
"""Fields of which a sheet has to fill at least one to feed the table: the others occur in lists of all kinds."""
VAGUE = frozenset({
    "amount", "category", "count", "date", "description", "detail", "enddate", "event", "label", "name", "status",
    "text", "title", "type",
})  # fmt: skip
"""Names that occur in lists of all kinds."""
