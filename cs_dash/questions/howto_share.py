"""The how-to share as every question shows it: one value for one scope, the unadjusted one beside an audited one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.answer import Column, Figure
from cs_dash.look.words import share
from cs_dash.questions.audited_share import AuditedShare, audited_share
from cs_dash.questions.request import QuestionRequest, small_base_note
from cs_dash.scope import Scope
from cs_dash.stats.intervals import wilson

LABEL, UNADJUSTED_LABEL = "How-to share", "Unadjusted how-to share"
NOT_GIVEN = "no ticket has a category"


@dataclass(frozen=True)
class HowToShare:
    """The how-to share of a scope.

    Attributes:
        counts: the row of `howto_share`.
        audited: the audit that is valid for the scope, if any.
    """

    counts: dict[str, Any]
    audited: AuditedShare

    @classmethod
    def of(cls, request: QuestionRequest, scope: Scope, counts: dict[str, Any]) -> HowToShare:
        """Return the share of `scope`, whose row of `howto_share` is `counts`."""
        return cls(counts, audited_share(request, scope))

    @property
    def value(self) -> float | None:
        """The share: the audited one where an audit governs, else the unadjusted one; None where nothing is known."""
        governing = self.audited.governing
        value: float | None = governing.share if governing else self.counts.get("share")
        return value

    @property
    def base(self) -> int:
        """The tickets that the value rests on: checked ones, or all with a category."""
        governing = self.audited.governing
        return int(governing.checked if governing else self.counts.get("with_kind") or 0)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the value; None where the categories are guesses that nobody checked."""
        governing = self.audited.governing
        return (governing.low, governing.high) if governing else self.unadjusted_interval

    @property
    def unadjusted_interval(self) -> tuple[float, float] | None:
        """The interval of the unadjusted share, wider by the possible error of a few guesses; None if many guesses."""
        sampling = wilson(self.counts["howto"], self.counts["with_kind"]) if self.counts.get("with_kind") else None
        if self.audited.has_guesses or sampling is None:
            return None
        error = self.audited.possible_error
        return max(0.0, sampling[0] - error), min(1.0, sampling[1] + error)

    @property
    def unadjusted_words(self) -> str:
        """The unadjusted share beside an audited one, in words; "" where it is the value itself or unknown."""
        if not self.audited.governing or self.counts.get("share") is None:
            return ""
        return f"unadjusted {share(self.counts['share'], self.counts['with_kind'])}"

    @property
    def caveat(self) -> str:
        """What to know about the value, in a few words."""
        counts, governing = self.counts, self.audited.governing
        if governing:
            small = small_base_note(governing.checked, "audited tickets")
            return " · ".join(words for words in (small, self.unadjusted_words) if words)
        if not counts.get("with_kind"):
            return NOT_GIVEN
        without = counts.get("without_kind") or 0
        missing = f"{share(without / counts['tickets'], counts['tickets'])} have no category" if without else ""
        small = small_base_note(counts["with_kind"], "tickets")
        return " · ".join(words for words in (self.audited.plain_count_label, small or missing) if words)

    def previous(self, before: HowToShare | None) -> float | None:
        """Return the value of the period before; None where one of the two is audited and the other is not."""
        if before is None or bool(before.audited.governing) != bool(self.audited.governing):
            return None
        return before.value

    def figure(
        self, name: str, before: HowToShare | None, period_before: str, trend: Sequence[float | None] = ()
    ) -> Figure:
        """Return the share as the figure `name`.

        `trend`: the unadjusted shares of the last months, which no audit covers one by one.
        """
        low, high = self.interval or (None, None)
        audited = self.audited.governing is not None
        return Figure(
            name, LABEL, self.value, "share", n=self.base or None,
            n_label="audited tickets" if audited else "categorised tickets", low=low, high=high,
            previous=self.previous(before), previous_label=period_before, better="down", trend=tuple(trend),
            caveat=self.caveat, definition="howto_share",
        )  # fmt: skip


def share_columns(columns: Sequence[Column], audited: AuditedShare, name: str = "share") -> tuple[Column, ...]:
    """Return the columns of a table whose shares no audit covers row by row: unadjusted where an audit governs."""
    if audited.governing is None:
        return tuple(columns)
    return tuple(
        replace(column, label=f"Unadjusted {column.label[:1].lower()}{column.label[1:]}")
        if column.name == name
        else column
        for column in columns
    )
