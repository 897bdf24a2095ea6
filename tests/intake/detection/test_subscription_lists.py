"""Lists of subscriptions as people in other countries keep them, and what gives revenue without the word MRR."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.conftest import Read

LISTS = {
    "Portuguese": (
        "Assinante;Plano;Valor mensal;Data de adesão;Data de cancelamento;Situação\n"
        "Acácia;Pro;1.200,00;14/02/2025;;Ativa\nBuriti;Básico;350,50;15/03/2025;10/06/2026;Cancelada\n"
    ),
    "Portuguese, by period": (
        "Cliente;Produto;Valor da assinatura;Recorrência;Contratação;Encerramento\n"
        "Acácia;Pro;14.400,00;Anual;14/02/2025;\nBuriti;Básico;350,50;Mensal;15/03/2025;10/06/2026\n"
    ),
    "Spanish": (
        "Suscriptor;Plan;Cuota;Periodicidad;Fecha de alta;Fecha de baja;Estado\n"
        "Acacia;Pro;1.200,00;Mensual;14/02/2025;;Activa\nCeiba;Básico;4.206,00;Anual;15/03/2025;10/06/2026;Cancelada\n"
    ),
    "Spanish, by month": (
        "Abonado;Mensualidad;Inicio de la suscripción;Fin de la suscripción\n"
        "Acacia;1.200,00;14/02/2025;\nCeiba;350,50;15/03/2025;10/06/2026\n"
    ),
    "French": (
        "Abonné;Formule;Tarif;Périodicité;Date de souscription;Date de résiliation\n"
        "Acacia;Pro;1.200,00;Mensuel;14/02/2025;\nChêne;Base;350,50;Mensuel;15/03/2025;10/06/2026\n"
    ),
    "German": (
        "Abonnent;Tarif;Abopreis;Turnus;Kunde seit;Gekündigt zum\n"
        "Ahorn;Pro;1.200,00;monatlich;14.02.2025;\nBirke;Basis;350,50;monatlich;15.03.2025;10.06.2026\n"
    ),
    "Russian": (
        "Абонент;Тариф;Стоимость подписки;Периодичность;Дата подключения;Дата отключения\n"
        "Акация;Про;1200,00;ежемесячно;14.02.2025;\nБереза;База;350,50;ежемесячно;15.03.2025;10.06.2026\n"
    ),
    "Chinese": (
        "订户,套餐,订阅费,付费周期,开通日期,退订日期\n甲,专业版,1200,每月,2025-02-14,\n"
        "乙,基础版,350.5,每月,2025-03-15,2026-06-10\n"
    ),
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_subscriptions_of_other_countries(reading: Read, text: str) -> None:
    ingest = reading({"lista.csv": text})
    (table,) = [table for table in ingest.tables if table.table == "subscriptions"]
    found = [(row["start_date"], row["end_date"], row["mrr"]) for row in table.rows.rows.to_pylist()]
    assert found == [(date(2025, 2, 14), None, 1200.0), (date(2025, 3, 15), date(2026, 6, 10), 350.5)]
    assert all(row.get("account_ref") or row.get("account_name") for row in table.rows.rows.to_pylist())


@pytest.mark.parametrize(
    "text", ["Customer,ARR\nAcorn,1200\nBirch,2400\n", "Account,CSM,arr_value,Seats\nA,Al,1200,5\nB,Bo,2400,9\n"]
)
def test_lists_of_arr_give_a_twelfth_as_mrr_and_say_so(reading: Read, text: str) -> None:
    ingest = reading({"list.csv": text})
    (table,) = [table for table in ingest.tables if table.table == "subscriptions"]
    assert table.rows.rows["mrr"].to_pylist() == [100.0, 200.0]
    assert any("one twelfth" in note for note in table.assumptions)
