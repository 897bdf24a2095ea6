"""What the newest load changed: rows, and the headline figures that moved with them."""

from __future__ import annotations

from dataclasses import replace

from cs_dash.answer import Answer, Figure
from cs_dash.look import words
from cs_dash.questions.moved import ASKED, moved
from cs_dash.scope import Scope
from cs_dash.store.state import Version
from cs_dash.ui import session
from cs_dash.ui.ask import ask
from cs_dash.ui.markup import html
from cs_dash.ui.show.table import table_of
from cs_dash.ui.text import escaped, locale, rich

TITLE = "What the newest load changed"


def what_changed(shown: Version, reading: session.Reading) -> None:
    """Show what version `shown` changed against the one before; nothing for the first, of which everything is new.

    Nothing either where no file came in: accounts were matched, or the version was made again.
    """
    if not shown.summary.get("files"):
        return
    before = {each.number: each for each in session.workspace().state.versions()}.get(shown.parent or 0)
    if before is None:
        return
    changes = ask(reading, "data.changes", Scope())
    earlier = session.Reading.of(before)
    figures = moved(_answers(earlier), _answers(reading))
    html(f'<h2>{TITLE}</h2><p class="cs-moved">{rich(changes.says)}</p>{_figures(figures, changes.currency)}')
    if changes.rows.num_rows:
        table_of(changes, heading="Row by row")


def _answers(reading: session.Reading) -> list[Answer]:
    """Return the answers whose figures are compared, each version as of its own newest day."""
    return [ask(reading, question, Scope()) for question in ASKED]


def _figures(figures: tuple[Figure, ...], currency: str) -> str:
    """Return the figures that moved as one line each: "How-to share: 41 % → 38 %"."""
    if not figures:
        return '<p class="note">No headline figure moved.</p>'
    lines = "".join(
        f"<li>{escaped(each.label)}: {escaped(_value(each, each.previous, currency))} → "
        f"<b>{escaped(_value(each, each.value, currency))}</b></li>"
        for each in figures
    )
    return f'<ul class="cs-moved">{lines}</ul>'


def _value(figure: Figure, value: float | None, currency: str) -> str:
    return words.figure_value(replace(figure, value=value), currency, locale()) if value is not None else "not known"
