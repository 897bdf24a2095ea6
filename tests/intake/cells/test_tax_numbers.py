"""Check digits, each on numbers that their offices or their owners publish, and on the same with one digit changed."""

from __future__ import annotations

import pytest

from cs_dash.intake.cells import tax_numbers

PUBLISHED = [
    ("CNPJ", "33.000.167/0001-01"),  # Petrobras
    ("CNPJ", "12.ABC.345/01DE-35"),  # Receita Federal's example of a number with letters
    ("CPF", "111.444.777-35"),  # the example in Receita Federal's description
    ("INN", "7707083893"),  # Sberbank
    ("INN", "500100732259"),  # the example of twelve digits in the tax office's description
    ("SIREN", "732 829 320"),  # INSEE's example
    ("SIRET", "732 829 320 00074"),
    ("ABN", "51 824 753 556"),  # the example of the Australian Business Register
    ("unified social credit code", "91110000600037341L"),
    ("USt-IdNr.", "DE 136695976"),  # BZSt's example
    ("partita IVA", "IT00743110157"),
    ("NIP", "PL 8567346215"),
]


@pytest.mark.parametrize(("word", "number"), PUBLISHED)
def test_the_check_digits_of_a_published_number_are_right(word: str, number: str) -> None:
    kind = next(kind for kind in tax_numbers.KINDS if kind.word == word)
    assert kind.is_valid(number)
    digits = [at for at, sign in enumerate(number) if sign.isdigit()]
    for at in (digits[3], digits[-1]):
        changed = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert not kind.is_valid(changed), changed


def test_what_most_values_are() -> None:
    word, share = tax_numbers.kind_of(["33.000.167/0001-01", "33000167000101", "33000167000102"])
    assert (word, round(share, 2)) == ("CNPJ", 0.67)
    assert tax_numbers.kind_of(["A-1", "A-2"]) == ("", 0.0)
    assert tax_numbers.kind_of([]) == ("", 0.0)


@pytest.mark.parametrize(
    "text", ["20 %", "1,234.50", "1234567.50", "2026-01-31", "31.01.2026", "A-100", "Acme 24 GmbH"]
)
def test_what_is_not_written_like_one(text: str) -> None:
    assert not tax_numbers.shaped(text)
