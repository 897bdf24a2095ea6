"""What the lexicon suggests, language by language."""

from __future__ import annotations

import pyarrow as pa
import pytest

from cs_dash.tickets.classifier import lexicon
from cs_dash.tickets.classifier.sources import text_features
from cs_dash.tickets.classifier.type_terms import KINDS
from cs_dash.tickets.text.cleaning import readable_texts
from cs_dash.tickets.text.tokens import tokenize

SAMPLES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "how-to": ("How do I share a dashboard?", "Where can I find the log?", "Is there a way to copy a project"),
        "defect": ("Export fails with an error", "The calendar does not load", "Totals are wrong since the update"),
        "feature request": ("It would be great to have dark mode", "Please add support for Slack", "Do you plan it"),
        "account and access": ("I am locked out", "Reset my password", "SSO login loops"),
        "billing": ("Our invoice shows the wrong VAT number", "We want a refund", "Quote for 20 more seats"),
        "outage": ("The whole system is down", "Nobody can reach the service, error 503", "Outage since 9 am"),
    },
    "de": {
        "how-to": ("Wie kann ich einen Bericht teilen?", "Wo finde ich das Protokoll?"),
        "defect": ("Der Export bricht ab mit einem Fehler", "Der Kalender lädt nicht", "Die Summen stimmen nicht"),
        "feature request": ("Es wäre schön, wenn es einen dunklen Modus gäbe", "Vorschlag: Anbindung an Slack"),
        "account and access": ("Ich kann mich nicht anmelden, Passwort vergessen", "Mein Konto ist gesperrt"),
        "billing": ("Die Rechnung ist doppelt gekommen", "Wir möchten kündigen"),
        "outage": ("Der Dienst ist nicht erreichbar", "Ausfall seit heute früh"),
    },
    "ru": {
        "how-to": ("Как поделиться отчётом?", "Где посмотреть историю?"),
        "defect": ("Видео не загружается, ошибка", "Не работает экспорт"),
        "feature request": ("Предлагаю добавить тёмную тему", "Было бы удобно скачивать список"),
        "account and access": ("Не могу войти в аккаунт", "Сбросьте пароль"),
        "billing": ("Деньги списали дважды, верните", "Нужен счёт на оплату"),
        "outage": ("Сервис недоступен у всех", "Сайт не открывается ни у кого, 503"),
    },
    "zh": {
        "how-to": ("如何共享报表？", "在哪里可以查看日志？"),
        "defect": ("导出失败，出现错误", "日历打不开"),
        "feature request": ("建议增加深色模式", "希望能支持微信通知"),
        "account and access": ("登录不了，密码忘了", "账号被锁定"),
        "billing": ("发票金额有误，请退款", "需要续费报价"),
        "outage": ("系统宕机了", "所有人都无法使用，服务中断"),
    },
    "es": {
        "how-to": ("¿Cómo puedo compartir un informe?", "¿Dónde está el registro?"),
        "defect": ("La exportación da un error", "El calendario no carga"),
        "feature request": ("Nos gustaría tener un modo oscuro", "Sugerencia: añadir la opción de copiar"),
        "account and access": ("He olvidado mi contraseña", "Mi usuario está bloqueado y no puedo acceder"),
        "billing": ("La factura está duplicada, quiero un reembolso", "Necesitamos un presupuesto"),
        "outage": ("El servicio no está disponible para nadie", "Caída del servicio desde las 9"),
    },
    "fr": {
        "how-to": ("Comment puis-je partager un rapport ?", "Où se trouve le journal ?"),
        "defect": ("L'export affiche une erreur", "Le calendrier ne se charge pas"),
        "feature request": ("Nous aimerions un mode sombre", "Serait-il possible d'ajouter une option de copie"),
        "account and access": ("J'ai oublié mon mot de passe", "Mon compte est verrouillé"),
        "billing": ("La facture est fausse, merci de nous rembourser", "Nous voulons résilier l'abonnement"),
        "outage": ("Le service est indisponible", "Tout est en panne depuis ce matin"),
    },
    "pt": {
        "how-to": ("Como posso compartilhar um relatório?", "Onde encontro o registro?"),
        "defect": ("A exportação mostra um erro", "O calendário não carrega"),
        "feature request": ("Gostaríamos que houvesse um modo escuro", "Sugestão: um novo recurso de cópia"),
        "account and access": ("Esqueci a minha senha", "Minha conta bloqueada não abre"),
        "billing": ("A fatura veio em duplicidade, quero o reembolso", "Precisamos de um orçamento"),
        "outage": ("O sistema está fora do ar", "O site caiu, ninguém consegue usar"),
    },
}  # fmt: skip


def suggested(texts: list[str], language: str, own: dict[str, lexicon.Phrases] | None = None) -> list[str | None]:
    readable = readable_texts(pa.nulls(len(texts), pa.string()), pa.array(texts))
    kinds: list[str | None] = lexicon.suggest_kinds(
        tokenize(readable), pa.array([language] * len(texts)), own
    ).to_pylist()
    return kinds


@pytest.mark.parametrize(("language", "kind"), [(code, kind) for code, kinds in SAMPLES.items() for kind in kinds])
def test_words_suggest_the_kind(language: str, kind: str) -> None:
    texts = list(SAMPLES[language][kind])
    assert suggested(texts, language) == [kind] * len(texts)


def test_every_language_has_phrases_of_every_kind() -> None:
    assert set(SAMPLES) == set(lexicon.LANGUAGES)
    for language in lexicon.LANGUAGES:
        listed = lexicon.phrases(language)
        assert set(listed) == set(KINDS)
        assert all(len(listed[kind]) >= 6 for kind in KINDS), language
        assert len(lexicon.common_words(language)) >= 15


def test_nothing_is_suggested_without_telling_words_or_without_a_lexicon() -> None:
    assert suggested(["Meeting on Tuesday"], "en") == [None]
    assert suggested(["How do I export?"], "it") == [None]
    assert suggested(["The terrorist"], "en") == [None]  # "error" inside another word tells nothing


def test_a_workspace_may_have_phrases_of_its_own() -> None:
    own = lexicon.workspace_phrases({"en": {"defect": ["acting up"]}, "xx": {"defect": ["x"]}, "fr": 1})
    assert own == {"en": {"defect": ["acting up"]}}
    assert suggested(["The board is acting up", "It shows an error"], "en", dict(own)) == ["defect", None]


def test_most_real_tickets_get_a_suggestion(russian_questions: list[str]) -> None:
    suggestions = text_features(
        pa.table({"subject": pa.nulls(len(russian_questions), pa.string()), "body": russian_questions})
    )
    lexicon_prior = suggestions["kind_suggested"].to_pylist()
    assert sum(hint is not None for hint in lexicon_prior) >= 0.8 * len(lexicon_prior)
