"""What kind a ticket's words suggest, language by language: where nothing better is known, and never as a fact.

Each language is one TOML file of phrases written for this product. A workspace's own phrases (the setting
`lexicon.<language>`, {kind: [phrases]}) stand in the place of those of that kind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier.type_terms import ACCESS, BILLING, DEFECT, FEATURE_REQUEST, HOW_TO, OTHER, OUTAGE
from cs_dash.tickets.text.phrases import bare, counted
from cs_dash.tickets.text.tokens import Words, words

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
SETTING = "lexicon."
"""A workspace's own phrases of a language are the setting of this name and the language's code."""
Phrases = Mapping[str, Sequence[str]]
ORDER = (OUTAGE, FEATURE_REQUEST, ACCESS, BILLING, DEFECT, HOW_TO, OTHER)
"""Which kind is taken where the phrases of several weigh the same."""
_MOST = 3


@lru_cache
def _file(language: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def common_words(language: str) -> tuple[str, ...]:
    """Return the common words by which a language is recognised."""
    listed = _file(language)["common"]
    return tuple(str(each) for each in listed) if isinstance(listed, list) else ()


def phrases(language: str, own: Phrases | None = None) -> dict[str, tuple[str, ...]]:
    """Return the phrases of each kind in a language; those that a workspace chose go before the shipped ones."""
    shipped = _file(language)["kinds"]
    listed = shipped if isinstance(shipped, dict) else {}
    return {kind: tuple((own or {}).get(kind, listed.get(kind, ()))) for kind in ORDER}


def chosen(settings: Mapping[str, object]) -> dict[str, dict[str, list[str]]]:
    """Return the phrases that a workspace's settings hold, by language and kind; what is no such thing is left out."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, value in settings.items():
        language = name.removeprefix(SETTING)
        if name.startswith(SETTING) and language in LANGUAGES and isinstance(value, dict):
            found[language] = {
                str(kind): [str(each) for each in listed]
                for kind, listed in value.items()
                if kind in ORDER and isinstance(listed, list)
            }
    return found


def suggested(words: Words, languages: pa.Array, own: Mapping[str, Phrases] | None = None) -> pa.Array:
    """Return the kind that the words of each text suggest, or null.

    A phrase of several words weighs two, a single word one; the heaviest kind is suggested.

    Args:
        words: those of what `reading` gives.
        languages: code of each text's language; there are no suggestions for languages without a lexicon.
        own: what `chosen` returns.
    """
    words = bare(words)
    kinds = np.full(len(words), -1, np.int64)
    for language in LANGUAGES:
        at = np.flatnonzero(pc.fill_null(pc.equal(languages, language), False).to_numpy(zero_copy_only=False))
        if len(at):
            kinds[at] = _suggested(words.of(at), phrases(language, (own or {}).get(language)))
    return pa.array(ORDER).take(pa.array(kinds, mask=kinds < 0))


def _suggested(words: Words, listed: Phrases) -> NDArray[np.int64]:
    """Return the place in `ORDER` of each text's suggestion, -1 for none."""
    single = [[each for each in listed[kind] if _is_single(each)] for kind in ORDER]
    several = [[each for each in listed[kind] if not _is_single(each)] for kind in ORDER]
    hits = np.minimum(counted(words, [*single, *several]), _MOST)
    scores = hits[: len(ORDER)] + 2.0 * hits[len(ORDER) :]
    asks = words.added(pc.equal(words.names, "?").to_numpy(zero_copy_only=False)) > 0
    scores[ORDER.index(HOW_TO)] += 0.5 * asks
    best = scores.argmax(axis=0)
    return np.where(scores.max(axis=0) > 0, best, -1)


@lru_cache(maxsize=4_096)
def _is_single(phrase: str) -> bool:
    """Return whether a phrase is one word: of Chinese, where every sign is handled as one, up to two signs."""
    size = len(words(pa.array([phrase])).codes)
    return size <= (2 if "\u3040" <= phrase[:1] <= "\u9fff" else 1)
