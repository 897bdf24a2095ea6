"""What is set in a workspace, and the one way to set it: page and command line both come through here.

Nearly every setting is read by the definitions, so that a change shows at once and makes no version. The reporting
currency is another matter: amounts are converted as they are read, so another makes all rows again from the uploads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cs_dash.decisions import churn_categories, log, workspace_categories
from cs_dash.decisions import settings as setting_decisions
from cs_dash.decisions.churn_categories import CHURN_CATEGORY, Category
from cs_dash.errors import UnknownOption, WorkspaceBroken
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.intake.results.reports import LoadReport
from cs_dash.pipeline.rebuilding import own_currency, rates_lead, rebuild
from cs_dash.settings import CURRENCY, SETTINGS, check_combination, effective_text, setting
from cs_dash.store.acting import Right, require
from cs_dash.store.workspace import Workspace

TAXONOMY = "Churn reasons"
CATEGORY = "churn category: "
"""What the name of a category's line begins with; its standard name follows, or its key where it has none."""


@dataclass(frozen=True)
class SettingLine:
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
        changed_by: who changed it last; "" where nobody is named.
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
    changed_by: str = ""


@dataclass(frozen=True)
class Decided:
    """What a change did.

    Attributes:
        names: the settings whose value is another than before.
        report: of making the rows again, where the reporting currency changed; else None.
    """

    names: tuple[str, ...]
    report: LoadReport | None = None


def listed(workspace: Workspace) -> tuple[SettingLine, ...]:
    """Return every setting as it stands, by group; the categories of churn reasons last."""
    settings, own = setting_decisions.chosen(workspace), _own_currency(workspace)
    changes = {change.name: change for change in setting_decisions.changes(workspace)}
    lines = []
    for name, entry in SETTINGS.items():
        value = settings.get(name)
        if name == CURRENCY and own:
            value = own
        effective = settings | ({name: value} if value is not None else {})
        last = changes.get(name)
        lines.append(
            SettingLine(
                name, entry.title, entry.group, effective_text(entry, effective), entry.display_text(None),
                entry.format(value),
                entry.unit, entry.description, entry.affects, last.changed_at if last else None,
                entry.display_text(last.before) if last else "", last.person if last else "",
            )
        )  # fmt: skip
    return (*lines, *_category_lines(workspace))


def _category_lines(workspace: Workspace) -> Iterator[SettingLine]:
    changes = {change.name: change for change in setting_decisions.changes(workspace, CHURN_CATEGORY.name)}
    for category in workspace_categories.categories(churn_categories.decided(workspace)):
        key, text = category.key, workspace_categories.written(category)
        standard, last = workspace_categories.standard(key), changes.get(key)
        before = Category.from_dict(key, last.before) if last and last.before else standard or category
        yield SettingLine(
            category_line_name(key), category.name, TAXONOMY, text,
            workspace_categories.written(standard) if standard else "none",
            text if workspace_categories.differing(category) else "", "",
            "Its name, whether the company could have kept the account, whether a payment failed, and words that "
            "assign recorded reasons to it.", "the Churn page", last.changed_at if last else None,
            workspace_categories.written(before) if last else "", last.person if last else "",
        )  # fmt: skip


def _own_currency(workspace: Workspace) -> str | None:
    """Return the currency that the shown rows are in; None where none is named, or where they cannot be read."""
    current = workspace.current()
    try:
        return own_currency(workspace, current) if current else None
    except WorkspaceBroken:  # the other settings can be seen and set all the same
        return None


def change(workspace: Workspace, texts: Mapping[str, str], progress: Progress = no_progress) -> Decided:
    """Set settings, all or none: name -> what was written; "" gives one back to its default.

    Raises:
        NotAllowed: who is acting may not change settings; or the currency changes, and they may not load.
        UnknownOption: a name or a value that cannot be.
        WorkspaceBusy: the currency changes, and another load is running.
        CsDashError: what `rebuild` raises, where the currency changes; nothing is set then.
    """
    require(Right.SETTINGS)
    keys = {
        name: workspace_categories.key_named(name.removeprefix(CATEGORY)) for name in texts if name.startswith(CATEGORY)
    }
    edited = {key: _category(key, texts[name]) for name, key in keys.items()}
    before = setting_decisions.chosen(workspace)
    parsed = {name: setting(name).parse(text) for name, text in texts.items() if not name.startswith(CATEGORY)}
    check_combination({name: value for name, value in (before | parsed).items() if value is not None})
    _check_categories(workspace, edited)
    current = workspace.current() if CURRENCY in parsed else None
    was = own_currency(workspace, current) if current else None
    # What the rows are in is their currency; no setting says otherwise.
    currency = parsed.pop(CURRENCY) if was else None
    entries = [*setting_decisions.entries(parsed), *churn_categories.entries(edited)]
    changes: list[log.Entry] = []
    report = None
    if was and currency and currency != was:
        _check_rates(workspace, was, str(currency))
        report = rebuild(
            workspace, currency=str(currency), progress=progress,
            record=lambda connection, _: changes.extend(log.change_within(connection, entries)),
        )  # fmt: skip
    else:
        changes.extend(log.change(workspace, entries))
    changed = {_name(entry) for entry in changes}
    return Decided(
        (
            *([CURRENCY] if report else []),
            *(_line_name(name, keys) for name in texts if _stored(name, keys) in changed),
        ),
        report,
    )


def category_line_name(key: str) -> str:
    """Return the name of a category's line; a standard category may be stored under a key that it was once called."""
    standard = workspace_categories.standard(key)
    return CATEGORY + (standard.name if standard else key)


def _line_name(name: str, keys: Mapping[str, str]) -> str:
    return category_line_name(keys[name]) if name in keys else name


def _stored(name: str, keys: Mapping[str, str]) -> str:
    return CATEGORY + keys[name] if name in keys else name


def _name(entry: log.Entry) -> str:
    return CATEGORY + entry.subject if entry.kind == CHURN_CATEGORY.name else entry.subject


def _category(key: str, text: str) -> Category | None:
    category = workspace_categories.parsed(key, text)
    return workspace_categories.differing(category) if category else None


def _check_categories(workspace: Workspace, edited: Mapping[str, Category | None]) -> None:
    after = {key: category for key, category in {**churn_categories.decided(workspace), **edited}.items() if category}
    workspace_categories.check(workspace_categories.categories(after))


def _check_rates(workspace: Workspace, was: str, currency: str) -> None:
    """Refuse a currency that no exchange rate leads to: hardly a row would be left. Raises UnknownOption."""
    current = workspace.current()
    if current is None or rates_lead(workspace, current, was, currency):
        return
    raise UnknownOption(
        "The currency was not changed",
        f"Could not report in {currency} because no exchange rate between {was} and {currency} is loaded.",
        f"Load a sheet of exchange rates first: currency, date, rate; with lines of {currency}, or of {was} in "
        f"{currency}.",
    )


def of_categories(edited: Mapping[str, Category | None]) -> dict[str, str]:
    """Return what `change` takes for edited categories: key -> the category, or None to have it as it began."""
    return {
        CATEGORY + key: workspace_categories.written(category) if category else "" for key, category in edited.items()
    }
