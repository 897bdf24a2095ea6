"""The style sheet of the screens: the shared rules of the look, then those of frame, figures and reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cs_dash.look import css as look
from cs_dash.look.templates import Markup, render
from cs_dash.look.theme import DARK, FONT, LIGHT

FOLDER = Path(__file__).parent
FILES = (FOLDER / "style.css", *sorted(FOLDER.glob("styles/*.css")))
"""The rules of the frame and of every page, then those of one component per file."""
TOKENS = ("text", "second", "accent", "good", "watch", "watch_edge", "bad", "event")


@cache
def css() -> Markup:
    """Return the whole style sheet as `<style>` elements."""
    colors = {name.replace("_", "-"): f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})" for name in TOKENS}
    rules = Markup("\n".join(file.read_text(encoding="utf-8") for file in FILES))
    return render("server/style.html", look=look.css(), tokens=colors | {"font": Markup(FONT)}, rules=rules)
