"""A workspace to one file and back: the commands."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import Any

from cs_dash import pipeline
from cs_dash.cli import text


def back_up(chosen: Namespace) -> tuple[dict[str, Any], str]:
    """Write a backup; return what it holds, for JSON and in words."""
    written = pipeline.back_up(chosen.workspace, chosen.file, partial(text.progress, "Backing up"))
    facts = {
        "file": str(chosen.file), "versions": written.versions, "uploads": written.uploads, "bytes": written.bytes,
        "missing": list(written.missing),
    }  # fmt: skip
    words = f"Wrote {chosen.file}: {_counts(written.versions, written.uploads)}, {written.bytes / 1e6:,.1f} MB."
    return facts, words + _lost(written.missing)


def restore(chosen: Namespace) -> tuple[dict[str, Any], str]:
    """Make a workspace from a backup; return what it holds, for JSON and in words."""
    restored = pipeline.restore(chosen.workspace, chosen.file, partial(text.progress, "Restoring"))
    facts = {
        "workspace": str(chosen.workspace), "made_at": restored.made_at.isoformat(), "versions": restored.versions,
        "uploads": restored.uploads, "bytes": restored.bytes, "missing": list(restored.missing),
    }  # fmt: skip
    words = (
        f"Restored {_counts(restored.versions, restored.uploads)} ({restored.bytes / 1e6:,.1f} MB) into"
        f" {chosen.workspace}, as of {restored.made_at:%Y-%m-%d %H:%M} UTC."
    )
    return facts, words + _lost(restored.missing)


def _counts(versions: int, uploads: int) -> str:
    return f"{versions} version{'s' * (versions != 1)}, {uploads} upload{'s' * (uploads != 1)}"


def _lost(missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    verb = "was" if len(missing) == 1 else "were"
    return f"\nCaveat: {', '.join(missing)} {verb} missing in the workspace and so {verb} not backed up."
