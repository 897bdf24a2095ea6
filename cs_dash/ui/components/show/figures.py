"""The headline figures: value, change, base, doubt, the last periods, and what each one means.

One element for all of them, drawn without a script: a framework metric with a sparkline loads a whole charting engine,
and gives the line the colour of the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from cs_dash.answer import Answer, Definition, Figure
from cs_dash.look import words
from cs_dash.questions import catalogue
from cs_dash.ui.components.show.definition import definition_html
from cs_dash.ui.components.text import escaped, locale
from cs_dash.ui.state import address

MOST = 4
WITHIN = {"mrr_end": "arpa"}  # figures that are one side of another one's calculation
WIDTH, HEIGHT, PAD = 200, 36, 3
NEWS = {"up": ("good", "bad"), "down": ("bad", "good"), "neither": ("even", "even")}


def figures_html(answer: Answer, definitions: Mapping[str, Definition], names: Sequence[str] = ()) -> str:
    """Return four figures of an answer side by side, those named or the first ones; two by two on a phone.

    "" where there are none.
    """
    chosen = [answer.figure(name) for name in names] or list(answer.figures)
    cards = [card(figure, answer, definitions, locale()) for figure in chosen[:MOST]]
    return f'<div class="cs-figures">{"".join(cards)}</div>' if cards else ""


def card(figure: Figure, answer: Answer, definitions: Mapping[str, Definition], language: str) -> str:
    """Return one figure as HTML."""
    definition = definitions.get(figure.definition) or answer.definition
    value = words.figure_value(figure, answer.currency, language)
    about = ""
    if definition is not None:
        name = f"about-{answer.question}-{figure.name}".replace(".", "-")
        about = (
            f'<button class="cs-i" type="button" popovertarget="{name}" aria-label="What is {escaped(figure.label)}?">i'
            f'</button><div class="cs-about" id="{name}" popover>{definition_html(definition, figure, answer)}'
            f"{why_html(figure, answer)}</div>"
        )
    return (
        f'<section class="cs-figure" data-figure="{escaped(figure.name)}">'
        f'<header><span class="cs-label">{escaped(figure.label)}</span>{about}</header>'
        f'<div class="cs-value{"" if figure.value is not None else " cs-none"}">{escaped(value)}</div>'
        f'<div class="cs-change">{change(figure, answer.currency, language)}</div>'
        f'<div class="cs-base">{escaped(base(figure, answer.currency, language))}</div>'
        f"{sparkline(figure.trend)}</section>"
    )


def why_html(figure: Figure, answer: Answer) -> str:
    """Return the link to the accounts and the arithmetic behind a figure of retention, in the same scope; "" elsewhere.

    Retention by movements adds up months: the accounts behind it are not those of the window, and that is said.
    """
    explained = catalogue.questions()["retention.why"].options["figure"]
    name = WITHIN.get(figure.name, figure.name)
    if answer.question != "retention.summary" or name not in explained:
        return ""
    query = address.read()
    if query.get("convention") and name not in WITHIN.values():
        return "<p>By movements it adds up months: the bars of the revenue bridge open the accounts of each.</p>"
    target = urlencode(address.of_scope(query) | {"figure": [name]}, doseq=True)
    sums = "" if name == figure.name else "; it is the sum above the line"
    return f'<p><a href="why?{escaped(target)}" target="_self">Why is it what it is? Account by account</a>{sums}</p>'


def change(figure: Figure, currency: str, language: str) -> str:
    """Return the change against the period before as HTML: an arrow, the difference, and what it is against."""
    if figure.value is None or figure.previous is None:
        return ""
    difference = words.figure_change(figure, currency, language)
    up = figure.value > figure.previous
    unchanged = difference[:1] not in "+−"
    news = "even" if unchanged else NEWS[figure.better][0 if up else 1]
    arrow = "" if unchanged else ("↑ " if up else "↓ ")
    difference_text = difference.lstrip("+−") if arrow else "unchanged"
    against = figure.previous_label.removeprefix("from ") or "the period before"
    return (
        f'<span class="cs-delta cs-{news}">{arrow}{escaped(difference_text)}</span> '
        f'<span class="cs-against">against {escaped(against)}</span>'
    )


def base(figure: Figure, currency: str, language: str) -> str:
    """Return the grey line under a figure: its interval, its base, its doubt, what others report."""
    parts = []
    if figure.low is not None and figure.high is not None:
        parts.append(f"{words.interval(figure.low, figure.high, figure.unit, currency, language)} (95 %)")
    if figure.n is not None and f"n = {figure.n}" not in figure.caveat:
        label = figure.n_label or "accounts"
        parts.append(f"{words.count(figure.n, language)} {label}")
    if figure.caveat:
        parts.append(figure.caveat)
    if figure.benchmark:
        parts.append(figure.benchmark)
    return " · ".join(parts)


def sparkline(trend: Sequence[float | None]) -> str:
    """Return the last periods as a small line, with gaps where there was no number; "" with fewer than two.

    The drawing is a mask over the accent, so that it follows the theme without being drawn anew.
    """
    values = [value for value in trend if value is not None]
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step = (WIDTH - 2 * PAD) / (len(trend) - 1)
    runs: list[list[str]] = [[]]
    for at, value in enumerate(trend):
        if value is None:
            runs.append([])
            continue
        level = (value - low) / (high - low) if high > low else 0.5
        runs[-1].append(f"{PAD + at * step:.1f},{HEIGHT - PAD - level * (HEIGHT - 2 * PAD):.1f}")
    lines = "".join(f"<polyline points='{' '.join(run)}'/>" for run in runs if len(run) > 1)
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}' preserveAspectRatio='none' "
        "fill='none' stroke='black' stroke-width='1.6' stroke-linejoin='round'>"
        f"<style>polyline{{vector-effect:non-scaling-stroke}}</style>{lines}</svg>"
    )
    return (
        f'<div class="cs-spark" aria-hidden="true" style="mask-image:url(data:image/svg+xml,{quote(drawing)})"></div>'
    )
