"""RavenStack's tables re-saved in other dialects: every row and every figure to the last digit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import IngestResult, InputFile, LoadContext
from cs_dash.questions.churn.reasons import reasons
from cs_dash.questions.retention.summary import summary
from cs_dash.questions.support.kind_shares import kind_shares
from cs_dash.scope import Scope
from cs_dash.store.tables import EXTRA
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import day
from tests.intake import forms
from tests.intake.dialects import Column, Dialect, Table, Value
from tests.questions.others import loaded

MANY = 10_000
END_OF_2024 = Scope(period="all", as_of=day("2024-12-31"))
KINDS = {
    "signup_date": "date", "start_date": "date", "end_date": "date", "churn_date": "date", "usage_date": "date",
    "submitted_at": "moment", "closed_at": "moment", "mrr_amount": "money", "arr_amount": "money",
    "refund_amount_usd": "money", "seats": "number", "usage_count": "number", "usage_duration_secs": "number",
    "error_count": "number", "resolution_time_hours": "number", "first_response_time_minutes": "number",
    "satisfaction_score": "number", "is_trial": "flag",
}  # fmt: skip
RUSSIAN = {
    "account_id": "ID клиента", "account_name": "Название", "industry": "Отрасль", "country": "Страна",
    "signup_date": "Дата регистрации", "plan_tier": "Тариф", "seats": "Лицензии", "churn_flag": "Отток",
    "churn_date": "Дата оттока", "reason_code": "Причина", "feedback_text": "Комментарий",
    "subscription_id": "ID подписки", "start_date": "Дата начала", "end_date": "Дата окончания",
    "mrr_amount": "Выручка в месяц", "usage_date": "Дата", "feature_name": "Функция", "usage_count": "Количество",
    "ticket_id": "Номер обращения", "submitted_at": "Дата создания", "closed_at": "Дата решения",
    "priority": "Приоритет",
}  # fmt: skip
DIALECTS = {
    "Russian": Dialect(
        delimiter=";",
        encoding="cp1251",
        days="D/M/YYYY",
        flags="да/нет",
        numbers="1 234,5",
        missing="н/д",
        language="ru",
        order=3,
        extra=2,
    ),
    "German": Dialect(
        delimiter=";",
        encoding="cp1252",
        days="DD.MM.YYYY",
        flags="ja/nein",
        numbers="1.234,5",
        missing="-",
        order=5,
        extra=1,
        above=("Kundenübersicht",),
        below="Summe",
    ),
    "American": Dialect(
        delimiter="\t",
        encoding="utf-16",
        days="M/D/YYYY PM",
        flags="1/0",
        numbers="1,234.5",
        money="${}",
        missing="NULL",
        case="UPPER",
        quoting=csv.QUOTE_ALL,
        line_end="\r\n",
        order=7,
    ),
    "workbook": Dialect(form="xlsx", native=True, order=2, extra=3, above=("Export",), case="Title"),
}


def value(text: str, kind: str) -> Value:
    if not text:
        return None
    if kind == "date":
        return date.fromisoformat(text)
    if kind == "moment":
        return datetime.fromisoformat(text)
    if kind == "flag":
        return text == "True"
    return float(text) if kind in ("money", "number") else text


def tables(folder: Path) -> Iterator[Table]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            names, *rows = csv.reader(stream)
        types = [KINDS.get(name, "flag" if name.endswith("_flag") else "text") for name in names]
        columns = tuple(Column({"en": n, "ru": RUSSIAN.get(n, n)}, k) for n, k in zip(names, types, strict=True))
        yield Table(path.stem, columns, tuple(tuple(map(value, row, types)) for row in rows))


def typed(folder: Path) -> dict[str, list[dict[str, Any]]]:
    files = [InputFile(path.name, path, path.name) for path in sorted(folder.iterdir())]
    ingest: IngestResult = read(files, LoadContext(date(2026, 11, 22)))
    assert not ingest.ignored
    left_out = {"_row", EXTRA, "currency"}
    return {
        table.table: table.rows.rows.select([c for c in table.rows.rows.column_names if c not in left_out]).to_pylist()
        for table in ingest.tables
    }


def figures(warehouse: Warehouse) -> list[Any]:
    """Everything that the questions answer: figures and rows."""
    answers = [ask(warehouse, question, END_OF_2024) for question in (summary, reasons, kind_shares)]
    return [([(f.name, f.value) for f in answer.figures], answer.rows.to_pylist()) for answer in answers]


@pytest.fixture(scope="module")
def plain(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[Any]]:
    """The rows and the figures of the files as they are."""
    folder = tmp_path_factory.mktemp("plain")
    for path in (shared_data / "ravenstack").glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    warehouses = loaded(folder, "*.csv", tmp_path_factory.mktemp("plain_workspace"))
    return typed(folder), figures(next(warehouses))


@pytest.mark.parametrize("name", DIALECTS)
def test_ravenstack_in_another_dialect(
    name: str, plain: tuple[dict[str, Any], list[Any]], shared_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for loaded_table in tables(shared_data / "ravenstack"):
        # Workbooks are slow to write: the largest table stays text.
        dialect = DIALECTS[name] if len(loaded_table.rows) < MANY else replace(DIALECTS[name], form="csv", native=False)
        for file, content in forms.files([loaded_table], dialect).items():
            (folder / file).write_bytes(content)
    rows = typed(folder)
    assert set(rows) == set(plain[0])
    for table, expected in plain[0].items():
        assert len(rows[table]) == len(expected)
        different = [
            (plain_row, other_row)
            for plain_row, other_row in zip(expected, rows[table], strict=True)
            if plain_row != other_row
        ]
        assert not different[:2], table
    assert figures(next(loaded(folder, "*.*", tmp_path / "workspace"))) == plain[1]
