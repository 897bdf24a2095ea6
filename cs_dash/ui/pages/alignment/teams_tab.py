"""How product and customer success work together: the self-assessment, its next steps, and what the data show."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.look.templates import Markup, render
from cs_dash.questions.alignment.assessment import STEPS
from cs_dash.questions.alignment.references import REFERENCES
from cs_dash.sharing import Right
from cs_dash.ui.components.html import html, note_lines
from cs_dash.ui.components.show import Choice
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.alignment.answer_form import ANSWER, YES, answer_form, quarters_answered, who_answered
from cs_dash.ui.pages.alignment.page_tabs import page_tabs
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import may

QUARTER = "quarter"


def teams_tab(view: View) -> None:
    """Show the newest self-assessment, or that of the quarter in the address; without any, the form."""
    quarters = quarters_answered()
    chosen = view.address_value(QUARTER)
    chosen = chosen if chosen in quarters else ""
    assessment = view.ask("alignment.assessment", **({QUARTER: chosen} if chosen else {}))
    behaviour = view.ask("alignment.behaviour")
    answer = assessment.result()
    if len(quarters) > 1:
        shown = chosen or quarters[0]
        view.choices.append(Choice("alignment_gaps", QUARTER, "Quarter", quarters, shown, {}, as_list=True))

    def above_table() -> bool:
        page_tabs(view)
        if may(Right.DECIDE) and (view.address_value(ANSWER) or not quarters):
            answer_form(view, can_close=bool(quarters))
        elif may(Right.DECIDE):
            add = {"label": "Answer", "href": address.link_here("alignment", answer=YES), "current": False}
            html(render("roadmap/actions.html", actions=[add | {"first": True}]))
        if steps := next_steps(answer, chosen or (quarters[0] if quarters else "")):
            html(steps)
        return True

    view.show(
        assessment,
        heading="Subjects, weakest first",
        figures=("level", "product", "cs", "gap"),
        charts=("alignment_gaps", "alignment_quarters"),
        above_table=above_table,
    )
    table_of(behaviour.result(), "Collaboration in the data", "quarters", opens=False)
    note_lines([f"Benchmark: {text}" for text in REFERENCES])


def next_steps(answer: Answer, quarter: str) -> Markup:
    """Return the next steps of the weakest subjects as a card; "" where nobody answered or all is reached."""
    rows = [row for row in answer.rows.to_pylist() if row["next_step"]][:STEPS]
    if not rows:
        return Markup()
    steps = [{"text": row["next_step"], "subject": row["title"], "stage": row["stage"]} for row in rows]
    return render("alignment/next_steps.html", title="Next steps", note=who_answered(quarter), steps=steps)
