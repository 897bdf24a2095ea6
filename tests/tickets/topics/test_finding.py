"""Topics over the demo company's tickets, whose true issues are known, and over texts of others."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from cs_dash.demo.company import SEED, simulate, ticket_sheet
from cs_dash.tickets.topics import DiscoveredTopics, discover_topics
from cs_dash.tickets.topics.vectors import encoded

COLUMNS = ("ticket_id", "subject", "body", "language")
Row = tuple[str, str | None, str | None, str | None]


def tickets(rows: list[Row]) -> pa.Table:
    """Return tickets as `find` takes them."""
    columns = list(zip(*rows, strict=True)) or [()] * 4
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(COLUMNS, columns, strict=True)})


@pytest.fixture(scope="module")
def demo() -> tuple[list[Row], dict[str, str]]:
    """A third of the demo company's how-to tickets and feature requests, and what each is truly about."""
    company = simulate(SEED)
    truth = {str(100_000 + ticket.number): ticket for ticket in company.tickets}
    exported, _ = ticket_sheet(company)
    rows = {str(row[0]): (str(row[0]), str(row[12]), str(row[13]), str(row[14])) for row in exported}
    kinds = sorted(name for name in rows if truth[name].kind in ("how-to", "feature request"))[::3]
    return [rows[name] for name in kinds], {name: f"{truth[name].kind} {truth[name].issue}" for name in kinds}


@pytest.fixture(scope="module")
def discovered(demo: tuple[list[Row], dict[str, str]]) -> DiscoveredTopics:
    return discover_topics(tickets(demo[0][: len(demo[0]) * 5 // 6]))


def agreement(first: dict[str, str], other: dict[str, str]) -> float:
    """Return the adjusted Rand index over the tickets that both know."""
    common = sorted(first.keys() & other.keys())
    return float(adjusted_rand_score([first[ticket] for ticket in common], [other[ticket] for ticket in common]))


def test_the_demo_companys_topics_are_found(
    demo: tuple[list[Row], dict[str, str]], discovered: DiscoveredTopics
) -> None:
    assert discovered.memory is not None
    assert agreement(discovered.memory.topic_of(), demo[1]) >= 0.7
    assert 15 <= discovered.changes.topics <= 36


def test_the_same_tickets_give_the_same_topics_in_any_order(
    demo: tuple[list[Row], dict[str, str]], discovered: DiscoveredTopics
) -> None:
    rows = demo[0][: len(demo[0]) * 5 // 6]
    again = discover_topics(tickets([rows[at] for at in np.random.default_rng(2).permutation(len(rows))]))
    assert again.memory is not None
    assert discovered.memory is not None
    assert again.memory.members == discovered.memory.members
    assert again.memory.topics == discovered.memory.topics
    assert again.memory.labels == discovered.memory.labels
    assert again.nodes == discovered.nodes


def test_topics_stay_when_a_fifth_more_tickets_come(
    demo: tuple[list[Row], dict[str, str]], discovered: DiscoveredTopics
) -> None:
    more = discover_topics(tickets(demo[0]), discovered.memory)
    assert discovered.memory is not None
    assert more.memory is not None
    before, after = discovered.memory.topic_of(), more.memory.topic_of()
    assert {name: after[name] for name in before} == before
    assert {name: more.memory.labels[name] for name in set(before.values())} == {
        name: discovered.memory.labels[name] for name in set(before.values())
    }
    fresh = {name: topic for name, topic in after.items() if name not in before}
    assert agreement(fresh, demo[1]) >= 0.6
    came = len(demo[0]) - len(before)
    assert len(fresh) >= 0.85 * came
    assert not more.changes.rebuilt
    assert more.changes.reassigned == 0


def test_what_is_like_nothing_before_becomes_a_topic_of_its_own(
    demo: tuple[list[Row], dict[str, str]], discovered: DiscoveredTopics
) -> None:
    subject = ("penguins in the zoo", "our penguin eats fish", "feeding a penguin", "the penguins swim")
    strange: list[Row] = [
        (f"z{at}", f"{subject[at % 4]} {'again ' * (at // 4)}", "The penguins are cold.", "en") for at in range(24)
    ]
    more = discover_topics(tickets(demo[0][: len(demo[0]) * 5 // 6] + strange), discovered.memory)
    assert discovered.memory is not None
    assert more.memory is not None
    topics = {more.memory.topic_of().get(row[0]) for row in strange}
    assert len(topics) == 1
    assert more.changes.new_topics == 1
    assert more.changes.joined == 0
    (topic,) = topics
    assert topic not in discovered.memory.topics
    assert "penguin" in more.memory.labels[str(topic)].label.casefold()


def test_made_anew_most_topics_keep_their_id(
    demo: tuple[list[Row], dict[str, str]], discovered: DiscoveredTopics
) -> None:
    anew = discover_topics(tickets(demo[0]), discovered.memory, anew=True)
    assert discovered.memory is not None
    assert anew.memory is not None
    assert anew.changes.rebuilt
    old, topics_now = set(discovered.memory.topics), set(anew.memory.topics)
    assert len(old & topics_now) >= 0.7 * len(old)
    assert agreement(discovered.memory.topic_of(), anew.memory.topic_of()) >= 0.8
    assert anew.changes.dropped == len(old - topics_now)


def test_labels_are_short_different_and_without_ids(discovered: DiscoveredTopics) -> None:
    assert discovered.memory is not None
    labels = [discovered.memory.labels[topic].label for topic in set(discovered.memory.topics)]
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 80
    assert not any(character.isdigit() for label in labels for character in label)
    for label in labels:
        sentence, _, added = label.partition(" · ")
        assert not any(word in sentence.casefold() for word in added.split(", ") if word)


def test_too_few_tickets_have_no_topics() -> None:
    few = discover_topics(
        tickets([(f"t{at}", "How do I export?", None, None) for at in range(19)] + [("e", None, "", None)])
    )
    assert few.memory is None
    assert (few.changes.tickets, few.changes.without_text, few.changes.topics) == (19, 1, 0)
    assert discover_topics(tickets([])).memory is None


def test_tickets_that_all_say_the_same_are_one_topic() -> None:
    repeated = discover_topics(tickets([(f"t{at}", "How do I export?", None, None) for at in range(60)]))
    assert repeated.changes.topics == 1


def test_what_progress_raises_ends_the_work() -> None:
    class StoppedError(Exception):
        pass

    def progress(words: str, share: float) -> None:
        raise StoppedError(f"{words} {share}")

    with pytest.raises(StoppedError, match="of 40 sentences"):
        discover_topics(tickets([(f"t{at}", f"How do I {chr(97 + at % 10) * 3}{chr(97 + at // 10)}?", None, None)
                      for at in range(40)]), progress=progress)  # fmt: skip


def test_what_means_the_same_in_other_words_lies_near() -> None:
    text, paraphrase, other = encoded(
        ["How do I export a report?", "Wie exportiere ich einen Bericht?", "My invoice is wrong"]
    )
    assert float(text @ paraphrase) > float(text @ other) + 0.2


@pytest.mark.parametrize("number", [27])
def test_bitext_has_the_topics_that_people_gave_it(shared_data: Path, number: int) -> None:
    with (shared_data / "tickets" / "bitext_train.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    intents: list[Row] = [(f"{at:06d}", row["utterance"], None, None) for at, row in enumerate(rows)]
    bitext = discover_topics(tickets(intents), number=number)
    assert bitext.memory is not None
    topics = bitext.memory.topic_of()
    assert len(set(topics.values())) == number
    topic_of_ticket = [row["intent"] for row in rows]
    assert normalized_mutual_info_score(topic_of_ticket, [topics[row[0]] for row in intents]) >= 0.82
