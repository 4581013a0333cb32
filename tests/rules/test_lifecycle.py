"""The moves of an audit and of an assignment."""

from __future__ import annotations

import pytest

from audit_api.errors import Kind, Problem
from audit_api.rules.lifecycle import (
    ASSIGNMENT_MOVES,
    AUDIT_MOVES,
    Move,
    actions,
    counts,
    move,
)


def walk(table: tuple[Move, ...], state: str, *done: str) -> str:
    for action in done:
        state = move(table, state, action).to_state
    return state


def test_an_audit_returned_once_is_approved_in_the_end() -> None:
    steps = ("settle", "open", "return", "resubmit", "settle", "open", "approve")
    assert walk(AUDIT_MOVES, "awaiting_media", *steps) == "approved"


def test_a_campaign_without_review_approves_at_once() -> None:
    assert walk(AUDIT_MOVES, "awaiting_media", "settle", "auto_approve") == "approved"


def test_an_excluded_audit_can_be_included_again_and_a_voided_one_cannot() -> None:
    assert walk(AUDIT_MOVES, "approved", "exclude", "include") == "approved"
    assert actions(AUDIT_MOVES, "voided") == []


@pytest.mark.parametrize("state", ["awaiting_media", "returned", "rejected", "voided", "nowhere"])
def test_an_audit_that_is_not_before_a_reviewer_cannot_be_approved(state: str) -> None:
    with pytest.raises(Problem) as refusal:
        move(AUDIT_MOVES, state, "approve")
    assert refusal.value.kind is Kind.MOVE_NOT_ALLOWED
    assert refusal.value.values == {
        "state": state,
        "action": "approve",
        "accepted": actions(AUDIT_MOVES, state),
    }


def test_only_an_approved_audit_counts() -> None:
    states = {state for row in AUDIT_MOVES for state in (*row.from_states, row.to_state)}
    assert [state for state in sorted(states) if counts(state)] == ["approved"]


def test_an_offer_is_accepted_started_submitted_and_closed() -> None:
    steps = ("accept", "start", "submit", "close")
    assert walk(ASSIGNMENT_MOVES, "offered", *steps) == "closed"


def test_a_late_audit_still_submits_its_expired_assignment() -> None:
    assert walk(ASSIGNMENT_MOVES, "started", "expire", "submit") == "submitted"


def test_a_cancelled_assignment_stays_cancelled() -> None:
    assert actions(ASSIGNMENT_MOVES, "cancelled") == []


@pytest.mark.parametrize("table", [AUDIT_MOVES, ASSIGNMENT_MOVES])
def test_an_action_means_one_thing_in_every_state(table: tuple[Move, ...]) -> None:
    starts = [(row.action, state) for row in table for state in row.from_states]
    assert len(starts) == len(set(starts))
    assert all(row.to_state not in row.from_states for row in table)
