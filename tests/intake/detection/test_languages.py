"""One realistic sheet per table and language, with the habits of that language: all of it is understood."""

from __future__ import annotations

import pytest

from cs_dash.intake.cells import intervals
from cs_dash.intake.detection.field_names import fields_by_name
from cs_dash.schema import names
from cs_dash.schema.languages import LANGUAGES
from cs_dash.schema.tables import TABLES
from tests.intake.conftest import Read

SURE = 0.6
"""A column that is less sure than this is asked about."""

FIELDS: dict[str, tuple[str, ...]] = {
    "accounts": ("account_id", "account", "segment", "country", "industry", "csm", "signup_date", "mrr", "churned"),
    "subscriptions": ("subscription_id", "account_ref", "plan", "start_date", "end_date", "mrr", "currency", "seats"),
    "usage": ("account_ref", "user_id", "used_on", "feature", "events"),
    "tickets": (
        "ticket_id", "account_ref", "created_at", "solved_at", "status", "priority", "type", "subject", "body",
    ),
    "churn_events": ("account_ref", "churned_on", "reason", "mrr_lost", "comment"),
    "surveys": ("account_ref", "answered_on", "survey", "score", "comment"),
}  # fmt: skip
"""What the columns of every sheet below are, in order."""

HEADS: dict[str, dict[str, str]] = {
    "English": {
        "accounts": "Customer ID;Customer name;Market segment;Country;Industry;Account owner;Customer since;"
        "Monthly recurring revenue;Has churned",
        "subscriptions": "Contract number;Customer;Plan name;Contract start;Contract end;Monthly fee;Currency code;"
        "Number of seats",
        "usage": "Customer;User;Event date;Feature name;Number of events",
        "tickets": "Ticket number;Customer;Created at;Solved at;Status;Priority;Ticket type;Subject;Description",
        "churn_events": "Customer;Cancellation date;Cancellation reason;Lost MRR;Comment",
        "surveys": "Customer;Response date;Survey type;Score;Comment",
    },
    "German": {
        "accounts": "Kundennummer;Firma;Kundensegment;Land;Branche;Betreuer;Kunde seit;Monatsumsatz;Gekündigt",
        "subscriptions": "Vertragsnummer;Kundennummer;Tarif;Vertragsbeginn;Vertragsende;Monatsbetrag;Währung;"
        "Anzahl Lizenzen",
        "usage": "Kundennummer;Benutzer;Datum;Funktion;Anzahl",
        "tickets": "Ticketnummer;Kunde;Erstellt am;Gelöst am;Status;Priorität;Kategorie;Betreff;Beschreibung",
        "churn_events": "Kunde;Kündigungsdatum;Kündigungsgrund;Verlorener Umsatz;Bemerkung",
        "surveys": "Kunde;Antwortdatum;Umfrage;Punktzahl;Kommentar",
    },
    "Russian": {
        "accounts": "Код клиента;Название компании;Сегмент;Страна;Отрасль;Ответственный;Дата подключения;"
        "Ежемесячная выручка;Отток",
        "subscriptions": "Номер договора;Клиент;Тариф;Дата начала;Дата окончания;Сумма в месяц;Валюта;"
        "Количество лицензий",
        "usage": "Клиент;Пользователь;Дата;Функция;Количество событий",
        "tickets": "Номер обращения;Клиент;Дата создания;Дата решения;Статус;Приоритет;Тип обращения;Тема;Описание",
        "churn_events": "Клиент;Дата ухода;Причина ухода;Потерянная выручка;Комментарий",
        "surveys": "Клиент;Дата ответа;Тип опроса;Оценка;Комментарий",
    },
    "Chinese": {
        "accounts": "客户编号;客户名称;客户分类;国家;行业;客户成功经理;签约日期;月度经常性收入;是否流失",
        "subscriptions": "合同编号;客户编号;套餐;开始日期;到期日期;月费;币种;席位数",
        "usage": "客户编号;用户ID;使用日期;功能;使用次数",
        "tickets": "工单编号;客户;创建时间;解决时间;状态;优先级;工单类型;标题;问题描述",
        "churn_events": "客户;流失日期;流失原因;流失收入;备注",
        "surveys": "客户;回答日期;问卷;评分;反馈",
    },
    "Spanish": {
        "accounts": "Código de cliente;Nombre de la empresa;Segmento;País;Sector;Gestor de cuenta;Fecha de alta;"
        "Cuota mensual;Baja",
        "subscriptions": "Número de contrato;Cliente;Plan contratado;Fecha de inicio;Fecha de fin;Importe mensual;"
        "Moneda;Licencias",
        "usage": "Cliente;Usuario;Fecha;Funcionalidad;Número de usos",
        "tickets": "Número de ticket;Cliente;Fecha de creación;Fecha de resolución;Estado;Prioridad;Categoría;Asunto;"
        "Descripción",
        "churn_events": "Cliente;Fecha de baja;Motivo de la baja;Ingresos perdidos;Observaciones",
        "surveys": "Cliente;Fecha de respuesta;Encuesta;Puntuación;Comentario",
    },
    "French": {
        "accounts": "Code client;Nom de l'entreprise;Segment client;Pays;Secteur d'activité;Chargé de compte;"
        "Client depuis;Revenu mensuel récurrent;Résilié",
        "subscriptions": "N° de contrat;Client;Formule;Date de début;Date de fin;Montant mensuel;Devise;"
        "Nombre de licences",
        "usage": "Client;Utilisateur;Date d'utilisation;Fonctionnalité;Nombre d'utilisations",
        "tickets": "N° de ticket;Client;Créé le;Résolu le;Statut;Priorité;Catégorie;Objet;Description",
        "churn_events": "Client;Date de résiliation;Motif de résiliation;Revenu perdu;Remarque",
        "surveys": "Client;Date de réponse;Enquête;Note;Commentaire",
    },
    "Portuguese": {
        "accounts": "Código do cliente;Razão social;Porte da empresa;País;Ramo de atividade;Gerente de conta;"
        "Data de cadastro;Receita mensal;Cancelado",
        "subscriptions": "Número do contrato;Cliente;Plano contratado;Data de início;Data de término;Mensalidade;Moeda;"
        "Licenças",
        "usage": "Cliente;Usuário;Data de uso;Recurso;Quantidade",
        "tickets": "Número do chamado;Cliente;Aberto em;Resolvido em;Situação;Prioridade;Tipo de chamado;Assunto;"
        "Descrição",
        "churn_events": "Cliente;Data do cancelamento;Motivo do cancelamento;Receita perdida;Observações",
        "surveys": "Cliente;Data da resposta;Pesquisa;Nota;Comentário",
    },
}

YES_NO = {
    "English": ("yes", "no"), "German": ("ja", "nein"), "Russian": ("да", "нет"), "Chinese": ("是", "否"),
    "Spanish": ("sí", "no"), "French": ("oui", "non"), "Portuguese": ("sim", "não"),
}  # fmt: skip
WRITTEN = {
    "English": ("2025-03-{d:02}", "1250.50"), "Chinese": ("2025年3月{d}日", "1,250.50"),
    "German": ("{d:02}.03.2025", "1.250,50"), "Russian": ("{d:02}.03.2025", "1 250,50"),
    "Spanish": ("{d:02}/03/2025", "1.250,50"), "French": ("{d:02}/03/2025", "1 250,50"),
    "Portuguese": ("{d:02}/03/2025", "1.250,50"),
}  # fmt: skip
"""How each writes the d-th of March 2025 and one thousand two hundred and fifty and a half."""


def cell(field: str, n: int, language: str) -> str:
    day, amount = WRITTEN[language]
    if field in ("signup_date", "start_date", "used_on", "created_at", "churned_on", "answered_on"):
        return day.format(d=n + 10)
    if field in ("end_date", "solved_at"):
        return day.format(d=n + 16)
    if field in ("mrr", "mrr_lost"):
        return amount
    if field == "churned":
        return YES_NO[language][n % 2]
    if field in ("seats", "events", "score"):
        return str(n + 3)
    if field == "currency":
        return "EUR"
    if field == "survey":
        return "NPS"
    ids = {"account_id": "K-{n}", "account_ref": "K-{n}", "subscription_id": "V-{n}", "user_id": "u{n}"}
    return (ids | {"ticket_id": "T-{n}"}).get(field, f"{field} {{n}}").format(n=100 + n)


@pytest.mark.parametrize("table", FIELDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_in_its_own_language(reading: Read, language: str, table: str) -> None:
    rows = [";".join(cell(field, n, language) for field in FIELDS[table]) for n in range(12)]
    ingest = reading({"export.csv": "\n".join([HEADS[language][table], *rows]) + "\n"})
    assert ingest.tables, ingest.ignored
    language_table = next(loaded_table for loaded_table in ingest.tables if loaded_table.table == table)
    assert {m.column: m.field for m in language_table.mapped} == dict(
        zip(HEADS[language][table].split(";"), FIELDS[table], strict=True)
    )
    assert min(m.confidence for m in language_table.mapped) >= SURE
    assert not [problem for problem in language_table.problems if problem.fatal]
    assert language_table.rows.rows.num_rows == 12
    values = language_table.rows.rows.to_pydict()
    for name in {"mrr", "mrr_lost"} & set(FIELDS[table]):
        assert set(values[name]) == {1250.5}
    for name in {"signup_date", "start_date", "used_on", "churned_on", "answered_on"} & set(FIELDS[table]):
        assert [(day.year, day.month, day.day) for day in values[name][:2]] == [(2025, 3, 10), (2025, 3, 11)]
    if table == "accounts":
        assert values["churned"][:2] == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name_in_every_language(language: str) -> None:
    words = LANGUAGES[language]
    without = [
        f"{table.name}.{field.name}"
        for table in TABLES.values()
        for field in table.mapped
        if not words.get(f"{table.name}.{field.name}") and not words.get(f"*.{field.name}")
    ]
    # In English the field's own name is one.
    assert language == "English" or not without


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_belong_to_fields_that_exist(language: str) -> None:
    field_names = {f"{table.name}.{f.name}" for table in TABLES.values() for f in table.fields}
    field_names |= {f"*.{f.name}" for table in TABLES.values() for f in table.fields}
    assert set(LANGUAGES[language]) <= field_names


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("Erstantwortzeit (Minuten)", 1.0), ("Zeit bis zur ersten Antwort in Stunden", 60.0),
        ("Время до первого ответа, ч", 60.0), ("Время до решения в днях", 1440.0), ("首次响应时长（分钟）", 1.0),
        ("Tiempo de resolución en horas", 60.0), ("Délai de résolution en jours", 1440.0),
        ("Tempo de resolução (horas)", 60.0),
    ],
)  # fmt: skip
def test_units_of_time_in_other_languages(name: str, minutes: float) -> None:
    assert names.timeless(name)[1] == minutes


@pytest.mark.parametrize(
    ("word", "months"),
    [
        ("Monthly", 1), ("monatlich", 1), ("mensuelle", 1), ("mensual", 1), ("Mensal", 1), ("ежемесячно", 1),
        ("月付", 1), ("Vierteljährlich", 3), ("trimestriel", 3), ("trimestral", 3), ("квартал", 3), ("每季度", 3),
        ("halbjährlich", 6), ("semestral", 6), ("полгода", 6), ("jährlich", 12), ("annuel", 12), ("Año", 12),
        ("anual", 12), ("ежегодно", 12), ("年付", 12), ("2 Jahre", 24), ("on demand", None),
    ],
)  # fmt: skip
def test_terms_in_other_languages(word: str, months: int | None) -> None:
    assert intervals.months(word) == months


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("data_cadastro", "signup_date"), ("date_inscription", "signup_date"), ("fecha_alta", "signup_date"),
        ("Gekuendigt", "churned"), ("data_cancelamento", "churn_date"),
    ],
)  # fmt: skip
def test_names_without_their_little_words_and_with_umlauts_in_two_letters_are_known(name: str, field: str) -> None:
    assert any(known.name == field for known, _, _ in fields_by_name("accounts")[names.key(name)])
