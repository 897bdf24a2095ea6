"""The files that a deck can be written as, by the ending of their names.

What writes one is imported when a file of this kind is asked for: each rests on a large library.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cs_dash.errors import UnknownOption, nearest
from cs_dash.review.deck import Deck


@dataclass(frozen=True)
class ExportFormat:
    """One kind of file.

    Attributes:
        suffix: the ending of its name, without the dot.
        title: what it is called.
        media_type: its media type.
        writer: returns the bytes of a deck; takes the bytes of a PowerPoint template, which only PowerPoint uses.
    """

    suffix: str
    title: str
    media_type: str
    writer: Callable[[Deck, bytes | None], bytes]


def _pptx(deck: Deck, template: bytes | None) -> bytes:
    from cs_dash.review.pptx import pptx_bytes

    return pptx_bytes(deck, template=template)


def _pdf(deck: Deck, _: bytes | None) -> bytes:
    from cs_dash.review.pdf import pdf_bytes

    return pdf_bytes(deck)


def _xlsx(deck: Deck, _: bytes | None) -> bytes:
    from cs_dash.review.xlsx import xlsx_bytes

    return xlsx_bytes(deck)


def _html(deck: Deck, _: bytes | None) -> bytes:
    from cs_dash.review.html import html_bytes

    return html_bytes(deck)


_OFFICE = "application/vnd.openxmlformats-officedocument"
EXPORTS: Mapping[str, ExportFormat] = {
    export.suffix: export
    for export in (
        ExportFormat("pptx", "PowerPoint", f"{_OFFICE}.presentationml.presentation", _pptx),
        ExportFormat("pdf", "PDF", "application/pdf", _pdf),
        ExportFormat("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
        ExportFormat("html", "HTML", "text/html", _html),
    )
}
"""Every kind of file by the ending of its name."""


def export_format(suffix: str) -> ExportFormat:
    """Return the kind of file with an ending, with or without its dot. Raises UnknownOption for an unknown one."""
    name = suffix.lower().removeprefix(".")
    if name not in EXPORTS:
        raise UnknownOption(
            "Unknown kind of file",
            f"Could not write a review as {suffix or 'a file without an ending'}.",
            nearest(name, EXPORTS),
        )
    return EXPORTS[name]


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip file of (name, bytes), in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()
