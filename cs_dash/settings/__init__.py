"""The settings of a workspace: one list, used by the page, the command line and the definitions."""

from cs_dash.settings.registry import (
    CURRENCY,
    FISCAL_YEAR,
    SETTINGS,
    check_combination,
    effective_text,
    of_definition,
    setting,
)
from cs_dash.settings.types import MONTHS, Setting, Value

__all__ = [
    "CURRENCY",
    "FISCAL_YEAR",
    "MONTHS",
    "SETTINGS",
    "Setting",
    "Value",
    "check_combination",
    "effective_text",
    "of_definition",
    "setting",
]
