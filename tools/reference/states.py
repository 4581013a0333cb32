"""Every state, and who moves what from where to where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import (
    ASSIGNMENT,
    AUDIT,
    CHECKLIST_VERSION,
    JOB,
    PHOTO,
    REASSIGNMENT,
    AssignmentState,
    AuditState,
    JobState,
    Life,
    Move,
    PhotoState,
    UnreadableReason,
    VersionState,
)
from audit_api.rules.permissions import GRANTS, INTEGRATION, INTEGRATION_GRANTS, Permission, Role
from audit_api.services.jobs import LEASE, MAX_ATTEMPTS
from audit_api.words import say, vocabulary
from tools.reference.wording import code, codes, plain, table, told


class Noun(NamedTuple):
    """A thing that has states: these, and the moves between them."""

    states: Iterable[str]
    lives: tuple[Life[Any, Any], ...] = ()


NOUNS: Mapping[str, Noun] = {
    "audit": Noun(AuditState, (AUDIT,)),
    "revision": Noun(STANDINGS),
    "assignment": Noun(AssignmentState, (ASSIGNMENT, REASSIGNMENT)),
    "version": Noun(VersionState, (CHECKLIST_VERSION,)),
    "photo": Noun(PhotoState, (PHOTO,)),
    "unreadable": Noun(UnreadableReason),
    "job": Noun(JobState, (JOB,)),
}
FIGURES = {"attempts": MAX_ATTEMPTS, "lease": int(LEASE.total_seconds())}


def states(noun: str, locale: str) -> str:
    """The states of a thing, with what each means."""
    rows = [
        [code(state), name(noun, state, locale), meaning(noun, state, locale)]
        for state in NOUNS[noun].states
    ]
    return table(locale, ["state", "name", "meaning"], rows)


def name(noun: str, state: str, locale: str) -> str:
    """Return what a state is called: by the product, or by the tables alone."""
    if noun == "audit":
        return say(f"state.{state}", locale)
    if noun == "unreadable":
        return say(f"photo.reason.{state}", locale)
    return told(f"{noun}.{state}", locale)


def meaning(noun: str, state: str, locale: str) -> str:
    if noun == "unreadable":
        return plain(vocabulary(locale)[f"photo.unreadable.{state}"])
    return told(f"{noun}.{state}.meaning", locale, **FIGURES)


def moves(noun: str, locale: str) -> str:
    """The moves of a thing: between which states, who may, and what brings it about."""
    rows = [
        [
            code(move.action),
            codes(move.from_states),
            code(move.to_state) if move.to_state else "–",
            _who(move, locale),
            told(f"{noun}.move.{move.action}", locale, **(FIGURES if noun == "job" else {})),
        ]
        for life in NOUNS[noun].lives
        for move in life.moves
    ]
    return table(locale, ["move", "from", "to", "permission", "how"], rows)


def _who(move: Move[Any, Any], locale: str) -> str:
    return f"{code(move.permission)}: {holders(move.permission, locale)}"


def holders(permission: Permission, locale: str) -> str:
    """Return who may have a permission, in words."""
    names = [told(f"heading.{role}", locale) for role in Role if role in GRANTS[permission]]
    if permission in INTEGRATION_GRANTS:
        names.append(told(f"heading.{INTEGRATION}", locale))
    return told("joint", locale).join(names)


TABLES: Mapping[str, Callable[[str], str]] = {
    **{f"{noun}_states": partial(states, noun) for noun in NOUNS},
    **{f"{noun}_moves": partial(moves, noun) for noun in NOUNS if NOUNS[noun].lives},
}
