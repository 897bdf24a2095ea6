"""Sign-in in a browser, by a provider: in, what the role opens, out, and the end of a session."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cs_dash.decisions import people
from cs_dash.decisions.people import Person
from cs_dash.store.workspace import Workspace
from tests.browser.axe import RULES, violations
from tests.browser.server import free_port
from tests.signed_in import oidc, server

pytestmark = pytest.mark.browser
PATIENCE = 60


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An OpenID Connect provider on this machine, at which everybody is who they say."""
    port = free_port()
    log = (tmp_path_factory.mktemp("provider") / "log.txt").open("wb")
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with log, subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as process:
        base = f"http://localhost:{port}"
        try:
            for _ in range(PATIENCE * 10):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"{base}/.well-known/openid-configuration"):
                    break
                time.sleep(0.1)
            yield base
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def company_of_people(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    import shutil

    folder = tmp_path_factory.mktemp("people") / "workspace"
    shutil.copytree(demo_workspace.folder, folder)
    workspace = Workspace(folder)
    people.add(workspace, Person("ana@example.com", "admin"))
    people.add(workspace, Person("vi@example.com", "viewer"))
    return workspace


def settings_of(provider: str, **more: str) -> dict[str, str]:
    return oidc(CS_DASH_OIDC_METADATA_URL=f"{provider}/.well-known/openid-configuration") | more


@pytest.fixture(scope="module")
def signed(company_of_people: Workspace, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(company_of_people.folder, tmp_path_factory.mktemp("signed"), settings_of(provider)) as base:
        yield base


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    made.set_default_timeout(PATIENCE * 1000)
    yield made
    made.close()


def sign_in(tab: Page, email: str) -> None:
    """Follow the link of the page that says how to come in, and be somebody at the provider."""
    tab.get_by_role("link", name="Sign in").click()
    tab.locator("input[name=sub]").fill(email)
    tab.get_by_role("button", name="Authorize").click()


def test_a_visitor_signs_in_and_comes_to_the_page_that_was_wanted(signed: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.goto(f"{signed}/renewals?period=6m")
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
    assert violations(tab, RULES) == []
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Sign in"
    sign_in(tab, "vi@example.com")
    expect(tab.get_by_role("heading", name="Renewals", level=1)).to_be_visible(timeout=PATIENCE * 1000)
    assert tab.url == f"{signed}/renewals?period=6m"
    rail = tab.get_by_role("navigation", name="Pages")
    expect(rail.get_by_text("vi@example.com")).to_be_visible()
    expect(rail.get_by_role("link", name="Retention")).to_be_visible()
    for page in ("Upload", "Settings", "People", "Loads"):
        expect(rail.get_by_role("link", name=page)).to_have_count(0)


def test_who_signs_out_is_out_in_every_tab(signed: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.goto(signed)
    sign_in(tab, "ana@example.com")
    rail = tab.get_by_role("navigation", name="Pages")
    expect(rail.get_by_role("link", name="People")).to_be_visible()
    other = context.new_page()
    other.goto(f"{signed}/people")
    expect(other.get_by_role("heading", name="People", level=1)).to_be_visible(timeout=PATIENCE * 1000)
    rail.get_by_role("link", name="Sign out").click()
    tab.wait_for_url("**/end_session**")
    other.get_by_role("navigation", name="Pages").get_by_role("link", name="Settings").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible(timeout=PATIENCE * 1000)
    expect(other.get_by_role("button", name="Save")).to_have_count(0)
    tab.goto(f"{signed}/people")
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_stranger_is_told_whom_to_ask(signed: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.goto(f"{signed}/accounts")
    sign_in(tab, "eve@example.com")
    expect(tab.get_by_role("heading", name="You have no access yet")).to_be_visible()
    expect(tab.get_by_text("signed in as eve@example.com")).to_be_visible()
    assert violations(tab, RULES) == []
    tab.get_by_role("link", name="Use another account").click()
    tab.wait_for_url("**/end_session**")
    tab.goto(f"{signed}/accounts")
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_admin_adds_a_person_changes_the_role_and_removes_the_person(
    signed: str, context: BrowserContext, company_of_people: Workspace
) -> None:
    tab = context.new_page()
    tab.goto(f"{signed}/people")
    sign_in(tab, "ana@example.com")
    tab.get_by_label("E-mail").fill("New@example.com")
    tab.get_by_role("button", name="Add person").click()
    expect(tab.get_by_text("new@example.com may sign in as Viewer.")).to_be_visible(timeout=PATIENCE * 1000)
    tab.goto(f"{signed}/people?person=new@example.com")
    change = tab.locator(".st-key-person_change")  # the form to add a person has a role as well, and comes first
    change.get_by_role("combobox", name="Role").click()
    tab.get_by_role("option", name="CS leader").click()
    change.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("new@example.com is CS leader now.")).to_be_visible(timeout=PATIENCE * 1000)
    assert people.person_of(company_of_people, "new@example.com") == Person("new@example.com", "leader")
    tab.goto(f"{signed}/people?person=new@example.com")
    tab.get_by_role("button", name="Remove", exact=True).click()
    tab.get_by_role("button", name="Remove this person").click()
    expect(tab.get_by_text("new@example.com may no longer sign in.")).to_be_visible(timeout=PATIENCE * 1000)
    assert people.person_of(company_of_people, "new@example.com") is None
    assert people.history(company_of_people)[-1].person == "ana@example.com"


def test_a_session_ends_while_a_page_stands_open(
    company_of_people: Workspace, provider: str, tmp_path: Path, context: BrowserContext
) -> None:
    settings = settings_of(provider, CS_DASH_SESSION_HOURS="0.004")
    with server(company_of_people.folder, tmp_path, settings) as base:
        tab = context.new_page()
        tab.goto(base)
        sign_in(tab, "vi@example.com")
        rail = tab.get_by_role("navigation", name="Pages")
        expect(rail.get_by_role("link", name="Retention")).to_be_visible()
        tab.wait_for_timeout(15_000)  # a sign-in counts for 14 seconds here
        rail.get_by_role("link", name="Retention").click()
        expect(tab.get_by_role("heading", name="Your session has ended")).to_be_visible(timeout=PATIENCE * 1000)
        tab.reload()
        expect(tab.get_by_role("heading", name="Your session has ended")).to_be_visible()
        sign_in(tab, "vi@example.com")
        expect(tab.get_by_role("heading", name="Retention", level=1)).to_be_visible(timeout=PATIENCE * 1000)
