"""Where the kind of a ticket comes from, in order: a person's label, the export's column, the model, the lexicon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cs_dash.tickets.classifier import model
from cs_dash.tickets.classifier.column_kinds import COLUMN, kinds, says_nothing
from cs_dash.tickets.classifier.language import languages
from cs_dash.tickets.classifier.lexicon import Phrases, suggested
from cs_dash.tickets.classifier.type_terms import HOW_TO, KINDS, NOT_A_TICKET
from cs_dash.tickets.text.cleaning import automatic, reading
from cs_dash.tickets.text.tokens import Words, words

LABEL, MODEL, LEXICON = "label", "model", "lexicon"
RESULT = {
    "kind": pa.string(), "kind_source": pa.string(), "kind_probability": pa.float64(), "kind_words": pa.string(),
    "howto_score": pa.float64(),
}  # fmt: skip
"""What `decided` tells of a ticket.

`howto_score` is how likely a how-to question it is by all but what a person said of this very ticket: an audit measures
how far such scores are off, and could not if some of the tickets drawn had the right answer in theirs. It is told where
the model or a person gave the kind; elsewhere the kind itself tells it.
"""
Texts = Callable[[NDArray[np.int64]], Words]
"""Given the places where texts are kept, returns their words, in this order."""
UNLIKELY = 0.05
_AT_ONCE = 25_000
_WORKERS = 2


def described(tickets: pa.Table, own: Mapping[str, Phrases] | None = None) -> pa.Table:
    """Return what the texts of tickets tell by themselves, in their order.

    These are the columns read_words and read_head (see `words.kept`), language_code, kind_suggested and automatic.

    Args:
        tickets: columns subject and body, and optionally language (strings, nulls allowed).
        own: a workspace's own phrases, see `lexicon.chosen`.
    """
    parts = []
    for start in range(0, max(len(tickets), 1), _AT_ONCE):
        part = tickets.slice(start, _AT_ONCE)
        subject, body, told = (_column(part, name) for name in ("subject", "body", "language"))
        texts = reading(subject, body)
        written = words(texts)
        found = languages(told, texts, written)
        columns = {
            **written.columns(),
            "language_code": found.cast(pa.string()),
            "kind_suggested": suggested(written, found, own).cast(pa.string()),
            "automatic": automatic(subject, body),
        }
        parts.append(pa.table(columns))
    return pa.concat_tables(parts)


def decided(
    tickets: pa.Table, texts: Texts, labels: Mapping[str, str], mapping: Mapping[str, str] | None = None
) -> pa.Table:
    """Return the columns of `RESULT` for every ticket, in the order given.

    Args:
        tickets: ticket_id, type, tags, status, kind_suggested, automatic, and place: where its text is kept; null where
            nothing of it is read.
        texts: gives the words of some texts; asked only for what the model learns from and has to tell, by two
            threads at once.
        labels: what people said of tickets to correct them, {ticket id: kind}; the model learns from it.
        mapping: what people decided of types and tags, see `kinds.kind_of`; the model learns from it as from any type.
    """
    ids = _column(tickets, "ticket_id")
    column = _column(kinds(tickets, mapping), "kind")
    set_apart = pc.and_(pc.is_null(column), pc.fill_null(_column(tickets, "automatic").cast(pa.bool_()), False))
    labelled = _looked_up(ids, labels)
    settled = pc.or_(pc.or_(pc.is_valid(labelled), pc.is_valid(column)), set_apart)
    place = tickets["place"].combine_chunks()
    waiting = pc.and_(pc.invert(settled), pc.is_valid(place))
    if not model.enough(list(labels.values())):
        # Types that are not understood stand for something else than those that are: what these taught tells nothing.
        # People may say that they stand for nothing.
        waiting = pc.and_(waiting, says_nothing(_column(tickets, "type"), mapping))
    open_ = np.flatnonzero(waiting.to_numpy(zero_copy_only=False))
    hint = _column(tickets, "kind_suggested")
    said = _modelled(ids, column, labelled, place, open_, hint, texts)
    kind = pc.coalesce(
        labelled, column, pc.if_else(set_apart, NOT_A_TICKET, pa.scalar(None, pa.string())), said[0], hint
    )
    source = pc.case_when(
        pc.make_struct(
            pc.is_valid(labelled), pc.is_valid(column), set_apart, pc.is_valid(said[0]), pc.is_valid(hint)
        ),
        LABEL, COLUMN, LEXICON, MODEL, LEXICON,
    )  # fmt: skip
    told_by_kind = pc.coalesce(pc.equal(column, HOW_TO).cast(pa.float64()), said[3])
    unlabelled = pc.coalesce(told_by_kind, pc.equal(hint, HOW_TO).cast(pa.float64()))
    scored = pc.or_(pc.is_valid(labelled), pc.is_valid(said[0]))
    return pa.table(
        {
            "kind": kind,
            "kind_source": source,
            "kind_probability": said[1],
            "kind_words": said[2],
            "howto_score": pc.if_else(scored, unlabelled, pa.scalar(None, pa.float64())),
        }
    ).cast(pa.schema(RESULT))


def _modelled(
    ids: pa.Array,
    column: pa.Array,
    labelled: pa.Array,
    place: pa.Array,
    open_: NDArray[np.int64],
    hint: pa.Array,
    texts: Texts,
) -> list[pa.Array]:
    """Return kind, probability and words that the model gives the open tickets, and how likely they are how-to.

    Null for all others; but how likely a labelled ticket is a how-to question is told too, by models that did not learn
    from it.
    """
    result = {"kinds": pa.string(), "probability": pa.float64(), "because": pa.string(), "how_to": pa.float64()}
    nothing = [pa.nulls(len(ids), kind) for kind in result.values()]
    chosen, truth, by_person = examples(ids, column, labelled, pc.is_valid(place))
    if not len(open_) or not model.enough(truth):
        return nothing
    kept = pc.fill_null(place, -1).to_numpy().astype(np.int64)
    taught_by, hints = texts(kept[chosen]), hint.take(pa.array(chosen))
    learnt = model.taught(taught_by, truth, by_person, hints)
    if learnt is None:
        return nothing
    stands = pc.is_in(hint, value_set=pa.array(not_learnt(learnt.kinds, truth, hints.to_pylist()), pa.string()))
    stands = stands.to_numpy(zero_copy_only=False)
    open_ = open_[~stands[open_]]

    def told(start: int) -> model.Predicted:
        some = open_[start : start + _AT_ONCE]
        return model.predicted(learnt, texts(kept[some]), hint.take(pa.array(some)))

    with ThreadPoolExecutor(_WORKERS) as workers:
        parts = list(workers.map(told, range(0, max(len(open_), 1), _AT_ONCE)))
    mask = np.zeros(len(ids), bool)
    mask[open_] = True
    given = [pa.concat_arrays([getattr(part, name).cast(kind) for part in parts]) for name, kind in result.items()]
    filled = [pc.replace_with_mask(none, pa.array(mask), each) for none, each in zip(nothing, given, strict=True)]
    bare = pc.is_null(column.take(pa.array(chosen))).to_numpy(zero_copy_only=False)
    apart = np.flatnonzero(np.array(by_person, bool) & bare & ~stands[chosen])
    if len(apart):
        mask = np.zeros(len(ids), bool)
        mask[chosen[apart]] = True
        crossed = model.crossed(taught_by, truth, by_person, hints, apart).take(pa.array(np.argsort(chosen[apart])))
        filled[-1] = pc.replace_with_mask(filled[-1], pa.array(mask), crossed)
    return filled


def not_learnt(learnt: Sequence[str], truth: Sequence[str], hints: Sequence[str | None]) -> list[str]:
    """Return the kinds whose suggestion by the lexicon stands although there is a model, because it knows them not yet.

    A model of two kinds would call every bill one of the two. Once examples show that most of what sounds like such a
    kind is of others, the lexicon is wrong here, and the model speaks; where no example is of a kind, that is shown by
    those of all such kinds together, too.

    Args:
        learnt: the kinds that the model tells apart.
        truth: the kinds of its examples.
        hints: what the lexicon suggests of each.
    """
    sounds = Counter(hints)
    right = Counter(hint for hint, kind in zip(hints, truth, strict=True) if hint == kind)
    others = [kind for kind in KINDS if kind not in learnt]
    all_wrong = _mostly_wrong(sum(sounds[kind] for kind in others), sum(right[kind] for kind in others))
    return [
        kind
        for kind in others
        if not _mostly_wrong(sounds[kind], right[kind]) and not (all_wrong and kind not in truth)
    ]


def _mostly_wrong(suggested: int, right: int) -> bool:
    """Return whether so few right suggestions show that less than half are: 5 % by chance, or there are many."""
    from scipy.special import bdtr  # takes long to import, and most runs teach no model

    many = suggested >= model.ENOUGH and 2 * right < suggested
    return many or bool(suggested and bdtr(right, suggested, 0.5) < UNLIKELY)


def examples(
    ids: pa.Array, column: pa.Array, labelled: pa.Array, told: pa.Array
) -> tuple[NDArray[np.int64], list[str], list[bool]]:
    """Return what the model learns from, by ticket id: places in the lists, their kinds, and which a person gave.

    All labels, and of each kind that the column names at most `model.MOST`, evenly spread.
    """
    order = pc.sort_indices(ids).to_numpy(zero_copy_only=False)
    usable = told.to_numpy(zero_copy_only=False)[order]
    person = labelled.to_pylist()
    coded = column.dictionary_encode()
    names = coded.dictionary.to_pylist()
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    found = {int(at): (person[at], True) for at in order[usable] if person[at] not in (None, NOT_A_TICKET)}
    free = np.array([person[at] is None for at in range(len(ids))], bool)[order] & usable
    for code, kind in enumerate(names):
        places = order[free & (codes[order] == code)]
        if kind != NOT_A_TICKET and len(places):
            spread = np.unique(np.linspace(0, len(places) - 1, min(model.MOST, len(places))).astype(np.int64))
            found |= {int(at): (kind, False) for at in places[spread]}
    rank = {int(at): place for place, at in enumerate(order)} if found else {}
    chosen = sorted(found, key=rank.__getitem__)
    return np.array(chosen, np.int64), [str(found[at][0]) for at in chosen], [found[at][1] for at in chosen]


def _looked_up(ids: pa.Array, known: Mapping[str, str]) -> pa.Array:
    """Return the kind that is known of each ticket, or null."""
    if not known:
        return pa.nulls(len(ids), pa.string())
    at = pc.index_in(ids, value_set=pa.array(list(known), pa.string()))
    return pa.array(list(known.values()), pa.string()).take(at)


def _column(tickets: pa.Table, name: str) -> pa.Array:
    """Return a column as one array; null where the table lacks it."""
    if name not in tickets.column_names:
        return pa.nulls(len(tickets), pa.string())
    column = tickets[name]
    if not pa.types.is_boolean(column.type):
        column = column.cast(pa.string())
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)
