"""Names of columns with days that stand in no list are understood by their words."""

from __future__ import annotations

import pytest

from cs_dash.intake.detection.date_names import denies, events, fields, is_of_a_copy


@pytest.mark.parametrize(
    ("name", "table", "field"),
    [
        ("Data base", "accounts", "signup_date"),
        ("Data churn", "accounts", "churn_date"),
        ("Dt Último Churn", "subscriptions", "end_date"),
        ("Dt. Entrada", "subscriptions", "start_date"),
        ("Data_Received", "surveys", "answered_on"),
        ("Datum der Kundenkündigung", "accounts", "churn_date"),
        ("Datum Kündigung Vertrag", "churn_events", "churned_on"),
        ("Eintrittsdatum", "accounts", "signup_date"),
        ("Fecha de salida del cliente", "accounts", "churn_date"),
        ("Fecha de recepción", "surveys", "answered_on"),
        ("Date de sortie", "accounts", "churn_date"),
        ("Date de fin du contrat", "subscriptions", "end_date"),
        ("Дата отключения клиента", "accounts", "churn_date"),
        ("Дата заключения договора", "subscriptions", "start_date"),
        ("客户流失日期", "accounts", "churn_date"),
        ("合同签订日期", "subscriptions", "start_date"),
        ("Date opened ticket", "tickets", "created_at"),
    ],
)
def test_a_day_word_and_what_happened(name: str, table: str, field: str) -> None:
    assert (fields(table, name) or [""])[0] == field


@pytest.mark.parametrize("name", ["Date of birth", "Due date", "Founded", "Data", "Churn survey date", "Start price"])
def test_a_word_that_is_not_known_or_two_events_name_no_day(name: str) -> None:
    assert not events(name)


@pytest.mark.parametrize(
    "name",
    [
        "_fivetran_synced", "_airbyte_extracted_at", "_sdc_batched_at", "_dlt_loaded_at", "Export date", "Exported at",
        "Exportdatum", "Importiert am", "Date d'importation", "Fecha de exportación", "Data de sincronização",
        "Дата выгрузки", "导出时间",
    ],
)  # fmt: skip
def test_the_day_of_a_copy_is_no_day_of_what_its_rows_are_of(name: str) -> None:
    assert is_of_a_copy(name)
    assert not fields("tickets", name)


@pytest.mark.parametrize("name", ["Created at", "Download", "Important date", "Ingreso", "Fecha"])
def test_other_days_are_not_those_of_a_copy(name: str) -> None:
    assert not is_of_a_copy(name)


def test_a_word_for_an_end_is_never_a_misspelt_start() -> None:
    assert denies("subscriptions", "period_end", "start_date")
    assert not denies("subscriptions", "period_end", "end_date")
    assert not denies("subscriptions", "period_end", "mrr")
    assert not denies("subscriptions", "periode dat", "start_date")


def test_a_birthday_is_no_misspelt_day_of_a_contract() -> None:
    assert denies("subscriptions", "fecha_nacimiento", "end_date")
