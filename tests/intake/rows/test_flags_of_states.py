"""A flag of contract lines says who pays and who left, and the same is stored however yes and no are written."""

from __future__ import annotations

import pytest

from tests.intake.conftest import Read

PAIRS = (("True", "False"), ("1", "0"), ("yes", "no"), ("ja", "nein"), ("да", "нет"), ("是", "否"))


@pytest.mark.parametrize(("yes", "no"), PAIRS)
@pytest.mark.parametrize(("name", "gone"), [("Churn flag", "yes"), ("Active", "no")])
def test_a_flag_is_stored_the_same_however_it_is_written(
    reading: Read, yes: str, no: str, name: str, gone: str
) -> None:
    left, stays = (yes, no) if gone == "yes" else (no, yes)
    rows = [
        f"S1,Lys,2025-01-01,2025-06-01,90,{left}",
        f"S2,Lys,2025-06-01,,40,{stays}",
        f"S3,Rue,2025-03-01,,20,{stays}",
    ]
    head = f"Subscription ID,Customer,Start date,End date,MRR,{name}"
    (table,) = reading({"contracts.csv": "\n".join([head, *rows, ""])}).tables
    lines = table.rows.rows.to_pylist()
    assert table.table == "subscriptions"
    assert [line["standing"] for line in lines] == ["gone", "customer", "customer"]
    assert [line.get("status") for line in lines] == [None, None, None]
    assert name in {column.column for column in table.mapped}
