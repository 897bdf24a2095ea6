"""Words for yes and no, and for where a customer stands: paying, on trial, paused, gone. In seven languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from cs_dash.schema import names

Standing = Literal["customer", "leaving", "trial", "never", "paused", "gone"]
"""Pays; pays and has given notice; on trial; never paid so far; does not pay for now; has left."""

HEADERS = frozenset(
    names.key(word)
    for word in (
        "status", "state", "customer status", "account status", "client status", "subscription status",
        "contract status", "lifecycle", "lifecycle stage", "stage", "relationship status", "active", "kundenstatus",
        "vertragsstatus", "zustand", "statut", "statut client", "statut de l'abonnement", "état", "estado", "estatus",
        "estado del cliente", "estado de la suscripción", "situación", "situação", "status da assinatura",
        "status do cliente", "fase", "статус", "состояние", "статус клиента", "статус подписки", "状态", "客户状态",
        "订阅状态", "合同状态",
    )
)  # fmt: skip
ACTIVE_FLAGS = frozenset(
    names.key(word)
    for word in (
        "active", "is active", "active flag", "currently active", "enabled", "aktiv", "ist aktiv", "actif", "est actif",
        "activo", "activa", "está activo", "ativo", "ativa", "está ativo", "активен", "активна", "активный",
        "действует",
        "是否有效", "是否活跃", "有效", "活跃",
    )
)  # fmt: skip
"""Columns of yes and no in which no means that the customer has left."""
_OF_OTHERS = re.compile(
    r"\b(payment|invoice|card|ticket|health|risk|onboarding|kyc|email|zahlung\w*|rechnung\w*|paiement|facture|pago|factura|"
    r"pagamento|fatura|оплат\w*|счет\w*|заявк\w*)\b|付款|支付|发票|工单"
)
_STATES: dict[Standing, str] = {
    "customer":
        "active, live, customer, current, paying, paid, won, closed won, retained, stayed, joined, renewed, "
        "renewing, onboarding, adopting, at risk, healthy, past due, overdue, dunning, delinquent, in renewal, "
        "expanding, new, subscribed, open, good, green, yellow, red, ok, in progress, ongoing, running, valid, "
        "in force, signed, aktiv, aktive, aktiver, kunde, bestandskunde, zahlend, laufend, neukunde, verlangert, "
        "gefahrdet, ungekundigt, uberfallig, actif, client, en cours, en vigueur, a risque, en retard, activo, "
        "activa, cliente, vigente, al dia, en riesgo, en mora, ativo, ativa, em dia, adimplente, em atraso, "
        "em risco, активен, активный, активна, активная, активно, действует, клиент, действующий, действующая, "
        "платит, в работе, продлен, просрочен, 活跃, 有效, 在用, 正常, 生效中, 生效, 使用中, 进行中, 已激活, "
        "已续约, 逾期, paid up, in good standing, subscriber, member, onboarded, kunde aktiv, abonnent, abonne, "
        "suscriptor, al corriente, assinante, подписчик, оплачен, оплачена, активирован, 付费, 付费中, 已付费, "
        "已付款, 订阅中, 使用, 启用",
    "leaving":
        "notice, notice given, under notice, cancelling, canceling, cancels, non renewing, nonrenewing, "
        "pending cancellation, pending cancel, cancellation pending, cancel at period end, set to cancel, "
        "cancellation requested, cancellation scheduled, will churn, will not renew, in kundigung, kundigung, "
        "kundigung vorgemerkt, kundigung eingegangen, en cours de resiliation, resiliation demandee, preavis, "
        "en cancelacion, baja solicitada, por cancelar, cancelacion programada, em cancelamento, aviso previo, "
        "cancelamento solicitado, cancelamento agendado, уходит, отключается, отмена запланирована, "
        "на отключении, 待取消, 即将取消, 取消中, 不续约",
    "trial":
        "trial, trialing, trialling, on trial, in trial, free trial, pilot, poc, proof of concept, evaluation, "
        "test, testphase, probe, probezeit, testkunde, probeabo, testversion, in der testphase, essai, en essai, "
        "periode d essai, prueba, en prueba, periodo de prueba, teste, em teste, em avaliacao, periodo de teste, "
        "триал, пробный, пробная, пробный период, тест, тестовый, тестовый период, 试用, 试用中, 试用期, "
        "trial period, demo, freemium trial, testzeitraum, probemonat, periode de test, demo en curso, "
        "demonstracao, degustacao, демо, 体验, 体验中",
    "never":
        "prospect, lead, draft, incomplete, incomplete expired, pending, pending activation, pending payment, "
        "not started, not yet started, scheduled, future, upcoming, quote, quoted, proposal, opportunity, "
        "negotiation, in negotiation, qualified, never paid, never active, never billed, nie bezahlt, "
        "jamais paye, nunca pago, nunca pagou, никогда не платил, не платил, 从未付款, 从未支付, signup, "
        "registered, entwurf, interessent, angebot, ausstehend, anfrage, noch nicht gestartet, brouillon, "
        "en attente, devis, a venir, prospecto, borrador, pendiente, cliente potencial, potencial, presupuesto, "
        "futuro, rascunho, pendente, em negociacao, orcamento, a iniciar, черновик, лид, потенциальный, "
        "потенциальный клиент, ожидает, ожидает оплаты, не начат, будущий, переговоры, 潜在, 潜在客户, 意向, "
        "意向客户, 草稿, 待激活, 未激活, 待生效, 待支付, 未开始, 线索, 商机, 潜客, 未付费, 待付款, new lead, "
        "mql, sql, qualification, cold lead, warm lead, in contact, evaluating, entwurf angelegt, kontakt, "
        "potentieller kunde, interessiert, client potentiel, piste, en negociation, prospection, en negociacion, "
        "oportunidad, contacto, lead novo, oportunidade, proposta, em aberto, в переговорах, заявка, контакт, "
        "потенциал, потенциальная, предложение, 报价, 报价中, cotizacion, propuesta, cotacao",
    "paused":
        "paused, on hold, hold, suspended, frozen, dormant, unpaid, not paid, blocked, pausiert, ruhend, ruht, "
        "ausgesetzt, gesperrt, eingefroren, unbezahlt, nicht bezahlt, en pause, suspendu, suspendue, gele, "
        "impaye, non paye, pausado, pausada, moroso, en pausa, suspendido, suspendida, congelado, impagado, "
        "impago, no pagado, em pausa, inadimplente, suspenso, suspensa, congelada, bloqueado, nao pago, "
        "на паузе, пауза, приостановлен, приостановлена, приостановлено, заморожен, заморожена, заблокирован, "
        "не оплачен, не оплачена, неоплачен, неоплачено, 暂停, 已暂停, 冻结, 已冻结, 挂起, 未付款, 未支付, 欠费, "
        "pause, paused by customer, temporarily suspended, inactive temporarily, seasonal pause, in pause, "
        "stillgelegt, en suspens, interrompu, detenido, parado, parada, trancado, стоп, временно приостановлен, "
        "停机, 停机中",
    "gone":
        "churned, churn, cancelled, canceled, lost, inactive, terminated, left, former, ex customer, "
        "former customer, closed, closed lost, expired, ended, deactivated, disabled, not renewed, non renewed, "
        "offboarded, stopped, gone, archived, unsubscribed, dead, deleted, lapsed, revoked, completed, finished, "
        "gekundigt, inaktiv, verloren, beendet, ausgelaufen, abgelaufen, abgewandert, ehemalig, "
        "ehemaliger kunde, storniert, erloschen, deaktiviert, geloscht, resilie, resiliee, perdu, perdue, "
        "inactif, annule, annulee, parti, expire, expiree, termine, terminee, ancien client, desactive, "
        "cancelado, cancelada, perdido, perdida, inactivo, inactiva, baja, dado de baja, de baja, vencido, "
        "vencida, expirado, expirada, caducado, caducada, finalizado, finalizada, terminado, terminada, anulado, "
        "anulada, rescindido, inativo, inativa, encerrado, encerrada, desativado, desistente, evadido, "
        "ex cliente, отток, ушел, ушла, ушли, потерян, потеряна, неактивен, неактивна, неактивный, неактивно, "
        "расторгнут, расторгнута, расторгнуто, отказ, отказался, закрыт, закрыта, отменен, отменена, отмененный, "
        "отменено, истек, истекла, истекший, завершен, завершена, завершено, отключен, отключена, 流失, 已流失, "
        "已取消, 取消, 停用, 已停用, 失效, 已失效, 终止, 已终止, 过期, 已过期, 到期, 已到期, 已结束, 非活跃, "
        "不活跃, 已退订, 已注销, quit, dropped, resigned, withdrawn, discontinued, not active, non active, "
        "kein kunde mehr, exkunde, ex kunde, beendigt, aufgelost, quitte, cloture, cloturee, ex client, "
        "dado de baja voluntaria, extinto, cerrado, cerrada, cancelou, saiu, desligado, desativada, бывший, "
        "бывший клиент, расторжение, не активен, прекращен, прекращена, не продлил, не продлен, 离开, 解约, "
        "已解约, 退订, 关闭, 已关闭, 作废",
}  # fmt: skip
_STANDINGS: dict[str, Standing] = {
    names.folded(word): standing for standing, words in _STATES.items() for word in words.split(", ")
}
_WEAK = frozenset({
    "new", "open", "good", "green", "yellow", "red", "ok", "closed", "won", "lost", "left", "test", "lead", "paid",
    "joined", "current", "stopped", "former", "pending", "completed", "finished", "valid", "signed", "blocked",
    "disabled", "deleted", "archived", "registered", "qualified", "scheduled", "future", "draft", "quote",
    "opportunity", "running", "hold", "kunde", "client", "cliente", "customer", "клиент",
})  # fmt: skip
"""Words of states that occur in columns of all kinds: they alone make no column one of states."""
_NOT = re.compile(r"^(?:not|no longer|nicht|nicht mehr|kein|no|ya no|nao|nao mais|не|больше не|plus|pas|n est plus) ")

_TWO_LETTERS = re.compile(r"([aou])e")
"""German umlauts written as two letters: “gekuendigt”."""
_WHOSE = re.compile(
    r"\b(?:customers?|clients?|accounts?|kunden?|konto|comptes?|abonnes?|clientes?|cuentas?|contas?|assinantes?|"
    r"suscriptor(?:es)?|клиенты?|подписчики?|абоненты?)\b|客户|用户|会员|账户"
)
"""Whom a state is of: “client_actif”, “流失客户”."""


def standing(text: str) -> Standing | None:
    """Return the standing that a status word stands for, also where a reason follows it; None for other words.

    >>> standing("Churned"), standing("Gekündigt"), standing("Live"), standing("Trial"), standing("Tuesday")
    ('gone', 'gone', 'customer', 'trial', None)
    >>> standing("incomplete_expired"), standing("Cancelled - too dear"), standing("no longer active")
    ('never', 'gone', 'gone')
    """
    plain = names.folded(text)
    if plain in _STANDINGS:
        return _STANDINGS[plain]
    if match := _NOT.match(plain):
        denied = _STANDINGS.get(plain[match.end() :])
        return "gone" if denied == "customer" else "customer" if denied == "gone" else None
    if (short := _TWO_LETTERS.sub(r"\1", plain)) != plain and short in _STANDINGS:
        return _STANDINGS[short]
    if (bare := _WHOSE.sub("", plain).strip()) != plain and bare in _STANDINGS:
        return _STANDINGS[bare]
    words = plain.split()
    for many in range(min(len(words) - 1, 4), 0, -1):
        head = " ".join(words[:many])
        if head in _STANDINGS and head not in _WEAK:
            return _STANDINGS[head]
    return None


def is_cancelled(text: str) -> bool:
    """Return whether a word says that a contract was cancelled, which may still run to its end."""
    return bool(re.search(r"cancel|notice|kundig|resili|отмен|расторг|取消|退订", names.folded(text)))


MOST_WORDS = 40
"""A column with more different words is not one of states."""


def speaks_for_itself(words: Sequence[str]) -> bool:
    """Return whether words are those of states whatever their column is called: who pays, and who does not."""
    strong = {standing(word) for word in words if names.folded(word) not in _WEAK} - {None}
    return len(words) > 1 and "customer" in {standing(word) for word in words} and bool(strong - {"customer"})


def is_of_customers(name: str) -> bool:
    """Return whether a column of states may speak of the customer by its name, not of a payment or a ticket."""
    return not _OF_OTHERS.search(names.folded(name))


def standings(words: Sequence[str]) -> dict[str, Standing | None] | None:
    """Return the standing that each of a column's different words means; None where they are no states.

    Four of five have to be known, since a column of names that holds “Trial” once is not a column of states.
    """
    by_word = {word: standing(word) for word in words} if len(words) <= MOST_WORDS else {}
    unknown = sum(word_standing is None for word_standing in by_word.values())
    return by_word if by_word and unknown <= 0.2 * len(by_word) else None


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
