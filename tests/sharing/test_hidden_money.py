"""With money hidden, amounts are an index: ratios stay, and no amount of the source is in a copy or in its answers."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import current_decisions, settings
from cs_dash.errors import CsDashError
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import derived_artifacts
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.sharing import Limits
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import answer, copy_of, texts_of
from tests.workspaces import copied, opened

HIDDEN = Limits(hide_money=True)
TEXTS = {
    "accounts.csv": "account_id,account,mrr,start_date,currency,Budget\nA-1,Alpha,1234.56,2025-01-01,EUR,98765\n"
    "A-2,Beta,765.44,2025-01-01,EUR,43210\n",
    "notes.csv": "note_id,account_id,date,author,note\nN-1,A-1,2026-03-01,Ana,Pays €1234.56 or USD 1300 for 12 seats\n",
    "churn_events.csv": "churn_id,account_id,churn_date,reason,mrr_lost,comment\n"
    "C-1,A-2,2026-05-01,Too dear,765.44,A rival offers 600 euros a month\n",
}
Answers = dict[str, tuple[Answer, Answer]]


@pytest.fixture(scope="module")
def answers(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """The answers to every question about the demo company: of the copy, and of the source."""
    folder = tmp_path_factory.mktemp("money") / "demo"
    shutil.copytree(demo_workspace.folder, folder)
    source = Workspace(folder)
    hidden, shown = (_answers(workspace) for workspace in (copy_of(source, HIDDEN), source))
    return {name: (hidden[name], shown[name]) for name in hidden.keys() & shown.keys()}


def _answers(workspace: Workspace) -> dict[str, Answer]:
    version = workspace.current()
    assert version is not None
    artifacts = derived_artifacts(workspace, version)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    listed = {}
    for question in catalogue.questions().values():
        options = {"account": "ACC-1003"} if "account" in question.options else {}
        try:
            listed[question.name] = catalogue.ask(warehouse, question.name, Scope(period="12m"), options)
        except CsDashError:
            continue
    warehouse.close()
    return listed


def factor_of(answers: Answers) -> float:
    """Return what amounts are multiplied by: the portfolio has 100 points."""
    hidden, shown = answers["retention.summary"]
    return hidden.figure("mrr_end").value / shown.figure("mrr_end").value  # type: ignore[operator]


def test_all_accounts_together_have_a_hundred_points(answers: Answers) -> None:
    assert answers["retention.summary"][0].figure("mrr_end").value == pytest.approx(100, abs=1e-4)


def test_amounts_are_scaled_by_one_factor_and_all_other_figures_stay(answers: Answers) -> None:
    factor, compared = factor_of(answers), 0
    for name, (hidden, shown) in answers.items():
        if name.startswith("data."):
            continue
        for ours, theirs in zip(hidden.figures, shown.figures, strict=True):
            by = factor if theirs.unit == "money" else 1.0
            if theirs.value is None:
                assert ours.value is None
                continue
            assert ours.value == pytest.approx(theirs.value * by, rel=1e-4, abs=2e-6), (name, ours.name)
            compared += theirs.unit == "money"
    assert compared > 20


def test_amounts_of_rows_are_scaled_and_shares_stay(answers: Answers) -> None:
    factor, compared = factor_of(answers), 0
    for name, (hidden, shown) in answers.items():
        if name.startswith("data.") or len(hidden.rows) != len(shown.rows):
            continue
        for column in shown.columns:
            if column.unit not in ("money", "share", "count", "score"):
                continue
            ours, theirs = (sorted(_numbers(answered, column.name)) for answered in (hidden, shown))
            by = factor if column.unit == "money" else 1.0
            assert ours == pytest.approx([value * by for value in theirs], rel=1e-3, abs=5e-6), (name, column.name)
            compared += column.unit == "money" and bool(theirs)
    assert compared > 20


def _numbers(answered: Answer, column: str) -> list[float]:
    if column not in answered.rows.column_names:
        return []
    return [float(value) for value in answered.rows[column].to_pylist() if isinstance(value, int | float)]


def _amounts(answered: Answer) -> Iterator[float]:
    yield from (figure.value for figure in answered.figures if figure.unit == "money" and figure.value)
    for column in answered.columns:
        if column.unit == "money":
            yield from _numbers(answered, column.name)


def test_no_amount_of_the_source_is_in_an_answer(answers: Answers) -> None:
    """Only amounts with cents are looked for: whole numbers are counts, too."""
    shown = {
        abs(round(amount, 6)) for _, theirs in answers.values() for amount in _amounts(theirs)
        if abs(amount) >= 100 and not math.isclose(amount, round(amount), abs_tol=0.05)
    }  # fmt: skip
    assert len(shown) > 300
    for name, (ours, _) in answers.items():
        numbers = {round(float(number), 6) for number in re.findall(r"\d+\.\d+", json.dumps(_facts(ours)))}
        assert not numbers & shown, (name, numbers & shown)


def test_no_answer_has_a_currency(answers: Answers) -> None:
    for name, (ours, _) in answers.items():
        text = json.dumps(_facts(ours) | {"definition": None}, ensure_ascii=False)
        assert "€" not in text, name
        assert not re.search(r"\bEUR\b", text), name
        assert ours.currency in ("", "pts")


def test_one_note_says_what_the_index_is(answers: Answers) -> None:
    def notes(answered: Answer) -> list[str]:
        return [note.text for note in answered.notes if "index" in note.text]

    ours, theirs = answers["retention.summary"]
    assert notes(ours) == ["Amounts are an index: 100 pts is the MRR of all accounts on 30 Sep 2026."]
    assert notes(theirs) == []
    assert notes(answers["support.kinds"][0]) == []


def _facts(answered: Answer) -> dict[str, Any]:
    return dict(json.loads(json.dumps(answered.as_dict(), ensure_ascii=False, default=str)))


def test_no_amount_of_the_source_is_in_a_table_of_the_copy(tmp_path: Path) -> None:
    source = copied(tmp_path, TEXTS)
    copy = copy_of(source, HIDDEN)
    texts = "\n".join(texts_of(copy.folder))
    for amount in ("1234.56", "765.44", "1300", "600 euros", "98765", "43210", "2000.0", "EUR"):
        assert amount not in texts, amount
    assert "Pays [amount] or [amount] for 12 seats" in texts
    ours, theirs = (
        opened(workspace).query("select sum(mrr) as mrr from mrr_on(date '2026-02-01')")["mrr"][0].as_py()
        for workspace in (copy, source)
    )
    assert (ours, theirs) == (pytest.approx(100), pytest.approx(2000))


def test_settings_that_are_amounts_are_scaled(tmp_path: Path) -> None:
    source = copied(tmp_path, TEXTS)
    settings.choose(source, {"cost_per_hour": 60.0, "gross_margin": 0.7, "currency": "EUR"})
    copy = copy_of(source, HIDDEN)
    chosen = dict(current_decisions(copy).settings)
    assert chosen.keys() == {"cost_per_hour", "gross_margin"}
    assert float(chosen["cost_per_hour"]) == pytest.approx(60 * 100 / 2000)
    assert float(chosen["gross_margin"]) == 0.7


def test_the_day_that_is_looked_at_is_that_of_the_source(tmp_path: Path) -> None:
    source = copied(tmp_path, TEXTS)
    assert answer(copy_of(source, HIDDEN), "retention.summary")["as_of"] == answer(source, "retention.summary")["as_of"]


def test_rates_still_convert(tmp_path: Path) -> None:
    files = {
        "subscriptions.csv": "subscription_id,account_id,start_date,mrr,currency\n"
        "S-1,A-1,2025-01-01,100,USD\nS-2,A-2,2025-01-01,200,EUR\nS-3,A-3,2025-01-01,50,EUR\n",
        "fx_rates.csv": "currency,rate_on,rate\nUSD,2025-01-01,0.9\nUSD,2026-01-01,0.8\n",
    }
    source = copied(tmp_path, files)
    ours, theirs = (
        answer(workspace, "retention.summary", Scope(as_of=dt.date(2026, 6, 1)))["figures"]
        for workspace in (copy_of(source, HIDDEN), source)
    )
    shares = [
        {figure["name"]: figure["value"] for figure in figures if figure["unit"] == "share"}
        for figures in (ours, theirs)
    ]
    assert shares[0] == pytest.approx(shares[1])
    assert shares[0]["nrr"] == pytest.approx(1.0)
    with duckdb.connect(str(next((copy_of(source, HIDDEN).folder / "versions").glob("*.duckdb"))), read_only=True) as c:
        assert c.execute("select distinct quoted_in from fx_rates").fetchall() == [("pts",)]
        assert c.execute("select distinct currency from subscriptions order by 1").fetchall() == [("USD",), ("pts",)]
