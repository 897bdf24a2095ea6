"""Columns of response and resolution times: their unit stands in the header, in the value, or is asked for."""

from __future__ import annotations

import pytest

from cs_dash.intake.cells.durations import duration_minutes
from cs_dash.intake.results.problems import LoadedTable
from tests.intake.conftest import Read

MINUTES, HOURS, DAYS = [2.0, 4.0, 7.0], [120.0, 240.0, 420.0], [2880.0, 5760.0, 10080.0]


def tickets(reading: Read, header: str, values: list[str], **context: object) -> LoadedTable:
    rows = [f'{1000 + n},Firma {n},2026-03-0{n + 1} 09:15,"{value}",Frage {n}' for n, value in enumerate(values)]
    text = f'Ticket ID,Account,Created at,"{header}",Subject\n' + "\n".join(rows) + "\n"
    (table,) = reading({"tickets.csv": text}, **context).tables
    assert table.table == "tickets"
    return table


@pytest.mark.parametrize(
    ("header", "field", "minutes"),
    [
        ("Response Time (hours)", "first_reply_minutes", HOURS), ("First response (h)", "first_reply_minutes", HOURS),
        ("FRT min", "first_reply_minutes", MINUTES), ("Resolution (days)", "resolution_minutes", DAYS),
        ("Days to close", "resolution_minutes", DAYS), ("Resolution (d)", "resolution_minutes", DAYS),
        ("Time to first reply [hrs]", "first_reply_minutes", HOURS),
        ("Antwortzeit (Std.)", "first_reply_minutes", HOURS), ("Lösungszeit (Tage)", "resolution_minutes", DAYS),
        ("Erste Antwort (h)", "first_reply_minutes", HOURS),
        ("Temps de réponse (heures)", "first_reply_minutes", HOURS), ("Résolution (j)", "resolution_minutes", DAYS),
        ("Tiempo de respuesta (horas)", "first_reply_minutes", HOURS),
        ("Tiempo de resolución (días)", "resolution_minutes", DAYS),
        ("Tempo de resposta (h)", "first_reply_minutes", HOURS),
        ("Tempo de solução (dias)", "resolution_minutes", DAYS),
        ("Время ответа, ч", "first_reply_minutes", HOURS), ("Время решения (дни)", "resolution_minutes", DAYS),
        ("响应时间（小时）", "first_reply_minutes", HOURS), ("解决时长（天）", "resolution_minutes", DAYS),
        ("首次响应时间分钟", "first_reply_minutes", MINUTES),
    ],
)  # fmt: skip
def test_the_unit_in_the_header(reading: Read, header: str, field: str, minutes: list[float]) -> None:
    table = tickets(reading, header, ["2", "4", "7"])
    assert table.rows.rows[field].to_pylist() == minutes


@pytest.mark.parametrize(
    ("values", "minutes"),
    [
        (["0:30", "2:00", "26:15"], [30, 120, 1575]),
        (["2h 30m", "45 min", "1 day, 3 hours"], [150, 45, 1620]),
        (["PT2H", "P1DT30M", "PT90S"], [120, 1470, 1.5]),
        (["1 days 02:30:00", "0 days 00:45:00", "2 days 00:00:00"], [1590, 45, 2880]),
        (["2 Stunden", "3 Tage", "1 Std. und 5 Min."], [120, 4320, 65]),
    ],
)
def test_the_unit_in_the_values(reading: Read, values: list[str], minutes: list[float]) -> None:
    for header in ("Response time", "First response (hh:mm)"):
        assert tickets(reading, header, values).rows.rows["first_reply_minutes"].to_pylist() == minutes


def test_clocks_under_minutes_are_minutes_and_seconds(reading: Read) -> None:
    table = tickets(reading, "First response time (min)", ["12:30", "0:45", "75:00"])
    assert table.rows.rows["first_reply_minutes"].to_pylist() == [12.5, 0.75, 75]


@pytest.mark.parametrize("header", ["Response time", "Lösungszeit", "Temps de réponse", "Время решения", "解决时长"])
def test_times_without_a_unit_are_asked_for_and_not_guessed(reading: Read, header: str) -> None:
    table = tickets(reading, header, ["2", "4", "7"])
    (column,) = [column for column in table.mapped if column.column == header]
    assert table.rows.rows[column.field].to_pylist() == [None] * 3
    assert column.question
    assert not column.assumed
    assert column.option == f"unit:{header}"
    assert any(f"{header} holds durations without a unit in 3 of 3 rows" in text for text in table.assumptions)
    answered = tickets(reading, header, ["2", "4", "7"], options={column.option: "hours"})
    assert answered.rows.rows[column.field].to_pylist() == HOURS
    assert not [mapping for mapping in answered.mapped if mapping.question]


def test_moments_stay_moments(reading: Read) -> None:
    table = tickets(reading, "First response", [f"2026-03-0{n} 10:15" for n in (1, 2, 3)])
    assert {column.column: column.field for column in table.mapped}["First response"] == "first_reply_at"


@pytest.mark.parametrize("text", ["4", "12 months", "3 seats", "v2", "2026-03-01", "5 %", ""])
def test_what_is_no_duration(text: str) -> None:
    assert duration_minutes(text) is None
