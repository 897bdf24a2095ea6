"""What is set in a workspace, and the one way to set it: page and command line both come through here.

Nearly every setting is read by the definitions, so that a change shows at once and makes no version. The reporting
currency is another matter: amounts are converted as they are read, so another makes all rows again from the uploads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cs_dash.errors import UnknownOption, WorkspaceBroken
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.intake.results.reports import LoadReport
from cs_dash.pipeline.rebuilding import own_currency, rates_lead, rebuild
from cs_dash.questions.churn import categories
from cs_dash.settings import CURRENCY, SETTINGS, Value, check_combination, effective_text, setting
from cs_dash.store.workspace import Workspace

TAXONOMY = "Churn reasons"


@dataclass(frozen=True)
class Line:
    """One setting as it stands.

    Attributes:
        name: what the command line calls it.
        title: its name in words.
        group: the heading it stands under.
        value: what holds, in words.
        default: what holds where nobody chose, in words.
        given: what somebody chose, as it can be written again; "" for nothing.
        unit: what its value is counted in; "" where it is not counted.
        words: what it does.
        counts: where it counts.
        changed_at: when it was changed last, in UTC; None: never.
        before: what held before that, in words; "" where it was never changed.
    """

    name: str
    title: str
    group: str
    value: str
    default: str
    given: str
    unit: str
    words: str
    counts: str
    changed_at: dt.datetime | None = None
    before: str = ""


@dataclass(frozen=True)
class Decided:
    """What a change did.

    Attributes:
        names: the settings whose value is another than before.
        report: of making the rows again, where the reporting currency changed; else None.
    """

    names: tuple[str, ...]
    report: LoadReport | None = None


def listed(workspace: Workspace) -> tuple[Line, ...]:
    """Return every setting as it stands, by group; the categories of churn reasons last."""
    settings, own = workspace.state.settings(), _own_currency(workspace)
    changes = {each.name: each for each in workspace.state.setting_changes()}
    found = []
    for name, each in SETTINGS.items():
        value = settings.get(name)
        if name == CURRENCY and own:
            value = own
        known = settings | ({name: value} if value is not None else {})
        last = changes.get(name)
        found.append(
            Line(
                name, each.title, each.group, effective_text(each, known), each.display_text(None), each.format(value),
                each.unit, each.description, each.affects, last.changed_at if last else None,
                each.display_text(last.before) if last else "",
            )
        )  # fmt: skip
    for category in categories.categories(settings):
        began, last = categories.standard(category.key), changes.get(category.setting)
        kept = {category.setting: last.before} if last and last.before else {}
        before = next(each for each in (*categories.categories(kept), category) if each.key == category.key)
        found.append(
            Line(
                category.setting, category.name, TAXONOMY, category.said, began.said if began else "none",
                category.said if category.kept else "", "",
                "Its name, whether the company could have kept the account, whether a payment failed, and words that "
                "place a recorded reason in it.", "the Churn page", last.changed_at if last else None,
                before.said if last else "",
            )
        )  # fmt: skip
    return tuple(found)


def _own_currency(workspace: Workspace) -> str | None:
    """Return the currency that the shown rows are in; None where none is named, or where they cannot be read."""
    current = workspace.current()
    try:
        return own_currency(workspace, current) if current else None
    except WorkspaceBroken:  # the other settings can be seen and set all the same
        return None


def change(workspace: Workspace, given: Mapping[str, str], progress: Progress = no_progress) -> Decided:
    """Set settings, all or none: name -> what was written; "" gives one back to its default.

    Raises:
        UnknownOption: a name or a value that cannot be.
        WorkspaceBusy: the currency changes, and another load is running.
        CsDashError: what `rebuild` raises, where the currency changes; nothing is set then.
    """
    before = workspace.state.settings()
    parsed = {name: _parsed(name, text) for name, text in given.items()}
    after = {name: value for name, value in (before | parsed).items() if value is not None}
    check_combination(after)
    categories.check(categories.categories(after))
    report, current = None, workspace.current()
    was = own_currency(workspace, current) if current else None
    wanted = parsed.get(CURRENCY)
    if was:  # what the rows are in is their currency; no setting says otherwise
        parsed.pop(CURRENCY, None)
        if wanted and wanted != was:
            _check_rates(workspace, was, str(wanted))
            report = rebuild(workspace, currency=str(wanted), progress=progress)
    workspace.state.set_all(parsed)
    names = [name for name, value in parsed.items() if before.get(name) != value]
    return Decided((*([CURRENCY] if report else []), *names), report)


def _check_rates(workspace: Workspace, was: str, wanted: str) -> None:
    """Refuse a currency that no exchange rate leads to: hardly a row would be left. Raises UnknownOption."""
    current = workspace.current()
    if current is None or rates_lead(workspace, current, was, wanted):
        return
    raise UnknownOption(
        "The currency was not changed",
        f"Could not report in {wanted} because no exchange rate between {was} and {wanted} is loaded.",
        f"Load a sheet of exchange rates first: currency, date, rate; with lines of {wanted}, or of {was} in {wanted}.",
    )


def _parsed(name: str, text: str) -> Value | None:
    if not name.startswith(categories.SETTING):
        return setting(name).parse(text)
    found = categories.parsed(name.removeprefix(categories.SETTING), text)
    return found.kept if found else None


def of_categories(found: Mapping[str, categories.Category | None]) -> dict[str, str]:
    """Return what `change` takes for edited categories: key -> the category, or None to have it as it began."""
    return {categories.SETTING + key: each.said if each else "" for key, each in found.items()}


def known_values(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of the list alone, name -> value."""
    return {name: value for name, value in settings.items() if name in SETTINGS}
