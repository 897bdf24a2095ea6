"""Colours that everyone can tell, the same in the drawings and in the app's own options."""

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from cs_dash.look.charts.colors import color_range
from cs_dash.look.charts.grids import DARK_TEXT, EQUAL_CONTRAST, LIGHT_TEXT, cell_scale
from cs_dash.look.charts.shape import shape_of
from cs_dash.look.css import css
from cs_dash.look.theme import DARK, LIGHT, Theme, blend, contrast, luminance, theme, vega_config
from cs_dash.ui.server import style
from tests.look import samples

ROOT = Path(__file__).parents[2]
THEMES = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert blend("#000000", "#FFFFFF", 0.5) == "#808080"


@THEMES
def test_words_can_be_read(look: Theme) -> None:
    for ground in (look.background, look.second):
        assert contrast(look.text, ground) >= 7
        assert contrast(look.muted, ground) >= 4.5
        assert contrast(look.accent, ground) >= 4.5


@THEMES
def test_marks_can_be_seen(look: Theme) -> None:
    for colour in (look.accent, look.good, look.bad, look.watch_edge, look.neutral, *look.categories):
        assert contrast(colour, look.background) >= 3, colour


@THEMES
@pytest.mark.parametrize("semantic", [False, True])
def test_every_cell_s_figure_can_be_read(look: Theme, semantic: bool) -> None:
    scale = cell_scale(look, semantic)
    for low, high in pairwise(scale):
        for step in range(21):
            fill = blend(low, high, step / 20)
            words = DARK_TEXT if luminance(fill) > EQUAL_CONTRAST else LIGHT_TEXT
            assert contrast(words, fill) >= 4.5, fill


def test_a_cell_in_progress_is_read_in_the_text_colour_on_paper() -> None:
    assert contrast(LIGHT.text, LIGHT.background) >= 7


@THEMES
def test_health_colours_follow_the_words_not_their_place(look: Theme) -> None:
    shape = shape_of(samples.bars(order=("red", "green", "yellow")))
    assert color_range(shape, look) == [look.bad, look.good, look.watch]


@THEMES
def test_one_category_stands_out(look: Theme) -> None:
    colors = color_range(shape_of(samples.lines(highlight="SMB")), look)
    assert colors[0] == look.accent
    assert look.accent not in colors[1:]


@THEMES
def test_what_is_not_known_shares_no_colour_with_a_category(look: Theme) -> None:
    names = ("how-to", *"abcdef", "without a kind")
    shape = replace(shape_of(samples.bars()), colors=names, semantic=False, highlight="how-to")
    assert len(set(color_range(shape, look))) == len(names)


def test_light_where_nobody_knows_yet() -> None:
    assert theme(None) is LIGHT
    assert theme("dark") is DARK


def test_the_locale_reaches_the_axes() -> None:
    assert vega_config("light", "de")["locale"]["number"]["decimal"] == ","


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_app_s_options_are_the_same_colours(look: Theme) -> None:
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][look.name]
    tokens = {
        "primaryColor": look.accent,
        "backgroundColor": look.background,
        "secondaryBackgroundColor": look.second,
        "textColor": look.text,
        "borderColor": look.border,
        "greenColor": look.good,
        "yellowColor": look.watch,
        "redColor": look.bad,
        "grayColor": look.muted,
        "chartCategoricalColors": list(look.categories),
    }
    assert {name: options[name] for name in tokens} == tokens


def test_the_typeface_is_served_by_the_app_itself() -> None:
    faces = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]["fontFaces"]
    for face in faces:
        assert face["url"].startswith("app/static/")
        assert (ROOT / "cs_dash" / "ui" / "server" / "static" / Path(face["url"]).name).is_file()


def test_css_is_one_element_that_hides_nothing_from_keyboards() -> None:
    text = css()
    assert text.startswith("<style>")
    assert text.endswith("</style>")
    assert text.count("<") == 2
    assert "%(" not in text
    assert "outline: none" not in text
    assert text.count("{") == text.count("}")
    for key in ("st-key-scope_bar", "st-key-figures", "chart-title"):
        assert key in text
    screens = style.css()
    assert text in screens
    assert "@media print" in screens
