"""The demo company's shared goals and its self-assessment, as the log has them."""

from __future__ import annotations

import json
from dataclasses import asdict

from cs_dash.decisions.alignment_answers import ANSWERS
from cs_dash.decisions.goals import GOAL, Goal, recorded_value
from cs_dash.decisions.log import Entry
from cs_dash.demo.alignment import DEMO_ANSWERS, DEMO_GOALS


def alignment_entries() -> list[Entry]:
    """Return what is recorded with the load of the demo company."""
    goals = [
        Entry(GOAL.name, f"G-{number}", recorded_value(Goal(**asdict(goal))))
        for number, goal in enumerate(DEMO_GOALS, 1)
    ]
    sheets = [
        Entry(ANSWERS.name, json.dumps(who, ensure_ascii=False), dict(stages)) for who, stages in DEMO_ANSWERS.items()
    ]
    return [*goals, *sheets]
