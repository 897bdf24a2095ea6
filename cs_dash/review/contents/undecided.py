"""The roadmap items that wait for a decision: what a review asks the room."""

from __future__ import annotations

from typing import Any

from cs_dash.review.asking import Answers

MOST_ASKED = 5
"""So many decisions are asked: more than a meeting takes in ends in none."""
OPEN = "open"


def undecided(answers: Answers) -> list[dict[str, Any]]:
    """Return the rows of the open items that have the best scores, best first; those without a score come last."""
    rows = answers.of("roadmap.opportunities").rows.to_pylist()
    return [row for row in rows if row["state"] == OPEN][:MOST_ASKED]
