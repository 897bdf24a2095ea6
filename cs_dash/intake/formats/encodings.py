"""Which encoding a text file is in, and the file as UTF-8; both in blocks, so that its size does not matter."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from charset_normalizer import from_bytes

from cs_dash.intake.formats import codepages, controls

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_BLOCK = 1 << 20
_HEAD = 400_000
_MOST_ZEROS = 0.05
_MOST_CONTROLS = 0.2
"""Share of control characters, NUL among them, from which even valid UTF-8 is something else than text."""
_BINARY = bytes(code for code in range(1, 32) if chr(code) not in "\t\n\r\f\x0b\x01\x1a\x1f")
_TITLES = {
    "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "mac-roman": "Mac Roman", "mac-cyrillic": "Mac Cyrillic",
    "shift-jis": "Shift JIS", "cp932": "Shift JIS", "big5": "Big5", "latin-1": "Latin-1", "iso8859-1": "Latin-1",
    "cp850": "DOS (850)", "cp866": "DOS (866)", "cp949": "Korean (949)",
}  # fmt: skip
_QUOTE = ord('"')


@dataclass(frozen=True)
class Text:
    """A text file as UTF-8.

    Attributes:
        path: where it is as UTF-8: the file itself, or a copy.
        start: the byte of `path` at which the text begins, after the mark of the encoding.
        encoding: what the file was read as.
        head: the beginning of the text, all of it where it is shorter than 100,000 characters.
        quotes: how many double quotes are in it.
        end: its last character, "" where it holds nothing but blanks.
        controls: how many control characters are in it; line ends and tabs are none.
    """

    path: Path
    start: int
    encoding: str
    head: str
    quotes: int
    end: str
    controls: int = 0


def title(name: str) -> str:
    """Return what people call an encoding.

    >>> title("cp1251"), title("utf_8"), title("shift_jis")
    ('Windows-1251', 'UTF-8', 'Shift JIS')
    """
    plain = name.replace("_", "-").casefold()
    if plain.startswith("cp125"):
        return f"Windows-{plain[2:]}"
    return _TITLES.get(plain, plain.upper())


def plain(name: str) -> bool:
    """Return whether an encoding is what everything understands: UTF-8, or ASCII as a part of it."""
    return name.replace("_", "-").casefold().removesuffix("-sig") in ("utf-8", "ascii")


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark shows in the zeros: every other byte of Latin text is one."""
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _by_mark(stream: IO[bytes]) -> str | None:
    """The encoding that the first bytes name; None where they do not."""
    head = stream.read(4000)
    stream.seek(0)
    return next((name for order_mark, name in _MARKS if head.startswith(order_mark)), None) or _without_mark(head)


def _detected(stream: IO[bytes]) -> str | None:
    """The encoding of a stream without a byte order mark that is not UTF-8; None where it is not text."""
    stream.seek(0)
    zeros, binary, size = 0, 0, 0
    for block in _blocks(stream):
        zeros, size = zeros + block.count(0), size + len(block)
        binary += len(block) - len(block.translate(None, _BINARY)) if zeros else 0
    if zeros and (zeros > _MOST_ZEROS * size or binary):
        return None
    sample = _sample(stream).replace(b"\0", b"")
    if likeliest := codepages.likeliest(sample):
        return likeliest
    best_match = from_bytes(sample, cp_isolation=None).best()
    return best_match.encoding if best_match else None


def _sample(stream: IO[bytes]) -> bytes:
    """Lines with characters beyond ASCII, which show the encoding; a plain ASCII beginning does not."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size <= _SAMPLE:
        return stream.read()
    sample, unfinished = bytearray(), b""
    for block in _blocks(stream):
        *lines, unfinished = (unfinished + block).splitlines(keepends=True)
        sample += b"".join(line for line in lines if not line.isascii())
        if len(sample) >= _SAMPLE or len(unfinished) >= _SAMPLE:
            break
    return bytes(sample if unfinished.isascii() else sample + unfinished)[:_SAMPLE]


def encoding(data: bytes) -> str | None:
    """Return the name of the encoding that `data` is written in, or None where it is no text."""
    stream = io.BytesIO(data)
    if marked := _by_mark(stream):
        return marked
    if _Measured().take(_blocks(stream), "utf-8", "strict") is not None:
        return "utf-8"
    return _detected(stream)


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


class _Measured:
    """What is counted while the blocks of a text go by."""

    def __init__(self) -> None:
        self.quotes = 0
        self.zeros = self.controls = 0
        self.size = 0
        self.blank = True
        self.last = ""
        self.cut = False

    @property
    def is_binary(self) -> bool:
        """Whether it is something else than text, although its bytes are valid UTF-8."""
        return self.zeros > 0 and self.controls > _MOST_CONTROLS * self.size

    def take(
        self, blocks: Iterator[bytes], name: str, errors: str, keep: Callable[[bytes], object] | None = None
    ) -> _Measured | None:
        """Read all blocks and return what was counted; None where a strict reading fails.

        Args:
            blocks: the bytes.
            name: their encoding.
            errors: "strict" refuses what is not of the encoding; "replace" takes everything.
            keep: given each block as UTF-8.
        """
        decoder = codecs.getincrementaldecoder(name)(errors)
        for block in blocks:
            try:
                piece = decoder.decode(block)
            except UnicodeDecodeError:
                return None
            self._count(piece, block if keep is None else None, keep)
        try:
            self._count(decoder.decode(b"", final=True), None, keep)
        except UnicodeDecodeError:  # a file cut in mid-character is still of its encoding
            self.cut = True
        return self

    def _count(self, piece: str, block: bytes | None, keep: Callable[[bytes], object] | None) -> None:
        if self.blank:
            piece = piece.lstrip("\ufeff") if not self.last else piece
            self.blank = not piece.strip()
        if keep is not None:
            block = piece.encode("utf-8", "replace")
            keep(block)
        if block is not None:  # four times as fast as bytes.count
            codes = np.frombuffer(block, np.uint8)
            self.quotes += int(np.count_nonzero(codes == _QUOTE))
            self.size += len(codes)
            self.controls += (held := controls.count(codes))
            self.zeros += int(np.count_nonzero(codes == 0)) if held else 0
        self.last = piece[-1:] or self.last


def utf8(path: Path, folder: Path, name: str | None = None) -> Text | None:
    """Return a text file as UTF-8; None where it is no text.

    Args:
        path: the file.
        folder: where a copy is put when the file is in another encoding.
        name: the encoding to use, or None to detect it. An unknown one raises LookupError.
    """
    with path.open("rb") as stream:
        used = codecs.lookup(name).name if name else _by_mark(stream)
        if used in (None, "utf-8", "utf-8-sig"):
            measured_utf8 = _Measured().take(_blocks(stream), "utf-8", "strict")
            if measured_utf8 is not None and measured_utf8.is_binary:
                return None
            if measured_utf8 is not None and not measured_utf8.cut:
                return _text(path, used or "utf-8", measured_utf8)
            used = used or ("utf-8" if measured_utf8 is not None else _detected(stream))
        if used is None:
            return None
        stream.seek(0)
        copy = folder / "text"
        measured = _Measured()
        with copy.open("wb") as sink:
            measured.take(_blocks(stream), used, "replace", sink.write)
    return _text(copy, used, measured)


def _text(path: Path, used: str, measured: _Measured) -> Text:
    with path.open("rb") as stream:
        head, start = stream.read(_HEAD), 0
    while head.startswith(codecs.BOM_UTF8, start):
        start += len(codecs.BOM_UTF8)
    end = "" if measured.blank else measured.last
    return Text(path, start, used, head[start:].decode("utf-8", "replace"), measured.quotes, end, measured.controls)
