"""How much room text takes, estimated on the safe side: nothing on a slide may run over its box.

The file does not know which font the reader's machine has. Widths are those of Inter, which is wider than what
PowerPoint puts in its place, plus a margin; a Chinese character is a square, an unknown letter a wide one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LINE_HEIGHT = 1.22
"""Height of a line, in sizes of its font."""
MARGIN = 1.05
"""What other fonts may need more than Inter."""
BOLD = 1.07
_WIDTHS = {
    0.27: "'ijl,;:. \u202f\u00a0·’",
    0.36: "|!I",
    0.41: '()/[\\]frt{}"“”„',
    0.52: "*-1^_`–",
    0.6: "?Jksxz7EFLacehnouvy•",
    0.66: "#$&02345689BPRSTXZbdgpq€£−",
    0.7: "+<=>AKVY~",
    0.76: "CDGHU",
    0.8: "NOQ",
    0.86: "%w…",
    0.96: "Mm@W—↑↓☐●",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDE_LETTER, _LETTER = 0.95, 0.7
_WIDE = set("ДЖМОФЦШЩЪЫЮжмфшщыюÆŒ")
ELLIPSIS = "…"


@dataclass(frozen=True)
class FittedText:
    """Text that fits its box.

    Attributes:
        text: the text, shortened with "…" where it does not fit at the smallest size.
        size: size of the font in points.
        lines: how many lines it takes.
    """

    text: str
    size: float
    lines: int

    @property
    def height(self) -> float:
        """Height of the text in points."""
        return self.lines * self.size * LINE_HEIGHT


@lru_cache(maxsize=20_000)
def _width(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTH.get(base, _WIDE_LETTER if base in _WIDE or ord(base) > 0x2FFF else _LETTER)


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a line of text in points, rather too wide than too narrow."""
    return sum(map(_width, text)) * size * MARGIN * (BOLD if bold else 1.0)


def wrapped(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Return the lines of text in a box that is `room` points wide: broken at spaces, a long word anywhere."""
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, room, size, bold)]


def _lines(paragraph: str, room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for part in _parts(paragraph):
        for piece in _pieces(part, room, size, bold):
            if line and used + width(piece.rstrip(), size, bold) > room:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + piece, used + width(piece, size, bold)
    return [*lines, line]


def _parts(paragraph: str) -> Iterator[str]:
    """Yield what stays on one line: words with the space after them, characters of scripts without spaces."""
    word = ""
    for letter in paragraph:
        if unicodedata.east_asian_width(letter) in "WF":
            if word:
                yield word
            yield letter
            word = ""
        else:
            word += letter
            if letter in " -/":
                yield word
                word = ""
    if word:
        yield word


def _pieces(part: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """Yield a word whole, or in pieces where it is wider than the box."""
    while width(part.rstrip(), size, bold) > room and len(part) > 1:
        at = max(1, _fitting(part, room, size, bold))
        yield part[:at]
        part = part[at:]
    yield part


def _fitting(text: str, room: float, size: float, bold: bool) -> int:
    used, scale = 0.0, size * MARGIN * (BOLD if bold else 1.0)
    for at, letter in enumerate(text):
        used += _width(letter) * scale
        if used > room:
            return at
    return len(text)


def fitted(
    text: str, room: float, height: float, largest: float, smallest: float, bold: bool = False, scale: float = 1.0
) -> FittedText:
    """Return text at the largest size at which it fits a box of `room` by `height` points.

    Where it does not even fit at the smallest size it is shortened. `scale`: how much wider the text is written than it
    stands here, as in capitals.
    """
    room = room / scale
    size = largest
    while True:
        lines = wrapped(text, room, size, bold)
        if len(lines) * size * LINE_HEIGHT <= height:
            return FittedText(text, size, len(lines))
        if size <= smallest:
            break
        size = max(size - 0.5 if size <= 14 else size - 1, smallest)
    most = max(1, int(height / (size * LINE_HEIGHT)))
    if len(lines) <= most:  # a single line in a box that is lower than it
        return FittedText(text, size, len(lines))
    return FittedText(_cut(text, most, room, size, bold), size, most)


def _cut(text: str, most: int, room: float, size: float, bold: bool) -> str:
    """Return the text of the first lines, with "…" at the end of the last one."""
    paragraphs: list[str] = []
    for paragraph in text.split("\n"):
        lines = _lines(paragraph, room, size, bold)
        if len(lines) < most:
            paragraphs.append(paragraph)
            most -= len(lines)
            continue
        last = lines[most - 1].rstrip()
        while last and width(last + ELLIPSIS, size, bold) > room:
            last = last[:-1]
        paragraphs.append("".join(lines[: most - 1]) + last.rstrip() + ELLIPSIS)
        break
    return "\n".join(paragraphs)


def one_line(text: str, room: float, size: float, bold: bool = False) -> str:
    """Return text on one line of `room` points, shortened with "…" where it is longer."""
    flat = text.replace("\n", " ")
    return flat if width(flat, size, bold) <= room else fitted(flat, room, size * LINE_HEIGHT, size, size, bold).text
