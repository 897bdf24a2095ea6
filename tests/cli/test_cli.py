"""The command line, by its contract: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cs_dash.cli.main import main
from tests.workspaces import copied

ACCOUNTS = "Account ID,Account name,Segment\nA1,Nordwind,SMB\nA2,Helio Bank,Enterprise\n"
SUBSCRIPTIONS = (
    "Subscription ID,Account ID,Start date,End date,MRR\nS1,A1,2025-01-01,,100\nS2,A2,2025-01-01,2026-06-01,300\n"
)


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        workspace = (
            () if arguments[0] in {"questions", "demo", "template", "docs"} else ("--workspace", str(self.folder / "w"))
        )
        status = main([*arguments, *workspace])
        out = self.capsys.readouterr()
        return status, out.out, out.err

    def json(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        status, out, err = self.run(*arguments, "--json")
        assert not err
        output = json.loads(out)
        assert isinstance(output, dict)
        return status, output


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def loaded(shell: Shell) -> Shell:
    files = {"accounts.csv": ACCOUNTS, "subscriptions.csv": SUBSCRIPTIONS}
    for name, text in files.items():
        shell.file(name, text)
    copied(shell.folder / "w", files)
    return shell


def test_load_prints_counts_that_tie(shell: Shell) -> None:
    status, report = shell.json("load", shell.file("a.csv", ACCOUNTS + "A1,Twice,SMB\n"))
    assert status == 0
    assert report["version"] == 1
    (sheet,) = report["files"]
    counts = {name: sheet[name] for name in ("read", "loaded", "updated", "unchanged", "rejected", "duplicates")}
    assert counts == {"read": 3, "loaded": 2, "updated": 0, "unchanged": 0, "rejected": 0, "duplicates": 1}
    assert {"row", "column", "value", "what", "advice"} <= sheet["problems"][0].keys()
    assert report["ignored"] == []


def test_nothing_usable_ends_with_one(shell: Shell) -> None:
    status, report = shell.json("load", shell.file("empty.csv", ""))
    assert status == 1
    assert report["version"] is None
    assert report["ignored"][0].keys() == {"file", "sheet", "why"}


def test_what_was_set_aside_is_named_with_its_reason(shell: Shell) -> None:
    _, out, _ = shell.run("load", shell.file("empty.csv", ""), shell.file("a.csv", ACCOUNTS))
    assert "empty.csv was not loaded: It is empty." in out


def test_check_does_nothing(shell: Shell) -> None:
    status, out, _ = shell.run("check", shell.file("a.csv", ACCOUNTS))
    assert status == 0
    assert "Dry run" in out
    assert shell.run("versions")[0] == 1


def test_an_answer_as_json_has_the_agreed_parts(loaded: Shell) -> None:
    status, answer = loaded.json("ask", "retention.summary", "--as-of", "2026-06-30")
    assert status == 0
    assert answer["question"] == "retention.summary"
    assert answer["as_of"] == "2026-06-30"
    figures = {figure["name"]: figure for figure in answer["figures"]}
    assert figures["nrr"]["value"] == pytest.approx(100 / 400)
    assert figures["grr"]["value"] == pytest.approx(100 / 400)
    assert figures["logo_retention"]["value"] == pytest.approx(0.5)
    assert figures["logo_retention"]["n"] == 2
    assert {"name", "value", "unit", "n", "low", "high"} <= figures["nrr"].keys()
    assert {"rows", "notes", "definition", "says", "title"} <= answer.keys()


def test_where_narrows_to_accounts(loaded: Shell) -> None:
    _, answer = loaded.json("ask", "retention.summary", "--as-of", "2026-06-30", "--where", "segment=SMB")
    figures = {figure["name"]: figure["value"] for figure in answer["figures"]}
    assert figures["nrr"] == pytest.approx(1.0)
    assert figures["accounts_start"] == 1


def test_the_table_as_csv(loaded: Shell) -> None:
    status, out, _ = loaded.run("ask", "retention.bridge", "--csv")
    assert status == 0
    lines = out.splitlines()
    assert lines[0].startswith("month,mrr_start,new,reactivation,expansion,contraction,churn,fx,mrr_end,accounts_end")
    _, answer = loaded.json("ask", "retention.bridge")
    assert len(lines) - 1 == len(answer["rows"])


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ("ask", "retention.sumary"),
            "Could not ask retention.sumary because there is no such question.",
            "retention.summary",
        ),
        (("ask", "retention.summary", "--option", "window=5"), "Could not use window=5", "12"),
        (("ask", "retention.summary", "--option", "windw=3"), "it has no such option", "window"),
        (("ask", "retention.summary", "--as-of", "tomorrow"), "because it is not a date", "2026-09-30"),
        (("ask", "retention.summary", "--where", "size=big"), "because no account has that field", "segment"),
        (("load", "nowhere.csv"), "Could not load nowhere.csv", "name"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_ends_with_two(
    loaded: Shell, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    status, out, err = loaded.run(*arguments)
    assert status == 2
    assert not out
    assert message in err
    assert hint in err
    assert "Traceback" not in err
    status, output = loaded.json(*arguments)
    assert status == 2
    assert output["error"].keys() == {"title", "message", "hint"}


def test_a_mapping_file_that_is_not_there_is_called_missing(shell: Shell) -> None:
    status, _, err = shell.run("load", shell.file("a.csv", ACCOUNTS), "--mapping", str(shell.folder / "nowhere.json"))
    assert status == 2
    assert "nowhere.json because there is no such file" in err
    assert "not a JSON object" not in err


def test_an_empty_workspace_says_what_to_do(shell: Shell) -> None:
    status, _, err = shell.run("ask", "retention.summary")
    assert status == 2
    assert "python -m cs_dash load" in err


def test_scores_and_waits_that_only_their_columns_name(shell: Shell) -> None:
    """3 promoters, 1 passive and 2 detractors of 6: 100 x (3 - 2) / 6; of 1, 3 and 8 hours the median is 3."""
    scores = zip(
        (10, 9, 7, 9, 2, 6), ("promoter", "promoter", "passive", "promoter", "detractor", "detractor"), strict=True
    )
    surveys = "".join(f"R{n},K{n},2026-05-{n + 10},{score},{word}\n" for n, (score, word) in enumerate(scores))
    waits = "".join(f"{n},Firma {n},2026-05-0{n + 1} 09:00,{hours},How?\n" for n, hours in enumerate((1, 3, 8)))
    status, out, _ = shell.run(
        "load", shell.file("answers.csv", "response id,customer id,date,score,group\n" + surveys),
        shell.file("desk.csv", "Ticket,Account,Created,First response (h),Subject\n" + waits),
    )  # fmt: skip
    assert status == 0
    assert out.startswith("answers.csv: 6 rows read as surveys.")
    assert "Unused" not in out
    _, nps = shell.json("ask", "health.nps")
    assert {figure["name"]: figure["value"] for figure in nps["figures"]}["nps"] == pytest.approx(100 / 6)
    _, times = shell.json("ask", "support.times")
    assert {figure["name"]: figure["value"] for figure in times["figures"]}["reply_median"] == 180


def test_undo_and_versions(loaded: Shell) -> None:
    loaded.run("load", loaded.file("more.csv", "Account ID,Account name\nA3,Tessera\n"))
    assert loaded.json("undo") == (0, {"version": 1})
    _, listed = loaded.json("versions")
    assert [(version["number"], version["current"], version["undone"]) for version in listed["versions"]] == [
        (1, True, False),
        (2, False, True),
    ]


def test_rebuild_makes_the_same_version_again(loaded: Shell) -> None:
    before = loaded.json("ask", "retention.summary")
    status, report = loaded.json("rebuild")
    assert (status, report["version"]) == (0, 2)
    assert loaded.json("ask", "retention.summary") == before


def test_what_a_shorter_file_lacks_is_told(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text("Account ID,Account name,Segment\nA1,Nordwind,SMB\nA2,Helio,Big\nA3,Omega,SMB\n")
    shell.run("load", str(file))
    file.write_text("Account ID,Account name,Segment\nA1,Nordwind,SMB\nA2,Helio,Big\n")
    sentence = "1 of 3 accounts from the previous file (Omega ...) is not in this one"
    assert f"{sentence}: not removed; --option missing=gone removes missing rows." in shell.run("check", str(file))[1]
    assert f"{sentence}: removed." in shell.run("load", str(file), "--option", "missing=gone")[1]


def test_questions_are_listed(shell: Shell) -> None:
    _, output = shell.json("questions")
    names = {question["question"] for question in output["questions"]}
    assert {"retention.summary", "retention.bridge", "churn.reasons", "support.howto", "health.accounts"} <= names


def test_the_template_filled_in_is_loaded(shell: Shell, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = tmp_path / "template.xlsx"
    assert shell.run("template", str(file))[0] == 0
    assert shell.json("load", str(file))[0] == 1
    book = load_workbook(file)
    sheet = book["Accounts"]
    headings = [cell.value for cell in sheet[1]]
    for row, values in enumerate(
        ({"account id": "A1", "account": "Nordwind"}, {"account id": "A2", "account": "Helio"}), 4
    ):
        for head, value in values.items():
            sheet.cell(row=row, column=headings.index(head) + 1, value=value)
    book.save(file)
    status, report = shell.json("load", str(file))
    assert status == 0
    assert [(sheet_report["table"], sheet_report["loaded"]) for sheet_report in report["files"]] == [("accounts", 2)]


def ask(shell: Shell, *arguments: str) -> dict[str, Any]:
    return shell.json("ask", *arguments)[1]


def test_ravenstack(shell: Shell, shared_data: Path) -> None:
    """Reference answers: an independent pandas computation, see the file beside the data."""
    files = sorted(str(file) for file in (shared_data / "ravenstack").glob("*.csv"))
    _, report = shell.json("load", *files)
    counts = {
        sheet["table"]: (sheet["read"], sheet["loaded"], sheet["duplicates"], sheet["rejected"])
        for sheet in report["files"]
    }
    assert counts == {
        "accounts": (500, 500, 0, 0),
        "subscriptions": (5_000, 5_000, 0, 0),
        "tickets": (2_000, 2_000, 0, 0),
        "churn_events": (600, 600, 0, 0),
        "usage": (25_000, 24_979, 21, 0),
    }
    summary = ask(shell, "retention.summary", "--as-of", "2024-12-31")
    figures = {figure["name"]: figure for figure in summary["figures"]}
    assert figures["nrr"]["value"] == pytest.approx(2.922709, abs=1e-6)
    assert figures["grr"]["value"] == pytest.approx(0.995900, abs=1e-6)
    assert figures["logo_retention"]["value"] == 1.0
    assert figures["logo_retention"]["n"] == 185
    assert figures["mrr_start"]["value"] == pytest.approx(1_262_113)
    assert figures["mrr_end"]["value"] == pytest.approx(10_159_608)
    bridge = ask(shell, "retention.bridge")["rows"]
    december = next(row for row in bridge if row["month"] == "2024-12-01")
    parts = {name: december[name] for name in ("new", "expansion", "contraction", "churn", "accounts_end")}
    assert parts == pytest.approx(
        {"new": 496_667, "expansion": 1_365_101, "contraction": 162_984, "churn": 0, "accounts_end": 500}
    )
    for row in bridge:
        gained = row["new"] + row["reactivation"] + row["expansion"] - row["contraction"] - row["churn"] + row["fx"]
        assert row["mrr_start"] + gained == pytest.approx(row["mrr_end"], abs=1e-6)
    reasons = {row["reason"]: row["events"] for row in ask(shell, "churn.reasons")["rows"]}
    assert reasons == {"features": 114, "support": 104, "budget": 104, "unknown": 95, "competitor": 92, "pricing": 91}
    quality = json.dumps(ask(shell, "data.quality"))
    for number in ("110", "352", "75", "1,077"):
        assert number in quality
    for question in ("churn.summary", "retention.summary"):
        assert any(note["kind"] == "contradiction" for note in ask(shell, question)["notes"]), question
    status, again = shell.json("load", *files)
    assert status == 0
    assert again["version"] is None
    assert all(sheet["read"] == sheet["unchanged"] + sheet["duplicates"] for sheet in again["files"])


def test_telco(shell: Shell, shared_data: Path) -> None:
    """IBM's sample: 7,043 customers, 1,869 churned."""
    _, report = shell.json("load", *sorted(str(file) for file in (shared_data / "telco").glob("*.xlsx")))
    assert [entry["file"] for entry in report["ignored"]] == ["Telco_customer_churn_population.xlsx"]
    summary = {entry["name"]: entry["value"] for entry in ask(shell, "churn.summary")["figures"]}
    assert summary["accounts"] == 7_043
    assert summary["churned_accounts"] == 1_869
    assert summary["churn_share"] == pytest.approx(1_869 / 7_043)
    categories = {
        row["reason"]: row["events"] for row in ask(shell, "churn.reasons", "--option", "level=category")["rows"]
    }
    assert categories == {"Competitor": 841, "Attitude": 314, "Dissatisfaction": 303, "Price": 211, "Other": 200}
    raw = {row["reason"]: row["events"] for row in ask(shell, "churn.reasons")["rows"]}
    assert raw["Competitor had better devices"] == 313
    assert raw["Competitor made better offer"] == 311
    assert raw["Attitude of support person"] == 220
    paying = ask(shell, "retention.bridge")["rows"][-1]["accounts_end"]
    assert paying == 7_043 - 1_869
