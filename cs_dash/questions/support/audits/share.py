"""What an audit says of the how-to share: the tickets that people checked, and the share corrected by them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from cs_dash.answer import Note
from cs_dash.decisions.audits import MIN_COVERAGE, Audit
from cs_dash.look.words import count, plural, share
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope
from cs_dash.stats.agreement import Agreement, cohen_kappa
from cs_dash.stats.prevalence import Population, Prevalence, prevalence
from cs_dash.tickets.classifier.type_terms import HOW_TO

MOST_KNOWN = 0.9
"""Where a smaller share of the tickets has a kind, the share among these is not taken for that of all."""
NEW_AREA = 10
"""Tickets of a topic or an area that the audit could not draw, from which on it is worth another audit ..."""
NEW_SHARE = 0.02
"""... where they are this share of all, too."""
OFF_BY = 0.15
"""How far the plain count of a model's kinds was off among tickets of another kind of product (measured)."""
FEW_GUESSED = 0.1
"""Up to this share of the kinds may be guessed where the count is still called that of people's own tags."""
UNCALIBRATED = "uncalibrated: word lists suggest the kinds, label 50 tickets"
AS_TAGGED = "unaudited: kinds as people tagged them"


@dataclass(frozen=True)
class Checked:
    """What an audit says of a period.

    Attributes:
        audit: the audit that speaks for it; None where none does.
        population: the row of `audit_population`.
        rows: the drawn tickets in the period that people decided: ticket_id, kind (found for it), score, said (their
            kinds).
        estimate: the corrected share; None with too few of them.
    """

    audit: Audit | None
    population: dict[str, Any]
    rows: tuple[dict[str, Any], ...] = ()
    estimate: Prevalence | None = None

    @property
    def guessed(self) -> bool:
        """Whether a model or a lexicon gave more than a few of the kinds."""
        return bool(self.population["guessed"] > FEW_GUESSED * self.population["with_kind"])

    @property
    def off_by(self) -> float:
        """How far the plain count may be off because kinds are guessed: `OFF_BY` among those that are."""
        if self.suggested:
            return 1.0
        return self.off_by_of(self.population["guessed"], self.population["with_kind"])

    @staticmethod
    def off_by_of(guessed: int, base: int) -> float:
        """Return how far the plain count of some tickets may be off of which so many are guessed, a share."""
        return OFF_BY * guessed / base if base else 0.0

    @property
    def suggested(self) -> bool:
        """Whether every kind is one that a list of words suggests."""
        return bool(0 < self.population["with_kind"] == self.population["suggested"])

    @property
    def unaudited(self) -> str:
        """What the plain count is called beside it."""
        if self.suggested:
            return UNCALIBRATED
        base = self.population["with_kind"]
        if not self.guessed:
            few = self.population["guessed"]
            return f"{AS_TAGGED}, {share(few / base, base)} guessed" if few else AS_TAGGED
        text, n = f"unaudited: may be off by {math.ceil(100 * self.off_by)} points", self.population["suggested"]
        return f"{text}, {share(n / base, base)} of kinds suggested by word lists" if n else text

    @property
    def inside(self) -> float:
        """Share of the period's tickets that the audit could have drawn; those that are there now count."""
        total = self.population["tickets"]
        if self.audit is None or not total:
            return 0.0
        return float(self.population["inside"] / total)

    @property
    def agreement(self) -> Agreement | None:
        """How far the two people agree who decided most tickets together; None with fewer than two."""
        return agreement(self.audit) if self.audit else None


def checked(request: QuestionRequest, scope: Scope) -> Checked:
    """Return what the newest audit that speaks for a period says of it.

    Where audits were drawn but speak for less than `MIN_COVERAGE` of the period, the newest of them is returned without
    an estimate.
    """
    found: list[Checked] = []
    for audit in reversed(request.audits):
        each = of_audit(request, scope, audit)
        if each.estimate is not None:
            return each
        found.append(each)
    return found[0] if found else Checked(None, _population(request, scope, None))


def of_audit(request: QuestionRequest, scope: Scope, audit: Audit) -> Checked:
    """Return what one audit says of a period.

    The tickets of a random sample that lie in a period, or are of some accounts, are a random sample of the tickets
    there. Tickets drawn and left open before the last one decided count as passed over, see `stats.prevalence`.
    """
    row = _population(request, scope, audit)
    bounds = {"start_day": scope.start, "end_day": scope.end, "wanted": scope.filters_json}
    scored = {
        each["ticket_id"]: each
        for each in request.rows("audit_checked", ticket_ids=list(audit.sample), **bounds).to_pylist()
    }
    words: dict[str, list[str]] = {}
    seen: set[str] = set()
    for answer in audit.answers:
        seen.add(answer.ticket_id)
        if answer.kind is not None:
            words.setdefault(answer.ticket_id, []).append(answer.kind)
    last = max((at for at, ticket in enumerate(audit.sample) if ticket in seen), default=-1)
    reached = [ticket for ticket in audit.sample[: last + 1] if ticket in scored]
    rows = tuple(scored[ticket] | {"said": tuple(words[ticket])} for ticket in reached if ticket in words)
    open_ = [scored[ticket]["score"] for ticket in reached if ticket not in words]
    found = Checked(audit, row, rows)
    if not row["tickets"] or found.inside < MIN_COVERAGE:
        return found
    estimate = prevalence(
        [each["said"].count(HOW_TO) / len(each["said"]) for each in rows],
        [each["score"] for each in rows],
        Population(row["tickets"], row["mean"], row["variance"]),
        open_,
    )
    return Checked(audit, row, rows, estimate)


def _population(request: QuestionRequest, scope: Scope, audit: Audit | None) -> dict[str, Any]:
    return request.single_row(
        "audit_population",
        start_day=scope.start,
        end_day=scope.end,
        drawn_from=audit.start if audit else None,
        drawn_to=audit.end if audit else None,
        wanted=scope.filters_json,
    )


def agreement(audit: Audit) -> Agreement | None:
    """Return how far two people agree: of those who decided something, the two with most tickets in common."""
    said = {
        person: {ticket: kind for ticket, kind in audit.kinds_of(person).items() if kind is not None}
        for person in audit.people
    }
    pairs = [(one, other) for at, one in enumerate(audit.people) for other in audit.people[at + 1 :]]
    if not pairs:
        return None
    first, second = max(pairs, key=lambda pair: len(said[pair[0]].keys() & said[pair[1]].keys()))
    both = [ticket for ticket in audit.sample if ticket in said[first] and ticket in said[second]]
    return cohen_kappa([said[first][ticket] for ticket in both], [said[second][ticket] for ticket in both])


def audit_notes(request: QuestionRequest, found: Checked) -> tuple[Note, ...]:
    """Return what stands beside a share: what the audit rests on, or what it means that there is none."""
    total = found.population["tickets"]
    if not total or (found.audit is None and not found.population["with_kind"]):
        return ()
    if found.audit is None:
        return (_unaudited(found),)
    if found.estimate is None:
        text = f"The audit holds {plural(len(found.rows), 'checked ticket')} of this period"
        if found.inside < MIN_COVERAGE:
            text = f"The audit was drawn from {share(found.inside, total)} of these tickets: draw a fresh one"
        return (_unaudited(found), Note(f"{text}; the share is the plain count.", "doubt", ("share",)))
    return (*_basis(found), *drift(request, found))


def _unaudited(found: Checked) -> Note:
    if found.suggested:
        n = found.population["suggested"]
        text = (
            f"Word lists suggest the kind of {plural(n, 'ticket')}, and nobody has said of any what it is: the count is"
            " uncalibrated. Label 50 tickets, and a model tells the others; check 100 drawn at random, and the share is"
            " right whatever the lists say."
        )
        return Note(text, "doubt", ("share", "share_uncorrected"))
    if found.guessed:
        n = found.population["guessed"]
        text = (
            f"The model or the lexicon gave {count(n)} of {count(found.population['tickets'])} tickets their"
            f" kind. Nobody has checked them: the plain count is {found.unaudited}. Check 100 tickets to know."
        )
        return Note(text, "doubt", ("share", "share_uncorrected"))
    few, base = found.population["guessed"], found.population["with_kind"]
    if base < MOST_KNOWN * found.population["tickets"]:
        text = (
            f"{count(base)} of {count(found.population['tickets'])} tickets have a kind, and nobody drew them at"
            " random: the share of all may differ, and the interval knows nothing of it. Check 100 tickets to know."
        )
        return Note(text, "doubt", ("share", "share_uncorrected"))
    some = f"All but {count(few)} of {count(base)}" if few else "All"
    text = (
        f"{some} kinds come from the export's own columns or from labels of people: the share is as right as their"
        " tagging, and its interval knows nothing of mistakes in it. Unaudited: check 100 tickets to know."
    )
    return Note(text, "assumption", ("share", "share_uncorrected"))


def _basis(found: Checked) -> tuple[Note, ...]:
    estimate = found.estimate
    if estimate is None or found.audit is None:
        return ()
    text = f"The share rests on {plural(estimate.checked, 'ticket')} drawn at random and checked by people"
    if estimate.variance_saved >= 0.005:
        text += f"; the kinds found for all others take {share(estimate.variance_saved)} off the variance"
    notes = [Note(f"{text} (prediction-powered inference). The plain count is beside it.", "fact", ("share",))]
    if estimate.undecided:
        text = f"{plural(estimate.undecided, 'drawn ticket')} passed over: the interval holds whatever they are."
        notes.append(Note(text, "doubt", ("share",)))
    alike = found.agreement
    if alike:
        text = (
            f"Two people checked {plural(alike.items, 'ticket')} and agree on {share(alike.agreement, alike.items)}:"
            f" kappa {alike.kappa:.2f} (95 % interval {alike.low:.2f} to {alike.high:.2f}). Where they disagree,"
            " each counts half."
        )
        notes.append(Note(text, "fact", ("share",)))
    return tuple(notes)


def drift(request: QuestionRequest, found: Checked) -> tuple[Note, ...]:
    """Return why a fresh audit is due: tickets of other days than the audit's, topics or areas that came up since."""
    audit, total = found.audit, found.population["tickets"]
    if audit is None or found.inside == 1:
        return ()
    scope = request.scope
    rows = request.rows(
        "audit_drift",
        start_day=scope.start, end_day=scope.end, drawn_from=audit.start, drawn_to=audit.end, wanted=scope.filters_json,
    ).to_pylist()  # fmt: skip
    fresh = [row for row in rows if row["tickets"] >= NEW_AREA and row["share"] >= NEW_SHARE]
    if fresh:
        named = ", ".join(f"{row['area']} ({count(row['tickets'])})" for row in fresh[:3])
        text = f"New since the audit: {named}. The share asks for a fresh audit."
        return (Note(text, "doubt", ("share",)),)
    outside = total - found.population["inside"]
    text = (
        f"{share(outside / total, total)} of the tickets are of other days than the audit; their kinds are taken to be"
    )
    return (Note(f"{text} as right as those checked.", "assumption", ("share",)),)
