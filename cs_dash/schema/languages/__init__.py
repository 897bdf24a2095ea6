"""The names that other systems and languages use for our fields.

A key is "table.field", or "*.field" for a field that several tables share. The order is irrelevant. Names are compared
after folding case, accents, punctuation and plural endings, so "Account ID", "account_id" and "AccountId" are one.
One module per language. Names that only one vendor uses are with the vendor, in `intake/vendors`.
"""

from __future__ import annotations

from cs_dash.schema.languages.chinese import CHINESE
from cs_dash.schema.languages.english import ENGLISH
from cs_dash.schema.languages.french import FRENCH
from cs_dash.schema.languages.german import GERMAN
from cs_dash.schema.languages.portuguese import PORTUGUESE
from cs_dash.schema.languages.russian import RUSSIAN
from cs_dash.schema.languages.spanish import SPANISH

Synonyms = dict[str, tuple[str, ...]]

LANGUAGES: dict[str, Synonyms] = {
    "English": ENGLISH,
    "Russian": RUSSIAN,
    "Chinese": CHINESE,
    "German": GERMAN,
    "Spanish": SPANISH,
    "French": FRENCH,
    "Portuguese": PORTUGUESE,
}


def _all_languages() -> Synonyms:
    """Return every language's names for a key, each once."""
    names_by_key: dict[str, dict[str, None]] = {}
    for words in LANGUAGES.values():
        for key, names in words.items():
            names_by_key.setdefault(key, {}).update(dict.fromkeys(names))
    return {key: tuple(names) for key, names in names_by_key.items()}


SYNONYMS: Synonyms = _all_languages()
