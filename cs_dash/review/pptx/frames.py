"""Where things stand on a slide: layouts of a template, chosen by the types of their placeholders, never by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from cs_dash.errors import UnreadableFile
from cs_dash.review.pptx import own_template
from cs_dash.review.pptx.boxes import Box, of_shape
from cs_dash.review.pptx.nodes import SCALE, points_of
from cs_dash.review.pptx.palette import DeckColors, palette_of
from cs_dash.review.pptx.template import TITLE

TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
CONTENTS = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.CHART, PP_PLACEHOLDER.TABLE)
FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER)
FOOTER_HEIGHT, GAP = 16, 6
"""Points that a footer of our own takes where the template has none, and between two things."""
LEAST_USABLE = 0.25
"""Share of the slide that a layout must have for content to be used as it is."""
LEAST_CONTENT = 0.3
"""Share of the slide that a placeholder must have to hold a slide's content."""
USUAL_SIZE = 40.0
INSET_ACROSS, INSET_DOWN, EDGE = 7.2, 5.0, 0.025
"""Points of a placeholder's margins, and share of the width at the edges of a slide where nothing stands."""


@dataclass(frozen=True)
class SlideFrame:
    """A layout and its free room.

    Attributes:
        layout: the layout of python-pptx.
        title: the box of the title.
        title_size: the size in points in which the template writes a title.
        title_place: where the title goes if not to the layout's own place: clear of a logo, of a stamp, of the content.
        title_scale: how much wider the title is written than it stands in the deck, as in capitals.
        content: the box of everything else.
        text: the box of the layout's own place for text under the title of a first slide, or None.
        footer: the box of a footer of our own; None where the layout has its own.
        palette: the colours on this layout.
    """

    layout: Any
    title: Box
    title_size: float
    title_place: Box | None
    title_scale: float
    content: Box
    text: Box | None
    footer: Box | None
    palette: DeckColors


def content_frame(presentation: Any, own: bool) -> SlideFrame:
    """Return the layout for slides with content: the one with a title and the largest placeholder for content.

    Raises UnreadableFile where there is no layout.
    """
    layouts = _layouts(presentation)
    layout = max(layouts, key=lambda layout: _usable(layout, presentation))
    title, content, footer = _title_box(layout, presentation), _content_box(layout, presentation), None
    if not own and _usable(layout, presentation) < LEAST_USABLE:  # a layout for something else
        title = _usual_title(presentation)
        content = _room_beside(title, layout, presentation)
    if own:
        content = own_template.CONTENT
    else:
        content = _inset(content, presentation)
    if not own and not any(_type(placeholder) in FOOTERS for placeholder in layout.placeholders):
        bottom = points_of(presentation.slide_height) - 6
        footer = Box(content.left, bottom - FOOTER_HEIGHT, content.width, FOOTER_HEIGHT)
        content = Box(content.left, content.top, content.width, min(content.height, footer.top - GAP - content.top))
    return _frame(layout, title, content, footer, own)


def title_frame(presentation: Any, own: bool) -> SlideFrame:
    """Return the layout for the first slide: the one of a title slide, else the one for content."""
    for layout in _layouts(presentation):
        types = [_type(placeholder) for placeholder in layout.placeholders]
        if PP_PLACEHOLDER.CENTER_TITLE in types or (PP_PLACEHOLDER.SUBTITLE in types and PP_PLACEHOLDER.TITLE in types):
            text = [p for p in layout.placeholders if _type(p) == PP_PLACEHOLDER.SUBTITLE] or [
                p for p in layout.placeholders if _type(p) == PP_PLACEHOLDER.BODY
            ]
            title = _title_box(layout, presentation)
            content = of_shape(text[0]) if text else _room_beside(title, layout, presentation)
            return _frame(layout, title, content, None, own, of_shape(text[0]) if text else None)
    return content_frame(presentation, own)


def _layouts(presentation: Any) -> list[Any]:
    """Return the layouts with a title, or all where none has one; its slides get a title of their own then."""
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    if not layouts:
        raise UnreadableFile(
            TITLE,
            "Could not use the template because its slide master has no layouts.",
            "Add a layout to it in PowerPoint, or take another template.",
        )
    return [layout for layout in layouts if _title_of(layout) is not None] or layouts


def _title_of(layout: Any) -> Any:
    """Return the place of the title on a layout, or None."""
    return next((p for p in layout.placeholders if _type(p) in TITLES and not _is_vertical(p)), None)


def _title_box(layout: Any, presentation: Any) -> Box:
    """Return the box of the title; the usual place at the top where the layout has none."""
    title = _title_of(layout)
    return of_shape(title) if title is not None else _usual_title(presentation)


def _usual_title(presentation: Any) -> Box:
    width, height = points_of(presentation.slide_width), points_of(presentation.slide_height)
    return Box(width * 0.05, height * 0.04, width * 0.9, height * 0.15)


def _type(placeholder: Any) -> Any:
    return placeholder.placeholder_format.type


def _is_vertical(placeholder: Any) -> bool:
    properties = placeholder._element.find(f".//{qn('a:bodyPr')}")
    orient = placeholder._element.find(f".//{qn('p:ph')}").get("orient")
    return orient == "vert" or (properties is not None and properties.get("vert", "horz") != "horz")


def _contents(layout: Any) -> list[Box]:
    return [of_shape(p) for p in layout.placeholders if _type(p) in CONTENTS and not _is_vertical(p)]


def _usable(layout: Any, presentation: Any) -> float:
    """Return the share of the slide that a layout has for content; a title slide has none."""
    if any(_type(p) in (PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE) for p in layout.placeholders):
        return 0.0
    box = _content_box(layout, presentation)
    title = _title_box(layout, presentation)
    room = points_of(presentation.slide_width) * points_of(presentation.slide_height)
    beside_title = title.bottom > box.top + 2 and title.right > box.left + 2 and title.left < box.right - 2
    # a title that is taller than wide, or that lies over the content, belongs to a layout for something else
    return 0.01 if beside_title or title.height > title.width else box.width * box.height / room


def _content_box(layout: Any, presentation: Any) -> Box:
    """Return the largest placeholder for content; what lies under the title where there is none large enough."""
    width, height = points_of(presentation.slide_width), points_of(presentation.slide_height)
    largest = max(_contents(layout), key=lambda box: box.width * box.height, default=None)
    if largest is not None and largest.width * largest.height >= LEAST_CONTENT * width * height:
        return Box(
            max(largest.left, 0),
            max(largest.top, 0),
            min(largest.width, width),
            min(largest.height, height - largest.top),
        )
    return _room_beside(_title_box(layout, presentation), layout, presentation)


def _room_beside(title: Box, layout: Any, presentation: Any) -> Box:
    """Return the room under a title, or above one that stands below."""
    height = points_of(presentation.slide_height)
    footers = [of_shape(p).top for p in layout.placeholders if _type(p) in FOOTERS]
    bottom = min([top for top in footers if top > height / 2], default=height - 24)
    below = Box(title.left, title.bottom + GAP, title.width, bottom - 2 * GAP - title.bottom)
    above = Box(title.left, 2 * GAP, title.width, title.top - 3 * GAP)
    return max(below, above, key=lambda box: box.height)


def _inset(box: Box, presentation: Any) -> Box:
    """Return a placeholder's box without its margins; the edges of the slide stay free."""
    width = points_of(presentation.slide_width)
    left = max(box.left + INSET_ACROSS, EDGE * width)
    right = min(box.right - INSET_ACROSS, (1 - EDGE) * width)
    return Box(left, box.top + INSET_DOWN, right - left, box.height - 2 * INSET_DOWN)


def _frame(layout: Any, box: Box, content: Box, footer: Box | None, own: bool, text: Box | None = None) -> SlideFrame:
    size, capitals = _title_style(layout)
    inset = 0 if own else 15
    free = Box(box.left, box.top, _free_width(layout, box), box.height)
    native = _title_of(layout)
    place = free if native is None or free != of_shape(native) else None
    room = Box(free.left, free.top, free.width - inset, free.height - inset / 2)
    scale, palette = 1.2 if capitals else 1.0, palette_of(layout, own)
    return SlideFrame(layout, room, size, place, scale, content, text, footer, palette)


def _free_width(layout: Any, title: Box) -> float:
    """Return the width of a title up to a logo or a stamp that the template has at its right."""
    lefts = []
    for shape in (*layout.shapes, *layout.slide_master.shapes):
        box = of_shape(shape)
        beside = box.left > title.left + title.width / 2 and box.left < title.right - 2
        if not shape.is_placeholder and beside and box.top < title.bottom - 2 and box.bottom > title.top + 2:
            lefts.append(box.left)
    return min(lefts) - GAP - title.left if lefts else title.width


def _title_style(layout: Any) -> tuple[float, bool]:
    """Return the size of a title in points and whether it is in capitals, as layout and master have it."""
    master = layout.slide_master
    titles = [p for part in (layout, master) for p in part.placeholders if _type(p) in TITLES]
    styles = [placeholder._element.txBody.find(qn("a:lstStyle")) for placeholder in titles]
    styles.append(master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}"))
    runs = [style.find(f"{qn('a:lvl1pPr')}/{qn('a:defRPr')}") for style in styles if style is not None]
    sizes = [run.get("sz") for run in runs if run is not None and run.get("sz")]
    caps = [run.get("cap") for run in runs if run is not None and run.get("cap")]
    return (int(sizes[0]) / 100 / SCALE.get() if sizes else USUAL_SIZE), caps[:1] == ["all"]
