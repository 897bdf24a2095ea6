"""The user's own template: any PowerPoint file, opened without its slides and without anybody's traces."""

from __future__ import annotations

import io
import zipfile
from typing import Any, NoReturn

import olefile
from pptx.exc import PythonPptxError
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml.ns import qn
from pptx.package import Package

from cs_dash.errors import PasswordNeeded, UnreadableFile
from cs_dash.review.pptx.texts import flat

TITLE = "Could not use the template"
MOST_BYTES = 500_000_000
"""What a template may take when it is unpacked."""
_MACROS = "application/vnd.ms-powerpoint.template.macroEnabled.main+xml"
_SLIDE_SHOW_MACROS = "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml"
_KINDS = {
    CT.PML_PRESENTATION_MAIN, CT.PML_PRES_MACRO_MAIN, CT.PML_TEMPLATE_MAIN, CT.PML_SLIDESHOW_MAIN,
    _MACROS, _SLIDE_SHOW_MACROS,
}  # fmt: skip
_TRACES = (
    "/thumbnail", "/extended-properties", "/printerSettings", "/commentAuthors", "/authors", "/vbaProject",
    "/viewProps", "/customXml",
)  # fmt: skip
"""What a template may carry of its author, of its slides, or that runs: ends of the names of relationships."""


def opened_template(template: bytes) -> Any:
    """Return a template as an empty presentation.

    Raises:
        PasswordNeeded: it is encrypted.
        UnreadableFile: it is no PowerPoint file, or a broken one.
    """
    try:
        if olefile.isOleFile(io.BytesIO(template)):
            _refuse_old(template)
        with zipfile.ZipFile(io.BytesIO(template)) as parts:
            too_large = sum(part.file_size for part in parts.infolist()) > MOST_BYTES
        if too_large:
            raise _unreadable("it is too large when unpacked", "Take one with fewer pictures.")
        main = Package.open(io.BytesIO(template)).main_document_part
        if main.content_type not in _KINDS:
            raise _unreadable("it is not a PowerPoint file", "Take a .pptx or .potx file.")
        if main.content_type != CT.PML_PRESENTATION_MAIN:
            main = _as_presentation(template)
        presentation = main.presentation
        _remove_slides(presentation)
        _remove_traces(presentation)
    except (
        zipfile.BadZipFile,
        PythonPptxError,
        SyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        raise _unreadable("it is not a complete PowerPoint file", "Take a .pptx or .potx file.") from error
    return presentation


def _refuse_old(template: bytes) -> NoReturn:
    """Refuse a file in the container that PowerPoint uses for encrypted files, and used for all before 2007."""
    with olefile.OleFileIO(io.BytesIO(template)) as container:
        encrypted = container.exists("EncryptedPackage")
    if encrypted:
        raise PasswordNeeded(
            TITLE, "Could not read the template because it is encrypted.", "Save it without a password."
        )
    raise _unreadable("it is in the format of PowerPoint before 2007", "Save it as .pptx or .potx.")


def _unreadable(why: str, hint: str) -> UnreadableFile:
    return UnreadableFile(TITLE, f"Could not read the template because {why}.", hint)


def _as_presentation(template: bytes) -> Any:
    """Return the main part of a template, of a slide show or of a file with macros, opened as a presentation."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                for kind in _KINDS - {CT.PML_PRESENTATION_MAIN}:
                    content = content.replace(kind.encode(), CT.PML_PRESENTATION_MAIN.encode())
            target.writestr(name, content)
    return Package.open(out).main_document_part


def _remove_slides(presentation: Any) -> None:
    """Remove the slides with everything that points at them, so that no part of them is written."""
    root = presentation.element
    slides = root.find(qn("p:sldIdLst"))
    for slide in () if slides is None else list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    for tag in ("p:custShowLst", "p:modifyVerifier", "p:extLst"):  # shows, a password for editing, sections
        for element in root.findall(qn(tag)):
            root.remove(element)
    for master in presentation.slide_masters:
        for part in (master.part, *(layout.part for layout in master.slide_layouts)):
            _remove_links_to_slides(part)


def _remove_links_to_slides(part: Any) -> None:
    for rel_id, relationship in list(part.rels.items()):
        if relationship.reltype != RT.SLIDE:
            continue
        for tag in ("a:hlinkClick", "a:hlinkHover"):
            for link in list(part._element.iter(qn(tag))):
                if link.get(qn("r:id")) == rel_id:
                    link.getparent().remove(link)
        part.rels.pop(rel_id)


def _remove_traces(presentation: Any) -> None:
    used = serialize_part_xml(presentation.element).decode()
    for rels in (presentation.part.package._rels, presentation.part.rels):
        for rel_id, relationship in list(rels.items()):
            if relationship.reltype.endswith(_TRACES) and f'"{rel_id}"' not in used:
                rels.pop(rel_id)


def clean_properties(presentation: Any, title: str) -> None:
    """Give the document its title and nobody's name."""
    properties = presentation.core_properties
    properties.title = flat(title)[:255]
    for name in ("author", "last_modified_by", "category", "comments", "keywords", "subject", "content_status",
                 "identifier", "language", "version"):  # fmt: skip
        setattr(properties, name, "")
    properties.revision = 1
    _remove_traces(presentation)
