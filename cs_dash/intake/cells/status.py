"""Words for yes and no, and for a customer's status: customer, churned or on trial. In the languages of the headers."""

from __future__ import annotations

from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import missing, names

Standing = Literal["customer", "trial", "gone"]

HEADERS = frozenset(
    names.key(word)
    for word in (
        "status", "state", "customer status", "account status", "client status", "subscription status",
        "contract status", "lifecycle", "lifecycle stage", "stage", "relationship status", "active", "kundenstatus",
        "vertragsstatus", "statut", "statut client", "estado", "estado del cliente", "статус", "статус клиента",
        "状态", "客户状态",
    )
)  # fmt: skip
_WORDS: dict[Standing, frozenset[str]] = {
    "customer": frozenset({
        "active", "live", "customer", "current", "paying", "paid", "won", "closed won", "retained", "stayed", "joined",
        "renewed", "onboarding", "adopting", "at risk", "healthy", "past due", "in renewal", "expanding", "new",
        "subscribed", "open", "good", "green", "yellow", "red", "ok", "notice", "aktiv", "kunde", "bestandskunde",
        "zahlend", "laufend", "neukunde", "verlangert", "gefahrdet", "actif", "client", "activo", "cliente", "vigente",
        "ativo", "активен", "активный", "активна", "действует", "клиент", "действующий", "活跃", "有效", "在用", "正常",
    }),
    "trial": frozenset({
        "trial", "trialing", "trialling", "on trial", "in trial", "free trial", "pilot", "poc", "proof of concept",
        "evaluation", "prospect", "lead", "test", "testphase", "probezeit", "testkunde", "essai", "prueba", "teste",
        "триал", "пробный", "пробный период", "тест", "试用",
    }),
    "gone": frozenset({
        "churned", "churn", "cancelled", "canceled", "lost", "inactive", "terminated", "left", "former", "ex customer",
        "former customer", "closed", "closed lost", "expired", "ended", "deactivated", "disabled", "not renewed",
        "non renewed", "offboarded", "stopped", "gone", "archived", "unsubscribed", "dead", "gekundigt", "inaktiv",
        "verloren", "beendet", "ausgelaufen", "abgewandert", "ehemalig", "storniert", "resilie", "perdu", "inactif",
        "annule", "parti", "cancelado", "perdido", "inactivo", "baja", "dado de baja", "inativo", "encerrado",
        "отток", "ушел", "ушла", "потерян", "неактивен", "неактивный", "расторгнут", "отказ", "закрыт", "отменен",
        "отменена", "流失", "已流失", "已取消", "停用", "失效", "终止",
    }),
}  # fmt: skip
_STANDINGS: dict[str, Standing] = {names.folded(word): standing for standing, words in _WORDS.items() for word in words}


def standing(text: str) -> Standing | None:
    """Return the standing that a status word stands for; None for other words.

    >>> standing("Churned"), standing("Gekündigt"), standing("Live"), standing("Trial"), standing("Tuesday")
    ('gone', 'gone', 'customer', 'trial', None)
    """
    return _STANDINGS.get(names.folded(text))


def standings(cells: pa.Array) -> tuple[list[str], pa.Array, bool] | None:
    """Return the words for “gone”, the standing in every cell, and whether there are words for both gone and not gone.

    None where the cells are not statuses: four of five different words have to be known, since a column of names that
    holds “Trial” once is not a column of statuses.
    """
    encoded = pc.dictionary_encode(missing.without_missing(cells, missing.NO_VALUE))
    words: list[str] = encoded.dictionary.to_pylist()
    word_standings = [standing(word) for word in words]
    if (
        not words
        or len(words) > 30
        or sum(word_standing is None for word_standing in word_standings) > 0.2 * len(words)
    ):
        return None
    gone_words = [word for word, word_standing in zip(words, word_standings, strict=True) if word_standing == "gone"]
    has_both = bool(gone_words) and any(word_standing in ("customer", "trial") for word_standing in word_standings)
    return gone_words, pa.array(word_standings, pa.string()).take(encoded.indices), has_both


_YES = frozenset({
    "true", "t", "yes", "y", "1", "1 0", "on", "x", "✓", "✔", "wahr", "ja", "j", "vrai", "oui", "o", "si", "verdadero",
    "sim", "verdadeiro", "да", "истина", "是", "对", "真", "vero", "churned", "enabled", "active", "checked",
})  # fmt: skip


_NO = frozenset({
    "false", "f", "no", "n", "0", "0 0", "off", "falsch", "nein", "faux", "non", "falso", "nao", "нет", "ложь", "否",
    "假", "stayed", "retained", "disabled", "inactive", "unchecked", "joined", "not churned",
})  # fmt: skip


def flag(text: str) -> bool | None:
    """Return whether a word means yes or no; None where it means neither.

    >>> flag("Yes"), flag("nein"), flag("maybe")
    (True, False, None)
    """
    word = names.folded(text) or text.strip()
    if word in _YES:
        return True
    return False if word in _NO else None
