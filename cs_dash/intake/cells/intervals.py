"""How long a price is for: "monthly", "every 3 months", "2-Year", "pro Quartal", "P1Y", "一次性". Seven languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cs_dash.schema import names

ONCE = 0.0
"""What a charge that comes once is for: no recurring revenue."""
_WEEK, _DAY = 12 / 52, 12 / 365
_LONGEST = 60
_ADJECTIVES: tuple[tuple[float, str], ...] = (
    (24, r"biennial\w*|bisannuel\w*|bienal\w*|zweijahr\w*|двухлетн\w*|两年付"),
    (6, r"(?:semi|bi) ?annual\w*|half ?year(?:ly)?|semi ?yearly|twice a year|halbjahr\w*|semest(?:r|er)\w*|"
        r"(?:раз в )?полгода|полугод\w*|(?:每|按)?半年[度付]?"),
    (3, r"quarter(?:s|ly)?|quartal\w*|viertel ?jahr\w*|trimest(?:r|er)\w*|(?:еже|по)?квартал\w*|(?:раз в )?квартал|"
        r"[每按]?季[度付]?"),
    (2, r"bi ?monthly|zweimonat\w*|bimestr\w*|双月付?"),
    (2 * _WEEK, r"bi ?weekly|fort ?night(?:ly)?|vierzehntagi\w*|zweiwochentl\w*|quinzaine|quincenal\w*|quinzenal\w*|"
                r"双周付?"),
    (12, r"annual(?!i[sz]ed)\w*|yearly|per annum|jahr(?:lich|es)\w*|annuel\w*|anual\w*|anuidade|ежегодн\w*|"
         r"годов\w*|[每按]?年[付度费]"),
    (1, r"month ?ly|mtm|monatlich\w*|monats\w+|mensuel\w*|mensual\w*|mensal\w*|ежемесячн\w*|помесячн\w*|"
        r"месячн\w*|[每按包]?月[付度费结]|包月"),
    (_WEEK, r"weekly|wochentlich\w*|hebdomadaire\w*|semanal\w*|еженедельн\w*|[每按]周"),
    (_DAY, r"daily|taglich\w*|quotidien\w*|diari[oa]|ежедневн\w*|[每按]天"),
)  # fmt: skip
_UNITS: tuple[tuple[float, str], ...] = (
    (6, r"half ?years?|halbjahre?|semestres?|полугоди[ея]|半年"),
    (3, r"quarters?|qtrs?|quartale?|trimestres?|квартал(?:а|ов)?|个?季度?"),
    (12, r"years?|yrs?|jahre?n?|ans?|annees?|anos?|года?|лет|个?年"),
    (1, r"months?|mos?|mths?|mon|monate?n?|mois|mes(?:es)?|месяц(?:а|ев)?|мес|个?月"),
    (_WEEK, r"weeks?|wks?|wochen?|semaines?|semanas?|недел[яьию]|нед|个?周|个?星期"),
    (_DAY, r"days?|tage?n?|jours?|dias?|д(?:ень|ня|ней)|天|日"),
)
_NUMBERS = {
    word: number
    for number, words in enumerate((
        "", "one a ein eine einem un une uno una um uma один одна 一", "two zwei deux dos dois duas два две двух 两 二",
        "three drei trois tres три трех 三", "four vier quatre cuatro quatro четыре 四",
        "five funf cinq cinco пять 五", "six sechs seis шесть 六",
    ))
    for word in words.split()
}  # fmt: skip
_EACH = (
    r"per|every|each|a|an|pro|je|jede\w?|alle|par|chaque|tou(?:te)?s|les|por|cada|al|ao|a cada|кажд\w+|раз в|на|за|в|"
    r"через|每|按|/"
)
_FILLER = re.compile(
    rf"^(?:{_EACH}|to|the|of|in|at|on|for|with|once|term|terms|contract|plan|subscription|commitment|committed|"
    r"recurring|renewals?|renewing|renews|renew|auto|automatic|billed|billing|billings|bill|paid|payments?|pay|prepaid|"
    r"prepay|prepayment|upfront|up|front|advance|interval|period|cycle|frequency|fixed|rolling|laufzeit|vertrag|"
    r"abo|abrechnung|zahlung|zahlweise|im|voraus|abonnement|paiement|contrat|facturation|suscripcion|pago|contrato|"
    r"plazo|assinatura|pagamento|cobranca|prazo|подписка|оплата|договор|срок|раз|合同|订阅|付款|付)$"
)
_NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}"
_COUNTED = tuple(
    (months, re.compile(rf"(?<![\w.])({_NUMBER}) ?x? ?(?:{units})(?![^\W\d_一-鿿])")) for months, units in _UNITS
)
_WORDED = tuple(
    (months, re.compile(rf"(?<![^\W\d一-鿿])(?:{words})(?![^\W\d_一-鿿])")) for months, words in _ADJECTIVES
)
_BARE = tuple((months, re.compile(rf"(?<![^\W一-鿿])(?:{units})(?![^\W一-鿿])")) for months, units in _UNITS)
_EVERY = tuple(
    (months, re.compile(rf"(?:(?<!\w)(?:{_EACH}) |每)(?:{units})(?!\w)")) for months, units in _UNITS
)  # fmt: skip
_SHORT = {"m": 1.0, "mo": 1.0, "p m": 1.0, "pm": 1.0, "q": 3.0, "y": 12.0, "yr": 12.0, "pa": 12.0, "p a": 12.0,
          "w": _WEEK, "d": _DAY, "monthly": 1.0}  # fmt: skip
_LETTERS = re.compile(r"^(\d{1,3}) ?([dwmqyja])$")
_ISO = re.compile(r"^p(\d{1,3})([dwmy])$", re.IGNORECASE)
_ONCE = re.compile(
    r"(?<!\w)(?:one ?(?:time|off)|once(?! (?:a|per|every|each|in)\b)|non ?recurring|nonrecurring|set ?up\w*|activation|"
    r"installation|implementation|life ?time|perpetual|trial|free trial|einmal\w*|einricht\w*|aktivierung\w*|"
    r"inbetriebnahme\w*|testphase|ponctuel\w*|paiement unique|unique|frais d installation|mise en service|essai|"
    r"unic[oa]|(?:pago|pagamento) unico|activacion|instalacion|prueba|ativacao|instalacao|adesao|implantacao|teste|"
    r"une fois(?! par)|avuls[oa]|"
    r"разов\w*|единоразов\w*|единовременн\w*|активаци\w*|установк\w*|внедрени\w*|подключени\w*|пробн\w*)(?!\w)"
    r"|一次性|单次|激活|安装费?|试用"
)
_RECURS = re.compile(
    r"(?<!non )\b(recurring|subscriptions?|recurrent|licen[cs]es?|maintenance|usage|metered|abo|abonnement|laufend\w*|"
    r"wiederkehrend\w*|lizenz\w*|recurrente?s?|suscripcion|recorrente|assinatura|mensalidade|регулярн\w*|подписк\w*|"
    r"абонентск\w*)\b|订阅|周期"
)
_PAID = re.compile(
    r"\b(?:billed|paid|payable|invoiced|abgerechnet|zahlbar|facture\w*|paye\w*|facturad[oa]|pagad[oa]|cobrad[oa]|"
    r"pag[oa]|с оплатой|оплата)\b"
)

_PER = r"(?:/|\b(?:per|pro|par|por|each|an?|al|ao|в|за)\b|每)"
_RATE, _HAS_PER = (re.compile(pattern, re.IGNORECASE) for pattern in (rf"^(.*?\d.*?)\s*{_PER}\s*([^\d\s/].*)$", _PER))
_COMPOUND = re.compile(
    r"\b(?:monats|jahres|quartals|halbjahres|wochen)(preis|betrag|gebuhr|beitrag|rate|kosten|entgelt)\b"
)
_PER_SEAT = re.compile(
    r"(?:\b(?:per|pro|par|por|je|each|a|за|/)|/) ?(?:seat|user|licen[cs]e|unit|agent|member|nutzer|platz|lizenz|stuck|"
    r"utilisateur|siege|usuario|asiento|licencia|licenca|assento|пользователя|место|лицензию|единицу)s?\b"
    r"|\bunit(?= (?:price|amount|cost))|\bstuck(?=preis)|\beinzel(?=preis)|\bunitaire\b|\bunitario\b|每(?:用户|席位)"
)
_LINKS = re.compile(rf"^(?:{_EACH}|and|und|et|y|e|и|of|in|en|em)$")


def _plain(text: str) -> str:
    """The text folded, with a blank between digits and letters, and the sign for “per” kept as a word."""
    spaced = re.sub(r"\s*/\s*", " / ", unicodedata.normalize("NFKC", text))
    parts = [part if part == "/" else names.folded(part) for part in re.split(r"(/)", spaced)]
    return " ".join(re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", " ".join(parts)).split())


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS[text]


def _whole(number: int, unit: float) -> float:
    """The months in so many units; days that make about whole months are those: 30, 90, 365."""
    size = number * unit
    return float(round(size)) if unit == _DAY and size > 0.5 and abs(size - round(size)) < 0.1 else size


def _readings(plain: str, patterns_of_units: tuple[tuple[float, re.Pattern[str]], ...]) -> tuple[list[float], str]:
    """The intervals that a text names, and what is left of it without them."""
    values = []
    for unit, counted in _COUNTED:
        values += [_whole(_count(match[1]), unit) for match in counted.finditer(plain)]
        plain = counted.sub(" ", plain)
    for patterns in (_WORDED, patterns_of_units):
        for unit, pattern in patterns:
            if pattern.search(plain):
                values.append(unit)
                plain = pattern.sub(" ", plain)
    return values, plain


def _agreed(values: list[float]) -> float | None:
    return values[0] if values and all(abs(value - values[0]) < 0.01 for value in values) else None


@lru_cache(maxsize=20_000)
def months(text: str) -> float | None:
    """Return the months in the interval that a cell names, `ONCE` for what is charged once; None for other words.

    >>> months("Annual"), months("every 3 months"), months("2-Year"), months("month-to-month"), months("on demand")
    (12, 3, 24, 1, None)
    >>> months("One-Time"), months("P1Y"), round(months("weekly") or 0, 3)
    (0.0, 12.0, 0.231)
    """
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    if plain in _SHORT:
        return _SHORT[plain]
    if match := _ISO.match(text.strip()) or _LETTERS.match(plain):
        unit = {"d": _DAY, "w": _WEEK, "m": 1.0, "q": 3.0, "y": 12.0, "j": 12.0, "a": 12.0}[match[2].casefold()]
        return _whole(int(match[1]), unit)
    if is_once(text):
        return ONCE
    values, rest = _readings(plain, _BARE)
    if any(not _FILLER.match(word) for word in rest.split()):
        return None
    if (agreed := _agreed(values)) is not None or not values:
        return agreed
    # "12 months, billed monthly": the price is for what is billed.
    parts = _PAID.split(plain)
    return _agreed(_readings(parts[-1], _BARE)[0]) if len(parts) == 2 else None


@lru_cache(maxsize=20_000)
def named(text: str) -> float | None:
    """Return the months in the one interval that a header, a product or a description names somewhere; else None.

    >>> named("Price per month"), named("Pro (annual)"), named("Jahrespreis"), named("Price"), named("Pro 2026")
    (1, 12, 12, None, None)
    """
    plain = re.sub(r"/ *(?:(?:and|und|et|y|e|и) )?", "/ ", _PER_SEAT.sub(" / ", _plain(text[:400])))
    values, rest = _readings(plain, _EVERY)
    if not values and rest.split()[-1:] and rest.split()[-1] in ("mrr", "pm"):
        return 1.0
    return _agreed(values)


@lru_cache(maxsize=20_000)
def without(text: str) -> str:
    """Return what a header says besides its period and its unit: "Price per user and month" is a price.

    >>> without("Price per user / month"), without("Jahrespreis"), without("Annual fee")
    ('price', 'preis', 'fee')
    """
    plain = _COMPOUND.sub(r" \1 ", _PER_SEAT.sub(" ", _plain(text)))
    _, rest = _readings(plain, _BARE)
    return " ".join(word for word in rest.split() if not _LINKS.match(word))


def is_per_seat(text: str) -> bool:
    """Return whether a header names the price of one seat, user, licence or unit."""
    return bool(_PER_SEAT.search(_plain(text)))


def in_cell(text: str) -> tuple[str, float] | None:
    """Return the amount and the months that one cell gives together; None where it gives no interval.

    >>> in_cell("$100 / month"), in_cell("1.200 € pro Jahr"), in_cell("100")
    (('$100', 1), ('1.200 €', 12), None)
    """
    match = _RATE.match(text) if _HAS_PER.search(text) else None
    size = months(match[2]) if match else None
    return None if match is None or size is None else (match[1].strip(), size)


def is_once(text: str) -> bool:
    """Return whether a word means a charge that comes once: one-time, setup, activation, trial.

    >>> is_once("Setup fee"), is_once("Einmalig"), is_once("once a year"), is_once("Monthly")
    (True, True, False, False)
    """
    return bool(_ONCE.search(_plain(text)))


def recurs(text: str) -> bool:
    """Return whether a word means a charge that comes again and again.

    >>> recurs("Recurring"), recurs("Abo"), recurs("Setup")
    (True, True, False)
    """
    return bool(_RECURS.search(names.folded(text)))


def unit(text: str) -> float | None:
    """Return the months in the unit that a header ends with, as "Term (years)"; None where it names none."""
    words = _plain(text).split()
    return next((size for size, pattern in _BARE if words and pattern.fullmatch(words[-1])), None)
