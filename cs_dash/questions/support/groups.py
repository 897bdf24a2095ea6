"""`support.by`: who asks how to do something, group by group."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look.locales import language_name
from cs_dash.look.words import count, number, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, SMALL_BASE, QuestionRequest, arrow_table
from cs_dash.questions.support.audits.share import Checked, checked
from cs_dash.questions.support.period import WINDOWS, bounds, doubts, in_words, windowed
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import holm, two_proportions
from cs_dash.stats.rates import poisson_mean_interval

SMALL, LARGE = f"fewer than {SMALL_BASE} tickets", f"{SMALL_BASE} tickets or more"
MORE, LESS = "yes, more", "yes, fewer"
MOST_DRAWN = 12
TENURE = "tenure"
ABOUT = ("area", "feature", "language")
"""Fields whose values ask nothing: customers ask about them, or in them."""
TOLD = (TENURE, "area", "feature", "language")
"""What the tickets tell by themselves; the definition `ticket_fields` says which of these are worth offering."""
SAID = {"csm": "CSM", "area": "product area", "icp_fit": "ICP fit"}
GROUPS = {
    "group": pa.string(), "tickets": pa.int64(), "with_kind": pa.int64(), "howto": pa.int64(), "share": pa.float64(),
    "low": pa.float64(), "high": pa.float64(), "others": pa.float64(), "verdict": pa.string(), "p_value": pa.float64(),
    "accounts": pa.int64(), "contact_rate": pa.float64(), "rate_low": pa.float64(), "rate_high": pa.float64(),
    "few": pa.bool_(),
}  # fmt: skip
GROUP_COLUMNS = (
    Column("group", "Group"),
    Column("tickets", "Tickets", "count"),
    Column("with_kind", "With a kind", "count"),
    Column("howto", "How-to", "count"),
    Column("share", "How-to share", "share"),
    Column("low", "From", "share", "Lower end of the 95 % interval."),
    Column("high", "To", "share", "Upper end of the 95 % interval."),
    Column("others", "All others", "share", "How-to share of all other groups together."),
    Column("verdict", "More than chance?", help="Test of two proportions against all others, adjusted for the number of"
           " groups (Holm); p below 5 % counts as more than chance."),
    Column("p_value", "p", "number", "Adjusted p-value.", hidden=True),
    Column("accounts", "Accounts", "count"),
    Column("contact_rate", "Per 100 accounts a month", "per_100", "All tickets per 100 paying accounts a month."),
    Column("rate_low", "Rate from", "per_100", "Lower end of its 95 % interval (Poisson, exact).", hidden=True),
    Column("rate_high", "Rate to", "per_100", "Upper end of it.", hidden=True),
    Column("few", "Few tickets", "flag", f"Fewer than {SMALL_BASE} with a kind.", hidden=True),
)  # fmt: skip


@question(
    "support.by",
    title="Who asks how to do something?",
    order=30,
    options={"field": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("audit_checked", "audit_population", "dimension_values", "howto_by", "paying_groups", "ticket_doubts"),
)
def by(request: QuestionRequest) -> Answer:
    """Return the how-to share per group of option `field`, and whether each differs from all others beyond chance.

    The field is a dimension of the accounts, or what the tickets tell: tenure, area, feature, language.

    Raises:
        UnknownOption: neither accounts nor tickets have the field.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    field = grouping_field(request, *TOLD)
    audited = checked(request, request.scope)
    found = request.periods("howto_by", request.scope.bounds, by_field=field)
    exposed = request.rows("paying_groups", by_field=field, **bounds(request)).to_pylist() if field not in TOLD else []
    paid = {row["group_name"]: row["exposure"] for row in exposed}
    for row in found:
        name = row.pop("group_name")
        if paid.get(name):
            ends = (row["tickets"], *poisson_mean_interval(row["tickets"]))
            row["contact_rate"], row["rate_low"], row["rate_high"] = (100 * end / paid[name] for end in ends)
        row["group"] = language_name(name) if field == "language" else name
    _compare(found, audited)
    shown = [row for row in found if row["with_kind"]]
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(shown, field) if shown else _rates_say(found, field),
        as_of=request.scope.as_of,
        rows=arrow_table(found, GROUPS),
        columns=GROUP_COLUMNS,
        charts=(_chart(shown, field, request, audited),) if shown else _rates_chart(found, field, request),
        notes=(*_group_notes(shown, field, audited), *doubts(request)),
        definition=request.definitions.get("howto_by"),
        currency=request.currency,
    )


def _compare(found: list[dict[str, Any]], audited: Checked) -> None:
    """Add to each group its interval, the share of all others, and whether they differ by more than chance.

    Where kinds are guessed the interval is wider by what they may be off; where lists of words suggest all of them
    nobody can say how far that is, so there is none, and nothing is compared.
    """
    base, howto = sum(row["with_kind"] for row in found), sum(row["howto"] for row in found)
    chances = []
    for row in found:
        n, rest = row["with_kind"], base - row["with_kind"]
        off = audited.off_by_of(row["guessed"], n)
        plain = None if audited.suggested else wilson(row["howto"], n)
        row["low"], row["high"] = (max(0.0, plain[0] - off), min(1.0, plain[1] + off)) if plain else (None, None)
        row["few"] = n < SMALL_BASE
        row["others"] = (howto - row["howto"]) / rest if rest else None
        tested = min(n, rest) >= SMALL_BASE and not audited.suggested
        chances.append(two_proportions(row["howto"], n, howto - row["howto"], rest) if tested else None)
    for row, chance in zip(found, holm(chances), strict=True):
        row["p_value"] = chance
        row["verdict"] = _verdict(row, audited)


def _verdict(row: dict[str, Any], audited: Checked) -> str | None:
    if not row["with_kind"]:
        return None
    if row["others"] is None:
        return "no others"
    if audited.suggested:
        return "not known"
    if row["p_value"] is None:
        return "few tickets" if row["few"] else "few others"
    if row["p_value"] >= SIGNIFICANCE_LEVEL:
        return "could be chance"
    return MORE if row["share"] > row["others"] else LESS


def _clearest(shown: list[dict[str, Any]], verdict: str) -> dict[str, Any] | None:
    """Return the group with the highest (or lowest) share of those that differ from all others by more than chance.

    What has no value ("(no account)") is no group that anybody could turn to.
    """
    sure = [row for row in shown if row["verdict"] == verdict and not row["group"].startswith("(")]
    return (max if verdict == MORE else min)(sure, key=lambda row: row["share"], default=None)


def named(field: str) -> str:
    """Return how a field to group by is said in a sentence."""
    return SAID.get(field, field.replace("_", " "))


def _rated(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(
        (row for row in found if row.get("contact_rate")), key=lambda row: (-row["contact_rate"], row["group"])
    )


def _rates_say(found: list[dict[str, Any]], field: str) -> str:
    """Return what can be said of groups of tickets without kinds: how often each writes."""
    text = "No ticket of the period has a kind, so there is no share to compare"
    rated = _rated(found)
    if len(rated) < 2:
        return f"{text}."
    top, bottom = rated[0], rated[-1]
    return (
        f"{text}; by {named(field)}, {top['group']} writes most often: **{number(top['contact_rate'], 1)}** tickets per"
        f" 100 paying accounts a month, against **{number(bottom['contact_rate'], 1)}** for {bottom['group']}."
    )


def _rates_chart(found: list[dict[str, Any]], field: str, request: QuestionRequest) -> tuple[Chart, ...]:
    """Return how often each group writes, drawn where no ticket has a kind."""
    drawn = _rated(found)[:MOST_DRAWN]
    if len(drawn) < 2:
        return ()
    apart = drawn[0]["rate_low"] > drawn[-1]["rate_high"]
    title = f"{drawn[0]['group']} writes most often" if apart else f"Tickets by {named(field)}: no clear difference"
    return (
        IntervalChart(
            name="howto_by",
            title=title,
            subtitle=f"All tickets per 100 paying accounts a month by {named(field)}, with the 95 % interval,"
            f" {in_words(request.scope)}; no ticket has a kind",
            rows=arrow_table(drawn, GROUPS),
            x="contact_rate",
            y="group",
            low="rate_low",
            high="rate_high",
            unit="per_100",
            axis="tickets per 100 accounts a month",
            order=tuple(row["group"] for row in drawn),
        ),
    )


def _says(shown: list[dict[str, Any]], field: str) -> str:
    top, bottom = _clearest(shown, MORE), _clearest(shown, LESS)
    if top is None and bottom is None:
        return f"By {named(field)}, the how-to share does not clearly differ between groups."
    first, word = (top, "highest") if top else (bottom, "lowest")
    assert first is not None
    text = (
        f"By {named(field)}, the how-to share is {word} for {first['group']}:"
        f" **{share(first['share'], first['with_kind'])}** of {plural(first['with_kind'], 'ticket')}, against"
        f" **{share(first['others'])}** of all others"
    )
    if top and bottom:
        text += f"; lowest for {bottom['group']}: **{share(bottom['share'], bottom['with_kind'])}**"
    return f"{text}. More than chance would make of it."


def _chart(shown: list[dict[str, Any]], field: str, request: QuestionRequest, audited: Checked) -> Chart:
    top, bottom = _clearest(shown, MORE), _clearest(shown, LESS)
    title = f"How-to share by {named(field)}: no clear difference"
    if top or bottom:
        each = top or bottom
        assert each is not None
        title = f"{each['group']} asks {'most' if top else 'least'}: {share(each['share'])} of its tickets are how-to"
        if field in ABOUT:
            word = "highest" if top else "lowest"
            title = f"The how-to share is {word} for {each['group']}: {share(each['share'])} of its tickets"
    # Groups in an order of their own keep it; of the others the largest are drawn.
    kept = sorted(shown, key=lambda row: (row["place"], -row["tickets"], row["group"]))[:MOST_DRAWN]
    drawn = [
        row | {
            "base": SMALL if row["few"] else LARGE,
            "said": f"{share(row['share'], row['with_kind'])} of {count(row['with_kind'])}",
        }
        for row in kept
    ]  # fmt: skip
    small = len({row["base"] for row in drawn}) > 1
    total, howto = sum(row["with_kind"] for row in shown), sum(row["howto"] for row in shown)
    what = "" if audited.suggested else ", with its 95 % interval"
    unsure = ""
    if audited.estimate:
        unsure = "; the plain count, not corrected by the audit"
    elif audited.guessed:
        unsure = f"; {audited.unaudited}"
    part = f", the {MOST_DRAWN} largest" if len(shown) > MOST_DRAWN else ""
    return IntervalChart(
        name="howto_by",
        title=title,
        subtitle=f"How-to share by {named(field)}{part}{what}, {in_words(request.scope)}{unsure};"
        " beside it the tickets",
        rows=arrow_table(drawn, GROUPS | {"base": pa.string(), "said": pa.string()}),
        x="share",
        y="group",
        low=None if audited.suggested else "low",
        high=None if audited.suggested else "high",
        color="base" if small else None,
        highlight=LARGE if small else None,
        label="said",
        unit="share",
        axis="how-to share of tickets",
        order=(LARGE, SMALL, *(row["group"] for row in drawn)),
        reference=(howto / total, "all tickets"),
    )


def _group_notes(shown: list[dict[str, Any]], field: str, audited: Checked) -> tuple[Note, ...]:
    notes = []
    small = [row["group"] for row in shown if row["few"]]
    if small:
        listed = ", ".join(small[:5]) + (" ..." if len(small) > 5 else "")
        notes.append(Note(f"Few tickets (below {SMALL_BASE}) by {named(field)}: {listed}.", "doubt", ("group",)))
    if shown and audited.guessed and not audited.suggested:
        text = f"By {named(field)}, groups may also differ because the model reads some of them better than others."
        notes.append(Note(text, "doubt", ("verdict",)))
    return tuple(notes)
