"""The style sheet of the screens: the shared rules of the look, then those of frame, figures and reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cs_dash.look import css as look
from cs_dash.look.templates import Markup, render
from cs_dash.look.theme import DARK, LIGHT

FILE = Path(__file__).parent / "style.css"
TOKENS = ("text", "second", "accent", "good", "watch", "watch_edge", "bad")


@cache
def css() -> Markup:
    """Return the whole style sheet as `<style>` elements."""
    tokens = {name.replace("_", "-"): f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})" for name in TOKENS}
    return render("server/style.html", look=look.css(), tokens=tokens, rules=Markup(FILE.read_text(encoding="utf-8")))
