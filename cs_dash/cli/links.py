"""`link`: share links, made, listed and revoked on the command line."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from cs_dash.answer import json_value
from cs_dash.cli.arguments import HIDES, hidden_parts
from cs_dash.decisions import links as recorded
from cs_dash.decisions.links import ShareLink
from cs_dash.errors import NoData, UnknownOption, nearest
from cs_dash.look import words
from cs_dash.pipeline import Workspace
from cs_dash.scope import PERIODS, scope_from_options
from cs_dash.sharing import links

Outcome = tuple[dict[str, Any], str]


def decide(chosen: argparse.Namespace) -> Outcome:
    """Do what the command says, and return it for JSON and in words. Raises what `sharing.links` raises."""
    workspace = Workspace(chosen.workspace)
    if chosen.action == "create":
        return _create(workspace, chosen)
    if chosen.action == "revoke":
        link = links.revoke_link(workspace, chosen.link)
        return {"link": link.handle, "revoked": True}, f"Link {link.handle} is revoked."
    listed = recorded.links(workspace)
    return {"links": [_facts(link) for link in listed]}, "\n".join(map(_line, listed)) or "No links yet."


def _create(workspace: Workspace, chosen: argparse.Namespace) -> Outcome:
    version = workspace.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not share because the workspace is empty.", "Load files first.")
    scope = scope_from_options("", "", "", chosen.where)
    links.check_link_filters(workspace, version, scope.filters)
    hidden = hidden_parts(chosen.hide)
    link = ShareLink(
        pages=tuple(chosen.page),
        filters=scope.filters,
        hide_names="names" in hidden,
        hide_money="money" in hidden,
        frozen=chosen.frozen,
        allow_live=chosen.allow_live,
        period=_period(chosen.period),
        note=chosen.note.strip(),
    )
    link_id, made = links.create_link(workspace, link, expires=_expiry(chosen.expires))
    facts = {
        "id": link_id, "address": links.address_of(link_id, made), "version": version.number,
        "expires": made.expires.isoformat(),
    }  # fmt: skip
    return facts, f"{facts['address']}\nIt expires on {made.expires.date()} and is shown only once."


def _period(text: str) -> str:
    if text and (text not in PERIODS or text == "custom"):
        choices = [name for name in PERIODS if name != "custom"]
        raise UnknownOption("Unknown period", f"Could not use the period {text}.", nearest(text, choices))
    return f"period={text}" if text else ""


def _expiry(text: str) -> dt.datetime | None:
    """Return the moment that "30d", "12w" or a date stands for; None for "". Raises UnknownOption for another text."""
    if not text:
        return None
    if length := re.fullmatch(r"(\d{1,4})([dw])", text.strip()):
        days = int(length[1]) * (7 if length[2] == "w" else 1)
        return dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=days)
    try:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time(), dt.UTC)
    except ValueError:
        raise UnknownOption(
            "Not an expiry", f"Could not use --expires {text}.", "Write a number of days, such as 30d, or a date."
        ) from None


def _facts(link: ShareLink) -> dict[str, Any]:
    return {
        "link": link.handle, "pages": list(link.pages), "where": {name: list(values) for name, values in link.filters},
        "hide": [name for name, is_hidden in zip(HIDES, (link.hide_names, link.hide_money), strict=True) if is_hidden],
        "frozen": link.frozen, "version": link.version, "note": link.note, "made_by": link.made_by,
        "made_at": json_value(link.made_at), "expires": json_value(link.expires), "state": _state(link),
        "revoked_by": link.revoked_by or None, "openings": link.openings, "opened_at": json_value(link.opened_at),
    }  # fmt: skip


def _state(link: ShareLink) -> str:
    return "revoked" if link.revoked_at else "expired" if link.has_expired() else "open"


def _line(link: ShareLink) -> str:
    limits = [f"{name}={'|'.join(values)}" for name, values in link.filters]
    limits += _joined("no", [name for name, hides in (("names", link.hide_names), ("money", link.hide_money)) if hides])
    what = "; ".join([", ".join(link.pages), *limits, *(["frozen"] if link.frozen else [])])
    opened = words.plural(link.openings, "opening")
    return f"{link.handle}  {_state(link)} until {link.expires.date()}, {opened}  {what}"


def _joined(before: str, names: Iterable[str]) -> list[str]:
    return [f"{before} {name}" for name in names]
