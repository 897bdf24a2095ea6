"""The truth: shares and effects within their stated bounds, and a ledger that ties by every road to it."""

import json
from collections import Counter

import numpy as np
import pytest

from cs_dash.demo.company import Company, sheets
from cs_dash.demo.contracts import CAUSES
from cs_dash.demo.days import LAST, add_months, date_of, day_of, month_ends
from cs_dash.demo.improvements import IMPROVEMENTS, Improvement
from cs_dash.demo.phrases import LANGUAGES, phrases
from cs_dash.demo.tickets import KIND_SHARES, LANGUAGE_SHARES, TOPICS
from cs_dash.demo.truth import Truth


def test_kinds_and_languages_have_the_stated_shares(company_truth: Truth) -> None:
    assert 14_500 <= company_truth.tickets <= 15_500
    assert company_truth.howto_share == pytest.approx(0.38, abs=0.015)
    for kind, share in KIND_SHARES.items():
        assert company_truth.tickets_by_kind[kind] / company_truth.tickets == pytest.approx(share, abs=0.015), kind
    for language, share in LANGUAGE_SHARES.items():
        assert company_truth.tickets_by_language[language] / company_truth.tickets == pytest.approx(share, abs=0.01), (
            language
        )
    assert set(company_truth.howto_by_topic) == set(TOPICS)
    assert sum(company_truth.howto_by_topic.values()) == company_truth.tickets_by_kind["how-to"]


def test_every_language_words_every_issue() -> None:
    english = [(issue.kind, issue.key, issue.area) for issue in phrases("en").issues]
    assert len(english) == len(set(english))
    for language in LANGUAGES:
        language_phrases = phrases(language)
        assert [(issue.kind, issue.key, issue.area) for issue in language_phrases.issues] == english
        assert all(issue.subjects and issue.bodies for issue in language_phrases.issues)


def test_the_bridge_ties_every_month(company_truth: Truth) -> None:
    assert [month.month for month in company_truth.bridge] == [date_of(day).strftime("%Y-%m") for day in month_ends()]
    end = 0.0
    for month in company_truth.bridge:
        assert month.mrr_start == end
        movements = month.new + month.reactivation + month.expansion - month.contraction - month.churn
        assert month.mrr_end == pytest.approx(month.mrr_start + movements, abs=0.005)
        end = month.mrr_end
    assert {"reactivation", "churn", "expansion", "contraction"} <= {
        name for month in company_truth.bridge for name in vars(month) if vars(month)[name]
    }


def test_mrr_is_the_sum_of_the_lines_in_the_file(company: Company, company_truth: Truth) -> None:
    """Read from the rows as written, with the end date as the first day not paid for."""
    header, rows = sheets(company)["subscriptions.csv"]
    lines = list({row[0]: dict(zip(header, row, strict=True)) for row in rows}.values())
    for months, row in enumerate(company_truth.bridge, start=1):
        day = date_of(add_months(0, months) - 1).isoformat()
        active = [
            line
            for line in lines
            if str(line["Start Date"]) <= day and (line["End Date"] is None or str(line["End Date"]) > day)
        ]
        assert sum(float(str(line["MRR"])) for line in active) == pytest.approx(row.mrr_end, abs=0.005)
        assert len({line["Account ID"] for line in active if float(str(line["MRR"])) > 0}) == row.accounts_end


def test_retention_by_account_one_at_a_time(company: Company, company_truth: Truth) -> None:
    """The same figures with dictionaries and loops in place of arrays."""
    start, owed, retained_mrr, capped, stayed, base = add_months(LAST + 1, -12) - 1, 0, 0, 0, 0, 0
    for account in company.accounts:
        paid = [
            sum(
                line.cents
                for line in company.subscriptions
                if line.account is account and line.start <= day and (line.end is None or line.end > day)
            )
            for day in (start, LAST)
        ]
        if paid[0]:
            base, owed, retained_mrr, capped = base + 1, owed + paid[0], retained_mrr + paid[1], capped + min(paid)
            stayed += paid[1] > 0
    assert company_truth.retention.accounts_start == base
    assert company_truth.retention.nrr == pytest.approx(retained_mrr / owed)
    assert company_truth.retention.grr == pytest.approx(capped / owed)
    assert company_truth.retention.logo_retention == pytest.approx(stayed / base)


def test_a_leader_would_believe_the_figures(company: Company, company_truth: Truth) -> None:
    assert 700_000 <= company_truth.bridge[-1].mrr_end <= 1_200_000
    assert 1.00 <= company_truth.retention.nrr <= 1.08
    assert 0.87 <= company_truth.retention.grr <= 0.92
    large, middle, small = (company_truth.retention_by_segment[name] for name in ("Enterprise", "Mid-market", "SMB"))
    assert large.grr > middle.grr > small.grr
    assert large.logo_retention > middle.logo_retention > small.logo_retention
    ages = [
        (loss.day - story.account.signed) / 30.44 for story in company.stories for loss in story.losses if loss.full
    ]
    early = sum(3 <= age < 9 for age in ages)
    assert early > len(ages) / 2


def test_reasons_follow_from_what_happened(company: Company, company_truth: Truth) -> None:
    full = [(story, loss) for story in company.stories for loss in story.losses if loss.full]
    assert set(company_truth.churn_by_cause) <= set(CAUSES)
    assert sum(company_truth.churn_by_cause.values()) == len(full)
    unready = [story for story, loss in full if loss.cause in ("onboarding", "adoption")]
    assert unready
    assert not any(story.account.activates for story in unready)
    angry = {story.account.number for story, loss in full if loss.cause == "quality"}
    defects = Counter(ticket.story.account.number for ticket in company.tickets if ticket.kind == "defect")
    every = Counter(ticket.story.account.number for ticket in company.tickets)
    share = sum(defects[row] for row in angry) / sum(every[row] for row in angry)
    assert share > 1.5 * sum(defects.values()) / sum(every.values())


def test_usage_declines_before_customers_leave(company: Company) -> None:
    """Planners at work in the last four weeks before the exit against three to six months before it."""
    late, early = [], []
    for story in company.stories:
        if (
            story.left is None
            or story.returned
            or not story.account.activates
            or story.left - story.account.signed < 270
        ):
            continue
        week = (story.left - 1) // 7
        late.append(company.activity[story.account.number, week - 4 : week].mean())
        early.append(company.activity[story.account.number, week - 26 : week - 13].mean())
    assert len(late) >= 20
    assert np.mean(late) < 0.75 * np.mean(early)


def test_contradictions_are_as_told(company: Company, company_truth: Truth) -> None:
    numbers = {account.account_id: account.number for account in company.accounts}
    logged = {row.account_id for row in company.churn.departures if row.full}
    for account_id in company_truth.left_without_event:
        assert account_id not in logged
        assert company.ledger[numbers[account_id], LAST] == 0
    for account_id in company_truth.event_but_paying:
        assert account_id in logged
        assert company.ledger[numbers[account_id], LAST] > 0
    assert (
        sum(row.contradicted for row in company.churn.departures)
        == company_truth.blemishes["reasons_contradicted_by_comment"]
    )


def _measured(company: Company, improvement: Improvement) -> float:
    """Return post over pre of the topic's tickets against the same of the topics that nothing was shipped for."""
    shipped = day_of(improvement.shipped)
    other_topics = set(TOPICS) - {ticket.topic for ticket in IMPROVEMENTS}
    counts: Counter[tuple[bool, bool]] = Counter()
    for ticket in company.tickets:
        before, after = shipped - 140 <= ticket.day < shipped, shipped <= ticket.day < shipped + 168
        if ticket.kind == "how-to" and (before or after) and ticket.issue in other_topics | {improvement.topic}:
            counts[ticket.issue == improvement.topic, after] += 1
    return (counts[True, True] / counts[True, False]) / (counts[False, True] / counts[False, False]) - 1.0


@pytest.mark.parametrize(
    "improvement",
    [improvement for improvement in IMPROVEMENTS if improvement.tellable],
    ids=lambda improvement: improvement.key,
)
def test_what_was_shipped_did_what_the_truth_says(company: Company, improvement: Improvement) -> None:
    """Two fell and one did not; 0.2 is two standard errors of a ratio of about 200 tickets each side."""
    assert _measured(company, improvement) == pytest.approx(improvement.effect, abs=0.2)


def test_one_improvement_is_too_recent_to_tell() -> None:
    recent = [improvement for improvement in IMPROVEMENTS if not improvement.tellable]
    assert len(recent) == 1
    assert 0 < LAST - day_of(recent[0].shipped) < 28


def test_how_to_questions_come_early(company: Company) -> None:
    """In its first 90 days an account asks how-to questions more often per ticket of any other kind than later."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for ticket in company.tickets:
        counts[ticket.kind == "how-to", ticket.day - ticket.story.account.signed < 90] += 1
    assert counts[True, True] / counts[False, True] > 1.3 * counts[True, False] / counts[False, False]


def test_the_truth_can_be_written_as_json(company_truth: Truth) -> None:
    assert json.loads(json.dumps(company_truth.as_dict()))["retention"]["nrr"] == company_truth.retention.nrr
