"""One name, one value: for one scope no two questions show different numbers under the same name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cs_dash.answer import Answer, Figure
from cs_dash.decisions.audits import Audit, AuditAnswer
from cs_dash.page_registry import pages
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.questions.others import loaded

SCOPES = (Scope(), Scope(period="3m"), Scope(period="all"))


def answers_of_pages(warehouse: Warehouse, scope: Scope, audits: tuple[Audit, ...] = ()) -> dict[str, Answer]:
    """What every page asks when it is opened, in one scope."""
    asked = dict.fromkeys(question for page in pages() for question in page.questions)
    return {name: catalogue.ask(warehouse, name, scope, {}, audits) for name in asked}


def different_values(answers: dict[str, Answer]) -> dict[str, list[tuple[str, Figure]]]:
    """Return {name of a figure: where it is shown} for each name that is shown with more than one value."""
    shown: dict[str, list[tuple[str, Figure]]] = {}
    for question, answer in answers.items():
        for figure in answer.figures:
            if figure.value is not None:
                shown.setdefault(figure.label.casefold(), []).append((question, figure))
    return {
        label: places
        for label, places in shown.items()
        if len({round(figure.value or 0, 9) for _, figure in places}) > 1
        or len({(figure.unit, figure.low, figure.high) for _, figure in places if figure.low is not None}) > 1
    }


@pytest.fixture(scope="module")
def ravenstack(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    yield from loaded(shared_data / "ravenstack", "*.csv", tmp_path_factory.mktemp("ravenstack"))


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.period)
def test_no_name_has_two_values_on_the_demo_company(demo_warehouse: Warehouse, scope: Scope) -> None:
    answers = answers_of_pages(demo_warehouse, scope)
    assert sum(len(answer.figures) for answer in answers.values()) > 50
    assert not different_values(answers)


def test_nor_with_an_audit_that_governs_the_share(demo_warehouse: Warehouse) -> None:
    newest = demo_warehouse.newest_day()
    assert newest is not None
    drawn = demo_warehouse("audit_order", shuffle="5a", start_day=None, end_day=newest, sample_size=200)
    sample = tuple(drawn["ticket_id"].to_pylist())
    answers = tuple(
        AuditAnswer(ticket, "Ana", "how-to" if at % 4 == 0 else "defect") for at, ticket in enumerate(sample)
    )
    audit = Audit(1, "5a", None, newest, drawn["tickets"][0].as_py(), sample, answers)
    shown = answers_of_pages(demo_warehouse, Scope(period="all"), (audit,))
    assert "unadjusted" in shown["overview.summary"].figure("howto_share").caveat
    assert not different_values(shown)


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.period)
def test_no_name_has_two_values_on_ravenstack(ravenstack: Warehouse, scope: Scope) -> None:
    assert not different_values(answers_of_pages(ravenstack, scope))


def test_two_values_under_one_name_are_noticed(demo_warehouse: Warehouse) -> None:
    answers = answers_of_pages(demo_warehouse, Scope())
    first = answers["overview.summary"]
    figure = first.figure("nrr")
    assert figure.value is not None
    wrong = replace(first, figures=(replace(figure, value=figure.value + 0.01), *first.figures[1:]))
    assert list(different_values(answers | {"overview.summary": wrong})) == [figure.label.casefold()]
