"""Findings that came again: the run that still stands, of the visits that answered the question."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from audit_api.rules.figures.repeats import Repeat, Seen, repeats

FIRST = date(2026, 1, 5)


def visits(line: str) -> list[Seen]:
    """A visit a day to one question: x failed, o did not, - was not asked."""
    return [
        Seen(
            FIRST + timedelta(days=nth),
            {"q"} if mark != "-" else set(),
            {"q"} if mark == "x" else set(),
        )
        for nth, mark in enumerate(line)
    ]


def found(line: str) -> list[tuple[int, int, int, int, int]]:
    """How often, on which days first and last, of how many answers how many failed."""
    return [
        (each.times, (each.since - FIRST).days, (each.last - FIRST).days, each.asked, each.failed)
        for each in repeats(visits(line))
    ]


def test_a_finding_of_two_visits_in_a_row_came_again() -> None:
    assert found("xx") == [(2, 0, 1, 2, 2)]
    assert found("oxxx") == [(3, 1, 3, 4, 3)]
    assert found("xoxx") == [(2, 2, 3, 4, 3)]


def test_one_that_was_mended_or_came_once_did_not() -> None:
    assert (
        found("") == found("x") == found("ox") == found("xxo") == found("xox") == found("--") == []
    )


def test_a_visit_that_did_not_ask_neither_confirms_nor_ends_it() -> None:
    assert found("x-x--") == [(2, 0, 2, 2, 2)]
    assert found("x-o-x") == []


@given(st.lists(st.sampled_from("xo-"), max_size=12).map("".join))
def test_it_is_the_tail_of_what_was_answered(line: str) -> None:
    answered = line.replace("-", "")
    times = len(answered) - len(answered.rstrip("x"))
    assert [each[0] for each in found(line)] == ([times] if times >= 2 else [])


def test_each_question_has_a_run_of_its_own() -> None:
    both = [Seen(FIRST, {"a", "b"}, {"a", "b"}), Seen(FIRST, {"a", "b"}, {"b"})]
    assert list(repeats(both)) == [Repeat("b", 2, FIRST, FIRST, 2, 2)]
