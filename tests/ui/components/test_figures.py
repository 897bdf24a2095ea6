"""Which figures stand at the top of a page."""

from __future__ import annotations

from cs_dash.answer import Answer, Figure
from cs_dash.ui.components.show.figures import known_figures


def figure(name: str, value: float | None, unit: str = "count") -> Figure:
    return Figure(name, name, value, unit)  # type: ignore[arg-type]


def answer_of(*figures: Figure) -> Answer:
    return Answer("q", "Q", "", None, figures=figures)


def names(preferred: list[Figure], answer: Answer) -> list[str]:
    return [chosen.name for chosen in known_figures(preferred, answer)]


def test_a_known_figure_takes_the_place_of_an_unknown_one() -> None:
    figures = [figure("a", 1), figure("b", None), figure("c", 3), figure("d", 4), figure("same", 3), figure("e", 5)]
    assert names(figures[:4], answer_of(*figures)) == ["a", "e", "c", "d"]


def test_the_next_preferred_one_comes_first() -> None:
    figures = [figure(name, value) for name, value in (("a", 1), ("b", 2), ("c", 3), ("d", None), ("e", 5), ("f", 6))]
    assert names([*figures[:4], figures[5]], answer_of(*figures)) == ["a", "b", "c", "f"]


def test_what_nothing_can_replace_is_left_out() -> None:
    figures = [figure("a", None), figure("b", 2)]
    assert names(figures, answer_of(*figures)) == ["b"]
