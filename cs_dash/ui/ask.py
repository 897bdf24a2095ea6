"""The only cache of answers: (version, question, scope, options, language) -> Answer.

Answers are frozen, so everybody is handed the same one; nothing is copied or pickled.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cs_dash.answer import Answer
from cs_dash.look.locales import READER
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.state import Version
from cs_dash.ui import session
from cs_dash.ui.text import locale

KEPT = 1024


@lru_cache(maxsize=KEPT)
def _answer(
    file: Path,
    settings: session.Settings,
    question: str,
    scope: Scope,
    options: tuple[tuple[str, str], ...],
    reader: str,
) -> Answer:
    before = READER.set(reader)
    try:
        return catalogue.ask(session.opened(file, settings), question, scope, dict(options))
    finally:
        READER.reset(before)


def ask(shown: Version, question: str, scope: Scope, **options: str) -> Answer:
    """Return the answer to `question`, computed at most once per version, scope, options and language.

    Raises what `catalogue.ask` raises, and WorkspaceBroken when the version cannot be read.
    """
    return ask_for(locale(), shown, question, scope, **options)


def ask_for(reader: str, shown: Version, question: str, scope: Scope, **options: str) -> Answer:
    """Return the answer in the language of `reader`; needs no visitor to be there."""
    file = session.workspace().file_of(shown)
    return _answer(file, session.chosen_settings(), question, scope, tuple(sorted(options.items())), reader)


@lru_cache(maxsize=16)
def _dimensions(file: Path, settings: session.Settings) -> dict[str, tuple[str, ...]]:
    return session.opened(file, settings).dimensions()


def dimensions(shown: Version) -> dict[str, tuple[str, ...]]:
    """Return the dimensions of a version's accounts with their values, most accounts first."""
    return _dimensions(session.workspace().file_of(shown), session.chosen_settings())
