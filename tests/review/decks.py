"""A deck with a slide of every form, small enough to read."""

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Column, Definition, Figure
from cs_dash.charts import Chart
from cs_dash.review.deck import Deck, Remark, Slide, SlideTable, Source
from cs_dash.scope import Scope
from tests.look import samples

DAY = dt.date(2026, 9, 30)
SCOPE = Scope("custom", dt.date(2026, 7, 1), dt.date(2026, 10, 1), DAY)
HOSTILE = "#let x = 1 *bold* _it_ $a^2$ @ref <label> \\ //no `raw` [c] https://x.example -- '\"' ~"
NAMES = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Общество с ограниченной ответственностью «Северо-Западная энергетическая компания»",
    "上海张江高科技园区开发股份有限公司北京朝阳分公司客户成功与产品路线图联合工作委员会第三小组",
)
NRR = Definition(
    "net_revenue_retention",
    "Net revenue retention",
    explanation="MRR of the customers of a year ago today, as a share of their MRR then.",
    formula="MRR now of the same accounts / their MRR at the start",
    edge_cases="Accounts that start meanwhile do not count.",
    source="SaaS Metrics Standards Board",
)


def figure(**more: Any) -> Figure:
    options: dict[str, Any] = {"n": 204, "low": 0.9512, "high": 1.1087, "previous": 1.036, "better": "up"} | more
    label = options.pop("label", "Net revenue retention")
    name, value, unit = options.pop("name", "nrr"), options.pop("value", 1.032), options.pop("unit", "share")
    return Figure(name, label, value, unit, **options)


def table(rows: int = 8, name: str = "") -> SlideTable:
    columns = (
        Column("account", "Account"),
        Column("mrr", "MRR", "money"),
        Column("share", "How-to share", "share"),
        Column("renewal", "Renewal", "date"),
        Column("state", "State", value_labels=(("open", "Open"), ("done", "Done"))),
    )
    records = [
        {
            "account": name or f"Account {place}",
            "mrr": 1000.5 * (place + 1),
            "share": None if place == 2 else place / 1000,
            "renewal": DAY + dt.timedelta(days=place),
            "state": "open" if place % 2 else "done",
            "internal": "not on the slide",
        }
        for place in range(rows)
    ]
    return SlideTable(columns, pa.Table.from_pylist(records), max(rows, 12))


def slide(name: str, title: str = "", **more: Any) -> Slide:
    options: dict[str, Any] = {"form": "finding", "section": "Retention", "currency": "EUR"} | more
    return Slide(name=name, title=title or f"Finding of {name}", **options)


def chart_slide(chart: Chart, **more: Any) -> Slide:
    return slide(f"chart-{chart.name}", chart.title, subtitle=chart.subtitle, chart=chart, **more)


def deck(*slides: Slide, **more: Any) -> Deck:
    options: dict[str, Any] = {
        "title": "Roadmap review Q3 2026",
        "company": "Field Ops Ltd",
        "as_of": DAY,
        "scope_text": "July to September 2026, all accounts",
        "data_text": "load 14 of 2 Oct 2026, frozen",
        "address": "http://localhost:8600",
    } | more
    return Deck(slides=slides or every_form(), **options)


def every_form() -> tuple[Slide, ...]:
    source = Source("retention.summary", (("window", "12"),), SCOPE)
    figures = (
        figure(),
        figure(name="mrr_end", label="MRR", value=834_512.0, unit="money", low=None, high=None, previous=534_000.0),
        figure(name="tickets", label="Tickets", value=1234, unit="count", low=None, high=None, previous=1234, n=None),
        figure(name="nps", label="NPS", value=None, unit="score", n=None, low=None, high=None, previous=None),
    )
    beside: dict[str, Any] = {
        "figures": figures,
        "lines": ("NRR is **103.2 %**, 0.4 points lower.", "Owner **M. Okafor**, decided in Q4 2025"),
        "doubts": ("4 accounts have a churn event but never stopped paying: counted as retained.",),
        "remarks": (Remark("Finance agrees.", "Ana", dt.date(2026, 10, 2), "NRR moved from 103.6 % to 103.2 %."),),
        "definition": NRR,
        "sources": (source,),
    }
    return (
        slide("title", "Net revenue retention holds; questions fell", form="title", lines=("Two items **shipped**.",)),
        *(chart_slide(form(), **beside) for form in samples.FORMS),
        slide("wide", "A chart by itself", chart=samples.triangle()),
        slide("list", "Accounts ahead", table=table(), figures=figures[:2], sources=(source,)),
        slide("long", "A long list", table=table(90)),
        slide("decide", "Retire the help article?", form="decision", item="R-3", lines=("Reach **19** tickets",)),
        slide("secret", "Hidden words", hidden=True, lines=("Do not tell",)),
        slide("quality", "Data quality", form="appendix", lines=("All is well",), speaker_notes="Only for the speaker"),
    )
