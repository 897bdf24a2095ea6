"""Finding a browser: in which order, and what is said when there is none. Needs no browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import chromium

Fake = Callable[..., Path]
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot start the shell scripts that pretend to be browsers here"
)


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Put pretended programs on a path that holds nothing else, on a machine that is otherwise empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "playwrights_own", lambda: "")

    def program(name: str, *lines: str) -> Path:
        path = tmp_path / name
        path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        path.chmod(0o755)
        return path

    return program


def test_a_browser_on_the_path_is_taken(fake: Fake) -> None:
    fake("google-chrome")
    preferred = fake("chromium")
    assert chromium.find_chromium() == str(preferred)


def test_one_that_does_not_start_is_passed_over(fake: Fake) -> None:
    fake("chromium", "exit 127")
    works = fake("google-chrome")
    assert chromium.find_chromium() == str(works)


def test_playwrights_own_is_the_last_choice(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    own = fake("chrome-of-playwright")
    monkeypatch.setattr(chromium, "playwrights_own", lambda: str(own))
    assert chromium.find_chromium() == str(own)


def test_the_named_one_wins(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake("chromium")
    configured = fake("my-browser")
    monkeypatch.setenv("CHROMIUM", str(configured))
    assert chromium.find_chromium() == str(configured)


def test_a_named_one_that_does_not_start_is_not_replaced_in_silence(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake("chromium")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "absent"))
    with pytest.raises(chromium.NoBrowser, match="absent does not start"):
        chromium.install_chromium()


def test_without_any_the_sentence_says_what_to_do(fake: Fake) -> None:
    with pytest.raises(chromium.NoBrowser, match="name one in CHROMIUM, or run"):
        chromium.find_chromium()


def test_the_download_comes_before_the_package_manager(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chromium, "download_with_playwright", lambda: str(fake("chromium")))
    monkeypatch.setattr(chromium, "install_with_apt", lambda: pytest.fail("apt was asked"))
    assert chromium.install_chromium().endswith("/chromium")


def test_apt_is_asked_once_and_a_missing_typeface_is_no_failure(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A pretended apt-get "installs" the browser, and fails for the typeface."""
    log = tmp_path / "log"
    fake(
        "apt-get",
        f'echo "$@" >> {log}',
        'case "$*" in *noto* | *shell) exit 100 ;; *chromium) '
        + f"/bin/cp {fake('blueprint')} {tmp_path / 'chromium'} ;; esac",
    )
    fake("env", "shift", 'exec "$@"')
    monkeypatch.setattr(chromium, "_without_password", list)
    monkeypatch.setattr(chromium, "download_with_playwright", lambda: "Playwright's download ended with status 1")
    assert chromium.install_chromium() == str(tmp_path / "chromium")
    commands = log.read_text().splitlines()
    assert [line.split()[0] for line in commands] == ["update", *["install"] * 3]  # no shell, the browser, no typeface


def test_when_all_fails_everything_tried_is_told(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake("apt-get", "exit 100")
    fake("env", "shift", 'exec "$@"')
    monkeypatch.setattr(chromium, "_without_password", list)
    monkeypatch.setattr(chromium, "download_with_playwright", lambda: "Playwright's download ended with status 1")
    with pytest.raises(chromium.NoBrowser) as caught:
        chromium.install_chromium()
    assert "Playwright's download ended with status 1" in str(caught.value)
    assert "apt-get update ended with status 100" in str(caught.value)


def test_as_a_program_it_prints_the_path_and_nothing_else(fake: Fake) -> None:
    path = fake("chromium")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.chromium"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"{path}\n")
