"""Short words of a table in a coloured frame: the state of a decision, a verdict."""

from __future__ import annotations

from cs_dash.look.templates import Markup, render

TONES = {
    "state": {
        "accepted": "good", "shipped": "accent", "deferred": "watch", "declined": "quiet", "open": "quiet",
        "on": "good", "reached": "good", "at": "watch", "behind": "bad", "missed": "bad", "too": "quiet", "no": "quiet",
    },
    "decision": {"accepted": "good", "deferred": "watch", "declined": "quiet"},
    "verdict": {"fell": "good", "rose": "bad", "no": "quiet", "too": "quiet", "not": "quiet"},
    "kept": {"yes": "good", "no": "bad"},
}  # fmt: skip
"""Column -> first word of a value -> the tone of its frame."""


def chip_html(column: str, text: str) -> Markup:
    """Return a word in a frame; "" where the column has no such words. The word says all that the colour does."""
    tone = TONES.get(column, {}).get(text.split(" ")[0])
    return render("tables/chip.html", text=text, tone=tone) if tone else Markup()
