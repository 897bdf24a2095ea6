"""The colours of a deck: those of the product, or those of the user's own template.

In the file a colour is a name of the file's theme wherever the theme has it, so that whoever changes the theme changes
the charts. Health, gain and loss keep their own colours in every template: they mean something.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from cs_dash.look.theme import DARK, LIGHT, Theme, blend, contrast, luminance

ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
LEAST_CONTRAST = 1.9
"""An accent closer to the background than this does not colour marks."""
READABLE, READABLE_LARGE = 4.5, 3.0
EQUAL_CONTRAST = 0.179  # luminance at which black and white have the same contrast
BLACK, WHITE = "#000000", "#FFFFFF"


@dataclass(frozen=True)
class DeckColors:
    """The colours of the slides of one layout.

    Attributes:
        theme: the colours by their part, as "#RRGGBB".
        names: colour -> its name in the file's theme.
    """

    theme: Theme
    names: dict[str, str] = field(default_factory=dict)

    def ink(self, color: str) -> tuple[str, str]:
        """Return a colour as the file has it: by its name in the theme, else by its channels."""
        name = self.names.get(color)
        return ("schemeClr", name) if name else ("srgbClr", color.lstrip("#").upper())

    def text_on(self, color: str) -> str:
        """Return black or white, whichever is easier to read on this colour."""
        return BLACK if luminance(color) > EQUAL_CONTRAST else WHITE

    def readable(self, color: str, large: bool = False) -> str:
        """Return the colour for text, or the colour of plain text where it is too close to the background."""
        least = READABLE_LARGE if large else READABLE
        return color if contrast(color, self.theme.background) >= least else self.theme.text


def palette_of(layout: Any, own: bool) -> DeckColors:
    """Return the colours of a layout. `own`: it is the product's own, whose theme has the product's colours."""
    if own:
        names = dict(zip(LIGHT.categories, ACCENTS, strict=False))
        return DeckColors(LIGHT, names | {LIGHT.text: "tx1", LIGHT.background: "bg1", LIGHT.muted: "tx2"})
    master = layout.slide_master
    colors = _theme_colors(master)
    mapping = _mapping(layout, master)
    named = {name: colors[mapping.get(name, name)] for name in ("bg1", "tx1", "bg2", "tx2", *ACCENTS)}
    background = _background(layout, named) or _background(master, named) or named["bg1"]
    # the theme's own colour of text; where it cannot be read on this background, the one that can be read best
    readable = [named[name] for name in ("tx1", "bg1") if contrast(named[name], background) >= READABLE]
    text = next(iter(readable), BLACK if luminance(background) > EQUAL_CONTRAST else WHITE)
    base = LIGHT if luminance(background) > EQUAL_CONTRAST else DARK
    accents = [named[name] for name in ACCENTS if contrast(named[name], background) >= LEAST_CONTRAST]
    categories = list(dict.fromkeys([*accents, *base.categories[:-1]]))[:6]
    theme = replace(
        base,
        background=background,
        text=text,
        second=blend(background, text, 0.05),
        border=blend(background, text, 0.14),
        muted=blend(text, background, 0.32),
        accent=categories[0],
        categories=(*categories, blend(text, background, 0.5)),
        cohort=(blend(background, categories[0], 0.08), blend(categories[0], text, 0.25)),
    )
    return DeckColors(theme, {color: name for name, color in reversed(named.items())})


def _theme_colors(master: Any) -> dict[str, str]:
    root = parse_xml(master.part.part_related_by(RT.THEME).blob)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    colors = {"dk1": BLACK, "lt1": WHITE, "dk2": BLACK, "lt2": WHITE} | dict.fromkeys(ACCENTS, LIGHT.accent)
    for slot in () if scheme is None else scheme:
        for value in slot:
            rgb = value.get("lastClr") or value.get("val") or ""
            if len(rgb) == 6:
                colors[slot.tag.rpartition("}")[2]] = f"#{rgb.upper()}"
    return colors


def _mapping(layout: Any, master: Any) -> dict[str, str]:
    """Return which colour of the theme plays which part: a layout may swap dark and light."""
    override = layout._element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    element = override if override is not None else master._element.find(qn("p:clrMap"))
    return dict(element.attrib) if element is not None else {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


def _background(part: Any, named: dict[str, str]) -> str | None:
    """Return the colour of a background, the first one of a gradient; None where there is none, or a picture."""
    background = part._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
    if background is None:
        return None
    for color in background.iter(qn("a:schemeClr"), qn("a:srgbClr")):
        value = color.get("val", "")
        if color.tag == qn("a:srgbClr"):
            return f"#{value.upper()}"
        return named.get(value)
    return None
