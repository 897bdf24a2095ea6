"""Names of columns of money: the currency and the thousands in them count, and nothing else changes what they mean."""

from __future__ import annotations

import pytest

from cs_dash.intake.cells.money_names import plain
from cs_dash.schema import names
from tests.intake.conftest import Read


@pytest.mark.parametrize(
    ("header", "mrr", "currency"),
    [
        ("arr_value", 100.0, None), ("arr_usd", 100.0, "USD"), ("ARR (EUR)", 100.0, "EUR"),
        ("Current ARR", 100.0, None),
        ("ARR in k€", 100_000.0, "EUR"), ("arr_keur", 100_000.0, "EUR"), ("mrr_eur", 1200.0, "EUR"),
        ("MRR GBP", 1200.0, "GBP"), ("mrr_amount_usd", 1200.0, "USD"), ("MRR atual (R$)", 1200.0, "BRL"),
        ("MRR TEUR", 1_200_000.0, "EUR"), ("MRR, тыс. руб.", 1_200_000.0, "RUB"),
    ],
)  # fmt: skip
def test_what_a_header_says(reading: Read, header: str, mrr: float, currency: str | None) -> None:
    text = f"Customer;Start date;{header}\nAcorn;2025-01-01;1200\nBirch;2025-01-01;2400\n"
    ingest = reading({"list.csv": text})
    (lines,) = [table for table in ingest.tables if table.table == "subscriptions"]
    assert lines.rows.rows["mrr"].to_pylist() == [mrr, 2 * mrr]
    assert ingest.currency == currency


@pytest.mark.parametrize("header", ["Lost MRR", "New MRR", "MRR change", "Expansion MRR", "Try ARR", "MRR rank"])
def test_what_is_another_thing(header: str) -> None:
    assert plain(names.folded(header)) not in ("mrr", "arr")
