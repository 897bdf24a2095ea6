"""The few style rules that the framework has no option for (`templates/style.html`), in the colours of both themes.

Their selectors use names that the framework documents (a container's key) or keeps for tests (`data-testid`), never
generated class names, and they hide nothing that a keyboard or a screen reader needs.
"""

from __future__ import annotations

from cs_dash.look.templates import Markup, render
from cs_dash.look.theme import DARK, LIGHT

PHONE = "640px"


def css() -> Markup:
    """Return the rules as one `<style>` element, to be put on a page once with `st.html`."""
    tokens = {
        name: f"light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})" for name in ("muted", "background", "border")
    }
    return render("style.html", phone=PHONE, **tokens)
