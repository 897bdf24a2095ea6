"""Kinds from the export's own type and tags, in several systems' words and languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from cs_dash.tickets.classifier import column_kinds
from cs_dash.tickets.classifier.column_kinds import (
    folded,
    is_whole_value,
    kind_of,
    kinds_from_columns,
    tags_in,
    type_term,
    uninformative_types,
    value_key,
)
from cs_dash.tickets.classifier.type_terms import KINDS, NOT_A_TICKET, SAYS_NOTHING, WORDS


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("Question", "how-to"), ("incident", "defect"), ("Problem", "defect"), ("task", "other"),  # Zendesk
        ("bug", "defect"), ("feature", "feature request"), ("question", "how-to"), ("enhancement", "feature request"),
        ("Service Request", "how-to"), ("Change", "feature request"), ("Story", "feature request"),  # Jira, ITIL
        ("General Inquiry", "how-to"), ("Bug Report", "defect"), ("Account Access", "account and access"),
        ("Technical issue", "defect"), ("Product inquiry", "how-to"), ("Refund request", "billing"),
        ("Cancellation request", "billing"), ("Billing inquiry", "billing"), ("Billing Question", "billing"),
        ("Service Outage", "outage"), ("FEATURE_REQUEST", "feature request"), ("type: bug", "defect"),
        ("Вопрос", "how-to"), ("ОШИБКА", "defect"), ("ПРЕДЛОЖЕНИЯ", "feature request"), ("Оплата", "billing"),
        ("УПРАВЛЕНИЕ АККАУНТОМ", "account and access"), ("ДОСТУП К RUTUBE", "account and access"),
        ("Frage", "how-to"), ("Störung", "defect"), ("Rechnung", "billing"), ("Sonstiges", "other"),
        ("Consulta", "how-to"), ("Sugerencia", "feature request"), ("caída del servicio", "outage"),
        ("功能需求", "feature request"), ("产品咨询", "how-to"), ("登录问题", "account and access"),
        ("退款", "billing"),
        ("Bug (mobile app)", "defect"), ("Billing - refund request", "billing"), ("App: how to question", "how-to"),
    ],
)  # fmt: skip
def test_a_type_names_its_kind(type: str, kind: str) -> None:
    assert kind_of(type) == (kind, "column")


@pytest.mark.parametrize("type", ["", None, "Zebra", "Product D", "отсутствует", "   "])
def test_what_is_not_understood_has_no_kind(type: str | None) -> None:
    assert kind_of(type) == (None, None)


def test_words_of_equal_length_for_two_kinds_decide_nothing() -> None:
    assert kind_of("invoice / feature") == (None, None)


def test_no_word_stands_for_two_kinds() -> None:
    kind_by_word: dict[str, str] = {}
    for kind, words in WORDS.items():
        for word in words:
            assert kind_by_word.setdefault(folded(word), kind) == kind, word
    assert set(WORDS) == {*KINDS, NOT_A_TICKET}


@pytest.mark.parametrize(
    ("type", "tags", "kind"),
    [
        (None, "how_to, export", "how-to"),
        (None, "how_to export", "how-to"),
        ("", "['bug', 'mobile']", "defect"),
        ("Zebra", "type:question", "how-to"),
        ("Task", "bug", "defect"),  # the type says no more than "other"
        ("Bug", "how_to", "defect"),  # the type goes first
        (None, "bug, invoice", None),
        (None, "buggy_dashboard", None),
        (None, "misc", "other"),
    ],
)
def test_tags_decide_where_the_type_does_not(type: str | None, tags: str, kind: str | None) -> None:
    assert kind_of(type, tags)[0] == kind


@pytest.mark.parametrize(
    ("type", "tags", "status"),
    [
        ("Question", "spam", None),
        ("Question", "closed_by_merge vip", None),
        (None, None, "Merged"),
        ("Spam", None, None),
        ("Bug", "auto-reply", "open"),
    ],
)
def test_spam_merged_and_automatic_messages_are_no_tickets(
    type: str | None, tags: str | None, status: str | None
) -> None:
    assert kind_of(type, tags, status)[0] == NOT_A_TICKET


def test_what_people_decided_goes_first() -> None:
    mapping = {"General Inquiry": "other", "zebra": "billing"}
    assert kind_of("general inquiry", decided_kinds=mapping)[0] == "other"
    assert kind_of("Zebra", decided_kinds=mapping)[0] == "billing"
    assert kind_of(None, "zebra", decided_kinds=mapping)[0] == "billing"


@pytest.mark.parametrize(
    ("type", "tags", "status", "kind"),
    [
        ("Incident", None, None, "how-to"),  # also where the built-in words name another kind
        ("INCIDENT", "bug", None, "how-to"),
        ("Sonstiges", "bug", None, "other"),  # said by people, "other" is an answer; by its words it is none
        ("Misc", "bug", None, "defect"),
        ("Incident", "spam", None, NOT_A_TICKET),  # a spam message stays one, whatever its type
        ("Incident", None, "merged", NOT_A_TICKET),
        ("Bug", "internal-test", None, NOT_A_TICKET),
        ("Request", None, None, None),  # says nothing
        ("Request", "bug", None, "defect"),
        (None, "bug tier2", None, "billing"),  # of several tags those count that people decided of
        (None, "tier2 tier3", None, None),  # unless they say different things
        (None, "bug vip", None, "defect"),
        (None, "vip", None, None),
        ("Question", "tier2", None, "how-to"),  # tags tell where the type says nothing
        ("", "", None, None),
        ("???", None, None, "outage"),
        ("!!", None, None, None),
    ],
)
def test_a_decision_wins_over_the_built_in_words_and_over_nothing_else(
    type: str | None, tags: str | None, status: str | None, kind: str | None
) -> None:
    mapping = {
        "incident": "how-to", "Sonstiges": "other", "internal_test": NOT_A_TICKET, "request": SAYS_NOTHING,
        "tier2": "billing", "tier3": "defect", "vip": SAYS_NOTHING, "???": "outage",
    }  # fmt: skip
    assert kind_of(type, tags, status, mapping)[0] == kind
    row = {"ticket_id": "1", "type": type, "tags": tags, "status": status}
    assert kinds_from_columns(pa.Table.from_pylist([row]), mapping)["kind"].to_pylist() == [kind]


def test_a_type_says_nothing_where_it_is_empty_or_people_said_so() -> None:
    types = pa.array(["Mail", None, " ", "Bug", "E-Mail", "mail"])
    assert uninformative_types(types, {"MAIL": SAYS_NOTHING, "Bug": "defect"}).to_pylist() == [
        True, True, True, False, False, True,
    ]  # fmt: skip
    assert uninformative_types(types).to_pylist() == [False, True, True, False, False, False]


def test_the_word_that_decides_is_told() -> None:
    assert [type_term(value) for value in ("Tier 2 request", "Bug", "Zebra", "")] == ["request", "bug", None, None]
    assert [is_whole_value("type: Bug", "bug"), is_whole_value("Tier 2 request", "request")] == [True, False]
    assert [value_key(value) for value in ("Feature_Request", " !! ", "")] == ["feature request", "!!", ""]


def test_the_table_agrees_with_the_single_ticket() -> None:
    rows: list[dict[str, str | None]] = [
        {"ticket_id": "1", "type": "Question", "tags": None, "status": "open"},
        {"ticket_id": "2", "type": None, "tags": "bug", "status": None},
        {"ticket_id": "3", "type": "Zebra", "tags": None, "status": "merged"},
        {"ticket_id": "4", "type": None, "tags": None, "status": None},
        {"ticket_id": "5", "type": "Question", "tags": "bug", "status": "open"},
    ]
    kinds = kinds_from_columns(pa.Table.from_pylist(rows)).to_pylist()
    assert [row["ticket_id"] for row in kinds] == ["1", "2", "3", "4", "5"]
    for row, answer in zip(rows, kinds, strict=True):
        assert (answer["kind"], answer["kind_source"]) == kind_of(row["type"], row["tags"], row["status"])


def test_a_table_without_rows_or_without_a_type_column() -> None:
    assert kinds_from_columns(pa.table({"ticket_id": pa.array([], pa.string())})).num_rows == 0
    kinds = kinds_from_columns(pa.table({"ticket_id": ["1"], "type": pa.array([None], pa.null()), "tags": ["bug"]}))
    assert kinds["kind"].to_pylist() == ["defect"]
    assert kinds_from_columns(pa.table({"ticket_id": ["1", "2"]}))["kind"].to_pylist() == [None, None]


def test_chunked_columns_are_read_whole() -> None:
    half = pa.table({"ticket_id": ["1"], "type": ["bug"], "tags": [None]})
    other = pa.table({"ticket_id": ["2"], "type": ["question"], "tags": ["x"]})
    kinds = kinds_from_columns(pa.concat_tables([half.cast(other.schema), other]))
    assert kinds["kind"].to_pylist() == ["defect", "how-to"]


def test_each_combination_of_a_million_tickets_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    size = 1_000_000
    types = pa.array(["Question", "Bug", "Zebra", None]).take(pa.array([i % 4 for i in range(size)]))
    tickets = pa.table({"ticket_id": pa.array(range(size)).cast(pa.string()), "type": types})
    decided_types: list[str | None] = []
    decide = column_kinds._decide

    def counting(type: str | None, *rest_of_ticket: Any) -> str | None:
        decided_types.append(type)
        return decide(type, *rest_of_ticket)

    monkeypatch.setattr(column_kinds, "_decide", counting)
    assert kinds_from_columns(tickets)["kind"].null_count == size // 2
    assert decided_types == ["Question", "Bug", "Zebra", None]


def test_a_cell_of_tags_is_split() -> None:
    assert tags_in("a b_c") == ("a", "b_c")
    assert tags_in("Tech Support, Bug;x") == ("Tech Support", "Bug", "x")
    assert tags_in(None) == ()


def test_real_exports_are_understood(shared_data: Path) -> None:
    def counts(name: str, column: str) -> dict[str | None, int]:
        options = pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: "skip")
        values = pa_csv.read_csv(shared_data / "tickets" / name, parse_options=options)[column]
        kinds = kinds_from_columns(pa.table({"ticket_id": values, "type": values}))["kind"].value_counts().to_pylist()
        return {row["values"]: row["counts"] for row in kinds}

    assert counts("teresgeo_customer_support_tickets.csv", "Ticket_Type") == {
        "feature request": 184, "how-to": 174, "defect": 171 + 153, "billing": 163, "account and access": 155,
    }  # fmt: skip
    assert counts("suraj520_customer_support_tickets_vaibhavgarg230.csv", "Ticket Type") == {
        "billing": 1752 + 1695 + 1634, "defect": 1747, "how-to": 1641,
    }  # fmt: skip
