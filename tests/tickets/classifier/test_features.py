"""What a model of kinds looks at: where subjects end, what a feature is worth, and the same matrix as a library's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import fastexcel
import numpy as np
import pyarrow as pa
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from cs_dash.tickets.classifier.features import learn_features
from cs_dash.tickets.text.cleaning import readable_texts
from cs_dash.tickets.text.tokens import SUBJECT_END, Tokens, concatenate, from_columns, tokenize
from tests.conftest import ROOT

SUBJECTS = ["How to export", None, "Broken", "", "导出", "100 %"]
BODIES = ["a list?", "The export fails", None, "Hm", "怎么导出？", "of it"]
HEADS = [3, 0, 0, 0, 2, 1]


def tokens_of(texts: Tokens) -> list[list[str]]:
    names = texts.vocabulary.to_pylist()
    return [[names[code] for code in texts.slice(at, at + 1).codes] for at in range(len(texts))]


@pytest.fixture
def example_tokens() -> Tokens:
    return tokenize(readable_texts(pa.array(SUBJECTS, pa.string()), pa.array(BODIES, pa.string())))


def test_subjects_end_where_messages_begin(example_tokens: Tokens) -> None:
    assert example_tokens.subject_lengths.tolist() == HEADS
    assert tokens_of(example_tokens)[0] == ["how", "to", "export", "a", "list", "?"]
    assert np.flatnonzero(example_tokens.in_subject).tolist() == [0, 1, 2, 11, 12, 18]
    assert tokenize(pa.array([f"a b{SUBJECT_END}c{SUBJECT_END}d"], pa.large_string())).subject_lengths.tolist() == [2]


def test_parts_and_what_is_kept_know_it_too(example_tokens: Tokens) -> None:
    assert example_tokens.slice(3, 6).subject_lengths.tolist() == HEADS[3:]
    assert example_tokens.take(np.array([5, 0])).subject_lengths.tolist() == [1, 3]
    assert concatenate([example_tokens, example_tokens]).subject_lengths.tolist() == HEADS * 2
    rows = pa.concat_tables([pa.table(example_tokens.to_columns()), pa.table(example_tokens.slice(0, 2).to_columns())])
    again = from_columns(rows)
    assert again.subject_lengths.tolist() == [*HEADS, *HEADS[:2]]
    assert tokens_of(again) == [*tokens_of(example_tokens), *tokens_of(example_tokens)[:2]]
    assert len(from_columns(rows.slice(0, 0))) == 0


def test_what_one_kind_says_is_worth_more_than_what_all_say() -> None:
    texts = [f"{feature}{SUBJECT_END}the list" for feature in ("how", "how", "broken", "broken")]
    features = learn_features(tokenize(pa.array(texts, pa.large_string())), ["how-to", "how-to", "defect", "defect"])
    names = [features.description(at) for at in range(len(features.feature_weights))]
    weights = dict(zip(names, features.feature_weights, strict=True))
    # In both of two examples of one kind and in none of the other: |ln(3/4) - ln(1/4)| = ln 3, for either kind.
    assert weights["how"] == weights["how (subject)"] == pytest.approx((np.log(5 / 3) + 1) * (0.5 + np.log(3)))
    assert weights["the"] == weights["the list"] == pytest.approx(0.5)
    assert "the (subject)" not in names
    assert features.description(len(features.feature_weights)) == "sounds like how-to"


def test_without_kinds_and_subjects_it_is_what_a_library_finds() -> None:
    cells = fastexcel.read_excel(ROOT / "data" / "tickets.xlsx").load_sheet(0, dtypes="string").to_arrow()
    both = zip(cells["Subject"].to_pylist(), cells["Description"].to_pylist(), strict=True)
    english = [(subject, body) for subject, body in both if f"{subject}{body}".isascii()][:600]
    tokens = tokenize(readable_texts(*(pa.array(text, pa.string()) for text in zip(*english, strict=True))))
    peer = TfidfVectorizer(analyzer=lambda text: [*text, *map(" ".join, pairwise(text))], sublinear_tf=True, min_df=2)
    expected = peer.fit_transform(tokens_of(tokens))
    features = learn_features(tokens, ["how-to", "defect"] * 300)
    count = len(features.vocabulary) + len(features.pairs)
    alone = replace(features, subject_terms=np.zeros(0, np.int64), feature_weights=np.zeros(count))
    names = [alone.description(at) for at in range(count)]
    alone = replace(alone, feature_weights=peer.idf_[[peer.vocabulary_[name] for name in names]])
    matrix = alone.matrix(tokens, alone.places(tokens), None)[:, :count]
    assert sorted(names) == sorted(peer.vocabulary_)
    assert abs(matrix - expected[:, [peer.vocabulary_[name] for name in names]]).max() < 1e-12
