"""Whatever the data hold is shown as it is: no page fetches a picture or follows a link that a value names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Page, expect

from cs_dash import page_registry as registry
from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from cs_dash.ui.components.scope_bar import title
from tests.browser.conftest import LONG, Pages, settled

FORMATTED = "[data-testid=stMarkdownContainer] :not(p), .stHtml :is(img, iframe, object), #vg-tooltip-element img"
"""What there would be in a label or a text if anything in it were Markdown or HTML."""
EVIL = "http://evil.example"
DIMENSIONS = {"Acme": 12, "Segment": 2, "Plan": 2, "Csm": 3, "Own": 2}
"""The columns of the accounts with hostile values, and how many each has."""
PAGES = [page.name for page in registry.pages()]


def hostile(name: str) -> str:
    """Return a name that holds everything that Markdown, HTML and Streamlit's own signs can do."""
    at = f"{EVIL}/{name.split()[0]}"
    return (
        f"{name} ![p]({at}) [l]({at}) <img src={at}> {at} www.evil.example a@evil.example **b** _i_ `c` ~~s~~ $x^2$"
        " :red[r] :material/home: :smile: :streamlit: -> x -- y &amp; \\*"
    )


def table(header: list[str], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def company() -> dict[str, bytes]:
    """Return the files of a company whose names are all hostile."""
    ids = [f"A-{at}" for at in range(12)]
    accounts = [
        [
            i,
            *(hostile(f"{name}{at % count}") for name, count in DIMENSIONS.items()),
            "2025-01-01",
            f"{EVIL}/{at % 2}.png",
        ]
        for at, i in enumerate(ids)
    ]
    own = [f"A-{at}" for at in range(4)]
    tickets = [
        [f"T-{at:02d}", ids[at % 12], "", f"2026-0{5 + at % 3}-{1 + at % 28:02d}", hostile(f"Type{at % 2}"),
         hostile(f"Tag{at % 3}"), hostile(f"Area{at % 2}"), f"How do I {'export lists' if at % 2 else 'print labels'}?"
         f" {hostile(f'Subject{at}')}", hostile(f"Body{at}")]
        for at in range(48)
    ]  # fmt: skip
    tickets.append(["T-99", "", hostile("Stranger"), "2026-05-01", "bug", "", "", "No", "No"])
    return {
        "accounts.csv": table(
            ["account_id", "account", "segment", "plan", "csm", hostile("Column"), "signup_date", "image"], accounts
        ),
        "subscriptions.csv": table(
            ["subscription_id", "account_id", "product", "start_date", "end_date", "mrr"],
            [[f"S-{i}", i, hostile("Product"), "2025-01-01", "2026-06-01" if i in own else "", 100] for i in ids],
        ),
        "churn.csv": table(
            ["churn_id", "account_id", "churn_date", "reason", "competitor", "comment"],
            [[f"C-{i}", i, "2026-06-01", hostile(f"Reason{i[-1]}"), hostile("Rival"), hostile("Comment")] for i in own],
        ),
        "tickets.csv": table(
            ["ticket_id", "account_id", "account_name", "created_at", "type", "tags", "area", "subject", "body"],
            tickets,
        ),
        "surveys.csv": table(
            ["survey_id", "account_id", "survey", "answered_on", "score", "comment"],
            [[f"N-{i}", i, "NPS", "2026-06-01", 3, hostile("Survey")] for i in ids],
        ),
        "articles.csv": table(
            ["article_id", "title", "url", "summary"],
            [["H-1", hostile("Article"), f"{EVIL}/article", hostile("Summary")]],
        ),
    }  # fmt: skip


def look(page: Page, texts: tuple[str, ...] = ()) -> None:
    """Hold that nothing on the page is formatted, and that these texts stand in labels as they are."""
    settled(page)
    formatted = page.locator(FORMATTED).evaluate_all("nodes => nodes.map(node => node.outerHTML.slice(0, 200))")
    assert not formatted, f"{page.url}: {formatted}"
    labels = page.get_by_test_id("stMarkdownContainer").all_text_contents()
    labels += page.get_by_role("dialog").all_text_contents()
    shown = " ".join("\n".join(labels).replace("\u2060", "").split())
    for text in texts:
        assert " ".join(text.split()) in shown, f"{page.url} does not show {text} but {shown}"


def test_nothing_in_the_data_makes_the_browser_call_out(
    cold_server: Callable[[Path | None], str], new_page: Pages, tmp_path: Path
) -> None:
    folder = tmp_path / "ws"
    workspace = Workspace(folder)
    pipeline.load(
        workspace, [(f"![f](https:evil.example) {name}", io.BytesIO(file)) for name, file in company().items()]
    )
    version = workspace.current()
    assert version is not None
    pipeline.derive_artifacts(workspace, version)
    page = new_page(viewport={"width": 1440, "height": 1000})
    base = cold_server(folder)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda socket: addresses.append(socket.url))

    for name in PAGES:
        page.goto(f"{base}/{name}?period=all")
        look(page)

    page.goto(f"{base}/tickets?period=all&types=open&ticket=T-01")
    settled(page)
    look(page, (f"Category of {hostile('Type1')}", f"All tickets from {hostile('Acme1')}", hostile("Csm1")))
    page.goto(f"{base}/churn?period=all")
    look(page, (f"Category of {hostile('Reason1')}",))
    page.locator(".st-key-chart_churn_reasons svg .role-mark path, svg .mark-rect.role-mark path").first.hover()
    look(page)
    page.goto(f"{base}/accounts?period=all")
    page.get_by_role("button", name="+ Filter").click()
    look(page, (title(hostile("Column")),))

    page.goto(f"{base}/data-quality?tab=matching")
    settled(page)
    page.locator(".st-key-match_queue").get_by_text("Another account", exact=True).last.click()
    expect(page.get_by_test_id("stSelectbox").filter(has_text="Account of").first).to_be_attached(timeout=LONG)
    look(page, (f"Match {hostile('Stranger')}", f"Account of {hostile('Stranger')}"))

    page.goto(f"{base}/upload")
    settled(page)
    unsure = table(["Name", hostile("When"), hostile("Money")], [["A", "01/02/2026", "1"], ["B", "02/03/2026", "2"]])
    file: FilePayload = {"name": "![f](https:evil.example) **f**.csv", "mimeType": "text/csv", "buffer": unsure}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".st-key-looked details").first).to_be_visible(timeout=LONG)
    look(page, (file["name"],))

    assert {urlsplit(address).netloc for address in addresses} <= {urlsplit(base).netloc, ""}
