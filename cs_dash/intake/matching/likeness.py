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
LONG_NAME, LONG_WORD = 12, 7
PART = 0.9
"""What it counts when all words of one name stand in the other: "Acme" and "Acme Europe"."""


@dataclass(frozen=True)
class Name:
    """A name as it is compared.

    Attributes:
        key: what bears it.
        whole: its folded words.
        short: the same without the legal form.
        address: the e-mail domain that stands for a name where there is none, else "".
    """

    key: str
    whole: str
    short: str
    address: str = ""

    @property
    def form(self) -> str:
        """The legal form, "" without one."""
        return self.whole.removeprefix(self.short).strip() if self.whole != self.short else ""

    def said(self) -> str:
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
    """Return for each name the accounts that it may mean, at most 12, the likest first.

    Only accounts that share trigrams with a name are compared with it, so that 20,000 names with 20,000 accounts take
    seconds. The likeness is the largest of: Levenshtein ratio of the letters, the same of the sorted words, and 0.9 of
    the ratio of the shared words.
    """
    compared = [name for name in names if name.said()][:MOST_NAMES]
    known = [account for account in accounts if account.short]
    if not compared or not known:
        return []
    pairs = np.array(list(_pairs([n.said() for n in compared], [a.short for a in known])), dtype=np.int64).reshape(-1, 2)
    scores = _scores([compared[i] for i in pairs[:, 0]], [known[j] for j in pairs[:, 1]])
    order = np.lexsort((pairs[:, 1], -scores, pairs[:, 0]))
    found: list[Alike] = []
    for name, group in _grouped(pairs[order], scores[order]):
        listed = [(known[account], float(score)) for account, score in group if score >= LEAST][:KEPT]
        sure = _certain(compared[name], listed)
        found += [
            Alike(compared[name].key, account.key, score, sure and at == 0) for at, (account, score) in enumerate(listed)
        ]
    return found


def _trigrams(text: str) -> set[str]:
    padded = f"  {text.replace(' ', '')} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _pairs(names: Sequence[str], accounts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which name to compare with which account: those that share enough of the name's rarer trigrams."""
    places: dict[str, list[int]] = {}
    for at, account in enumerate(accounts):
        for trigram in _trigrams(account):
            places.setdefault(trigram, []).append(at)
    holders = {trigram: np.array(found) for trigram, found in places.items()}
    many = max(50, int(COMMON * len(accounts)))
    for at, name in enumerate(names):
        lists = [holders[trigram] for trigram in sorted(_trigrams(name)) if trigram in holders]
        lists = [each for each in lists if len(each) <= many] or lists
        if not lists:
            continue
        weights = np.log1p(len(accounts) / np.array([len(each) for each in lists]))
        shared = np.bincount(np.concatenate(lists), np.repeat(weights, [len(each) for each in lists]))
        near = np.flatnonzero(shared >= SHARED * weights.sum())
        for account in near[np.argsort(-shared[near], kind="stable")][:KEPT]:
            yield at, int(account)


def _scores(names: Sequence[Name], accounts: Sequence[Name]) -> np.ndarray:
    """Return the likeness of each pair."""
    if not names:
        return np.zeros(0)
    said, short = [name.said() for name in names], [account.short for account in accounts]
    letters = [text.replace(" ", "") for text in said]

    def ratio(one: list[str], other: list[str], scorer: object) -> np.ndarray:
        return np.asarray(process.cpdist(one, other, scorer=scorer, workers=2), dtype=np.float64) / 100  # type: ignore[call-overload]

    found = [
        ratio(letters, [text.replace(" ", "") for text in short], fuzz.ratio),
        ratio(letters, [account.whole.replace(" ", "") for account in accounts], fuzz.ratio),
        ratio(said, short, fuzz.token_sort_ratio),
        PART * ratio(said, short, fuzz.token_set_ratio),
    ]
    scores: np.ndarray = np.max(found, axis=0)
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
