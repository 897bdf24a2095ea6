"""Names of accounts in sentences and titles: each leads to the page of its account."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa

from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.tables.links import ACCOUNT, target_href, target_of
from cs_dash.ui.state import address

NAMES = ("account", "name")
"""The columns that may hold names of accounts."""


def with_account_links(whole: Markup, rows: pa.Table) -> Markup:
    """Return a sentence in HTML with links on the names of accounts that these rows have."""
    links = _links(str(whole), rows)
    if not links:
        return whole
    # a tag is matched as a whole, so that names in it, such as that of an account called "b", stay
    names = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(links, key=len, reverse=True))
    parts, end = list[tuple[Markup, str]](), 0
    for match in re.finditer(rf"<[^>]*>|{names}", whole):
        parts += [(whole[end : match.start()], ""), (whole[slice(*match.span())], links.get(match.group(), ""))]
        end = match.end()
    return render("account/names.html", parts=[*parts, (whole[end:], "")])


def _links(whole: str, rows: pa.Table) -> Mapping[str, str]:
    """Return where the names in escaped text lead; a name that two accounts have leads nowhere."""
    hrefs: dict[str, set[str]] = {}
    scope = address.of_scope(address.read())
    for column in NAMES:
        target = target_of(column, rows.column_names) if column in rows.column_names else None
        if target != ACCOUNT:
            continue
        for name, account_id in zip(rows[column].to_pylist(), rows[ACCOUNT.key].to_pylist(), strict=True):
            written = str(Markup.escape(name or ""))
            if written and written in whole:
                hrefs.setdefault(written, set()).add(target_href(target, {ACCOUNT.key: account_id}, scope))
    return {name: next(iter(found)) for name, found in hrefs.items() if len(found) == 1 and "" not in found}
