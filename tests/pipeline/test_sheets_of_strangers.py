"""What sheets say in the words and habits of many countries: nothing of it is dropped, made up or counted twice."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

CONTRACTS = (
    "cliente_id,fecha_inicio,precio_mensual\nS1,2025-01-10,40\nS2,2025-02-10,50\nS3,2025-03-10,60\nS4,2025-04-10,70\n"
)


def test_a_contact_list_says_who_left_a_list_of_contracts_without_ends(company: Any) -> None:
    """Its id is what the contracts call the customer; S4 left on a day that nothing gives."""
    contacts = (
        "id,nombre,apellidos,edad,fecha_nacimiento,estado\nS1,Ana,Sol,31,1994-02-01,Activo\n"
        "S2,Luz,Paz,44,1981-02-01,Activo\nS3,Eva,Rey,25,2000-02-01,Activo\nS4,Mar,Gil,60,1965-02-01,Baja\n"
    )
    loaded = company({"contactos.csv": contacts, "suscripciones.csv": CONTRACTS})
    assert loaded.figure("retention.bridge", "mrr_end") == 150
    assert "estado was read as the churn status: “Baja” in 1 of 4 rows" in loaded.notes
    assert any("with no end date" in note.text for note in loaded.ask("retention.summary").notes)
    assert not [column for sheet in loaded.report.files for column in sheet.unused]  # a birthday is no lead


def test_a_list_of_who_left_ends_contracts_that_say_nothing_of_ends(company: Any) -> None:
    churned = "cliente_id,fecha_baja,motivo_baja\nS2,2025-06-01,Precio\nS3,2025-07-01,Otro\n"
    loaded = company({"suscripciones.csv": CONTRACTS, "bajas.csv": churned})
    assert loaded.mrr("2025-06-15") == {"s1": 40, "s3": 60, "s4": 70}
    assert loaded.mrr("2025-07-02") == {"s1": 40, "s4": 70}
    assert not any("with no end date" in note.text for note in loaded.ask("retention.summary").notes)
    again = loaded.load("", {"suscripciones.csv": CONTRACTS, "bajas.csv": churned})
    assert again.version is None


def test_a_contract_list_with_states_is_not_overruled_by_churn_events(company: Any) -> None:
    stated = CONTRACTS.replace("precio_mensual", "precio_mensual,estado").replace("0\n", "0,Activa\n")
    loaded = company({"suscripciones.csv": stated, "bajas.csv": "cliente_id,fecha_baja,motivo\nS2,2025-06-01,Precio\n"})
    assert loaded.mrr("2025-06-15")["s2"] == 50


def test_states_that_name_the_customer_and_what_a_person_earns(company: Any) -> None:
    text = (
        "client_id,age,statut,revenu_mensuel,anciennete_mois,region\nC1,40,client_actif,2100,12,IDF\n"
        "C2,50,client_inactif,1900,15,ARA\nC3,60,résilié,3000,18,OCC\nC4,33,prospect,2500,9,IDF\n"
    )
    loaded = company({"clients.csv": text})
    assert "statut was read as the churn status: “client_inactif”, “résilié” in 2 of 4 rows" in loaded.notes
    assert [(column.column, column.holds) for sheet in loaded.report.files for column in sheet.unused] == [
        ("revenu_mensuel", "amounts")
    ]
    assert loaded.rows("from subscriptions") == []


def test_contracts_of_an_insurer_pay_a_twelfth_of_their_yearly_premium(company: Any) -> None:
    text = (
        "contrat_id,client_id,produit,date_souscription,prime_annuelle,statut_contrat\n"
        "K1,C1,auto,2023-11-15,1200,actif\nK2,C1,sante,2022-03-11,600,résilié\nK3,C2,auto,2023-05-01,240,suspendu\n"
    )
    assert company({"contrats.csv": text}).mrr("2023-12-01") == {"c1": 100}


def test_a_flag_of_leaving_is_named_where_nothing_uses_it(company: Any) -> None:
    text = "KundenID,Land,Alter,Gekuendigt6M\nK1,FR,42,1\nK2,ES,41,0\nK3,DE,44,0\n"
    loaded = company({"kunden.csv": text})
    (column,) = [column for sheet in loaded.report.files for column in sheet.unused]
    assert (column.column, column.holds, column.metrics) == ("Gekuendigt6M", "yes and no", ("churn",))


def test_contract_lines_without_an_amount_are_no_months_without_lines(company: Any) -> None:
    loaded = company(
        {"abonnements.csv": "abonnement_id,client_id,service,statut,date_abonnement\n1,7,Pro,actif,2024-05-01\n"}
    )
    assert loaded.ask("retention.bridge").headline == (
        "No paying accounts known in the period up to 1 May 2024 (1 contract line has no known amount)."
    )


def test_answers_without_a_day_count_and_say_so(company: Any) -> None:
    scores = [9, 10, 10, 7, 3, 10, 9, 8, 2, 0]
    loaded = company({"feedbacks.csv": "nota;comentario\n" + "".join(f"{s};Bem {s}\n" for s in scores)})
    assert loaded.figure("health.nps", "nps") == pytest.approx(20)
    assert "No column gives the date of the answers" in loaded.notes


def test_a_sheet_that_repeats_another_one_says_that_its_rows_count_twice(company: Any) -> None:
    book = openpyxl.Workbook()
    for title, states in (("List", ("open", "closed")), ("Codes", ("1", "2"))):
        sheet = book.create_sheet(title)
        sheet.append(["Created at", "Customer id", "Description", "Status"])
        for day in range(1, 9):
            sheet.append([f"2026-05-0{day}", f"C{day}", f"Machine {day} stopped", states[day % 2]])
    out = io.BytesIO()
    book.save(out)
    loaded = company({"tickets.xlsx": out.getvalue()})
    assert "8 of its 8 rows are also in List, with the same Created at, Customer id, Description" in loaded.notes


def test_contracts_take_the_price_of_their_plan_from_a_list_of_plans(company: Any) -> None:
    contracts = "contrato_id,cliente_id,plano_id,data_inicio,status\n" + "".join(
        f"{row},C{row},{row % 2 + 1},2025-01-0{row},Ativo\n" for row in range(1, 7)
    )
    plans = "plano_id,nome,preco_mensal\n1,Casa,49.90\n2,Escritório,99.90\n"
    loaded = company({"contratos.csv": contracts, "planos.csv": plans})
    assert loaded.figure("retention.bridge", "mrr_end") == pytest.approx(3 * 49.90 + 3 * 99.90)
    assert "preco_mensal was looked up in planos.csv by plano_id." in loaded.notes
    assert [sheet.why for sheet in loaded.report.ignored] == [
        "Its prices were added to the rows of contratos.csv, which refer to it."
    ]


def test_monthly_answers_by_month_of_reference_are_answers(company: Any) -> None:
    rows = "".join(f"C{row},2024-{month:02}-01,{row},{9 - row}\n" for row in range(4) for month in (1, 2, 3))
    loaded = company({"Engagement.csv": "CustomerID,MesReferencia,LoginsMensais,NPS\n" + rows})
    assert loaded.figure("health.nps", "answers") == 12
