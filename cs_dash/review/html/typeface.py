"""Inter in a file of its own: those parts of it whose letters a deck has, as a style sheet with the fonts in it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cs_dash

FOLDER = Path(cs_dash.__file__).parent / "ui" / "server" / "static"
"""Where the app serves the same files from; Streamlit wants them beside its main script."""


@dataclass(frozen=True)
class Part:
    """One file of the typeface.

    Attributes:
        file: its name.
        ranges: (first, last) code points of the letters that it has, as the app's style sheet names them.
    """

    file: str
    ranges: tuple[tuple[int, int], ...]

    @property
    def unicode_range(self) -> str:
        """The letters as a style sheet names them."""
        return ",".join(f"U+{first:X}-{last:X}" if last > first else f"U+{first:X}" for first, last in self.ranges)

    def has_any(self, letters: frozenset[int]) -> bool:
        """Return whether it has one of these code points."""
        return any(first <= letter <= last for first, last in self.ranges for letter in letters)


LATIN = Part("inter-latin.woff2", (
    (0x0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2BB, 0x2BC), (0x2C6, 0x2C6), (0x2DA, 0x2DA), (0x2DC, 0x2DC),
    (0x304, 0x304), (0x308, 0x308), (0x329, 0x329), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2191, 0x2191), (0x2193, 0x2193), (0x2212, 0x2212), (0x2215, 0x2215), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD),
))  # fmt: skip
LATIN_EXT = Part("inter-latin-ext.woff2", (
    (0x100, 0x2BA), (0x2BD, 0x2C5), (0x2C7, 0x2CC), (0x2CE, 0x2D7), (0x2DD, 0x2FF), (0x1D00, 0x1DBF),
    (0x1E00, 0x1E9F), (0x1EF2, 0x1EFF), (0x20A0, 0x20AB), (0x20AD, 0x20C0), (0x2113, 0x2113), (0x2C60, 0x2C7F),
    (0xA720, 0xA7FF),
))  # fmt: skip
CYRILLIC = Part("inter-cyrillic.woff2", (
    (0x301, 0x301), (0x400, 0x45F), (0x490, 0x491), (0x4B0, 0x4B1), (0x2116, 0x2116),
))  # fmt: skip
PARTS = (LATIN, LATIN_EXT, CYRILLIC)


def parts_for(text: str) -> list[dict[str, str]]:
    """Return the parts that a text needs, Latin always: {"data" (base64), "unicode_range"}."""
    letters = frozenset(map(ord, set(text)))
    return [
        {"data": _data(part.file), "unicode_range": part.unicode_range}
        for part in PARTS
        if part == LATIN or part.has_any(letters)
    ]


@cache
def _data(file: str) -> str:
    return base64.b64encode((FOLDER / file).read_bytes()).decode()
