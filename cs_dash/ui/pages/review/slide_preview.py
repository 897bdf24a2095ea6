"""One slide large, as it will be shown: finding, drawing or table, figures, facts, remarks, and its source."""

from __future__ import annotations

import streamlit as st

from cs_dash.charts import Chart
from cs_dash.look import charts, words
from cs_dash.look.templates import render
from cs_dash.look.theme import ThemeName
from cs_dash.questions.catalogue import questions
from cs_dash.review.deck import Remark, Slide, SlideTable
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.show.charts import on_a_phone
from cs_dash.ui.components.text import locale
from cs_dash.ui.state.chart_data import rows_of

MOST_ROWS = 10


def slide_preview(slide: Slide) -> None:
    """Show a slide; what its reader wrote on it says where the numbers moved."""
    with st.container(border=True, key="slide_card"):
        html(render("review/preview_head.html", slide=slide))
        beside = bool(slide.figures or slide.lines)
        with st.container(horizontal=True, gap="medium", key="slide_body"):
            if slide.chart:
                _drawing(slide.chart)
            elif slide.table:
                _table(slide.table, slide.currency)
            if beside:
                html(render("review/preview_facts.html", slide=slide, figures=_figures(slide)))
        html(
            render(
                "review/preview_foot.html",
                slide=slide,
                remarks=[_remark(remark) for remark in slide.remarks],
                sources=list(dict.fromkeys(_source(source.question) for source in slide.sources)),
            )
        )


def _drawing(chart: Chart) -> None:
    with st.container(key="slide_chart"):
        if not chart.rows.num_rows:
            note("No data in this scope.")
            return
        kind: ThemeName = "dark" if st.context.theme.type == "dark" else "light"
        spec = charts.spec(chart, kind, narrow=on_a_phone(), locale=locale())
        st.vega_lite_chart(
            rows_of(chart, locale()), spec, theme=None, key=f"slide_{chart.name}", alt=charts.drawing_name(chart)
        )


def _table(table: SlideTable, currency: str) -> None:
    rows = table.rows.slice(0, MOST_ROWS).to_pylist()
    heads = [
        {"label": column.label, "number": column.unit not in ("text", "date", "month")} for column in table.columns
    ]
    cells = [
        [words.cell(column.displayed(row[column.name]), column.unit, currency, locale()) for column in table.columns]
        for row in rows
    ]
    more = f"{words.count(len(rows), locale())} of {words.plural(table.total, 'row', locale=locale())}"
    html(render("review/preview_table.html", heads=heads, rows=cells, more=more if table.total > len(rows) else ""))


def _figures(slide: Slide) -> list[dict[str, str]]:
    return [
        {
            "label": figure.label,
            "value": words.figure_value(figure, slide.currency, locale()),
            "range": words.interval(figure.low, figure.high, figure.unit, slide.currency, locale())
            if figure.low is not None and figure.high is not None
            else "",
        }
        for figure in slide.figures
    ]


def _remark(remark: Remark) -> dict[str, str]:
    day = words.date(remark.day, locale())
    return {"text": remark.text, "who": f"{remark.person or 'Somebody'}, {day}", "outdated": remark.outdated}


def _source(question: str) -> str:
    return questions()[question].title if question in questions() else question
