"""The taxonomy of churn reasons, and the key words by which recorded reasons are placed in it.

This is the taxonomy that a workspace begins with; `workspace_categories` has the one that people made of it.

The kinds are tried in the order below and the first whose key word stands in the text wins, so that "competitor had a
better price" is the competitor's. A word matches at its beginning ("pric" finds "pricing"); words of scripts without
spaces match anywhere. The recorded text itself is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

UNKNOWN = "Other or unknown"
PAYMENT = "Payment failed"
GAP, QUALITY = "Product gap", "Product quality"


@dataclass(frozen=True)
class ReasonCategory:
    """One kind of reason.

    Attributes:
        name: its name in words.
        controllable: whether the company could have kept the account; None where nobody judged.
        words: key words, in small letters without accents.
        payment: a payment failed, the customer did not decide.
        stored_as: the key of decisions about it where that is not its name, which files may name it by, too.
    """

    name: str
    controllable: bool | None
    words: tuple[str, ...]
    payment: bool = False
    stored_as: str = ""

    @property
    def key(self) -> str:
        """The name under which decisions about it are stored."""
        return self.stored_as or self.name


TAXONOMY: tuple[ReasonCategory, ...] = (
    ReasonCategory(PAYMENT, False, (
        "payment fail", "failed payment", "collection attempt", "card declin", "card expired", "involuntary", "dunning",
        "non payment", "nonpayment", "unpaid", "delinquen", "zahlungsausfall", "nicht bezahlt", "impago",
        "pago fallido", "echec de paiement", "неоплат", "неуплат", "платеж не прош", "欠费", "付款失败", "未付款",
    ), payment=True),
    ReasonCategory("Closed or acquired", False, (
        "out of business", "business closed", "closing the business", "company closed", "shut down", "shutting down",
        "bankrupt", "insolven", "acquired", "acquisition", "taken over", "merger", "merged", "deceased", "moved away",
        "moved", "relocat", "geschaftsaufgabe", "ubernommen", "konkurs", "cierre", "quiebra", "adquirid", "faillite",
        "rachat", "закры", "ликвид", "банкрот", "поглощ", "倒闭", "停业", "收购", "关闭",
    )),
    ReasonCategory("Champion left", False, (
        "champion", "sponsor left", "contact left", "key user left", "colleague who ran",
        "new management", "new leadership", "management change", "change of management", "ansprechpartner",
        "neue leitung", "cambio de direccion", "nouvelle direction", "сменил", "новое руководство", "ушел инициатор",
        "负责人离职", "换了负责人", "管理层变动",
    )),
    ReasonCategory("Expectation mismatch", True, (
        "promis", "oversold", "mis-sold", "missold", "sales told", "not as described", "expectation", "misled",
        "versprochen", "erwartung", "prometi", "expectativa", "promesse", "обеща", "ожидани", "承诺", "期望", "预期",
    ), stored_as="Promised but not there"),
    ReasonCategory("Competitor", True, (
        "competit", "switched to", "moving to", "moved to another", "other vendor", "another vendor", "other provider",
        "uses another system", "they offered us", "rival", "wettbewerb", "konkurren", "mitbewerb", "anbieterwechsel",
        "competencia", "competidor", "otro proveedor", "concurren", "конкурент", "другой поставщик",
        "другому поставщик",
        "竞争", "竞品", "其他供应商",
    )),
    ReasonCategory("Onboarding", True, (
        "onboard", "set-up", "setup", "set up", "implement", "got going", "go-live",
        "einfuhrung", "einrichtung", "implementacion", "puesta en marcha", "mise en place", "внедрен",
        "запуск", "上线", "实施", "部署",
    )),
    ReasonCategory("Price or value", True, (
        "pric", "expensive", "cost", "budget", "afford", "charge", "roi", "value for money", "too much", "fees",
        "have to save", "cheap", "hiring stop", "preis", "teuer", "kosten", "sparen", "precio",
        "caro", "coste", "presupuesto", "prix", "cher", "cout", "цена", "цене", "цены", "дорог", "бюджет", "стоимост",
        "价格", "太贵", "预算", "费用", "成本",
    )),
    ReasonCategory("Service and support", True, (
        "support", "service", "attitude", "answers", "called back", "response time", "slow respon", "expertise",
        "betreuung", "kundendienst", "soporte", "atencion", "servicio", "assistance", "поддержк", "сервис",
        "обслуживан", "支持", "客服", "服务",
    )),
    ReasonCategory(QUALITY, True, (
        "quality", "bug", "error", "defect", "crash", "outage", "downtime", "reliab", "unstable", "performance", "slow",
        "lost entries", "were wrong", "dissatisf", "qualitat", "fehler", "absturz", "ausfall", "calidad", "fallo",
        "errores", "qualite", "panne", "качеств", "ошибк", "сбой", "сбои", "нестабил", "质量", "故障", "错误", "不稳定",
    )),
    ReasonCategory(GAP, True, (
        "feature", "missing", "functional", "product gap", "lack", "integration", "limited range", "cannot do",
        "does not exist", "roadmap", "requirement", "fehlende", "funktion", "funcionalidad", "falta", "fonction",
        "manque", "функци", "не хватает", "нет нужн", "интеграц", "功能", "缺少", "集成",
    )),
    ReasonCategory("Adoption", True, (
        "adopt", "usage", "not using", "not used", "no longer use", "no longer need", "unused", "only one person",
        "did not see the value", "never got value", "no value", "low engagement", "engagement", "too complex",
        "hard to use", "difficult to use", "usability", "nutzung", "ungenutzt", "kein bedarf", "sin uso", "poco uso",
        "no se usa", "utilisation", "не использ", "не пользу", "внедряем", "使用率", "不再使用", "没人用", "太复杂",
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Taxonomy:
    """Kinds of reasons, in the order in which their words are tried."""

    kinds: tuple[ReasonCategory, ...]

    @cached_property
    def controllable(self) -> dict[str, bool | None]:
        """Category -> whether the company could have kept the account; None where nobody judged."""
        return {kind.name: kind.controllable for kind in self.kinds}

    @cached_property
    def payments(self) -> frozenset[str]:
        """The kinds in which a payment failed and the customer did not decide."""
        return frozenset(kind.name for kind in self.kinds if kind.payment)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all kinds, by the alphabet, and that of what fits none."""
        return (*sorted(kind.name for kind in self.kinds), UNKNOWN)

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((kind.name, _pattern(kind.words)) for kind in self.kinds if kind.words)

    def kind_of(self, text: str | None) -> str:
        """Return the kind of reason that `text` speaks of; "Other or unknown" where no key word fits."""
        folded = fold(text or "")
        return next((name for name, pattern in self._patterns if pattern.search(folded)), UNKNOWN)

    def kinds_of(self, texts: Iterable[str]) -> dict[str, str]:
        """Return {text: its kind} for recorded reasons."""
        return {text: self.kind_of(text) for text in texts}

    def kinds_in(self, text: str | None) -> tuple[str, ...]:
        """Return every kind of reason that `text` speaks of, in the order in which they are tried."""
        folded = fold(text or "")
        return tuple(name for name, pattern in self._patterns if pattern.search(folded))

    def contradiction(self, kind: str, comment: str | None) -> str | None:
        """Return the kind of reason that a comment speaks of instead of the event's own; None where none contradicts.

        Only kinds that the rules know can contradict each other, and a comment that speaks of several kinds agrees
        with each of them.
        """
        comment_categories = self.kinds_in(comment)
        return (
            None
            if kind not in self.controllable or not comment_categories or kind in comment_categories
            else comment_categories[0]
        )


def fold(text: str) -> str:
    """Return `text` in small letters, without accents and with single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ё", "е"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", plain).replace("_", " ").split())


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted((fold(word) for word in words), key=len, reverse=True)
    return re.compile("|".join(re.escape(w) if _spaceless(w) else rf"(?<!\w){re.escape(w)}" for w in ordered))


def _spaceless(word: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" for letter in word)


STANDARD = Taxonomy(TAXONOMY)
