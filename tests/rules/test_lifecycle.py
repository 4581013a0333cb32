"""The moves of an audit, of an assignment and of a checklist's version."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from audit_api.errors import Kind, Problem
from audit_api.rules.lifecycle import (
    ASSIGNMENT,
    AUDIT,
    AWAITS_AUDIT,
    CHECKLIST_VERSION,
    PHOTO,
    REVIEW_ACTIONS,
    SHOWN_ON_PHONE,
    TAKEN_BACK_WITHIN,
    VISITED,
    WITH_REASON,
    AssignmentAction,
    AssignmentState,
    AuditAction,
    AuditState,
    Life,
    PhotoAction,
    PhotoState,
    ReviewRule,
    VersionAction,
    VersionState,
    arrival_state,
    counts,
    is_approved_unseen,
    require_recent,
    visited_state,
)

APPROVED_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def walk(life: Life, state: str, *done: StrEnum) -> str:
    for action in done:
        state = life.move(state, action)
    return state


def test_an_audit_returned_once_is_approved_in_the_end() -> None:
    steps = map(AuditAction, ["settle", "open", "return", "resubmit", "settle", "open", "approve"])
    assert walk(AUDIT, AuditState.AWAITING_MEDIA, *steps) == "approved"


def test_an_excluded_audit_can_be_included_again_and_a_voided_one_cannot() -> None:
    steps = AuditAction.EXCLUDE, AuditAction.INCLUDE
    assert walk(AUDIT, AuditState.APPROVED, *steps) == AuditState.APPROVED
    assert AUDIT.actions(AuditState.VOIDED) == []


def test_an_audit_whose_photos_never_come_is_waived_returned_or_rejected() -> None:
    assert AUDIT.actions(AuditState.AWAITING_MEDIA) == ["settle", "waive", "return", "reject"]
    after_waiving = walk(AUDIT, AuditState.AWAITING_MEDIA, AuditAction.WAIVE)
    assert after_waiving == AuditState.SUBMITTED


def test_no_state_waits_for_a_phone_alone() -> None:
    of_phones = {AuditAction.SETTLE, AuditAction.RESUBMIT}
    waiting = [state for state in AuditState if of_phones & set(AUDIT.actions(state))]
    assert waiting == [AuditState.AWAITING_MEDIA, AuditState.RETURNED]
    for state in waiting:
        assert {AuditAction.WAIVE, AuditAction.REJECT} <= set(AUDIT.actions(state))


def test_what_goes_against_an_auditor_or_a_reviewer_says_why() -> None:
    assert set(WITH_REASON) == {"waive", "reject", "exclude", "void", "take_back"}
    assert set(WITH_REASON) <= set(REVIEW_ACTIONS)


def test_an_approval_is_taken_back_for_a_while_and_then_no_more() -> None:
    assert walk(AUDIT, AuditState.APPROVED, AuditAction.TAKE_BACK) == AuditState.IN_REVIEW
    end = APPROVED_AT + TAKEN_BACK_WITHIN
    require_recent(AuditAction.TAKE_BACK, APPROVED_AT, end)
    with pytest.raises(Problem) as refusal:
        require_recent(AuditAction.TAKE_BACK, APPROVED_AT, end + timedelta(seconds=1))
    assert refusal.value.kind is Kind.TOO_LATE
    assert refusal.value.values == {"since": "2026-03-02T08:00:00+00:00", "hours": 72}


def test_an_audit_is_excluded_however_long_it_was_approved() -> None:
    require_recent(AuditAction.EXCLUDE, APPROVED_AT, APPROVED_AT + timedelta(days=999))


def test_a_visit_whose_approval_was_taken_back_is_a_submitted_one_again() -> None:
    steps = AssignmentAction.CLOSE, AssignmentAction.REOPEN
    assert walk(ASSIGNMENT, AssignmentState.SUBMITTED, *steps) == AssignmentState.SUBMITTED


@pytest.mark.parametrize("state", ["awaiting_media", "returned", "rejected", "voided", "nowhere"])
def test_an_audit_that_is_not_before_a_reviewer_cannot_be_approved(state: str) -> None:
    with pytest.raises(Problem) as refusal:
        AUDIT.move(state, AuditAction.APPROVE)
    assert refusal.value.kind is Kind.MOVE_NOT_ALLOWED
    assert refusal.value.values == {
        "state": state,
        "action": "approve",
        "accepted": AUDIT.actions(state),
    }


def test_only_an_approved_audit_counts() -> None:
    assert [state for state in AuditState if counts(state)] == [AuditState.APPROVED]


@pytest.mark.parametrize(
    ("review", "held", "revision", "expected"),
    [
        (ReviewRule.NONE, False, 1, True),
        (ReviewRule.ALWAYS, False, 1, False),
        (ReviewRule.NONE, True, 1, False),
        (ReviewRule.NONE, False, 2, False),
    ],
)
def test_only_a_first_revision_that_nothing_holds_is_approved_unseen_where_nobody_reviews(
    review: ReviewRule, held: bool, revision: int, expected: bool
) -> None:
    assert is_approved_unseen(review, held=held, revision=revision) is expected
    if revision == 1:
        state = AuditState.APPROVED if expected else AuditState.SUBMITTED
        assert arrival_state(review, photos=0, held=held) == state


@pytest.mark.parametrize("review", ReviewRule)
def test_an_audit_that_declares_photos_waits_for_them(review: ReviewRule) -> None:
    assert arrival_state(review, photos=1, held=False) == AuditState.AWAITING_MEDIA


def test_an_offer_is_accepted_started_submitted_and_closed() -> None:
    steps = map(AssignmentAction, ["accept", "start", "submit", "close"])
    assert walk(ASSIGNMENT, AssignmentState.OFFERED, *steps) == AssignmentState.CLOSED


def test_a_late_audit_still_submits_its_expired_assignment() -> None:
    steps = AssignmentAction.EXPIRE, AssignmentAction.SUBMIT
    assert walk(ASSIGNMENT, AssignmentState.STARTED, *steps) == AssignmentState.SUBMITTED


def test_a_cancelled_assignment_stays_cancelled() -> None:
    assert ASSIGNMENT.actions(AssignmentState.CANCELLED) == []


@pytest.mark.parametrize("state", AuditState)
def test_a_visit_whose_audit_has_come_is_closed_only_where_that_counts(state: AuditState) -> None:
    after = AssignmentState.CLOSED if counts(state) else AssignmentState.SUBMITTED
    assert visited_state(state) == after
    assert after in VISITED


def test_a_phone_hears_of_a_visit_that_may_be_returned_and_not_of_one_that_expired() -> None:
    assert set(SHOWN_ON_PHONE) - set(AWAITS_AUDIT) == {AssignmentState.SUBMITTED}
    assert set(AWAITS_AUDIT) - set(SHOWN_ON_PHONE) == {AssignmentState.EXPIRED}


def test_a_published_version_can_only_be_retired() -> None:
    assert CHECKLIST_VERSION.actions(VersionState.DRAFT) == ["publish", "replace", "delete"]
    assert CHECKLIST_VERSION.actions(VersionState.PUBLISHED) == [VersionAction.RETIRE]
    assert CHECKLIST_VERSION.actions(VersionState.RETIRED) == []


def test_a_photo_is_looked_into_only_once_it_is_stored() -> None:
    assert walk(PHOTO, "declared", PhotoAction.CONFIRM, PhotoAction.PREPARE) == PhotoState.READY
    assert PHOTO.actions(PhotoState.DECLARED) == [
        PhotoAction.CONFIRM,
        PhotoAction.WAIVE,
        PhotoAction.REFUSE,
    ]


def test_a_photo_that_was_waived_is_taken_when_it_comes_after_all() -> None:
    assert walk(PHOTO, "declared", PhotoAction.WAIVE, PhotoAction.CONFIRM) == PhotoState.STORED


@pytest.mark.parametrize("life", [AUDIT, ASSIGNMENT, CHECKLIST_VERSION, PHOTO])
def test_an_action_means_one_thing_in_every_state(life: Life) -> None:
    assert len({move.action for move in life.moves}) == len(life.moves)


@pytest.mark.parametrize("life", [AUDIT, ASSIGNMENT, PHOTO])
def test_every_move_leads_elsewhere(life: Life) -> None:
    assert all(move.to_state not in move.from_states for move in life.moves)
