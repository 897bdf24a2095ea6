"""The kinds that the help desk's own types count as, and types that need a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.decisions import decided
from cs_dash.metrics import open_warehouse
from cs_dash.questions.support.howto import howto
from cs_dash.questions.support.tickets.types import is_material, is_open, types
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.tickets.classifier.column_kinds import tags_in
from tests.asking import ask
from tests.companies import company, day


def rows_of(type: str | None, n: int, kind: str | None = None, **more: Any) -> list[dict[str, Any]]:
    return [
        {"ticket_id": f"{type}-{more.get('tags')}-{at}", "account_id": "a", "type": type, "kind": kind,
         "kind_source": "column" if kind else None, "created_at": dt.datetime(2026, 1, 1 + at),
         "subject": f"{type} {at}", **more}
        for at in range(n)
    ]  # fmt: skip


def desk(choices: dict[str, str] | None = None, more: list[dict[str, Any]] | None = None) -> Warehouse:
    """Tickets of five types, tickets with tags and no type, and an automatic message."""
    plain = company(
        accounts=[{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Mid"}],
        tickets=[
            *rows_of("Integration", 3), *rows_of("integration ", 1), *rows_of("Standard", 2, account_id="b"),
            *rows_of("Bug", 6, "defect"), *rows_of("Tier 2 request", 2, "how-to"),
            *rows_of(None, 2, tags="vip emea"), *rows_of("", 1, "how-to", tags="vip, how_to"),
            *rows_of("Integration", 1, "not a ticket", kind_source="lexicon", tags="auto"),
            *(more or []),
        ],
        notes=[{"account_id": "a", "noted_on": day("2026-01-31")}],
    )  # fmt: skip
    return open_warehouse(
        plain.file, decided(decisions={("ticket type", value): kind for value, kind in (choices or {}).items()})
    )


def rows_by_value(warehouse: Warehouse, scope: Scope | None = None) -> dict[str, dict[str, Any]]:
    return {row["value"]: row for row in ask(warehouse, types, scope or Scope(period="all")).rows.to_pylist()}


def test_types_that_name_no_kind_come_first_with_their_tickets() -> None:
    answer = ask(desk(), types, Scope(period="all"))
    rows = answer.rows.to_pylist()
    assert [(row["value"], row["field"], row["read"], row["tickets"], row["untold"]) for row in rows] == [
        ("Integration", "type", "not understood", 5, 4),  # an automatic message asks for nothing
        ("Standard", "type", "not understood", 2, 2),
        ("vip", "tag", "not understood", 3, 2),
        ("emea", "tag", "not understood", 2, 2),
        ("Bug", "type", "by its name", 6, 0),
        ("Tier 2 request", "type", "by a word in it", 2, 0),
        ("how_to", "tag", "by its name", 1, 0),
    ]
    assert [is_open(row) for row in rows] == [True] * 4 + [False] * 3
    assert (rows[0]["example"], rows[0]["kind"], rows[5]["word"]) == ("Integration 2", None, "request")
    assert (answer.figure("untold").value, answer.figure("untold").n) == (6, 17)
    assert (answer.figure("untold_types").value, answer.figure("untold_types").n) == (2, 4)
    assert answer.headline.startswith("**2** ticket types have no category: 6 of 17 tickets (35\u202f%), ")
    assert [note.text for note in answer.notes] == [
        "Mapped by a word in the name: Tier 2 request as how-to (“request”)."
    ]
    assert is_material(answer)


def test_what_people_decided_is_listed_also_where_no_ticket_has_it() -> None:
    warehouse = desk({"INTEGRATION": "billing", "standard": "says nothing", "Gone": "outage"})
    rows = rows_by_value(warehouse)
    assert (rows["Integration"]["kind"], rows["Integration"]["read"]) == ("billing", "by people")
    assert (rows["Standard"]["kind"], rows["Standard"]["read"]) == ("says nothing", "by people")
    assert (rows["Gone"]["kind"], rows["Gone"]["tickets"], rows["Gone"]["field"]) == ("outage", 0, "")
    answer = ask(warehouse, types, Scope(period="all"))
    assert answer.headline.startswith("All ticket types are mapped to a category: 4 types, ")
    assert not is_material(answer)


def test_a_type_that_says_nothing_lets_its_tags_ask() -> None:
    more = rows_of("Mail", 3, tags="apac")
    assert "apac" not in rows_by_value(desk(more=more))
    rows = rows_by_value(desk({"mail": "says nothing"}, more))
    assert (rows["apac"]["field"], rows["apac"]["untold"]) == ("tag", 3)


def test_the_filter_counts() -> None:
    rows = rows_by_value(desk(), Scope(period="all", filters=(("segment", ("Mid",)),)))
    assert {value: row["tickets"] for value, row in rows.items()} == {"Standard": 2}


def test_without_tickets_or_types_it_says_so() -> None:
    assert ask(company(accounts=[{"account_id": "a"}]), types).missing_tables == ("tickets",)
    answer = ask(company(tickets=rows_of(None, 2)), types, Scope(period="all"))
    assert answer.headline.startswith("The export has no ticket types")
    assert not answer.rows.num_rows


@pytest.mark.parametrize(
    "cell", ["a b_c", "Tech Support, Bug;x|y", "['bug', 'mobile app']", ' {a,"b c"} ', "x", " , ", "Äß ñ"]
)
def test_tags_are_split_in_sql_as_everywhere(cell: str) -> None:
    with_tags = company(tickets=rows_of(None, 1, tags=cell))
    tags = with_tags("ticket_tag_values", start_day=None, end_day=None, types=[""])["value"].to_pylist()
    assert sorted(tags) == sorted(set(tags_in(cell)))
    with_tags.close()


def test_the_support_page_says_what_share_is_not_understood_and_where_to_say_it() -> None:
    (text,) = (note.text for note in ask(desk(), howto, Scope(period="all")).notes if "Unmapped" in note.text)
    assert text == (
        "Unmapped ticket types: Integration (4), Standard (2). 6 of 17 tickets (35\u202f%) have no category from the"
        " export: map each type once on the Tickets page or with label --type."
    )
    decided = desk({"Integration": "defect", "standard": "says nothing"})
    assert not [note for note in ask(decided, howto, Scope(period="all")).notes if "Unmapped" in note.text]
