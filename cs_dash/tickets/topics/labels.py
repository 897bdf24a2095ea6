"""What a topic is called: what one of its tickets says, and words that tell it from the others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from cs_dash.tickets.classifier.type_terms import GLUE
from cs_dash.tickets.topics.clusters import Places
from cs_dash.tickets.topics.sentences import HAN, terms
from cs_dash.tickets.topics.tree import Node
from cs_dash.tickets.topics.vectors import Texts, Vectors

NEAR = 12
"""Tickets nearest the middle of a topic, among whose sentences the label is looked for."""
LONG = 44
"""Characters of the sentence in a label; the words after it take some twenty more."""
SUBJECT = 2.0
"""How much more a subject counts than another sentence: it is meant as a title."""
TERMS = 6
ADDED = 2
TELLING = 2.0
"""A word must be so many times as frequent in the topic as elsewhere."""
COMMON = 0.08
"""A word that fewer of a topic's tickets have does not speak for it."""
_OPENING = re.compile(r"^(?:re|fwd?|aw|wg|tr|rv|ответ|回复)\s*[:：]\s*", re.I)


@dataclass(frozen=True)
class Label:
    """What a topic is called.

    Attributes:
        label: a sentence of the ticket in its middle, shortened, and up to two words that it does not have.
        terms: the words that tell it from the other topics, most telling first.
        example: id of that ticket.
    """

    label: str
    terms: tuple[str, ...]
    example: str


class Labels:
    """Finds labels for groups of clusters."""

    def __init__(self, ids: Sequence[str], texts: Texts, points: Vectors, places: Places) -> None:
        """Take the tickets in: id, text, point and cluster of each, in one order."""
        self._ids, self._texts, self._points, self._places = ids, texts, points, places
        self._languages = sorted(set(texts.languages))
        self._spoken = np.array([self._languages.index(each) for each in texts.languages], np.int64)
        from sklearn.feature_extraction.text import CountVectorizer

        reader = CountVectorizer(analyzer=_terms_of, binary=True, min_df=2, dtype=np.int32)
        try:
            counted = csr_array(reader.fit_transform(texts.said))
            self._words = [str(each) for each in reader.get_feature_names_out()]
        except ValueError:  # no word twice
            counted, self._words = csr_array((len(ids), 0), dtype=np.int32), []
        self._lengths = np.array([_length_weight(word) for word in self._words], np.float64)
        self._count = int(places.max()) + 1
        # Words and tickets by cluster and language; what a group of clusters has is a sum of these rows.
        rows = places * len(self._languages) + self._spoken
        size = self._count * len(self._languages)
        ones = np.ones(len(ids), np.int32)
        entries: Any = (ones, (rows, np.arange(len(ids))))
        self._by_row = csr_array(entries, shape=(size, len(ids))) @ counted
        self._tickets = np.bincount(rows, minlength=size)

    def of(self, nodes: Iterable[Node], known: Mapping[str, Label]) -> dict[str, Label]:
        """Return a label for each node of one topic, by its id; those that are `known` stay, and none comes twice."""
        found: dict[str, Label] = {}
        taken = {each.label for each in known.values()}
        for node in nodes:
            if node.id in known:
                found[node.id] = known[node.id]
                continue
            scored, members = self._telling(node)
            if not len(members):
                continue
            found[node.id] = self._label(scored, members, taken)
            taken.add(found[node.id].label)
        return found

    def _telling(self, node: Node) -> tuple[dict[str, float], Places]:
        """Return the words that speak for a node with their weight, and its tickets of the language most are in."""
        clusters = np.array(node.clusters, np.int64)
        width = len(self._languages)
        spoken = self._tickets.reshape(self._count, width)[clusters].sum(axis=0)
        language = int(spoken.argmax())
        members = np.flatnonzero(np.isin(self._places, clusters) & (self._spoken == language))
        if not self._words or not len(members):
            return {}, members
        inside = np.asarray(self._by_row[clusters * width + language].sum(axis=0)).ravel()
        every = np.asarray(self._by_row[np.arange(self._count) * width + language].sum(axis=0)).ravel()
        tickets, others = int(spoken[language]), int((self._spoken == language).sum()) - int(spoken[language])
        share = inside / tickets
        elsewhere = (every - inside + 0.5) / (others + 1)
        ratio = np.maximum(share, 1e-9) / elsewhere
        weight = np.where((share >= COMMON) & (inside >= 2) & (ratio >= TELLING), share * np.log(ratio), 0.0)
        weight *= self._lengths
        best = np.lexsort((np.arange(len(weight)), -weight))[:40]
        return {self._words[at]: float(weight[at]) for at in best if weight[at] > 0}, members

    def _label(self, scored: dict[str, float], members: Places, taken: set[str]) -> Label:
        points = self._points[members]
        near = members[np.argsort(-(points @ points.mean(axis=0)), kind="stable")[:NEAR]]
        told = [(sentence, int(at), place) for at in near for place, sentence in enumerate(self._texts.said[at])]
        sentence, at, _ = max(
            told, key=lambda each: (_worth(each[0], scored) * (SUBJECT if each[2] == 0 else 1.0), -len(each[0]))
        )
        # A pair of signs cut out of a sentence is no word, so Chinese labels are a sentence alone.
        listed = [each for each in _apart(scored) if not HAN.match(each)]
        short = shortened(_OPENING.sub("", sentence))
        words = [each for each in listed if each not in short.casefold()]
        for added in range(ADDED, len(words) + 1):
            label = _with(short, words[:added])
            if label not in taken:
                return Label(label, tuple(listed[:TERMS]), self._ids[at])
        label = _with(short, words[:ADDED])
        again = Counter(each.partition(" (")[0] for each in taken)[label]
        return Label(f"{label} ({again + 1})" if label in taken else label, tuple(listed[:TERMS]), self._ids[at])


def _terms_of(said: tuple[str, ...]) -> set[str]:
    return terms(" ".join(said))


def _length_weight(word: str) -> float:
    """Return less for short words: in most languages they are those that only hold a sentence together."""
    if HAN.match(word):
        return 1.0
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    if word in ENGLISH_STOP_WORDS:
        return 0.0
    return min(1.0, (len(word) - 1) / 4)


def _worth(sentence: str, scored: Mapping[str, float]) -> float:
    """Return how much of what is special a sentence says, for its length."""
    said = terms(sentence)
    if len(sentence) < 6:
        return 0.0
    worth = sum(scored.get(each, 0.0) for each in said) / math.sqrt(len(said) + 2)
    return worth if len(sentence) <= LONG else worth * LONG / len(sentence)


def _apart(scored: Mapping[str, float]) -> list[str]:
    """Return the words, most telling first, without those that only bend another ("export", "exports")."""
    found: list[str] = []
    for word in scored:
        stem = word[: max(4, len(word) - 3)]
        if not any(each.startswith(stem) or word.startswith(each[: max(4, len(each) - 3)]) for each in found):
            found.append(word)
    return found


def shortened(sentence: str) -> str:
    """Return a sentence in at most 44 characters, cut between words."""
    text = sentence.strip()
    if len(text) <= LONG:
        return text
    cut = text[: LONG - 1]
    head = cut.rpartition(" ")[0] if " " in cut[LONG // 2 :] else cut
    return head.rstrip(" ,.;:-(") + "…"


def _with(short: str, words: Sequence[str]) -> str:
    return f"{short}{GLUE}{', '.join(words)}" if words else short
