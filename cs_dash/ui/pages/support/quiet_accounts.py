"""Below the accounts that ask more: those that fell silent."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.look.templates import bold
from cs_dash.ui.components.drawer import open_row
from cs_dash.ui.components.html import note_lines
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.page import View


def quiet_accounts(view: View, answer: Answer) -> None:
    """Show the accounts of `support.silent` as a list to act on; nothing where there is none."""
    if not answer.missing_tables and answer.rows.num_rows:
        note_lines([bold(answer.headline)])
        table_of(answer, "Quiet accounts", "quiet")
        open_row(answer, "quiet", view.account_row)
