"""The how-to share of a scope: unadjusted, or by an audit, a random sample of tickets that people checked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.answer import Note
from cs_dash.decisions.audits import MIN_COVERAGE, Audit
from cs_dash.look.words import count, interval, plural, share
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope
from cs_dash.stats.agreement import Agreement, cohen_kappa
from cs_dash.stats.prevalence import Population, Prevalence, prevalence
from cs_dash.tickets.classifier.type_terms import HOW_TO

MIN_WITH_KIND = 0.9
"""Below this share of tickets with a kind, the how-to share among them is not taken as the share of all tickets."""
MIN_NEW_TICKETS = 10
"""A topic or area that the audit could not draw calls for a fresh audit once it has this many tickets ..."""
MIN_NEW_SHARE = 0.02
"""... and they make up this share of all tickets."""
MEASURED_ERROR = 0.15
"""Error of the plain count of a model's kinds, measured on tickets of a different kind of product."""
PRECISE_ENOUGH = 0.1
"""From an interval narrower than this to either side on, the audited share is the how-to share."""
MAX_GUESSED = 0.1
"""With at most this share of guessed kinds, the count is still described as based on people's own tags."""
UNCALIBRATED = "uncalibrated: categories suggested by word lists, label 50 tickets"
AS_TAGGED = "unaudited: categories as tagged in the export"


@dataclass(frozen=True)
class AuditedShare:
    """The how-to share of a period and the audit behind it.

    Attributes:
        audit: the audit that is valid for the period; None without one.
        population: the row of `audit_population`.
        rows: the sampled tickets of the period that people decided: ticket_id, kind (from column, label or model),
            score, said (the kinds that people gave it).
        estimate: the corrected share; None with too few decided tickets.
    """

    audit: Audit | None
    population: dict[str, Any]
    rows: tuple[dict[str, Any], ...] = ()
    estimate: Prevalence | None = None

    @property
    def governing(self) -> Prevalence | None:
        """The audited share once it is precise enough to be the how-to share everywhere; None before."""
        estimate = self.estimate
        return estimate if estimate and estimate.high - estimate.low < 2 * PRECISE_ENOUGH else None

    @property
    def has_guesses(self) -> bool:
        """Whether more than a few of the kinds come from a model or a word list."""
        return bool(self.population["guessed"] > MAX_GUESSED * self.population["with_kind"])

    @property
    def possible_error(self) -> float:
        """How far the plain count may be off, as a share: `MEASURED_ERROR` on the part of the kinds that is guessed."""
        if self.only_suggestions:
            return 1.0
        return self.possible_error_of(self.population["guessed"], self.population["with_kind"])

    @staticmethod
    def possible_error_of(guessed: int, base: int) -> float:
        """Return how far the plain count of `base` tickets may be off, as a share, when `guessed` kinds are guesses."""
        return MEASURED_ERROR * guessed / base if base else 0.0

    @property
    def only_suggestions(self) -> bool:
        """Whether every kind is only suggested by a word list."""
        return bool(0 < self.population["with_kind"] == self.population["suggested"])

    @property
    def plain_count_label(self) -> str:
        """How reliable the plain count is, as a label."""
        if self.only_suggestions:
            return UNCALIBRATED
        base = self.population["with_kind"]
        if not self.has_guesses:
            few = self.population["guessed"]
            return f"{AS_TAGGED}, {share(few / base, base)} predicted" if few else AS_TAGGED
        text = f"unaudited: may be off by {plural(math.ceil(100 * self.possible_error), 'point')}"
        suggested = self.population["suggested"]
        return f"{text}, {share(suggested / base, base)} of categories suggested by word lists" if suggested else text

    @property
    def coverage(self) -> float:
        """Share of the period's tickets, as of today, that the audit could have drawn."""
        total = self.population["tickets"]
        if self.audit is None or not total:
            return 0.0
        return float(self.population["inside"] / total)

    @property
    def agreement(self) -> Agreement | None:
        """Agreement of the two people with the most tickets in common; None with fewer than two people."""
        return agreement(self.audit) if self.audit else None


def audited_share(request: QuestionRequest, scope: Scope) -> AuditedShare:
    """Return the share of a period by the newest audit that is precise enough to govern it.

    Without one: by the newest that has an estimate, else by the newest, which covers less than `MIN_COVERAGE` of the
    period or holds too few checked tickets of it.
    """
    candidates: list[AuditedShare] = []
    for audit in reversed(request.audits):
        candidate = audited_share_by(request, scope, audit)
        if candidate.governing is not None:
            return candidate
        candidates.append(candidate)
    if not candidates:
        return AuditedShare(None, _population_row(request, scope, None))
    return next((candidate for candidate in candidates if candidate.estimate is not None), candidates[0])


def audited_share_by(request: QuestionRequest, scope: Scope, audit: Audit) -> AuditedShare:
    """Return the share of a period by one audit.

    The part of a random sample that lies in a period, or belongs to some accounts, is a random sample of the tickets
    there. Sampled tickets without a decision that come before the last decided one count as skipped, see
    `stats.prevalence`.
    """
    population = _population_row(request, scope, audit)
    bounds = {"start_day": scope.start, "end_day": scope.end, "wanted": scope.filters_json}
    sampled = {
        ticket["ticket_id"]: ticket
        for ticket in request.rows("audit_checked", ticket_ids=list(audit.sample), **bounds).to_pylist()
    }
    kinds: dict[str, list[str]] = {}
    answered: set[str] = set()
    for answer in audit.answers:
        answered.add(answer.ticket_id)
        if answer.kind is not None:
            kinds.setdefault(answer.ticket_id, []).append(answer.kind)
    last = max((at for at, ticket_id in enumerate(audit.sample) if ticket_id in answered), default=-1)
    reached = [ticket_id for ticket_id in audit.sample[: last + 1] if ticket_id in sampled]
    rows = tuple(sampled[ticket_id] | {"said": tuple(kinds[ticket_id])} for ticket_id in reached if ticket_id in kinds)
    skipped_scores = [sampled[ticket_id]["score"] for ticket_id in reached if ticket_id not in kinds]
    without_estimate = AuditedShare(audit, population, rows)
    if not population["tickets"] or without_estimate.coverage < MIN_COVERAGE:
        return without_estimate
    estimate = prevalence(
        [row["said"].count(HOW_TO) / len(row["said"]) for row in rows],
        [row["score"] for row in rows],
        Population(population["tickets"], population["mean"], population["variance"]),
        skipped_scores,
    )
    return replace(without_estimate, estimate=estimate)


def _population_row(request: QuestionRequest, scope: Scope, audit: Audit | None) -> dict[str, Any]:
    return request.single_row(
        "audit_population",
        start_day=scope.start,
        end_day=scope.end,
        drawn_from=audit.start if audit else None,
        drawn_to=audit.end if audit else None,
        wanted=scope.filters_json,
    )


def agreement(audit: Audit) -> Agreement | None:
    """Return the agreement of the two people with the most decided tickets in common; None with fewer than two."""
    kinds_of = {
        person: {ticket_id: kind for ticket_id, kind in audit.kinds_of(person).items() if kind is not None}
        for person in audit.people
    }
    pairs = [(person, other) for at, person in enumerate(audit.people) for other in audit.people[at + 1 :]]
    if not pairs:
        return None
    first, second = max(pairs, key=lambda pair: len(kinds_of[pair[0]].keys() & kinds_of[pair[1]].keys()))
    common = [ticket_id for ticket_id in audit.sample if ticket_id in kinds_of[first].keys() & kinds_of[second].keys()]
    return cohen_kappa([kinds_of[first][ticket] for ticket in common], [kinds_of[second][ticket] for ticket in common])


def audit_notes(request: QuestionRequest, audited: AuditedShare) -> tuple[Note, ...]:
    """Return the notes on a share: what the audit rests on, or what it means that there is none."""
    total = audited.population["tickets"]
    if not total or (audited.audit is None and not audited.population["with_kind"]):
        return ()
    if audited.audit is None or not audited.audit.answers:  # drawn, and nobody has checked anything yet
        return (_unaudited_note(audited),)
    if audited.estimate is None:
        text = f"The audit has {plural(len(audited.rows), 'checked ticket')} in this period"
        if audited.coverage < MIN_COVERAGE:
            text = f"The audit covers {share(audited.coverage, total)} of these tickets: start a new one"
        return (_unaudited_note(audited), Note(f"{text}; the share is unadjusted.", "doubt", ("share",)))
    basis = (*_basis_notes(audited), *drift_notes(request, audited))
    if audited.governing is not None:
        return basis
    text = (
        f"The audit so far gives a 95 % CI of {interval(audited.estimate.low, audited.estimate.high)}, too wide to"
        " replace the unadjusted share. Audit more tickets."
    )
    return (_unaudited_note(audited), Note(text, "doubt", ("share",)), *basis)


def _unaudited_note(audited: AuditedShare) -> Note:
    if audited.only_suggestions:
        n = audited.population["suggested"]
        text = (
            f"Word lists suggest the category of {plural(n, 'ticket')} and no ticket is labelled: the share is"
            " uncalibrated. Label 50 tickets to train a model, or audit 100 random tickets for an unbiased share."
        )
        return Note(text, "doubt", ("share", "share_uncorrected"))
    if audited.has_guesses:
        n = audited.population["guessed"]
        text = (
            f"The model or lexicon categorised {count(n)} of {plural(audited.population['tickets'], 'ticket')},"
            f" {audited.plain_count_label}. Audit 100 tickets to confirm."
        )
        return Note(text, "doubt", ("share", "share_uncorrected"))
    few, base = audited.population["guessed"], audited.population["with_kind"]
    if base < MIN_WITH_KIND * audited.population["tickets"]:
        text = (
            f"{count(base)} of {plural(audited.population['tickets'], 'ticket')} have a category. They are not a random"
            " sample, so the share of all tickets may differ. Audit 100 tickets to confirm."
        )
        return Note(text, "doubt", ("share", "share_uncorrected"))
    some = f"All but {count(few)} of {count(base)}" if few else "All"
    text = (
        f"{some} categories come from the export or from labels: the share is as accurate as that tagging, and the CI"
        " ignores tagging errors. Audit 100 tickets to confirm."
    )
    return Note(text, "assumption", ("share", "share_uncorrected"))


def _basis_notes(audited: AuditedShare) -> tuple[Note, ...]:
    estimate = audited.estimate
    if estimate is None or audited.audit is None:
        return ()
    text = f"The audited share is based on an audit of {plural(estimate.checked, 'random ticket')}"
    if estimate.variance_saved >= 0.005:
        text += f"; the categories of all other tickets reduce the variance by {share(estimate.variance_saved)}"
    notes = [Note(f"{text} (prediction-powered inference).", "fact", ("share",))]
    if estimate.undecided:
        text = f"{plural(estimate.undecided, 'sampled ticket')} skipped: the CI allows for them."
        notes.append(Note(text, "doubt", ("share",)))
    agreement = audited.agreement
    if agreement:
        text = (
            f"Two reviewers checked {plural(agreement.items, 'ticket')} and agree on"
            f" {share(agreement.agreement, agreement.items)}: kappa {agreement.kappa:.2f} (95 % CI"
            f" {agreement.low:.2f}–{agreement.high:.2f}). Where they disagree, each counts half."
        )
        notes.append(Note(text, "fact", ("share",)))
    return tuple(notes)


def drift_notes(request: QuestionRequest, audited: AuditedShare) -> tuple[Note, ...]:
    """Return why a fresh audit may be due: tickets outside the audit's days, topics or areas that are new since."""
    audit, total = audited.audit, audited.population["tickets"]
    if audit is None or audited.coverage == 1:
        return ()
    scope = request.scope
    rows = request.rows(
        "audit_drift",
        start_day=scope.start, end_day=scope.end, drawn_from=audit.start, drawn_to=audit.end, wanted=scope.filters_json,
    ).to_pylist()  # fmt: skip
    new_areas = [row for row in rows if row["tickets"] >= MIN_NEW_TICKETS and row["share"] >= MIN_NEW_SHARE]
    if new_areas:
        area_texts = ", ".join(f"{row['area']} ({count(row['tickets'])})" for row in new_areas[:3])
        text = f"New since the audit: {area_texts}. Start a new audit."
        return (Note(text, "doubt", ("share",)),)
    outside = total - audited.population["inside"]
    text = (
        f"{share(outside / total, total)} of tickets are outside the audited period; their categories are assumed to be"
    )
    return (Note(f"{text} as accurate as the audited ones.", "assumption", ("share",)),)
