"""What is told to who runs the program: names and numbers, and no data."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cs_dash import monitoring
from cs_dash.errors import BadInput
from cs_dash.monitoring import LOAD, QUESTION, Fact, log_lines, place_of, recorded
from cs_dash.monitoring.log_lines import JsonLines
from cs_dash.pipeline import load, rebuild
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied, opened

SECRET = "Nordwind-7731"
ACCOUNTS = f"Account ID,Account name,Segment\nA1,{SECRET},SMB\n"
SUBSCRIPTIONS = "Subscription ID,Account ID,Start date,End date,MRR\nS1,A1,2025-01-01,,4711\n"
Heard = list[tuple[str, Mapping[str, Fact]]]


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What was told while the test ran."""
    told: Heard = []
    end = monitoring.listen(lambda kind, facts: told.append((kind, dict(facts))))
    yield told
    end()


def without_seconds(heard: Heard) -> list[tuple[str, dict[str, Fact]]]:
    assert all(float(facts["seconds"]) >= 0 for _, facts in heard)
    return [(kind, {name: fact for name, fact in facts.items() if name != "seconds"}) for kind, facts in heard]


def test_loads_are_told_without_data(tmp_path: Path, heard: Heard) -> None:
    workspace = Workspace(tmp_path)
    files = [("accounts.csv", ACCOUNTS), ("subscriptions.csv", SUBSCRIPTIONS)]

    def read() -> list[tuple[str, io.BytesIO]]:
        return [(name, io.BytesIO(text.encode())) for name, text in files]

    load(workspace, read(), dry_run=True)
    load(workspace, read())
    load(workspace, read())
    with pytest.raises(BadInput):
        load(workspace, [])
    rebuild(workspace)
    facts = {"command": "load", "files": 2, "rows": 2}
    assert without_seconds(heard) == [
        (LOAD, facts | {"outcome": "checked", "version": 0}),
        (LOAD, facts | {"outcome": "published", "version": 1}),
        (LOAD, facts | {"outcome": "unchanged", "version": 0}),
        (LOAD, {"command": "load", "outcome": "failed", "error": "BadInput"}),
        (LOAD, facts | {"command": "rebuild", "outcome": "published", "version": 2}),
    ]


def test_questions_are_told_by_name(tmp_path: Path, heard: Heard) -> None:
    workspace = copied(tmp_path / "w", {"accounts.csv": ACCOUNTS, "subscriptions.csv": SUBSCRIPTIONS})
    catalogue.ask(opened(workspace), "retention.summary", Scope(filters=(("segment", ("SMB",)),)))
    assert without_seconds(heard)[-1] == (QUESTION, {"question": "retention.summary"})
    assert SECRET not in repr(heard)
    assert "SMB" not in repr(heard)


def test_who_stopped_listening_hears_nothing() -> None:
    told: list[str] = []
    end = monitoring.listen(lambda kind, _: told.append(kind))
    monitoring.record("load")
    end()
    end()
    monitoring.record("load")
    assert told == ["load"]


def test_the_place_of_an_error_is_in_the_program() -> None:
    def raised() -> BaseException:
        try:
            log_lines.write(QUESTION, {"seconds": "not a number"})
        except ValueError as error:
            return error
        raise AssertionError

    assert place_of(raised()).startswith("cs_dash/monitoring/log_lines.py:")
    assert place_of(ValueError()) == ""


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_log_for_programs_has_loads_and_slow_questions(capsys: pytest.CaptureFixture[str]) -> None:
    log_lines.write(LOAD, {"outcome": "published", "rows": 3, "seconds": 0.1})
    log_lines.write(LOAD, {"outcome": "failed", "error": "BadInput"})
    log_lines.write(QUESTION, {"question": "retention.summary", "seconds": 0.01})
    log_lines.write(QUESTION, {"question": "retention.summary", "seconds": 3.2})
    written = lines(capsys.readouterr().err)
    assert [(line.pop("level"), line.pop("event")) for line in written] == [
        ("info", "load"), ("error", "load"), ("warning", "slow question"),
    ]  # fmt: skip
    assert all(line.pop("at").endswith("Z") for line in written)
    assert written[2] == {"question": "retention.summary", "seconds": 3.2}


@pytest.mark.parametrize("name", ["cs_dash", "of.somebody.else"])
def test_a_record_has_no_values(name: str) -> None:
    def formatted(message: str, *values: object, **named: Any) -> dict[str, Any]:
        stream = io.StringIO()
        logger = logging.getLogger(name)
        handler = logging.StreamHandler(stream)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        propagate, logger.propagate = logger.propagate, False
        try:
            logger.error(message, *values, **named)
        finally:
            logger.removeHandler(handler)
            logger.propagate = propagate
        assert SECRET not in stream.getvalue()
        (line,) = lines(stream.getvalue())
        return line

    assert formatted("Refused: %s", SECRET)["text"] == "Refused: %s"
    try:
        dict[str, str]()[SECRET]
    except KeyError:
        line = formatted("reference %s", "a1b2c3", exc_info=True, extra={"reference": "a1b2c3"})
    assert (line["error"], line["reference"], line["event"]) == ("KeyError", "a1b2c3", "error")
    assert line["place"].startswith("test_monitoring.py:")
    if name != "cs_dash":
        assert "text" not in formatted(f"put together with {SECRET}")


def test_our_own_messages_are_never_put_together_before() -> None:
    """The log for programs shows them as they are."""
    import ast

    root = Path(monitoring.__file__).parents[1]
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "LOG"
            ):
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"


def test_nothing_changes_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = list(logging.getLogger().handlers)
    monkeypatch.delenv(log_lines.LOG_FORMAT, raising=False)
    log_lines.write_json_lines()
    assert logging.getLogger().handlers == handlers


def test_errors_end_up_with_their_type_only(heard: Heard) -> None:
    with pytest.raises(ValueError, match=SECRET), recorded(QUESTION, question="churn.summary"):
        raise ValueError(SECRET)
    assert without_seconds(heard) == [
        (QUESTION, {"question": "churn.summary", "outcome": "failed", "error": "ValueError"})
    ]
