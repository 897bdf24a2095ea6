"""Which account a row belongs to: by every way that is certain, and by none that is not."""

from __future__ import annotations

import pytest

from cs_dash.intake.matching import match
from cs_dash.store.builder import Builder
from tests.companies import day, table_rows
from tests.intake.matching.matched import accounts, builder, matched, tickets

__all__ = ["builder"]


def test_every_way_in_its_order(builder: Builder) -> None:
    account_rows = [
        {
            "account_id": "M-021",
            "account": "Acme Corp.",
            "external_id": "Z9",
            "domain": "https://www.Acme.example/home",
        },
        {"account_id": "M-007", "account": "Helio Bank", "domain": "helio.example, helio-bank.example"},
    ]
    lines = [{"subscription_id": "S1", "account_ref": "M-007", "start_date": day("2026-01-01"), "mrr": 1.0}]
    matches = matched(
        builder,
        accounts=account_rows,
        subscriptions=lines,
        tickets=tickets(
            id="M-021",
            external="Z9",
            otherwise="m 021",
            zeros="M7",
            name={"account_name": "ACME Corporation"},
            name_as_reference="acme",
            id_as_name={"account_name": "M-007"},
            line={"subscription_id": "S1"},
            mail={"requester_email": "Jo <jo@Acme.example>"},
            below={"requester_email": "jo@mail.helio-bank.example"},
            both={"account_ref": "M-021", "requester_email": "jo@helio.example"},
            nobody={"account_name": "Somebody Else"},
            silent={},
        ),
    )
    assert matches == {
        "id": ("M-021", "id"),
        "external": ("M-021", "external id"),
        "otherwise": ("M-021", "id written another way"),
        "zeros": ("M-007", "id written another way"),
        "name": ("M-021", "name"),
        "name_as_reference": ("M-021", "name"),
        "id_as_name": ("M-007", "id"),
        "line": ("M-007", "subscription"),
        "mail": ("M-021", "e-mail domain"),
        "below": ("M-007", "e-mail domain"),
        "both": ("M-021", "id"),
        "nobody": (None, None),
        "silent": (None, None),
    }


def test_zeros_do_not_count_only_where_no_other_account_has_the_number(builder: Builder) -> None:
    matches = matched(
        builder,
        accounts=accounts(M_021="One", M_21="Two", K_005="Three"),
        tickets=tickets(exact="M21", zeros="M0021", five="K5"),
    )
    assert matches == {
        "exact": ("M-21", "id written another way"),
        "zeros": (None, None),
        "five": ("K-005", "id written another way"),
    }
    open_ones = builder.query("select account_id, why from match_candidates where key = 'id m0021' order by place")
    assert open_ones.to_pylist() == [
        {"account_id": "M-021", "why": "id written another way"},
        {"account_id": "M-21", "why": "id written another way"},
    ]


def test_a_file_that_writes_a_number_both_ways_means_two_accounts(builder: Builder) -> None:
    matches = matched(builder, accounts=accounts(A_007="Seven"), tickets=tickets(short="A7", long="A-007"))
    assert matches == {"short": (None, None), "long": ("A-007", "id")}


@pytest.mark.parametrize(
    ("account_id", "other"),
    [("1-23", "12-3"), ("123", "1230"), ("123", "1.23"), ("0015g00000XyZaB", "0015g00000XyZab"), ("A-1", "A-11")],
)
def test_ids_that_differ_are_not_made_equal(builder: Builder, account_id: str, other: str) -> None:
    matches = matched(builder, accounts=[{"account_id": account_id, "account": "One"}], tickets=tickets(t=other))
    assert matches == {"t": (None, None)}


@pytest.mark.parametrize(
    ("account_id", "written"),
    [
        ("123", "123.0"), ("00123", "123"), ("2024-001", "2024_001"), ("ACC/17", "acc-17"),
        ("0015g00000XyZaB", "0015g00000XyZaBIA4"),
    ],
)  # fmt: skip
def test_one_id_written_in_two_ways(builder: Builder, account_id: str, written: str) -> None:
    matches = matched(builder, accounts=[{"account_id": account_id, "account": "One"}], tickets=tickets(t=written))
    assert matches == {"t": (account_id, "id written another way")}


@pytest.mark.parametrize(
    ("account_name", "written"),
    [
        ("Acme Corp.", "ACME Corporation"), ("Müller & Söhne GmbH & Co. KG", "Muller and Sohne"),
        ("Olarroyo Cold Chain S.A. de C.V.", "OLARROYO COLD CHAIN"), ("Sørensen A/S", "Sorensen"),
        ("ООО «Ромашка»", "Ромашка"), ("ПАО Ромашка", "«РОМАШКА», ООО"), ("アクメ株式会社", "株式会社アクメ"),
        ("清水科技有限公司", "清水科技"), ("McDonald's Ltd", "McDonalds"), ("ＡＣＭＥ Inc", "acme"),
        ("Łódź Sp. z o.o.", "Lodz"),
        ("Tessera Pty Ltd", "Tessera"), ("Nordwind AB", "Nordwind"), ("Kone Oyj", "KONE"), ("SA", "S.A."),
    ],
)  # fmt: skip
def test_one_name_written_in_two_ways(builder: Builder, account_name: str, written: str) -> None:
    matches = matched(
        builder, accounts=[{"account_id": "A", "account": account_name}], tickets=tickets(t={"account_name": written})
    )
    assert matches == {"t": ("A", "name")}


def test_a_name_of_two_accounts_decides_only_when_it_is_whole(builder: Builder) -> None:
    matches = matched(
        builder,
        accounts=accounts(A1="Acme Inc", A2="Acme GmbH", B1="Same", B2="Same"),
        tickets=tickets(
            whole={"account_name": "ACME GmbH"}, short={"account_name": "Acme"}, twins={"account_name": "Same"}
        ),
    )
    assert matches == {"whole": ("A2", "name"), "short": (None, None), "twins": (None, None)}
    candidates = builder.query("select key, account_id, why from match_candidates order by key, place").to_pylist()
    assert [(row["key"], row["account_id"]) for row in candidates] == [
        ("name acme", "A1"), ("name acme", "A2"), ("name same", "B1"), ("name same", "B2"),
    ]  # fmt: skip
    assert {row["why"] for row in candidates} == {"several accounts bear this name"}


def test_free_mail_and_shared_domains_never_decide(builder: Builder) -> None:
    account_rows = [
        {"account_id": "A", "account": "One", "domain": "gmail.com"},
        {"account_id": "B", "account": "Two", "domain": "group.example"},
        {"account_id": "C", "account": "Three", "domain": "group.example"},
    ]
    matches = matched(
        builder,
        accounts=account_rows,
        tickets=tickets(free={"requester_email": "jo@gmail.com"}, shared={"requester_email": "jo@group.example"}),
    )
    assert matches == {"free": (None, None), "shared": (None, None)}
    keys = builder.query("select key, list(account_id order by place) as ids from match_candidates group by key")
    assert keys.to_pylist() == [{"key": "mail group.example", "ids": ["B", "C"]}]


def test_surveys_and_users_find_their_account_by_address(builder: Builder) -> None:
    builder.upsert(table_rows("accounts", [{"account_id": "A", "account": "One", "domain": "one.example"}]))
    builder.upsert(
        table_rows("surveys", [{"answered_on": day("2026-01-01"), "score": 9.0, "respondent": "jo@one.example"}])
    )
    builder.upsert(
        table_rows(
            "usage",
            [
                {"used_on": day("2026-01-01"), "user_id": "jo@one.example"},
                {"used_on": day("2026-01-01"), "user_id": "jo@one.example", "account_ref": "other"},
            ],
        )
    )
    match(builder)
    assert builder.query("select account_id from surveys")["account_id"].to_pylist() == ["A"]
    assert builder.query("select account_id from usage order by usage_id")["account_id"].to_pylist() == ["A", None]


@pytest.mark.parametrize(
    ("account_name", "written", "certain"),
    [
        ("Northwind Logistics", "Nortwind Logistics", True),
        ("Northwind Logistics GmbH", "Northwind Logitsics", True),
        ("Alpha Capital A", "Alpha Capital B", False),
        ("Harbour Freight 12", "Harbour Freight 13", False),
        ("Acme", "Acne", False),
        ("Northwind Logistics GmbH", "Nortwind Logistics AG", False),
        ("Northwind Logistics", "Southwind Logistics", False),
        ("Northwind Logistics", "Northwind Logistics Europe", False),
        ("Northwind Logistics", "Nordwand Logistik", False),
    ],
)
def test_only_one_slip_in_a_long_name_is_certain(
    builder: Builder, account_name: str, written: str, certain: bool
) -> None:
    matches = matched(
        builder, accounts=accounts(A=account_name, B="Helio"), tickets=tickets(t={"account_name": written})
    )
    assert matches == {"t": ("A", "nearly the same name") if certain else (None, None)}


def test_a_slip_is_not_certain_where_a_second_account_is_like_it(builder: Builder) -> None:
    matches = matched(
        builder,
        accounts=accounts(A="Northwind Logistics", B="Northwind Logistic Services"),
        tickets=tickets(t={"account_name": "Nortwind Logistics"}),
    )
    assert matches == {"t": (None, None)}
    assert builder.query("select count(*) as n from match_candidates")["n"][0].as_py() == 2


def test_a_similar_name_is_offered_and_never_taken(builder: Builder) -> None:
    matches = matched(
        builder,
        accounts=accounts(A="Acme Corp.", B="Helio Bank", C="Aurora"),
        tickets=tickets(t={"account_name": "Acme Europe"}, mail={"requester_email": "jo@heliobank.example"}),
    )
    assert matches == {"t": (None, None), "mail": (None, None)}
    candidates = builder.query("select key, account_id, score from match_candidates order by key").to_pylist()
    assert candidates == [
        {"key": "mail heliobank.example", "account_id": "B", "score": 1.0},
        {"key": "name acmeeurope", "account_id": "A", "score": 0.9},
    ]


def test_a_contract_with_a_slip_is_no_new_customer(builder: Builder) -> None:
    line = {"start_date": day("2026-01-01"), "mrr": 1.0}
    matched(
        builder,
        accounts=accounts(A="Northwind Logistics"),
        subscriptions=[line | {"account_name": "Nortwind Logistics"}, line | {"account_name": "Northwind Europe"}],
    )
    assert builder.query("select account_id, implied from accounts order by 1").to_pylist() == [
        {"account_id": "A", "implied": None},
        {"account_id": "Northwind Europe", "implied": True},
    ]


def test_without_an_accounts_file_ids_and_names_meet(builder: Builder) -> None:
    matches = matched(
        builder,
        subscriptions=[{"start_date": day("2026-01-01"), "mrr": 1.0, "account_ref": "C-1", "account_name": "Acme Inc"}],
        tickets=tickets(a={"account_name": "ACME"}, b="c1", c={"account_name": "Other"}),
    )
    assert matches == {"a": ("C-1", "name"), "b": ("C-1", "id written another way"), "c": ("Other", "id")}


def test_a_name_in_a_column_of_ids_finds_the_contract_that_gives_its_id(builder: Builder) -> None:
    paid = {"start_date": day("2026-05-01"), "mrr": 10.0}
    lines = [
        {"subscription_id": key, "account_ref": key, "account_name": name} | paid
        for key, name in (("1001", "Verde Campo Ltda"), ("1002", "Loja Açaí Ltda"))
    ]
    hits = matched(builder, subscriptions=lines, tickets=tickets(T1="Verde Campo Ltda", T2="1002", T3="Nobody Ltda"))
    assert {ticket: account for ticket, (account, _) in hits.items()} == {
        "T1": "1001", "T2": "1002", "T3": "Nobody Ltda"
    }  # fmt: skip
