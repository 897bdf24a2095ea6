"""Attempts to see more by a shared link than it shows, on a running server: nothing outside of it comes through."""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cs_dash import page_registry as registry
from cs_dash import pipeline
from cs_dash.decisions import links, people
from cs_dash.decisions.links import ShareLink
from cs_dash.decisions.people import Person
from cs_dash.metrics import open_warehouse
from cs_dash.sharing.audit_trail import audit_trail
from cs_dash.sharing.links import NEVER_SHARED, create_link, opened_pages, revoke_link
from cs_dash.store.workspace import Workspace
from tests.signed_in import Run, Visitor, cookie, oidc, query, server

ADMIN = "ana@example.com"
SHARED = tuple(page.name for page in registry.pages() if page.name not in NEVER_SHARED)
CLOSED = [page.name for page in registry.pages() if page.name not in opened_pages(["churn"])]
MONEY = re.compile(r"€\s?[\d.,]+\s?[kM]?")
SHUT = "This link does not open anything"


@dataclass(frozen=True)
class Company:
    """The demo company with links to it.

    Attributes:
        workspace: its workspace.
        names: the names of its customers.
        domains: their e-mail domains.
        outside: (id, name) of customers that are not SMB.
        hidden: the id of a link to all pages without names and amounts.
        small: the id of a link to the churn of SMB customers.
        frozen: the id of one that is frozen, and lets nobody see live figures.
    """

    workspace: Workspace
    names: tuple[str, ...]
    domains: tuple[str, ...]
    outside: tuple[tuple[str, str], ...]
    hidden: str
    small: str
    frozen: str


@pytest.fixture(scope="module")
def company(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("linked") / "demo"
    shutil.copytree(demo_workspace.folder, folder)
    workspace = Workspace(folder)
    version = workspace.current()
    assert version is not None
    pipeline.record_demo_roadmap(workspace, version)
    people.add(workspace, Person(ADMIN, "admin"))
    warehouse = open_warehouse(workspace.file_of(version))
    rows = warehouse.query("select account_id, account, domain, segment from accounts").to_pylist()
    warehouse.close()
    small = ShareLink(pages=("churn",), filters=(("segment", ("SMB",)),))
    return Company(
        workspace,
        tuple(row["account"] for row in rows),
        tuple(row["domain"] for row in rows if row["domain"]),
        tuple((row["account_id"], row["account"]) for row in rows if row["segment"] != "SMB"),
        create_link(workspace, ShareLink(pages=SHARED, hide_names=True, hide_money=True))[0],
        create_link(workspace, small)[0],
        create_link(workspace, replace(small, frozen=True))[0],
    )


@pytest.fixture(scope="module")
def base(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(company.workspace.folder, tmp_path_factory.mktemp("served"), oidc()) as address:
        yield address


def sent(run: Run | None) -> str:
    """Return all that a run sent, the text of its tables and charts too."""
    assert run is not None
    content = b"\n".join(message.SerializeToString() for message in run.messages)
    return html.unescape(content.decode("utf-8", "ignore"))


def outside_of(company: Company, text: str) -> list[str]:
    """Return the names of customers in a text that the link of SMB customers does not show."""
    return [name for _, name in company.outside if name in text]


@pytest.mark.parametrize("page", SHARED)
def test_no_customer_and_no_amount_is_in_what_is_sent(page: str, base: str, company: Company) -> None:
    visitor, admin = Visitor(base), Visitor(base, {"Cookie": cookie(base, ADMIN)})
    run = visitor.page(page, query(link=company.hidden))
    text = sent(run)
    assert run is not None
    assert run.heading
    files = sorted(set(re.findall(r"/media/[0-9a-f]+\.[a-z]+", text)))
    text += "".join(visitor.get(file).text for file in files)
    text += visitor.get(f"/rail.json?{query(link=company.hidden)}").text
    text += visitor.get(f"/{page}?{query(link=company.hidden)}").text
    folded = text.casefold()
    assert [name for name in company.names if name.casefold() in folded] == []
    assert [domain for domain in company.domains if domain.casefold() in folded] == []
    amounts = set(MONEY.findall(sent(admin.page(page))))
    assert {amount for amount in amounts if amount in text} == set()


def test_the_crawl_sees_names_and_amounts_where_they_are(base: str, company: Company) -> None:
    text = sent(Visitor(base, {"Cookie": cookie(base, ADMIN)}).page("accounts"))
    assert len([name for name in company.names if name in text]) > 40
    assert MONEY.search(text)


@pytest.mark.parametrize("find", ["kalt", "gmbh", "a", "ltd", "acc-1", "com"])
def test_the_search_names_nobody(find: str, base: str, company: Company) -> None:
    text = Visitor(base).get(f"/search.json?{query(link=company.hidden, find=find)}").text
    assert [name for name in company.names if name in text] == []
    assert Visitor(base).get(f"/search.json?{query(find=find)}").status == 401


@pytest.mark.parametrize("page", CLOSED)
def test_another_page_is_closed(page: str, base: str, company: Company) -> None:
    run = Visitor(base).page(page, query(link=company.small))
    assert run is not None
    assert "is not part of this link" in run.html
    assert 'data-figure="' not in run.html
    assert [name for name in company.names if name in sent(run)] == []


WIDER = (
    {"f.segment": "Enterprise"}, {"f.segment": "Mid-market"}, {"f.segment": ""}, {"f.region": "DACH"}, {"f.csm": "x"},
    {"period": "all"}, {"period": "custom", "from": "2000-01-01", "to": "2100-01-01"}, {"as_of": "2025-01-01"},
    {"compare": "none"}, {"as_table": "churn_reasons"}, {"as_table": "churn_by"}, {"sort": "mrr"}, {"find": "GmbH"},
    {"columns": "account"}, {"open": "{id}"}, {"account": "{id}"}, {"ticket": "114962"}, {"topic": "t-1"},
    {"dimension": "segment"}, {"dimension": "csm"}, {"field": "segment", "first": "Enterprise"}, {"movement": "churn"},
    {"mark": "{id}"}, {"drawer.open": "{id}"}, {"drawer.find": "GmbH"}, {"live": "yes"}, {"live": "no"},
    {"share": "yes"}, {"save": "yes"}, {"revoke": "x"}, {"reader": "local"}, {"person": "ana@example.com"},
    {"role": "admin"}, {"workspace": "../.."}, {"link ": "x"}, {"LINK": "x"}, {"rows": "2"},
    {"find": "{name}"}, {"reason": "Price"},
    {"tab": "all"}, {"wanted": "{}"}, {"f.account_id": "{id}"}, {"f.account": "{name}"}, {"f.domain": "x"},
)  # fmt: skip


@pytest.mark.parametrize("choices", WIDER, ids=str)
def test_no_parameter_shows_more(choices: dict[str, str], base: str, company: Company) -> None:
    account, name = company.outside[0]
    asked = {key: value.replace("{id}", account).replace("{name}", name) for key, value in choices.items()}
    run = Visitor(base).page("churn", query(link=company.small, **asked))
    assert run is not None
    # What somebody wrote into the address stands in its links again.
    assert [seen for seen in outside_of(company, sent(run)) if seen not in asked.values()] == []
    assert not {widget for widget in run.widgets if widget.startswith(("form", "file_uploader"))}
    assert "of 360 accounts" not in sent(run)


@pytest.mark.parametrize(
    "asked", ["link={small}&link={unknown}", "link={unknown}", "link=", "link={small}x", "link=%00"]
)
def test_an_address_without_a_link_that_opens_shows_nothing(asked: str, base: str, company: Company) -> None:
    text = asked.format(small=company.small, unknown="A" * 22)
    run = Visitor(base).page("churn", text)
    assert [name for name in company.names if name in sent(run)] == []
    answer = Visitor(base).get(f"/churn?{text}")
    assert 'data-figure="' not in answer.text
    assert "Sign in" in answer.text or SHUT in answer.text


def test_who_guesses_ids_is_told_to_wait(base: str, company: Company) -> None:
    statuses = [Visitor(base).get(f"/churn?link=guess-{at}").status for at in range(40)]
    assert 429 in statuses
    assert set(statuses) <= {403, 429}
    assert Visitor(base).get(f"/churn?{query(link=company.small)}").status == 200, "a link that opens is not counted"


@pytest.mark.parametrize("path", ["/_stcore/upload_file/s/f", "/upload", "/settings", "/people", "/links", "/metrics"])
def test_by_a_link_nobody_writes_and_nobody_manages(path: str, base: str, company: Company) -> None:
    before = [line.row() for line in audit_trail(company.workspace) if line.what != "opened a link"]
    for method in ("PUT", "POST", "DELETE"):
        answer = Visitor(base).get(f"{path}?{query(link=company.small)}", method, b"x")
        assert answer.status in (400, 401, 403, 404, 405, 415, 422)
    assert [line.row() for line in audit_trail(company.workspace) if line.what != "opened a link"] == before


@pytest.mark.parametrize(
    "widget", ["Create link", "Save view", "Revoke link", "Save decision", "Undo load", "Load files"]
)
def test_a_click_on_what_is_not_on_the_page_does_nothing(widget: str, base: str, company: Company) -> None:
    before = len(links.links(company.workspace))
    seen = Visitor(base, {"Cookie": cookie(base, ADMIN)}).page("churn", query(share="yes"))
    assert seen is not None
    ids = re.findall(r'id: "(\$\$ID-[^"]+)"', seen.text)
    values = [(each, True) for each in (*ids[:50], widget)]
    run = Visitor(base).page("churn", query(link=company.small, share="yes"), values)
    assert outside_of(company, sent(run)) == []
    assert len(links.links(company.workspace)) == before


def test_who_is_signed_in_sees_by_a_link_what_others_see(base: str, company: Company) -> None:
    run = Visitor(base, {"Cookie": cookie(base, ADMIN)}).page("churn", query(link=company.small))
    assert run is not None
    assert outside_of(company, sent(run)) == []
    assert not {widget for widget in run.widgets if widget.startswith(("form", "file_uploader"))}


def test_a_frozen_link_that_does_not_allow_it_shows_no_live_figures(base: str, company: Company) -> None:
    run = Visitor(base).page("churn", query(link=company.frozen, live="yes"))
    assert run is not None
    assert 'data-figure="' not in run.html
    frozen = Visitor(base).page("churn", query(link=company.frozen))
    assert frozen is not None
    assert "(frozen)" in frozen.html


def test_the_files_of_a_link_end_with_it(base: str, company: Company) -> None:
    link_id, _ = create_link(company.workspace, ShareLink(pages=("churn",), filters=(("segment", ("SMB",)),)))
    visitor = Visitor(base)
    with visitor.open_page("churn", query(link=link_id)) as (run, file):
        ids = [message.delta.new_element.download_button.deferred_file_id for message in run.messages]
        csv, *others = [each for each in ids if each]
        address = file(csv)
        assert "account" in visitor.get(address).text.partition(",")[0]
        revoke_link(company.workspace, link_id)
        assert visitor.get(address).status == 401
        assert others
        with pytest.raises(TimeoutError):
            file(others[0], 3)
    after = visitor.page("churn", query(link=link_id))
    assert after is not None
    assert SHUT in after.html
    assert outside_of(company, sent(after)) == []


def test_a_link_ends_on_its_day(base: str, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    link_id, _ = create_link(company.workspace, ShareLink(pages=("churn",)), expires=expires)
    while dt.datetime.now(dt.UTC) < expires:
        pass
    assert "This link has expired" in Visitor(base).get(f"/churn?{query(link=link_id)}").text


def test_openings_are_counted_and_recorded_without_the_id(base: str, company: Company, tmp_path: Path) -> None:
    link_id, made = create_link(company.workspace, ShareLink(pages=("churn",)))
    Visitor(base).page("churn", query(link=link_id))
    Visitor(base).page("churn", query(link=link_id))
    assert links.named(company.workspace, made.handle).openings == 2
    lines = [line for line in audit_trail(company.workspace) if line.who == f"link {made.handle}"]
    assert [(line.what, line.about) for line in lines] == [("opened a link", "churn")] * 2
    for file in company.workspace.folder.rglob("*"):
        assert link_id.encode() not in (file.read_bytes() if file.is_file() else b"")
