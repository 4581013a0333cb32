"""Weekdays and hours: whether visits of some end otherwise than all the others.

A site learns the day of a visit, so that weekdays are no secret; the hour is one, and stays with
those who may know the auditors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from audit_api.rules.figures.classes import Class, classes
from audit_api.rules.figures.comparison import Sample
from audit_api.rules.permissions import Permission
from audit_api.services.access import Who
from audit_api.services.insights import sample
from audit_api.services.insights.chosen import chosen
from audit_api.services.insights.sample import SampledAudit
from audit_api.services.scorecards import CardRequest, Scope
from audit_api.words import insights as words
from audit_api.words.insights import in_every_language

WEEKDAYS, HOURS = range(1, 8), range(24)
"""Monday is 1 (ISO 8601); an hour is named by its start, on the site's clock."""


@dataclass(frozen=True, slots=True)
class Times:
    """The scores of a period by classes of time, and what they say."""

    classes: tuple[Class, ...]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When visits with a checklist score better or worse: `read` of the `audits` that count were
    looked at, and `mixed` says that different rules scored them.  `hours` are None for whoever may
    not know when a visit was."""

    checklist: str | None
    audits: int
    read: int
    mixed: bool
    weekdays: Times
    hours: Times | None


def rhythm(scope: Scope, request: CardRequest, *, by: Who) -> Rhythm:
    """Return the scores of a scope's period by weekday and by hour, of one checklist (`chosen`).

    Call it in `database.one_moment`.
    """
    checklist, keys = chosen(scope, request.period, request.checklist, by=by)
    counted = sample.counted(scope, request.period, keys)
    audits = sample.audits(scope, request.period, counted)
    weekdays = classes(_samples(audits, WEEKDAYS, _weekday))
    hours = None
    if by.may(Permission.AUDIT_IDENTIFY):
        told = classes(_samples(audits, HOURS, _hour))
        hours = Times(told, in_every_language(words.hours, told))
    return Rhythm(
        checklist,
        sum(counted.values()),
        len(audits),
        len(counted) > 1,
        Times(weekdays, in_every_language(words.weekdays, weekdays)),
        hours,
    )


def _samples(
    audits: Iterable[SampledAudit], keys: Iterable[int], key_of: Callable[[SampledAudit], int]
) -> Mapping[int, Sample]:
    """The scores of each class that has any."""
    scores: dict[int, list[int]] = {key: [] for key in keys}
    for audit in audits:
        if audit.final is not None:
            scores[key_of(audit)].append(audit.final)
    return {
        key: Sample(len(found), sum(found), sum(score * score for score in found))
        for key, found in scores.items()
        if found
    }


def _weekday(audit: SampledAudit) -> int:
    return audit.day.isoweekday()


def _hour(audit: SampledAudit) -> int:
    return audit.visited_at.astimezone(ZoneInfo(audit.time_zone)).hour
