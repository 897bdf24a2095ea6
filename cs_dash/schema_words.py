"""What other systems and languages call our fields.

A key is "table.field", or "*.field" for a field that several tables share. Order means nothing. Words are compared
after folding case, accents, signs and plural endings, so "Account ID", "account_id" and "AccountId" are one entry.
Vendors: Zendesk, Intercom, Freshdesk, HubSpot, Salesforce, Stripe, Chargebee, ChartMogul, Jira Service Management.
"""

from __future__ import annotations

SYNONYMS: dict[str, tuple[str, ...]] = {
    "*.account_ref": (
        "account id", "customer id", "client id", "company id", "organization id", "organisation id", "org id",
        "tenant id", "workspace id", "account number", "customer number", "customer", "account", "client", "company",
        "organization", "organisation", "associated company id", "compte", "kunde", "kunden id", "cliente", "empresa",
        "клиент", "id клиента", "компания", "客户", "客户编号", "账户",
    ),
    "*.account_name": (
        "account name", "customer name", "company name", "client name", "organization name", "organisation name",
        "name of customer", "kundenname", "firma", "nom du client", "nombre del cliente", "имя клиента",
        "название клиента", "客户名称",
    ),
    "accounts.account_id": (
        "customer id", "client id", "company id", "organization id", "org id", "tenant id", "id", "account number",
        "customer number", "kunden id", "kundennummer", "id клиента", "id cliente", "id client", "客户编号",
    ),
    "accounts.account": (
        "account name", "customer name", "company name", "client name", "organization name", "organisation name",
        "name", "customer", "company", "client", "organization", "property name", "kunde", "kundenname", "firma",
        "клиент", "название", "компания", "cliente", "empresa", "entreprise", "客户", "客户名称", "公司",
    ),
    "accounts.external_id": ("crm id", "salesforce id", "external account id", "stripe customer id", "hubspot id"),
    "accounts.domain": ("website", "email domain", "domain name", "property domain", "web site"),
    "accounts.segment": (
        "customer segment", "size", "company size", "account segment", "kundensegment", "сегмент", "segmento",
        "客户分类", "细分",
    ),
    "*.plan": (
        "plan tier", "plan name", "subscription plan", "product plan", "package", "edition", "sku", "product name",
        "tarif", "тариф", "план", "套餐",
    ),
    "accounts.region": ("sales region", "territory", "geo", "area", "регион", "région", "región", "地区", "区域"),
    "accounts.country": ("billing country", "country code", "land", "pays", "país", "страна", "国家"),
    "accounts.industry": ("vertical", "sector", "branche", "industrie", "отрасль", "sector industrial", "行业"),
    "accounts.csm": (
        "csm name", "customer success manager", "cs manager", "account manager", "account owner", "owner", "csm owner",
        "betreuer", "менеджер", "responsable", "gestor", "客户成功经理",
    ),
    "accounts.tier": ("service tier", "customer tier", "account tier", "support tier", "уровень", "等级"),
    "accounts.icp_fit": ("icp", "fit", "ideal customer profile", "icp score", "icp tier"),
    "accounts.channel": ("referral source", "lead source", "acquisition channel", "source", "how won"),
    "accounts.contract": ("contract type", "contract term", "agreement type"),
    "*.seats": (
        "licenses", "licences", "seat count", "users purchased", "total seats", "number of seats", "quantity",
        "lizenzen", "лицензии", "席位",
    ),
    "accounts.signup_date": (
        "signup", "sign up date", "customer since", "created", "created at", "created date", "create date",
        "start date", "start", "onboarded", "join date", "registration date", "kunde seit", "дата регистрации",
        "注册日期", "beginn", "vertragsbeginn", "startdatum", "начало", "дата начала", "клиент с", "inicio",
        "fecha de inicio", "date de début", "data de início", "开始日期",
    ),
    "*.renewal_date": (
        "renewal", "next renewal", "renews on", "renewal on", "contract end date", "current period end",
        "verlängerung", "дата продления", "续约日期",
    ),
    "*.is_trial": ("trial", "on trial", "is on trial", "trial flag", "trialing"),
    "accounts.churned": (
        "churn", "churn flag", "churn label", "churn value", "is churned", "has churned", "left", "cancelled",
        "canceled", "churned flag", "отток", "ушел", "流失",
    ),
    "accounts.churn_date": (
        "churned on", "churned at", "cancellation date", "cancelled at", "canceled at", "date churned", "left on",
        "дата оттока", "流失日期", "churn datum", "kündigungsdatum", "gekündigt am", "gekündigt zum", "дата ухода",
        "fecha de baja", "date de résiliation", "data de cancelamento",
    ),
    "accounts.tenure_months": (
        "tenure in months", "tenure", "months as customer", "customer age months", "months active", "стаж",
    ),
    "*.mrr": (
        "monthly recurring revenue", "mrr amount", "monthly charge", "monthly charges", "monthly revenue",
        "monthly fee", "monthly price", "plan amount", "выручка в месяц", "月度经常性收入", "ingresos mensuales",
    ),
    "*.arr": (
        "annual recurring revenue", "arr amount", "annual contract value", "acv", "yearly revenue",
        "年度经常性收入",
    ),
    "*.currency": ("currency code", "iso currency", "währung", "devise", "moneda", "валюта", "货币"),
    "*.pulse": ("csm pulse", "csm sentiment", "csm score", "sentiment", "health pulse", "csm health"),
    "accounts.pulse_date": ("pulse updated", "pulse on", "sentiment date"),
    "*.subscription_id": (
        "sub id", "contract id", "subscription", "contract number", "agreement id", "vertragsnummer", "id подписки",
        "订阅编号",
    ),
    "subscriptions.subscription_id": ("id",),
    "subscriptions.start_date": (
        "start", "started at", "started on", "subscription start", "contract start", "current term start", "begin",
        "beginn", "valid from", "from", "effective date", "activated at", "дата начала", "fecha de inicio",
        "date de début", "data de início", "startdatum", "开始日期",
    ),
    "subscriptions.end_date": (
        "end", "ended at", "ended on", "subscription end", "contract end", "cancelled at", "canceled at", "valid to",
        "valid until", "expires", "expiry date", "until", "дата окончания", "fecha de fin", "date de fin",
        "data de fim", "enddatum", "结束日期",
    ),
    "subscriptions.amount": (
        "price", "contract value", "total contract value", "tcv", "recurring amount", "unit amount", "betrag",
        "сумма", "importe", "montant", "金额",
    ),
    "subscriptions.term_months": ("term", "contract length", "contract months", "term length", "duration months"),
    "subscriptions.billing": (
        "billing frequency", "billing period", "billing cycle", "billing interval", "plan interval", "frequency",
    ),
    "*.status": ("state", "ticket status", "subscription status", "статус", "estado", "statut", "状态"),
    "subscriptions.auto_renew": ("auto renew flag", "auto renewal", "automatic renewal", "auto renews"),
    "usage.usage_id": ("event id", "id", "log id"),
    "*.user_id": (
        "user", "user name", "username", "distinct id", "visitor id", "member id", "contact id", "requester id",
        "benutzer", "пользователь", "usuario", "utilisateur", "用户",
    ),
    "usage.used_on": (
        "usage date", "event date", "event time", "date", "day", "week", "week starting", "week of", "timestamp",
        "time", "activity date", "last used", "дата", "fecha", "datum", "日期",
    ),
    "usage.feature": (
        "feature name", "event", "event name", "event type", "action", "module", "page", "funktion", "функция",
        "función", "fonctionnalité", "功能",
    ),
    "usage.events": (
        "usage count", "count", "event count", "number of events", "times used", "uses", "total events", "anzahl",
        "количество", "次数",
    ),
    "usage.minutes": (
        "usage minutes", "duration minutes", "time spent minutes", "session minutes",
        "usage duration minutes",
    ),
    "usage.is_core": ("core feature", "core", "is core feature"),
    "tickets.ticket_id": (
        "id", "ticket", "ticket number", "case number", "case id", "issue key", "key", "conversation id", "request id",
        "case", "ticketnummer", "номер обращения", "工单编号",
    ),
    "tickets.requester_email": (
        "requester email", "email", "contact email", "customer email", "reporter email", "from email", "e-mail",
    ),
    "tickets.created_at": (
        "created", "created date", "create date", "created at", "submitted at", "opened", "opened at", "date opened",
        "created time", "date", "ticket created", "request created at", "erstellt am", "дата создания",
        "fecha de creación", "date de création", "data de criação", "创建时间",
    ),
    "tickets.first_reply_at": (
        "first response at", "first responded at", "first response date", "first reply", "first agent reply date",
    ),
    "tickets.solved_at": (
        "closed at", "resolved at", "solved", "closed", "resolved", "date closed", "closed date", "resolution date",
        "gelöst am", "дата решения", "解决时间",
    ),
    "tickets.first_reply_minutes": (
        "first response time minutes", "first reply time in minutes", "first reply time minutes",
        "first response minutes", "time to first response minutes",
    ),
    "tickets.resolution_minutes": (
        "resolution time minutes", "full resolution time in minutes", "time to resolution minutes",
    ),
    "tickets.handling_minutes": (
        "handle time", "handling time", "time spent", "agent minutes", "handling time minutes", "time spent minutes",
    ),
    "tickets.priority": ("ticket priority", "severity", "urgency", "приоритет", "priorität", "prioridad", "优先级"),
    "tickets.channel": ("ticket channel", "via", "via channel", "contact channel", "kanal", "канал", "canal", "渠道"),
    "tickets.type": (
        "ticket type", "issue type", "case type", "request type", "kind", "label", "category", "ticket category",
        "problem type", "typ", "kategorie", "тип", "категория", "категория обращения", "классификатор 1 уровня",
        "tipo", "categoría", "catégorie", "类型", "分类",
    ),
    "tickets.tags": ("labels", "tag", "keywords", "метки", "etiquetas", "标签"),
    "tickets.product_area": (
        "component", "area", "product", "product purchased", "module", "queue", "group", "классификатор 2 уровня",
        "produktbereich",
    ),
    "tickets.subject": (
        "title", "ticket subject", "summary", "topic", "betreff", "тема", "asunto", "objet", "assunto", "主题", "标题",
    ),
    "tickets.body": (
        "description", "ticket description", "message", "text", "content", "details", "utterance", "first message",
        "beschreibung", "описание", "текст", "вопрос пользователя", "descripción",
        "description du ticket", "内容", "描述",
    ),
    "tickets.language": ("lang", "locale", "sprache", "язык", "idioma", "langue", "语言"),
    "tickets.satisfaction": (
        "satisfaction score", "csat", "csat score", "customer satisfaction rating", "satisfaction rating", "rating",
    ),
    "tickets.assignee": ("agent", "assigned agent", "assigned to", "owner", "bearbeiter", "исполнитель"),
    "churn_events.churn_id": ("churn event id", "id", "cancellation id", "event id"),
    "churn_events.churned_on": (
        "churn date", "date churned", "cancellation date", "cancelled at", "canceled at", "lost date", "end date",
        "date", "churned at", "kündigungsdatum", "дата оттока", "fecha de baja", "流失日期",
    ),
    "churn_events.reason": (
        "churn reason", "reason code", "cancellation reason", "primary reason", "loss reason", "lost reason", "why",
        "kündigungsgrund", "grund", "причина", "причина оттока", "motivo", "raison", "流失原因", "原因",
    ),
    "churn_events.category": ("churn category", "reason category", "reason group"),
    "churn_events.secondary_reason": ("second reason", "other reason", "secondary churn reason"),
    "churn_events.scope": ("churn type", "type", "full or partial", "churn kind", "event type"),
    "churn_events.mrr_lost": ("lost mrr", "churned mrr", "mrr churned", "lost revenue", "churn amount", "revenue lost"),
    "churn_events.competitor": ("lost to", "competitor name", "went to"),
    "*.comment": (
        "comments", "feedback", "feedback text", "verbatim", "notes", "customer comment", "kommentar", "комментарий",
        "comentario", "commentaire", "评论",
    ),
    "surveys.survey_id": ("id", "response id", "survey response id"),
    "surveys.answered_on": (
        "response date", "answered at", "responded at", "survey date", "submitted at", "date", "created at",
        "дата ответа",
    ),
    "surveys.survey": ("survey type", "survey name", "type", "kind", "metric", "question"),
    "surveys.score": (
        "nps", "nps score", "csat", "csat score", "rating", "satisfaction score", "survey score", "response",
        "оценка", "bewertung", "puntuación", "评分",
    ),
    "surveys.respondent": ("contact", "contact email", "respondent email", "email", "user"),
    "notes.note_id": ("id", "activity id"),
    "notes.noted_on": ("note date", "date", "created at", "created", "activity date", "logged on"),
    "notes.author": ("csm", "csm name", "created by", "owner", "written by"),
    "notes.note": ("notes", "text", "body", "content", "comment", "summary", "notiz", "заметка", "备注"),
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
    "fx_rates.currency": ("from currency", "code", "base currency"),
    "fx_rates.rate_on": ("date", "valid from", "month", "rate date", "as of"),
    "fx_rates.rate": ("exchange rate", "fx rate", "conversion rate", "kurs", "курс"),
}  # fmt: skip
