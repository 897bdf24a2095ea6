"""What the demo company shipped to lower how-to tickets, and the true effect on the rate of each topic."""

from dataclasses import dataclass
from datetime import date

from cs_dash.demo.days import day_of


@dataclass(frozen=True)
class Improvement:
    """Something shipped to all accounts. `effect` is the true relative change of its topic's ticket rate since then."""

    key: str
    title: str
    topic: str
    shipped: date
    effect: float
    tellable: bool  # False: shipped too recently for any verdict

    def factor(self, day: int) -> float:
        """Return the factor by which it changes the topic's ticket rate on a day."""
        return 1.0 + self.effect if day >= day_of(self.shipped) else 1.0


IMPROVEMENTS = (
    Improvement(
        "IMP-1", "Guided spreadsheet import with column preview", "import-data", date(2026, 2, 16), -0.50, True
    ),
    Improvement(
        "IMP-2", "One-click report export and scheduled mails", "export-report", date(2026, 4, 13), -0.35, True
    ),
    Improvement("IMP-3", "Role overview page", "roles-permissions", date(2026, 3, 16), 0.0, True),
    Improvement("IMP-4", "Quieter notification defaults", "notifications", date(2026, 9, 14), -0.30, False),
)


def rate_factor(topic: str, day: int) -> float:
    """Return the factor by which everything shipped so far changes the rate of a how-to topic on a day."""
    factor = 1.0
    for improvement in IMPROVEMENTS:
        if improvement.topic == topic:
            factor *= improvement.factor(day)
    return factor
