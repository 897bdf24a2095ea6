"""A workspace's own taxonomy: categories are renamed, judged anew, added and stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.cli.main import main
from cs_dash.decisions import churn_categories as category_decisions
from cs_dash.decisions import churn_reasons as reason_decisions
from cs_dash.decisions.choices.churn_taxonomy import TAXONOMY
from cs_dash.decisions.churn_categories import Category
from cs_dash.decisions.workspace_categories import categories, parsed, standard, written
from cs_dash.errors import UnknownOption
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from cs_dash.ui.pages.settings.churn_categories import changes, rows_of
from tests.workspaces import copied, opened

CHURN = "account_id,churn_date,reason,mrr_lost\n" + "".join(
    f"A-{n},2025-05-0{n},{reason},{100 * n}\n"
    for n, reason in enumerate(("Missing feature", "Low usage", "Card declined", "Stuck in customs", "Mgmt"), 1)
)
TICKETS = "ticket_id,account_id,created_at,type,product_area\nT-1,A-1,2025-04-20,bug,Reports\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return copied(tmp_path, {"churn.csv": CHURN, "tickets.csv": TICKETS})


def ask(workspace: Workspace, question: str, **options: str) -> Answer:
    return catalogue.ask(opened(workspace), question, Scope(period="all"), options)


def by_category(workspace: Workspace) -> dict[str, Any]:
    rows = ask(workspace, "churn.reasons", level="category").rows.to_pylist()
    return {row["reason"]: row["controllable"] for row in rows}


def test_a_renamed_category_takes_its_reasons_along(workspace: Workspace) -> None:
    main(["place", "Mgmt", "adoption", "--workspace", str(workspace.folder)])
    pipeline.change(workspace, {"churn category: Adoption": "name=Never got going; controllable=no"})
    assert by_category(workspace) == {
        "Never got going": False, "Product gap": True, "Payment failed": False, "Other or unknown": None,
    }  # fmt: skip
    rows = {row["reason"]: row for row in ask(workspace, "churn.recorded").rows.to_pylist()}
    assert (rows["Mgmt"]["category"], rows["Mgmt"]["placed"]) == ("Never got going", "by hand")
    assert (rows["Low usage"]["category"], rows["Low usage"]["placed"]) == ("Never got going", "by rule")
    main(["place", "Stuck in customs", "never GOT going", "--workspace", str(workspace.folder)])
    pipeline.change(workspace, {"churn category: Adoption": ""})
    rows = {row["reason"]: row["category"] for row in ask(workspace, "churn.recorded").rows.to_pylist()}
    assert rows["Mgmt"] == rows["Stuck in customs"] == rows["Low usage"] == "Adoption"


def test_a_category_stored_by_another_key_is_shown_by_its_name(workspace: Workspace) -> None:
    stored = "Promised but not there"
    reason_decisions.decide(workspace, {"Mgmt": stored})
    main(["place", "Stuck in customs", "promised BUT not there", "--workspace", str(workspace.folder)])
    rows = {row["reason"]: row["category"] for row in ask(workspace, "churn.recorded").rows.to_pylist()}
    assert rows["Mgmt"] == rows["Stuck in customs"] == "Expectation mismatch"
    assert by_category(workspace)["Expectation mismatch"] is True
    named = "churn category: Expectation mismatch"
    change = {f"churn category: {stored}": f"name={stored}; controllable=no"}
    assert pipeline.change(workspace, change).names == (named,)
    assert by_category(workspace)["Expectation mismatch"] is False
    assert not [line.name for line in pipeline.listed(workspace) if stored in line.name]
    assert pipeline.change(workspace, {named: "name=Oversold"}).names == (named,)
    assert by_category(workspace)["Oversold"] is True


def test_a_category_of_a_file_by_a_stored_key_is_shown_by_its_name(tmp_path: Path) -> None:
    churn = "account_id,churn_date,reason,category\nA-1,2025-05-01,Oversold,Promised but not there\n"
    workspace = copied(tmp_path, {"churn.csv": churn})
    assert ask(workspace, "churn.events").rows.to_pylist()[0]["category"] == "Expectation mismatch"


def test_a_category_of_ones_own_places_by_its_words_before_ours(workspace: Workspace) -> None:
    edit = {"churn category: Logistics": "controllable=no; words=customs, missing feature"}
    pipeline.change(workspace, edit)
    assert by_category(workspace) == {
        "Logistics": False, "Adoption": True, "Payment failed": False, "Other or unknown": None,
    }  # fmt: skip
    assert len(workspace.state.versions()) == 1


def test_words_of_ones_own_count_beside_ours(workspace: Workspace) -> None:
    pipeline.change(workspace, {"churn category: Adoption": "words=customs"})
    assert ask(workspace, "churn.reasons", level="category").rows.to_pylist()[0]["events"] == 2


def test_what_is_a_payment_failure_can_be_said(workspace: Workspace) -> None:
    def failed() -> float | None:
        return ask(workspace, "churn.kinds").figure("payment_failed").value

    assert failed() == pytest.approx(300 / 1500)
    pipeline.change(workspace, {"churn category: Adoption": "payment=yes"})
    assert failed() == pytest.approx(500 / 1500)
    pipeline.change(workspace, {"churn category: Adoption": "", "churn category: Payment failed": "payment=no"})
    assert failed() == 0


def test_a_renamed_product_gap_still_speaks_of_the_product(workspace: Workspace) -> None:
    before = ask(workspace, "churn.product")
    pipeline.change(workspace, {"churn category: Product gap": "name=We lack it"})
    after = ask(workspace, "churn.product")
    assert before.figure("lost_over_product").value == after.figure("lost_over_product").value == 1
    assert before.rows.num_rows == 1
    assert before.rows == after.rows


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("Adoption", "name=Onboarding", "another category is called Onboarding"),
        ("Adoption", "name=other OR unknown", "another category is called other OR unknown"),
        ("Adoption", "name=", "it has no name"),
        ("Adoption", "controllable=maybe", "controllable cannot be “maybe”"),
        ("Adoption", "blue", "“blue” is none of name, controllable, payment, words"),
        ("Mine", f"name={'x' * 61}", "its name is longer than 60 letters"),
    ],
)
def test_a_category_that_cannot_be_gets_one_sentence(workspace: Workspace, key: str, text: str, why: str) -> None:
    with pytest.raises(UnknownOption) as refused:
        pipeline.change(workspace, {f"churn category: {key}": text})
    assert refused.value.message.endswith(f" because {why}.")
    assert category_decisions.decided(workspace) == {}


def test_what_is_said_is_said_again() -> None:
    edited_categories = (Category("Adoption", "Stuck", None, True, ("a", "b c")), Category("Own", "Own", False))
    for category in edited_categories:
        assert parsed(category.key, written(category)) == category
    assert [category.name for category in categories({})] == [kind.name for kind in TAXONOMY]
    assert standard("Own") is None


def test_the_grid_tells_just_what_was_edited() -> None:
    own = Category("Logistics", "Logistics", False, words=("customs",))
    workspace_categories = (*categories({}), own)
    rows = rows_of(workspace_categories)
    assert changes(workspace_categories, rows) == {}
    rows[0] |= {"name": " Card  failed ", "words": "dunning; chargeback"}
    added = {"key": None, "name": "Politics", "controllable": None, "payment": None, "words": None}
    edited = changes(workspace_categories, [*rows[:-2], added])
    assert edited == {
        "Logistics": None,
        "Payment failed": Category("Payment failed", "Card failed", False, True, ("dunning", "chargeback")),
        "Politics": Category("Politics", "Politics"),
    }
