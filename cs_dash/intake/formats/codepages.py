"""Which legacy encoding a text is in: the one by which its letters make words of a language.

Statistics of a language need pages of text; an export of ten customers has a dozen letters beyond ASCII. So every
likely encoding is tried, and what it gives is judged letter by letter: whether one language has all these letters,
whether capitals are where capitals belong, whether signs are between words, and whether the columns have known names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from cs_dash.schema import names

_SAMPLE = 6_000
_ENOUGH = 0.2
_SELDOM = {
    "cp1252": 0.0, "cp1251": 0.0, "gb18030": 0.0, "cp932": 0.0,
    "mac_roman": 0.12, "cp850": 0.15, "koi8_r": 0.12, "cp1257": 0.07, "cp866": 0.15, "mac_cyrillic": 0.15,
    "euc_jp": 0.12,
}  # fmt: skip
"""So much better an encoding has to fit that office programs write in fewer places, or no longer by themselves."""
_HEADERS = 5
_KNOWN_NAME = 0.5

_WESTERN = ("äöüß", "éèêëàâçîïôûùœæ", "áéíóúñü", "áâãàçéêíóôõú", "àèéìíòóù", "åäöé", "æøåéö", "éëïöü")
_ICELANDIC = "áðéíóúýþæö"
_SHARE = {_ICELANDIC: 0.7}
"""Where Turkish has letters of its own, the neighbour has Icelandic ones: many more exports are Turkish."""
_LATIN: dict[str, tuple[str, ...]] = {
    "cp1252": (*_WESTERN, "àçèéíïòóúü", _ICELANDIC),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("çğıöşüâî",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
}
"""The letters beyond ASCII of the languages that are written in each encoding; the likelier encodings first."""
_OTHERS: dict[str, tuple[str, str]] = {
    "cp1251": ("CYRILLIC", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"),
    "koi8_r": ("CYRILLIC", "абвгдежзийклмнопрстуфхцчшщъыьэюяё"),
    "cp866": ("CYRILLIC", "абвгдежзийклмнопрстуфхцчшщъыьэюяё"),
    "mac_cyrillic": ("CYRILLIC", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"),
    "cp1253": ("GREEK", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
    "cp1255": ("HEBREW", "".join(map(chr, range(0x5D0, 0x5EB)))),
    "cp1256": ("ARABIC", "".join(map(chr, range(0x621, 0x64B))) + "پچژگکی"),
}
"""The script of an encoding, and the letters that are usual in it."""
_COMMON: dict[str, tuple[str, int, int]] = {
    "gb18030": ("gb2312", 0xB0, 0xD7), "cp932": ("shift_jis", 0x88, 0x97), "euc_jp": ("euc_jp", 0xB0, 0xCF),
    "big5": ("big5", 0xA4, 0xC6), "cp949": ("euc_kr", 0xB0, 0xC8),
}  # fmt: skip
"""Where in a character set its frequent characters are: by the first byte, from and to (the first levels of GB 2312,
JIS X 0208 and Big5; the Hangul of KS X 1001)."""
_KANJI = (
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川"
    "千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨顧客番号株式会社件商事大阪京業"
)
_FREQUENT = {
    "gb18030": (
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道"
        "行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无"
        "力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二"
        "等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各"
        "入几口认条平系气题活尔更别打客户称号码期金额套餐订单编导错误登录公司有限科技北京上海广州软件网络"
    ),
    "big5": (
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道"
        "行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日公司客戶"
        "編號日期金額訂單"
    ),
    "cp949": (
        "이다는에의을가고하지로를은한기인도서나사자어리시대그수일해라정들부전상과보제아여적있으만스원주장구당성여"
        "조고객회사명번호날짜금액요청문의"
    ),
    "cp932": _KANJI,
    "euc_jp": _KANJI,
}
"""Characters that every text in the language has, and every list of customers."""
_OPENING, _CLOSING = frozenset("“‘„‚«‹¿¡"), frozenset("”’»›…")
_CURRENCIES = frozenset("€£¥")
_SIGNS = _CURRENCIES | frozenset("“”„‘’‚«»‹›–—…•©®™°§·№¿¡\u00a0²³½ªº")
_ORDINALS = frozenset("ºª")
_CELLS = re.compile(r"[,;\t|\"]")


@cache
def _usual(encoding: str) -> frozenset[str]:
    codec, first, last = _COMMON[encoding]
    characters = []
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                characters.append(bytes((lead, trail)).decode(codec))
            except UnicodeDecodeError:
                continue
    return frozenset(characters)


def likeliest(data: bytes) -> str | None:
    """Return the encoding by which bytes make the most sense as text, or None where none does.

    Args:
        data: text that is no UTF-8; lines with letters beyond ASCII count, the first few name the columns.
    """
    lines = data.splitlines()
    telling = b"\n".join(line for line in lines if not line.isascii())[:_SAMPLE]
    best, encoding = _ENOUGH, None
    for name in (*_LATIN, *_OTHERS, *_COMMON):
        text = _decoded(telling, name)
        if text is None:
            continue
        score = _score(text, name) + _KNOWN_NAME * _known_names(lines[:_HEADERS], name)
        score -= _SELDOM.get(name, 0.05)
        if score > best + 1e-9:
            best, encoding = score, name
    return encoding


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError as fault:
        # The sample may end in the middle of a character.
        if fault.start < len(data) - 3 or fault.reason not in (
            "incomplete multibyte sequence",
            "unexpected end of data",
        ):
            return None
        return data[: fault.start].decode(name)


def _known_names(lines: list[bytes], name: str) -> int:
    """How many cells of the first lines name a column in letters beyond ASCII."""
    cells = {cell.strip() for line in lines for cell in _CELLS.split(line.decode(name, "replace"))}
    candidates = [cell for cell in cells if cell and not cell.isascii() and len(cell) < 60]
    return min(2, sum(any(key in names.field_name_keys() for key in names.keys(cell)) for cell in candidates))


def _score(text: str, name: str) -> float:
    """How well the characters beyond ASCII fit, on average: 1 where every one is a usual letter in its place."""
    points, count, letters = 0.0, 0, Counter[str]()
    for at, char in enumerate(text):
        if char < "\x80":
            continue
        count += 1
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char in _ORDINALS:  # "Nº" and "1ª", which are letters to Unicode
            points += 1.0 if (before in "Nn" or before.isdecimal()) and not after.isalpha() else -0.5
        elif not char.isalpha():
            points += _sign(char, before, after)
        elif before.islower() and char.isupper():
            points -= 1.0
        elif name in _OTHERS:
            points += _letter(char, before, after, name)
        elif name in _COMMON:
            points += _ideograph(char, before, after, name)
        elif before.isalpha() or after.isalpha():
            # Portuguese has õ before e only, and Turkish a capital that becomes two characters.
            letters["ő?" if char in "õÕ" and after not in "eE" else "ı" if char == "İ" else char.lower()] += 1
            points -= 0.5 * (before.isalpha() and before > "\x7f" and after.isalpha() and after > "\x7f")
        elif char.islower():  # a word of one letter
            points += 0.3
    return (points + (_latin(letters, name) if letters else 0.0)) / max(count, 1)


def _latin(letters: Counter[str], name: str) -> float:
    """Letters that one language has count whole, those of its neighbours in the encoding in part, others against."""
    own = max(_SHARE.get(language, 1.0) * sum(letters[char] for char in language) for language in _LATIN[name])
    group = sum(letters[char] for char in set("".join(_LATIN[name])))
    return own + 0.6 * (group - own) - 0.2 * (letters.total() - group)


def _sign(char: str, before: str, after: str) -> float:
    """Signs belong at the edge of a word; an apostrophe may be inside."""
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uff60":
        return 0.5
    if char not in _SIGNS:
        return -2.0 if unicodedata.category(char) in ("Cc", "Co", "Cn") else -0.5
    if char in _CURRENCIES:
        return -0.5 if before.isalpha() or after.isalpha() else 0.6
    if char in _OPENING:
        return -0.5 if before.isalpha() or not after.strip() else 0.8
    if char in "–—":
        return -0.5 if before.isalpha() or after.isalpha() else 0.8
    if char in _CLOSING:
        return 0.8 if before.strip() and (char == "’" or not after.isalpha()) else -0.5
    return -0.5 if before.isalpha() and after.isalpha() else 0.3


def _letter(char: str, before: str, after: str, name: str) -> float:
    """A letter of a script of its own: beside letters of the same script, and seldom a capital after another."""
    script, usual = _OTHERS[name]
    if char.lower() not in usual or not unicodedata.name(char, "").startswith(script):
        return -0.5
    if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
        return -1.0
    if not (before.isalpha() or after.isalpha()):
        return 0.3
    return 0.8 if char.isupper() and before.isalpha() else 1.0


def _ideograph(char: str, before: str, after: str, name: str) -> float:
    """A character of Chinese, Japanese or Korean: usual ones, not beside Latin letters, kana in Japanese only."""
    mixed = 0.3 * sum(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after))
    if "\uff61" <= char <= "\uff9f":
        return -0.3
    if "\u3040" <= char <= "\u30ff":
        return (1.3 if name in ("cp932", "euc_jp") else -0.3) - mixed
    has_usual_neighbour = before in _usual(name) or after in _usual(name)  # a rare character of a name, among others
    usual = 0.8 if char in _usual(name) else 0.2 if has_usual_neighbour and not mixed else -0.5
    return usual + (0.5 if char in _FREQUENT[name] else 0.0) - mixed
