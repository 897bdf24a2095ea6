"""What the newest load changed: rows, and the headline figures that moved with them."""

from __future__ import annotations

from dataclasses import replace

from cs_dash import pipeline
from cs_dash.answer import Answer, Figure
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline import Version
from cs_dash.questions.headline_changes import COMPARED_FIGURES, changed_figures
from cs_dash.scope import Scope
from cs_dash.ui.components.html import html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import session
from cs_dash.ui.state.answers import ask

TITLE = "Changes in the latest load"
MOST_MOVES = 3
"""Figures that the sentence about a load names."""


def what_changed(version: Version, snapshot: session.Snapshot) -> None:
    """Show what version `version` changed against the one before; nothing for the first, of which everything is new.

    Nothing either where no file came in: accounts were matched, or the version was made again.
    """
    if not version.summary.get("files"):
        return
    by_number = {earlier.number: earlier for earlier in pipeline.versions(session.workspace())}
    before = by_number.get(version.parent or 0)
    if before is None:
        return
    changes = ask(snapshot, "data.changes", Scope())
    earlier = session.Snapshot.of(before)
    were, are = _answers(earlier), _answers(snapshot)
    html(
        render(
            "data/what_changed.html",
            title=TITLE,
            headline=changes.headline,
            changes=_figures(changed_figures(were, are), changes.currency),
            days=_days(were[0], are[0]),
        )
    )
    if changes.rows.num_rows:
        table_of(changes, heading="Row by row", opens=False)


def changes_sentence(version: Version, snapshot: session.Snapshot) -> str:
    """Return what the load of `version` changed in one sentence: the rows, and the headline figures that moved."""
    rows = ask(snapshot, "data.changes", Scope()).headline.removesuffix(".")
    before = next((one for one in pipeline.versions(session.workspace()) if one.number == version.parent), None)
    if before is None:
        return f"{rows}."
    were, are = _answers(session.Snapshot.of(before)), _answers(snapshot)
    # Until the new tickets have their categories, another how-to share would be that of fewer tickets.
    moved = [one for one in changed_figures(were, are) if snapshot.kinds is not None or one.name != "howto_share"]
    changes = _figures(tuple(moved), are[0].currency)
    moves = [f"{change['label']} {change['before']} → **{change['after']}**" for change in changes[:MOST_MOVES]]
    return f"{', '.join([rows, *moves])}." if moves else f"{rows}. No headline figure changed."


def figures_of_an_undo(version: Version, earlier: Version) -> list[dict[str, str]]:
    """Return the headline figures that an undo of `version` moves, with what they are now and will be then."""
    were, are = (_answers(session.Snapshot.of(one)) for one in (earlier, version))
    changes = _figures(changed_figures(were, are), are[0].currency)
    return [change | {"before": change["after"], "after": change["before"]} for change in changes]


def _answers(snapshot: session.Snapshot) -> list[Answer]:
    """Return the answers whose figures are compared, each version as of its own newest day."""
    return [ask(snapshot, question, Scope()) for question in COMPARED_FIGURES]


def _figures(figures: tuple[Figure, ...], currency: str) -> list[dict[str, str]]:
    """Return the figures that moved as far as it shows, with what they were before and after."""
    changes = [
        {
            "label": figure.label,
            "before": _value(figure, figure.previous, currency),
            "after": _value(figure, figure.value, currency),
        }
        for figure in figures
    ]
    return [change for change in changes if change["before"] != change["after"]]


def _days(before: Answer, after: Answer) -> dict[str, str]:
    """Return on which days the two are looked at, where they differ: that alone moves a figure over a window."""
    if before.as_of == after.as_of or before.as_of is None or after.as_of is None:
        return {}
    return {"before": words.date(before.as_of, locale()), "after": words.date(after.as_of, locale())}


def _value(figure: Figure, value: float | None, currency: str) -> str:
    return words.figure_value(replace(figure, value=value), currency, locale()) if value is not None else "unknown"
