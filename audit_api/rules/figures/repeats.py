"""Findings that come again: what failed at the last visit, at the one before, and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

LEAST_REPEATS = 2
"""A finding of fewer visits in a row is none that came again."""


class Seen(NamedTuple):
    """What one visit saw: its day, the questions that were answered, and those that failed."""

    day: date
    answered: Collection[str]
    failed: Collection[str]


class Repeat(NamedTuple):
    """A question that failed at each of the last `times` visits that answered it, from the day
    `since` to the day `last`; of all `asked` visits that answered it, `failed` found it so."""

    question: str
    times: int
    since: date
    last: date
    asked: int
    failed: int


def repeats(visits: Sequence[Seen]) -> Iterator[Repeat]:
    """Yield what came again and still stands, of the visits to one place, the first first.

    A visit that did not answer a question neither confirms nor ends its run.
    """
    found = {question for visit in visits for question in visit.failed}
    for question in sorted(found):
        days = [(visit.day, question in visit.failed) for visit in visits if _told(visit, question)]
        run = _run(days)
        if len(run) >= LEAST_REPEATS:
            failed = sum(has_failed for _, has_failed in days)
            yield Repeat(question, len(run), run[0], run[-1], len(days), failed)


def _told(visit: Seen, question: str) -> bool:
    return question in visit.answered or question in visit.failed


def _run(days: Sequence[tuple[date, bool]]) -> list[date]:
    """The days of the findings that nothing followed but findings, in order."""
    run: list[date] = []
    for day, has_failed in days:
        run = [*run, day] if has_failed else []
    return run
