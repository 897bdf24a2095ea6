"""Retention: the rates of the last quarters, the revenue bridge, cohorts and the renewals ahead."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.review.asking import Answers
from cs_dash.review.contents.parts import (
    Section,
    absent,
    chart_named,
    figures_of,
    plain,
    rows_where,
    slide,
    table_of,
    title_of,
)
from cs_dash.review.deck import Slide, SlideTable
from cs_dash.review.quarter import Quarter

SECTION = "Retention"
RATES = ("nrr", "grr", "logo_retention")
QUARTERS_SHOWN = 5
"""The quarter and the four before it."""
_COLUMNS = (
    Column("quarter", "12 months to the end of"),
    Column("nrr", "NRR", "share"),
    Column("grr", "GRR", "share"),
    Column("logo_retention", "Logo retention", "share"),
    Column("accounts", "Accounts at the start", "count"),
    Column("mrr_end", "MRR", "money"),
)


def rates(answers: Answers, quarter: Quarter) -> Section:
    """Return the slides of NRR, GRR and logo retention over time, and against four quarters and the benchmark."""
    summary = answers.of("retention.summary", window="12")
    figures = figures_of(summary, *RATES, "mrr_end")
    if not figures:
        return Section.of(absent(SECTION, summary))
    chart = chart_named(summary, "retention")
    return Section.of(
        slide(
            "retention", SECTION, summary, _rates_title(figures, summary.currency),
            answers.source("retention.summary", window="12"), chart=chart, figures=figures,
            lines=() if chart else (plain(summary.headline),),
        ),
        _quarters(answers, quarter) if chart else None,  # without a history past quarters are guesses
    )  # fmt: skip


def _rates_title(figures: tuple[Figure, ...], currency: str) -> str:
    names = {"nrr": "NRR", "grr": "GRR", "logo_retention": "logo retention"}
    rates = [one for one in figures if one.name in names] or figures  # a young company has no rates yet
    first, *others = [f"{names.get(one.name, one.label)} {{}}{words.figure_value(one, currency)}" for one in rates]
    return ", ".join([first.format("is "), *(text.format("") for text in others)])


def _quarters(answers: Answers, quarter: Quarter) -> Slide | None:
    """Return the slide with the rates at the end of the quarter and of the four before it, as far as there are any."""
    rows: list[dict[str, Any]] = []
    sources = []
    main, reviewed = answers.of("retention.summary", window="12"), quarter
    for back in range(QUARTERS_SHOWN):
        at_end = answers if back == 0 else Answers(answers.ask, reviewed.scope(None, answers.scope.filters))
        summary = at_end.of("retention.summary", window="12")
        values = {figure.name: figure for figure in figures_of(summary, *RATES, "mrr_end")}
        if "nrr" in values:
            rows.append(
                {name: figure.value for name, figure in values.items()}
                | {"quarter": reviewed.title, "accounts": values["nrr"].n}
            )
            sources.append(at_end.source("retention.summary", window="12"))
        reviewed = reviewed.previous()
    if len(rows) < 2:
        return None
    types = [pa.string(), *[pa.float64()] * len(RATES), pa.int64(), pa.float64()]
    columns = {
        column.name: pa.array([row.get(column.name) for row in rows], kind)
        for column, kind in zip(_COLUMNS, types, strict=True)
    }
    table = pa.table(columns)
    return slide(
        "retention-quarters", SECTION, main, _quarters_title(rows), *sources,
        subtitle="Each over the 12 months to the end of the quarter",
        table=SlideTable(_COLUMNS, table, table.num_rows), lines=_benchmarks(main),
    )  # fmt: skip


def _benchmarks(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes if note.text.startswith("Industry benchmarks")]


def _quarters_title(rows: list[dict[str, Any]]) -> str:
    newest, oldest = rows[0], rows[-1]
    now, then = words.share(newest["nrr"], newest["accounts"]), words.share(oldest["nrr"], oldest["accounts"])
    if now == then:
        return f"NRR is {now}, as at the end of {oldest['quarter']}"
    verb = "rose" if newest["nrr"] > oldest["nrr"] else "fell"
    return f"NRR {verb} from {then} to {now} since {oldest['quarter']}"


def bridge(answers: Answers) -> Section:
    """Return the slide of the revenue bridge over the quarter."""
    answer = answers.of("retention.bridge")
    chart = chart_named(answer, "bridge")
    if chart is None:
        return Section.of(absent("Revenue bridge", answer))
    return Section.of(
        slide(
            "bridge",
            SECTION,
            answer,
            title_of(answer.headline, chart.title),
            answers.source("retention.bridge"),
            chart=chart,
            figures=figures_of(answer, "new", "expansion", "contraction", "churn"),
            lines=(chart.title,),
        )
    )


def cohorts(answers: Answers) -> Section:
    """Return the slide of the cohorts by quarter."""
    answer = answers.of("retention.cohorts", by="quarter")
    chart = chart_named(answer, "cohorts")
    if chart is None:
        return Section.of(absent("Cohorts", answer))
    return Section.of(
        slide(
            "cohorts",
            SECTION,
            answer,
            title_of(chart.title, answer.headline),
            answers.source("retention.cohorts", by="quarter"),
            chart=chart,
            figures=figures_of(answer, "logos_3", "logos_12", "grr_12", "nrr_12"),
        )
    )


def renewals(answers: Answers, quarter: Quarter) -> Section:
    """Return the slides of the renewals ahead: MRR by quarter and health, and those of the next quarter."""
    answer = answers.of("retention.renewals")
    chart = chart_named(answer, "renewals")
    if chart is None:
        return Section.of(absent("Renewals", answer))
    source = answers.source("retention.renewals")
    coming = rows_where(answer, "quarter", [quarter.next().title])
    table = table_of(answer, "account", "due_on", "open", "leaving", "band", "score", "csm", rows=coming)
    return Section.of(
        slide(
            "renewals", "Renewals", answer, title_of(chart.title), source, chart=chart,
            figures=figures_of(answer, "mrr_open", "mrr_open_red", "renewal_rate", "mrr_notice"),
        ),
        slide(
            "renewals-next", "Renewals", answer,
            f"{words.plural(coming.num_rows, 'renewal is', 'renewals are')} due in {quarter.next().title}",
            source, subtitle="By renewal date, with the health of the account", table=table,
        )
        if table
        else None,
    )  # fmt: skip
