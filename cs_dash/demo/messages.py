"""Subject and first message of a ticket, composed from the phrases of its language."""

import unicodedata
from collections.abc import Callable

from numpy.random import Generator

from cs_dash.demo.names import PEOPLE
from cs_dash.demo.phrases import Issue, Phrases, fill, phrases
from cs_dash.demo.tickets import Ticket


def pick(rng: Generator, choices: list[str] | tuple[str, ...]) -> str:
    """Return one of the choices, all equally likely."""
    return choices[int(rng.integers(len(choices)))]


def message(rng: Generator, ticket: Ticket) -> tuple[str, str]:
    """Return (subject, body) of a ticket in its language; the same issue is worded in many ways."""
    language_phrases = phrases(ticket.language)
    issue = next(
        candidate
        for candidate in language_phrases.issues
        if candidate.key == ticket.issue and candidate.kind == ticket.kind
    )
    number = str(int(rng.integers(3, 60)))

    def word(slot: str) -> str:
        if slot == "n":
            return number
        if slot == "person":
            return pick(rng, PEOPLE[ticket.language])
        return pick(rng, language_phrases.slots[slot])

    subject = fill(pick(rng, issue.subjects), word)
    if rng.random() < 0.06:
        subject = subject.lower() if ticket.language != "de" else subject + "!"
    return subject, _body(rng, ticket, language_phrases, issue, word)


def _body(rng: Generator, ticket: Ticket, language_phrases: Phrases, issue: Issue, word: Callable[[str], str]) -> str:
    greeting = pick(rng, language_phrases.greetings) + "\n" if rng.random() < 0.78 else ""
    hurried = ticket.kind == "outage"
    parts = []
    if rng.random() < (0.45 if ticket.kind == "how-to" else 0.05):
        parts.append(pick(rng, language_phrases.openers))
    first = int(rng.integers(len(issue.bodies)))
    parts.append(issue.bodies[first])
    if rng.random() < 0.14 and len(issue.bodies) > 1:
        parts.append(issue.bodies[(first + 1 + int(rng.integers(len(issue.bodies) - 1))) % len(issue.bodies)])
    if rng.random() < 0.7 and not hurried:
        parts.append(pick(rng, language_phrases.closers))
    joint = "" if ticket.language == "zh" else " "
    return fill(greeting + ("\n" if rng.random() < 0.35 else joint).join(parts), word)


def mail_name(name: str) -> str:
    """Return a person's name as the first part of a mail address, or "office" where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return plain or "office"
