"""The order of the sources of a ticket's kind: a person's label, the export's column, the model, the lexicon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier import model
from cs_dash.tickets.classifier.column_kinds import COLUMN, kinds_from_columns, uninformative_types
from cs_dash.tickets.classifier.language import languages
from cs_dash.tickets.classifier.lexicon import Phrases, suggest_kinds
from cs_dash.tickets.classifier.type_terms import HOW_TO, KINDS, NOT_A_TICKET
from cs_dash.tickets.text.cleaning import are_automatic, readable_texts
from cs_dash.tickets.text.tokens import Tokens, tokenize

LABEL, MODEL, LEXICON = "label", "model", "lexicon"
RESULT = {
    "kind": pa.string(), "kind_source": pa.string(), "kind_probability": pa.float64(), "kind_words": pa.string(),
    "howto_score": pa.float64(),
}  # fmt: skip
"""The columns that `classify` returns.

`howto_score` is the probability of a how-to question from everything but a person's label of this very ticket: an audit
measures the error of such scores, and could not if some of the sampled tickets had the right answer in theirs. It is
set where the model or a person gave the kind; elsewhere the kind itself determines it.
"""
Texts = Callable[[NDArray[np.int64]], Tokens]
"""Given the indices of stored texts, returns their tokens, in this order."""
UNLIKELY = 0.05
_AT_ONCE = 25_000
_WORKERS = 2


def text_features(tickets: pa.Table, own: Mapping[str, Phrases] | None = None) -> pa.Table:
    """Return what the texts of tickets tell on their own, in their order.

    The columns are read_words and read_head (see `tokens.from_columns`), language_code, kind_suggested and automatic.

    Args:
        tickets: columns subject and body, and optionally language (strings, nulls allowed).
        own: a workspace's own phrases, see `decisions.lexicon`.
    """
    batches = []
    for start in range(0, max(len(tickets), 1), _AT_ONCE):
        batch = tickets.slice(start, _AT_ONCE)
        subject, body, stated_languages = (_column(batch, name) for name in ("subject", "body", "language"))
        texts = readable_texts(subject, body)
        tokens = tokenize(texts)
        language_codes = languages(stated_languages, texts, tokens)
        columns = {
            **tokens.to_columns(),
            "language_code": language_codes.cast(pa.string()),
            "kind_suggested": suggest_kinds(tokens, language_codes, own).cast(pa.string()),
            "automatic": are_automatic(subject, body),
        }
        batches.append(pa.table(columns))
    return pa.concat_tables(batches)


def classify(
    tickets: pa.Table, texts: Texts, labels: Mapping[str, str], decided_kinds: Mapping[str, str] | None = None
) -> pa.Table:
    """Return the columns of `RESULT` for every ticket, in the given order.

    Args:
        tickets: ticket_id, type, tags, status, kind_suggested, automatic, and place: the index of its stored text; null
            where nothing of it is read.
        texts: returns the tokens of stored texts; called only for training examples and for tickets to predict, by two
            threads at once.
        labels: people's corrections, {ticket id: kind}; the model learns from them.
        decided_kinds: what people decided about types and tags, see `column_kinds.kind_of`; the model learns from it as
            from any type.
    """
    ids = _column(tickets, "ticket_id")
    column = _column(kinds_from_columns(tickets, decided_kinds), "kind")
    not_tickets = pc.and_(pc.is_null(column), pc.fill_null(_column(tickets, "automatic").cast(pa.bool_()), False))
    label_kinds = _looked_up(ids, labels)
    settled = pc.or_(pc.or_(pc.is_valid(label_kinds), pc.is_valid(column)), not_tickets)
    place = tickets["place"].combine_chunks()
    to_predict = pc.and_(pc.invert(settled), pc.is_valid(place))
    if not model.learnable_kinds(list(labels.values())):
        # Types that are not understood stand for something else than those that are, so a model trained on the latter
        # does not apply to them, unless people decided that they say nothing.
        to_predict = pc.and_(to_predict, uninformative_types(_column(tickets, "type"), decided_kinds))
    open_ = np.flatnonzero(to_predict.to_numpy(zero_copy_only=False))
    suggested_kinds = _column(tickets, "kind_suggested")
    prediction = _modelled(ids, column, label_kinds, place, open_, suggested_kinds, texts)
    kind = pc.coalesce(
        label_kinds,
        column,
        pc.if_else(not_tickets, NOT_A_TICKET, pa.scalar(None, pa.string())),
        prediction[0],
        suggested_kinds,
    )
    source = pc.case_when(
        pc.make_struct(
            pc.is_valid(label_kinds), pc.is_valid(column), not_tickets, pc.is_valid(prediction[0]),
            pc.is_valid(suggested_kinds),
        ),
        LABEL, COLUMN, LEXICON, MODEL, LEXICON,
    )  # fmt: skip
    score_by_column = pc.coalesce(pc.equal(column, HOW_TO).cast(pa.float64()), prediction[3])
    unlabelled = pc.coalesce(score_by_column, pc.equal(suggested_kinds, HOW_TO).cast(pa.float64()))
    has_score = pc.or_(pc.is_valid(label_kinds), pc.is_valid(prediction[0]))
    return pa.table(
        {
            "kind": kind,
            "kind_source": source,
            "kind_probability": prediction[1],
            "kind_words": prediction[2],
            "howto_score": pc.if_else(has_score, unlabelled, pa.scalar(None, pa.float64())),
        }
    ).cast(pa.schema(RESULT))


def _modelled(
    ids: pa.Array,
    column: pa.Array,
    labelled: pa.Array,
    place: pa.Array,
    open_: NDArray[np.int64],
    suggested_kinds: pa.Array,
    texts: Texts,
) -> list[pa.Array]:
    """Return kind, probability and reasons that the model gives the open tickets, and their how-to probability.

    Null for all others, except that labelled tickets get a how-to probability, too, by models not trained on them.
    """
    result = {"kinds": pa.string(), "probability": pa.float64(), "because": pa.string(), "how_to": pa.float64()}
    nulls = [pa.nulls(len(ids), kind) for kind in result.values()]
    example_places, example_kinds, by_person = training_examples(ids, column, labelled, pc.is_valid(place))
    if not len(open_) or not model.learnable_kinds(example_kinds):
        return nulls
    text_places = pc.fill_null(place, -1).to_numpy().astype(np.int64)
    example_tokens, lexicon_prior = texts(text_places[example_places]), suggested_kinds.take(pa.array(example_places))
    trained = model.train(example_tokens, example_kinds, by_person, lexicon_prior)
    if trained is None:
        return nulls
    keeps_suggestion = pc.is_in(
        suggested_kinds,
        value_set=pa.array(kinds_left_to_lexicon(trained.kinds, example_kinds, lexicon_prior.to_pylist()), pa.string()),
    )
    keeps_suggestion = keeps_suggestion.to_numpy(zero_copy_only=False)
    open_ = open_[~keeps_suggestion[open_]]

    def predict_batch(start: int) -> model.Prediction:
        batch = open_[start : start + _AT_ONCE]
        return model.predict(trained, texts(text_places[batch]), suggested_kinds.take(pa.array(batch)))

    with ThreadPoolExecutor(_WORKERS) as workers:
        batches = list(workers.map(predict_batch, range(0, max(len(open_), 1), _AT_ONCE)))
    mask = np.zeros(len(ids), bool)
    mask[open_] = True
    predicted_columns = [
        pa.concat_arrays([getattr(part, name).cast(kind) for part in batches]) for name, kind in result.items()
    ]
    columns = [
        pc.replace_with_mask(null_column, pa.array(mask), values)
        for null_column, values in zip(nulls, predicted_columns, strict=True)
    ]
    without_column_kind = pc.is_null(column.take(pa.array(example_places))).to_numpy(zero_copy_only=False)
    uncovered_labels = np.flatnonzero(
        np.array(by_person, bool) & without_column_kind & ~keeps_suggestion[example_places]
    )
    if len(uncovered_labels):
        mask = np.zeros(len(ids), bool)
        mask[example_places[uncovered_labels]] = True
        crossed = model.cross_predict(example_tokens, example_kinds, by_person, lexicon_prior, uncovered_labels).take(
            pa.array(np.argsort(example_places[uncovered_labels]))
        )
        columns[-1] = pc.replace_with_mask(columns[-1], pa.array(mask), crossed)
    return columns


def kinds_left_to_lexicon(
    learnt: Sequence[str], truth: Sequence[str], lexicon_prior: Sequence[str | None]
) -> list[str]:
    """Return the kinds that a model does not know yet, for which the lexicon's suggestion stands.

    A model of two kinds would call every bill one of the two. Once examples show that most suggestions of such a kind
    are wrong, the lexicon is wrong here, and the model decides. For a kind without any example, suggestions of all such
    kinds together can show it.

    Args:
        learnt: the kinds that the model distinguishes.
        truth: the kinds of its examples.
        lexicon_prior: the lexicon's suggestion for each example.
    """
    suggestions = Counter(lexicon_prior)
    correct = Counter(hint for hint, kind in zip(lexicon_prior, truth, strict=True) if hint == kind)
    unlearnt = [kind for kind in KINDS if kind not in learnt]
    all_wrong = _mostly_wrong(sum(suggestions[kind] for kind in unlearnt), sum(correct[kind] for kind in unlearnt))
    return [
        kind
        for kind in unlearnt
        if not _mostly_wrong(suggestions[kind], correct[kind]) and not (all_wrong and kind not in truth)
    ]


def _mostly_wrong(suggested: int, right: int) -> bool:
    """Return whether so few correct suggestions show that less than half are: at the 5 % level, or by number."""
    from scipy.special import bdtr  # takes long to import, and most runs train no model

    many = suggested >= model.MIN_EXAMPLES and 2 * right < suggested
    return many or bool(suggested and bdtr(right, suggested, 0.5) < UNLIKELY)


def training_examples(
    ids: pa.Array, column: pa.Array, labelled: pa.Array, has_text: pa.Array
) -> tuple[NDArray[np.int64], list[str], list[bool]]:
    """Return the training examples by ticket id: their indices, their kinds, and which of these are labels of a person.

    All labels, and for each kind that the column names at most `model.MAX_COLUMN_EXAMPLES`, evenly spread.
    """
    order = pc.sort_indices(ids).to_numpy(zero_copy_only=False)
    usable = has_text.to_numpy(zero_copy_only=False)[order]
    label_kinds = labelled.to_pylist()
    coded = column.dictionary_encode()
    names = coded.dictionary.to_pylist()
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    example_kinds = {
        int(at): (label_kinds[at], True) for at in order[usable] if label_kinds[at] not in (None, NOT_A_TICKET)
    }
    unlabelled = np.array([label_kinds[at] is None for at in range(len(ids))], bool)[order] & usable
    for code, kind in enumerate(names):
        places = order[unlabelled & (codes[order] == code)]
        if kind != NOT_A_TICKET and len(places):
            spread = np.unique(
                np.linspace(0, len(places) - 1, min(model.MAX_COLUMN_EXAMPLES, len(places))).astype(np.int64)
            )
            example_kinds |= {int(at): (kind, False) for at in places[spread]}
    rank = {int(at): place for place, at in enumerate(order)} if example_kinds else {}
    chosen = sorted(example_kinds, key=rank.__getitem__)
    return (
        np.array(chosen, np.int64),
        [str(example_kinds[at][0]) for at in chosen],
        [example_kinds[at][1] for at in chosen],
    )


def _looked_up(ids: pa.Array, kind_by_ticket: Mapping[str, str]) -> pa.Array:
    """Return the kind of each ticket in `kind_by_ticket`, or null."""
    if not kind_by_ticket:
        return pa.nulls(len(ids), pa.string())
    positions = pc.index_in(ids, value_set=pa.array(list(kind_by_ticket), pa.string()))
    return pa.array(list(kind_by_ticket.values()), pa.string()).take(positions)


def _column(tickets: pa.Table, name: str) -> pa.Array:
    """Return a column as one array; nulls where the table lacks it."""
    if name not in tickets.column_names:
        return pa.nulls(len(tickets), pa.string())
    column = tickets[name]
    if not pa.types.is_boolean(column.type):
        column = column.cast(pa.string())
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)
