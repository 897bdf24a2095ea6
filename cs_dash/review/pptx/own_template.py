"""The product's own look as a PowerPoint master: 16:9, white, one accent; made of python-pptx's plain presentation."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu

from cs_dash.look.theme import LIGHT
from cs_dash.review.pptx.boxes import Box
from cs_dash.review.pptx.nodes import emu, hundredths, node, outline

WIDTH, HEIGHT = 960, 540
MARGIN = 48
LATIN, EAST_ASIAN = "Inter", "Microsoft YaHei"
PANOSE = "020B0604020202020204"
"""A sans-serif: where Inter is not installed, PowerPoint takes a face that is like it."""
TITLE = Box(MARGIN, 20, WIDTH - 2 * MARGIN, 70)
CONTENT = Box(MARGIN, 94, WIDTH - 2 * MARGIN, 396)
_TITLE_SLIDE, _TITLE_ONLY = "title", "titleOnly"
_FOOTER_TOP, _FOOTER_HEIGHT = 503, 24
_PLACES = {
    "title": TITLE,
    "body": CONTENT,
    "ftr": Box(MARGIN, _FOOTER_TOP, 440, _FOOTER_HEIGHT),
    "dt": Box(MARGIN + 450, _FOOTER_TOP, 374, _FOOTER_HEIGHT),
    "sldNum": Box(WIDTH - MARGIN - 36, _FOOTER_TOP, 36, _FOOTER_HEIGHT),
    "ctrTitle": Box(MARGIN, 130, WIDTH - 2 * MARGIN, 132),
    "subTitle": Box(MARGIN, 274, WIDTH - 2 * MARGIN, 190),
}
_ALIGNED = {"ftr": "l", "dt": "r", "sldNum": "r", "title": "l", "ctrTitle": "l", "subTitle": "l"}


def own_presentation() -> Any:
    """Return an empty presentation with a title slide and a layout of title and free space."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Emu(emu(WIDTH)), Emu(emu(HEIGHT))
    size = presentation.element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)
    master = presentation.slide_master
    for layout in list(master.slide_layouts):
        if layout._element.get("type") not in (_TITLE_SLIDE, _TITLE_ONLY):
            master.slide_layouts.remove(layout)
    _recolor(master)
    for part in (master, *master.slide_layouts):
        for placeholder in part.placeholders:
            _place(placeholder, part is master)
    _style_titles(master)
    _add_rule(master)
    return presentation


def _recolor(master: Any) -> None:
    part = master.part.part_related_by(RT.THEME)
    root = parse_xml(part.blob)
    root.set("name", "Review")
    colors = {"dk1": LIGHT.text, "lt1": LIGHT.background, "dk2": LIGHT.muted, "lt2": LIGHT.second}
    colors |= {f"accent{number}": color for number, color in enumerate(LIGHT.categories[:6], 1)}
    colors |= {"hlink": LIGHT.accent, "folHlink": LIGHT.categories[3]}
    for slot in root.find(f".//{qn('a:clrScheme')}"):
        slot[:] = [node("a:srgbClr", val=colors[slot.tag.rpartition("}")[2]].lstrip("#"))]
    for fonts in root.find(f".//{qn('a:fontScheme')}"):
        latin, east_asian = fonts.find(qn("a:latin")), fonts.find(qn("a:ea"))
        latin.set("typeface", LATIN)
        latin.set("panose", PANOSE)
        east_asian.set("typeface", EAST_ASIAN)
    part.blob = serialize_part_xml(root)


def _place(placeholder: Any, on_master: bool) -> None:
    kind = placeholder._element.find(f".//{qn('p:ph')}").get("type", "body")
    if not on_master and kind not in ("ctrTitle", "subTitle"):  # as on the master
        return
    placeholder.left, placeholder.top, placeholder.width, placeholder.height = _PLACES[kind].emu
    body = placeholder._element.txBody
    properties = body.find(qn("a:bodyPr"))
    properties[:] = []
    for name in ("lIns", "rIns", "tIns", "bIns"):
        properties.set(name, "0")
    properties.set("anchor", "b" if kind in ("title", "ctrTitle") else "t" if kind in ("body", "subTitle") else "ctr")
    if kind in ("ftr", "dt", "sldNum"):
        _set_style(body, kind, size=9, color="tx2")
    elif kind == "ctrTitle":
        _set_style(body, kind, size=38, color="tx1")
    elif kind == "subTitle":
        _set_style(body, kind, size=18, color="tx2")


def _set_style(body: Any, kind: str, size: int, color: str) -> None:
    run = node("a:defRPr", node("a:solidFill", node("a:schemeClr", val=color)), sz=hundredths(size))
    bullets = node("a:buNone") if kind == "subTitle" else None
    level = node("a:lvl1pPr", bullets, run, algn=_ALIGNED[kind], marL=0, indent=0)
    body.find(qn("a:lstStyle"))[:] = [level]


def _style_titles(master: Any) -> None:
    level = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    run = level.find(qn("a:defRPr"))
    run.set("sz", "2600")
    run.set("b", "1")


def _add_rule(master: Any) -> None:
    """Add the thin line above the footer."""
    tree = master.shapes._spTree
    corner = node("a:off", x=emu(MARGIN), y=emu(_FOOTER_TOP - 5))
    length = node("a:ext", cx=emu(WIDTH - 2 * MARGIN), cy=0)
    about = node(
        "p:nvCxnSpPr",
        node("p:cNvPr", id=max(shape.shape_id for shape in master.shapes) + 1, name="Rule"),
        node("p:cNvCxnSpPr"),
        node("p:nvPr", userDrawn=1),
    )
    look = node(
        "p:spPr",
        node("a:xfrm", corner, length),
        node("a:prstGeom", node("a:avLst"), prst="line"),
        outline(("srgbClr", LIGHT.border.lstrip("#")), 0.75),
    )
    tree.append(node("p:cxnSp", about, look))
