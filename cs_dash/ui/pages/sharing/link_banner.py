"""What stands above a page that is read by a link: who shared it, of when the figures are, what was left out."""

from __future__ import annotations

from cs_dash.decisions.links import ShareLink
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline import Version
from cs_dash.ui.components.html import html
from cs_dash.ui.components.scope_bar import title
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import current_link, wants_live

ACCOUNT_ID = "account_id"


def link_banner(version: Version) -> None:
    """Show the banner where the page is read by a link."""
    link, shows_live = current_link(), wants_live(address.read())
    if link is None:
        return
    frozen = link.frozen and not shows_live
    day = words.date(version.newest_day, locale()) if version.newest_day else ""
    figures = f"figures as of {day}" if day else f"load {version.number}"
    limits = [_filter(name, values, link.hide_names) for name, values in link.filters]
    limits += ["Customer names are hidden"] if link.hide_names else []
    limits += ["Amounts are an index: MRR of all accounts = 100 pts"] if link.hide_money else []
    html(
        render(
            "sharing/banner.html",
            made_by=link.made_by,
            figures=f"{figures} ({'frozen' if frozen else 'live'})",
            limits=limits,
            note=link.note,
            expires=words.date(link.expires.date(), locale()),
            switch=_switch(link, shows_live),
            definitions=address.link("definitions"),
        )
    )


def _filter(name: str, values: tuple[str, ...], hides_names: bool) -> str:
    """Return a filter in words; with names hidden, accounts are not named by their ids either."""
    if name == ACCOUNT_ID:
        accounts = words.plural(len(values), "account", locale=locale())
        return f"Only {accounts}" if hides_names else f"Only {accounts}: {', '.join(values)}"
    return f"Only {title(name)}: {', '.join(values)}"


def _switch(link: ShareLink, shows_live: bool) -> dict[str, str] | None:
    """Return the link to the other figures, where there are some."""
    if not (link.frozen and link.allow_live):
        return None
    query = {name: values for name, values in address.read().items() if name != address.LIVE}
    if shows_live:
        return {"label": "See the frozen figures", "href": address.here(query)}
    return {"label": "See live figures", "href": address.here(query | {address.LIVE: ["yes"]})}
