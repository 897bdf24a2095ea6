"""What stands in a column of ends where there is no day: words for "it still runs", and words for "nobody knows"."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import missing, status
from cs_dash.schema import names

_RUNNING = frozenset(
    names.folded(word)
    for word in (
        "current", "currently active", "ongoing", "present", "to present", "today", "to date", "now", "open",
        "open end", "open ended", "no end", "no end date", "never", "running", "still active", "still running",
        "still customer", "still a customer", "not churned", "not cancelled", "continuing", "continues", "indefinite",
        "unlimited", "evergreen", "perpetual", "rolling", "auto renew", "auto renews", "until cancelled",
        "until further notice", "tbd", "tbc", "to be determined", "pending",
        "bis heute", "heute", "noch aktiv", "läuft", "läuft noch", "fortlaufend", "andauernd", "offen", "unbefristet",
        "unbegrenzt", "kein Ende", "ohne Ende", "bis auf Weiteres", "nicht gekündigt", "ungekündigt", "gegenwärtig",
        "en cours", "à ce jour", "aujourd'hui", "présent", "actuel", "actuelle", "toujours actif", "toujours client",
        "indéterminé", "indéterminée", "illimité", "sans fin", "non résilié", "jusqu'à ce jour",
        "actual", "actualidad", "actualmente", "presente", "hoy", "a la fecha", "hasta la fecha", "hasta hoy",
        "en curso", "vigente", "indefinido", "indefinida", "sin fin", "abierto", "sigue activo",
        "atual", "atualmente", "até hoje", "hoje", "até o momento", "em andamento", "em vigor", "em aberto", "aberto",
        "indeterminado", "sem fim", "ainda ativo", "em curso", "ativa",
        "по настоящее время", "настоящее время", "по н.в.", "н.в.", "по сей день", "сейчас", "сегодня", "текущий",
        "текущая", "действует", "действующий", "бессрочно", "бессрочный", "без срока", "продолжается", "активна",
        "至今", "现在", "目前", "当前", "进行中", "生效中", "使用中", "在用",
        "活跃", "无限期", "长期", "永久", "未到期", "未流失",
    )
)  # fmt: skip
_UNKNOWN = frozenset(
    names.folded(word) or word
    for word in (
        "unknown", "?", "??", "???", "not known", "date unknown", "unclear", "unbekannt", "unklar", "inconnu",
        "inconnue", "desconocido", "desconocida", "desconhecido", "desconhecida", "неизвестно", "не известно",
        "未知", "不详", "不明",
    )
)  # fmt: skip


def is_running(text: str) -> bool:
    """Return whether a word in a column of ends says that the end has not come.

    >>> is_running("Ativo"), is_running("bis heute"), is_running("cancelled")
    (True, True, False)
    """
    return names.folded(text) in _RUNNING or status.standing(text) == "customer"


def is_unknown(text: str) -> bool:
    """Return whether a word in a column of ends says that nobody knows.

    >>> is_unknown("unbekannt"), is_unknown("?"), is_unknown("-")
    (True, True, False)
    """
    return (names.folded(text) or text) in _UNKNOWN


def unknown(cells: pa.Array) -> pa.Array:
    """Return true where a cell says that nobody knows."""
    return _where(cells, is_unknown)


def running(cells: pa.Array) -> pa.Array:
    """Return true where a cell says that the end has not come."""
    return _where(cells, is_running)


def _where(cells: pa.Array, test: Callable[[str], bool]) -> pa.Array:
    cut = missing.trimmed(cells)
    if not pc.any(pc.fill_null(pc.match_substring_regex(cut, r"^[^\d]"), False)).as_py():
        return pa.repeat(pa.scalar(False), len(cut))
    encoded = pc.dictionary_encode(cut)
    different = encoded.dictionary.to_pylist()
    flags = pa.array([bool(text) and len(text) < 40 and test(text) for text in different], pa.bool_())
    return pc.fill_null(flags.take(encoded.indices), False)
