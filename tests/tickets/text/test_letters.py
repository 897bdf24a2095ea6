"""Many texts at once get what the library says of each alone."""

from __future__ import annotations

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cs_dash.tickets.text import letters

TEXTS = (
    "Wie exportiere ich das?", "export report", "ERR_500", "", "?", "OK",
    "Où est passée ma facture", "LE RAPPORT EST VIDE",
    "No puedo entrar", "não carrega", "Zażółć gęślą jaźń", "a" * 200, "cafe\u0301 ferme\u0301", "报表导出", "Экспорт",
)  # fmt: skip


@pytest.mark.parametrize("at_once", [4, letters.AT_ONCE])
def test_it_says_what_the_library_says(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "AT_ONCE", at_once)
    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(letters.LATIN)
    guesses = letters.detect(TEXTS)
    assert len(guesses) == len(TEXTS)
    for text, (code, sure) in zip(TEXTS, guesses, strict=True):
        best, chance = library.classify(text)
        assert sure == pytest.approx(chance, abs=1e-4)
        assert code == best
    assert letters.detect([]) == []
