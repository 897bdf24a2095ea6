"""What a command was given, ready to use: opened files, a column mapping, KEY=VALUE options."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from cs_dash.errors import BadInput, UnknownOption, nearest

WORKSPACE = "CS_DASH_WORKSPACE"
MEMORY = "CS_DASH_MEMORY"
ALLOWED_HOSTS = "CS_DASH_ALLOWED_HOSTS"
OPEN = "CS_DASH_OPEN"
BROWSER = "CS_DASH_BROWSER"
HIDES = ("names", "money")
TOPIC_ACTIONS = ("rename", "merge", "split", "ignore", "restore")


def opened_file(name: str, stack: ExitStack) -> tuple[str, IO[bytes]]:
    """Return (name, bytes) of a file. Raises BadInput when it cannot be opened."""
    if name == "-":
        return "standard input", sys.stdin.buffer
    file = Path(name)
    try:
        return file.name, stack.enter_context(file.open("rb"))
    except IsADirectoryError:
        raise BadInput(
            "Not a file", f"Could not load {name} because it is a folder.", "Name the files in it."
        ) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise BadInput(
            "Cannot open a file", f"Could not load {name} because of an error: {why}.", "Check its name."
        ) from None


def column_mapping(file: Path | None) -> dict[str, str]:
    """Return the column mapping in a JSON file. Raises BadInput when it is not one."""
    if file is None:
        return {}
    if not file.is_file():
        raise BadInput(
            "No such mapping file", f"Could not use {file} because there is no such file.", "Check its name and folder."
        )
    try:
        mapping = json.loads(file.read_text(encoding="utf-8"))
        return {str(column): str(field) for column, field in mapping.items()}
    except (OSError, ValueError, AttributeError):
        raise BadInput(
            "Cannot use the mapping",
            f"Could not use {file} because it is not a JSON object of column names and fields.",
            'For example {"Cust No": "account_id", "Remarks": ""}.',
        ) from None


def option_pairs(options: Iterable[str]) -> dict[str, str]:
    """Return KEY=VALUE options as a dict. Raises UnknownOption for one without a sign."""
    pairs: dict[str, str] = {}
    for option in options:
        # A column's name, as in "dates:a=b=mdy", may hold the sign; what comes after it may not.
        key, sign, value = option.rpartition("=") if ":" in option.partition("=")[0] else option.partition("=")
        if not sign or not key.strip():
            raise UnknownOption(
                "Unknown option",
                f"Could not use --option {option} because it is not KEY=VALUE.",
                "Write it as KEY=VALUE.",
            )
        pairs[key.strip()] = value.strip()
    return pairs


def number_of(name: str, text: str) -> float:
    """Return a number, or a share where it ends in a percent sign. Raises BadInput where it is none."""
    plain = text.strip().replace("\u2212", "-")
    try:
        return float(plain.removesuffix("%").strip()) / (100 if plain.endswith("%") else 1)
    except ValueError:
        raise BadInput("Not a number", f"Could not set {name} to {text}.", "Write a number, such as 80%.") from None


def day_of(name: str, text: str) -> dt.date:
    """Return a day. Raises BadInput where the text is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput("Not a date", f"Could not use {name}={text} as a date.", "Write it as 2026-12-31.") from None


def hidden_parts(text: str) -> frozenset[str]:
    """Return what `--hide names,money` hides. Raises UnknownOption for anything else."""
    names = [part.strip() for part in text.split(",") if part.strip()]
    for name in names:
        if name not in HIDES:
            raise UnknownOption("Nothing of this name", f"Could not hide {name}.", nearest(name, HIDES))
    return frozenset(names)
