"""Names that look alike: which accounts a name may mean, and when one slip of the pen is all that lies between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

MOST_NAMES = 20_000
"""So many names are compared, the most frequent first. A bound on names, not on time: the same files then give the same
rows on any machine."""
LEAST = 0.80
"""A likeness below this is not worth a person's time."""
KEPT = 12
SHARED = 0.3
"""Of the weight of a name's trigrams, an account has to share this much to be compared at all."""
COMMON = 0.05
CHUNK = 256
LONG_NAME, LONG_WORD = 12, 7
PART = 0.9
"""The score when all words of one name are in the other: "Acme" and "Acme Europe"."""
ONE_WORD, LONG_ENOUGH = 0.8, 5
"""What it counts to share a word of at least so many letters that no other account bears: "Belekent Europe"."""


@dataclass(frozen=True)
class Name:
    """A name as it is compared.

    Attributes:
        key: what bears it.
        whole: its folded words.
        short: the same without the legal form.
        address: the e-mail domain in place of a missing name, else "".
    """

    key: str
    whole: str
    short: str
    address: str = ""

    @property
    def form(self) -> str:
        """The legal form, "" without one."""
        return self.whole.removeprefix(self.short).strip() if self.whole != self.short else ""

    def words_or_address(self) -> str:
        """Return what is compared: the name, or the longest label of the domain."""
        if not self.address or "@" in self.address:
            return self.short
        return max(self.address.split(".")[:-1] or [""], key=len)


@dataclass(frozen=True)
class Alike:
    """A name and an account that it is like, with the likeness from 0 to 1.

    `certain`: one slip of the pen apart, and like no other account.
    """

    key: str
    account_id: str
    score: float
    certain: bool

    def as_row(self) -> dict[str, object]:
        """Return the fields by name."""
        return {"key": self.key, "account_id": self.account_id, "score": self.score, "certain": self.certain}


def alike(names: Sequence[Name], accounts: Sequence[Name]) -> list[Alike]:
    """Return for each name the accounts that it may mean, at most 12, the most similar first.

    Only accounts that share rare trigrams or a word of their own with a name are compared with it, so that 20,000 names
    with 20,000 accounts take seconds. The likeness is the largest of: Indel ratio of the letters, the same of the
    sorted words, 0.9 of the ratio of the shared words, and 0.8 for a word that no other account bears.
    """
    compared = [name for name in names if name.words_or_address()][:MOST_NAMES]
    named_accounts = [account for account in accounts if account.short]
    if not compared or not named_accounts:
        return []
    texts, short = [name.words_or_address() for name in compared], [account.short for account in named_accounts]
    rare = set(_by_word(texts, short))
    listed_pairs = sorted({*_pairs(texts, short), *rare})
    pairs = np.array(listed_pairs, dtype=np.int64).reshape(-1, 2)
    scores = _scores([compared[i] for i in pairs[:, 0]], [named_accounts[j] for j in pairs[:, 1]])
    scores = np.maximum(scores, [ONE_WORD if pair in rare else 0.0 for pair in listed_pairs])
    order = np.lexsort((pairs[:, 1], -scores, pairs[:, 0]))
    groups = {
        compared[name]: [(named_accounts[account], float(score)) for account, score in group if score >= LEAST][:KEPT]
        for name, group in _grouped(pairs[order], scores[order])
    }
    certain = _alone([name for name, listed in groups.items() if _certain(name, listed)], named_accounts)
    return [
        Alike(name.key, account.key, score, name in certain)
        for name, listed in groups.items()
        for account, score in listed
    ]


def _alone(names: Sequence[Name], accounts: Sequence[Name]) -> set[Name]:
    """Return the names that are one slip apart from a single account, compared with every account there is."""
    letters = [account.short.replace(" ", "") for account in accounts]
    lone_names: set[Name] = set()
    for start in range(0, len(names), CHUNK):
        part = names[start : start + CHUNK]
        compact_names = [name.short.replace(" ", "") for name in part]
        distances = process.cdist(
            compact_names, letters, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=2
        )
        lone_names |= {name for name, near in zip(part, (distances <= 1).sum(axis=1), strict=True) if near == 1}
    return lone_names


def _trigrams(text: str) -> set[str]:
    padded = f"  {text.replace(' ', '')} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _pairs(names: Sequence[str], accounts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which name to compare with which account: those that share enough of the name's rarer trigrams."""
    places: dict[str, list[int]] = {}
    for at, account in enumerate(accounts):
        for trigram in _trigrams(account):
            places.setdefault(trigram, []).append(at)
    holders = {trigram: np.array(holder_places) for trigram, holder_places in places.items()}
    many = max(50, int(COMMON * len(accounts)))
    for at, name in enumerate(names):
        lists = [holders[trigram] for trigram in sorted(_trigrams(name)) if trigram in holders]
        lists = [holder for holder in lists if len(holder) <= many] or lists
        if not lists:
            continue
        weights = np.log1p(len(accounts) / np.array([len(holder) for holder in lists]))
        shared = np.bincount(np.concatenate(lists), np.repeat(weights, [len(holder) for holder in lists]))
        near = np.flatnonzero(shared >= SHARED * weights.sum())
        for account in near[np.argsort(-shared[near], kind="stable")][:KEPT]:
            yield at, int(account)


def _by_word(names: Sequence[str], accounts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which name shares a long word with the one account that bears it."""
    bearers: dict[str, set[int]] = {}
    for at, account in enumerate(accounts):
        for word in account.split():
            bearers.setdefault(word, set()).add(at)
    for at, name in enumerate(names):
        for word in name.split():
            if len(word) >= LONG_ENOUGH and len(bearers.get(word, ())) == 1:
                yield at, next(iter(bearers[word]))


def _scores(names: Sequence[Name], accounts: Sequence[Name]) -> np.ndarray:
    """Return the likeness of each pair."""
    if not names:
        return np.zeros(0)
    texts, short = [name.words_or_address() for name in names], [account.short for account in accounts]
    letters = [text.replace(" ", "") for text in texts]

    whole = [account.whole.replace(" ", "") for account in accounts]
    joined = [text.replace(" ", "") for text in short]
    pairs = [
        process.cpdist(letters, joined, scorer=fuzz.ratio, workers=2),
        process.cpdist(letters, whole, scorer=fuzz.ratio, workers=2),
        process.cpdist(texts, short, scorer=fuzz.token_sort_ratio, workers=2),
        PART * process.cpdist(texts, short, scorer=fuzz.token_set_ratio, workers=2),
    ]
    scores: np.ndarray = np.max(pairs, axis=0).astype(np.float64) / 100
    return scores


def _grouped(pairs: np.ndarray, scores: np.ndarray) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Yield each name with its accounts and likenesses, in order."""
    if not len(pairs):
        return
    bounds = [0, *(np.flatnonzero(np.diff(pairs[:, 0])) + 1).tolist(), len(pairs)]
    for start, end in pairwise(bounds):
        yield int(pairs[start, 0]), list(zip(pairs[start:end, 1].tolist(), scores[start:end].tolist(), strict=True))


def _certain(name: Name, listed: Sequence[tuple[Name, float]]) -> bool:
    """Return whether the first account is the same but for one slip of the pen.

    One letter too many, too few, wrong or swapped in a name of at least 12 letters, within one word of at least 7 that
    begins with the same letter, the other words and all digits alike, no two legal forms that differ, and no second
    account that is like the name at all. Shorter names, and slips in short words, are different companies too often
    ("Alpha Capital A" and "Alpha Capital B").
    """
    if name.address or len(listed) != 1:
        return False
    account = listed[0][0]
    if name.form and account.form and name.form != account.form:
        return False
    if _digits(name.whole) != _digits(account.whole) or min(_letters(name.short), _letters(account.short)) < LONG_NAME:
        return False
    ours, theirs = Counter(name.short.split()), Counter(account.short.split())
    only_ours, only_theirs = list((ours - theirs).elements()), list((theirs - ours).elements())
    if len(only_ours) != 1 or len(only_theirs) != 1:
        return False
    (one,), (other,) = only_ours, only_theirs
    return min(len(one), len(other)) >= LONG_WORD and one[0] == other[0] and OSA.distance(one, other) == 1


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _letters(text: str) -> int:
    return len(text.replace(" ", ""))
