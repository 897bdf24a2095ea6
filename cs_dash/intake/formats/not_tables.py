"""Files that people load by mistake: known by their bytes and refused, each with what to do instead."""

from __future__ import annotations

from cs_dash.intake.formats.registry import Format, SourceFile

_EXPORT = "Export the table as .xlsx or .csv."
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def _document(name: str, title: str, *magic: bytes, extensions: tuple[str, ...] = ()) -> Format:
    """A document that is no table, by its first bytes; two of them are letters that a text may begin with as well."""
    short = min(map(len, magic)) <= 2
    recognises = (lambda source: b"\0" in source.head) if short else None
    why = f"It is {title}, not a table."
    return Format(name, why, _EXPORT, extensions, magic=magic, recognises=recognises)


def _holds(source: SourceFile, folder: str) -> bool:
    return any(name.startswith(folder) for name in source.zip_names or ())


def _holds_numbers(source: SourceFile) -> bool:
    return any(name.startswith("index/") and name.endswith(".iwa") for name in source.zip_names or ())


FORMATS = (
    _document("png", "a PNG picture", b"\x89PNG\r\n\x1a\n", extensions=(".png",)),
    _document("jpeg", "a JPEG picture", b"\xff\xd8\xff", extensions=(".jpg", ".jpeg")),
    _document("gif", "a GIF picture", b"GIF8", extensions=(".gif",)),
    _document("bitmap", "a bitmap picture", b"BM", extensions=(".bmp",)),
    _document("tiff", "a TIFF picture", b"II*\x00", b"MM\x00*", extensions=(".tif", ".tiff")),
    _document("pdf", "a PDF document", b"%PDF", extensions=(".pdf",)),
    _document("7-zip", "a 7-Zip archive", b"7z\xbc\xaf\x27\x1c", extensions=(".7z",)),
    _document("rar", "a RAR archive", b"Rar!", extensions=(".rar",)),
    _document("bzip2", "a bzip2 archive", b"BZh9", extensions=(".bz2",)),
    _document("xz", "an xz archive", b"\xfd7zXZ", extensions=(".xz",)),
    _document("sqlite", "an SQLite database", b"SQLite format 3", extensions=(".sqlite", ".db")),
    _document("elf", "a program", b"\x7fELF"),
    _document("exe", "a program", b"MZ", extensions=(".exe", ".dll")),
    _document("arrow", "an Arrow file", b"ARROW1", extensions=(".arrow", ".feather")),
    _document("rtf", "a rich-text document", b"{\\rtf", extensions=(".rtf",)),
    Format(
        "excel before 1995",
        "It is a workbook from a version of Excel before 1995.",
        "Save it as .xlsx in Excel.",
        (".xls",),
        magic=(b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x06\x00"),
    ),
    Format(
        "apple numbers",
        "It is an Apple Numbers document.",
        "Export it as CSV or Excel in Numbers.",
        (".numbers",),
        magic=_ZIP,
        recognises=_holds_numbers,
    ),
    Format(
        "word",
        "It is a Word document, not a spreadsheet.",
        _EXPORT,
        (".docx",),
        magic=_ZIP,
        recognises=lambda source: _holds(source, "word/"),
    ),
    Format(
        "powerpoint",
        "It is a PowerPoint file, not a spreadsheet.",
        _EXPORT,
        (".pptx",),
        magic=_ZIP,
        recognises=lambda source: _holds(source, "ppt/"),
    ),
    Format(
        "html",
        "It is a web page, not a table.",
        "Save it as .xlsx or .csv.",
        (".html", ".htm"),
        recognises=lambda source: source.text_head.startswith(("<!doctype html", "<html", "<table")),
    ),
    Format(
        "xml",
        "It is an XML document, not a table.",
        "Save it as .xlsx or .csv.",
        (".xml",),
        recognises=lambda source: source.text_head.startswith("<?xml"),
    ),
)
