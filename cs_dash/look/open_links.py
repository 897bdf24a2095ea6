"""Links in HTML of ours that lead to a page: those to pages that a reader may not open become words."""

from __future__ import annotations

import re

from cs_dash.page_registry import home

_LINK_TO_PAGE = re.compile(r"<a\b([^>]*?)\s*href=\"\./([A-Za-z0-9-]*)(?:\?[^\"]*)?\"([^>]*)>(.*?)</a>", re.DOTALL)


def without_closed_pages(body: str, opened: frozenset[str] | None) -> str:
    """Return HTML in which only links to these pages are links; None: every page is open."""
    if opened is None or "<a" not in body:
        return body

    def replaced(link: re.Match[str]) -> str:
        page = link[2] or home().name
        return link[0] if page in opened else f"<span{link[1]}{link[3]}>{link[4]}</span>"

    return _LINK_TO_PAGE.sub(replaced, body)
