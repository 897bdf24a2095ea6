"""The kind that a ticket's words suggest, by language: used where nothing better is known, and never as a fact.

Each language is one TOML file of phrases written for this product. A workspace's own phrases
(`decisions.lexicon`) replace those of that kind.
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
from cs_dash.tickets.text.phrases import phrase_counts, without_accents
from cs_dash.tickets.text.tokens import Tokens, tokenize

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
Phrases = Mapping[str, Sequence[str]]
ORDER = (OUTAGE, FEATURE_REQUEST, ACCESS, BILLING, DEFECT, HOW_TO, OTHER)
"""Precedence of kinds with equal scores."""
_MOST = 3


@lru_cache
def _file(language: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def common_words(language: str) -> tuple[str, ...]:
    """Return the common words by which a language is detected."""
    entries = _file(language)["common"]
    return tuple(str(word) for word in entries) if isinstance(entries, list) else ()


def phrases(language: str, own: Phrases | None = None) -> dict[str, tuple[str, ...]]:
    """Return the phrases of each kind in a language; a workspace's `own` phrases replace the shipped ones."""
    shipped = _file(language)["kinds"]
    phrases_by_kind = shipped if isinstance(shipped, dict) else {}
    return {kind: tuple((own or {}).get(kind, phrases_by_kind.get(kind, ()))) for kind in ORDER}


def workspace_phrases(own: Mapping[str, object]) -> dict[str, dict[str, list[str]]]:
    """Return the valid phrases of a workspace's decisions, by language and kind; see `decisions.lexicon`."""
    lexicon: dict[str, dict[str, list[str]]] = {}
    for language, value in own.items():
        if language in LANGUAGES and isinstance(value, dict):
            lexicon[language] = {
                str(kind): [str(phrase) for phrase in entries]
                for kind, entries in value.items()
                if kind in ORDER and isinstance(entries, list)
            }
    return lexicon


def suggest_kinds(tokens: Tokens, languages: pa.Array, own: Mapping[str, Phrases] | None = None) -> pa.Array:
    """Return the kind that the words of each text suggest, or null.

    A phrase of several words scores two, a single word one; the kind with the highest score is suggested.

    Args:
        tokens: the tokens of `readable_texts`.
        languages: language code of each text; there are no suggestions for languages without a lexicon.
        own: a workspace's own phrases by language, see `decisions.lexicon`.
    """
    tokens = without_accents(tokens)
    kinds = np.full(len(tokens), -1, np.int64)
    for language in LANGUAGES:
        at = np.flatnonzero(pc.fill_null(pc.equal(languages, language), False).to_numpy(zero_copy_only=False))
        if len(at):
            kinds[at] = _suggested_kinds(tokens.take(at), phrases(language, (own or {}).get(language)))
    return pa.array(ORDER).take(pa.array(kinds, mask=kinds < 0))


def _suggested_kinds(tokens: Tokens, listed: Phrases) -> NDArray[np.int64]:
    """Return the index in `ORDER` of each text's suggestion, -1 for none."""
    single = [[phrase for phrase in listed[kind] if _is_single(phrase)] for kind in ORDER]
    several = [[phrase for phrase in listed[kind] if not _is_single(phrase)] for kind in ORDER]
    hits = np.minimum(phrase_counts(tokens, [*single, *several]), _MOST)
    scores = hits[: len(ORDER)] + 2.0 * hits[len(ORDER) :]
    asks = tokens.sums(pc.equal(tokens.vocabulary, "?").to_numpy(zero_copy_only=False)) > 0
    scores[ORDER.index(HOW_TO)] += 0.5 * asks
    best = scores.argmax(axis=0)
    return np.where(scores.max(axis=0) > 0, best, -1)


@lru_cache(maxsize=4_096)
def _is_single(phrase: str) -> bool:
    """Return whether a phrase is one word; in Chinese, where every character is a token, up to two characters."""
    size = len(tokenize(pa.array([phrase])).codes)
    return size <= (2 if "\u3040" <= phrase[:1] <= "\u9fff" else 1)
