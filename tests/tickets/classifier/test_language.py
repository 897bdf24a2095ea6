"""The language of tickets, also short ones, and "unknown" where nothing tells."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pytest

from cs_dash.tickets.classifier.language import UNKNOWN, detect_languages, languages
from cs_dash.tickets.text.cleaning import readable_texts
from cs_dash.tickets.text.tokens import tokenize

SAMPLES = {
    "en": ("How do I export a report as PDF?", "The app crashes when I open it", "Where can I change my password"),
    "de": ("Wie kann ich einen Bericht exportieren?", "Die App stürzt beim Öffnen ab", "Rechnung ist falsch"),
    "ru": ("Как выгрузить отчёт?", "Приложение вылетает при запуске", "Не приходит код"),
    "zh": ("如何导出报表？", "应用打开就闪退", "发票不对"),
    "es": ("¿Cómo puedo exportar un informe?", "La aplicación se cierra al iniciar", "No puedo entrar en mi cuenta"),
    "fr": ("Comment puis-je exporter un rapport ?", "L'application plante au démarrage", "La facture est en double"),
    "pt": ("Como faço para exportar um relatório?", "O aplicativo trava ao iniciar", "Não consigo entrar na conta"),
    "uk": ("Як завантажити звіт із системи?",),
    "ja": ("レポートをエクスポートする方法",),
}  # fmt: skip


def of(*texts: str, stated: Sequence[str | None] | None = None) -> list[str | None]:
    tokens = readable_texts(pa.nulls(len(texts), pa.string()), pa.array(texts))
    written = pa.array(stated or [None] * len(texts), pa.string())
    languages_found: list[str | None] = languages(written, tokens, tokenize(tokens)).to_pylist()
    return languages_found


@pytest.mark.parametrize("code", SAMPLES)
def test_short_texts_are_recognised(code: str) -> None:
    assert of(*SAMPLES[code]) == [code] * len(SAMPLES[code])


@pytest.mark.parametrize("text", ["T-90001", "asdf", "OK", "ERR_500", "?", "N/A", "PDF", "", "12.4.1", "v2.0"])
def test_what_tells_nothing_is_unknown(text: str) -> None:
    assert of(text) == [UNKNOWN]


def test_what_the_export_says_goes_first() -> None:
    stated = ["Deutsch", "pt-BR", "EN_us", "中文", "Klingon", "  "]
    assert of(*["How do I export this?"] * 6, stated=stated) == ["de", "pt", "en", "zh", "en", "en"]


def test_real_tickets_are_recognised(russian_questions: list[str]) -> None:
    texts = readable_texts(pa.nulls(len(russian_questions), pa.string()), pa.array(russian_questions))
    codes = detect_languages(texts, tokenize(texts)).to_pylist()
    assert codes.count("ru") >= 0.98 * len(russian_questions)
