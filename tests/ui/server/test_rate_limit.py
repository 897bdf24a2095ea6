"""How often one address may try."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from cs_dash.ui.server.rate_limit import SENTENCE, Allowance, RateLimit, RateLimited


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def limits(clock: Clock, clients: int = 100) -> RateLimit:
    allowances = {"sign-in": Allowance(burst=3, per_minute=6), "link": Allowance(burst=1, per_minute=1)}
    return RateLimit(allowances, clients=clients, clock=clock)


def test_attempts_run_out_and_come_back_with_time() -> None:
    clock = Clock()
    limit = limits(clock)
    assert [limit.allow("sign-in", "192.0.2.1") for _ in range(5)] == [True, True, True, False, False]
    assert limit.wait_seconds("sign-in", "192.0.2.1") == 10
    clock.seconds += 9.9
    assert not limit.allow("sign-in", "192.0.2.1")
    clock.seconds += 0.2
    assert limit.allow("sign-in", "192.0.2.1")
    assert not limit.allow("sign-in", "192.0.2.1")
    clock.seconds += 1e6  # never more than the burst
    assert [limit.allow("sign-in", "192.0.2.1") for _ in range(4)] == [True, True, True, False]


def test_kinds_and_clients_are_counted_apart() -> None:
    limit = limits(Clock())
    assert limit.allow("link", "192.0.2.1")
    assert not limit.allow("link", "192.0.2.1")
    assert limit.allow("sign-in", "192.0.2.1")
    assert limit.allow("link", "192.0.2.2")
    with pytest.raises(KeyError):
        limit.allow("unheard of", "192.0.2.1")


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one customer's network
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("", "", True),  # nobody knows who: all of them together
    ],
)
def test_what_counts_as_one_client(first: str, second: str, are_one: bool) -> None:
    limit = limits(Clock())
    assert limit.allow("link", first)
    assert limit.allow("link", second) is not are_one


def test_memory_is_bounded_and_who_tried_lately_is_remembered() -> None:
    clock = Clock()
    limit = limits(clock, clients=10)
    assert limit.allow("link", "192.0.2.1")
    for number in range(9):
        assert limit.allow("link", f"198.51.100.{number}")
    assert not limit.allow("link", "192.0.2.1")
    for number in range(1000):
        limit.allow("link", f"10.0.{number // 250}.{number % 250}")
    assert len(limit._buckets) == 10


def answer(path: str, times: int, kind: str = "http") -> list[tuple[int, dict[bytes, bytes], bytes]]:
    """Return status, headers and text of as many requests from one address; status 200 where they were handed on."""

    async def app(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    async def receive() -> Message:
        return {"type": "http.request"}

    limited = RateLimited(app, limits(Clock()), {"/auth/": "sign-in"})
    answers = []
    for _ in range(times):
        messages: list[Message] = []

        async def send(message: Message, messages: list[Message] = messages) -> None:
            messages.append(message)

        scope = {"type": kind, "method": "GET", "path": path, "headers": [], "client": ("192.0.2.1", 1)}
        asyncio.run(limited(scope, receive, send))
        start, body = messages
        answers.append((start["status"], dict(start["headers"]), body["body"]))
    return answers


def test_a_path_that_is_counted_is_answered_with_a_sentence() -> None:
    *allowed, refused = answer("/auth/login", 4)
    assert [status for status, _, _ in allowed] == [200, 200, 200]
    assert refused[0] == 429
    assert refused[1][b"retry-after"] == b"10"
    assert refused[2] == SENTENCE.encode()


def test_other_paths_are_not_counted() -> None:
    assert {status for status, _, _ in answer("/churn", 20)} == {200}
