"""What the columns of lists of invoices are called.

The names are those of the exports of Stripe (dashboard and API), Chargebee, QuickBooks Online and Xero (their help
pages on exporting invoices, and Xero's report “Receivable Invoice Summary”), and what bookkeepers call them in other
languages.
"""

from __future__ import annotations

import re

FILE = re.compile(
    r"\b(invoices?|billing documents?|rechnung(en)?|факту\w+|счета|factures?|facturas?|faturas?)\b|发票|账单"
)
OTHERS = re.compile(
    r"\b(discounts?|refunds?|coupons?|payments?|charges?|credits?|disputes?|transactions?|line items?)\b"
)
"""Lists that refer to invoices but are not lists of invoices."""
HEADERS: dict[str, tuple[str, ...]] = {
    "number": (
        "invoice number", "invoice no", "invoice #", "invoice", "invoice id", "invoice num", "inv no", "inv number",
        "document number", "number", "numero de nota", "nota fiscal", "n da fatura", "rechnungsnummer", "rechnungs nr",
        "rechnung nr", "номер счета", "счет",
        "номер счета фактуры", "numero de facture", "facture", "numero de factura", "factura", "numero da fatura",
        "发票号", "发票编号", "账单编号",
    ),
    "date": (
        "invoice date", "issue date", "issued on", "issued", "date of issue", "billing date", "billed on",
        "invoiced on", "date", "date (utc)", "created (utc)", "created", "created at", "finalized at (utc)",
        "rechnungsdatum", "дата счета", "дата",
        "date de facture", "fecha de factura", "data da fatura", "发票日期", "日期",
    ),
    "net": (
        "total excluding tax", "amount excluding tax", "net amount", "net", "net total", "amount net", "nettobetrag",
        "netto", "сумма без ндс", "montant ht", "total ht", "importe neto", "不含税金额",
    ),
    "amount": (
        "line amount", "invoice amount", "amount", "invoice total", "total", "total amount", "sub total", "subtotal",
        "gross", "gross total", "item amount", "betrag", "gesamtbetrag", "rechnungsbetrag", "сумма", "сумма счета",
        "montant", "montant ttc", "importe", "total factura", "valor", "金额", "总额",
    ),
    "tax": ("tax", "tax amount", "total tax", "tax total", "vat", "steuer", "mwst", "ндс", "tva", "iva", "税额"),
    "from": (
        "period start", "service period start", "service start", "line period start", "from", "from date", "date from",
        "start", "start date", "billing period start", "period from", "leistung von", "leistungszeitraum von",
        "начало периода", "period start (utc)",
    ),
    "to": (
        "period end", "service period end", "service end", "line period end", "to", "to date", "date to", "end",
        "end date", "billing period end", "period to", "leistung bis", "leistungszeitraum bis", "конец периода",
        "period end (utc)",
    ),
    "span": ("service period", "billing period", "period", "leistungszeitraum", "период", "服务期间"),
    "status": ("status", "invoice status", "payment status", "state", "статус", "estado", "statut", "状态"),
    "text": (
        "description", "line description", "item description", "memo", "memo description", "item", "line item",
        "line item description", "beschreibung", "leistung", "описание", "назначение", "descripcion", "libelle", "描述",
    ),
    "reference": (
        "reference", "ref", "your reference", "customer reference", "subject", "notes", "note", "details", "product",
        "referenz", "betreff", "verwendungszweck", "objet", "reference client", "referencia", "concepto", "historico",
        "observacao", "ссылка", "основание", "назначение платежа", "комментарий", "备注", "摘要", "参考",
    ),
    "type": (
        "type", "invoice type", "document type", "transaction type", "belegart", "typ", "type de document", "tipo",
        "tipo de documento", "вид документа", "тип", "类型", "单据类型",
    ),
    "customer": ("contact", "contact name", "to", "bill to", "billed to", "sold to", "customer full name", "name"),
    "paid": (
        "paid", "amount paid", "invoice amount paid", "bezahlt", "pagado", "pago", "valor pago", "paye", "оплачено",
    ),
    "due": (
        "due", "amount due", "invoice amount due", "balance", "open", "outstanding", "offen", "offener betrag",
        "pendiente", "em aberto", "reste a payer", "к оплате",
    ),
    "due date": (
        "due date", "due on", "payment due", "fallig am", "falligkeitsdatum", "fecha de vencimiento", "vencimiento",
        "data de vencimento", "vencimento", "echeance", "date d echeance", "срок оплаты", "оплатить до", "到期日",
    ),
}  # fmt: skip
ANY_NUMBER = frozenset({"number", "documentnumber"})
"""Names of numbers that make a list one of invoices only beside the day on which they are due."""
OUT = frozenset({"void", "voided", "draft", "deleted", "cancelled", "canceled", "uncollectible", "not paid void",
                  "written off", "refunded", "fully refunded", "reversed", "storniert", "entwurf", "geloscht",
                  "ruckerstattet", "аннулирован", "черновик", "отменен", "сторнирован", "возвращен", "anulada",
                  "anulado",
                  "borrador", "cancelada", "reembolsada", "rascunho", "estornada", "annulee", "brouillon", "remboursee",
                  "作废", "已作废", "草稿", "已退款"})  # fmt: skip
SERVICES = re.compile(
    r"\b(onboarding fee|professional services?|consulting|training|migration|hardware|schulung|beratung|консультаци\w*|"
    r"formation|capacitacion|consultoria|treinamento|migracao|обучени\w*)\b|培训|咨询"
)
"""Services, which do not recur, besides what `intervals.is_once` knows."""
