"""Links in HTML of ours that lead to a page: those to pages that a reader may not open become words."""

from __future__ import annotations

import re

from cs_dash.page_registry import by_name, by_old_address, home

_LINK_TO_PAGE = re.compile(r"<a\b([^>]*?)\s*href=\"\./([A-Za-z0-9-]*)(?:\?[^\"]*)?\"([^>]*)>(.*?)</a>", re.DOTALL)


def without_closed_pages(body: str, opened: frozenset[str] | None) -> str:
    """Return HTML in which links to other pages than these are words; None: every page is open.

    What is no page, such as the presentation of a review, stays a link: its own route asks who reads.
    """
    if opened is None or "<a" not in body:
        return body

    def replaced(link: re.Match[str]) -> str:
        page = link[2] or home().name
        is_page = page in by_name() or page in by_old_address()
        return link[0] if page in opened or not is_page else f"<span{link[1]}{link[3]}>{link[4]}</span>"

    return _LINK_TO_PAGE.sub(replaced, body)
