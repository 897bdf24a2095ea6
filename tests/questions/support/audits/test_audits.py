"""The how-to share, corrected by people's checks of a random sample."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from cs_dash.answer import Answer
from cs_dash.decisions.audits import Audit, AuditAnswer
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.stats.prevalence import Population, prevalence
from cs_dash.store.warehouse import Warehouse
from tests.companies import company, day

END = day("2026-01-31")
AFTER = day("2026-02-01")
ALL = Scope(period="all", as_of=END)


def tickets(kinds: list[str | None], source: str = "column", prefix: str = "t", **more: Any) -> list[dict[str, Any]]:
    start = dt.datetime(2026, 1, 1)
    return [
        {"ticket_id": f"{prefix}{at}", "account_id": "a", "kind": kind, "kind_source": source if kind else None,
         "created_at": start + dt.timedelta(days=at % 20), "subject": f"S {at}", **more}
        for at, kind in enumerate(kinds)
    ]  # fmt: skip


def guessed_kinds() -> list[str | None]:
    """A guessed kind per ticket: 300 of 1,000 are how-to."""
    return ["how-to", "defect", "defect", "how-to", "defect", "defect", "billing", "defect", "how-to", "defect"] * 100


def answer_to(
    warehouse: Warehouse, question: str = "support.howto", *audits: Audit, scope: Scope = ALL, **options: str
) -> Answer:
    return catalogue.ask(warehouse, question, scope, options, audits)


def audit_of(size: int, kinds: dict[str, str | None], *more: AuditAnswer, end: dt.date = AFTER) -> Audit:
    sample = tuple(f"t{at}" for at in np.random.default_rng(4).permutation(1000)[:size])
    answers = tuple(AuditAnswer(ticket, "Ann", kinds[ticket]) for ticket in sample if ticket in kinds)
    return Audit(1, "seed", None, end, 1000, sample, answers + more)


@pytest.fixture(scope="module")
def desk() -> Warehouse:
    return company(tickets=tickets(guessed_kinds(), "model"), notes=[{"account_id": "a", "noted_on": END}])


def true_kinds() -> dict[str, str | None]:
    """The kind by people per ticket: every second supposed defect is a how-to question."""
    return {
        f"t{at}": "how-to" if kind == "how-to" or (kind == "defect" and at % 2) else kind
        for at, kind in enumerate(guessed_kinds())
    }


def test_without_an_audit_a_models_count_is_called_what_it_is(desk: Warehouse) -> None:
    answer = answer_to(desk)
    share = answer.figure("share")
    assert (share.value, share.low, share.high) == (0.3, None, None)
    assert share.caveat.startswith("unaudited: may be off by 15 points")
    assert "unaudited: may be off by 15 points" in answer.headline
    assert any("1,000 of 1,000 tickets" in note.text and note.kind == "doubt" for note in answer.notes)
    assert set(answer.chart("howto_months").rows["low"].to_pylist()) == {None}


def test_what_word_lists_suggest_is_called_uncalibrated_and_counted_apart() -> None:
    alone = answer_to(company(tickets=tickets(guessed_kinds(), "lexicon")))
    share = alone.figure("share")
    assert (share.value, share.low, share.high) == (0.3, None, None)
    assert share.caveat.startswith("uncalibrated: categories suggested by word lists, label 50 tickets")
    assert "uncalibrated" in alone.headline
    assert "not significantly different from the benchmark" in alone.headline
    assert any("1,000 of 1,000 categories are suggested by word lists" in note.text for note in alone.notes)
    some = [*tickets(guessed_kinds()[:900], "model"), *tickets(guessed_kinds()[900:], "lexicon", prefix="w")]
    mixed = answer_to(company(tickets=some))
    assert mixed.figure("share").caveat.startswith(
        "unaudited: may be off by 15 points, 10\u202f% of categories suggested by word lists"
    )
    kinds = answer_to(company(tickets=some), "support.kinds")
    assert any("100 of 1,000 categories are suggested" in note.text for note in kinds.notes)
    assert not any("word lists" in note.text for note in answer_to(company(tickets=tickets(guessed_kinds()))).notes)


def test_what_a_person_said_of_a_ticket_is_not_in_its_score() -> None:
    """Correcting exactly the sampled tickets does not move the estimate: all other kinds are as wrong as before."""
    truth = true_kinds()
    sample = set(audit_of(200, truth).sample)
    score = {kind: float(kind == "how-to") for kind in ("how-to", "defect", "billing")}
    rows = [
        row | ({"kind": truth[row["ticket_id"]], "kind_source": "label", "howto_score": score[row["kind"]]}
               if row["ticket_id"] in sample else {})
        for row in tickets(guessed_kinds(), "model")
    ]  # fmt: skip
    corrected = answer_to(company(tickets=rows), "support.howto", audit_of(200, truth)).figure("share")
    before = answer_to(
        company(tickets=tickets(guessed_kinds(), "model")), "support.howto", audit_of(200, truth)
    ).figure("share")
    assert (corrected.value, corrected.low, corrected.high) == (before.value, before.low, before.high)


def test_kinds_that_people_gave_are_called_that() -> None:
    answer = answer_to(company(tickets=tickets(guessed_kinds(), "column")))
    share = answer.figure("share")
    assert share.low is not None
    assert "unaudited: categories as tagged in the export" in share.caveat
    assert any("as accurate as that tagging" in note.text for note in answer.notes)
    assert not any("15 points" in note.text for note in answer.notes)


def test_an_audit_corrects_the_share_and_says_what_it_rests_on(desk: Warehouse) -> None:
    audit = audit_of(200, true_kinds())
    answer = answer_to(desk, "support.howto", audit)
    share, plain = answer.figure("share"), answer.figure("share_uncorrected")
    expected = prevalence(
        [float(true_kinds()[ticket] == "how-to") for ticket in audit.sample],
        [float(guessed_kinds()[int(ticket[1:])] == "how-to") for ticket in audit.sample],
        Population(1000, 0.3, 0.21),
    )
    assert expected is not None
    assert (share.value, share.low, share.high) == pytest.approx((expected.share, expected.low, expected.high))
    assert (share.n, plain.value, plain.low) == (200, 0.3, None)
    true = sum(kind == "how-to" for kind in true_kinds().values()) / 1000
    assert share.low is not None
    assert share.high is not None
    assert share.low < true < share.high
    assert plain.value is not None
    assert plain.value < share.low
    assert "200 tickets audited" in answer.headline
    assert any("200 random tickets" in note.text for note in answer.notes)


def test_it_narrows_as_one_goes_and_needs_ten(desk: Warehouse) -> None:
    widths = []
    for size in (9, 20, 60, 200):
        share = answer_to(desk, "support.audit", audit_of(size, true_kinds())).figure("share")
        widths.append(None if share.low is None or share.high is None else share.high - share.low)
    assert widths[0] is None
    audited_widths = [width for width in widths if width is not None]
    assert len(audited_widths) == 3
    assert audited_widths == sorted(audited_widths, reverse=True)


def test_what_is_drawn_and_not_reached_yet_does_not_count_and_a_skip_widens(desk: Warehouse) -> None:
    truth = true_kinds()
    whole = audit_of(100, truth)
    first = Audit(1, "s", None, whole.end, 1000, whole.sample, whole.answers[:50])
    share = answer_to(desk, "support.audit", first).figure("share")
    alone = answer_to(desk, "support.audit", audit_of(50, truth)).figure("share")
    assert (share.value, share.low, share.high) == (alone.value, alone.low, alone.high)
    skipped = audit_of(100, truth | dict.fromkeys(whole.sample[10:20]))
    passed = audit_of(100, {ticket: kind for ticket, kind in truth.items() if ticket not in whole.sample[10:20]})
    for audit in (skipped, passed):
        answer = answer_to(desk, "support.audit", audit)
        wide, full = answer.figure("share"), answer_to(desk, "support.audit", whole).figure("share")
        assert wide.low is not None
        assert wide.high is not None
        assert full.low is not None
        assert full.high is not None
        assert wide.low < full.low
        assert wide.high > full.high
        assert any("10 sampled tickets skipped" in note.text for note in answer.notes)


def test_two_people_are_compared_and_where_they_disagree_each_counts_half(desk: Warehouse) -> None:
    truth = true_kinds()
    audit = audit_of(100, truth)
    second_answers = [
        AuditAnswer(ticket, "Bo", "other" if at < 5 else truth[ticket]) for at, ticket in enumerate(audit.sample[:40])
    ]
    answer = answer_to(desk, "support.audit", audit_of(100, truth, *second_answers))
    assert answer.figure("kappa").n == 40
    assert 0.5 < (answer.figure("kappa").value or 0) < 1
    assert sum(answer.rows["tickets"].to_pylist()) == pytest.approx(100)
    by_one, by_two = (
        answer_to(desk, "support.howto", one_audit).figure("share").value
        for one_audit in (audit, audit_of(100, truth, *second_answers))
    )
    assert by_one is not None
    assert by_two is not None
    assert by_two < by_one
    assert any("kappa" in note.text for note in answer.notes)
    assert answer_to(desk, "support.audit", audit).figure("kappa").value is None


def test_the_tickets_of_a_part_are_corrected_by_those_checked_in_it(desk: Warehouse) -> None:
    scope = Scope(period="custom", start=day("2026-01-01"), end=day("2026-01-11"), as_of=END)
    share = answer_to(desk, "support.audit", audit_of(200, true_kinds()), scope=scope).figure("share")
    assert share.n is not None
    assert 60 < share.n < 140
    few = Scope(period="custom", start=day("2026-01-05"), end=day("2026-01-06"), as_of=END)
    answer = answer_to(desk, "support.howto", audit_of(60, true_kinds()), scope=few)
    assert "unaudited" in answer.figure("share").caveat
    assert any("checked ticket" in note.text and "unadjusted" in note.text for note in answer.notes)


def test_later_tickets_ask_for_a_fresh_audit() -> None:
    """The sample is drawn from the first ten days; half of the tickets come later."""
    late = company(tickets=tickets(guessed_kinds(), "model"))
    answer = answer_to(late, "support.howto", audit_of(100, true_kinds(), end=day("2026-01-11")))
    assert "unaudited" in answer.figure("share").caveat
    assert any("start a new one" in note.text for note in answer.notes)
    within = answer_to(late, "support.howto", audit_of(100, true_kinds(), end=day("2026-01-19")))
    assert within.figure("share").low is not None
    assert any("outside the audited period" in note.text for note in within.notes)


def test_a_new_area_asks_for_a_fresh_audit() -> None:
    fresh = [
        row | {"created_at": dt.datetime(2026, 1, 30), "product_area": "Roster"}
        for row in tickets(["how-to"] * 60, "model", "new")
    ]
    warehouse = company(tickets=[*tickets(guessed_kinds(), "model", product_area="Reports"), *fresh])
    answer = answer_to(warehouse, "support.howto", audit_of(100, true_kinds(), end=day("2026-01-21")))
    assert any("New since the audit: Roster (60)" in note.text for note in answer.notes)
    assert answer.figure("share").low is not None


def test_people_alone_give_a_share_where_no_ticket_has_a_kind() -> None:
    warehouse = company(tickets=tickets([None] * 1000))
    answer = answer_to(warehouse, "support.howto", audit_of(100, true_kinds()))
    assert answer.figure("share").value == pytest.approx(
        sum(audit_answer.kind == "how-to" for audit_answer in audit_of(100, true_kinds()).answers) / 100
    )
    assert answer.figure("share_uncorrected").value is None


def test_the_sample_shows_words_and_no_kind(desk: Warehouse) -> None:
    answer = answer_to(desk, "support.audit_sample", audit_of(100, {"t1": "how-to"}), n="50")
    assert len(answer.rows) == 50
    assert answer.rows.column_names[:3] == ["ticket_id", "subject", "body"]
    assert not {"kind", "probability", "type", "tags"} & set(answer.rows.column_names)
    assert answer.rows["ticket_id"].to_pylist() == list(audit_of(100, {}).sample[:50])
    assert not len(answer_to(desk, "support.audit_sample").rows)


@pytest.mark.parametrize("seed", ["a", "b"])
def test_the_order_is_chance_and_can_be_repeated(desk: Warehouse, seed: str) -> None:
    bounds: dict[str, Any] = {"start_day": None, "end_day": None}
    first = desk("audit_order", shuffle=seed, sample_size=100, **bounds)["ticket_id"].to_pylist()
    more = desk("audit_order", shuffle=seed, sample_size=300, **bounds)
    assert more["ticket_id"].to_pylist()[:100] == first
    assert set(more["tickets"].to_pylist()) == {1000}
    numbers = [int(ticket[1:]) for ticket in more["ticket_id"].to_pylist()]
    assert 450 < np.mean(numbers) < 550
    assert first != desk("audit_order", shuffle="other", sample_size=100, **bounds)["ticket_id"].to_pylist()
    warehouse = company(tickets=[*tickets(["how-to"]), *tickets(["not a ticket"] * 50, prefix="spam")])
    assert warehouse("audit_order", shuffle=seed, sample_size=100, **bounds)["ticket_id"].to_pylist() == ["t0"]
    warehouse.close()


def test_every_ticket_is_as_likely_to_be_drawn(desk: Warehouse) -> None:
    """400 samples of 100 in 1,000: each ticket is drawn about 40 times (chi-square, p = 0.001 on either side)."""
    draws = np.zeros(1000)
    for seed in range(400):
        rows = desk("audit_order", shuffle=str(seed), start_day=None, end_day=None, sample_size=100)
        draws[[int(ticket[1:]) for ticket in rows["ticket_id"].to_pylist()]] += 1
    statistic = float(((draws - 40) ** 2 / (40 * 0.9)).sum())
    assert 862 < statistic < 1144


def test_a_few_kinds_do_not_speak_for_all_tickets() -> None:
    """Forty labels of two hundred tickets are no random sample, so a caveat says that they may not be typical."""
    some = [*tickets(["how-to"] * 40, "label"), *tickets([None] * 160, prefix="bare")]
    answer = answer_to(company(tickets=some), "support.howto")
    (note,) = [note for note in answer.notes if "not a random" in note.text]
    assert note.kind == "doubt"
    assert note.text.startswith("40 of 200 tickets have a category")
