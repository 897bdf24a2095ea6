"""The language a ticket is written in, or "unknown" where its words do not tell.

The script decides first (Chinese, Japanese, Korean, Russian, Ukrainian), then common words, and only where they are too
few a statistical model (`letters`). Short texts of names and numbers stay
"unknown".
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier.lexicon import LANGUAGES, common_words
from cs_dash.tickets.text import letters
from cs_dash.tickets.text.tokens import Words

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
"""How sure the statistical model must be (its own normalised confidence)."""
_READ = 200
_FEWEST = 6
"""Letters of a text that tells anything."""
_SCRIPTS = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Cyrillic}]"


def languages(told: pa.Array, texts: pa.Array, words: Words) -> pa.Array:
    """Return the code of each ticket's language: what its export says if that is understood, else what it reads like.

    Args:
        told: the export's own language (strings, nulls allowed).
        texts: as `reading` gives them.
        words: the words of these texts.
    """
    said = codes(told)
    left = np.flatnonzero(pc.is_null(said).to_numpy(zero_copy_only=False))
    if not len(left):
        return said
    found = recognised(texts.take(pa.array(left)), words.of(left))
    return pc.replace_with_mask(said, pc.is_null(said), found)


def recognised(texts: pa.Array, words: Words) -> pa.Array:
    """Return the code of the language of each text, or "unknown"."""
    found = np.full(len(texts), "", dtype=object)
    for code, mask in _by_script(words).items():
        found[mask & (found == "")] = code
    latin = [code for code in LANGUAGES if code not in ("ru", "zh")]
    best, clear = _by_words(words, latin)
    found[(found == "") & clear] = np.array(latin, dtype=object)[best[(found == "") & clear]]
    left = np.flatnonzero(found == "")
    if len(left):
        short = pc.utf8_slice_codeunits(texts.take(pa.array(left)), 0, _READ).dictionary_encode()
        codes = np.array(_by_letters(short.dictionary.to_pylist()), dtype=object)
        found[left] = codes[short.indices.to_numpy(zero_copy_only=False)]
    return pa.array(found, pa.string())


def codes(told: pa.Array) -> pa.Array:
    """Return the code that the export's own words for a language mean, null where they are not understood."""
    values = told.cast(pa.string()).dictionary_encode()
    known = pa.array([_code(value) for value in values.dictionary.to_pylist()], pa.string())
    return known.take(values.indices) if len(known) else pa.nulls(len(told), pa.string())


def _code(value: str | None) -> str | None:
    text = (value or "").strip().casefold()
    first = text.replace("_", "-").split("-")[0].split(" ")[0].strip("()")
    return (
        NAMES.get(text)
        or NAMES.get(first)
        or (first if first.isascii() and first.isalpha() and len(first) == 2 else None)
    )


def _by_script(words: Words) -> dict[str, NDArray[np.bool_]]:
    """Return which texts are written in the script of which language."""
    foreign = pc.match_substring_regex(words.names, _SCRIPTS).to_numpy(zero_copy_only=False)
    at = np.flatnonzero(words.added(foreign))
    if not len(at):
        return {}
    written = words.of(at)

    def signs(pattern: str) -> NDArray[np.int64]:
        counted = np.zeros(len(words), np.int64)
        counted[at] = written.added(pc.count_substring_regex(written.names, pattern).to_numpy())
        return counted

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


def _by_words(words: Words, codes: list[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the language whose common words each text has most of, and where that is clear."""
    several = np.zeros(len(words.names), np.uint8)
    for place, code in enumerate(codes):
        several |= (
            pc.is_in(words.names, value_set=pa.array(common_words(code))).to_numpy(False).astype(np.uint8) << place
        )
    told = several[words.codes]
    at = np.flatnonzero(told)
    rows, told = words.rows[at], told[at]
    counts = np.stack([np.bincount(rows[(told >> place & 1) > 0], minlength=len(words)) for place in range(len(codes))])
    ranked = np.sort(counts, axis=0)
    clear = (ranked[-1] >= 4) & (ranked[-1] >= 2 * ranked[-2] + 1)
    return counts.argmax(axis=0), clear


def _by_letters(texts: list[str]) -> list[str]:
    told = letters.told(texts)
    short = [sum(map(str.isalpha, text)) < _FEWEST for text in texts]
    return [code if sure >= SURE and not few else UNKNOWN for (code, sure), few in zip(told, short, strict=True)]
