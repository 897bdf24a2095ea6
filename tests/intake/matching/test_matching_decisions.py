"""What people said of accounts: it comes first, it stays, and it can be taken back."""

from __future__ import annotations

from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.store.builder import Builder
from tests.companies import day
from tests.intake.matching.matched import accounts, builder, matched, tickets

__all__ = ["builder"]
SAME = AccountDecision("same", "A", account_name="Acme Europe")


def test_what_a_person_decided_comes_first_and_counts_for_every_way_of_writing_it(builder: Builder) -> None:
    matches = matched(
        builder,
        SAME,
        accounts=accounts(A="Acme Corp.", B="Helio"),
        tickets=tickets(
            t={"account_name": "ACME Europe, Ltd."}, ref="Acme Europe", other={"account_name": "Acme Asia"}
        ),
    )
    assert matches == {"t": ("A", "decision"), "ref": ("A", "decision"), "other": (None, None)}


def test_what_was_said_of_a_short_name_does_not_count_for_the_whole_name_of_an_account(builder: Builder) -> None:
    matches = matched(
        builder,
        AccountDecision("same", "A1", account_name="Acme"),
        accounts=accounts(A1="Acme Inc", A2="Acme GmbH"),
        tickets=tickets(short={"account_name": "Acme"}, whole={"account_name": "ACME GmbH"}),
    )
    assert matches == {"short": ("A1", "decision"), "whole": ("A2", "name")}


def test_the_last_word_counts_and_can_be_taken_back(builder: Builder) -> None:
    sentences = (SAME, AccountDecision("same", "B", account_name="Acme Europe"))
    account_rows, written = accounts(A="Acme Corp.", B="Helio"), tickets(t={"account_name": "Acme Europe"})
    assert matched(builder, *sentences, accounts=account_rows, tickets=written) == {"t": ("B", "decision")}
    forget = AccountDecision("forget", account_name="Acme Europe")
    assert matched(builder, *sentences, forget) == {"t": (None, None)}
    assert matched(builder, *sentences, forget, SAME) == {"t": ("A", "decision")}


def test_not_the_same_is_never_offered_or_found_again(builder: Builder) -> None:
    no = [
        AccountDecision("other", "A", account_name="Acme Europe"),
        AccountDecision("other", "B", account_name="Helio GmbH"),
        AccountDecision("other", "B", mail="helio.example"),
    ]
    account_rows = accounts(A="Acme Corp.", B="Helio")
    account_rows[1]["domain"] = "helio.example"
    matches = matched(
        builder,
        *no,
        accounts=account_rows,
        tickets=tickets(
            t={"account_name": "Acme Europe"},
            name={"account_name": "Helio"},
            mail={"requester_email": "x@helio.example"},
        ),
    )
    assert matches == {"t": (None, None), "name": (None, None), "mail": (None, None)}
    assert not builder.query("from match_candidates").num_rows


def test_a_new_account_is_one_until_a_file_brings_it(builder: Builder) -> None:
    new = (
        AccountDecision("new", account_name="Acme Europe"),
        AccountDecision("new", mail="tessera.example"),
        AccountDecision("new", mail="jo@gmail.com"),
    )
    written = tickets(
        t={"account_name": "Acme Europe"}, u="ACME EUROPE", v={"requester_email": "jo@tessera.example"},
        w={"requester_email": "jo@gmail.com"}, x={"requester_email": "another@gmail.com"},
    )  # fmt: skip
    matches = matched(builder, *new, accounts=accounts(A="Acme Corp."), tickets=written)
    assert {name: account for name, (account, _) in matches.items()} == {
        "t": "ACME EUROPE", "u": "ACME EUROPE", "v": "tessera.example", "w": "jo@gmail.com", "x": None,
    }  # fmt: skip
    implied = builder.query("select account_id from accounts where implied order by 1")["account_id"].to_pylist()
    assert implied == ["ACME EUROPE", "jo@gmail.com", "tessera.example"]


def test_a_decision_for_an_account_that_only_a_contract_names(builder: Builder) -> None:
    line = {"start_date": day("2026-01-01"), "mrr": 1.0}
    matched(
        builder,
        AccountDecision("same", "Helio Group", account_name="Helio Gruppe"),
        accounts=accounts(A="Acme Corp."),
        subscriptions=[line | {"account_name": "Helio Group"}, line | {"account_name": "Helio Gruppe"}],
    )
    assert builder.query("select distinct account_id from subscriptions").to_pylist() == [{"account_id": "Helio Group"}]


def test_rows_keep_what_their_file_said_and_every_row_is_accounted_for(builder: Builder) -> None:
    written = tickets(a="M21", b={"account_name": "Nobody"}, c={}, d={"requester_email": "x@nowhere.example"})
    matched(builder, SAME, accounts=accounts(A="Acme Corp.", M_021="One"), tickets=written)
    references = builder.query("select account_ref, account_name from tickets order by ticket_id").to_pylist()
    assert references == [
        {"account_ref": "M21", "account_name": None}, {"account_ref": None, "account_name": "Nobody"},
        {"account_ref": None, "account_name": None}, {"account_ref": None, "account_name": None},
    ]  # fmt: skip
    assert builder.query("select cast(sum(rows) as bigint) as n from account_matches")["n"][0].as_py() == 4
