"""Where a definition is used: read from the code of the questions and from the SQL of the definitions, never listed.

A question uses a definition when its function, or one that it reaches, names it: as the relation it asks for or as
what stands behind a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

from cs_dash.metrics import definition_files
from cs_dash.questions.catalogue import questions
from cs_dash.store.definitions import read_definition

OURS = "cs_dash."


@cache
def questions_of() -> dict[str, tuple[str, ...]]:
    """Return {definition: names of the questions that use it themselves}; what nothing uses is absent."""
    names: dict[str, list[str]] = {}
    for question in questions().values():
        for definition in question.uses:
            names.setdefault(definition, []).append(question.name)
    return {definition: tuple(questions_) for definition, questions_ in names.items()}


@cache
def built_on() -> dict[str, tuple[str, ...]]:
    """Return {definition: names of the definitions whose SQL is built on it}; what nothing is built on is absent."""
    words = {name: set(re.findall(r"\w+", sql)) for name, sql in texts().items()}
    found = {name: tuple(sorted(each for each in words if each != name and name in words[each])) for name in words}
    return {name: users for name, users in found.items() if users}


@cache
def titles() -> dict[str, str]:
    """Return {definition: its title}."""
    files = definition_files()
    return {each.name: each.title for each in map(read_definition, files)}


@cache
def texts() -> dict[str, str]:
    """Return {definition: its SQL without comments}."""
    files = definition_files()
    read = map(read_definition, files)
    return {each.name: re.sub(r"--.*", "", each.sql) for each in read}


def named(function: Callable[..., Any], without: tuple[str, ...] = ()) -> set[str]:
    """Return the texts that a function of ours, and every one that it reaches, names.

    Functions of modules whose name begins with one of `without` are not looked into.
    """
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[Any] = [function]
    while waiting:
        each = waiting.pop()
        each = getattr(each, "__wrapped__", each)
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, FunctionType):
            if each.__module__.startswith(OURS) and not each.__module__.startswith(without):
                for code in codes(each.__code__):
                    waiting += [const for const in code.co_consts if not isinstance(const, CodeType)]
                    reached = [each.__globals__[name] for name in code.co_names if name in each.__globals__]
                    ours = [vars(of) for of in reached if isinstance(of, ModuleType) and of.__name__.startswith(OURS)]
                    waiting += reached + [of[name] for of in ours for name in code.co_names if name in of]
        elif isinstance(each, str):
            found.add(each)
        elif isinstance(each, Mapping):
            waiting += [*each, *each.values()]
        elif isinstance(each, (tuple, list, set, frozenset)):
            waiting += each
        elif is_dataclass(each) and type(each).__module__.startswith(OURS):  # not what remembers answers
            waiting += vars(each).values()
    return found


def codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a function's code and that of the functions and comprehensions inside it."""
    yield code
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from codes(const)
