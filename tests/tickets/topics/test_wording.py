from __future__ import annotations

import pytest

from cs_dash.tickets.topics.sentences import cleaned, language_of, sentences, terms


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Order #4711-22 of jo@nordwind.example: where is it?", "Order of: where is it?"),
        ("See https://help.example/a?b=1 for more", "See for more"),
        ("<b>How</b> do I **export** {{report}}?", "How do I export report ?"),
        ("Invoice INV-20931 and 3.500 rows", "Invoice and rows"),
        ("поли\u200bтика возврата", "политика возврата"),
    ],
)
def test_what_says_nothing_is_left_out(text: str, sentence: str) -> None:
    assert cleaned(text) == sentence.replace(" ?", "?")


def test_greetings_thanks_quotes_and_signatures_are_not_read() -> None:
    body = (
        "Hi there,\nhow do I share a report? Many thanks, Jo\n-- \nJo Nordwind, Director\n"
        "On Mon, 3 Aug 2026 Support wrote:\n> Please restart the app."
    )
    assert sentences("Sharing a report", body) == ("Sharing a report", "how do I share a report?")
    assert sentences(None, "Здравствуйте! Как выгрузить отчёт? Заранее спасибо") == ("Как выгрузить отчёт?",)
    assert sentences(None, "您好，如何导出报表？谢谢！") == ("如何导出报表？",)
    assert sentences("Frage", "Sehr geehrtes Team,\\n\\nwie exportiere ich?") == ("Frage", "wie exportiere ich?")


def test_a_ticket_without_a_word_says_nothing() -> None:
    assert sentences(None, None) == sentences("", " 123 ") == sentences("?!", "Hello,") == ()


def test_a_sentence_said_twice_is_read_once_and_long_ones_in_part() -> None:
    assert sentences("How to export", "How to export\nHow to export") == ("How to export",)
    assert len(sentences(None, "word " * 500)[0]) <= 300
    assert len(sentences(None, ". ".join(f"sentence {'abcdefghijklmnop'[at]} goes" for at in range(16)))) == 8


def test_words_of_languages_without_spaces_are_pairs() -> None:
    assert terms("导出报表 as PDF") == {"导出", "出报", "报表", "pdf"}


@pytest.mark.parametrize(
    ("stated", "sentence", "language"),
    [
        ("en-US", ("Hello",), "en"),
        ("DE", ("Hallo",), "de"),
        (None, ("Как выгрузить отчёт",), "cyrillic"),
        ("", ("如何导出报表",), "han"),
        (None, ("How do I export",), "latin"),
    ],
)
def test_the_language_is_the_stated_one_or_the_script(
    stated: str | None, sentence: tuple[str, ...], language: str
) -> None:
    assert language_of(stated, sentence) == language
