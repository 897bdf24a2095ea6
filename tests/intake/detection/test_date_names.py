"""Names of columns with days that stand in no list are understood by their words."""

from __future__ import annotations

import pytest

from cs_dash.intake.detection.date_names import events, fields


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
