"""Yes and no in several languages."""

from __future__ import annotations

from cs_dash.intake.cells import names

_YES = frozenset({
    "true", "t", "yes", "y", "1", "1 0", "on", "x", "✓", "✔", "wahr", "ja", "j", "vrai", "oui", "o", "si", "verdadero",
    "sim", "verdadeiro", "да", "истина", "是", "对", "真", "vero", "churned", "enabled", "active", "checked",
})  # fmt: skip
_NO = frozenset({
    "false", "f", "no", "n", "0", "0 0", "off", "falsch", "nein", "faux", "non", "falso", "nao", "нет", "ложь", "否",
    "假", "stayed", "retained", "disabled", "inactive", "unchecked", "joined", "not churned",
})  # fmt: skip


def flag(text: str) -> bool | None:
    """Return what a yes-or-no word says; None where it says neither.

    >>> flag("Yes"), flag("nein"), flag("maybe")
    (True, False, None)
    """
    word = names.folded(text) or text.strip()
    if word in _YES:
        return True
    return False if word in _NO else None
