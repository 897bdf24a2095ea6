"""Names of accounts in sentences become links, and nothing else does."""

from __future__ import annotations

import pyarrow as pa
import pytest

from cs_dash.look.templates import Markup, bold
from cs_dash.ui.components.account_names import with_account_links
from cs_dash.ui.state import address


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "read", lambda: {"period": ["3m"], "open": ["x"]})


def accounts(*names: str) -> pa.Table:
    return pa.table({"account": list(names), "account_id": [f"A-{at}" for at, _ in enumerate(names)]})


def test_a_name_leads_to_its_account_in_the_scope_of_the_page() -> None:
    text = with_account_links(bold("**Acme & Sons** moved MRR most"), accounts("Other", "Acme & Sons"))
    assert text == (
        '<b><a class="cs-name" href="./account?period=3m&amp;account=A-1">Acme &amp; Sons</a></b> moved MRR most'
    )


def test_of_two_names_the_longer_one_counts_and_no_part_of_a_word() -> None:
    text = with_account_links(bold("Annual fees of Ann and of Ann Arbor"), accounts("Ann", "Ann Arbor"))
    assert text.count("<a ") == 2
    assert ">Ann</a> and of" in text
    assert ">Ann Arbor</a>" in text
    assert text.startswith("Annual")


def test_a_hostile_name_stays_text() -> None:
    name = '<b>"x</b>'
    text = with_account_links(bold(f"{name} moved **b** most"), accounts(name, "b"))
    assert ">&lt;b&gt;&#34;x&lt;/b&gt;</a> moved <b><a " in text


def test_a_name_of_two_accounts_or_without_a_row_leads_nowhere() -> None:
    whole = bold("Acme moved most")
    assert with_account_links(whole, accounts("Acme", "Acme")) == whole
    assert with_account_links(whole, accounts("Other")) == whole
    assert with_account_links(whole, pa.table({"account": ["Acme"]})) == whole
    assert with_account_links(Markup(""), accounts("")) == ""
