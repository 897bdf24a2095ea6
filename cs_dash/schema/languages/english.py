"""What English spreadsheets and exports call our fields; see the package for the form.

Vendors: Zendesk, Intercom, Freshdesk, HubSpot, Salesforce, Stripe, Chargebee, ChartMogul, Jira Service Management.
"""

from __future__ import annotations

ENGLISH: dict[str, tuple[str, ...]] = {
    "*.account_ref": (
        "account id", "customer", "account", "client", "company", "organization", "organisation",
        "associated company id",
    ),
    "*.account_name": ("account name",),
    "accounts.account_id": ("customer id", "id"),
    "accounts.account": ("account name", "name", "customer", "company", "client", "organization", "property name"),
    "accounts.external_id": ("crm id", "salesforce id", "external account id", "stripe customer id", "hubspot id"),
    "accounts.domain": ("website", "email domain", "domain name", "property domain", "web site"),
    "accounts.segment": (
        "customer segment", "size", "company size", "account segment", "market segment", "segment name", "size band",
    ),
    "*.plan": (
        "plan tier", "plan name", "subscription plan", "product plan", "package", "edition", "sku", "product name",
        "price name", "current plan", "pricing plan",
    ),
    "accounts.region": ("sales region", "territory", "geo", "area", "region name"),
    "accounts.country": ("billing country", "country code", "country/region", "billing country/region"),
    "accounts.industry": ("vertical", "sector", "industry name"),
    "accounts.csm": (
        "csm name", "customer success manager", "cs manager", "account manager", "account owner", "owner", "csm owner",
        "success manager", "company owner",
    ),
    "accounts.tier": ("service tier", "customer tier", "account tier", "support tier"),
    "accounts.icp_fit": ("icp", "fit", "ideal customer profile", "icp score", "icp tier"),
    "accounts.channel": ("referral source", "lead source", "acquisition channel", "source", "how won"),
    "accounts.contract": ("contract type", "contract term", "agreement type"),
    "*.seats": (
        "licenses", "licences", "seat count", "users purchased", "total seats", "number of seats", "quantity",
        "seats purchased", "plan quantity", "number of licenses", "paid seats", "seats sold", "licence count",
        "license count", "user licenses", "contracted seats",
    ),
    "accounts.signup_date": (
        "signup", "sign up date", "customer since", "created", "created at", "created date", "create date",
        "start date", "start", "onboarded", "join date", "registration date", "first paid on", "subscriber since",
        "since", "customer from", "subscribed on", "subscription start date",
    ),
    "*.renewal_date": (
        "renewal", "next renewal", "renews on", "renewal on", "contract end date", "current period end",
        "current term end", "next billing date", "renewal due",
    ),
    "*.is_trial": ("trial", "on trial", "is on trial", "trial flag", "trialing", "in trial"),
    "accounts.churned": (
        "churn", "churn flag", "churn label", "churn value", "is churned", "has churned", "left", "cancelled",
        "canceled", "churned flag",
    ),
    "accounts.churn_date": (
        "churned on", "churned at", "cancellation date", "cancelled at", "canceled at", "date churned", "left on",
    ),
    "accounts.tenure_months": (
        "tenure in months", "tenure", "months as customer", "customer age months", "months active",
    ),
    "*.mrr": (
        "monthly recurring revenue", "mrr amount", "monthly charge", "monthly charges", "monthly revenue",
        "monthly fee", "monthly price", "monthly amount", "monthly value", "monthly recurring amount",
    ),
    "*.arr": (
        "annual recurring revenue", "arr amount", "annual contract value", "acv", "yearly revenue", "annual amount",
        "annual value", "annual recurring amount", "annualized revenue", "yearly amount", "annual fee", "annual price",
    ),
    "*.currency": ("currency code", "iso currency"),
    "*.pulse": ("csm pulse", "csm sentiment", "csm score", "sentiment", "health pulse", "csm health"),
    "accounts.pulse_date": ("pulse updated", "pulse on", "sentiment date"),
    "*.subscription_id": ("sub id", "contract id", "subscription", "contract number", "agreement id"),
    "subscriptions.subscription_id": ("id",),
    "subscriptions.start_date": (
        "start", "started at", "started on", "subscription start", "contract start", "current term start", "begin",
        "valid from", "from", "effective date", "activated at", "since", "contract start date",
        "subscription start date", "billing start", "subscribed on",
    ),
    "subscriptions.end_date": (
        "end", "ended at", "ended on", "subscription end", "contract end", "cancelled at", "canceled at", "valid to",
        "valid until", "expires", "expiry date", "until", "termination date", "contract expiry",
    ),
    "subscriptions.amount": (
        "price", "plan amount", "plan price", "subscription price", "subscription amount", "fee", "subscription fee",
        "contract value", "total contract value", "tcv", "recurring amount", "recurring fee",
        "unit amount", "unit price",
    ),
    "subscriptions.term_months": ("term", "contract length", "contract months", "term length", "duration months"),
    "subscriptions.billing": (
        "billing frequency", "billing period", "billing cycle", "billing interval", "plan interval", "frequency",
        "interval", "billing term",
    ),
    "*.status": ("state", "ticket status", "subscription status"),
    "subscriptions.auto_renew": ("auto renew flag", "auto renewal", "automatic renewal", "auto renews"),
    "usage.usage_id": ("event id", "id", "log id"),
    "*.user_id": (
        "user", "user name", "username", "distinct id", "visitor id", "member id", "contact id", "requester id",
    ),
    "usage.used_on": (
        "usage date", "event date", "event time", "date", "day", "week", "week starting", "week of", "timestamp",
        "time", "activity date", "last used", "purchase date", "purchased on", "order date", "transaction date",
        "visit date", "session date", "login date", "reference month", "reporting month",
    ),
    "usage.feature": ("feature name", "event", "event name", "event type", "action", "module", "page"),
    "usage.events": ("usage count", "count", "event count", "number of events", "times used", "uses", "total events"),
    "usage.minutes": (
        "usage minutes", "duration minutes", "time spent minutes", "session minutes", "usage duration minutes",
    ),
    "usage.is_core": ("core feature", "core", "is core feature"),
    "tickets.ticket_id": (
        "id", "ticket", "ticket number", "case number", "case id", "issue key", "key", "conversation id", "request id",
        "case",
    ),
    "tickets.requester_email": (
        "requester email", "email", "contact email", "customer email", "reporter email", "from email", "e-mail",
    ),
    "tickets.created_at": (
        "created", "created date", "create date", "created at", "submitted at", "opened", "opened at", "date opened",
        "created time", "date", "ticket created", "request created at", "date/time opened", "created on",
    ),
    "tickets.first_reply_at": (
        "first response at", "first responded at", "first response date", "first reply", "first agent reply date",
    ),
    "tickets.solved_at": (
        "closed at", "resolved at", "solved", "closed", "resolved", "date closed", "closed date", "resolution date",
        "date/time closed", "resolved on", "closed on",
    ),
    "tickets.first_reply_minutes": (
        "first response time minutes", "first reply time in minutes", "first reply time minutes",
        "first response minutes", "time to first response minutes", "first reply minutes", "response time minutes",
        "reply time minutes", "response minutes", "reply minutes", "frt minutes", "ttfr minutes",
        "time to first reply minutes", "time to respond minutes", "time to reply minutes",
        "initial response time minutes", "minutes to first response", "minutes to first reply", "minutes to respond",
        "first answer minutes", "time to first answer minutes",
    ),
    "tickets.resolution_minutes": (
        "resolution time minutes", "full resolution time in minutes", "time to resolution minutes",
        "time to resolve minutes", "resolve time minutes", "resolved in minutes", "solution time minutes",
        "time to solve minutes", "solved in minutes", "time to close minutes", "closed in minutes",
        "minutes to resolve", "minutes to resolution", "minutes to close", "turnaround time minutes", "ttr minutes",
    ),
    "tickets.handling_minutes": (
        "handle time", "handling time", "time spent", "agent minutes", "handling time minutes", "time spent minutes",
    ),
    "tickets.priority": ("ticket priority", "severity", "urgency", "prioridad"),
    "tickets.channel": ("ticket channel", "via", "via channel", "contact channel", "case origin", "source channel"),
    "tickets.type": (
        "ticket type", "issue type", "case type", "request type", "kind", "label", "category", "ticket category",
        "problem type",
    ),
    "tickets.tags": ("labels", "tag", "keywords"),
    "tickets.product_area": ("component", "area", "product", "product purchased", "module", "queue", "group"),
    "tickets.subject": ("title", "ticket subject", "summary", "topic"),
    "tickets.body": (
        "description", "ticket description", "message", "text", "content", "details", "utterance", "first message",
    ),
    "tickets.language": ("lang", "locale"),
    "tickets.satisfaction": (
        "satisfaction score", "csat", "csat score", "customer satisfaction rating", "satisfaction rating", "rating",
    ),
    "tickets.assignee": ("agent", "assigned agent", "assigned to", "owner"),
    "churn_events.churn_id": ("churn event id", "id", "cancellation id", "event id"),
    "churn_events.churned_on": (
        "churn date", "date churned", "cancellation date", "cancelled at", "canceled at", "lost date", "end date",
        "date", "churned at", "churned on", "cancelled on", "canceled on",
    ),
    "churn_events.reason": (
        "churn reason", "reason code", "cancellation reason", "primary reason", "loss reason", "lost reason", "why",
    ),
    "churn_events.category": ("churn category", "reason category", "reason group"),
    "churn_events.secondary_reason": ("second reason", "other reason", "secondary churn reason"),
    "churn_events.scope": ("churn type", "type", "full or partial", "churn kind", "event type"),
    "churn_events.mrr_lost": (
        "lost mrr", "churned mrr", "mrr churned", "lost revenue", "churn amount", "revenue lost",
    ),
    "churn_events.competitor": ("lost to", "competitor name", "went to"),
    "*.comment": (
        "comments", "feedback", "feedback text", "verbatim", "notes", "customer comment", "reason for your score",
        "main reason for your score", "what is the main reason for your score",
        "what is the primary reason for your score",
    ),
    "surveys.survey_id": ("id", "response id", "survey response id"),
    "surveys.answered_on": (
        "response date", "answered at", "responded at", "survey date", "submitted at", "date", "created at",
        "responded on", "date of response", "submit date", "submission date", "date submitted", "completed at",
        "response received", "reference month", "reporting month",
    ),
    "surveys.survey": ("survey type", "survey name", "type", "kind", "metric", "question"),
    "surveys.score": (
        "nps", "nps score", "csat", "csat score", "rating", "satisfaction score", "survey score", "response",
    ),
    "surveys.respondent": ("contact", "contact email", "respondent email", "email", "user", "your email"),
    "notes.note_id": ("id", "activity id"),
    "notes.noted_on": ("note date", "date", "created at", "created", "activity date", "logged on"),
    "notes.author": ("csm", "csm name", "created by", "owner", "written by"),
    "notes.note": ("notes", "text", "body", "content", "comment", "summary"),
    "feature_requests.request_id": ("id", "idea id", "request", "feature request id"),
    "feature_requests.requested_on": ("created", "created at", "request date", "submitted at", "date", "requested at"),
    "feature_requests.title": ("feature", "request", "feature request", "idea", "summary", "subject", "name"),
    "feature_requests.description": ("details", "body", "text"),
    "feature_requests.votes": ("vote count", "upvotes", "number of votes"),
    "feature_requests.product_area": ("component", "area", "module"),
    "milestones.milestone_id": ("id", "step id"),
    "milestones.reached_on": ("date", "completed on", "completed at", "reached at", "milestone date", "shipped on"),
    "milestones.milestone": ("step", "stage", "milestone name", "event", "touchpoint", "journey stage"),
    "milestones.title": ("name", "description", "details", "note"),
    "milestones.topic": ("ticket topic", "theme"),
    "articles.article_id": ("id", "article", "article number", "page id"),
    "articles.title": ("article title", "article name", "page title", "headline"),
    "articles.address": (
        "url", "article url", "html url", "link", "permalink", "page url", "web address", "article link", "web url",
        "public url", "source url", "web link", "webui",
    ),
    "articles.section": (
        "category", "folder", "collection", "space", "section name", "category name", "folder name", "space name",
    ),
    "articles.summary": ("description", "excerpt", "abstract", "subtitle", "article description"),
    "articles.body": ("text", "content", "article body", "html", "description text"),
    "articles.language": ("lang", "locale"),
    "articles.status": ("state", "article status", "publication status"),
    "articles.updated_on": (
        "updated at", "updated", "last updated", "last modified", "modified at", "edited at", "last edited",
        "last updated at", "modified", "modified on", "date modified", "updated time", "last updated date",
    ),
    "articles.views": ("hits", "view count", "page views", "article views", "visits", "reads", "views count"),
    "fx_rates.currency": ("from currency", "code", "base currency"),
    "fx_rates.rate_on": ("date", "valid from", "month", "rate date", "as of"),
    "fx_rates.rate": ("exchange rate", "fx rate", "conversion rate"),
}  # fmt: skip
