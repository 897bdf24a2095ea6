"""Topics in a version: found at a load, carried on by the next, made anew by a rebuild, shaped by decisions."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sklearn.metrics import adjusted_rand_score

from cs_dash import pipeline
from cs_dash.cli.main import main
from cs_dash.demo.articles import ARTICLES, BADLY_COVERED, WITHOUT_ARTICLE, address_of
from cs_dash.demo.company import SEED, simulate
from cs_dash.questions import catalogue
from cs_dash.questions.support.topics.content_plan import NOT_COVERED, STILL_ASKED
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied, opened

SAID = {
    "export": ("How do I export a report to a spreadsheet", "Exporting reports as files", "Download the report table"),
    "invite": ("How can I invite a new colleague", "Adding another user to our team", "Send an invitation to a person"),
    "colour": (
        "Please add a dark mode to the app",
        "Wish for night colours on the screen",
        "A darker theme would help",
    ),
    "hours": (
        "How do I correct the hours of a technician",
        "Editing booked working time",
        "Change a time entry of work",
    ),
}
ENDS = ("", " please", " soon", " for us", " today", " again", " now", " at all", " somehow", " correctly")
HEAD = "Ticket ID,Account,Created at,Type,Subject\n"


def lines(topics: tuple[str, ...], start: int, per_wording: int = 10, month: str = "2026-05") -> str:
    """Return tickets about some topics, `per_wording` for every wording."""
    ticket_lines: list[str] = []
    for topic in topics:
        kind = "Feature request" if topic == "colour" else "Question"
        for wording in SAID[topic]:
            for end in ENDS[:per_wording]:
                number = start + len(ticket_lines)
                ticket_lines.append(
                    f"{topic}-{number},Acme {number % 7},{month}-{number % 27 + 1:02d},{kind},{wording}{end}"
                )
    return HEAD + "\n".join(ticket_lines) + "\n"


def load(workspace: Workspace, text: str, **options: Any) -> None:
    report = pipeline.load(workspace, [("tickets.csv", io.BytesIO(text.encode()))], as_table="tickets", **options)
    version = workspace.current()
    if version is not None and report.version is not None:
        pipeline.derive_artifacts(workspace, version)


def ask(workspace: Workspace, question: str, **options: str) -> Any:
    version = workspace.current()
    assert version is not None
    artifacts = pipeline.derive_artifacts(workspace, version)
    return catalogue.ask(opened(workspace, artifacts), question, Scope(period="all"), options)


def topics_of(workspace: Workspace) -> dict[str, str]:
    rows = ask(workspace, "support.tickets").rows.to_pylist()
    return {row["ticket_id"]: row["topic"] for row in rows if row["topic"]}


def listed(workspace: Workspace, **options: str) -> dict[str, dict[str, Any]]:
    return {row["topic"]: row for row in ask(workspace, "support.topics", **options).rows.to_pylist()}


def three_topics(folder: Path) -> Workspace:
    """Return a workspace with thirty tickets about each of three topics, which were found."""
    files = {"tickets.csv": lines(("export", "invite", "colour"), 1000)}
    return copied(folder, files, derived="kinds and topics", as_table="tickets")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return three_topics(tmp_path / "workspace")


@pytest.fixture
def decide(workspace: Workspace) -> Callable[..., int]:
    return lambda *words: main(["topic", *words, "--workspace", str(workspace.folder)])


def test_a_load_finds_topics_and_the_next_keeps_them(workspace: Workspace) -> None:
    before = topics_of(workspace)
    assert len(before) == 90
    load(workspace, lines(("export",), 3000, 4, "2026-06"))
    after = topics_of(workspace)
    assert {name: after[name] for name in before} == before
    assert len(after) >= 100
    notes = [note.text for note in ask(workspace, "support.topics").notes]
    assert any(
        "joined existing topics" in note and note.endswith("existing tickets kept their topics.") for note in notes
    )


def test_a_load_that_brings_no_ticket_leaves_the_topics_alone(workspace: Workspace) -> None:
    before = listed(workspace)
    pipeline.load(workspace, [("a.csv", io.BytesIO(b"Account ID,Name,Segment\nA1,Acme 1,SMB\n"))], as_table="accounts")
    after = listed(workspace)
    assert {name: row["tickets"] for name, row in after.items()} == {
        name: row["tickets"] for name, row in before.items()
    }


def test_twice_the_tickets_make_topics_anew_and_say_what_moved(workspace: Workspace) -> None:
    before = topics_of(workspace)
    load(workspace, lines(("hours", "invite", "export"), 5000, 10, "2026-07"))
    after = topics_of(workspace)
    assert len(after) == 180
    assert adjusted_rand_score([before[name] for name in before], [after[name] for name in before]) >= 0.5
    assert set(before.values()) & set(after.values())


def test_a_rebuild_gives_the_same_topics_under_the_same_ids(workspace: Workspace) -> None:
    before, labels = topics_of(workspace), {name: row["label"] for name, row in listed(workspace).items()}
    pipeline.rebuild(workspace)
    assert topics_of(workspace) == before
    assert {name: row["label"] for name, row in listed(workspace).items()} == labels


def test_undo_brings_the_topics_back(workspace: Workspace) -> None:
    before = topics_of(workspace)
    load(workspace, lines(("hours",), 3000, 8, "2026-06"))
    workspace.undo()
    assert topics_of(workspace) == before


def test_renamed_merged_split_ignored_and_restored_at_once(
    workspace: Workspace, decide: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    first = listed(workspace)
    one, other, *_ = sorted(first, key=lambda name: (-first[name]["tickets"], name))
    assert decide("rename", one, "Getting", "data", "out") == 0
    assert listed(workspace)[one]["label"] == "Getting data out"
    assert decide("merge", other, "getting data out") == 0
    merged = listed(workspace)
    assert other not in merged
    assert merged[one]["tickets"] == first[one]["tickets"] + first[other]["tickets"]
    assert set(topics_of(workspace).values()) == set(merged)
    assert decide("restore", other) == 0
    assert decide("split", other) == 0
    parts = {name: row["tickets"] for name, row in listed(workspace).items() if name not in first}
    assert len(parts) == 2
    assert sum(parts.values()) == first[other]["tickets"]
    assert decide("ignore", one) == 0
    answer = ask(workspace, "support.topics")
    assert one not in {row["topic"] for row in answer.rows.to_pylist()}
    assert any("Excludes 1 topic set to ignore" in note.text for note in answer.notes)
    load(workspace, lines(("export",), 3000, 3, "2026-06"))  # decisions hold for the next version
    assert one not in listed(workspace)
    assert set(parts) <= set(listed(workspace))
    for topic in (one, other):
        assert decide("restore", topic) == 0
    last = listed(workspace)
    assert {name: last[name]["label"] for name in first} == {name: row["label"] for name, row in first.items()}
    assert " reset." in capsys.readouterr().out


def test_what_cannot_be_decided_says_why(decide: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    assert decide("rename", "no such topic", "x") == 2
    assert "there is no such topic" in capsys.readouterr().err


def test_any_number_of_topics_can_be_asked_for(workspace: Workspace) -> None:
    for number in (1, 2, 5):
        rows = listed(workspace, topics=str(number))
        assert len(rows) == number
        assert sum(row["tickets"] for row in rows.values()) == 90


def test_the_tickets_and_accounts_of_a_topic(workspace: Workspace) -> None:
    (topic, row), *_ = listed(workspace).items()
    tickets = ask(workspace, "support.topic_tickets", topic=topic).rows.to_pylist()
    assert len(tickets) == row["tickets"]
    assert {row_of_topic["topic"] for row_of_topic in tickets} == {topic}
    assert ask(workspace, "support.topic_tickets", topic=row["label"]).rows.num_rows == row["tickets"]
    accounts = ask(workspace, "support.topic_accounts", topic=topic).rows.to_pylist()
    assert len(accounts) == row["accounts"] == len({row_of_topic["account_id"] for row_of_topic in tickets})
    assert sum(row_of_topic["tickets"] for row_of_topic in accounts) == row["tickets"]


def test_without_text_it_says_what_can_be_told(tmp_path: Path) -> None:
    bare = Workspace(tmp_path / "bare")
    rows = "\n".join(f"T{at},Acme,2026-05-{at % 27 + 1:02d},Question" for at in range(60))
    load(bare, f"Ticket ID,Account,Created at,Type\n{rows}\n")
    answer = ask(bare, "support.topics")
    assert answer.rows.num_rows == 0
    assert "60 tickets" in answer.headline
    assert "none has a text, so there are no topics" in answer.headline
    assert [note.table for note in answer.notes if note.kind == "missing"] == ["tickets"]


def test_too_few_texts_are_not_said_to_be_none(tmp_path: Path) -> None:
    few = Workspace(tmp_path / "few")
    rows = "\n".join(f"T{at},Acme,2026-05-{at + 1:02d},Question,Export {at}?" for at in range(3))
    load(few, f"Ticket ID,Account,Created at,Type,Message\n{rows}\n")
    answer = ask(few, "support.topics")
    assert answer.rows.num_rows == 0
    assert "none has a text" not in answer.headline
    unread = Workspace(tmp_path / "unread")
    rows = "\n".join(f"T{at},Acme,2026-05-{at + 1:02d},Question,Please tell us how number {at} goes" for at in range(3))
    load(unread, f"Ticket ID,Account,Created at,Type,Zorblat\n{rows}\n")
    answer = ask(unread, "support.topics")
    assert "no text was loaded" in answer.headline
    assert any("column Zorblat of" in note.text and "holds texts (3 of 3 rows)" in note.text for note in answer.notes)


def test_ravenstack_has_no_texts_and_the_answer_says_so(shared_data: Path, tmp_path: Path) -> None:
    raven = Workspace(tmp_path / "raven")
    file = next((shared_data / "ravenstack").glob("*support_tickets*"))
    pipeline.load(raven, [(file.name, io.BytesIO(file.read_bytes()))])
    answer = ask(raven, "support.topics")
    assert answer.rows.num_rows == 0
    assert "none has a text" in answer.headline


def test_the_demo_companys_true_topics_are_in_its_version(demo_workspace: Workspace) -> None:
    truth = {
        str(100_000 + ticket.number): f"{ticket.kind} {ticket.issue}"
        for ticket in simulate(SEED).tickets
        if ticket.kind in ("how-to", "feature request")
    }
    by_ticket = topics_of(demo_workspace)
    ticket_ids = sorted(truth.keys() & by_ticket.keys())
    assert len(ticket_ids) >= 0.9 * len(truth)
    assert adjusted_rand_score([truth[name] for name in ticket_ids], [by_ticket[name] for name in ticket_ids]) >= 0.7


def test_the_demo_companys_help_articles_find_its_topics(demo_workspace: Workspace) -> None:
    """Topics as found by the program, articles as they are truly meant."""
    issues = {str(100_000 + subject.number): subject.issue for subject in simulate(SEED).tickets}
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for ticket, topic in topics_of(demo_workspace).items():
        held[topic][issues.get(ticket, "")] += 1
    about = {topic: issue_counts.most_common(1)[0][0] for topic, issue_counts in held.items()}
    true_topics = {address_of(number): subject.topic for number, subject in enumerate(ARTICLES, start=1)}
    rows = ask(demo_workspace, "support.articles").rows.to_pylist()
    matched = [
        (true_topics[subject], about[row["topic"]])
        for row in rows
        for subject in (row["address"], *(row["others"] or ()))
        if subject
    ]
    right = sum(true == matched_topic for true, matched_topic in matched)
    assert right >= 0.95 * len(matched)
    assert right >= 0.9 * sum(bool(topic) for topic in true_topics.values())
    status = {about[row["topic"]]: row["status"] for row in reversed(rows)}  # the larger of two topics about one thing
    assert status[BADLY_COVERED] == STILL_ASKED
    lacking = [topic for topic in WITHOUT_ARTICLE if topic in status]
    assert len(lacking) >= 5
    assert {status[topic] for topic in lacking} == {NOT_COVERED}
