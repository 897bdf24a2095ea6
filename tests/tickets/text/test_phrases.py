"""How often texts have phrases of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.tickets.text.phrases import phrase_counts, without_accents
from cs_dash.tickets.text.tokens import tokenize


def of(texts: Sequence[str], *groups: Sequence[str]) -> list[list[int]]:
    counts: list[list[int]] = phrase_counts(without_accents(tokenize(pa.array(texts, pa.string()))), groups).tolist()
    return counts


@pytest.mark.parametrize(
    ("text", "phrases", "times"),
    [
        ("How do I log in? How do I?", ["how do i"], 2),
        ("Logging in, login, log", ["log*"], 3),
        ("how can we do it", ["can we", "how can we"], 1),  # one within the other
        ("a b a b a", ["a b a"], 1),
        ("a b c d", ["a b", "b c", "c d"], 2),  # the second begins within the first, the third does not
        ("Contraseña olvidada, CONTRASENA", ["contraseña"], 2),
        ("Где счёт?", ["счет"], 1),
        ("怎么导出报表", ["导出", "报表导"], 1),
        ("the terrorist", ["error"], 0),
        ("", ["error"], 0),
        ("error", ["", "*"], 0),
    ],
)
def test_phrases_are_counted(text: str, phrases: list[str], times: int) -> None:
    assert of([text], phrases) == [[times]]


def test_a_phrase_does_not_go_on_in_the_next_text() -> None:
    assert of(["how do", "i", "how do i"], ["how do i"], ["i"]) == [[0, 0, 1], [0, 1, 1]]
    assert of([], ["how do i"]) == [[]]


@given(st.lists(st.text("ab ", max_size=12), max_size=4), st.lists(st.text("ab ", min_size=1, max_size=6), max_size=4))
def test_it_finds_what_a_regular_expression_finds(texts: list[str], phrases: list[str]) -> None:
    cleaned = sorted({"  ".join(phrase.split()) for phrase in phrases} - {""})
    pattern = f" (?:{'|'.join(map(re.escape, cleaned))}) "
    spaced = [f" {'  '.join(text.split())} " for text in texts]
    expected = [len(re.findall(pattern, text)) if cleaned else 0 for text in spaced]
    assert of(texts, phrases) == [expected]
