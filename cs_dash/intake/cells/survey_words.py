"""Words of customer surveys in seven languages: which survey a text means, and which score an answer in words is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from cs_dash.schema import names

SurveyKind = Literal["NPS", "CSAT", "CES"]
KINDS: tuple[SurveyKind, ...] = ("NPS", "CSAT", "CES")
RANGES: dict[SurveyKind, tuple[float, float]] = {"NPS": (0.0, 10.0), "CSAT": (0.0, 10.0), "CES": (0.0, 10.0)}
FIELDS = ("score", "satisfaction")
"""Fields whose values may be answers in words."""
JUDGED, MOST_LABELS, LONGEST_LABEL = 20_000, 30, 40
"""So many cells tell whether a column holds answers in words, of so many different ones and so many characters."""

_RECOMMEND = r"recommend|empfehl|empfohl|recommand|recomend|recomiend|рекоменд|посовет|推荐"
_LIKELY = (
    r"likel|would you|wahrschein|wurden sie|probab|dans quelle mesure|recommanderiez|recomendaria|вероятн|готовы|"
    r"посоветуете|可能|意愿|friend|colleague|freund|kolleg|collegue|amig|друз|коллег|朋友|同事"
)
_WORDS: dict[SurveyKind, re.Pattern[str]] = {
    "NPS": re.compile(
        rf"(?<![a-z])(?<!\be )nps(?![a-z])|net promoter|promoter score|净推荐|(?=.*(?:{_RECOMMEND})).*(?:{_LIKELY})"
    ),
    "CSAT": re.compile(r"(?<![a-z])csat(?![a-z])|satisf|zufrieden|удовлетвор|满意"),
    "CES": re.compile(r"(?<![a-z])ces(?![a-z])|effort|how easy|made it easy|esfuerzo|esforco|усили|费力"),
}
_NO_ANSWER = re.compile(
    r"(?<![a-z])(?:avg|average|averaged|mean|median|durchschnitt\w*|mittel\w*|schnitt|moyen\w*|promedio|media|target|"
    r"goal|ziel\w*|objectif|objetivo|meta|change|delta|trend|responses|respondents|answers|antworten|reponses|"
    r"respuestas|respostas|count|number of|anzahl|rate|quote|percent|share|promoters|passives|detractors|date|datum)"
    r"(?![a-z])|%|средн|цель|ответов|平均|均值|目标|数量|人数"
)
_LABELS: dict[SurveyKind, dict[float, str]] = {
    "NPS": {
        9.0: "promoter promoters promotor promotoren promotores promoteur promoteurs промоутер промоутеры сторонник"
        " 推荐者",
        7.0: "passive passives passiv passif passifs pasivo pasivos passivo passivos neutral neutro neutre indifferent"
        " нейтрал нейтралы нейтральный пассивный 被动者 中立者",
        6.0: "detractor detractors detraktor detraktoren kritiker detracteur detracteurs detractores detrator"
        " detratores критик критики детрактор 贬损者 批评者",
    },
    "CSAT": {
        5.0: "very_satisfied extremely_satisfied sehr_zufrieden tres_satisfait tres_satisfaite muy_satisfecho"
        " muy_satisfecha muito_satisfeito muito_satisfeita очень_доволен очень_довольна 非常满意 很满意",
        4.0: "satisfied zufrieden satisfait satisfaite satisfecho satisfecha satisfeito satisfeita доволен довольна"
        " удовлетворен 满意",
        3.0: "neutral neutre neutro нейтрально 一般",
        2.0: "dissatisfied unsatisfied unzufrieden insatisfait insatisfaite insatisfecho insatisfecha insatisfeito"
        " insatisfeita недоволен недовольна 不满意",
        1.0: "very_dissatisfied very_unsatisfied extremely_dissatisfied sehr_unzufrieden tres_insatisfait"
        " tres_insatisfaite muy_insatisfecho muy_insatisfecha muito_insatisfeito muito_insatisfeita очень_недоволен"
        " очень_недовольна 非常不满意",
    },
}  # fmt: skip
_SCORE_OF_LABEL: dict[SurveyKind, dict[str, float]] = {
    kind: {names.folded(word.replace("_", " ")): score for score, words in labels.items() for word in words.split()}
    for kind, labels in _LABELS.items()
}
_BRACKET = re.compile(r"\s*[(（\[].*$")
_WORDED_SCORE = re.compile(
    r"^(\d{1,3})(?:\s*(?:/|von|of|out of|sur|de|из)\s*\d{1,3}|\s*分|\s*[-–—:]\s*[^\W\d].*|\s+\(.*\))$", re.IGNORECASE
)
_STARS = re.compile(r"^([★⭐]{1,10})[☆]*$")


def survey_kind(text: str) -> SurveyKind | None:
    """Return the survey that a header, a file's name or a survey's own name means; None where it means none or two.

    >>> [survey_kind(text) for text in ("nps_responses", "How likely are you to recommend us?", "Recommended plan")]
    ['NPS', 'NPS', None]
    """
    plain = names.folded(text)
    kinds = [kind for kind, pattern in _WORDS.items() if pattern.search(plain)]
    return kinds[0] if len(kinds) == 1 else None


def is_summary(header: str) -> bool:
    """Return whether a header names what was computed from answers, such as their mean, their number or a target.

    >>> is_summary("Avg NPS"), is_summary("NPS Score")
    (True, False)
    """
    return bool(_NO_ANSWER.search(names.folded(header))) or "%" in header


def _label(text: str) -> str:
    return names.folded(_BRACKET.sub("", text))


def labels_kind(values: Iterable[str]) -> SurveyKind | None:
    """Return the survey whose answers in words the values are, four in five of them; None where they are no such words.

    >>> labels_kind(["Promoter", "Passive (7-8)"]), labels_kind(["Very satisfied", "Neutral"]), labels_kind(["Neutral"])
    ('NPS', 'CSAT', None)
    """
    labels = {_label(value) for value in values}
    for kind, scores in _SCORE_OF_LABEL.items():
        known_labels = labels & scores.keys()
        if known_labels - {"neutral", "neutre", "neutro", "indifferent"} and len(known_labels) >= 0.8 * len(labels):
            return kind
    return None


def worded_score(text: str, kind: SurveyKind | None) -> float | None:
    """Return the score in an answer that is more than a number: "9/10", "10 - extremely likely", "Promoter".

    A label without a number stands for one score of its kind: a promoter for 9, a passive for 7, a detractor for 6.
    """
    cut = text.strip()
    if match := _WORDED_SCORE.match(cut):
        return float(match[1])
    if match := _STARS.match(cut):
        return float(len(match[1]))
    return _SCORE_OF_LABEL[kind].get(_label(cut)) if kind else None
