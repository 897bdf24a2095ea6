"""The headline figures: value, change, base, doubt, the last periods, and what each one means.

One element for all of them, drawn without a script: a framework metric with a sparkline loads a whole charting engine,
and gives the line the colour of the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cs_dash.answer import Answer, Definition, Figure
from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.questions import catalogue
from cs_dash.review.figure_text import figure_facts
from cs_dash.ui.components.show.definition import definition_html
from cs_dash.ui.components.tables.trend_line import trend_lines
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address

MOST = 4
WITHIN = {"mrr_end": "arpa"}  # figures that are one side of another one's calculation
WIDTH, HEIGHT, PAD = 200, 36, 3
NEWS = {"up": ("good", "bad"), "down": ("bad", "good"), "neither": ("even", "even")}


def figures_html(
    answer: Answer,
    definitions: Mapping[str, Definition],
    names: Sequence[str] = (),
    pages: Mapping[str, str] = MappingProxyType({}),
) -> Markup:
    """Return four figures of an answer side by side, those named or the first ones; two by two on a phone.

    What is not known gives its place to another figure of the answer that is. "" where there are none. `pages`: name of
    a figure -> the page that says more of it; the figure is a link to it.
    """
    chosen = known_figures([answer.figure(name) for name in names] or list(answer.figures), answer)
    hrefs = {name: address.link(page) for name, page in pages.items()}
    cards = [card(figure, answer, definitions, locale(), hrefs.get(figure.name, "")) for figure in chosen[:MOST]]
    return render("components/figures.html", cards=cards) if cards else Markup()


def known_figures(preferred: Sequence[Figure], answer: Answer) -> list[Figure]:
    """Return the first four of the preferred figures; in place of those without a value others that have one.

    The others are the next preferred ones, then all of the answer; one that says the same as another is left out. What
    nothing takes the place of is left out, too: the sentence of the page and its notes say what is not known.
    """
    chosen = preferred[:MOST]
    said = {(figure.value, figure.unit) for figure in chosen} | {(None, figure.unit) for figure in answer.figures}
    candidates = dict.fromkeys((*preferred[MOST:], *answer.figures))
    others = [figure for figure in candidates if (figure.value, figure.unit) not in said]
    shown = [figure if figure.value is not None or not others else others.pop(0) for figure in chosen]
    return [figure for figure in shown if figure.value is not None]


def card(
    figure: Figure, answer: Answer, definitions: Mapping[str, Definition], language: str, href: str = ""
) -> Markup:
    """Return one figure as HTML, as a link where there is a `href`."""
    definition = definitions.get(figure.definition) or answer.definition
    about, why = Markup(), Markup()
    if definition is not None:
        about, why = definition_html(definition, figure, answer), why_html(figure, answer)
    return render(
        "components/figure.html",
        name=figure.name,
        label=figure.label,
        href=href,
        about_id=f"about-{answer.question}-{figure.name}".replace(".", "-"),
        about=about,
        why=why,
        value=words.figure_value(figure, answer.currency, language),
        known=figure.value is not None,
        change=change(figure, answer.currency, language),
        base=base(figure, answer.currency, language),
        sparkline=sparkline(figure.trend),
    )


def why_html(figure: Figure, answer: Answer) -> Markup:
    """Return the link to the accounts and the arithmetic behind a figure of retention, in the same scope; "" elsewhere.

    The convention and the exchange rates that the page counts by go along.
    """
    explained = catalogue.questions()["retention.why"].options["figure"]
    name = WITHIN.get(figure.name, figure.name)
    if answer.question != "retention.summary" or name not in explained:
        return Markup()
    sums = "" if name == figure.name else " (the numerator)"
    counted_by = {choice: address.read().get(choice, [])[-1:] for choice in ("convention", "rates")}
    return render("components/figure_why.html", href=address.link("why", figure=name, **counted_by), remark=sums)


def change(figure: Figure, currency: str, language: str) -> Markup:
    """Return the change against the period before as HTML: an arrow, the difference, and what it is against."""
    if figure.value is None or figure.previous is None:
        return Markup()
    difference = words.figure_change(figure, currency, language)
    up = figure.value > figure.previous
    unchanged = difference[:1] not in "+−"
    news = "even" if unchanged else NEWS[figure.better][0 if up else 1]
    arrow = "" if unchanged else ("↑ " if up else "↓ ")
    difference_text = difference.lstrip("+−") if arrow else "unchanged"
    against = figure.previous_label.removeprefix("from ") or "the previous period"
    return render("components/figure_change.html", news=news, arrow=arrow, difference=difference_text, against=against)


def base(figure: Figure, currency: str, language: str) -> str:
    """Return the grey line under a figure: its interval, its base, its doubt, what others report."""
    return " · ".join(figure_facts(figure, currency, language))


def sparkline(trend: Sequence[float | None]) -> Markup:
    """Return the last periods as a small line, with gaps where there was no number; "" with fewer than two.

    The drawing is a mask over the accent, so that it follows the theme without being drawn anew.
    """
    lines = trend_lines(trend, WIDTH, HEIGHT, PAD)
    if len([value for value in trend if value is not None]) < 2:
        return Markup()
    drawing = render("components/sparkline_drawing.html", width=WIDTH, height=HEIGHT, lines=lines)
    return render("components/sparkline.html", drawing=drawing)
