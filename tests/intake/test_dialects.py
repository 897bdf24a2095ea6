"""The same tables written in the ways of other programs and countries give the same rows to the last digit."""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from cs_dash.intake.results.problems import IngestResult
from cs_dash.store.tables import EXTRA
from tests.intake import dialects, forms
from tests.intake.dialects import Column, Dialect, Table, Value

from .conftest import Read

EXAMPLES = int(os.environ.get("CS_DASH_DIALECTS", "15"))
"""How many dialects are tried; thousands when the readers of files were changed."""

WORDS: dict[str, tuple[str, ...]] = {
    "western": ("Müller & Söhne", "Café “Zoë”", "Peña, Núñez y Cía", "François; l’Été", "Straße 7", "Ångström AB"),
    "russian": ("ООО «Ромашка»", "Газстрой, филиал", "ИП Иванов; Пермь", "Ёлка", "Щит и меч", "Научный центр"),
    "chinese": ("北京科技有限公司", "上海贸易，分公司", "深圳“数据”集团", "广州软件", "成都网络", "杭州电子商务"),
    "japanese": (
        "東京商事株式会社",
        "大阪ソフトウェア",
        "「データ」センター",
        "北海道ネットワーク",
        "カタカナ商店",
        "ひらがな社",
    ),
    "plain": ("Acme, Inc.", 'The "Best" Co', "Tab & Pipe | Ltd", "O'Neil; Sons", "Delta", "7 Seas"),
}
TALK = {
    "western": ("Où est l’export ?\nMerci", "Die Tabelle lädt nicht: Spalte „Größe“ fehlt", "No funciona, ¿por qué?"),
    "russian": ("Не работает выгрузка отчёта\nСпасибо", "Как добавить пользователя?", "Ошибка при входе, помогите"),
    "chinese": ("导出报表失败\n请帮忙", "如何添加用户？", "登录时出现错误，请处理"),
    "japanese": ("エクスポートできません\nお願いします", "ユーザーの追加方法は？", "ログイン時にエラー"),
    "plain": ('It says "error", then\nnothing', "How do I export; to CSV?", "Login is broken | help, please"),
}  # fmt: skip
ALPHABETS = {
    "utf-8": tuple(WORDS), "utf-8-sig": tuple(WORDS), "utf-16": tuple(WORDS), "cp1252": ("western", "plain"),
    "latin-1": ("western", "plain"), "cp1251": ("russian", "plain"), "gb18030": ("chinese", "plain"),
    "shift_jis": ("japanese", "plain"), "ascii": ("plain",),
}  # fmt: skip
LANGUAGES = {
    "cp1252": ("en", "de", "es", "fr"), "latin-1": ("en", "de", "es", "fr"), "cp1251": ("en", "ru"),
    "gb18030": ("en", "zh"), "shift_jis": ("en",), "ascii": ("en",),
}  # fmt: skip
"""The languages of column names that programs write in an encoding."""

ACCOUNT = {"en": "account id", "ru": "id клиента", "de": "kunden id", "zh": "客户编号", "es": "cliente", "fr": "compte"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "accounts": (
        Column(ACCOUNT | {"es": "id cliente", "fr": "id client"}, "id"),
        Column({"en": "account name", "ru": "название", "de": "firma", "zh": "公司", "es": "empresa",
                "fr": "entreprise"}, "text"),
        Column({"en": "segment", "ru": "сегмент", "de": "kundensegment", "zh": "细分", "es": "segmento"}, "text"),
        Column({"en": "country", "ru": "страна", "de": "land", "zh": "国家", "es": "país", "fr": "pays"}, "text"),
        Column({"en": "seats", "ru": "лицензии", "de": "lizenzen", "zh": "席位"}, "number"),
        Column({"en": "signup date", "ru": "дата регистрации", "de": "kunde seit", "zh": "注册日期"}, "date"),
        Column({"en": "churned", "ru": "отток", "zh": "流失"}, "flag"),
    ),
    "subscriptions": (
        Column({"en": "subscription id", "ru": "id подписки", "de": "vertragsnummer", "zh": "订阅编号"}, "id"),
        Column(ACCOUNT, "id"),
        Column({"en": "plan", "ru": "тариф", "de": "tarif", "zh": "套餐"}, "text"),
        Column({"en": "start date", "ru": "дата начала", "de": "beginn", "zh": "开始日期", "es": "fecha de inicio",
                "fr": "date de début"}, "date"),
        Column({"en": "end date", "ru": "дата окончания", "de": "enddatum", "zh": "结束日期", "es": "fecha de fin",
                "fr": "date de fin"}, "date"),
        Column({"en": "mrr", "ru": "выручка в месяц", "zh": "月度经常性收入", "es": "ingresos mensuales"}, "money"),
        Column({"en": "auto renew"}, "flag"),
    ),
    "tickets": (
        Column({"en": "ticket id", "ru": "номер обращения", "de": "ticketnummer", "zh": "工单编号"}, "id"),
        Column(ACCOUNT, "id"),
        Column({"en": "created at", "ru": "дата создания", "de": "erstellt am", "zh": "创建时间",
                "es": "fecha de creación", "fr": "date de création"}, "moment"),
        Column({"en": "solved at", "ru": "дата решения", "de": "gelöst am", "zh": "解决时间"}, "moment"),
        Column({"en": "subject", "ru": "тема", "de": "betreff", "zh": "主题", "es": "asunto", "fr": "objet"}, "text"),
        Column({"en": "satisfaction score"}, "number"),
    ),
    "churn events": (
        Column({"en": "churn id"}, "id"),
        Column(ACCOUNT, "id"),
        Column({"en": "churn date", "ru": "дата оттока", "de": "kündigungsdatum", "zh": "流失日期",
                "es": "fecha de baja"}, "date"),
        Column({"en": "churn reason", "ru": "причина оттока", "de": "kündigungsgrund", "zh": "流失原因"}, "text"),
        Column({"en": "mrr lost"}, "money"),
    ),
}  # fmt: skip


def company(alphabet: str, seed: int) -> list[Table]:
    """Return a small company whose names and messages are in an alphabet."""
    rng = random.Random(seed)
    words, talk = WORDS[alphabet], TALK[alphabet]

    def day(since: int = 2023) -> date:
        return date(since, 1, 1) + timedelta(days=rng.randrange(700))

    def maybe(value: Value) -> Value:
        return None if rng.random() < 0.2 else value

    def moment() -> datetime:
        return datetime(2024, 1, 1) + timedelta(seconds=rng.randrange(60_000_000))

    def account() -> str:
        return f"A-{rng.randrange(30):03}"

    def reason() -> str:
        return rng.choice((words[1], "price", "no use"))

    makers: dict[str, Callable[[int], tuple[Value, ...]]] = {
        "accounts": lambda n: (
            f"A-{n:03}", f"{rng.choice(words)} {n}", rng.choice(("SMB", "Enterprise")), rng.choice(words),
            maybe(rng.choice((3, 40, 999, 1250, 12_000))), day(), rng.random() < 0.3,
        ),
        "subscriptions": lambda n: (
            f"S{n}", account(), rng.choice(("Pro", "Basic", words[0])), day(), maybe(day(2025)),
            round(rng.choice((9.9, 120, 1234.5, 98_765.43)) + rng.randrange(100) / 100, 2), rng.random() < 0.5,
        ),
        "tickets": lambda n: (
            f"T{n}", account(), moment(), maybe(datetime(2026, 1, 1) + timedelta(seconds=rng.randrange(10**7))),
            f"{rng.choice(talk)} {n}", maybe(rng.choice((1, 3.5, 5))),
        ),
        "churn events": lambda n: (
            f"C{n}", account(), day(2024), reason(), maybe(round(rng.random() * 5000, 2)),
        ),
    }  # fmt: skip
    return [Table(name, columns, tuple(makers[name](n) for n in range(30))) for name, columns in COLUMNS.items()]


def can_hold(tables: Iterable[Table], dialect: Dialect) -> bool:
    """Whether tables can be written so.

    East Asian encodings hold Cyrillic, accents and the euro too, but nobody uses them for texts without a word of their
    language, and a lone sign of two bytes can be two letters of any other encoding.
    """
    try:
        files = forms.files(list(tables), dialect)
    except UnicodeEncodeError:
        return False
    if dialect.encoding not in ("gb18030", "shift_jis"):
        return True
    texts = [content.decode(dialect.encoding) for content in files.values()]
    return not any("\u00c0" <= char <= "\u052f" for text in texts for char in text) and all(
        text.isascii() or any("\u3040" <= char <= "\u9fff" for char in text) for text in texts
    )


class Choose(Protocol):
    """Takes one of several."""

    def __call__(self, *among: Any) -> Any: ...


def company_and_dialect(choose: Choose) -> tuple[list[Table], Dialect]:
    """Return a company and a dialect that can hold it."""
    form = choose("csv", "csv", "csv", "csv", "csv", "xlsx", "ods", "jsonl", "parquet")
    encoding = choose(*ALPHABETS) if form == "csv" else "utf-8"
    tables = company(choose(*ALPHABETS[encoding]), choose(*range(100)))
    laid_out = form in ("csv", "xlsx", "ods")
    dialect = Dialect(
        form=form,
        delimiter=choose(",", ";", "\t", "|"),
        quoting=choose(csv.QUOTE_MINIMAL, csv.QUOTE_ALL),
        line_end=choose("\n", "\r\n"),
        encoding=encoding,
        days=choose(*dialects.DAYS),
        flags=choose(*dialects.FLAGS),
        numbers=choose(*dialects.NUMBERS),
        money=choose(*dialects.MONEY),
        missing=choose(*dialects.MISSING),
        language=choose(*LANGUAGES.get(encoding, ("en", "ru", "de", "zh", "es", "fr"))),
        case=choose(*dialects.CASES),
        order=choose(*range(10)),
        extra=choose(0, 1, 2, 3),
        above=choose((), ("Customer report",), ("Report", "Exported by Ann on Monday")) if laid_out else (),
        below=choose("", "Total") if laid_out else "",
        gaps=choose(False, True) and laid_out,
        native=choose(False, True) and form != "csv",
    )
    narrower: dict[str, Any]
    for narrower in ({}, {"money": "{}", "missing": ""}, {"numbers": "1.234,5", "days": "DD.MM.YYYY"},
                     {"flags": "TRUE/FALSE"}, {"language": "en"}, {"extra": 1}):  # fmt: skip
        dialect = replace(dialect, **narrower)
        if can_hold(tables, dialect):
            return tables, dialect
    return tables, replace(dialect, encoding="utf-8")


@st.composite
def written(draw: st.DrawFn) -> tuple[list[Table], Dialect]:
    """Draw a company and a dialect that can hold it."""
    return company_and_dialect(lambda *among: draw(st.sampled_from(among)))


def rows_of(ingest: IngestResult) -> dict[str, list[dict[str, Any]]]:
    """Return the typed rows of every table, without where they stood and what is no field."""
    assert not ingest.ignored, ingest.ignored
    rows_by_table = {}
    for table in ingest.tables:
        rows = table.rows.rows
        rows_by_table[table.table] = rows.drop_columns(
            [c for c in ("_row", EXTRA, "currency") if c in rows.column_names]
        ).to_pylist()
    return rows_by_table


def summaries(ingest: IngestResult) -> dict[str, tuple[int, int, int, list[str]]]:
    return {
        table.table: (table.read, table.rejected, table.duplicates, [p.what for p in table.problems])
        for table in ingest.tables
    }  # fmt: skip


def assert_same(plain: Mapping[str, list[dict[str, Any]]], other: Mapping[str, list[dict[str, Any]]]) -> None:
    """Compare rows with a first difference that can be read."""
    assert set(other) == set(plain)
    for table, rows in plain.items():
        assert len(other[table]) == len(rows), table
        for at, (plain_row, other_row) in enumerate(zip(rows, other[table], strict=True)):
            assert other_row == plain_row, f"{table}, row {at}"


def compare(reading: Read, tables: list[Table], dialect: Dialect) -> None:
    """Read tables plainly written and in a dialect: the same rows, the same problems, and nothing is asked."""
    plain = reading(forms.files(tables, Dialect()))
    assert set(rows_of(plain)) == {"accounts", "subscriptions", "tickets", "churn_events"}
    other = reading(forms.files(tables, dialect))
    rows = rows_of(other)
    assert summaries(other) == summaries(plain)
    assert_same(rows_of(plain), rows)
    assert not [mapping.question for table in other.tables for mapping in table.mapped if mapping.question]


@settings(
    max_examples=EXAMPLES, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(written())
def test_a_dialect_changes_no_value(reading: Read, company_in_dialect: tuple[list[Table], Dialect]) -> None:
    tables, dialect = company_in_dialect
    note(repr(dialect))
    compare(reading, tables, dialect)
