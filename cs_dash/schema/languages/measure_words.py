"""Words for revenue, prices and usage in the names of columns, sheets and files."""

from __future__ import annotations

import re

from cs_dash.schema import names


def _words(words: str, parts: str) -> re.Pattern[str]:
    """A pattern of whole words, which may stand between Chinese ones without a blank, or of parts of words."""
    return re.compile(rf"(?<![a-z0-9а-я])(?:{words})(?![a-z0-9а-я])|{parts}")


REVENUE = _words(
    r"mrr|arr|acv|revenues?|invoiced?|billings?|billed|recurring|fees?|charges?|sales|turnover|paid|payments?|"
    r"[a-z]*umsatze?|erlose?|einnahmen?|выручка|доход(?:ы|ов)?|оплат\w*|оборот|ingresos?|facturacion|receitas?|faturamento|"
    r"revenus?|chiffre d affaires",
    "收入|营收|金额",
)
PRICE = _words(
    r"price|amount|tcv|cost|charge|preis|betrag|kosten|prix|montant|precio|importe|monto|preco|valor|mensalidade|"
    r"сумма|цена|стоимость|абонплата|абонентская",
    "价格|费用",
)
YEARLY = _words(r"arr|acv|annual|annuali[sz]ed", "年度经常性|年经常性")
RATE = _words(
    r"mrr|cmrr|month(?:ly)?|run rate|monatlich\w*|mensuel\w*|mensual\w*|mensal\w*|mensais|ежемесячн\w*|месячн\w*", "月"
)
"""Amounts of a month at a moment, whatever the period of their column: the others are what came in during it."""
USAGE = _words(
    r"usage|use|uses|logins?|events?|sessions?|active users?|wau|mau|dau|users?|activity|activities|actions?|"
    r"visits?|clicks?|views?|minutes|hours|api calls|calls|queries|requests|nutzung|anmeldungen|"
    r"aktive nutzer|использовани\w*|входы|активност\w*|сессии|uso|accesos|acessos|utilisation|connexions",
    "使用|登录|活跃",
)

_INCOME = _words(r"revenus?|ingresos?|income|einkommen|renda|rendimento|доход\w*", "收入")
_OF_SALES = _words(r"mrr|arr|recur\w*|recurr\w*|wiederkehrend\w*|регулярн\w*", "经常")
PERSONAL = frozenset({
    "age", "alter", "edad", "idade", "возраст", "年龄", "sex", "sexe", "sexo", "gender", "geschlecht", "genero", "пол",
    "性别",
})  # fmt: skip
"""Names of columns that only lists of persons have."""


def is_income(name: str) -> bool:
    """Return whether a name may mean what a person earns as well as what a customer pays.

    >>> is_income("Revenu mensuel"), is_income("Revenu mensuel récurrent"), is_income("月收入")
    (True, False, True)
    """
    folded = names.folded(name)
    return bool(_INCOME.search(folded)) and not _OF_SALES.search(folded)


def is_revenue(name: str) -> bool:
    """Return whether a name means revenue.

    >>> is_revenue("MRR (EUR)"), is_revenue("Seats")
    (True, False)
    """
    return bool(REVENUE.search(names.folded(name)))


def is_money(name: str) -> bool:
    """Return whether a name means revenue or a price.

    >>> is_money("Faturamento (10/2025)"), is_money("List price"), is_money("Seats")
    (True, True, False)
    """
    folded = names.folded(name)
    return bool(REVENUE.search(folded) or PRICE.search(folded))
