"""What a ticket says, without what every ticket says: its sentences, and the words in them.

Quoted replies, greetings, thanks, signatures, mail and web addresses, numbers and ids are left out for reading; what
is stored of the ticket and shown stays as it came.
"""

from __future__ import annotations

import re

SENTENCES = 8
"""Sentences of a ticket that are read, including its subject: what it is about comes early."""
LONGEST = 300
"""Characters of one sentence that are read; tables and logs run on endlessly."""
READ = 4_000

_QUOTED = re.compile(
    r"^\s*(?:>|-{2,}\s*$|_{5,}|-{3,}.*(?:message|nachricht|сообщение|mensaje|mensagem).*-{3,}"
    r"|(?:on|am|le|el|em)\s.{5,80}(?:wrote|schrieb|écrit|escribió|escreveu)\s*:"
    r"|.{0,60}(?:пишет|написал\(?а?\)?|写道)\s*[:：]"
    r"|(?:from|von|от|de|发件人)\s*[:：].*@)",
    re.I | re.M,
)
_CODE = re.compile(r"<!--.*?-->|```.*?(?:```|$)", re.S)
_MARKUP = re.compile(r"<[^<>]{1,200}>|^\s*#{1,6}\s|[{}\[\]*_`|]+")
_COURTESY = re.compile(
    r"^(?:(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|hallo|moin|liebes?"
    r"|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|bonjour|bonsoir|cher|chère|hola|buen[oa]s? (?:días?|tardes|noches)"
    r"|estimad[oa]s?|olá|oi|bom dia|boa tarde|prezad[oa]s?|здравствуйте|здраствуйте"
    r"|добр(?:ый|ое|ого) (?:день|вечер|утро|дня|времени суток)|привет"
    r"|приветствую)\b(?:[^.!?,:\n]{0,40}[.!?,:]|[^.!?,:\n]{0,20}$)?"
    r"|[^\s，,。！!]{0,6}(?:您好|你好|早上好|下午好|大家好)[，,。！!]?)\s*",
    re.I,
)
_THANKS = re.compile(
    r"^(?:(?:many )?thanks|thank you|thx|cheers|(?:best|kind|warm) regards|regards|sincerely|danke|vielen dank"
    r"|(?:mit )?(?:freundliche[nr]?|beste|viele) grüße?n?|merci|cordialement|gracias|muchas gracias|saludos|obrigad[oa]"
    r"|atenciosamente|(?:заранее )?(?:большое )?спасибо|с уважением|благодарю|谢谢|多谢|祝好|此致)\b.{0,40}$",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I)
_ID = re.compile(r"#?\b(?=[\w./-]*\d)[A-Za-z]{0,8}[-_/]?\d[\w./:-]*", re.A)
_ENDS = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\s*\n+\s*")
_HIDDEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_WORD = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff\u3040-\u30ff]+")
HAN = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]")
_SCRIPTS = (
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("han", re.compile(r"[\u4e00-\u9fff]")),
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("hangul", re.compile(r"[\uac00-\ud7af]")),
    ("arabic", re.compile(r"[\u0600-\u06ff]")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]")),
)


def cleaned(text: str) -> str:
    """Return one line of text without markup, addresses, numbers and ids."""
    bare = _ID.sub(" ", _ADDRESS.sub(" ", _MARKUP.sub(" ", _HIDDEN.sub("", text))))
    return re.sub(r"\s+", " ", re.sub(r"\s+([?!.,:;])", r"\1", bare)).strip(" \t,;:-–—\"'“”«»„")


def sentences(subject: str | None, body: str | None) -> tuple[str, ...]:
    """Return the sentences of a ticket, the subject first; each once, none without a letter."""
    message = _CODE.sub("\n", (body or "")[:READ].replace("\\r", "").replace("\\n", "\n"))
    if quoted := _QUOTED.search(message):
        message = message[: quoted.start()] or message
    unique_sentences: dict[str, None] = {}
    for part in (subject or "", *_ENDS.split(message)):
        cleaned_sentence = _THANKS.sub("", _COURTESY.sub("", cleaned(part)[:LONGEST])) if part else ""
        if _WORD.search(cleaned_sentence):
            unique_sentences.setdefault(cleaned_sentence)
            if len(unique_sentences) == SENTENCES:
                break
    return tuple(unique_sentences)


def terms(text: str) -> set[str]:
    """Return the words of a text in lower case; Chinese and Japanese, which have no spaces, in pairs of characters."""
    words: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if HAN.match(word):
            words.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            words.add(word)
    return words


def language_of(stated: str | None, ticket_sentences: tuple[str, ...]) -> str:
    """Return the language that the export states, as "en", else the script that most of the text is written in."""
    if stated and stated.strip():
        return stated.strip().casefold().replace("_", "-").partition("-")[0]
    text = " ".join(ticket_sentences)
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS}
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] * 4 > len(text) else "latin"
