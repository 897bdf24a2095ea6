"""Text is sized so that it fits: measured against the typeface itself, and for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from cs_dash.review.pptx.text_size import LINE_HEIGHT, fitted, one_line, width, wrapped
from tests.review.decks import NAMES

SAMPLES = (
    "NRR fell from 106.3 % to 103.2 % since Oct 2025",
    "Weidenhausen Solar AG moved MRR most: +€19k",
    "WWW MMM @@@ %%%",
    "ÄÖÜ äöü ß éèê ñ ø Łódź",
    *NAMES[:2],
)
FONT = "/usr/share/fonts/opentype/inter/Inter-{}.otf"


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize(("face", "bold"), [("Regular", False), ("Bold", True)])
def test_a_text_is_never_wider_than_estimated(text: str, face: str, bold: bool) -> None:
    try:
        font = ImageFont.truetype(FONT.format(face), 1000)
    except OSError:
        pytest.skip("Inter is not installed (fonts-inter)")
    assert font.getlength(text) / 1000 <= width(text, 1.0, bold)


@given(st.text(max_size=300), st.floats(20, 400), st.floats(10, 200))
def test_a_fitted_text_fits(text: str, room: float, height: float) -> None:
    result = fitted(text, room, height, 24, 8)
    lines = wrapped(result.text, room, result.size)
    assert len(lines) * result.size * LINE_HEIGHT <= max(height, 8 * LINE_HEIGHT) + 0.01
    assert all(width(line.rstrip(), result.size) <= room or len(line.rstrip()) <= 2 for line in lines)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=200), st.floats(30, 300))
def test_lines_are_the_text(text: str, room: float) -> None:
    assert "".join(wrapped(text, room, 12)) == text


def test_a_long_name_is_broken_anywhere_and_cut_only_where_it_has_to_be() -> None:
    name = NAMES[0]
    assert fitted(name, 200, 60, 14, 9).text == name
    assert fitted(name, 80, 14, 14, 9).text.endswith("…")
    assert one_line(NAMES[2], 60, 10).endswith("…")


def test_a_text_that_is_cut_keeps_its_lines() -> None:
    assert fitted("one\ntwo\nthree\nfour", 200, 3 * 10 * LINE_HEIGHT, 10, 10).text == "one\ntwo\nthree…"
