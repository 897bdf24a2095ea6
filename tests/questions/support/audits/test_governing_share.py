"""One how-to share for one scope, whichever question shows it."""

from __future__ import annotations

from cs_dash.decisions.audits import Audit
from cs_dash.look import words
from cs_dash.store.warehouse import Warehouse
from tests.questions.support.audits.test_audits import answer_to, audit_of, desk, true_kinds

__all__ = ["desk"]


def test_an_audit_governs_every_share_once_it_is_precise_enough_and_not_before(desk: Warehouse) -> None:
    for size in (40, 60, 90, 120, 200):
        audit = audit_of(size, true_kinds())
        audited = answer_to(desk, "support.audit", audit).figure("share")
        answer = answer_to(desk, "support.howto", audit)
        shown, unadjusted = answer.figure("share"), answer.figure("share_uncorrected")
        overview = answer_to(desk, "overview.summary", audit)
        assert audited.low is not None
        assert audited.high is not None
        precise = audited.high - audited.low < 0.2
        assert (shown.value, shown.low, shown.high) == (
            (audited.value, audited.low, audited.high) if precise else (unadjusted.value, None, None)
        )
        assert ("unaudited" in shown.caveat) == (not precise)
        assert any("too wide to replace" in note.text for note in answer.notes) == (not precise)
        on_overview = overview.figure("howto_share")
        assert (on_overview.label, on_overview.value, on_overview.low, on_overview.caveat) == (
            shown.label, shown.value, shown.low, shown.caveat,
        )  # fmt: skip
        named = f"unadjusted {words.share(unadjusted.value, unadjusted.n)}"
        kinds = answer_to(desk, "support.kinds", audit)
        assert (named in shown.caveat) == (named in kinds.headline) == (named in answer.headline) == precise
        assert (words.share(audited.value, audited.n) in kinds.headline) == precise
        assert {column.label for column in kinds.columns if column.name == "share"} == (
            {"Unadjusted share"} if precise else {"Share"}
        )
    assert precise


def test_an_audit_that_was_drawn_and_not_begun_says_nothing(desk: Warehouse) -> None:
    drawn = audit_of(100, true_kinds())
    empty = Audit(drawn.number, drawn.seed, drawn.start, drawn.end, drawn.tickets, drawn.sample, ())
    answers = [answer_to(desk, "support.howto", *audits) for audits in ((empty,), ())]
    assert answers[0].notes == answers[1].notes
    assert answers[0].figure("share") == answers[1].figure("share")
