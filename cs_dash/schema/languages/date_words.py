"""Words of which the names of columns with days are composed: a word for a day, what happened on it, and whose it is.

"Dt Último Churn", "Data base" and "Дата отключения клиента" stand in no list of names; their parts do. Words
are written folded (lower case, no accents); a longer word that begins or ends with one of four letters or more is
the same one.
"""

from __future__ import annotations

DAY_WORDS = frozenset({
    "date", "data", "dates", "dt", "dat", "datum", "day", "days", "fecha", "fec", "fch", "dia", "jour", "tag",
    "дата", "дату", "день", "time", "timestamp", "zeitpunkt", "moment", "when", "quando", "cuando", "wann", "quand",
    "когда", "日期", "时间", "日", "时刻",
    "month", "monat", "mois", "mes", "месяц", "月份", "月", "quarter", "quartal", "trimestre", "квартал", "季度",
    "week", "woche", "semaine", "semana", "неделя", "year", "jahr", "annee", "ano", "год", "年份", "年",
})  # fmt: skip
"""Words for a day, a month, a quarter, a week or a year."""
OTHER_WORDS = frozenset({
    "of", "the", "on", "at", "in", "by", "for", "to", "a", "d", "l", "de", "da", "do", "das", "dos", "del", "des",
    "du", "la", "le", "les", "el", "los", "der", "die", "den", "dem", "am", "im", "zum", "vom", "von", "em", "no",
    "na", "au", "в", "с", "по", "из", "customer", "client", "cliente", "clientes", "kunde", "kunden", "kundin",
    "clients", "customers", "account", "accounts", "conta", "cuenta", "konto", "compte", "contract", "contracts",
    "contrato", "contratos", "contrat", "contrats", "vertrag", "vertrags", "abo", "abonnement", "subscription",
    "assinatura", "suscripcion", "service", "servico", "servicio", "dienst", "plan", "company", "empresa", "firma",
    "клиент", "клиента", "клиентов", "договор", "договора", "подписка", "подписки", "услуги", "компании", "last",
    "latest", "ultimo", "ultima", "letzte", "letzter", "letztes", "dernier", "derniere", "последний", "последняя",
    "последнего", "first", "primeiro", "primer", "primera", "primeira", "erste", "erster", "premier", "premiere",
    "первый", "первая", "actual", "real", "effective", "efetiva", "efetivo", "efectiva", "effektiv", "effectif",
    "фактическая", "ticket", "tickets", "chamado", "chamados", "caso", "case", "客户", "合同", "订阅", "账户",
    "账号", "工单", "公司", "服务", "最后", "最近", "首次", "的",
})  # fmt: skip
"""Words between them, and words for customers, contracts and tickets."""
BIRTHS = ("birth", "born", "geburt", "geboren", "naissance", "nacimiento", "nascimento", "рожден", "出生", "生日")
"""Words for the day on which a person was born, which is in no field."""
HAPPENED: dict[str, tuple[str, ...]] = {
    "start": (
        "start", "begin", "began", "begun", "base", "onboard", "activation", "activated", "joined", "joining", "signed",
        "signup", "signing", "enrol", "since", "commenc", "golive", "golive",
        "beginn", "anfang", "eintritt", "aktivierung", "anmeldung", "abschluss", "seit", "aufnahme",
        "debut", "entree", "souscri", "inscri", "adhesion", "depuis", "prise d effet",
        "inicio", "alta", "ingreso", "entrada", "contratacion", "activacion", "incorporacion", "firma", "desde",
        "adesao", "contratacao", "ativacao", "ingresso", "fechamento do contrato",
        "начал", "старт", "подключ", "вступлен", "активац", "заключен",
        "开始", "起始", "生效", "加入", "签约", "签订", "开通", "启用", "入网", "激活",
    ),
    "churn": (
        "churn", "cancel", "cxl", "exit", "exited", "lost", "loss", "left", "leave", "leaving", "attrition", "offboard",
        "terminat", "deactivat", "departure",
        "kundigung", "gekundigt", "kuendigung", "gekuendigt", "austritt", "abgang", "abwander", "verlust", "storn",
        "resili", "depart", "sortie", "perte", "desabonn", "annulation",
        "baja", "perdida", "salida", "abandono", "anulacion",
        "saida", "evasao", "desligamento", "perda", "encerramento", "rescis", "baixa",
        "отток", "уход", "ушел", "расторж", "отказ", "отключен", "потер", "отмен",
        "流失", "取消", "退订", "解约", "离开", "离网", "终止", "停用",
    ),
    "end": (
        "end", "ends", "ended", "ending", "finish", "expir", "until",
        "ende", "endet", "ablauf", "auslauf", "laufzeitende",
        "fin", "echeance", "fin", "final", "vencimiento", "hasta", "termino", "terminacion", "finalizacion",
        "fim", "vencimento", "ate", "validade",
        "окончан", "конец", "завершен", "истечен", "истека",
        "结束", "到期", "截止", "期满",
    ),
    "renewal": (
        "renew", "renov", "verlanger", "verlaenger", "renouvel", "reconduc", "продлен", "续约", "续费", "续签",
    ),
    "answered": (
        "received", "receipt", "respon", "answer", "submit", "submission", "complet", "survey", "surveyed", "feedback",
        "rated", "rating", "score", "scored", "nps", "csat", "collected", "recorded", "reviewed",
        "antwort", "beantwort", "umfrage", "befragung", "eingegangen", "eingang", "erhalten", "bewertung", "bewertet",
        "reponse", "repondu", "enquete", "recu", "recueilli", "avis", "sondage",
        "respuesta", "respondi", "encuesta", "recibid", "recepcion", "valoracion", "opinion",
        "resposta", "pesquisa", "recebid", "recebimento", "avaliacao", "coleta",
        "ответ", "опрос", "получен", "заполнен", "оценк", "отзыв",
        "回答", "反馈", "提交", "收到", "填写", "调查", "评分", "答复", "评价", "回收",
    ),
    "created": (
        "creat", "open", "opened", "raised", "reported", "logged", "submit", "received", "filed", "registered",
        "erstell", "eroffn", "gemeldet", "meldung", "eingang", "eingegangen", "angelegt", "erfasst",
        "creation", "cree", "ouvert", "signale", "recu", "enregistr",
        "creacion", "cread", "apertura", "abiert", "reportad", "recibid", "registr", "ingreso", "entrada",
        "criac", "criad", "abertura", "abert", "recebid", "solicitac",
        "создан", "открыт", "обращен", "поступ", "получен", "регистрац", "заявк",
        "创建", "提交", "开启", "提单", "报告", "收到", "受理", "登记",
    ),
    "solved": (
        "solv", "resol", "closed", "close", "closing", "closure", "fixed", "completed", "done",
        "geschlossen", "gelost", "erledigt", "losung", "abschluss", "behoben", "schlies",
        "ferme", "clotur", "clos", "resolu", "termine",
        "cerrad", "cierre", "resuelt", "solucion", "finalizad",
        "fechad", "fechamento", "encerrad", "encerramento", "conclu", "soluc",
        "решен", "закрыт", "выполнен", "завершен",
        "解决", "关闭", "完成", "结案", "办结",
    ),
    "copied": (
        "sync", "export", "imported", "importdatum", "extract", "ingest", "replicat", "loaded", "batched", "etl", "elt",
        "fivetran", "airbyte", "sdc", "dlt", "dbt", "dwh", "warehouse",
        "importiert", "importation", "sincroniz", "importad", "importacion", "importacao", "extrac",
        "синхрониз", "экспорт", "импорт", "выгруз", "загруз",
        "同步", "导出", "导入", "抽取",
    ),
}  # fmt: skip
"""What happened on a day -> the words for it."""
FIELDS: dict[str, dict[str, str]] = {
    "start": {"accounts": "signup_date", "subscriptions": "start_date"},
    "churn": {"accounts": "churn_date", "subscriptions": "end_date", "churn_events": "churned_on"},
    "end": {"subscriptions": "end_date"},
    "renewal": {"accounts": "renewal_date", "subscriptions": "renewal_date"},
    "answered": {"surveys": "answered_on"},
    "created": {"tickets": "created_at", "feature_requests": "requested_on"},
    "solved": {"tickets": "solved_at"},
    "copied": {},
}
"""What happened on a day -> table -> the field that holds such days; the day of a copy is in none."""
