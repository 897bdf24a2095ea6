"""What is said of how far a load is."""

from __future__ import annotations

from cs_dash.intake.results.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


class Heard:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.shares: list[float] = []

    def __call__(self, words: str, share: float) -> None:
        self.words.append(words)
        self.shares.append(share)


def test_nothing_is_said_about_time_before_two_seconds_are_spent() -> None:
    heard, clock = Heard(), Clock()
    pace = Pace(heard, clock)
    clock.at = 1.9
    pace("Reading", 0.1)
    clock.at = 4.0
    pace("Reading", 0.25)
    assert heard.words == ["Reading", "Reading, about 12 s left"]


def test_the_end_has_no_time_left() -> None:
    heard, clock = Heard(), Clock()
    pace = Pace(heard, clock)
    clock.at = 10.0
    pace("Publishing", 1.0)
    assert heard.words == ["Publishing"]


def test_rows_and_rows_a_second_of_each_file() -> None:
    heard, clock = Heard(), Clock()
    rows = Pace(heard, clock).reading(0.0, 0.5)
    rows.expect({"a.csv": 100, "b.csv": 300})
    rows("a.csv", 1_000, 1.0)
    clock.at = 1.0
    rows("b.csv", 10_000, 0.5)
    clock.at = 5.0
    rows("b.csv", 420_000, 1.0)
    assert heard.words[:2] == ["a.csv: 1,000 rows read", "b.csv: 10,000 rows read"]
    assert heard.words[2] == "b.csv: 420,000 rows read, 105,000 per second, about 5 s left"
    assert heard.shares == [0.125, 0.3125, 0.5]


def test_time_that_says_nothing_about_the_rest_is_left_out() -> None:
    heard, clock = Heard(), Clock()
    pace = Pace(heard, clock)
    rows = pace.reading(0.1, 0.4)
    clock.at = 60.0
    rows("book.xlsx", 0, None)
    clock.at = 63.0
    pace("Checking", 0.6)
    assert heard.words == ["book.xlsx: reading", "Checking, about 2 s left"]
    assert heard.shares == [0.1, 0.6]


def test_a_file_in_an_archive_counts_as_the_archive() -> None:
    heard = Heard()
    rows = Pace(heard, Clock()).reading(0.0, 1.0)
    rows.expect({"all.zip": 100, "b.csv": 100})
    rows("all.zip/a.csv", 10, 0.5)
    assert heard.shares == [0.25]
