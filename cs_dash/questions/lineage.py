"""Where a definition is used: by the questions that declare it, and in the SQL of other definitions.

A question uses a definition when it queries its rows or names it as the source of a figure; a test compares the
declarations with what each question does.
"""

from __future__ import annotations

import re
from functools import cache

from cs_dash.metrics import definition_files
from cs_dash.questions.catalogue import questions
from cs_dash.store.definitions import read_definition


@cache
def questions_of() -> dict[str, tuple[str, ...]]:
    """Return {definition: names of the questions that use it directly}; unused definitions are absent."""
    names: dict[str, list[str]] = {}
    for question in questions().values():
        for definition in question.uses:
            names.setdefault(definition, []).append(question.name)
    return {definition: tuple(users) for definition, users in names.items()}


@cache
def built_on() -> dict[str, tuple[str, ...]]:
    """Return {definition: names of the definitions whose SQL refers to it}; those without any are absent."""
    words = {name: set(re.findall(r"\w+", sql)) for name, sql in texts().items()}
    users = {name: tuple(sorted(user for user in words if user != name and name in words[user])) for name in words}
    return {name: users_of for name, users_of in users.items() if users_of}


@cache
def titles() -> dict[str, str]:
    """Return {definition: its title}."""
    return {definition.name: definition.title for definition in map(read_definition, definition_files())}


@cache
def texts() -> dict[str, str]:
    """Return {definition: its SQL without comments}."""
    definitions = map(read_definition, definition_files())
    return {definition.name: re.sub(r"--.*", "", definition.sql) for definition in definitions}
