"""Whether accounts that asked for an item churned more often than similar ones."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.look import words
from cs_dash.questions.roadmap.roadmap_rows import Row
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import share_ratio_interval

MORE, LESS, UNCLEAR = "more often", "less often", "no significant difference"
ASSOCIATION = (
    "This is an association: accounts that ask differ from others in other ways, too, so it does not say that building "
    "the item keeps them."
)


@dataclass(frozen=True)
class AskerChurn:
    """Churn within 180 days of the accounts that asked, beside that of similar accounts.

    Attributes:
        accounts: accounts that asked and were observed for 180 days.
        churned: those that churned.
        interval: 95 %, of their share; None without accounts.
        expected_share: share of similar accounts that churned; None where there is nobody to compare with.
        ratio: churned / expected; None where none was expected.
        ratio_interval: 95 %, of the ratio.
        others: accounts compared with.
        waiting: accounts that asked and have not been observed for 180 days.
    """

    accounts: int
    churned: int
    interval: tuple[float, float] | None
    expected_share: float | None
    ratio: float | None
    ratio_interval: tuple[float, float] | None
    others: int
    waiting: int

    @property
    def verdict(self) -> str:
        """More often, less often, no significant difference; "" where it cannot be compared."""
        if self.ratio_interval is None:
            return ""
        low, high = self.ratio_interval
        return MORE if low > 1 else LESS if high < 1 else UNCLEAR

    @property
    def sentence(self) -> str:
        """What happened, in a sentence or two."""
        if not self.accounts:
            if not self.waiting:
                return "No account asked for it in a ticket or a feature request, and paid for 180 days to observe it."
            waiting = words.plural(self.waiting, "account that asked has", "accounts that asked have")
            return f"Too early to say: {waiting} not been observed for 180 days yet."
        share = self.churned / self.accounts
        text = (
            f"**{words.count(self.churned)} of {words.plural(self.accounts, 'account')}** that asked churned within "
            f"180 days ({words.share(share, self.accounts)})"
        )
        if self.expected_share is None or self.ratio is None or self.ratio_interval is None:
            return f"{text}; there is nobody to compare with."
        low, high = (words.number(end, 2) for end in self.ratio_interval)
        expected = words.share(self.expected_share, self.others)
        text += f", **{expected}** of similar accounts: ratio {words.number(self.ratio, 2)} (95 % CI {low} to {high}), "
        verdict = self.verdict
        return text + (f"{verdict}." if verdict == UNCLEAR else f"significantly {verdict}.")


def asker_churn(row: Row) -> AskerChurn:
    """Return what a row of `roadmap_churn` says."""
    accounts, churned, expected = row["accounts"], row["churned"], row["expected"]
    share = expected / accounts if accounts and expected is not None else None
    compared = share is not None and share > 0 and row["others"] > 0
    return AskerChurn(
        accounts,
        churned,
        wilson(churned, accounts),
        share,
        churned / expected if compared else None,
        share_ratio_interval((churned / accounts, accounts), (share, row["others"]))
        if compared and share is not None
        else None,
        row["others"],
        row["waiting"],
    )
