"""The whole file: slides, style sheet, scripts, typeface, and the policy by which a browser loads nothing else."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cs_dash.look.templates import Markup, render
from cs_dash.look.theme import DARK, FONT, LIGHT
from cs_dash.review.deck import Deck
from cs_dash.review.html.drawings import Palette
from cs_dash.review.html.slides import DecisionForm, Style, foot, slide_html
from cs_dash.review.html.typeface import parts_for

FOLDER = Path(__file__).parent
STYLES = ("slide", "modes", "decision", "print")
SCRIPTS = ("present", "speaker", "keys")
DECIDING = "decide"
"""The script that only the presentation in the app has."""
TOKENS = ("background", "second", "border", "text", "muted", "accent", "good", "watch", "watch_edge", "bad")


@dataclass(frozen=True)
class Document:
    """A deck as HTML.

    Attributes:
        content: the file.
        policy: what a browser may load and run for it, as the file itself says too.
    """

    content: bytes
    policy: str


def html_bytes(deck: Deck, *, locale: str = "en", speaker_notes: bool = True) -> bytes:
    """Return a deck as one HTML file that needs nothing beside it.

    `speaker_notes`: whether the notes of the speaker are in it, for its second window; no reader of the slides sees
    them there, but whoever opens the file can.
    """
    return document(deck, locale=locale, speaker_notes=speaker_notes).content


def document(
    deck: Deck,
    *,
    locale: str = "en",
    speaker_notes: bool = True,
    forms: Mapping[str, DecisionForm] | None = None,
    address: str = "",
    ask_name: bool = False,
    links: Sequence[tuple[str, str]] = (),
) -> Document:
    """Return a deck as HTML with the policy that fits it.

    Args:
        deck: the deck.
        locale: language of numbers and dates.
        speaker_notes: see `html_bytes`.
        forms: item -> the form in which it is decided; only for the presentation in the app.
        address: where decisions are sent to; "" without forms.
        ask_name: whether a form asks who records the decision.
        links: (words, address) of other presentations of the review, such as one without names.
    """
    palette = Palette()
    style = Style(deck, locale, palette, forms or {} if address else {}, ask_name)
    slides = Markup("").join(slide_html(slide, number, style) for number, slide in deck.numbered())
    script = _script(DECIDING) if style.forms else _script()
    sheet = _style_sheet(deck, slides, palette)
    policy = _policy(script, sheet, "'self'" if style.forms else "'none'")
    html = render(
        "review/deck.html",
        deck=deck,
        foot=foot(deck, locale),
        slides=slides,
        shown=list(deck.numbered()),
        speaker_notes=speaker_notes,
        policy=policy,
        style=sheet,
        script=script,
        address=address if style.forms else "",
        links=links,
    )
    return Document(html.encode(), policy)


def _policy(script: str, sheet: str, connects: str) -> str:
    sources = {
        "default-src": "'none'",
        "script-src": _digest(script),
        "style-src": _digest(sheet),
        "font-src": "data:",
        "connect-src": connects,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _style_sheet(deck: Deck, slides: str, palette: Palette) -> Markup:
    """Return the style sheet with the colours of this deck's charts and the fonts that it needs."""
    tokens = {name.replace("_", "-"): (getattr(LIGHT, name), getattr(DARK, name)) for name in TOKENS}
    notes = " ".join(f"{slide.speaker_notes} {slide.section}" for slide in deck.slides)
    return render(
        "review/style.css",
        fonts=parts_for(f"{slides}{notes}{deck.title}"),
        font=Markup(FONT),
        tokens=tokens,
        palette=list(palette.items()),
        rules=_files("styles", STYLES, "css"),
    )


def _script(*more: str) -> Markup:
    return _files("scripts", (*SCRIPTS, *more), "js")


@cache
def _files(folder: str, names: tuple[str, ...], ending: str) -> Markup:
    return Markup("\n".join((FOLDER / folder / f"{name}.{ending}").read_text(encoding="utf-8") for name in names))
