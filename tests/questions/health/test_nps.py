"""The net promoter score: who counts as what, the worked example, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from cs_dash.questions import catalogue
from cs_dash.scope import scope_from_options
from cs_dash.stats.intervals import net_share_interval
from cs_dash.store.warehouse import Warehouse
from tests.companies import company, day


def answers(scores: Sequence[float], account: str | None = "a", **more: Any) -> list[dict[str, Any]]:
    return [
        {"survey_id": f"{account}-{at}", "account_id": account, "answered_on": day("2026-05-10"), "survey": "NPS",
         "score": float(score)} | more
        for at, score in enumerate(scores)
    ]  # fmt: skip


def score_of(warehouse: Warehouse, filters_json: str = "{}") -> dict[str, Any]:
    rows: dict[str, Any] = warehouse(
        "net_promoter_score", start_days=[day("2026-05-01")], end_days=[day("2026-06-01")], wanted=filters_json
    ).to_pylist()[0]
    return rows


def test_seven_promoters_and_fourteen_detractors_of_thirty() -> None:
    warehouse = company(
        accounts=[{"account_id": "a"}], surveys=answers([9] * 4 + [10] * 3 + [7, 8, 8] * 3 + [6, 0] * 7)
    )
    score = score_of(warehouse)
    assert score["nps"] == pytest.approx(-23.333, abs=0.001)
    assert (score["promoters"], score["passives"], score["detractors"], score["answers"]) == (7, 9, 14, 30)
    warehouse.close()


def test_other_surveys_other_days_and_other_scales_do_not_count() -> None:
    surveys = answers([10, 10]) + answers([0], "b", survey="CSAT") + answers([0], "c", answered_on=day("2026-06-01"))
    warehouse = company(
        accounts=[{"account_id": account} for account in "abcd"], surveys=surveys + answers([75, -1], "d")
    )
    assert score_of(warehouse)["nps"] == 100
    warehouse.close()


def test_without_an_answer_there_is_no_score_and_filters_count() -> None:
    accounts = [{"account_id": "a", "segment": "SMB"}, {"account_id": "b", "segment": "Enterprise"}]
    warehouse = company(accounts=accounts, surveys=answers([10]) + answers([0], "b") + answers([5], None))
    assert score_of(warehouse)["nps"] == pytest.approx(-100 / 3)
    assert score_of(warehouse, '{"segment": ["SMB"]}')["nps"] == 100
    nobody = score_of(warehouse, '{"segment": ["Nobody"]}')
    assert (nobody["nps"], nobody["answers"]) == (None, 0)
    warehouse.close()


def test_the_answer_says_how_sure_it_is_and_that_few_answered() -> None:
    warehouse = company(accounts=[{"account_id": "a"}], surveys=answers([10, 9, 3]))
    answer = catalogue.ask(warehouse, "health.nps", scope_from_options("", "", "2026-05-31", []), {})
    figure = answer.figure("nps")
    assert figure.value == pytest.approx(100 / 3)
    assert (figure.low or 0) < 0 < (figure.high or 0)
    assert "few responses (n = 3)" in answer.headline
    warehouse.close()


@pytest.mark.parametrize(("up", "down"), [(0.5, 0.1), (0.2, 0.4), (0.05, 0.05)])
@pytest.mark.parametrize("n", [20, 100])
def test_the_interval_holds_the_true_score_in_nineteen_of_twenty(up: float, down: float, n: int) -> None:
    samples = np.random.default_rng(3).multinomial(n, [up, down, 1 - up - down], 4000)
    ends = np.array([net_share_interval(int(above), int(below), n) for above, below, _ in samples])
    within = np.mean((ends[:, 0] <= up - down) & (up - down <= ends[:, 1]))
    assert within >= 0.93
    assert within <= 0.985 or n * min(up, down) < 2  # where hardly anybody is at either end, it errs on the wide side


def test_counts_that_cannot_be_are_refused() -> None:
    assert net_share_interval(0, 0, 0) is None
    with pytest.raises(ValueError, match="are not of 3"):
        net_share_interval(2, 2, 3)


def asked_by_quarter(winter: list[float], spring: list[float]) -> str:
    surveys = answers(winter, answered_on=day("2026-02-10")) + answers(spring, "b", answered_on=day("2026-05-10"))
    warehouse = company(accounts=[{"account_id": account} for account in "ab"], surveys=surveys)
    answer = catalogue.ask(warehouse, "health.nps", scope_from_options("", "", "2026-06-30", []), {})
    warehouse.close()
    return answer.chart("nps").title


def test_a_move_is_called_one_where_it_is_more_than_chance() -> None:
    """Of 60 answers 30 promoters and 20 detractors, then 42 and 12: z = 2.3, while the two intervals overlap."""
    winter, spring = [9.0] * 30 + [7.0] * 10 + [3.0] * 20, [9.0] * 42 + [7.0] * 6 + [3.0] * 12
    assert asked_by_quarter(winter, spring).startswith("NPS rose from 17 to 50")
    assert asked_by_quarter(winter, winter) == "No significant change in NPS since Jan 2026"


def test_answers_to_a_survey_that_nothing_names_are_not_said_to_be_missing() -> None:
    unnamed = answers([10, 9, 3], survey="unnamed")
    headlines = []
    for surveys in (unnamed, answers([4, 5], survey="CSAT"), unnamed + answers([8], answered_on=day("2020-01-01"))):
        warehouse = company(accounts=[{"account_id": "a"}], surveys=surveys)
        scope = scope_from_options("2026-05-01", "2026-06-01", "", [])
        headlines.append(catalogue.ask(warehouse, "health.nps", scope, {}).headline)
        warehouse.close()
    assert "3 responses to an unnamed survey, with scores from 3 to 10" in headlines[0]
    assert headlines[1] == "No responses are marked as NPS. The data have 2 responses to CSAT."
    assert headlines[2].startswith("No NPS responses for this selection in the period; 1 NPS response in total, the")


def test_days_that_were_assumed_are_said_at_the_score() -> None:
    surveys = answers([10, 9]) + answers([3], "b", assumed=True)
    with closing(company(accounts=[{"account_id": "a"}, {"account_id": "b"}], surveys=surveys)) as warehouse:
        answer = catalogue.ask(warehouse, "health.nps", scope_from_options("", "", "", []), {})
    (note,) = [note for note in answer.notes if "assumed" in note.text]
    assert (note.kind, note.text.startswith("1 of 3 NPS responses has an assumed date")) == ("assumption", True)
