"""The goals that product and customer success of the demo company share, and how both see their collaboration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DemoGoal:
    """A shared goal of the demo company.

    Attributes:
        metric: name of the metric.
        target: the value to reach.
        due: by when.
        owner: the accountable person.
        team: product or cs.
        since: the day from which progress counts.
        feature: the feature, for a metric about one.
        features: how many core features, for activation.
    """

    metric: str
    target: float
    due: date
    owner: str
    team: str
    since: date
    feature: str = ""
    features: int | None = None


DEMO_GOALS = (
    DemoGoal("howto_share", 0.33, date(2026, 12, 31), "Mara Okafor", "product", date(2026, 1, 14)),
    DemoGoal("activation", 0.7, date(2026, 12, 31), "Jun Wu", "cs", date(2026, 1, 14), features=3),
    DemoGoal("grr", 0.92, date(2027, 3, 31), "Ingrid Solheim", "cs", date(2026, 4, 15)),
)

_SUBJECTS = (
    "shared_number", "decisions", "rhythm", "evidence", "how_to", "launches", "closed_loop", "journey", "data",
    "after_release",
)  # fmt: skip
_STAGES = {"1": "reactive", "2": "informed", "3": "aligned", "4": "optimised"}
_SHEETS = {
    ("2026Q1", "product", "Mara Okafor"): "2222121122",
    ("2026Q1", "product", "Lena Brandt"): "1222122212",
    ("2026Q1", "cs", "Jun Wu"): "1111211211",
    ("2026Q1", "cs", "Ingrid Solheim"): "1121112111",
    ("2026Q2", "product", "Mara Okafor"): "3232222232",
    ("2026Q2", "product", "Lena Brandt"): "2332223322",
    ("2026Q2", "cs", "Jun Wu"): "2221212222",
    ("2026Q2", "cs", "Ingrid Solheim"): "2222121221",
    ("2026Q3", "product", "Mara Okafor"): "3333332333",
    ("2026Q3", "product", "Lena Brandt"): "3433323343",
    ("2026Q3", "cs", "Jun Wu"): "3222212232",
    ("2026Q3", "cs", "Ingrid Solheim"): "3332212233",
    ("2026Q3", "cs", "Tomás Rivas"): "2322211232",
}
DEMO_ANSWERS: dict[tuple[str, str, str], dict[str, str]] = {
    who: {subject: _STAGES[stage] for subject, stage in zip(_SUBJECTS, stages, strict=True)}
    for who, stages in _SHEETS.items()
}
"""(quarter, team, name) -> subject of the self-assessment -> the stage that fits."""
