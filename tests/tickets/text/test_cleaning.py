"""What is read of a ticket, and what is no ticket at all."""

from __future__ import annotations

import pyarrow as pa
import pytest

from cs_dash.tickets.text import cleaning
from cs_dash.tickets.text.cleaning import MAX_READ, MAX_SCANNED, are_automatic, readable_texts
from cs_dash.tickets.text.tokens import tokenize


def read_one(subject: str | None, body: str | None) -> str:
    (text,) = readable_texts(pa.array([subject], pa.string()), pa.array([body], pa.string())).to_pylist()
    return str(text)


@pytest.mark.parametrize(
    ("body", "readable"),
    [
        ("How do I export?\n\nThanks\nBob\n\nOn Mon, Sep 14, 2026 at 9:30 AM Support <s@x.example> wrote:\n> Tell us",
         "How do I export?"),
        ("Wie geht das?\n\n-- \nMax Mustermann\nTel. 1234\n\nAm 14.09.2026 schrieb Support <s@x.example>:\n> Bitte",
         "Wie geht das?"),
        ('Не работает\n\nС уважением,\nИван\n\n14.09.2026, 09:30, "Support" <a@x.example>:\n> Напишите', "Не работает"),
        ("怎么导出？\n\n发件人: Support <a@x.example>\n发送时间: 2026年9月14日\n主题: Re: x\n\n请提供", "怎么导出？"),
        ("¿Cómo exporto?\n\nEnviado desde mi iPhone\n\nEl lun, 14 sept, Ana (<a@x.example>) escribió:\n> Por favor",
         "¿Cómo exporto?"),
        ("Bonjour, comment faire ?\n\nCordialement,\nJean\n\nLe lun. 14 sept., Ana <a@x.example> a écrit :\n> Ok",
         "comment faire ?"),
        ("Olá,\nComo faço?\n\nObrigada, Ana\n\nEm seg., 14 de set. de 2026, Ana <a@x.example> escreveu:\n> Ok",
         "Como faço?"),
        ("Need help\n\n-----Original Message-----\nFrom: Support\nSent: Monday\n\nhello", "Need help"),
        ("Hello support team,\nWe moved.", "We moved."),
        ("Hi how do I export data to Excel", "how do I export data to Excel"),
        ("早上好，\n月报的工时少了5个小时。", "月报的工时少了5个小时。"),
        ("Thanks for the new dashboards. How do I share them?", "Thanks for the new dashboards. How do I share them?"),
        ("Thanks!", "Thanks!"),
        ("<p>It&nbsp;fails</p><div>Ticket <b>again</b></div>", "It&nbsp;fails\n Ticket  again"),
        ("Приве\u200bт\u200c всем", "Приве т  всем"),
    ],
)  # fmt: skip
def test_greetings_signatures_and_quotes_are_not_read(body: str, readable: str) -> None:
    assert read_one(None, body) == readable


def test_addresses_and_ids_are_not_read() -> None:
    text = read_one(
        "RE: Ticket T-90001",
        "See https://x.example/a?b=1 or mail jo@x.example about #4711, 550e8400-e29b-41d4-a716-446655440000",
    )
    assert text.split() == ["Ticket", "See", "or", "mail", "about", ","]
    assert read_one("Error 502 on Windows 11", None) == "Error 502 on Windows 11"


def test_nothing_is_read_of_nothing() -> None:
    assert read_one(None, None) == ""
    assert len(readable_texts(pa.array([], pa.string()), pa.array([], pa.string()))) == 0
    assert len(tokenize(pa.array([], pa.large_string()))) == 0


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Automatic reply: Invoice", None), ("Out of Office: back on Monday", "I am away"),
        ("Undeliverable: your message", None), ("Abwesenheitsnotiz: Urlaub", None), ("Автоответ: отпуск", None),
        ("自动回复: 休假", None), ("Réponse automatique : absence", None), ("Respuesta automática: vacaciones", None),
        ("***SPAM*** win", None), (None, "This request was closed and merged into request #12"),
        ("Delivery Status Notification (Failure)", None),
    ],
)  # fmt: skip
def test_automatic_messages_are_told_by_their_words(subject: str | None, body: str | None) -> None:
    assert are_automatic(pa.array([subject], pa.string()), pa.array([body], pa.string())).to_pylist() == [True]


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply is not sent to our customers", "How do I set an out of office message?", "Spam filter eats mails",
     "Two tickets were merged by mistake"],
)  # fmt: skip
def test_questions_about_automatic_messages_are_tickets(subject: str) -> None:
    assert are_automatic(pa.array([subject]), pa.array([None], pa.string())).to_pylist() == [False]


@pytest.mark.parametrize(
    "hostile",
    ["On " + "a " * 5000 + "wrote", "thanks " * 3000, "<" * 20000, "a@" * 10000, "\n" * 20000, "-" * 20000],
)
def test_a_long_text_is_read_like_its_beginning(hostile: str) -> None:
    """However long a message is, only so much of it is looked at; `benchmarks/ticket_kinds.py` times such texts."""
    assert read_one(None, hostile) == read_one(None, hostile[:MAX_SCANNED])


def test_the_patterns_run_as_automata_that_cannot_backtrack() -> None:
    """Arrow's regular expressions are RE2's, linear in the text; Python's own are exponential in some."""
    assert "re" not in vars(cleaning)
    assert read_one(None, "z" * 2000 + "!") == "z" * MAX_READ


def test_words_keep_the_question_mark_and_part_chinese() -> None:
    tokens = tokenize(pa.array(["Don't panic: how-to?", "怎么 Excel？", ""]))
    vocabulary = tokens.vocabulary.to_pylist()
    words = [vocabulary[code] for code in tokens.codes]
    assert words == ["don", "t", "panic", "how", "to", "?", "怎", "么", "excel", "?"]
    assert tokens.starts.tolist() == [0, 6, 10, 10]
    some = tokens.take(tokens.starts[1:2] * 0 + 1)
    assert some.vocabulary.take(pa.array(some.codes)).to_pylist() == ["怎", "么", "excel", "?"]
    assert tokens.slice(1, 3).starts.tolist() == [0, 4, 4]
    assert tokens.slice(1, 3).codes.tolist() == tokens.codes[6:].tolist()
