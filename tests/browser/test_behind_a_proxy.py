"""The app as `hosting/` says: a proxy with TLS in front of it, and a browser that comes through that proxy."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from cs_dash.cli.main import main
from cs_dash.store.workspace import Workspace
from cs_dash.ui.server.client_address import TRUSTED_PROXIES
from cs_dash.ui.server.own_origin import ALLOWED_HOSTS
from cs_dash.ui.server.sign_in_settings import OPEN, PROXY, SIGN_IN
from cs_dash.ui.server.warm_up import COMPUTE_AHEAD
from tests.browser.chromium import ARGUMENTS
from tests.browser.server import ROOT, free_port, running_server

NAME = "dash.example.com"
LONG = 60_000
HOSTING = ROOT / "hosting"
PATIENCE = 20.0


@dataclass(frozen=True)
class Hosted:
    """A hosted app: its address for browsers, the proxy's ports, the app's own address, and where all log."""

    base: str
    port: int
    plain_port: int
    app: str
    logs: Path

    def answer(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage]:
        """Return status and headers of an answer through the proxy."""
        context = ssl._create_unverified_context()
        with closing(http.client.HTTPSConnection(NAME, self.port, context=context, timeout=30)) as connection:
            raw = socket.create_connection(("127.0.0.1", self.port))
            connection.sock = context.wrap_socket(raw, server_hostname=NAME)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers


def program(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")
    if path is None:
        pytest.skip(f"there is no {name} on this machine")
    return path


def nginx(folder: Path, app_port: int, port: int, plain_port: int) -> list[str]:
    """Return the command that starts nginx with our configuration, moved to a folder and to free ports."""
    command = [program("nginx")]
    certificate = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-subj", f"/CN={NAME}", "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*certificate, *files], check=True, capture_output=True)
    site = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    for place, own in {
        f"/etc/letsencrypt/live/{NAME}": folder, "/var/log/nginx": folder,
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;", "http://127.0.0.1:8501": f"http://127.0.0.1:{app_port}",
    }.items():  # fmt: skip
        assert place in site
        site = site.replace(place, str(own))
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid;\nevents {{}}\nhttp {{\n{paths}{site}\n}}\n", encoding="utf-8"
    )
    return [*command, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors.log"),
            "-g", "daemon off;"]  # fmt: skip


def caddy(folder: Path, app_port: int | str, port: int, plain_port: int) -> list[str]:
    """Return the command that starts Caddy with our configuration, on free ports and without a public certificate."""
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    options = (
        f"{{\n\thttp_port {plain_port}\n\thttps_port {port}\n\tadmin off\n\tskip_install_trust\n\tlocal_certs\n}}\n"
    )
    site = (HOSTING / "Caddyfile").read_text(encoding="utf-8")
    (folder / "Caddyfile").write_text(
        options
        + site.replace("{$CS_DASH_NAME:localhost}", NAME).replace(
            APPS, app_port if isinstance(app_port, str) else f"127.0.0.1:{app_port}"
        ),
        encoding="utf-8",
    )
    return command


APPS = "{$CS_DASH_APP:app:8501 app2:8501}"


def listens(port: int) -> bool:
    """Return whether a proxy takes connections and has its certificate: Caddy makes one after it began to listen."""
    try:
        with closing(socket.create_connection(("127.0.0.1", port))) as raw:
            ssl._create_unverified_context().wrap_socket(raw, server_hostname=NAME).close()
    except OSError:
        return False
    return True


@contextmanager
def proxy(command: list[str], folder: Path, port: int) -> Iterator[None]:
    environment = os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with (folder / "proxy.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while not listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((folder / "proxy.log").read_text(encoding="utf-8")[-2000:])
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


Command = Callable[[Path, int, int, int], list[str]]


@contextmanager
def hosted_app(kind: Command, workspace: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Hosted]:
    """The app with a proxy in front of it, both on free ports; their logs are in the folder."""
    port, plain_port = free_port(), free_port()
    usual: dict[str, str] = {ALLOWED_HOSTS: f"{NAME}:{port}", TRUSTED_PROXIES: "127.0.0.1", COMPUTE_AHEAD: "off"}
    with running_server(workspace, folder / "app.log", usual | dict(environment)) as app:
        command = kind(folder, int(app.rpartition(":")[2]), port, plain_port)
        with proxy(command, folder, port):
            yield Hosted(f"https://{NAME}:{port}", port, plain_port, app, folder)


@contextmanager
def browser_tab(chromium: str) -> Iterator[Page]:
    """A tab for which our name is this machine, and which takes a certificate that nobody signed."""
    arguments = [*ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_context(ignore_https_errors=True, locale="en-GB").new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield page
        browser.close()
    assert errors == []


def assert_not_logged(text: str, hosted: Hosted) -> None:
    for file in hosted.logs.glob("*.log"):
        assert text not in file.read_text(encoding="utf-8", errors="replace"), file


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def hosted(
    request: pytest.FixtureRequest, demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("hosted")
    folder.chmod(0o755)  # nginx gives up root's rights
    with hosted_app(request.param, demo_workspace.folder, folder, {OPEN: "true"}) as app:
        yield app


@pytest.fixture
def page_through(hosted: Hosted, chromium: str) -> Iterator[Page]:
    with browser_tab(chromium) as page:
        yield page


def test_pages_and_uploads_come_through(hosted: Hosted, page_through: Page, tmp_path: Path) -> None:
    page = page_through
    page.goto(f"{hosted.base}/churn?segment=Enterprise")
    expect(page.locator("h1")).to_have_text("Churn", timeout=LONG)
    expect(page.get_by_text("Avoidable churn").first).to_be_visible(timeout=LONG)
    assert page.evaluate("isSecureContext")

    large = tmp_path / "accounts.csv"  # larger than a proxy takes unless it is told
    large.write_text("Account ID,Account name,Segment\n" + "A1,Nordwind,SMB\n" * 200_000, encoding="utf-8")
    page.goto(f"{hosted.base}/upload")
    page.locator("input[type=file]").wait_for(state="attached", timeout=LONG)
    page.locator("input[type=file]").set_input_files(str(large))
    expect(page.get_by_text("200,000 rows read", exact=False).first).to_be_visible(timeout=LONG)
    assert_not_logged("Enterprise", hosted)


def test_the_proxy_gives_tls_and_no_measurements(hosted: Hosted) -> None:
    status, headers = hosted.answer("/healthz", **{"X-Forwarded-Proto": "http", "X-Forwarded-For": "127.0.0.1"})
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert hosted.answer("/metrics")[0] == 404
    assert hosted.answer("/metrics", **{"X-Forwarded-For": "127.0.0.1"})[0] == 404
    with closing(http.client.HTTPConnection("127.0.0.1", hosted.plain_port, timeout=30)) as plain:
        plain.request("GET", "/churn?segment=SMB", headers={"Host": NAME})
        answer = plain.getresponse()
        assert answer.status in (301, 308)
        assert answer.headers["Location"].startswith(f"https://{NAME}")
        assert answer.headers["Location"].endswith("/churn?segment=SMB")


@pytest.mark.parametrize("kind", [nginx, caddy])
def test_a_link_opens_and_a_claim_of_the_browser_does_not(
    kind: Command, demo_workspace: Workspace, chromium: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o755)
    workspace = shutil.copytree(demo_workspace.folder, tmp_path / "workspace")
    for command in ("person add ana@example.com --role admin", "link create --page churn --hide names"):
        assert main([*command.split(), "--json", "--workspace", str(workspace)]) == 0
    link_id = json.loads(capsys.readouterr().out.splitlines()[-1])["id"]
    with hosted_app(kind, workspace, tmp_path, {SIGN_IN: PROXY}) as hosted:
        for headers in ({}, {"X-Forwarded-Email": "ana@example.com"}):
            assert hosted.answer("/rail.json", **headers)[0] == 401
        with browser_tab(chromium) as page:
            page.goto(f"{hosted.base}/churn?link={link_id}")
            expect(page.get_by_text("Avoidable churn").first).to_be_visible(timeout=LONG)
            expect(page.get_by_label("About this link")).to_be_visible()
            page.goto(f"{hosted.base}/churn")
            expect(page.locator("h1")).not_to_have_text("Churn", timeout=LONG)
        assert_not_logged(link_id, hosted)


class Process(http.server.BaseHTTPRequestHandler):
    """Stands for one process of the app: it answers with its port."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("X-Process", str(self.connection.getsockname()[1]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_caddy_keeps_each_browser_with_one_of_two_processes(tmp_path: Path) -> None:
    processes = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Process) for _ in range(2)]
    for process in processes:
        threading.Thread(target=process.serve_forever, daemon=True).start()
    ports = [str(process.server_port) for process in processes]
    port, plain_port = free_port(), free_port()
    command = caddy(tmp_path, " ".join(f"127.0.0.1:{app}" for app in ports), port, plain_port)
    with proxy(command, tmp_path, port):
        hosted = Hosted(f"https://{NAME}:{port}", port, plain_port, "", tmp_path)
        firsts = set()
        for _ in range(40):
            answering, headers = hosted.answer("/")
            first = headers["X-Process"]
            kept = headers["Set-Cookie"].partition(";")[0]
            assert answering == 200
            assert {hosted.answer("/", Cookie=kept)[1]["X-Process"] for _ in range(5)} == {first}
            firsts.add(first)
        assert firsts == set(ports), "new browsers are dealt out to both"
    for process in processes:
        process.shutdown()
        process.server_close()
