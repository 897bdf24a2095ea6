"""One function per command: takes the parsed arguments, prints, returns the exit status."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from cs_dash import pipeline
from cs_dash.answer import json_value
from cs_dash.cli import alignment as alignment_command
from cs_dash.cli import asking, backups, events, goals, labels, links, people, programmes, roadmap, text, topics
from cs_dash.cli import digest as digest_command
from cs_dash.cli import review as review_command
from cs_dash.cli.arguments import column_mapping, opened_file, option_pairs
from cs_dash.cli.watch import Watch, until_told_to_stop
from cs_dash.decisions import churn_categories, churn_reasons
from cs_dash.decisions.workspace_categories import category_named, key_of
from cs_dash.demo import company
from cs_dash.errors import BadInput, CsDashError, UnknownOption
from cs_dash.look.download import csv_text
from cs_dash.pipeline import LoadReport, Workspace
from cs_dash.questions import catalogue, documents
from cs_dash.settings import setting


def load(chosen: Namespace) -> int:
    """Load files and print the report. 1 when no row could be used."""
    return _load(chosen, dry_run=False)


def check(chosen: Namespace) -> int:
    """Say what a load would do, and do nothing."""
    return _load(chosen, dry_run=True)


def _load(chosen: Namespace, *, dry_run: bool) -> int:
    with ExitStack() as stack:
        files = [opened_file(name, stack) for name in chosen.files]
        report = pipeline.load(
            Workspace(chosen.workspace),
            files,
            as_table=chosen.as_table,
            mapping=column_mapping(chosen.mapping),
            options=option_pairs(chosen.option),
            dry_run=dry_run,
        )
    _print(report.as_dict() if chosen.json else text.load_report(report, dry_run=dry_run), as_json=chosen.json)
    return 0 if report.usable else 1


def watch(chosen: Namespace) -> int:
    """Load whatever appears in a folder, until told to stop, or once.

    Once: 0 when everything new was loaded or nothing is new, 1 when no row of it could be used, 2 when it could not.
    """
    if not chosen.folder.is_dir():
        raise BadInput(
            "No such folder",
            f"Could not watch {chosen.folder} because it is not a folder.",
            "Create it, or name another.",
        )
    if not chosen.every > 0:
        raise UnknownOption(
            "Not an interval", f"Could not check every {chosen.every:g} seconds.", "Give a number above 0."
        )

    def tell(message: LoadReport | CsDashError | str) -> None:
        _tell(message, as_json=chosen.json)

    options = option_pairs(chosen.option)
    pipeline.check_options(options)
    watched = Watch(chosen.folder, Workspace(chosen.workspace), tell, options)
    with until_told_to_stop(watched.stop):
        if chosen.once:
            watched.once()
        else:
            print(f"Watching {chosen.folder}; stop it with Ctrl+C.", file=sys.stderr, flush=True)
            watched.run(chosen.every)
    if not chosen.once:
        return 0
    return 2 if watched.failed else 1 if watched.usable is False else 0


def _tell(message: LoadReport | CsDashError | str, *, as_json: bool) -> None:
    """Print a load's report, or on standard error what could not be done; as JSON one object a line on one stream."""
    if isinstance(message, LoadReport):
        _print(message.as_dict() if as_json else text.load_report(message, dry_run=False), as_json=as_json)
    elif as_json:
        error = message.as_dict() if isinstance(message, CsDashError) else {"title": "", "message": message, "hint": ""}
        _print({"error": error}, as_json=True)
    else:
        print(
            f"{message.title}. {message.message} {message.hint}" if isinstance(message, CsDashError) else message,
            file=sys.stderr,
        )
    sys.stdout.flush()


def ask(chosen: Namespace) -> int:
    """Ask a question and print the answer. 1 when there is no data for it."""
    answer = asking.answered(chosen)
    if chosen.csv:
        sys.stdout.write(csv_text(answer))
    else:
        _print(answer.as_dict() if chosen.json else text.answer(answer), as_json=chosen.json)
    return 1 if answer.missing_tables else 0


def questions(chosen: Namespace) -> int:
    """List the questions."""
    listed = [
        {
            "question": question.name,
            "title": question.title,
            "options": {k: list(v) for k, v in question.options.items()},
        }
        for question in catalogue.questions().values()
    ]
    _print({"questions": listed} if chosen.json else text.questions(listed), as_json=chosen.json)
    return 0


def versions(chosen: Namespace) -> int:
    """List the versions, oldest first. 1 when there is none."""
    workspace = Workspace(chosen.workspace)
    current = workspace.current()
    listed = [
        {key: json_value(value) for key, value in asdict(version).items()}
        | {"current": current is not None and version.number == current.number}
        for version in pipeline.versions(workspace)
    ]
    _print({"versions": listed} if chosen.json else text.versions(listed), as_json=chosen.json)
    return 0 if listed else 1


def undo(chosen: Namespace) -> int:
    """Take the newest version back."""
    version = pipeline.undo(Workspace(chosen.workspace))
    number = version.number if version else None
    words = f"Version {number} is current again." if number else "No data are loaded any more."
    _print({"version": number} if chosen.json else words, as_json=chosen.json)
    return 0


def redo(chosen: Namespace) -> int:
    """Show the version that was undone last again."""
    version = pipeline.redo(Workspace(chosen.workspace))
    words = f"Version {version.number} is shown again."
    _print({"version": version.number} if chosen.json else words, as_json=chosen.json)
    return 0


def rebuild(chosen: Namespace) -> int:
    """Make the shown version again from its uploads, and print what became of their rows."""
    report = pipeline.rebuild(Workspace(chosen.workspace), password=chosen.password)
    _print(report.as_dict() if chosen.json else text.load_report(report, dry_run=False), as_json=chosen.json)
    return 0


def place(chosen: Namespace) -> int:
    """Remember the category of a recorded churn reason, or forget it."""
    workspace = Workspace(chosen.workspace)
    decided = churn_categories.decided(workspace)
    category = category_named(chosen.category, decided)
    churn_reasons.decide(workspace, {chosen.reason: key_of(category, decided)})
    words = f"{chosen.reason} is assigned to {category}." if category else f"{chosen.reason} is assigned by rule again."
    _print({"reason": chosen.reason, "category": category} if chosen.json else words, as_json=chosen.json)
    return 0


def settings(chosen: Namespace) -> int:
    """List the settings, or change those that are given. 1 when they were so already."""
    workspace = Workspace(chosen.workspace)
    texts = {}
    for line in chosen.given:
        name, sign, value = line.partition("=")
        if not sign:
            setting(name.strip())
            raise UnknownOption("No value", f"Could not set {name} because no value was given.", f"Write {name}=VALUE.")
        texts[name.strip()] = value.strip()
    decided = pipeline.change(workspace, texts)
    lines = [line for line in pipeline.listed(workspace) if not texts or line.name in {*texts, *decided.names}]
    listed = [{key: json_value(value) for key, value in asdict(line).items()} for line in lines]
    changed = {"changed": list(decided.names)} if texts else {}
    load = {"load": decided.report.as_dict()} if decided.report else {}
    words = text.settings(lines, decided if texts else None)
    _print({"settings": listed} | changed | load if chosen.json else words, as_json=chosen.json)
    return 0 if decided.names or not texts else 1


def label(chosen: Namespace) -> int:
    """Remember what tickets are, from a file or by type. 1 when it names none, or there is nothing to take back."""
    facts, words, done = labels.label(
        Workspace(chosen.workspace), chosen.file, chosen.type, option_pairs(chosen.option)
    )
    _print(facts if chosen.json else words, as_json=chosen.json)
    return 0 if done else 1


def item(chosen: Namespace) -> int:
    """Keep what somebody decides of a roadmap item. 1 when no row of an imported file stands for one."""
    facts, words, done = roadmap.decide(chosen)
    _print(facts if chosen.json else words, as_json=chosen.json)
    return 0 if done else 1


def demo(chosen: Namespace) -> int:
    """Write the demo company's files."""
    files = company.write(chosen.folder)
    words = "\n".join(str(file) for file in files)
    _print({"files": [str(file) for file in files]} if chosen.json else words, as_json=chosen.json)
    return 0


def template(chosen: Namespace) -> int:
    """Write the template workbook."""
    if chosen.file.suffix.lower() != ".xlsx":
        raise UnknownOption(
            "Not a workbook", f"Could not write {chosen.file} because its name does not end in .xlsx.", "Rename it."
        )
    from cs_dash.intake.workbooks.template import (
        write_template,  # with what writes workbooks, which takes long to import
    )

    write_template(chosen.file)
    _print({"file": str(chosen.file)} if chosen.json else f"Wrote {chosen.file}.", as_json=chosen.json)
    return 0


def docs(chosen: Namespace) -> int:
    """Write docs/metrics.md, docs/data-format.md and docs/exports.md."""
    written = documents.write(chosen.folder)
    words = "\n".join(str(file) for file in written)
    _print({"files": [str(file) for file in written]} if chosen.json else words, as_json=chosen.json)
    return 0


def _deciding(decide: Callable[[Namespace], tuple[dict[str, Any], str]]) -> Callable[[Namespace], int]:
    """Return the command that records what somebody decides, or lists it: facts for JSON, or words."""

    def command(chosen: Namespace) -> int:
        facts, words = decide(chosen)
        _print(facts if chosen.json else words, as_json=chosen.json)
        return 0

    return command


topic, event, goal = map(_deciding, (topics.decide, events.decide, goals.decide))
alignment, person = map(_deciding, (alignment_command.decide, people.decide))
programme, link = map(_deciding, (programmes.decide, links.decide))
review, digest = map(_deciding, (review_command.make, digest_command.make))
backup, restore = map(_deciding, (backups.back_up, backups.restore))


def _print(output: dict[str, Any] | str, *, as_json: bool) -> None:
    print(json.dumps(output, ensure_ascii=False, default=str) if as_json else output)
