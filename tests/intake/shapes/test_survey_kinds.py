"""Which survey answers are to: told by words, labels, the file or the scores, else asked for; averages are none."""

from __future__ import annotations

import pytest

from cs_dash.intake.results.problems import LoadedTable
from tests.intake.conftest import Read

SCORES = ["10", "9", "7", "0", "6", "8", "9", "3"]
"""Three promoters, two passives, three detractors."""


def surveys(reading: Read, file: str, columns: dict[str, list[str]], **context: object) -> LoadedTable:
    columns = {
        "Answer no": [f"R{n}" for n in range(8)], "Customer ID": [f"K{n}" for n in range(8)],
        "Date": [f"2026-05-{n + 10}" for n in range(8)],
    } | columns  # fmt: skip
    rows = [",".join(f'"{cell}"' for cell in row) for row in zip(*columns.values(), strict=True)]
    head = ",".join(f'"{name}"' for name in columns)
    tables = reading({file: "\n".join([head, *rows]) + "\n"}, **context).tables
    (table,) = [table for table in tables if table.table == "surveys"]
    return table


def names(table: LoadedTable) -> set[str]:
    return set(table.rows.rows["survey"].to_pylist())


@pytest.mark.parametrize("file", ["nps_2026.csv", "NPS-Umfrage.csv", "ответы NPS.csv", "net-promoter-score.csv"])
def test_the_file_says_it(reading: Read, file: str) -> None:
    table = surveys(reading, file, {"Score": SCORES})
    assert names(table) == {"NPS"}
    assert any("because of the file’s name" in text.replace("'", "’") for text in table.assumptions)


@pytest.mark.parametrize(
    "labels",
    [
        ("promoter", "passive", "detractor"), ("Promotor", "Passiv", "Detraktor"),
        ("Promoteur", "Passif", "Détracteur"), ("Promotor", "Neutro", "Detractor"), ("Promotor", "Neutro", "Detrator"),
        ("Промоутер", "Нейтрал", "Критик"), ("推荐者", "中立者", "贬损者"),
        ("Promoter (9-10)", "Passive (7-8)", "Detractor (0-6)"),
    ],
)  # fmt: skip
def test_labels_say_it_and_stand_for_scores_where_there_are_none(reading: Read, labels: tuple[str, str, str]) -> None:
    words = [labels[0] if int(s) > 8 else labels[1] if int(s) > 6 else labels[2] for s in SCORES]
    assert names(surveys(reading, "survey.csv", {"Score": SCORES, "Group": words})) == {"NPS"}
    both = surveys(reading, "survey.csv", {"Score": SCORES, "Group": words})
    assert "Group" not in {column.column for column in both.unused}
    alone = surveys(reading, "survey.csv", {"Group": words})
    assert names(alone) == {"NPS"}
    held = alone.rows.rows["score"].to_pylist()
    assert [sum(s >= 9 for s in held), sum(7 <= s < 9 for s in held), sum(s < 7 for s in held)] == [3, 2, 3]


@pytest.mark.parametrize(
    "question",
    [
        "How likely are you to recommend us to a friend or colleague?", "Would you recommend Lumen (0-10)?",
        "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
        "Quelle est la probabilité que vous nous recommandiez ?", "¿Qué probabilidad hay de que nos recomiende?",
        "Qual a probabilidade de você nos recomendar?", "Какова вероятность, что вы порекомендуете нас?",
        "您有多大可能向朋友推荐我们？", "NPS-Wert", "Оценка NPS", "NPS评分", "nps_score",
    ],
)  # fmt: skip
def test_the_question_is_a_header(reading: Read, question: str) -> None:
    table = surveys(reading, "export.csv", {question: SCORES})
    assert names(table) == {"NPS"}
    assert table.rows.rows["score"].to_pylist() == [float(score) for score in SCORES]


def test_the_question_is_a_value(reading: Read) -> None:
    question = "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"
    assert names(surveys(reading, "survey.csv", {"Survey": [question] * 8, "Score": SCORES})) == {"NPS"}
    own = surveys(reading, "nps.csv", {"Survey": ["Onboarding"] * 8, "Score": SCORES})
    assert names(own) == {"NPS: Onboarding"}


def test_scores_from_zero_with_a_text_are_nps(reading: Read) -> None:
    assert names(surveys(reading, "survey.csv", {"Score": SCORES, "Feedback": ["so it is"] * 8})) == {"NPS"}


@pytest.mark.parametrize("scores", [SCORES, ["1", "2", "3", "4", "5", "5", "4", "3"]])
def test_where_nothing_tells_it_is_asked(reading: Read, scores: list[str]) -> None:
    table = surveys(reading, "survey.csv", {"Score": scores})
    assert names(table) == {"unnamed"}
    (column,) = [column for column in table.mapped if column.question]
    assert column.option == "survey:Score"
    assert not column.assumed
    assert any(text.startswith("8 answers to an unnamed survey") for text in table.assumptions)
    answered = surveys(reading, "survey.csv", {"Score": scores}, options={column.option: "NPS"})
    assert names(answered) == {"NPS"}
    assert not [column for column in answered.mapped if column.question]
    # The same rows, so that loading them again with the answer replaces them.
    assert answered.rows.rows["survey_id"].to_pylist() == table.rows.rows["survey_id"].to_pylist()


@pytest.mark.parametrize("header", ["Score", "NPS"])
def test_averages_are_no_answers(reading: Read, header: str) -> None:
    scores = ["8.31", "7.9", "9.12", "6.4", "8.8", "7.25", "8.1", "9.05"]
    table = surveys(reading, "nps.csv", {header: scores})
    assert names(table) == {"averages"}
    assert any("holds averages of answers (8 of 8 rows)" in text for text in table.assumptions)


def test_a_sheet_with_several_surveys(reading: Read) -> None:
    table = surveys(reading, "survey.csv", {"NPS": SCORES, "CSAT": ["5", "4", "", "3", "5", "5", "1", "2"]})
    rows = table.rows.rows.to_pylist()
    assert [row["score"] for row in rows if row["survey"] == "NPS"] == [float(score) for score in SCORES]
    assert sorted(row["score"] for row in rows if row["survey"] == "CSAT") == [1, 2, 3, 4, 5, 5, 5]


def test_scores_in_words(reading: Read) -> None:
    words = ["10/10", "9 - Extremely likely", "7", "0/10", "6 / 10", "8", "9", "3 – unlikely"]
    table = surveys(reading, "survey.csv", {"NPS": words})
    assert table.rows.rows["score"].to_pylist() == [float(score) for score in SCORES]
    stars = surveys(reading, "s.csv", {"CSAT": ["★★★★☆", "★★★★★", "★☆☆☆☆", "★★☆☆☆", "★★★☆☆", "★★★★★", "★★★★★", "★"]})
    assert stars.rows.rows["score"].to_pylist() == [4, 5, 1, 2, 3, 5, 5, 1]


def test_one_impossible_score_rejects_its_row_only(reading: Read) -> None:
    table = surveys(reading, "nps.csv", {"NPS": ["14", *SCORES[1:]]})
    assert (table.read, table.rejected) == (8, 1)
    (problem,) = table.problems
    assert (problem.row, problem.column, problem.value, problem.fatal) == (2, "NPS", "14", True)


def test_one_impossible_score_in_the_customers_own_rows(reading: Read) -> None:
    rows = [f"K{n},SMB,{score}" for n, score in enumerate(["14", *SCORES[1:]])]
    tables = {t.table: t for t in reading({"customers.csv": "\n".join(["Customer ID,Segment,NPS", *rows])}).tables}
    assert tables["surveys"].rows.rows["score"].to_pylist() == [float(score) for score in SCORES[1:]]
    assert [(p.row, p.value, p.fatal) for p in tables["accounts"].problems] == [(2, "14", False)]


def test_answers_in_the_customers_own_rows_are_dated_by_their_column(reading: Read) -> None:
    rows = [f"K{n},SMB,{score},2026-04-{n + 10}" for n, score in enumerate(SCORES)]
    head = "Customer ID,Segment,Last NPS,NPS date"
    tables = {t.table: t for t in reading({"customers.csv": "\n".join([head, *rows])}).tables}
    days = tables["surveys"].rows.rows["answered_on"].to_pylist()
    assert [day.isoformat() for day in days] == [f"2026-04-{n + 10}" for n in range(8)]
    assert not any("no column gives the date" in text for text in tables["surveys"].assumptions)


def test_the_question_makes_a_list_one_of_answers(reading: Read) -> None:
    question = "How likely are you to recommend Lumen to a friend or colleague?"
    rows = [f"x{n}q,{score},it is what it is,u{n}@firma{n}.example,2026-04-{n + 10} 10:11:12"
            for n, score in enumerate(SCORES)]  # fmt: skip
    head = f"#,{question},What is the main reason for your score?,Your email,Submit Date (UTC)"
    (table,) = reading({"responses.csv": "\n".join([head, *rows]) + "\n"}).tables
    assert table.table == "surveys"
    assert names(table) == {"NPS"}
    assert table.rows.rows["score"].to_pylist() == [float(score) for score in SCORES]


def test_averages_in_the_customers_own_rows_are_said_to_be_none(reading: Read) -> None:
    rows = [f"K{n},SMB,{7 + n / 8},{n + 3}" for n in range(8)]
    tables = reading({"customers.csv": "\n".join(["Customer ID,Segment,Avg NPS,CSAT responses", *rows])}).tables
    assert [table.table for table in tables] == ["accounts"]
    said = [text for text in tables[0].assumptions if "is computed from responses: it is stored" in text]
    assert [text.split(" is ")[0] for text in said] == ["Avg NPS", "CSAT responses"]
