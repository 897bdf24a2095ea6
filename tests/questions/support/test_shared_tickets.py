"""Third-party tickets: languages and their words for kinds are understood, nothing is doubled, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cs_dash.decisions import current_decisions
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import derive_artifacts, load
from cs_dash.questions.catalogue import ask
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace

EVERYTHING = Scope(period="all")


@contextmanager
def loaded(folder: Path, *files: Path) -> Iterator[Warehouse]:
    workspace = Workspace(folder / "workspace")
    for file in files:
        with file.open("rb") as stream:
            load(workspace, [(file.name, stream)])
    version = workspace.current()
    assert version is not None
    artifacts = derive_artifacts(workspace, version, topics=False)
    with closing(open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)) as warehouse:
        yield warehouse


def test_russian_suggestions_are_feature_requests_and_a_second_load_doubles_nothing(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "tickets" / "ru_rutube_cases_half.xlsx"
    with loaded(tmp_path, file, file) as warehouse:
        rows = ask(warehouse, "support.tickets", EVERYTHING).rows.to_pylist()
        assert len(rows) == 401
        types = warehouse.query("select ticket_id, type from tickets").to_pylist()
        suggestion_ids = {row["ticket_id"] for row in types if row["type"] == "ПРЕДЛОЖЕНИЯ"}
        suggestions = [row for row in rows if row["ticket_id"] in suggestion_ids]
        assert len(suggestions) == 47
        assert {(row["kind"], row["source"]) for row in suggestions} == {("feature request", "column")}
        (language,) = ask(warehouse, "support.by", EVERYTHING, {"field": "language"}).rows.to_pylist()
        assert (language["group"], language["verdict"]) == ("Russian", "no others")
        answer = ask(warehouse, "support.howto", EVERYTHING)
        assert "unaudited" in answer.headline
        assert answer.figure("contact_rate").value is None
        assert answer.figure("howto_cost").value is None


def test_german_and_english_are_told_apart(shared_data: Path, tmp_path: Path) -> None:
    with loaded(tmp_path, shared_data / "tickets" / "tobi_bueck_en_de.csv") as warehouse:
        answer = ask(warehouse, "support.by", EVERYTHING, {"field": "language"})
        assert {row["group"]: row["tickets"] for row in answer.rows.to_pylist()} == {"English": 1205, "German": 668}
        assert ask(warehouse, "support.by", EVERYTHING, {"field": "area"}).rows.num_rows > 5


def test_ravenstack_has_no_texts_and_that_is_said(shared_data: Path, tmp_path: Path) -> None:
    with loaded(tmp_path, *sorted((shared_data / "ravenstack").glob("*support_tickets*.csv"))) as warehouse:
        for question in ("support.howto", "support.kinds", "support.areas", "support.tenure"):
            answer = ask(warehouse, question, EVERYTHING)
            (note,) = [note for note in answer.notes if note.kind == "missing" and "category" in note.text]
            assert note.text.startswith("None of the 2,000 tickets has a category, and none has a text to classify.")
