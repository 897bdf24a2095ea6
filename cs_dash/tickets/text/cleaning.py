"""The readable part of a ticket: its words without greetings, signatures, quoted replies, addresses and ids.

What is shown stays as it came. The patterns are ours and not those of a library for mail replies: they run as linear
automata over whole columns (no text can make them hang, and a million tickets take seconds), and the libraries know no
Russian, Chinese or Portuguese replies.
"""

from __future__ import annotations

from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.tickets.text.columns import as_one_array, last_characters, replace_where
from cs_dash.tickets.text.tokens import SUBJECT_END

MAX_READ = 800
"""Characters of the first message that are read: what a ticket is about is at its beginning."""
MAX_SCANNED = 1200
"""Characters that are searched for quotes and signatures."""

_CLOSES = 160
"""Characters at the end of a message that are searched for thanks and names."""

_GREETINGS = (
    r"hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|"
    r"hallo|guten (?:tag|morgen|abend)|moin|servus|grüß gott|sehr geehrte[rs]?|liebe[rs]?|"
    r"здравствуйте|здравствуй|добрый (?:день|вечер)|доброе утро|доброго времени суток|приветствую|привет|"
    r"уважаем(?:ые|ый|ая)|"
    r"hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|buen d[ií]a|estimad[oa]s?|"
    r"bonjour|bonsoir|salut|ch[eè]re?s?|madame|monsieur|"
    r"ol[aá]|oi|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s?|"
    r"您好|你好|大家好|早上好|上午好|下午好|晚上好|尊敬的[\p{Han}]{1,8}"
)
_CLOSINGS = (
    r"(?:kind|best|warm|many)? ?regards|best wishes|all the best|sincerely|yours (?:sincerely|truly|faithfully)|cheers|"
    r"(?:many |with |and )?thanks?(?: you| again| a lot| in advance| so much| very much)?|"
    r"(?:mit )?(?:freundlichen?|besten?|vielen?|herzlichen?|lieben?|schönen?) (?:grü(?:ß|ss)en?|dank)[^\n,.?!]{0,30}|"
    r"danke(?: schön| im voraus| sehr)?|grü(?:ß|ss)e|mfg|lg|"
    r"с уважением|с наилучшими пожеланиями|заранее (?:спасибо|благодар(?:ю|им|ен|на))|"
    r"(?:большое |огромное )?спасибо(?: заранее| большое)?|"
    r"благодар(?:ю|им)|ждём ответа|ждем ответа|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|"
    r"(?:muchas |mil )?gracias(?: por adelantado| de antemano)?|"
    r"(?:bien )?cordialement|(?:avec (?:mes|nos) )?(?:meilleures )?salutations|"
    r"(?:(?:un grand |d'avance )?merci)(?: d'avance| beaucoup| par avance)?|bien à vous|"
    r"atenciosamente|cumprimentos|(?:muito )?obrigad[oa](?: desde já)?|abraços?|"
    r"谢谢(?:您|你|大家)?|非常感谢|多谢|此致|敬礼|祝好"
)
_HEAD = r"(?:from|von|de|от|da|发件人|寄件人)"
_SENT = (
    r"(?:sent|date|to|subject|gesendet|datum|an|betreff|отправлено|дата|кому|тема|enviado(?: el| em)?|fecha|data|"
    r"para|asunto|assunto|envoyé|à|objet|发送时间|日期|收件人|主题)"
)
# What is cut out of a first message: line breaks of HTML, replies and what they quote, signatures.
_CUT = (
    r"(?im)<br ?/?>|</p>|</div>|^[ \t]*>[^\n]*$|"
    r"^(?:-- ?|__________+)\n(?s:.*)|"
    r"^[ \t]*(?:sent from my|get outlook for|gesendet von mein|von meinem iphone|отправлено (?:с|из)|"
    r"enviado (?:desde|do) (?:mi|meu)|envoyé de(?:puis)? mon|发自我的)[^\n]*$|"
    r"^[ \t>]*(?:"
    r"on [^\n]+\n?[^\n]*wrote ?:|am [^\n]+\n?[^\n]*schrieb[^\n]*:|"
    r"le [^\n]+\n?[^\n]*a écrit ?:|el [^\n]+\n?[^\n]*escribió ?:|em [^\n]+\n?[^\n]*escreveu ?:|"
    r"[^\n]*(?:написал|написала|написал\(а\)|пишет) ?:[ \t]*\n|\d[^\n]*<[^\n<>]+@[^\n<>]+> ?:|[^\n]+写道[:：]|"
    r"--+ ?(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|"
    r"исходное сообщение|пересылаемое сообщение|mensaje original|mensaje reenviado|message d'origine|"
    r"message transféré|mensagem original|mensagem encaminhada|原始邮件|转发邮件) ?--+|"
    r"\*?" + _HEAD + r" ?[:：][^\n]+\n[ \t>]*\*?" + _SENT + r" ?[:：]"
    r")(?s:.*)"
)
# What is no word: signs without width, HTML, addresses, ids.
_NO_WORDS = (
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]|"
    r"(?i:</?(?:p|div|span|html|body|table|tbody|tr|td|b|i|u|a|ul|ol|li|font|img|strong|em|h[1-6])\b[^<>\n]*>)|"
    r"(?i:https?|ftp)://[^\s<>\"]+|\bwww\.[^\s<>\"]+|"
    r"[^\s<>()\[\]@,;:]+@[^\s<>()\[\]@,;:]+|"
    r"\b[0-9a-f]{4,}-[0-9a-f]{4,}-[0-9a-f-]+\b|\b[0-9a-f]{16,}\b|"
    r"[#№]\s?\d+|\b[A-Za-z]{1,5}[-_]?\d[\d_-]{3,}\b|\b\d[\d_-]{4,}\b"
)
_GREETS = r"(?i)^\s*(?:" + _GREETINGS + ")"
_GREETING = (
    _GREETS + r"(?:(?:[ ,]+[\pL.'’-]+)?(?: +[\pL.'’-]+)?(?: +[\pL.'’-]+)?[ \t]*[,!.:;，。！：、\n]+"
    r"|[\s,!.，。！]|$)\s*"
)
_AGAIN = r"(?i)^\s*(?:(?:re|fw|fwd|aw|wg|rv|enc|tr|回复|转发)\s?[:：]\s*)+"
_CLOSES_WITH = r"(?i)(^|[\n.!?。！？;,])\s*(?:" + _CLOSINGS + ")"
_CLOSING = (
    _CLOSES_WITH + r"(?:[ ,!.，。！、][^\n?.]*)?(?:\n[^\n?]*)*$", r"\1"
)  # fmt: skip
_AUTOMATIC = (
    r"(?i)^\s*(?:(?:re|fw|fwd|aw|wg)\s?:\s*)*(?:"
    r"(?:automatic reply|auto(?:mated|matic)?[ -]?(?:reply|response)|autoreply|automatische antwort|"
    r"réponse automatique|respuesta automática|resposta automática|автоответ|автоматический ответ|自动回复|自動回覆)"
    r"\s*(?:[:：\]）)-]|$)|"
    r"out of (?:the )?office\s*(?:[:-]|re:|until|from|till|$)|abwesenheits(?:notiz|benachrichtigung|meldung)|"
    r"undeliver(?:ed|able)\b|delivery status notification|mail delivery (?:failed|failure|subsystem)|"
    r"delivery (?:has )?failed|returned mail|unzustellbar|недоставленное сообщение|"
    r"\[?\*{0,4}\s?spam\s?\*{0,4}\]?(?:\s*[:：\]-]|$|\*)|\[spam\]"
    r")"
)
_AUTOMATIC_BODY = (
    r"(?i)^\s*(?:this (?:request|ticket|conversation) (?:was|has been) (?:closed and )?merged (?:into|with)\b|"
    r"this is an automat(?:ed|ic(?:ally generated)?) (?:reply|response|message)\b|"
    r"i am (?:currently )?out of (?:the )?office\b|"
    r"the following message(?: to <[^>]{3,80}>)? was undeliverable|"
    r"ich bin (?:derzeit |bis )?[^\n.]{0,40}nicht (?:im büro|erreichbar)|"
    r"меня нет в офисе|"
    r"je suis (?:actuellement )?absente?s? du bureau|estoy fuera de la oficina|estou fora do escritório)"
)


def readable_texts(subject: pa.Array, body: pa.Array) -> pa.Array:
    """Return the readable text of each ticket, never null: subject, `SUBJECT_END`, first message.

    Args:
        subject: subjects (strings, nulls allowed).
        body: first messages, of the same length.
    """
    messages = pc.replace_substring(pc.utf8_slice_codeunits(as_one_array(body), 0, MAX_SCANNED), "\r\n", "\n")
    needs_cleaning = (pc.match_substring_regex(messages, pattern) for pattern in (r"\\n", _CUT, _GREETS))
    messages = replace_where(messages, reduce(pc.or_, needs_cleaning), _without_frame)
    messages = pc.utf8_slice_codeunits(_without_closing(pc.utf8_trim_whitespace(messages)), 0, MAX_READ)
    subjects = pc.utf8_slice_codeunits(pc.replace_substring_regex(as_one_array(subject), _AGAIN, ""), 0, MAX_READ)
    texts = pc.binary_join_element_wise(subjects, messages, pa.scalar(SUBJECT_END, pa.large_string()))
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, _NO_WORDS, " "))


def are_automatic(subject: pa.Array, body: pa.Array) -> pa.Array:
    """Return which tickets are automatic messages, bounces, marked spam or merged duplicates by their own words."""
    by_subject = pc.match_substring_regex(as_one_array(subject), _AUTOMATIC)
    return pc.or_(
        by_subject, pc.match_substring_regex(pc.utf8_slice_codeunits(as_one_array(body), 0, 300), _AUTOMATIC_BODY)
    )


def _without_frame(messages: pa.Array) -> pa.Array:
    """Return messages without quotes, signatures and greetings."""
    for pattern, instead in ((r"(?:\\r)?\\n", "\n"), (_CUT, "\n"), (_GREETING, "")):
        messages = pc.replace_substring_regex(messages, pattern, instead)
    return messages


def _without_closing(messages: pa.Array) -> pa.Array:
    """Return messages without thanks and names at their end; a message that is nothing else stays."""
    endings = last_characters(messages, _CLOSES)
    has_closing = pc.match_substring_regex(endings, _CLOSES_WITH)
    closing_messages, endings = messages.filter(has_closing), endings.filter(has_closing)
    shortened_endings = pc.replace_substring_regex(endings, *_CLOSING)
    kept_lengths = pc.subtract(pc.utf8_length(closing_messages), pc.utf8_length(endings)).to_pylist()
    candidates = zip(closing_messages.to_pylist(), kept_lengths, shortened_endings.to_pylist(), strict=True)
    shortened_messages = [text[:length] + ending if ending.strip() else text for text, length, ending in candidates]
    return pc.replace_with_mask(messages, has_closing, pa.array(shortened_messages, messages.type))
