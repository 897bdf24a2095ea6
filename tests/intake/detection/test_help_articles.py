"""A list of help articles is known as one, and nothing else is taken for one."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.intake.conftest import Read
from tests.intake.detection.test_tables import rows

ZENDESK = rows(
    "id,url,html_url,author_id,draft,section_id,created_at,updated_at,name,title,locale,edited_at,vote_sum,body",
    "{n},https://acme.zendesk.com/api/v2/help_center/articles/{n}.json,https://acme.zendesk.com/hc/en-us/articles/{n},"
    "9,false,31,2024-01-01,2025-02-01,Sharing {n},Sharing {n},en-us,2025-01-01,3,<p>Click.</p>",
)
INTERCOM = rows(
    "id,title,description,body,author_id,state,parent_type,default_locale,workspace_id,url,updated_at",
    "{n},Sharing {n},About sharing,<p>Click.</p>,7,published,collection,en,w1,https://intercom.help/acme/en/articles/{n},"
    "2025-01-01",
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("export.csv", rows("Title,URL", "How to share {n},https://example.com/a/{n}")),
        ("export.csv", rows("Titel;Link;Zuletzt aktualisiert", "Bericht teilen {n};https://example.com/{n};01.02.2025")),
        ("выгрузка.csv", rows("Название,Ссылка,Просмотры", "Как поделиться {n},https://help.example.com/{n},5{n}")),
        ("导出.csv", rows("标题,链接,浏览量", "如何分享 {n},https://example.com/{n},5{n}")),
        ("pages.csv", rows("Title,Space,Webui,Status,Last updated", "Page {n},KB,/spaces/KB/{n},current,2025-01-01")),
        ("solutions.csv", rows("id,title,folder_name,status,hits,updated_at,url",
                               "{n},Sharing {n},Reports,2,40,2025-01-01,https://acme.freshdesk.com/support/solutions/{n}")),
        ("articles.csv", rows("Title,Created,Votes,Link", "Sharing {n},2025-01-01,3,https://example.com/{n}")),
        ("export.csv", ZENDESK),
        ("export.csv", INTERCOM),
    ],
)  # fmt: skip
def test_articles_are_recognised(reading: Read, name: str, text: str) -> None:
    ingest = reading({name: text})
    assert [table.table for table in ingest.tables] == ["articles"], ingest.ignored
    table = ingest.tables[0]
    assert table.rows.rows.num_rows == table.read == 12
    assert {"title", "address"} <= {mapping.field for mapping in table.mapped}


def test_the_right_columns_of_the_vendors_are_read(reading: Read) -> None:
    zendesk = reading({"export.csv": ZENDESK}).tables[0]
    column_of = {mapping.field: mapping.column for mapping in zendesk.mapped}
    assert column_of["address"] == "html_url"
    assert column_of["updated_on"] == "edited_at"
    assert "Zendesk" in zendesk.evidence
    intercom = reading({"export.csv": INTERCOM}).tables[0]
    assert {mapping.field: mapping.column for mapping in intercom.mapped}["status"] == "state"


@pytest.mark.parametrize(
    ("name", "text", "table"),
    [
        ("contacts.csv", rows("Name,Title,Email,LinkedIn URL", "Jo {n},CTO,jo{n}@x.example,https://example.com/in/{n}"),
         None),
        ("leads.csv", rows("Title,URL,Company", "Offer {n},https://example.com/{n},Acme {n}"), "accounts"),
        ("places.csv", rows("Title,Address", "Shop {n},Main Street {n}"), None),
        ("customers.csv", rows("Customer ID,Name,Website,Segment,Country", "C{n},Acme {n},https://acme{n}.example,SMB,DE"),
         "accounts"),
        ("issues.csv", rows("Ticket ID,Title,URL,Created at,Priority",
                            "{n},Share {n},https://support.example.com/tickets/{n},2025-01-01,low"), "tickets"),
        ("export.csv", rows("ID,Title,URL,Created at,Status,Type,Description",
                            "{n},Share {n},https://support.example.com/hc/requests/{n},2025-01-01,open,Question,How?"),
         None),
        ("ideas.csv", rows("Idea ID,Title,Link,Votes,Request date", "{n},Dark mode {n},https://ideas.example.com/{n},3,"
                           "2025-01-01"), "feature_requests"),
    ],
)  # fmt: skip
def test_nothing_else_is_taken_for_articles(reading: Read, name: str, text: str, table: str | None) -> None:
    ingest = reading({name: text})
    assert [table.table for table in ingest.tables][:1] == ([table] if table else [])


def test_an_article_without_an_id_is_the_same_one_after_it_was_changed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    first = "Title,URL,Updated\nSharing,https://help.example.com/1,2025-01-01\nExport,https://help.example.com/2,2025-01-01\n"
    again = first.replace(
        "Sharing,https://help.example.com/1,2025-01-01", "Sharing it,https://help.example.com/1,2025-05-05"
    )
    pipeline.load(workspace, [("articles.csv", io.BytesIO(first.encode()))])
    report = pipeline.load(workspace, [("articles.csv", io.BytesIO(again.encode()))])
    (sheet,) = report.files
    assert (sheet.read, sheet.loaded, sheet.updated, sheet.unchanged) == (2, 0, 1, 1)


def test_an_article_without_an_address_is_rejected_and_the_rest_is_kept(reading: Read) -> None:
    text = rows("Title,URL", "Sharing {n},https://help.example.com/{n}") + "Draft,\n"
    table = reading({"articles.csv": text}).tables[0]
    assert (table.read, table.rejected) == (13, 1)
    assert table.problems[0].what == "No address."
