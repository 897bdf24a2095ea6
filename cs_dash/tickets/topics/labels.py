"""The label of a topic: a sentence of one of its tickets, and words that distinguish it from the other topics."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cs_dash.tickets.classifier.type_terms import GLUE
from cs_dash.tickets.topics.clusters import Places
from cs_dash.tickets.topics.sentences import HAN, terms
from cs_dash.tickets.topics.tree import TopicNode
from cs_dash.tickets.topics.vectors import Texts, Vectors

NEAR = 12
"""The most central tickets of a topic, from whose sentences the label is chosen."""
LONG = 44
"""Maximum length of the sentence in a label; the words after it take some twenty characters more."""
SUBJECT = 2.0
"""Weight of a subject relative to another sentence: it is written as a title."""
TERMS = 6
ADDED = 2
TELLING = 2.0
"""A word must be this many times as frequent in the topic as elsewhere."""
COMMON = 0.08
"""Share of a topic's tickets that must contain a word for it to describe the topic."""
_OPENING = re.compile(r"^(?:re|fwd?|aw|wg|tr|rv|ответ|回复)\s*[:：]\s*", re.I)


@dataclass(frozen=True)
class TopicLabel:
    """The label of a topic.

    Attributes:
        label: a sentence of its most central ticket, shortened, and up to two words that are not in it.
        terms: the words that distinguish it from the other topics, most distinctive first.
        example: id of that ticket.
    """

    label: str
    terms: tuple[str, ...]
    example: str


class TopicLabeller:
    """Finds labels for groups of clusters."""

    def __init__(self, ids: Sequence[str], texts: Texts, points: Vectors, places: Places) -> None:
        """Take the tickets: id, text, point and cluster of each, in one order."""
        self._ids, self._texts, self._points, self._places = ids, texts, points, places
        self._languages = sorted(set(texts.languages))
        self._spoken = np.array([self._languages.index(language) for language in texts.languages], np.int64)
        from scipy.sparse import csr_array
        from sklearn.feature_extraction.text import CountVectorizer

        vectorizer = CountVectorizer(analyzer=_terms_of, binary=True, min_df=2, dtype=np.int32)
        try:
            term_counts = csr_array(vectorizer.fit_transform(texts.sentences))
            self._words = [str(word) for word in vectorizer.get_feature_names_out()]
        except ValueError:  # no word occurs twice
            term_counts, self._words = csr_array((len(ids), 0), dtype=np.int32), []
        self._lengths = np.array([_length_weight(word) for word in self._words], np.float64)
        self._count = int(places.max()) + 1
        # Words and tickets by cluster and language; those of a group of clusters are sums of these rows.
        rows = places * len(self._languages) + self._spoken
        size = self._count * len(self._languages)
        unit_counts = np.ones(len(ids), np.int32)
        entries: Any = (unit_counts, (rows, np.arange(len(ids))))
        self._by_row = csr_array(entries, shape=(size, len(ids))) @ term_counts
        self._tickets = np.bincount(rows, minlength=size)

    def of(self, nodes: Iterable[TopicNode], existing: Mapping[str, TopicLabel]) -> dict[str, TopicLabel]:
        """Return a label for each node of one topic, by its id; `existing` labels stay, and none occurs twice."""
        labels: dict[str, TopicLabel] = {}
        used_labels = {label.label for label in existing.values()}
        for node in nodes:
            if node.id in existing:
                labels[node.id] = existing[node.id]
                continue
            term_weights, members = self._distinctive_words(node)
            if not len(members):
                continue
            labels[node.id] = self._label(term_weights, members, used_labels)
            used_labels.add(labels[node.id].label)
        return labels

    def _distinctive_words(self, node: TopicNode) -> tuple[dict[str, float], Places]:
        """Return a node's distinctive words with their weights, and its tickets in its most frequent language."""
        clusters = np.array(node.clusters, np.int64)
        width = len(self._languages)
        spoken = self._tickets.reshape(self._count, width)[clusters].sum(axis=0)
        language = int(spoken.argmax())
        members = np.flatnonzero(np.isin(self._places, clusters) & (self._spoken == language))
        if not self._words or not len(members):
            return {}, members
        own_counts = np.asarray(self._by_row[clusters * width + language].sum(axis=0)).ravel()
        all_counts = np.asarray(self._by_row[np.arange(self._count) * width + language].sum(axis=0)).ravel()
        tickets, other_tickets = int(spoken[language]), int((self._spoken == language).sum()) - int(spoken[language])
        share = own_counts / tickets
        elsewhere = (all_counts - own_counts + 0.5) / (other_tickets + 1)
        ratio = np.maximum(share, 1e-9) / elsewhere
        weight = np.where((share >= COMMON) & (own_counts >= 2) & (ratio >= TELLING), share * np.log(ratio), 0.0)
        weight *= self._lengths
        best = np.lexsort((np.arange(len(weight)), -weight))[:40]
        return {self._words[at]: float(weight[at]) for at in best if weight[at] > 0}, members

    def _label(self, term_weights: dict[str, float], members: Places, used_labels: set[str]) -> TopicLabel:
        points = self._points[members].astype(np.float64)
        near = members[np.argsort(-(points @ points.mean(axis=0)), kind="stable")[:NEAR]]
        candidates = [
            (sentence, int(at), place) for at in near for place, sentence in enumerate(self._texts.sentences[at])
        ]
        sentence, at, _ = max(
            candidates,
            key=lambda candidate: (
                _score(candidate[0], term_weights) * (SUBJECT if candidate[2] == 0 else 1.0),
                -len(candidate[0]),
            ),
        )
        # A pair of characters cut out of a sentence is no word, so Chinese labels are a sentence alone.
        distinct_terms = [term for term in _distinct(term_weights) if not HAN.match(term)]
        headline = shortened(_OPENING.sub("", sentence))
        further_terms = [term for term in distinct_terms if term not in headline.casefold()]
        for added in range(ADDED, len(further_terms) + 1):
            label = _with(headline, further_terms[:added])
            if label not in used_labels:
                return TopicLabel(label, tuple(distinct_terms[:TERMS]), self._ids[at])
        label = _with(headline, further_terms[:ADDED])
        repeats = Counter(used.partition(" (")[0] for used in used_labels)[label]
        return TopicLabel(
            f"{label} ({repeats + 1})" if label in used_labels else label, tuple(distinct_terms[:TERMS]), self._ids[at]
        )


def _terms_of(ticket_sentences: tuple[str, ...]) -> set[str]:
    return terms(" ".join(ticket_sentences))


def _length_weight(word: str) -> float:
    """Return less for short words: in most languages they are function words."""
    if HAN.match(word):
        return 1.0
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    if word in ENGLISH_STOP_WORDS:
        return 0.0
    return min(1.0, (len(word) - 1) / 4)


def _score(sentence: str, term_weights: Mapping[str, float]) -> float:
    """Return how much of what is distinctive a sentence says, for its length."""
    sentence_terms = terms(sentence)
    if len(sentence) < 6:
        return 0.0
    score = sum(term_weights.get(term, 0.0) for term in sentence_terms) / math.sqrt(len(sentence_terms) + 2)
    return score if len(sentence) <= LONG else score * LONG / len(sentence)


def _distinct(term_weights: Mapping[str, float]) -> list[str]:
    """Return the words, most distinctive first, without inflections of another ("export", "exports")."""
    terms: list[str] = []
    for word in term_weights:
        stem = word[: max(4, len(word) - 3)]
        if not any(term.startswith(stem) or word.startswith(term[: max(4, len(term) - 3)]) for term in terms):
            terms.append(word)
    return terms


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
