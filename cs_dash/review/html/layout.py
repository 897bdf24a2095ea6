"""How much room text takes on a slide of 1280 x 720, about: enough to choose a layout in which everything fits.

Letters of East Asian scripts are about twice as wide as those of others. The estimate is on the wide side.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

WIDTH, HEIGHT = 1280, 720
SIDE = 64
INNER = WIDTH - 2 * SIDE
ASIDE = 372
"""Width of the column beside a drawing."""
GAP = 44
TOP, FOOT = 40, 68
"""Pixels above the title, and those of the line at the foot with its distance."""
LETTER = 0.54
"""Width of an average letter, as a share of the size of the type."""
TITLE_SIZES = ((2, 36), (2, 31), (3, 27), (4, 24))
"""(lines at most, size of the type) of a title, the first one that is enough."""
COVER_SIZES = ((2, 60), (3, 46), (4, 36), (5, 30))
"""The same for the title of the first slide."""


def letters(text: str) -> float:
    """Return how many average letters wide a text is."""
    return sum(1.9 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in text)


def line_count(text: str, size: float, width: float) -> int:
    """Return in how many lines a text stands, with type of this size, in this width; 0 for no text."""
    return math.ceil(letters(text) * LETTER * size / width)


def title_size(title: str, sizes: tuple[tuple[int, int], ...] = TITLE_SIZES) -> tuple[int, int]:
    """Return (size of the type, number of lines) of a title."""
    for most, size in sizes:
        lines = line_count(title, size * 1.07, INNER)  # it is bold
        if lines <= most:
            return size, max(lines, 1)
    return sizes[-1][1], sizes[-1][0]


def height_of(texts: Iterable[str], size: float, width: float, gap: float) -> float:
    """Return how high a list of texts is, with a gap after each."""
    return sum(line_count(text, size, width) * size * 1.4 + gap for text in texts)
