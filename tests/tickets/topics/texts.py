"""Invented sentences of a help desk: one for each pair of a question and a thing."""

from __future__ import annotations

_QUESTIONS = (
    "How do I {} {}?", "We cannot {} {} since Monday.", "Is there a way to {} {} for all users at once?",
    "Please add an option to {} {}.", "Wie kann ich {} {}?", "¿Cómo puedo {} {}?",
)  # fmt: skip
_VERBS = ("export", "import", "share", "delete", "schedule", "rename", "approve", "archive")
_THINGS = (
    "an invoice",
    "a report",
    "the calendar",
    "a custom field",
    "my team",
    "the price list",
    "a checklist",
    "API keys",
)

SENTENCES = [question.format(verb, thing) for question in _QUESTIONS for verb in _VERBS for thing in _THINGS]
