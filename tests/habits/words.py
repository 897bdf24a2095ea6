"""What people write above columns and into cells, in seven languages: several ways for each, as sheets have them."""

from __future__ import annotations

LANGUAGES = ("en", "de", "fr", "es", "pt", "ru", "zh")

# One line a field: the languages in the order above, "/" between ways of saying it.
_HEADERS = """
id      | Customer ID/Client no./Cust ID/Customer code/Acct ID/Customer #/Client ID/Company Number/Account Key | Kunden-ID/Kundennr./Kunden-Nr./KdNr/Kundennummer/Mandantennummer/Debitor-Nr. | ID client/N° client/Code client/Réf. client/Numéro de client/No client | ID cliente/Nº cliente/Código cliente/Núm. cliente/Clave de cliente | ID do cliente/ID assinante/Cód. cliente/Nº do cliente/Código do cliente/ID Cliente | ID клиента/Код клиента/№ клиента/Номер клиента/Клиент ID | 客户ID/客户编号/客户号/客户代码
name    | Customer name/Customer/Company/Account name/Client name | Kundenname/Kunde/Firma | Nom du client/Client/Raison sociale | Cliente/Razón social/Empresa | Cliente/Razão social/Nome do cliente | Клиент/Название клиента/Компания | 客户名称/公司/公司名称
plan    | Plan/Product/Package | Tarif/Produkt/Paket | Offre/Formule/Forfait | Plan/Paquete/Tarifa | Plano/Produto/Pacote | Тариф/Тарифный план/Продукт | 套餐/产品/方案
region  | Region/Sales region | Region/Vertriebsgebiet | Région/Zone | Región/Zona | Região/Regional | Регион | 地区/区域
start   | Start Date/Start/Contract start/Started on/Begin | Beginn/Vertragsbeginn/Startdatum/Laufzeit von | Date de début/Début/Début du contrat | Fecha de inicio/Inicio/Fecha inicio | Data de início/Início/Data início | Дата начала/Начало/Дата подключения | 开始日期/生效日期/开通日期
end     | End Date/End/Contract end/Valid until/Ended on | Ende/Vertragsende/Enddatum/Laufzeit bis | Date de fin/Fin/Fin du contrat | Fecha de fin/Fin/Fecha fin | Data de término/Fim/Data fim | Дата окончания/Окончание/Действует до | 结束日期/到期日期/终止日期
left    | Churn Date/Cancellation date/Cancelled on | Kündigungsdatum/Gekündigt zum/Abgangsdatum | Date de résiliation/Résilié le | Fecha de baja/Fecha de cancelación | Data de cancelamento/Data do cancelamento/Data churn | Дата оттока/Дата отключения/Дата расторжения | 流失日期/退订日期
status  | Status/State/Customer status | Status/Kundenstatus/Vertragsstatus | Statut/État | Estado/Situación | Status/Situação | Статус/Статус клиента | 状态/客户状态
mrr     | MRR/Monthly fee/Monthly Revenue/MRR (current) | MRR/Monatsbetrag/Monatlicher Umsatz/Monatsgebühr | MRR/Montant mensuel/Abonnement mensuel | MRR/Cuota mensual/Importe mensual | MRR/Mensalidade/Valor mensal | MRR/Ежемесячный платёж/Абонентская плата/Сумма в месяц | MRR/月费/月度收入
amount  | Plan Amount/Amount/Price/Subscription price | Betrag/Preis/Tarifpreis | Montant/Prix/Montant HT | Importe/Precio/Valor | Valor/Preço/Valor do plano | Сумма/Стоимость/Цена | 金额/价格/套餐价格
value   | Contract value/Amount/Total contract value | Vertragswert/Betrag | Valeur du contrat/Montant | Valor del contrato/Importe | Valor do contrato/Valor | Сумма договора/Сумма | 合同金额/金额
arr     | ARR/Annual recurring revenue/ARR (USD) | ARR/Jahresumsatz/Jahresbetrag | ARR/Montant annuel | ARR/Importe anual | ARR/Valor anual | ARR/Сумма в год/Годовая выручка | ARR/年费/年度收入
billing | Billing/Billing period/Billing frequency/Term/Plan interval | Abrechnung/Zahlweise/Abrechnungszeitraum/Turnus | Facturation/Périodicité/Fréquence de facturation | Facturación/Periodicidad/Frecuencia de pago | Periodicidade/Cobrança/Ciclo de cobrança | Период оплаты/Периодичность/Период | 付款周期/计费周期
unit    | Interval/Billing Period Unit/Plan interval | Intervall/Intervall-Einheit | Intervalle/Unité de période | Intervalo/Unidad de periodo | Intervalo/Unidade do período | Интервал/Единица периода | 周期单位/计费单位
count   | Interval count/Billing Period/Plan interval count | Intervall-Anzahl/Anzahl Intervalle | Nombre d'intervalles/Nb intervalles | Número de intervalos/Cantidad de intervalos | Quantidade de intervalos/Nº de intervalos | Количество интервалов/Число интервалов | 周期数/间隔数
term    | Term/Contract term/Commitment | Laufzeit/Vertragslaufzeit/Mindestlaufzeit | Durée/Engagement | Plazo/Duración | Prazo/Vigência | Срок/Срок договора | 期限/合同期限
months  | Term (months)/Contract months/Months | Laufzeit (Monate)/Laufzeit in Monaten | Durée (mois)/Durée en mois | Plazo (meses)/Meses de contrato | Prazo (meses)/Meses de contrato | Срок (мес.)/Срок в месяцах | 合同月数/期限（月）
renewal | Renewal Date/Next renewal | Verlängerung am/Nächste Verlängerung | Date de renouvellement/Prochain renouvellement | Fecha de renovación/Próxima renovación | Data de renovação/Próxima renovação | Дата продления/Следующее продление | 续约日期/续费日期
reason  | Churn reason/Reason | Kündigungsgrund/Grund | Motif de résiliation/Motif | Motivo de baja/Motivo | Motivo do cancelamento/Motivo | Причина оттока/Причина | 流失原因/原因
ticket  | Ticket ID/Ticket #/Case Number | Ticket-Nr./Ticketnummer/Vorgangsnummer | N° de ticket/N° demande | Nº de ticket/Número de caso | Nº do chamado/Protocolo | Номер обращения/№ заявки | 工单编号/工单号
opened  | Created/Created at/Opened/Date opened | Erstellt am/Eröffnet/Erstellt | Créé le/Date de création | Creado/Fecha de creación/Fecha de apertura | Criado em/Data de abertura | Создано/Дата создания/Дата обращения | 创建时间/提交时间
solved  | Solved/Resolved at/Closed/Date closed | Gelöst am/Erledigt am/Geschlossen am | Résolu le/Date de résolution | Resuelto/Fecha de resolución/Fecha de cierre | Resolvido em/Data de fechamento | Решено/Дата решения/Закрыто | 解决时间/关闭时间
subject | Subject/Summary | Betreff/Zusammenfassung | Objet/Sujet | Asunto | Assunto/Título | Тема | 主题/标题
asked   | Response date/Date/Answered on/Date received | Datum/Antwortdatum/Beantwortet am | Date de réponse/Répondu le | Fecha de respuesta/Fecha | Data da resposta/Data | Дата ответа/Дата | 回答日期/日期
score   | NPS/Score/NPS score/How likely are you to recommend us to a friend or colleague? (0-10) | NPS/NPS-Wert/Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen? | NPS/Note NPS/Recommanderiez-vous notre service ? (0-10) | NPS/Puntuación NPS/¿Qué tan probable es que nos recomiende? | NPS/Nota NPS/Qual a probabilidade de nos recomendar? (0 a 10) | NPS/Оценка NPS/Насколько вероятно, что вы порекомендуете нас? | NPS/NPS评分/您有多大可能向朋友推荐我们？
rating  | Category/NPS category/Type | NPS-Kategorie/Gruppe | Catégorie/Groupe NPS | Categoría/Grupo NPS | Categoria/Classificação | Категория/Группа | 分类/类别
comment | Comment/Feedback | Kommentar/Anmerkung | Commentaire | Comentario | Comentário | Комментарий | 反馈/意见
remark  | Remarks/Internal note | Bemerkung | Remarque | Nota interna | Observação | Примечание | 备注
"""  # noqa: E501


def _by_language(text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in text.strip().splitlines():
        field, *ways = (part.strip() for part in line.split("|"))
        lists[field] = {
            language: tuple(way.strip() for way in listed.split("/"))
            for language, listed in zip(LANGUAGES, ways, strict=True)
        }
    return lists


HEADERS = _by_language(_HEADERS)
"""field -> language -> what columns are called."""

WORDS = _by_language("""
paying     | Active/Live/Customer/Paying/past due | Aktiv/Bestandskunde/laufend | Actif/Client/En cours | Activo/Vigente/Al día | Ativo/Ativa/Vigente | Активен/Действует/Клиент | 活跃/有效/正常
churned    | Churned/Cancelled/Expired/Inactive/Canceled | Gekündigt/Inaktiv/Beendet/Abgelaufen | Résilié/Inactif/Expiré/Annulé | Cancelado/Inactivo/Baja/Vencido | Cancelado/Inativo/Cancelada/Encerrado | Отток/Неактивен/Отменён/Истёк | 已流失/已取消/失效/已过期
trial      | Trial/Free trial/Trialing | Testphase/Probe/Test | Essai/En essai | Prueba/En prueba | Teste/Em teste/Trial | Триал/Пробный период | 试用/试用中
prospect   | Prospect/Lead | Interessent/Lead | Prospect/Piste | Prospecto/Lead | Prospect/Potencial | Лид/Потенциальный | 潜在客户/线索
draft      | Draft/Quote | Entwurf/Angebot | Brouillon/Devis | Borrador/Presupuesto | Rascunho/Orçamento | Черновик/Предложение | 草稿/报价
unpaid     | Unpaid/Incomplete_expired/Never paid | Nicht bezahlt/Unbezahlt | Impayé/Jamais payé | Impagado/Nunca pagó | Não pago/Nunca pagou | Не оплачен | 未付款/从未付款
running    | ongoing/active/current/present/- | laufend/aktiv/unbefristet/- | en cours/actif/- | activo/vigente/- | Ativo/em vigor/- | действует/активен/бессрочно/- | 至今/有效/-
m1         | Monthly/month/per month/mo | monatlich/Monat/pro Monat | mensuel/mois/par mois | mensual/mes/al mes | mensal/mês/por mês | ежемесячно/месяц/в месяц | 每月/月付/月
m3         | Quarterly/quarter/every 3 months/3 months | vierteljährlich/quartalsweise/alle 3 Monate | trimestriel/trimestre/tous les 3 mois | trimestral/trimestre/cada 3 meses | trimestral/a cada 3 meses | ежеквартально/квартал/раз в 3 месяца | 每季度/季付/每3个月
m6         | Semi-annual/half-yearly/biannual/every 6 months | halbjährlich/alle 6 Monate | semestriel/tous les 6 mois | semestral/cada 6 meses | semestral/a cada 6 meses | раз в полгода/полугодие/6 месяцев | 每半年/半年付
m12        | Annual/Yearly/Annually/year/1-Year/12 months | jährlich/Jahr/pro Jahr | annuel/an/par an | anual/año/al año | anual/ano/por ano | ежегодно/год/в год | 每年/年付/年
m24        | 2-Year/24 months/Biennial/every 2 years | 2 Jahre/24 Monate/zweijährlich | 2 ans/24 mois | 2 años/24 meses/bienal | 2 anos/24 meses/bienal | 2 года/24 месяца | 2年/24个月/两年
m36        | 3-Year/36 months/3 years | 3 Jahre/36 Monate | 3 ans/36 mois | 3 años/36 meses | 3 anos/36 meses | 3 года/36 месяцев | 3年/36个月
once       | One-time/one off/Setup/Once | einmalig/Einrichtung | unique/ponctuel/une fois | único/pago único | único/avulso/taxa única | разово/единовременно | 一次性/单次
month      | month/months | Monat/Monate | mois | mes/meses | mês/meses | месяц | 月
year       | year/years | Jahr/Jahre | an/année | año/años | ano/anos | год | 年
total      | Total/Grand total/Sum | Summe/Gesamt/Gesamtsumme | Total/Total général | Total/Total general | Total/Total geral | Итого/Всего | 合计/总计
subtotal   | Subtotal/Total %/Sum of %/% total | Zwischensumme/Summe % | Sous-total/Total % | Subtotal/Total % | Subtotal/Total % | Итого по %/Подытог | 小计/%小计
title      | Customer contracts/Subscription overview | Kundenverträge/Übersicht Abonnements | Contrats clients/Suivi des abonnements | Contratos de clientes/Resumen de suscripciones | Contratos de clientes/Base de assinaturas | Договоры клиентов/Реестр подписок | 客户合同/订阅一览
exported   | Exported by Ann on Monday/Confidential | Stand: Export aus dem CRM/Vertraulich | Export du CRM/Confidentiel | Exportado del CRM/Confidencial | Exportado do CRM/Confidencial | Выгрузка из CRM/Конфиденциально | 由系统导出/内部资料
promoter   | Promoter | Promotor/Promoter | Promoteur | Promotor | Promotor | Промоутер/Сторонник | 推荐者
passive    | Passive/Neutral | Passiv/Neutral | Passif/Neutre | Pasivo/Neutro | Neutro/Passivo | Нейтрал/Пассивный | 中立者/被动者
detractor  | Detractor | Kritiker/Detraktor | Détracteur | Detractor | Detrator | Критик/Детрактор | 贬损者
price      | Too expensive/Price | Zu teuer/Preis | Trop cher/Prix | Precio/Muy caro | Preço/Muito caro | Дорого/Цена | 价格太高/价格
use        | No longer needed/Missing feature | Kein Bedarf/Funktion fehlt | Plus besoin/Fonction manquante | Sin uso/Falta función | Sem uso/Falta recurso | Не пользуются/Нет функции | 不再需要/缺少功能
request    | How do I export?/Cannot log in/Invoice wrong | Wie exportiere ich?/Login geht nicht/Rechnung falsch | Comment exporter ?/Connexion impossible/Facture erronée | ¿Cómo exporto?/No puedo entrar/Factura incorrecta | Como exportar?/Não consigo entrar/Fatura errada | Как выгрузить отчёт?/Не могу войти/Ошибка в счёте | 如何导出？/无法登录/发票错误
contracts  | contracts/subscriptions/customer list | Vertraege/Abonnements/Kundenliste | contrats/abonnements/liste clients | contratos/suscripciones/clientes | contratos/assinaturas/base clientes | договоры/подписки/клиенты | 合同/订阅/客户
months     | mrr by month/monthly revenue | MRR nach Monat/Umsatz monatlich | MRR par mois/revenus mensuels | MRR por mes/ingresos mensuales | MRR por mes/receita mensal | MRR по месяцам/выручка по месяцам | 月度收入/MRR月报
accounts   | accounts/customers | Kunden/Stammdaten | clients/comptes | clientes/cuentas | clientes/cadastro | клиенты/контрагенты | 客户/客户信息
tickets    | tickets/support cases | Tickets/Anfragen | tickets/demandes | tickets/casos | chamados/tickets | обращения/заявки | 工单/工单列表
nps        | nps_responses/nps/survey nps | NPS Umfrage/nps_antworten | enquete nps/nps | encuesta nps/nps | pesquisa nps/nps | опрос nps/nps | NPS调查/nps
churn      | churn/cancellations/lost customers | Kuendigungen/Churn | resiliations/churn | bajas/churn | cancelamentos/churn | отток/расторжения | 流失/流失客户
""")  # noqa: E501
"""What stands in cells, in titles and in names of files: meaning -> language -> ways of saying it."""

MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "ru": "янв фев мар апр май июн июл авг сен окт ноя дек",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
FULL_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
