"""Which survey the answers of a sheet are to: by its own words, by its answers, else by asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import readers, survey_words
from cs_dash.intake.cells.habits import ColumnReader, Habits
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.cells.survey_words import SurveyKind
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.rows import row_typing
from cs_dash.intake.rows.impossible_values import OFF_SCALE, beyond_scale
from cs_dash.intake.rows.typed_rows import TypedRows, block_part, constant
from cs_dash.look.words import plural
from cs_dash.schema.tables import TABLES

UNNAMED = "unnamed"
AVERAGED = "averages"
"""What stands in place of a survey's name where nothing names it, and where rows hold averages of answers."""
ANSWERS = (
    ("NPS", "NPS: would they recommend us, 0 to 10"),
    ("CSAT", "CSAT: how satisfied they are"),
    ("CES", "CES: how easy it was"),
)
FEW_OUTSIDE = 0.2
"""Share of the answers that may lie outside a survey's scale and be wrong; with more of them it is another scale."""
_SHARED = ("account_ref", "account_name", "answered_on", "respondent", "survey_id")


def name_surveys(draft: TypedRows, profiles: Sequence[Profile]) -> None:
    """Fill which survey each answer is to, and reject scores that its scale does not have.

    Args:
        draft: the answers.
        profiles: what the sheet's columns hold.
    """
    score = next((match for match in draft.matches if match.field.name == "score"), None)
    if score is None:
        return
    scores = np.asarray(draft.columns["score"].fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float)
    header = draft.block.names[score.column]
    texts = draft.columns.get("survey", pa.nulls(len(draft), pa.string()))
    kinds = {text: survey_words.survey_kind(text) for text in texts.unique().drop_null().to_pylist()}
    sheet_name = "" if all(kinds.values()) and not texts.null_count else _sheet_name(draft, profiles, score, scores)

    def name_of(text: str | None) -> str:
        if text is None:
            return sheet_name
        if kind := kinds[text]:
            return text if _is_counted(text) else kind
        return f"{sheet_name}: {text}" if sheet_name in survey_words.KINDS else text

    draft.columns["survey"] = pa.array([name_of(text) for text in texts.to_pylist()], pa.string())
    is_nps = pc.equal(pc.fill_null(pc.utf8_slice_codeunits(draft.columns["survey"], 0, 3), ""), "NPS")
    draft.reject(_outside(scores, is_nps.to_numpy(zero_copy_only=False)), "score", *outside_words("NPS"))
    others = np.where(is_nps.to_numpy(zero_copy_only=False), np.nan, scores)
    draft.reject(beyond_scale(others), "score", OFF_SCALE, "Correct the score; the other answers count.")
    if profiles[score.column].labels == "NPS":
        draft.assumptions.append(
            f"{header} holds words instead of numbers: a promoter counts as 9, a passive as 7, a detractor as 6."
        )


def _is_counted(text: str) -> bool:
    """Whether the definitions know a survey by its own name, which then stays as it is."""
    plain = text.casefold()
    return any(word in plain for word in ("nps", "promoter", "csat", "satisf", "ces"))


def outside_words(kind: SurveyKind) -> tuple[str, str]:
    """Return what is wrong with a score outside a survey's scale, and what to do."""
    low, high = survey_words.RANGES[kind]
    return f"{kind} answers range from {low:g} to {high:g}.", "Correct the score; the other answers count."


def _outside(scores: np.ndarray, is_nps: np.ndarray) -> np.ndarray:
    """The rows whose score the scale of NPS does not have; none where so many are that the scale is another one."""
    low, high = survey_words.RANGES["NPS"]
    outside = is_nps & ((scores < low) | (scores > high))
    answered = int((is_nps & ~np.isnan(scores)).sum())
    return np.flatnonzero(outside) if outside.sum() < FEW_OUTSIDE * answered else np.array([], dtype=int)


def averaged(scores: np.ndarray) -> bool:
    """Return whether numbers are averages of answers: answers are whole, or half ones."""
    held = scores[~np.isnan(scores)]
    return len(held) > 0 and bool((held * 2 != np.round(held * 2)).mean() > FEW_OUTSIDE)


def _sheet_name(draft: TypedRows, profiles: Sequence[Profile], score: ColumnMatch, scores: np.ndarray) -> str:
    """The survey of the rows that do not name their own; what tells it, or the question for it, goes to the report."""
    header = draft.block.names[score.column]
    held = scores[~np.isnan(scores)]
    low, high = (float(held.min()), float(held.max())) if len(held) else (0.0, 0.0)
    chosen = (readers.option_for_column(draft.context.options, "survey", header) or "").upper()
    if chosen:
        draft.unkeyed.add("survey")
        return chosen
    kind = survey_words.survey_kind(header)
    if survey_words.is_summary(header) or (kind in ("NPS", None) and averaged(scores)):
        draft.assumptions.append(
            f"{header} holds averages of answers ({len(held):,} of {len(draft):,} rows), not single answers: they"
            " are not counted as survey responses."
        )
        return AVERAGED
    if kind:
        return kind
    draft.unkeyed.add("survey")
    kind, because = _evidence(draft, profiles, score)
    if kind is None and low == 0 and 5 < high <= 10 and "comment" in draft.columns:
        kind, because = "NPS", f"its scores are 0 to {high:g}, and a text says why"
    if kind == "CSAT" and low == 0 and high == 10 and "satisf" not in because:
        kind = None
    if kind:
        draft.assumptions.append(
            f"The answers were read as {kind}, because {because}; if they belong to another survey, choose it"
            " under “Survey”."
        )
        return kind
    reader = draft.readers.get(score.column, ColumnReader(Habits("dmy", "")))
    draft.readers[score.column] = replace(
        reader, question="Which survey are these answers to?", answers=ANSWERS, option="survey"
    )
    draft.assumptions.append(
        f"{plural(len(held), 'answer')} to an unnamed survey ({header} holds {low:g} to {high:g}): not counted as"
        " NPS or CSAT until you choose the survey."
    )
    return UNNAMED


def _evidence(draft: TypedRows, profiles: Sequence[Profile], score: ColumnMatch) -> tuple[SurveyKind | None, str]:
    """The survey that the words of the answers, other columns, the sheet or the file tell, and which does."""
    block = draft.block
    for at, name in enumerate(block.names):
        if labels := profiles[at].labels:
            if at != score.column:
                survey = draft.table.field("survey")
                draft.extra_matches.append(ColumnMatch(at, survey, 0.9, "its values name the survey", 1.0))
            return labels, f"{name} says {', '.join(profiles[at].examples)}"
    for text, what in ((draft.sheet.name, "the sheet's name"), (PurePath(draft.sheet.file).stem, "the file's name")):
        if kind := survey_words.survey_kind(text):
            return kind, f"of {what}"
    for at, name in enumerate(block.names):
        if at != score.column and (kind := survey_words.survey_kind(name)):
            return kind, f"there is a column {name}"
    return None, ""


def more_answers(draft: TypedRows, profiles: Sequence[Profile]) -> list[TypedRows]:
    """Return the answers in further columns of scores of a sheet of answers, a draft for each column."""
    used = {match.column for match in draft.matches}
    drafts = []
    for at, name in enumerate(draft.block.names):
        kind = survey_words.survey_kind(name)
        if at in used or kind is None or survey_words.is_summary(name) or profiles[at].numbers <= 0.8:
            continue
        match = ColumnMatch(at, TABLES["surveys"].field("score"), 0.9, "a score given by customers", 1.0)
        typed = row_typing.type_rows(TABLES["surveys"], [match], draft.block, draft.sheet, draft.context)
        scores = np.asarray(typed.columns["score"].fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float)
        answered = ~np.isnan(scores) & ~draft.faults.rejected
        if not answered.any() or (kind == "NPS" and averaged(scores)):
            continue
        part = TypedRows(TABLES["surveys"], block_part(draft.block, answered), draft.sheet, draft.context)
        part.sheet = replace(draft.sheet, notes=(), faults={}, cells=())
        mask = pa.array(answered)
        for field in _SHARED:
            if field in draft.columns:
                part.columns[field] = draft.columns[field].filter(mask)
        if "survey_id" in part.columns:
            part.columns["survey_id"] = pc.binary_join_element_wise(part.columns["survey_id"], kind, "-")
        part.columns["score"] = typed.columns["score"].filter(mask)
        part.columns["survey"] = constant(kind, pa.string(), len(part))
        part.matches = (match,)
        if kind == "NPS":
            everything = np.ones(len(part), dtype=bool)
            part.reject(_outside(scores[answered], everything), "score", *outside_words(kind))
        drafts.append(part)
    return drafts
