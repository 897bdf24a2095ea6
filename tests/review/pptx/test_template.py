"""The user's own template: its masters and colours are used, its slides and its author are gone."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches

from cs_dash.errors import CsDashError, PasswordNeeded, UnreadableFile
from cs_dash.look.theme import LIGHT
from cs_dash.review.pptx import pptx_bytes
from tests.review import decks
from tests.review.pptx import reading
from tests.review.pptx.package_checks import faults

MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
KINDS = (
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
)


def saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def template(slides: int = 3) -> Any:
    """Return a 4:3 presentation with slides, foreign names of layouts, a picture of a slide and an author."""
    presentation = Presentation()
    presentation.core_properties.author = "Secret Author"
    for at, layout in enumerate(presentation.slide_layouts):
        layout.name = f"Ебене {at}"
    for _ in range(slides):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Leftover of the template"
        slide.notes_slide.notes_text_frame.text = "Leftover notes"
    return presentation


def replaced(blob: bytes, part: str, old: str, new: str) -> bytes:
    """Return a file with text replaced in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old.encode(), new.encode()) if name == part else content)
    return out.getvalue()


def test_the_slides_of_a_template_are_gone_with_all_their_parts() -> None:
    deck = decks.deck()
    blob = pptx_bytes(deck, template=saved(template()))
    assert faults(blob, own=False) == []
    presentation = reading.opened(blob)
    assert len(presentation.slides) == len(deck.shown)
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        slides = [name for name in archive.namelist() if name.startswith("ppt/slides/slide")]
    assert len(slides) == len(deck.shown)
    for trace in (b"Leftover of the template", b"Leftover notes", b"Secret Author"):
        assert trace not in everything


@pytest.mark.parametrize("kind", KINDS)
def test_templates_shows_and_files_with_macros_become_presentations(kind: str) -> None:
    blob = pptx_bytes(decks.deck(), template=replaced(saved(template()), "[Content_Types].xml", MAIN, kind))
    assert faults(blob, own=False) == []
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    assert MAIN in types
    assert "macroEnabled" not in types


def test_the_title_is_the_template_s_title_and_the_footer_its_footer() -> None:
    slide = reading.opened(pptx_bytes(decks.deck(), template=saved(template()))).slides[2]
    types = {shape.placeholder_format.type: shape for shape in slide.placeholders}
    assert slide.shapes.title.text == decks.deck().slides[2].title
    assert "Field Ops Ltd" in types[PP_PLACEHOLDER.FOOTER].text_frame.text
    assert "Data as of 30 Sep 2026" in types[PP_PLACEHOLDER.DATE].text_frame.text
    assert types[PP_PLACEHOLDER.SLIDE_NUMBER].text_frame.text == "3"
    assert not {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY} & set(types)


def test_charts_have_the_colours_of_the_template_s_theme() -> None:
    presentation = reading.opened(pptx_bytes(decks.deck(), template=saved(template())))
    colors = {
        element.get("val")
        for slide in presentation.slides
        for chart in reading.charts(slide)
        for element in chart._chartSpace.iter(qn("a:schemeClr"))
    }
    assert {"accent1", "tx1"} <= colors
    fixed = {
        element.get("val")
        for slide in presentation.slides
        for chart in reading.charts(slide)
        for element in chart._chartSpace.iter(qn("a:srgbClr"))
    }
    assert LIGHT.accent.lstrip("#") not in fixed
    assert LIGHT.good.lstrip("#") in fixed


def test_text_on_a_dark_template_is_light() -> None:
    presentation = template(0)
    master = presentation.slide_master
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = RGBColor(0x10, 0x10, 0x18)
    slide = reading.opened(pptx_bytes(decks.deck(), template=saved(presentation))).slides[1]
    panel = next(shape for shape in slide.shapes if shape.name == "Figures and facts")
    colors = [element.get("val") for element in panel._element.iter(qn("a:schemeClr"))]
    assert "bg1" in colors
    assert "tx1" not in colors


def test_everything_stays_on_the_slide() -> None:
    for blob in (pptx_bytes(decks.deck()), pptx_bytes(decks.deck(), template=saved(template()))):
        presentation = reading.opened(blob)
        for slide in presentation.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= presentation.slide_width + 1
                assert shape.top + shape.height <= presentation.slide_height + 1


def test_a_layout_without_places_for_content_gets_the_room_under_its_title() -> None:
    presentation = template(0)
    master = presentation.slide_master
    for layout in list(master.slide_layouts):
        if layout._element.get("type") != "titleOnly":
            master.slide_layouts.remove(layout)
    blob = pptx_bytes(decks.deck(), template=saved(presentation))
    assert faults(blob, own=False) == []
    (chart,) = [shape for shape in reading.opened(blob).slides[1].shapes if shape.has_chart]
    assert chart.height > Inches(2)


def test_slides_of_a_template_without_titles_have_one_all_the_same() -> None:
    presentation = template(0)
    master = presentation.slide_master
    for layout in list(master.slide_layouts):
        if layout._element.get("type") != "blank":
            master.slide_layouts.remove(layout)
    blob = pptx_bytes(decks.deck(), template=saved(presentation))
    assert faults(blob, own=False) == []
    titles = [slide.shapes.title.text for slide in reading.opened(blob).slides]
    assert titles == [slide.title for slide in decks.deck().shown]


def test_a_template_without_layouts_is_refused_in_one_sentence() -> None:
    presentation = template(0)
    master = presentation.slide_master
    for layout in list(master.slide_layouts):
        master.slide_layouts.remove(layout)
    with pytest.raises(UnreadableFile, match="because its slide master has no layouts"):
        pptx_bytes(decks.deck(), template=saved(presentation))


def encrypted() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(saved(template(0)))).encrypt("secret", out)
    return out.getvalue()


def test_an_encrypted_template_is_refused() -> None:
    with pytest.raises(PasswordNeeded, match="because it is encrypted"):
        pptx_bytes(decks.deck(), template=encrypted())


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"not a zip",
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        replaced(saved(template(0)), "[Content_Types].xml", MAIN, WORKBOOK),
        replaced(saved(template(0)), "ppt/presentation.xml", "<p:sldMasterIdLst>", "<broken"),
        saved(template(0))[:-3000],
    ],
    ids=["empty", "text", "cut", "old", "workbook", "broken", "truncated"],
)
def test_what_is_no_powerpoint_file_is_refused(blob: bytes) -> None:
    with pytest.raises(CsDashError) as refusal:
        pptx_bytes(decks.deck(), template=blob)
    assert refusal.value.title == "Could not use the template"
    assert refusal.value.hint


@pytest.mark.skipif(not os.environ.get("CS_DASH_PPTX_TEMPLATES"), reason="names no folder with templates of others")
def test_templates_of_others_give_a_proper_deck() -> None:
    for path in sorted(Path(os.environ["CS_DASH_PPTX_TEMPLATES"]).glob("*.p*tx")):
        assert faults(pptx_bytes(decks.deck(), template=path.read_bytes()), own=False) == [], path.name


def test_type_is_as_large_as_the_slides_of_the_template() -> None:
    sizes = []
    for factor in (1, 2):
        presentation = template(0)
        presentation.slide_width, presentation.slide_height = Inches(10 * factor), Inches(7.5 * factor)
        slide = reading.opened(pptx_bytes(decks.deck(), template=saved(presentation))).slides[1]
        subtitle = next(shape for shape in slide.shapes if shape.name == "Subtitle")
        sizes.append(subtitle.text_frame.paragraphs[0].runs[0].font.size.pt)
    assert sizes == [13, 26]


def test_text_that_the_theme_makes_unreadable_is_black() -> None:
    presentation = template(0)
    theme = presentation.slide_master.part.part_related_by(RT.THEME)
    theme.blob = theme.blob.replace(b'<a:sysClr val="windowText" lastClr="000000"/>', b'<a:srgbClr val="DDDDDD"/>')
    slide = reading.opened(pptx_bytes(decks.deck(), template=saved(presentation))).slides[1]
    panel = next(shape for shape in slide.shapes if shape.name == "Figures and facts")
    assert "000000" in {element.get("val") for element in panel._element.iter(qn("a:srgbClr"))}
