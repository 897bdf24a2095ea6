"""What help desks call the kinds of tickets: raw terms per kind, in several languages.

Terms are written in lower case without punctuation ("feature_request" and "Feature-Request" are "feature request").
Vendors: Zendesk, Intercom, Freshdesk, HubSpot, Jira Service Management, GitHub, ITIL 4 and surveys of support teams.
"""

from __future__ import annotations

HOW_TO = "how-to"
DEFECT = "defect"
FEATURE_REQUEST = "feature request"
ACCESS = "account and access"
BILLING = "billing"
OUTAGE = "outage"
OTHER = "other"
NOT_A_TICKET = "not a ticket"
"""Spam, merged duplicates and automatic messages: stored, but left out of every count of tickets."""
SAYS_NOTHING = "says nothing"
"""Decision about a type or tag that is about something else ("E-mail"): the rest of the ticket tells its kind."""

KINDS = (HOW_TO, DEFECT, FEATURE_REQUEST, ACCESS, BILLING, OUTAGE, OTHER)

WORDS: dict[str, tuple[str, ...]] = {
    HOW_TO: (
        "how to", "howto", "how do i", "how do we", "how to question", "question", "questions", "q and a", "qa",
        "general question", "product question", "usage question", "technical question", "support question",
        "inquiry", "enquiry", "general inquiry", "general enquiry", "product inquiry", "product enquiry", "query",
        "information request", "request for information", "request", "service request",
        "service request with approvals",
        "help", "help request", "help wanted", "guidance", "usage", "usage help", "training", "onboarding",
        "documentation", "docs", "consultation", "advice", "configuration help", "setup help", "product support",
        "get it help", "need help", "ask a question",
        "frage", "fragen", "anfrage", "allgemeine anfrage", "produktfrage", "rückfrage", "hilfe", "anleitung",
        "bedienung", "schulung", "beratung", "serviceanfrage", "service anfrage",
        "вопрос", "вопросы", "общий вопрос", "вопрос по продукту", "как сделать", "как", "консультация", "справка",
        "помощь", "инструкция", "обучение", "запрос информации", "запрос на обслуживание",
        "pregunta", "preguntas", "consulta", "consultas", "consulta general", "duda", "dudas", "ayuda", "cómo",
        "solicitud de información", "formación", "capacitación",
        "question générale", "demande d'information", "demande d information", "aide", "renseignement",
        "pergunta", "dúvida", "ajuda", "domanda", "domande", "richiesta di informazioni",
        "咨询", "问题咨询", "产品咨询", "使用咨询", "使用问题", "操作问题", "如何使用", "怎么用", "提问", "一般咨询",
        "功能咨询", "服务请求",
    ),
    DEFECT: (
        "bug", "bugs", "bug report", "software bug", "defect", "defects", "fault", "error", "errors", "problem",
        "problems", "issue", "technical issue", "technical problem", "technical", "technical support", "incident",
        "incidents", "malfunction", "broken", "regression", "crash", "failure", "product issue", "product bug",
        "production issue", "performance issue", "performance", "data loss", "display issue", "network problem",
        "report a bug", "report an issue", "something is broken", "troubleshooting", "known issue",
        "fehler", "fehlermeldung", "fehlerbericht", "störung", "defekt", "problemmeldung", "technisches problem",
        "vorfall", "mangel",
        "ошибка", "ошибки", "баг", "дефект", "проблема", "неисправность", "инцидент", "сбой", "техническая проблема",
        "технический вопрос", "не работает",
        "fallo", "fallos", "incidencia", "incidente", "problema", "problema técnico", "avería", "defecto",
        "erreur", "bogue", "anomalie", "dysfonctionnement", "problème", "problème technique", "erro", "errore",
        "guasto",
        "缺陷", "错误", "故障", "报错", "程序错误", "技术问题", "异常", "事件", "系统错误", "漏洞",
    ),
    FEATURE_REQUEST: (
        "feature", "features", "feature request", "feature requests", "new feature", "new feature request",
        "enhancement", "enhancements", "enhancement request", "improvement", "suggestion", "suggestions", "idea",
        "ideas",
        "product feedback", "feedback", "wish", "wishlist", "change", "change request", "request for change", "rfc",
        "suggest a new feature", "suggest improvement", "story", "user story", "epic", "product idea",
        "funktionswunsch", "feature wunsch", "verbesserung", "verbesserungsvorschlag", "vorschlag", "wunsch",
        "änderung",
        "änderungsantrag", "änderungswunsch", "erweiterung",
        "предложение", "предложения", "пожелание", "пожелания", "запрос функции", "новая функция", "улучшение", "идея",
        "доработка", "запрос на доработку", "запрос на изменение", "изменение",
        "sugerencia", "sugerencias", "mejora", "petición de función", "solicitud de función", "nueva función",
        "solicitud de mejora", "cambio",
        "demande de fonctionnalité", "demande d'évolution", "demande d evolution", "amélioration", "évolution",
        "sugestão", "melhoria", "suggerimento", "richiesta di funzionalità", "miglioramento",
        "功能需求", "功能请求", "新功能", "需求", "建议", "功能建议", "改进", "优化建议", "改进建议", "变更",
        "变更请求",
    ),
    ACCESS: (
        "access", "account", "account access", "account and access", "account issue", "account issues",
        "account management", "account help", "access request", "access issue", "login", "log in", "login issue",
        "sign in", "signin", "password", "password reset", "reset password", "sso", "single sign on", "mfa", "2fa",
        "permissions", "permission", "authentication", "authorization", "user management", "user access", "locked out",
        "account locked", "provisioning", "new user", "registration", "verification", "security",
        "zugang", "zugriff", "anmeldung", "login problem", "passwort", "passwort zurücksetzen", "konto", "berechtigung",
        "berechtigungen", "benutzerverwaltung",
        "доступ", "вход", "авторизация", "регистрация", "пароль", "сброс пароля", "аккаунт", "учетная запись",
        "учётная запись", "управление аккаунтом", "доступ к аккаунту", "личный кабинет", "права доступа",
        "acceso", "cuenta", "contraseña", "inicio de sesión", "acceso a la cuenta", "permisos", "usuario",
        "accès", "compte", "mot de passe", "connexion", "acesso", "conta", "senha", "accesso", "password dimenticata",
        "账号", "账户", "账号问题", "登录", "登录问题", "密码", "密码重置", "权限", "访问权限", "账户访问",
        "账号与权限",
    ),
    BILLING: (
        "billing", "billing question", "billing inquiry", "billing enquiry", "billing issue", "billing request",
        "billing and payments", "invoice", "invoices", "invoicing", "payment", "payments", "payment issue", "refund",
        "refunds", "refund request", "charge", "charges", "chargeback", "cancellation", "cancellation request",
        "cancel subscription", "cancel", "subscription", "subscription change", "renewal", "pricing", "price", "quote",
        "credit", "plan change", "upgrade", "downgrade", "licence", "license", "licensing", "purchase", "finance",
        "rechnung", "rechnungen", "abrechnung", "zahlung", "rückerstattung", "erstattung", "kündigung", "vertrag",
        "preis", "lizenz", "abonnement",
        "оплата", "счет", "счёт", "биллинг", "платеж", "платёж", "возврат", "возврат средств", "подписка",
        "отмена подписки", "тариф", "монетизация", "финансы",
        "facturación", "factura", "facturas", "pago", "pagos", "reembolso", "cancelación", "suscripción", "cobro",
        "facturation", "facture", "paiement", "remboursement", "résiliation", "abonnement et facturation",
        "faturamento", "fatura", "pagamento", "fatturazione", "fattura", "rimborso", "disdetta",
        "账单", "计费", "付款", "支付", "退款", "退款申请", "发票", "订阅", "取消订阅", "续费", "费用", "财务",
    ),
    OUTAGE: (
        "outage", "outages", "service outage", "service outages", "downtime", "down", "service down", "system down",
        "major incident", "disruption", "service disruption", "service interruption", "unavailable", "availability",
        "emergency", "sev1", "sev 1", "p1 incident",
        "ausfall", "dienstausfall", "systemausfall", "serviceausfall", "totalausfall", "großstörung",
        "недоступность", "сервис недоступен", "авария", "простой", "массовый сбой", "отключение",
        "caída", "caída del servicio", "interrupción", "interrupción del servicio", "fuera de servicio",
        "panne", "panne de service", "indisponibilité", "interruption", "queda", "interrupção", "disservizio",
        "服务中断", "宕机", "停机", "中断", "不可用", "重大故障",
    ),
    OTHER: (
        "other", "others", "misc", "miscellaneous", "general", "task", "tasks", "to do", "todo", "sub task", "subtask",
        "not applicable", "internal", "chat", "complaint", "complaints", "praise", "compliment", "sales",
        "sales inquiry", "lead", "partnership", "press", "legal", "delivery", "shipping", "return", "returns",
        "sonstiges", "sonstige", "andere", "anderes", "aufgabe", "beschwerde", "allgemein", "lob", "vertrieb",
        "другое", "прочее", "иное", "задача", "жалоба", "благодарность", "сотрудничество",
        "otro", "otros", "otra", "tarea", "queja", "general otros", "varios", "ventas",
        "autre", "autres", "divers", "tâche", "réclamation", "outro", "outros", "altro", "altri", "reclamo",
        "其他", "其它", "任务", "投诉", "表扬", "合作",
    ),
    NOT_A_TICKET: (
        "spam", "junk", "suspended", "duplicate", "duplicates", "merged", "merge", "closed by merge", "closedbymerge",
        "auto reply", "autoreply", "auto response", "autoresponse", "automatic reply", "automatic message",
        "out of office", "bounce", "bounced", "mailer daemon", "undeliverable", "test ticket", "deleted",
        "duplikat", "zusammengeführt", "automatische antwort", "abwesenheitsnotiz",
        "спам", "дубликат", "дубль", "объединен", "объединён", "автоответ",
        "duplicado", "fusionado", "respuesta automática", "doublon", "fusionné", "réponse automatique",
        "垃圾邮件", "垃圾", "重复", "已合并", "自动回复",
    ),
}  # fmt: skip
GLUE = " · "
"""In a topic's label, separates the sentence of its central ticket from the words that distinguish the topic."""
