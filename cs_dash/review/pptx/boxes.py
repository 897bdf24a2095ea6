"""Rectangles on a slide, in points."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.review.pptx.nodes import emu, points_of


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide: its left upper corner and its size, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as PowerPoint counts them."""
        left, top, width, height = (emu(max(length, 0)) for length in (self.left, self.top, self.width, self.height))
        return left, top, width, height

    def below(self, height: float) -> Box:
        """Return what remains under a strip of this height."""
        return Box(self.left, self.top + height, self.width, self.height - height)

    def strip(self, height: float) -> Box:
        """Return the uppermost strip of this height."""
        return Box(self.left, self.top, self.width, min(height, self.height))

    def columns(self, share: float, gap: float) -> tuple[Box, Box]:
        """Return the left `share` (0 to 1) of the rectangle and the rest, with a gap between them."""
        left = self.width * share
        return (
            Box(self.left, self.top, left, self.height),
            Box(self.left + left + gap, self.top, self.width - left - gap, self.height),
        )

    def cells(self, across: int, down: int, gap: float) -> list[Box]:
        """Return the rectangle cut into a grid, row by row."""
        width = (self.width - gap * (across - 1)) / across
        height = (self.height - gap * (down - 1)) / down
        return [
            Box(self.left + column * (width + gap), self.top + row * (height + gap), width, height)
            for row in range(down)
            for column in range(across)
        ]


def of_shape(shape: object) -> Box:
    """Return the rectangle of a shape or a placeholder of python-pptx."""
    lengths = (getattr(shape, name) or 0 for name in ("left", "top", "width", "height"))
    return Box(*map(points_of, lengths))
