"""What customers write, by language. The sentences are in the .txt files beside this module, one language each."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru", "zh", "de", "es")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class Issue:
    """One issue that customers write about, with interchangeable subjects and first messages."""

    kind: str
    key: str
    area: str
    subjects: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


@dataclass
class Phrases:
    """One language: its issues, and the sentences that all messages share. `slots` holds the words for the braces."""

    greetings: list[str] = field(default_factory=list)
    openers: list[str] = field(default_factory=list)
    closers: list[str] = field(default_factory=list)
    slots: dict[str, list[str]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Issue]:
        """Return the issues of one kind in the file's order."""
        return [issue for issue in self.issues if issue.kind == kind]


@cache
def phrases(language: str) -> Phrases:
    """Return the sentences of a language. The first lines of en.txt describe the format of the files."""
    language_phrases = Phrases()
    shared = {
        "greeting": language_phrases.greetings,
        "opener": language_phrases.openers,
        "closer": language_phrases.closers,
    }
    target: list[str] = []
    for line in (Path(__file__).parent / f"{language}.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("~ slot "):
            target = language_phrases.slots.setdefault(line.removeprefix("~ slot "), [])
        elif line.startswith("~ "):
            target = shared[line.removeprefix("~ ")]
        elif line.startswith("= "):
            kind, key, area = line.removeprefix("= ").split(" | ")
            language_phrases.issues.append(Issue(kind, key, area))
        elif line.startswith("s ") and language_phrases.issues:
            language_phrases.issues[-1].subjects.append(line[2:])
        elif line.startswith("b ") and language_phrases.issues:
            language_phrases.issues[-1].bodies.append(line[2:])
        else:
            target.append(line)
    return language_phrases


def fill(sentence: str, word: Callable[[str], str]) -> str:
    """Return the sentence with every {slot} replaced by `word(slot)`."""
    return _SLOT.sub(lambda slot: word(slot.group(1)), sentence)
