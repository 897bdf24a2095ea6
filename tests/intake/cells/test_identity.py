"""Names of a customer's id, in seven languages, and what only looks like one."""

from __future__ import annotations

import pytest

from cs_dash.intake.cells import identity

IDS = (
    "Client no.", "Cust No", "Cust ID", "CLIENT_CODE", "Acct ID", "account_nbr", "Company Number", "Merchant ID",
    "Subscriber ID", "CustomerID", "customer_unique_id", "Customer account no", "Tenant key", "id_customer",
    "Debtor ref",
    "Kunden-Nr.", "Kd.-Nr.", "Mandanten-ID", "Abonnentennummer", "Kundenkürzel", "Nummer des Kunden",
    "N° client", "Réf. client", "Code abonné", "Identifiant de l'abonné", "Numéro de compte",
    "ID abonado", "Nº de cliente", "Cód. cliente", "Clave del suscriptor",
    "ID assinante", "Código do assinante", "Matrícula do cliente", "Nº do tomador",
    "№ клиента", "Код абонента", "ID подписчика", "Идентификатор заказчика",
    "客户代码", "商户号", "租户编号", "企业ID",
)  # fmt: skip
OTHERS = (
    "Number of customers", "Número de clientes", "Nombre de clients", "No. of accounts", "Account manager",
    "Company size", "Customer note", "Client since", "Parent account ID", "Account type", "Tier code", "Plan code",
    "Order no.", "Client mode", "Nova", "Identity", "Accident", "Kundenzufriedenheit", "客户满意度",
    "Количество клиентов", "",
)  # fmt: skip


@pytest.mark.parametrize("name", IDS)
def test_a_customers_id(name: str) -> None:
    assert identity.role(name) == "id"


@pytest.mark.parametrize("name", OTHERS)
def test_no_id_of_a_customer(name: str) -> None:
    assert identity.role(name) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Subscriber name", "name"), ("Nombre del abonado", "name"), ("Nom du client", "name"), ("Kundenname", "name"),
        ("客户名称", "name"), ("Merchant", "customer"), ("Assinante", "customer"), ("userId", "user id"),
        ("ID do usuário", "user id"), ("Код пользователя", "user id"),
    ],
)  # fmt: skip
def test_names_and_users(name: str, role: str) -> None:
    assert identity.role(name) == role


@pytest.mark.parametrize(
    ("name", "sureness"),
    [
        ("CNPJ", 1.0), ("CPF/CNPJ do cliente", 1.0), ("ИНН", 1.0), ("ИНН контрагента", 1.0), ("USt-IdNr.", 1.0),
        ("VAT number", 1.0), ("Customer VAT ID", 1.0), ("EIN", 1.0), ("N° SIRET", 1.0), ("ABN", 1.0), ("Tax ID", 1.0),
        ("统一社会信用代码", 1.0), ("客户税号", 1.0), ("N° TVA intracommunautaire", 1.0),
        ("Company registration no.", 1.0),
        ("VAT", 0.5), ("TVA", 0.5), ("Tax code", 0.5),
        ("VAT amount", 0.0), ("Tax rate", 0.0), ("Registration date", 0.0), ("Customer no.", 0.0), ("Inning", 0.0),
    ],
)  # fmt: skip
def test_tax_and_registry_numbers(name: str, sureness: float) -> None:
    assert identity.tax_number(name) == sureness
