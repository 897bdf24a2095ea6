"""Tidewell's help center: its articles and their true topics; several how-to topics have none.

One article covers its topic badly: it is as old as the product, and its readers write to support all the same.
"""

from dataclasses import dataclass
from datetime import date

from numpy.random import Generator

from cs_dash.demo.sheets import Rows

HEADER = ("Article ID", "Title", "URL", "Section", "Summary", "Language", "Updated At", "Views")
ADDRESS = "https://help.tidewell.example"
BADLY_COVERED = "notifications"
WITHOUT_ARTICLE = (
    "recurring-jobs", "time-tracking", "automations", "offline-app", "bulk-edit", "invoice-handover", "archive",
)  # fmt: skip
"""How-to topics that no article is about."""


@dataclass(frozen=True)
class DemoArticle:
    """One help article; `topic` is the how-to topic that it truly covers, "" for none of them."""

    topic: str
    section: str
    title: str
    summary: str
    updated: date
    language: str = "en"


ARTICLES = (
    DemoArticle("import-data", "Getting started", "Importing customers, sites and jobs from a spreadsheet",
            "Upload an Excel or CSV file, match its columns, and check the preview before the import runs.",
            date(2026, 2, 16)),
    DemoArticle("import-data", "Getting started", "Import template: which columns are needed",
            "Download the template for customers, sites and assets, and see which columns must be filled.",
            date(2026, 2, 18)),
    DemoArticle("import-data", "Erste Schritte", "Kunden und Objekte aus Excel importieren",
            "Eine Tabelle hochladen, Spalten zuordnen und die Vorschau prüfen.", date(2026, 3, 2), "de"),
    DemoArticle("invite-users", "Getting started", "Inviting colleagues and adding users",
            "Invite one person or a whole team by e-mail, and send an invitation again.", date(2025, 11, 4)),
    DemoArticle("invite-users", "Erste Schritte", "Neue Benutzer einladen",
            "Kollegen per E-Mail einladen und Einladungen erneut senden.", date(2025, 11, 20), "de"),
    DemoArticle("roles-permissions", "Administration", "Roles and permissions: who can see and change what",
            "What planners, technicians and read-only guests can see, and how to hide prices from technicians.",
            date(2026, 3, 16)),
    DemoArticle("export-report", "Reports", "Exporting a report to Excel or PDF",
            "Download the job report as a spreadsheet or PDF, or have it sent to a client every month.",
            date(2026, 4, 13)),
    DemoArticle("export-report", "Informes", "Exportar un informe a Excel o PDF",
            "Descargue el informe de trabajos como hoja de cálculo o PDF.", date(2026, 4, 20), "es"),
    DemoArticle("custom-fields", "Administration", "Adding custom fields to jobs and sites",
            "Add your own text, number or drop-down field and make it mandatory.", date(2025, 6, 12)),
    DemoArticle("calendar-sync", "Integrations", "Connecting Outlook or Google Calendar",
            "See your jobs in your own calendar, and choose which ones are synchronised.", date(2025, 9, 8)),
    DemoArticle("notifications", "Administration", "Notification settings",
            "Where to turn e-mail and SMS notifications on or off.", date(2023, 10, 16)),
    DemoArticle("dashboards", "Reports", "Building and sharing a dashboard",
            "Choose charts, filter them by team and share the dashboard with others.", date(2025, 12, 1)),
    DemoArticle("checklists", "Field work", "Creating checklists and forms for jobs",
            "Build a checklist, ask for photos, copy it and attach it to a type of job.", date(2026, 1, 20)),
    DemoArticle("api-webhooks", "Integrations", "API keys and webhooks for developers",
            "Create an API key, read jobs through the API and get a webhook when a job changes.", date(2025, 8, 27)),
    DemoArticle("single-sign-on", "Administration", "Setting up single sign-on with SAML",
            "Switch your users to single sign-on with Microsoft or another SAML provider.", date(2025, 10, 2)),
    DemoArticle("", "Billing", "Understanding your invoice from Tidewell",
            "What each line of your subscription invoice means, and how we count seats.", date(2025, 5, 6)),
    DemoArticle("", "Billing", "Changing your payment method", "Pay by card, direct debit or bank transfer.",
            date(2025, 5, 6)),
    DemoArticle("", "Billing", "Plans and prices compared", "What Team, Pro and Enterprise include.", date(2026, 1, 5)),
    DemoArticle("", "Security", "Where your data is stored", "Data centres, encryption and our certificates.",
            date(2025, 7, 1)),
    DemoArticle("", "Security", "Data processing agreement and privacy", "Sign the agreement online.",
            date(2025, 7, 1)),
    DemoArticle("", "Security", "Security incident policy", "How we tell customers about incidents.", date(2025, 7, 3)),
    DemoArticle("", "News", "Release notes: spring 2026", "What is new in this release.", date(2026, 4, 14)),
    DemoArticle("", "News", "Release notes: summer 2026", "What is new in this release.", date(2026, 7, 7)),
    DemoArticle("", "News", "Join our customer advisory board", "Tell our product managers what to build next.",
            date(2026, 5, 11)),
    DemoArticle("", "Getting started", "Glossary of terms", "Words that Tidewell uses, explained in one line each.",
            date(2024, 2, 1)),
    DemoArticle("", "Getting started", "Supported browsers and devices", "Versions of browsers and phones we support.",
            date(2025, 3, 3)),
    DemoArticle("", "Getting started", "Webinars and training dates", "Meet our trainers online every Tuesday.",
            date(2026, 8, 24)),
    DemoArticle("", "Support", "How to contact our support team", "Opening hours, languages and phone numbers.",
            date(2025, 1, 15)),
    DemoArticle("", "Support", "System status and planned maintenance", "Where we announce interruptions.",
            date(2025, 1, 15)),
    DemoArticle("", "Support", "Remote assistance sessions", "How a support agent looks at your screen with you.",
            date(2025, 2, 10)),
)  # fmt: skip


def address_of(number: int) -> str:
    """Return the address of the article with this number, counted from 1."""
    language = ARTICLES[number - 1].language
    return f"{ADDRESS}/{language}/articles/{7000 + number}"


def article_rows(rng: Generator) -> Rows:
    """Return one row per article in the order of `HEADER`; articles about topics have more views than others."""
    rows: Rows = []
    for number, article in enumerate(ARTICLES, start=1):
        views = int(rng.gamma(4.0, 260.0 if article.topic else 60.0)) + 12
        rows.append([
            f"HC-{7000 + number}", article.title, address_of(number), article.section, article.summary,
            article.language, article.updated, views,
        ])  # fmt: skip
    return rows
