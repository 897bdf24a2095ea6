"""`support.by`: the how-to share group by group."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look.locales import language_name
from cs_dash.look.words import count, field_words, number, plural, share
from cs_dash.questions.audited_share import AuditedShare, audited_share
from cs_dash.questions.declaration import question
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.howto_share import LABEL, UNADJUSTED_LABEL, share_columns
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, SMALL_BASE, QuestionRequest, arrow_table, p_value
from cs_dash.questions.support.period import WINDOWS, bounds, doubt_notes, in_words, windowed
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import holm, two_proportions
from cs_dash.stats.rates import poisson_mean_interval

SMALL, LARGE = f"fewer than {SMALL_BASE} tickets", f"{SMALL_BASE} tickets or more"
MORE, LESS = "yes, more", "yes, fewer"
VERDICT_LABELS = (
    ("no others", "no other groups"), ("not known", "unknown"), ("few others", "few other tickets"),
    ("could be chance", "not significant"), (MORE, "significantly higher"), (LESS, "significantly lower"),
)  # fmt: skip
MOST_DRAWN = 12
TENURE = "tenure"
SUBJECT_FIELDS = ("area", "feature", "language")
"""Fields whose values are not customers: tickets are about an area or feature, or in a language."""
TICKET_FIELDS = (TENURE, "area", "feature", "language")
"""Fields of the tickets themselves; the definition `ticket_fields` lists those with enough values to group by."""
GROUPS = {
    "group": pa.string(), "tickets": pa.int64(), "with_kind": pa.int64(), "howto": pa.int64(), "share": pa.float64(),
    "low": pa.float64(), "high": pa.float64(), "others": pa.float64(), "verdict": pa.string(), "p_value": pa.float64(),
    "accounts": pa.int64(), "contact_rate": pa.float64(), "rate_low": pa.float64(), "rate_high": pa.float64(),
    "few": pa.bool_(),
}  # fmt: skip
GROUP_COLUMNS = (
    Column("group", "Group"),
    Column("tickets", "Tickets", "count"),
    Column("with_kind", "Categorised", "count"),
    Column("howto", "How-to", "count"),
    Column("share", "How-to share", "share"),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
    Column("others", "All others", "share", "How-to share of all other groups together."),
    Column("verdict", "Significant?", help="Test of two proportions against all others, adjusted for the number of"
           " groups (Holm); significant means p below 5 %.", value_labels=VERDICT_LABELS),
    Column("p_value", "p", "number", "Adjusted p-value.", hidden=True),
    Column("accounts", "Accounts", "count"),
    Column("contact_rate", "Contact rate", "per_100", "Tickets per 100 paying accounts a month."),
    Column("rate_low", "Rate, 95 % CI from", "per_100", "Lower end of the 95 % CI (Poisson, exact).", hidden=True),
    Column("rate_high", "Rate, 95 % CI to", "per_100", hidden=True),
    Column("few", "Few tickets", "flag", f"Fewer than {SMALL_BASE} categorised tickets.", hidden=True),
)  # fmt: skip


@question(
    "support.by",
    title="How-to share by group",
    order=30,
    options={"field": (), "window": WINDOWS},
    needs=("tickets",),
    uses=("audit_checked", "audit_population", "dimension_values", "howto_by", "paying_groups", "ticket_doubts"),
)
def howto_by_group(request: QuestionRequest) -> Answer:
    """Return the how-to share per group of option `field`, and whether each differs significantly from all others.

    The field is a dimension of the accounts or a field of the tickets: tenure, area, feature, language.

    Raises:
        UnknownOption: neither accounts nor tickets have the field.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    field = grouping_field(request, *TICKET_FIELDS)
    audited = audited_share(request, request.scope)
    groups = request.periods("howto_by", request.scope.bounds, by_field=field)
    exposures = (
        request.rows("paying_groups", by_field=field, **bounds(request)).to_pylist()
        if field not in TICKET_FIELDS
        else []
    )
    exposure_by_group = {row["group_name"]: row["exposure"] for row in exposures}
    for row in groups:
        name = row.pop("group_name")
        if exposure_by_group.get(name):
            ends = (row["tickets"], *poisson_mean_interval(row["tickets"]))
            row["contact_rate"], row["rate_low"], row["rate_high"] = (
                100 * end / exposure_by_group[name] for end in ends
            )
        row["group"] = language_name(name) if field == "language" else name
    _compare(groups, audited)
    for row in groups:
        row["howto"] = row["howto"] if row["with_kind"] else None
    groups_with_kind = [row for row in groups if row["with_kind"]]
    return request.answer(
        headline=_headline(groups_with_kind, field) if groups_with_kind else _contact_rate_headline(groups, field),
        rows=arrow_table(groups, GROUPS),
        columns=share_columns(GROUP_COLUMNS, audited),
        charts=(_chart(groups_with_kind, field, request, audited),)
        if groups_with_kind
        else _contact_rate_chart(groups, field, request),
        notes=(*_notes(groups_with_kind, field, audited), *doubt_notes(request)),
        definition="howto_by",
    )


def _compare(groups: list[dict[str, Any]], audited: AuditedShare) -> None:
    """Add to each group its interval, the share of all others, and the verdict on their difference.

    Guessed kinds widen the interval by their possible error. If word lists suggest all kinds, that error is unknown:
    there is no interval, and nothing is compared.
    """
    base, howto = sum(row["with_kind"] for row in groups), sum(row["howto"] for row in groups)
    p_values = []
    for row in groups:
        n, others_base = row["with_kind"], base - row["with_kind"]
        possible_error = audited.possible_error_of(row["guessed"], n)
        plain_interval = None if audited.only_suggestions else wilson(row["howto"], n)
        row["low"], row["high"] = (
            (max(0.0, plain_interval[0] - possible_error), min(1.0, plain_interval[1] + possible_error))
            if plain_interval
            else (None, None)
        )
        row["few"] = n < SMALL_BASE
        row["others"] = (howto - row["howto"]) / others_base if others_base else None
        tested = min(n, others_base) >= SMALL_BASE and not audited.only_suggestions
        p_values.append(two_proportions(row["howto"], n, howto - row["howto"], others_base) if tested else None)
    for row, adjusted in zip(groups, holm(p_values), strict=True):
        row["p_value"] = adjusted
        row["verdict"] = _verdict(row, audited)


def _verdict(row: dict[str, Any], audited: AuditedShare) -> str | None:
    if not row["with_kind"]:
        return None
    if row["others"] is None:
        return "no others"
    if audited.only_suggestions:
        return "not known"
    if row["p_value"] is None:
        return "few tickets" if row["few"] else "few others"
    if row["p_value"] >= SIGNIFICANCE_LEVEL:
        return "could be chance"
    return MORE if row["share"] > row["others"] else LESS


def _most_significant(groups: list[dict[str, Any]], verdict: str) -> dict[str, Any] | None:
    """Return the group with the highest (or lowest) share among those that differ significantly from all others.

    Placeholders for missing values ("(no account)") are skipped: nobody could act on them.
    """
    significant = [row for row in groups if row["verdict"] == verdict and not row["group"].startswith("(")]
    return (max if verdict == MORE else min)(significant, key=lambda row: row["share"], default=None)


def field_label(field: str) -> str:
    """Return a grouping field's name as it stands in a sentence."""
    return "product area" if field == "area" else field_words(field)


def _by_contact_rate(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(
        (row for row in groups if row.get("contact_rate")), key=lambda row: (-row["contact_rate"], row["group"])
    )


def _contact_rate_headline(groups: list[dict[str, Any]], field: str) -> str:
    """Return the headline for tickets without kinds: the contact rates of the groups."""
    text = "No ticket in the period has a category, so there is no how-to share to compare"
    by_rate = _by_contact_rate(groups)
    if len(by_rate) < 2:
        return f"{text}."
    top, bottom = by_rate[0], by_rate[-1]
    return (
        f"{text}. The contact rate by {field_label(field)} is highest for {top['group']}:"
        f" **{number(top['contact_rate'], 1)}** tickets per 100 paying accounts a month vs"
        f" **{number(bottom['contact_rate'], 1)}** for {bottom['group']}."
    )


def _contact_rate_chart(groups: list[dict[str, Any]], field: str, request: QuestionRequest) -> tuple[Chart, ...]:
    """Return the contact rate of each group, for tickets without kinds."""
    chart_rows = _by_contact_rate(groups)[:MOST_DRAWN]
    if len(chart_rows) < 2:
        return ()
    intervals_separate = chart_rows[0]["rate_low"] > chart_rows[-1]["rate_high"]
    title = (
        f"{chart_rows[0]['group']} has the highest contact rate"
        if intervals_separate
        else f"No significant difference in contact rate by {field_label(field)}"
    )
    return (
        IntervalChart(
            name="howto_by",
            title=title,
            subtitle=f"Tickets per 100 paying accounts a month by {field_label(field)}, with 95 % CI,"
            f" {in_words(request.scope)}; no ticket has a category",
            rows=arrow_table(chart_rows, GROUPS),
            x="contact_rate",
            y="group",
            low="rate_low",
            high="rate_high",
            unit="per_100",
            axis="Tickets per 100 accounts a month",
            order=tuple(row["group"] for row in chart_rows),
        ),
    )


def _headline(groups: list[dict[str, Any]], field: str) -> str:
    top, bottom = _most_significant(groups, MORE), _most_significant(groups, LESS)
    if top is None and bottom is None:
        return f"No significant difference in how-to share by {field_label(field)}."
    first, word = (top, "highest") if top else (bottom, "lowest")
    assert first is not None
    text = (
        f"By {field_label(field)}, {first['group']} has the {word} how-to share:"
        f" **{share(first['share'], first['with_kind'])}** of {plural(first['with_kind'], 'ticket')} vs"
        f" **{share(first['others'])}** of all others"
    )
    if top and bottom:
        text += f"; lowest for {bottom['group']}: **{share(bottom['share'], bottom['with_kind'])}**"
    return f"{text}. The difference is statistically significant ({p_value(first['p_value'])})."


def _chart(groups: list[dict[str, Any]], field: str, request: QuestionRequest, audited: AuditedShare) -> Chart:
    top, bottom = _most_significant(groups, MORE), _most_significant(groups, LESS)
    share_label = UNADJUSTED_LABEL if audited.governing else LABEL
    title = f"{share_label} by {field_label(field)}: no clear difference"
    if top or bottom:
        extreme = top or bottom
        assert extreme is not None
        title = f"{extreme['group']} has the {'highest' if top else 'lowest'} how-to share: {share(extreme['share'])}"
        if field in SUBJECT_FIELDS:
            word = "highest" if top else "lowest"
            title = f"{share_label}: {word} for {extreme['group']}, {share(extreme['share'])} of its tickets"
    # Groups with an order of their own (tenure) are drawn in it, all others by size.
    largest = sorted(groups, key=lambda row: (row["place"], -row["tickets"], row["group"]))[:MOST_DRAWN]
    chart_rows = [
        row | {
            "base": SMALL if row["few"] else LARGE,
            "said": f"{share(row['share'], row['with_kind'])} of {count(row['with_kind'])}",
        }
        for row in largest
    ]  # fmt: skip
    small = len({row["base"] for row in chart_rows}) > 1
    total, howto = sum(row["with_kind"] for row in groups), sum(row["howto"] for row in groups)
    interval_text = "" if audited.only_suggestions else ", with 95 % CI"
    audit_text = ""
    if audited.has_guesses and not audited.governing:
        audit_text = f"; {audited.plain_count_label}"
    largest_text = f", {MOST_DRAWN} largest" if len(groups) > MOST_DRAWN else ""
    return IntervalChart(
        name="howto_by",
        title=title,
        subtitle=f"{share_label} by {field_label(field)}{largest_text}{interval_text},"
        f" {in_words(request.scope)}{audit_text}; labels: share and tickets",
        rows=arrow_table(chart_rows, GROUPS | {"base": pa.string(), "said": pa.string()}),
        x="share",
        y="group",
        low=None if audited.only_suggestions else "low",
        high=None if audited.only_suggestions else "high",
        color="base" if small else None,
        highlight=LARGE if small else None,
        label="said",
        unit="share",
        axis=f"{share_label.lower()} of tickets",
        order=(LARGE, SMALL, *(row["group"] for row in chart_rows)),
        reference=(howto / total, "all tickets"),
    )


def _notes(groups: list[dict[str, Any]], field: str, audited: AuditedShare) -> tuple[Note, ...]:
    notes = []
    small = [row["group"] for row in groups if row["few"]]
    if small:
        names = ", ".join(small[:5]) + (" ..." if len(small) > 5 else "")
        notes.append(Note(f"Fewer than {SMALL_BASE} tickets by {field_label(field)}: {names}.", "doubt", ("group",)))
    if groups and audited.has_guesses and not audited.only_suggestions:
        text = f"Differences by {field_label(field)} may partly reflect differences in model accuracy."
        notes.append(Note(text, "doubt", ("verdict",)))
    return tuple(notes)
