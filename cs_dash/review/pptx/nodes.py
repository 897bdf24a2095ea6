"""Elements of the file's own language where python-pptx has no words for them."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Any

from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement

_NOT_IN_A_FILE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


SCALE: ContextVar[float] = ContextVar("scale", default=1.0)
"""Real points in a point of the deck: slides are laid out 540 points high, however high those of a template are."""


def emu(points: float) -> int:
    """Return a length as PowerPoint counts it."""
    return round(points * 12_700 * SCALE.get())


def hundredths(points: float) -> int:
    """Return the size of a font, or a space between lines, as PowerPoint counts it."""
    return round(points * 100 * SCALE.get())


def points_of(length: int) -> float:
    """Return a length of PowerPoint in points of the deck."""
    return length / 12_700 / SCALE.get()


def node(tag: str, *children: Any, **attributes: object) -> Any:
    """Return an element: its tag with the prefix ("a:solidFill"), its children in order, its attributes.

    A child that is None is left out, a text child is the element's text.
    """
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(name.replace("_", ":") if "_" not in name else qn(name.replace("_", ":")), str(value))
    for child in children:
        if isinstance(child, str):
            element.text = child
        elif child is not None:
            element.append(child)
    return element


def clean(text: object) -> str:
    """Return text that the file can hold: without control characters, a tab or a carriage return as a space."""
    return _NOT_IN_A_FILE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def solid(ink: tuple[str, str], alpha: float = 1.0) -> Any:
    """Return the fill in a colour, ("srgbClr", "1F9D72") or ("schemeClr", "accent1"); `alpha`: 0 is invisible."""
    kind, value = ink
    opacity = node("a:alpha", val=round(alpha * 100_000)) if alpha < 1 else None
    return node("a:solidFill", node(f"a:{kind}", opacity, val=value))


def outline(ink: tuple[str, str] | None, width: float = 1.0, dash: str = "", alpha: float = 1.0) -> Any:
    """Return the outline of a mark, `width` in points; None for a mark without one."""
    if ink is None:
        return node("a:ln", node("a:noFill"))
    dashes = node("a:prstDash", val=dash) if dash else None
    return node("a:ln", solid(ink, alpha), dashes, node("a:round"), w=emu(width), cap="rnd" if not dash else "flat")


def put_before(parent: Any, child: Any, *tags: str) -> None:
    """Put a child before the first of these children of its parent, or at the end."""
    for tag in tags:
        follower = parent.find(qn(tag))
        if follower is not None:
            follower.addprevious(child)
            return
    parent.append(child)


def put(parent: Any, child: Any, *after: str) -> None:
    """Replace the parent's child of the same tag, or put the new one before the first of the tags that follow it."""
    existing = parent.find(child.tag)
    if existing is not None:
        parent.replace(existing, child)
    else:
        put_before(parent, child, *after)
