"""Sheets of strangers that are easily read wrongly, each with the numbers worked out from its rows by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import LoadReport
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace


@dataclass(frozen=True)
class Case:
    """Files with the figures that they give: question -> figure -> value, asked as of `as_of`, else the newest day.

    Attributes:
        files: in their folder.
        figures: what the questions answer; None where nothing is known.
        says: what the load says, each a part of a sentence.
        never: what nothing may say.
        as_: the table that the files are said to be.
        mapping: columns and the fields they are said to be.
        options: of the load.
        as_of: the day that is looked from.
    """

    files: str
    figures: Mapping[str, Mapping[str, float | None]]
    says: Sequence[str] = ()
    never: Sequence[str] = ()
    as_: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""


def _bridge(mrr: float, **figures: float) -> dict[str, dict[str, float | None]]:
    return {"retention.bridge": {"mrr_end": mrr, **figures}}


CASES = (
    Case("01-status-churned-ignored/status2.csv", _bridge(100), ["2 lines no longer pay", "1 line has never paid"]),
    Case("03-plan-amount-annual/planamount.csv", _bridge(200, new=200)),
    Case("03-plan-amount-annual/cb.csv", _bridge(200, new=200)),
    Case(
        "05-nps-score-column/nps_responses.csv",
        {"health.nps": {"nps": 20, "answers": 10}},
        ["The answers were read as NPS"],
    ),
    Case(
        "05-nps-score-column/survey_plain.csv",
        {"health.nps": {"nps": None, "answers": 0}},
        ["10 answers to an unnamed survey"],
        ["nobody", "Nobody"],
    ),
    Case(
        "05-nps-score-column/survey_plain.csv",
        {"health.nps": {"nps": 20, "answers": 10}},
        options={"survey:score": "NPS"},
    ),
    Case(
        "06-date-column-not-recognised/b40_porte.csv",
        _bridge(2_400, new=4_200, churn=1_800) | {"churn.events": {"events": 2}},
    ),
    Case("06-date-column-not-recognised/nps.csv", {"health.nps": {"nps": 20, "answers": 10}}, never=["no date"]),
    Case("08-scientific-ids/b13_sci.csv", _bridge(1_000, expansion=0), ["lost digits", "identified by name"]),
    Case("09-same-row-again/same_row.csv", {"data.quality": {"rows": 3}}, ["column Faturamento holds amounts"]),
    Case("09-same-row-again/b38_cnpj.csv", _bridge(1_500)),
    Case("09-same-row-again/b39_inn.csv", _bridge(1_500)),
    Case(
        "11-last-churn-never-shown/b34_asof.csv",
        {"retention.summary": {"mrr_end": 1_300, "nrr": 1_300 / 1_800}, "retention.bridge": {"churn": 700}},
    ),
    Case(
        "13-stripe-notice-unpaid-paused/b5_stripe.csv",
        {"retention.renewals": {"mrr_notice": 100}, "retention.survival": {"left": 1}},
        ["1 line has never paid", "1 line is paused", "Cancel At Period End says that 1 line is under notice"],
        as_of="2026-10-01",
    ),
    Case(
        "14-past-renewals-rolled/renewals_old.csv",
        {"retention.renewals": {"mrr_overdue": 17_000, "mrr_open": 0}},
        never=["without a year"],
    ),
    Case("16-month-and-quarter-dates/b17_q.csv", _bridge(500, new=900, churn=400), ["count as their last day"]),
    Case(
        "16-month-and-quarter-dates/b41_dash.csv",
        _bridge(1_797),
        ["“Ativo” in Dt Último Churn was read as “active” in 2 rows"],
        as_="subscriptions",
        mapping={
            "CPF/CNPJ Tomador": "account_ref",
            "Razão Social": "account_name",
            "Dt Entrada": "start_date",
            "Dt Último Churn": "end_date",
            "Faturamento (10/2025)": "mrr",
        },
    ),
    Case("18-year-above-the-months/merged_year.xlsx", _bridge(420, new=600, expansion=20, churn=200)),
    Case("18-year-above-the-months/months_title.csv", _bridge(120, new=300, expansion=20, churn=200)),
    Case("18-year-above-the-months/months_q.csv", _bridge(420, new=600, expansion=20, churn=200)),
    Case("20-multi-year-terms/b1_terms.csv", _bridge(500), ["3 one-off amounts have no MRR"]),
    Case("22-response-time-hours/resp_hours.csv", {"support.times": {"reply_median": 240, "resolution_median": 1200}}),
    Case(
        "23-id-headers/contracts.csv 23-id-headers/customers.csv 23-id-headers/tickets.csv",
        _bridge(800) | {"data.quality": {"tickets_with_account": 1, "rows": 6}},
    ),
    Case("24-dot-header/accounts.csv", {"data.quality": {"rows": 2}}, ["Same key as row 3 with other values"]),
    Case(
        "25-control-characters/tickets.csv",
        {"support.howto": {"tickets": 200}},
        ["2 control characters were removed"],
    ),
    Case("26-month-first-option/surveys.csv", {"health.nps": {"nps": 0, "answers": 8}}),
    Case(
        "26-month-first-option/surveys.csv",
        {"health.nps": {"nps": 0, "answers": 8}},
        ["The chosen “Date order” contradicts 4 rows"],
        options={"dates": "mdy"},
    ),
    Case(
        "28-mapping-to-another-table/usage.csv",
        {"data.quality": {"rows": 4}},
        as_="usage",
        mapping={"client": "account_id", "day": "used_on"},
    ),
    Case(
        "29-usage-without-accounts/logins.csv",
        {"support.silent": {"silent": 0}, "retention.cohorts": {}, "data.quality": {"rows": 104}},
        never=["without dates"],
    ),
)


@contextmanager
def _loaded(workspace: Workspace, case: Case, folder: Path) -> Iterator[tuple[LoadReport, Warehouse]]:
    with ExitStack() as stack:
        files = [(Path(name).name, stack.enter_context((folder / name).open("rb"))) for name in case.files.split()]
        report = pipeline.load(
            workspace,
            files,
            as_table=case.as_,
            mapping=case.mapping,
            options=case.options,
            today=dt.date(2026, 10, 31),
        )
        version = workspace.current()
        assert version is not None
        yield report, stack.enter_context(closing(open_warehouse(workspace.file_of(version))))


def _told(report: LoadReport, answers: Sequence[Answer]) -> str:
    """All that the load and the answers say, as one text."""
    sheets = [text for sheet in report.files for text in (*sheet.assumptions, *(p.what for p in sheet.problems))]
    unused = [column.text for sheet in report.files for column in sheet.unused]
    notes = [text for answer in answers for text in (answer.headline, *(note.text for note in answer.notes))]
    return " ".join((*sheets, *unused, *notes))


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join((case.files.split()[0], *case.options)))
def test_a_sheet_of_a_stranger_gives_the_numbers_of_its_rows(case: Case, shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data.parent / "cases"
    if not folder.is_dir():
        pytest.skip(f"there are no cases at {folder}")
    with _loaded(Workspace(tmp_path), case, folder) as (report, warehouse):
        as_of = dt.date.fromisoformat(case.as_of) if case.as_of else warehouse.newest_day()
        answers = {
            question: catalogue.ask(warehouse, question, Scope(period="all", as_of=as_of), {})
            for question in case.figures
        }
    for question, figures in case.figures.items():
        shown = {figure.name: figure.value for figure in answers[question].figures}
        for name, value in figures.items():
            assert shown[name] == (None if value is None else pytest.approx(value, rel=1e-9)), (question, name)
    said = _told(report, list(answers.values()))
    assert [part for part in case.says if part not in said] == [], said
    assert [part for part in case.never if part in said] == [], said
