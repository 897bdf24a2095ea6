"""Articles against topics that people made: what share of the matches is right, what share of the articles is found."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from cs_dash.demo.articles import ARTICLES, BADLY_COVERED, WITHOUT_ARTICLE
from cs_dash.demo.company import simulate
from cs_dash.demo.messages import message
from cs_dash.demo.tickets import TOPICS
from cs_dash.tickets.topics.articles import MIN_SIMILARITY, Article, article_vectors, similarities
from cs_dash.tickets.topics.sentences import sentences
from cs_dash.tickets.topics.vectors import Texts, Vectors, centred, language_means, normed, ticket_vectors

EACH = 40
TITLES = {
    "cancel_order": "Cancelling an order", "change_order": "Changing the items of an order",
    "change_shipping_address": "Updating your delivery address", "check_cancellation_fee": "Fees for early termination",
    "check_invoice": "Where to find your invoice", "check_payment_methods": "Payment options we accept",
    "check_refund_policy": "Our money-back policy", "complaint": "Making a complaint",
    "contact_customer_service": "Customer service opening hours", "contact_human_agent": "Talking to a human agent",
    "create_account": "Signing up for an account", "delete_account": "Closing your account",
    "delivery_options": "Shipping methods we offer", "delivery_period": "How long delivery takes",
    "edit_account": "Editing the details of your account", "get_invoice": "Downloading a bill",
    "get_refund": "Getting your money back", "newsletter_subscription": "Subscribing to our newsletter",
    "payment_issue": "Problems with a payment", "place_order": "Buying a product",
    "recover_password": "Resetting a forgotten password", "registration_problems": "Trouble with registration",
    "review": "Leaving a review", "set_up_shipping_address": "Adding a new delivery address",
    "switch_account": "Switching to another account type", "track_order": "Following the status of an order",
    "track_refund": "Checking the progress of a refund",
}  # fmt: skip
"""An article for each intent of Bitext, titled before anything was matched, in other words than the requests."""


class Topics:
    """Topics as people made them."""

    def __init__(self, texts: Sequence[tuple[str, ...]], languages: Sequence[str], topics: Sequence[str]) -> None:
        raw = ticket_vectors(Texts(texts, languages), range(len(texts)))
        self.languages: Mapping[str, Vectors] = language_means(raw, languages)
        points = centred(raw, languages, self.languages)
        self.names = sorted(set(topics))
        own = np.array(topics)
        self.means = normed(np.array([points[own == name].mean(axis=0) for name in self.names], np.float32))

    def of(self, articles: Sequence[Article], limit: float = MIN_SIMILARITY) -> list[str]:
        """Return the topic of each article, "" where none is near enough."""
        groups = [[at] for at in range(len(self.names))]
        near = similarities(article_vectors(articles, self.languages), self.means, groups, [1] * len(groups))
        return [self.names[row.argmax()] if row.max() >= limit else "" for row in near]


def rates(matched: Iterable[str], truth: Iterable[str]) -> tuple[float, float]:
    """Return precision and recall."""
    pairs = list(zip(matched, truth, strict=True))
    right = sum(bool(titles) and titles == true for titles, true in pairs)
    return right / sum(bool(titles) for titles, _ in pairs), right / sum(bool(true) for _, true in pairs)


@pytest.fixture(scope="module")
def demo() -> Topics:
    rng = np.random.default_rng(7)
    by_issue = defaultdict(list)
    for ticket in simulate().tickets:
        if ticket.kind in ("how-to", "feature request"):
            by_issue[ticket.issue].append(ticket)
    chosen = [ticket for tickets in by_issue.values() for ticket in islice(tickets, EACH)]
    texts = [sentences(*message(rng, ticket)) for ticket in chosen]
    return Topics(texts, [ticket.language for ticket in chosen], [ticket.issue for ticket in chosen])


def test_articles_of_the_demo_company_find_their_topics(demo: Topics) -> None:
    articles = [Article(article.title, article.summary, None, article.language) for article in ARTICLES]
    precision, recall = rates(demo.of(articles), [article.topic for article in ARTICLES])
    assert precision >= 0.95
    assert recall >= 0.8


def test_an_article_is_nearest_to_its_topic_whatever_language_it_is_written_in(demo: Topics) -> None:
    titles = {
        "de": "Benutzer einladen und Kollegen hinzufügen",
        "es": "Invitar a compañeros y añadir usuarios",
        "ru": "Как пригласить коллег и добавить пользователей",
        "zh": "邀请同事和添加用户",
    }
    articles = [Article(title, None, None, language) for language, title in titles.items()]
    assert demo.of(articles, limit=-1.0) == ["invite-users"] * 4


def test_what_says_nothing_is_about_nothing(demo: Topics) -> None:
    assert demo.of([Article(None), Article("  "), Article("12 / 34", "", "")]) == ["", "", ""]
    assert demo.of([]) == []


def test_the_text_speaks_where_there_is_no_summary(demo: Topics) -> None:
    body = "<p>Upload an Excel file, match its columns and import your customers.</p>"
    short, similarity = Article("Excel"), Article("Excel", None, body)
    vectors = article_vectors([short, similarity], demo.languages)
    near = vectors @ demo.means[demo.names.index("import-data")]
    assert near[1] > near[0]
    assert demo.of([similarity], limit=-1.0) == ["import-data"]


def test_the_demo_company_says_what_its_articles_are_about() -> None:
    about = {article.topic for article in ARTICLES} - {""}
    assert about | set(WITHOUT_ARTICLE) == set(TOPICS)
    assert not about & set(WITHOUT_ARTICLE)
    (bad,) = [article for article in ARTICLES if article.topic == BADLY_COVERED]
    assert bad.updated == min(article.updated for article in ARTICLES)


def test_titles_of_bitext_find_their_intents(shared_data: Path) -> None:
    by_intent = defaultdict(list)
    with (shared_data / "tickets" / "bitext_train.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_intent[row["intent"]].append(sentences(row["utterance"], None))
    pairs = [(titles, intent) for intent, every in by_intent.items() for titles in islice(every, EACH)]
    topics = Topics([titles for titles, _ in pairs], ["latin"] * len(pairs), [intent for _, intent in pairs])
    precision, recall = rates(topics.of([Article(title) for title in TITLES.values()]), TITLES)
    assert precision >= 0.9
    assert recall >= 0.75
