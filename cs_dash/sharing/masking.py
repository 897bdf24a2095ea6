"""Texts with customers' names, addresses and amounts replaced: any letter case, accents folded, whole words only.

All names are looked for at once (Aho-Corasick), in the words of a text without case, accents and signs. Letters of
scripts that are written without spaces are words by themselves, so that a name is found within a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import ahocorasick

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WITHIN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
"""Accents by themselves, and signs that nobody sees: within a word they count as nothing."""
_WORD = re.compile(f"[{_SPACELESS}]|(?:[^\\W_{_SPACELESS}][{_WITHIN}]*)+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@|]+@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_SIGN = r"[€$£¥₹₽₩₺₴₪฿]|(?:US|C|CA|A|AU|NZ|R|HK|MX)\$"
_CODE = (
    "EUR|USD|GBP|CHF|JPY|CNY|RMB|RUB|BRL|MXN|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|TRY|UAH|ILS|INR|AUD|CAD|NZD|SGD|HKD|"
    "KRW|THB|ZAR|AED|SAR|ARS|CLP|COP"
)
_WORDS = "euros?|dollars?|pounds?|francs?|yen|yuan|roubles?|rubles?|рубл[а-я]*|руб|евро|доллар[а-я]*|元|日元|欧元|美元"
_NUMBER = r"\d+(?:[.,'’\u00a0\u202f ]\d+)*(?:\s?(?:k|m|mn|mio|bn|tsd|тыс|млн|thousand|million|mil|万)\b\.?)?"
_AMOUNT = re.compile(
    rf"(?:(?:{_SIGN})|\b(?:{_CODE}))\s?-?{_NUMBER}|{_NUMBER}\s?(?:{_SIGN}|(?:{_CODE}|{_WORDS})(?!\w))", re.IGNORECASE
)
HIDDEN_AMOUNT = "[amount]"
_CASED_BELOW = 4
"""A name with fewer letters is replaced only where it is written with the same letter case: "IT" is not "it"."""


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded as names are compared: "Smith & Søn" gives ["smith", "son"]."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [folded for _, _, folded in _spans(text)]


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for word in _WORD.finditer(text):
        if folded := _folded(word[0]):
            yield word.start(), word.end(), folded


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalnum()).translate(_LETTERS)


class TextMask:
    """Replaces what identifies customers in texts. Calling it with a text returns the text without."""

    def __init__(
        self,
        names: Iterable[tuple[str, str | None]] = (),
        *,
        address: Callable[[str], str] | None = None,
        amounts: bool = False,
    ) -> None:
        """Take (name, what stands for it, None: it stays); of two equal names the first counts.

        `address`: returns what stands for an e-mail address; None: they stay. `amounts`: amounts of money go, too.
        """
        self._address, self._amounts = address, amounts
        self._words: set[str] = set()
        entries: dict[str, tuple[int, str | None, str]] = {}
        for name, replacement in names:
            words = words_of(name)
            key = f" {' '.join(words)} "
            letters = len(key) - 1 - len(words)
            if letters < 2 or key in entries:
                continue
            entries[key] = (len(words), replacement, name if letters < _CASED_BELOW else "")
            if replacement is not None:
                self._words.update(words)
        self._automaton = ahocorasick.Automaton()
        for key, entry in entries.items():
            self._automaton.add_word(key, entry)
        self._has_names = bool(entries)
        if self._has_names:
            self._automaton.make_automaton()

    def __call__(self, text: str) -> str:
        """Return a text without what identifies customers."""
        if self._address is not None and "@" in text:
            text = _ADDRESS.sub(lambda match: self._of_address(match[0]), text)
        if self._has_names:
            text = self._without_names(text)
        if self._amounts and any(letter.isdecimal() for letter in text):
            text = _AMOUNT.sub(HIDDEN_AMOUNT, text)
        return text

    def names_part(self, word: str) -> bool:
        """Return whether a word by itself, such as a topic's, is part of a name that is replaced."""
        return any(folded in self._words for folded in words_of(word))

    def _of_address(self, address: str) -> str:
        return self._address(address) if self._address else address

    def _without_names(self, text: str) -> str:
        line = f" {' '.join(words_of(text))} "
        matches = []
        for end, (count, replacement, cased) in self._automaton.iter(line):
            last = line.count(" ", 0, end) - 1  # index of the last word
            matches.append((last - count + 1, -count, last, replacement, cased))
        if not matches:
            return text
        spans = list(_spans(text))
        parts, at, next_word = [], 0, 0
        for first, _, last, replacement, cased in sorted(matches, key=lambda match: match[:2]):
            start, end = spans[first][0], spans[last][1]
            if first < next_word or (cased and text[start:end] != cased):
                continue
            next_word = last + 1
            if replacement is not None:
                parts += [text[at:start], replacement]
                at = end
        return "".join([*parts, text[at:]])
