"""The queue: what waits for a reviewer, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Response

from audit_api.console.audits import listing, waiting
from audit_api.console.audits.room import room
from audit_api.console.frame import pages, reader, regions
from audit_api.console.frame.forms import Options
from audit_api.console.frame.sessions import who
from audit_api.database import one_moment
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction, AuditState
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services import access
from audit_api.services.audits import queue as audit_queue
from audit_api.services.audits import reviews
from audit_api.services.audits.orders import Order
from audit_api.services.audits.queue import Filter

_STATES = (
    AuditState.SUBMITTED,
    AuditState.IN_REVIEW,
    AuditState.AWAITING_MEDIA,
    AuditState.RETURNED,
)


class Outcome(NamedTuple):
    """An audit of a selection that was not approved: which, and why, in words."""

    named: str
    said: str


@room.get("/review")
def queue() -> Response:
    """Show what waits for a reviewer."""
    return shown()


def shown(outcomes: Sequence[Outcome] = (), status: int = 200) -> Response:
    """Return the page of the queue, with what a selection came to."""
    access.require(who(), Permission.AUDIT_APPROVE)
    asked = waiting.asked()
    wanted = waiting.filter_of(asked)
    with one_moment():
        found = listing.page(wanted, Order.OLDEST)
        counts = _counts(wanted)
        campaigns = listing.campaign_names()
        openers = reviews.openers([row["id"] for row in found.rows], by=who())
        region_options = regions.options(reader.said("console.all_regions"))
    return pages.page(
        "audits/queue",
        reader.said("console.review"),
        status=status,
        found=found,
        counts=counts,
        campaigns=campaigns,
        openers=openers,
        asked_for=asked,
        kept=waiting.kept(),
        outcomes=outcomes,
        age=age,
        approvable=lifecycle.AUDIT.before(AuditAction.APPROVE),
        region_options=region_options,
        campaign_options=listing.campaign_options(campaigns),
        state_options=_state_options(),
        signal_options=_signal_options(),
    )


def age(since: datetime) -> str:
    """Return how long ago something was, in words: minutes, hours or days."""
    minutes = max(int((datetime.now(UTC) - since).total_seconds()) // 60, 0)
    if minutes < 60:
        return reader.said("console.age.minutes", count=minutes)
    hours = minutes // 60
    if hours < 48:
        return reader.said("console.age.hours", count=hours)
    return reader.said("console.age.days", count=reader.number(hours // 24))


def _counts(wanted: Filter) -> dict[str, int]:
    """How many audits of the address's filters are in each state, and how many a signal holds."""
    anywhere = replace(wanted, state=None, waiting=None)
    held = replace(anywhere, waiting=True, held=True)
    counts: dict[str, Any] = audit_queue.counted(anywhere, by=who())
    return {state: counts.get(state, 0) for state in _STATES} | {
        waiting.HELD: audit_queue.count(held, by=who())
    }


def _state_options() -> Options:
    named = ((str(state), reader.said(f"state.{state}")) for state in _STATES)
    return [("", reader.said("console.queue.waiting")), *named]


def _signal_options() -> Options:
    return [
        ("", reader.said("console.queue.any_signal")),
        (waiting.HELD, reader.said("console.queue.held")),
        *((str(kind), reader.said(f"console.signal.{kind}")) for kind in SignalKind),
    ]
