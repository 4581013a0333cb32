"""Children work off messages within limits, in the order in which they came, or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from audit_api.errors import Kind, Problem
from audit_api.workshop.child import Limits, Message, serve
from audit_api.workshop.pool import Pool
from audit_api.workshop.process import Failed, Overdrawn

LIMITS = Limits(memory=400_000_000, seconds=1)


def worked(message: Message) -> Message:
    """What the child of these tests does."""
    match message.head["do"]:
        case "sleep":
            time.sleep(message.head["seconds"])
        case "spin":
            while True:
                pass
        case "grow":
            return Message({"length": len(b"x" * 500_000_000)})
        case "fail":
            raise ValueError("no")
    return Message(message.head, message.parts)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = made()
    yield pool
    pool.close()


def made(**changes: float) -> Pool:
    usual = {"children": 1, "messages_per_child": 9, "timeout": 20, "patience": 20}
    options = usual | {"max_waiting": 3} | changes
    return Pool("tests.workshop.test_pool", "document reader", **options)  # type: ignore[arg-type]


def do(pool: Pool, what: str, **head: object) -> Message:
    return pool.work(Message({"do": what, **head}, (b"data",)), lambda answer: answer)


def unavailable(pool: Pool, what: str = "echo") -> bool:
    with pytest.raises(Problem) as caught:
        do(pool, what)
    return caught.value.kind is Kind.UNAVAILABLE and bool(caught.value.retry_after)


def test_a_child_answers_what_it_is_asked(pool: Pool) -> None:
    assert do(pool, "echo", number=1).head["number"] == 1
    assert do(pool, "echo").parts == [b"data"]


@pytest.mark.parametrize("what", ["spin", "grow"])
def test_what_takes_more_than_a_child_has_is_told_apart_and_harms_no_other(
    pool: Pool, what: str
) -> None:
    with pytest.raises(Overdrawn):
        do(pool, what)
    assert do(pool, "echo").parts == [b"data"]


def test_what_takes_too_long_by_the_clock_is_ended() -> None:
    pool = made(timeout=2)
    do(pool, "echo")
    with pytest.raises(Overdrawn):
        do(pool, "sleep", seconds=30)
    pool.close()


def test_a_child_that_fails_is_no_fault_of_the_limits(pool: Pool) -> None:
    with pytest.raises(Failed):
        do(pool, "fail")
    assert do(pool, "echo").parts == [b"data"]


def test_an_answer_that_is_nonsense_ends_the_child(pool: Pool) -> None:
    with pytest.raises(Failed):
        pool.work(Message({"do": "echo"}), lambda answer: answer.head["missing"])
    assert do(pool, "echo").parts == [b"data"]


def test_who_finds_no_child_free_waits_in_line(pool: Pool) -> None:
    do(pool, "echo")
    order: list[int] = []
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(do, pool, "sleep", seconds=1)
        settle(first)
        for number in range(3):
            threads.submit(do, pool, "echo").add_done_callback(
                lambda _, number=number: order.append(number)  # type: ignore[misc]
            )
            time.sleep(0.1)
    assert order == [0, 1, 2]


def test_beyond_the_line_and_beyond_patience_it_is_unavailable() -> None:
    pool = made(patience=0.5, max_waiting=1)
    do(pool, "echo")
    with ThreadPoolExecutor(2) as threads:
        settle(threads.submit(do, pool, "sleep", seconds=3))
        waits = threads.submit(unavailable, pool)
        settle(waits)
        begun = time.monotonic()
        assert unavailable(pool)
        assert time.monotonic() - begun < 0.4
        assert waits.result()
    assert do(pool, "echo").parts == [b"data"]
    pool.close()


def test_many_threads_share_few_children() -> None:
    pool = made(children=2, max_waiting=30)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: do(pool, "echo", number=n), range(30)))
    assert [answer.head["number"] for answer in answers] == list(range(30))
    pool.close()


def settle(work: Future[object]) -> None:
    """Let a thread come as far as it comes."""
    threading.Event().wait(0.2)
    assert not work.done()


if __name__ == "__main__":
    serve(worked, LIMITS)
