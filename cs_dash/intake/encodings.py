"""Which encoding a text file is in, so that it can be read as UTF-8."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from cs_dash.intake import codepages

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark shows in the zeros: every other byte of Latin text is one."""
    head = data[:4000]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def encoding(data: bytes) -> str | None:
    """Return the name of the encoding that `data` is written in, or None where it is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    wide = _without_mark(data)
    if wide:
        return wide
    if b"\0" in data:
        return None
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as fault:
        # A file cut in mid-character is still UTF-8.
        if fault.start >= len(data) - 4 and fault.reason == "unexpected end of data":
            return "utf-8"
    if likely := codepages.likeliest(_sample(data)):
        return likely
    found = from_bytes(_sample(data), cp_isolation=None).best()
    return found.encoding if found else None


def _sample(data: bytes) -> bytes:
    """The lines that hold something else than ASCII tell; a plain beginning does not."""
    if len(data) <= _SAMPLE:
        return data
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE]


def text(data: bytes, name: str | None = None) -> tuple[str, str] | None:
    """Return `data` as text and the encoding it was read by; None where it is no text.

    Args:
        data: the whole file.
        name: the encoding to use, or None to detect it. An unknown one raises LookupError.
    """
    used = codecs.lookup(name).name if name else encoding(data)
    if used is None:
        return None
    return data.decode(used, errors="replace").lstrip("\ufeff"), used
