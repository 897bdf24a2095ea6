"""The language of a ticket's text, or "unknown" where its words do not tell.

The script decides first (Chinese, Japanese, Korean, Russian, Ukrainian), then common words, and only where there are
too few of them a statistical model (`letters`). Short texts of names and numbers stay "unknown".
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier.lexicon import LANGUAGES, common_words
from cs_dash.tickets.text import letters
from cs_dash.tickets.text.tokens import Tokens

UNKNOWN = "unknown"
NAMES = {
    "english": "en", "englisch": "en", "eng": "en", "английский": "en", "inglés": "en", "anglais": "en", "inglês": "en",
    "英语": "en", "英文": "en", "german": "de", "deutsch": "de", "ger": "de", "deu": "de", "немецкий": "de",
    "alemán": "de", "allemand": "de", "alemão": "de", "德语": "de", "russian": "ru", "русский": "ru", "rus": "ru",
    "russisch": "ru", "ruso": "ru", "russe": "ru", "russo": "ru", "俄语": "ru", "chinese": "zh", "中文": "zh",
    "chinesisch": "zh", "chino": "zh", "chinois": "zh", "chinês": "zh", "китайский": "zh", "zho": "zh", "cn": "zh",
    "spanish": "es", "español": "es", "spanisch": "es", "espagnol": "es", "espanhol": "es", "испанский": "es",
    "spa": "es", "西班牙语": "es", "french": "fr", "français": "fr", "französisch": "fr", "francés": "fr", "fra": "fr",
    "francês": "fr", "французский": "fr", "法语": "fr", "portuguese": "pt", "português": "pt", "portugiesisch": "pt",
    "portugués": "pt", "portugais": "pt", "португальский": "pt", "por": "pt", "葡萄牙语": "pt",
}  # fmt: skip
SURE = 0.6
"""Confidence that the statistical model must reach (its own, normalised)."""
_READ = 200
_FEWEST = 6
"""Fewer letters tell nothing about the language."""
_SCRIPTS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Cyrillic}]"


def languages(stated: pa.Array, texts: pa.Array, tokens: Tokens) -> pa.Array:
    """Return the language code of each ticket: the export's statement where it is understood, else the detected one.

    Args:
        stated: the export's own language (strings, nulls allowed).
        texts: the result of `readable_texts`.
        tokens: the tokens of these texts.
    """
    stated_codes = codes_of_names(stated)
    undecided = np.flatnonzero(pc.is_null(stated_codes).to_numpy(zero_copy_only=False))
    if not len(undecided):
        return stated_codes
    detected = detect_languages(texts.take(pa.array(undecided)), tokens.take(undecided))
    return pc.replace_with_mask(stated_codes, pc.is_null(stated_codes), detected)


def detect_languages(texts: pa.Array, tokens: Tokens) -> pa.Array:
    """Return the language code of each text, or "unknown"."""
    language_codes = np.full(len(texts), "", dtype=object)
    for code, mask in _by_script(tokens).items():
        language_codes[mask & (language_codes == "")] = code
    latin = [code for code in LANGUAGES if code not in ("ru", "zh")]
    likeliest, clear = _by_words(tokens, latin)
    language_codes[(language_codes == "") & clear] = np.array(latin, dtype=object)[
        likeliest[(language_codes == "") & clear]
    ]
    undecided = np.flatnonzero(language_codes == "")
    if len(undecided):
        short = pc.utf8_slice_codeunits(texts.take(pa.array(undecided)), 0, _READ).dictionary_encode()
        letter_codes = np.array(_by_letters(short.dictionary.to_pylist()), dtype=object)
        language_codes[undecided] = letter_codes[short.indices.to_numpy(zero_copy_only=False)]
    return pa.array(language_codes, pa.string())


def codes_of_names(stated: pa.Array) -> pa.Array:
    """Return the language codes of the export's own names for languages, null where a name is not understood."""
    values = stated.cast(pa.string()).dictionary_encode()
    code_by_value = pa.array([_code(value) for value in values.dictionary.to_pylist()], pa.string())
    return code_by_value.take(values.indices) if len(code_by_value) else pa.nulls(len(stated), pa.string())


def _code(value: str | None) -> str | None:
    text = (value or "").strip().casefold()
    first = text.replace("_", "-").split("-")[0].split(" ")[0].strip("()")
    return (
        NAMES.get(text)
        or NAMES.get(first)
        or (first if first.isascii() and first.isalpha() and len(first) == 2 else None)
    )


def _by_script(tokens: Tokens) -> dict[str, NDArray[np.bool_]]:
    """Return {language: mask of the texts in its script}."""
    foreign = pc.match_substring_regex(tokens.vocabulary, _SCRIPTS).to_numpy(zero_copy_only=False)
    at = np.flatnonzero(tokens.sums(foreign))
    if not len(at):
        return {}
    written = tokens.take(at)

    def signs(pattern: str) -> NDArray[np.int64]:
        counts = np.zeros(len(tokens), np.int64)
        counts[at] = written.sums(pc.count_substring_regex(written.vocabulary, pattern).to_numpy())
        return counts

    han, kana, hangul = signs(r"\p{Han}"), signs(r"[\p{Hiragana}\p{Katakana}]"), signs(r"\p{Hangul}")
    cyrillic, ukrainian, latin = signs(r"\p{Cyrillic}"), signs("[іїєґў]"), signs("[a-z]")
    eastern = han + kana
    return {
        "ko": (hangul > 0) & (hangul * 3 >= latin),
        "ja": (kana > 0) & (eastern * 3 >= latin),
        "zh": (han > 0) & (han * 3 >= latin),
        "uk": (ukrainian > 0) & (cyrillic * 2 >= latin),
        "ru": (cyrillic > 0) & (cyrillic * 2 >= latin),
    }


def _by_words(tokens: Tokens, codes: list[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the language with most common words in each text, and a mask of where the lead is clear."""
    language_masks = np.zeros(len(tokens.vocabulary), np.uint8)
    for place, code in enumerate(codes):
        language_masks |= (
            pc.is_in(tokens.vocabulary, value_set=pa.array(common_words(code))).to_numpy(False).astype(np.uint8)
            << place
        )
    masks = language_masks[tokens.codes]
    at = np.flatnonzero(masks)
    rows, masks = tokens.rows[at], masks[at]
    counts = np.stack(
        [np.bincount(rows[(masks >> place & 1) > 0], minlength=len(tokens)) for place in range(len(codes))]
    )
    ranked = np.sort(counts, axis=0)
    clear = (ranked[-1] >= 4) & (ranked[-1] >= 2 * ranked[-2] + 1)
    return counts.argmax(axis=0), clear


def _by_letters(texts: list[str]) -> list[str]:
    guesses = letters.detect(texts)
    short = [sum(map(str.isalpha, text)) < _FEWEST for text in texts]
    return [code if sure >= SURE and not few else UNKNOWN for (code, sure), few in zip(guesses, short, strict=True)]
