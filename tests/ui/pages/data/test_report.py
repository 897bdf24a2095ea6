"""What became of the rows, on the screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

DATA = Path(__file__).resolve().parents[4] / "data"


def script() -> None:
    """Show the report of a dry run."""
    import io
    import os
    from pathlib import Path

    from cs_dash import pipeline
    from cs_dash.store.workspace import Workspace
    from cs_dash.ui.pages.data.report import report_of

    paths = [Path(name) for name in os.environ["FILES"].split(os.pathsep)]
    workspace = Workspace(Path(os.environ["FOLDER"]))
    uploads = [workspace.keep(path.name, io.BytesIO(path.read_bytes())) for path in paths]
    report = pipeline.load(workspace, [(path.name, io.BytesIO(path.read_bytes())) for path in paths], dry_run=True)
    report_of(report, uploads, key="looked", editable=True)


def report_text(monkeypatch: pytest.MonkeyPatch, folder: Path, *files: Path) -> AppTest:
    monkeypatch.setenv("FILES", os.pathsep.join(map(str, files)))
    monkeypatch.setenv("FOLDER", str(folder))
    return AppTest.from_function(script, default_timeout=60).run()


def test_what_a_sheet_of_accounts_tells_of_another_table_has_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = report_text(monkeypatch, tmp_path, DATA / "accounts.csv")
    assert not app.exception
    mapped = [table.value for table in app.dataframe if "Field" in table.value.columns]
    assert len(mapped) == 1  # one grid tells what the columns are to both tables
    assert "churned" in list(mapped[0]["Field"])
    assert "as accounts and churn events" in app.expander[0].label
    assert ", 0 " not in app.expander[0].label


def test_one_sheet_for_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = tmp_path / "wide.csv"
    names = "Customer,Tenure Months,Monthly Charge,Churned,Churn Reason,Satisfaction Score"
    wide.write_text(f"{names}\nAnn,3,10,Yes,Price,2\nBob,9,20,No,,5\n")
    app = report_text(monkeypatch, tmp_path / "w", wide)
    assert not app.exception
    (mapped,) = [table.value for table in app.dataframe if "Field" in table.value.columns]
    text = dict(zip(mapped["Column"], mapped["Field"], strict=True))
    assert text["Churn Reason"] == "churn events: reason"
    assert text["Satisfaction Score"] == "surveys: score"
