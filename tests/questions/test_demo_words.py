"""The words of every answer of the demo company: the field's terms, and counts that agree with their nouns."""

from __future__ import annotations

from tests.questions.conftest import DemoAnswer
from tests.test_words import DISAGREEMENT, FORBIDDEN, texts


def test_answers_of_the_demo_company_use_the_terms_of_the_field(demo_answers: tuple[DemoAnswer, ...]) -> None:
    sentences = {
        text.replace("**", "").replace("\u202f", " ") for entry in demo_answers for text in texts(entry.answer)
    }
    assert sorted(text for text in sentences if FORBIDDEN.search(text) or DISAGREEMENT.search(text)) == []
