"""Close the loop: the message to the accounts that asked for a shipped item, for each CSM."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.look.templates import plain_text
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.askers import askers_of
from cs_dash.questions.roadmap.roadmap_rows import HOW_TO_ADD, NO_ITEMS, SHIPPED, Row, chosen_item, state_of

TYPES = {
    "csm": pa.string(), "to_tell": pa.int64(), "told": pa.int64(), "account_ids": pa.list_(pa.string()),
    "accounts": pa.list_(pa.string()), "subject": pa.string(), "text": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("csm", "CSM", absent="These accounts have no CSM."),
    Column("to_tell", "Not told yet", "count"),
    Column("told", "Told", "count"),
    Column("account_ids", "Account IDs", hidden=True),
    Column("accounts", "Accounts"),
    Column("subject", "Subject"),
    Column("text", "Message"),
)


@question(
    "roadmap.messages",
    title="Messages to the accounts that asked",
    order=45,
    options={"item": (), "csm": ()},
    uses=("roadmap_askers", "roadmap_items"),
    follows_topics=True,
)
def messages(request: QuestionRequest) -> Answer:
    """Return for each CSM the accounts that asked for the shipped item that option `item` names, and what to tell them.

    Accounts that were told, that no longer pay, or that did not get the item are not listed. Option `csm`: only the
    accounts of this one. Figures: to_tell, told. Raises UnknownOption without an item, and for an item or a CSM that is
    not there.
    """
    item = chosen_item(request)
    nothing = arrow_table([], TYPES)
    if item is None:
        return request.answer(NO_ITEMS, notes=(HOW_TO_ADD,), rows=nothing, columns=COLUMNS)
    asked = askers_of(request, item["item"])  # of all CSMs
    if state_of(item, request.as_of) != SHIPPED:
        text = f"“{item['title']}” has not shipped yet: {words.plural(len(asked), 'account')} asked for it."
        return request.answer(text, rows=nothing, columns=COLUMNS)
    of_csm = _of_csm(asked, request.options.get("csm", ""))
    by_csm: dict[str | None, list[Row]] = {}
    for row in of_csm:
        by_csm.setdefault(row["csm"], []).append(row)
    rows = [_message(item, csm, members) for csm, members in by_csm.items()]
    rows = sorted((row for row in rows if row["to_tell"]), key=lambda row: (-row["to_tell"], row["csm"] or ""))
    to_tell, told = sum(row["to_tell"] for row in rows), sum(row["told"] for row in of_csm)
    left_out = len(of_csm) - to_tell - told
    notes: tuple[Note, ...] = ()
    if left_out:
        named = words.plural(left_out, "account", "accounts")
        notes = (Note(f"{named} left out: no longer paying, or without the item.", "fact", ("to_tell",)),)
    return request.answer(
        f"**{words.plural(to_tell, 'account')}** to tell about “{item['title']}”, {words.count(told)} told.",
        figures=(
            Figure("to_tell", "Not told yet", float(to_tell), "count", definition="roadmap_askers"),
            Figure("told", "Told", float(told), "count", n=len(of_csm), n_label="accounts",
                   definition="roadmap_askers"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=notes,
        definition="roadmap_askers",
    )  # fmt: skip


def _of_csm(asked: list[Row], csm: str) -> list[Row]:
    """Return the accounts of a CSM, all without one. Raises UnknownOption for one who has none of them."""
    if not csm:
        return asked
    names = {row["csm"] for row in asked if row["csm"]}
    if csm not in names:
        raise UnknownOption(
            "No such CSM", f"Could not list the accounts of {csm} because none of them asked.", nearest(csm, names)
        )
    return [row for row in asked if row["csm"] == csm]


def _message(item: Row, csm: str | None, members: list[Row]) -> Row:
    """Return a CSM's accounts that are to be told, with the subject and the text of the message."""
    reached = None if item["shipped_to"] is None else dict(item["shipped_to"])
    waiting = [
        row
        for row in members
        if not row["told"] and row["mrr"] is not None and (reached is None or row["account_id"] in reached)
    ]
    shipped_on: dt.date = item["shipped_on"]
    text = plain_text(
        "roadmap/shipped_message.txt", title=item["title"], shipped_on=words.date(shipped_on), csm=csm
    )  # fmt: skip
    subject, _, body = text.partition("\n\n")
    return {
        "csm": csm, "to_tell": len(waiting), "told": sum(row["told"] for row in members),
        "account_ids": [row["account_id"] for row in waiting], "accounts": [row["account"] for row in waiting],
        "subject": subject, "text": body.strip(),
    }  # fmt: skip
