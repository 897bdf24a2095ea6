from __future__ import annotations

import pytest

from cs_dash.intake.cells import status
from cs_dash.schema import names
from cs_dash.schema.tables import noun_of


@pytest.mark.parametrize(
    "name", ["Account ID", "account_id", "AccountId", "ACCOUNT-IDs", " 'account id' ", "Áccount Id"]
)
def test_one_name_however_it_is_written(name: str) -> None:
    assert names.key(name) == "accountid"


def test_words_that_only_look_plural() -> None:
    assert names.key("Status") == "status"
    assert names.key("Business address") == "businessaddress"


def test_brackets_and_prefixes_of_systems_are_optional() -> None:
    assert "created" in names.keys("Created (UTC)")
    assert "subject" in names.keys("property_subject")
    assert "priority" in names.keys("property_hs_priority")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Resolution Time (Hours)", ("resolutiontime", 60.0)),
        ("usage_duration_secs", ("usageduration", 1 / 60)),
        ("First reply time in minutes", ("firstreplytime", 1.0)),
        ("Subject", ("subject", None)),
    ],
)
def test_units_of_time(name: str, expected: tuple[str, float | None]) -> None:
    assert names.timeless(name) == expected


def test_an_account_known_by_name_has_one_id() -> None:
    assert names.account_key("ACME  Inc.") == names.account_key("Acme inc")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Yes", True), ("TRUE", True), ("ja", True), ("да", True), ("是", True), ("1", True), ("✓", True),
     ("no", False), ("Nein", False), ("FAUX", False), ("нет", False), ("0", False), ("maybe", None), ("", None)],
)  # fmt: skip
def test_flags(word: str, expected: bool | None) -> None:
    assert status.flag(word) is expected


def test_a_table_within_a_sentence_keeps_its_abbreviations() -> None:
    assert noun_of("tickets") == "support tickets"
    assert noun_of("notes") == "CSM notes"
    assert noun_of("no such table") == "plain table"
