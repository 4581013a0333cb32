"""Findings that came again: what failed at the latest visit to a site, and at the one before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Site
from audit_api.rules.checklist.sections import walk
from audit_api.rules.figures.periods import YEAR, Period
from audit_api.rules.figures.repeats import Repeat, Seen, repeats
from audit_api.services.access import Who
from audit_api.services.insights import sample
from audit_api.services.insights.sample import Report, SampledAudit
from audit_api.services.scorecards import CardRequest, Scope, titles
from audit_api.services.scorecards.titles import Title, Version
from audit_api.words import insights as words
from audit_api.words.insights import in_every_language

LOOK_BACK = YEAR
"""Visits of so many months up to the period's end are looked through, or of the whole period."""


class NamedSite(NamedTuple):
    """A site as a list names it."""

    site_id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """A finding that came again at a site: `found` says how often and since when, `critical`
    whether an answer to the question may change more than its points."""

    site: NamedSite
    checklist: str
    key: str
    title: Title
    touchpoint: str
    touchpoint_title: Title
    critical: bool
    found: Repeat
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Repeats:
    """What came again at the latest visits of a period, the critical first, then by how often:
    `lines` of all `findings`, which are at `sites` of the sites `visited` in the period."""

    findings: int
    sites: int
    visited: int
    lines: tuple[RepeatLine, ...]
    text: Mapping[str, str]


class _Visit(NamedTuple):
    """An audit and what it saw."""

    audit: SampledAudit
    seen: Seen


class _Found(NamedTuple):
    """A repeat, before its site and its question are named."""

    site_id: UUID
    version: Version
    critical: bool
    repeat: Repeat


def repeated(scope: Scope, request: CardRequest, *, most: int, by: Who) -> Repeats:
    """Return the findings of a scope's period that came again and still stand, `most` of them.

    They came again where a question failed at the latest visit of a site that answered it, and at
    the one before it that did, both with the same checklist; the latest was in the period.  Call it
    in `database.one_moment`.
    """
    keys = titles.scoring_keys(by.organisation_id, request.checklist)
    months = _looked_through(request.period)
    counted = sample.counted(scope, months, keys)
    versions = titles.newest_versions(by.organisation_id, counted)
    visits = sample.reports(scope, months, counted, _visit)
    found = sorted(_found(visits, versions, request.period), key=_worst_first)
    visited = {visit.audit.site_id for visit in visits if visit.audit.day >= request.period.starts}
    sites = len({each.site_id for each in found})
    return Repeats(
        len(found),
        sites,
        len(visited),
        tuple(_lines(found[:most])),
        in_every_language(words.repeats, len(found), sites, len(visited)),
    )


def _looked_through(period: Period) -> Period:
    """The months up to a period's end that are looked through."""
    months = max(period.months, LOOK_BACK)
    return Period(period.first + period.months - months, months, rolling=True)


def _found(
    visits: Sequence[_Visit], versions: Sequence[Version], period: Period
) -> Iterator[_Found]:
    newest: dict[str, Version] = {}
    for version in versions:
        newest.setdefault(version.checklist.key, version)
    checklists = {version.scoring_key: version.checklist.key for version in versions}
    seen: dict[tuple[UUID, str], list[Seen]] = {}
    for audit, visit in sorted(visits, key=_in_time):
        seen.setdefault((audit.site_id, checklists[audit.scoring_key]), []).append(visit)
    for (site_id, checklist), in_order in seen.items():
        version = newest[checklist]
        critical = {
            question.key: bool(question.possible_effects)
            for question in version.checklist.questions()
        }
        for repeat in repeats(in_order):
            # A question that is asked no more can be mended no more.
            if repeat.last >= period.starts and repeat.question in critical:
                yield _Found(site_id, version, critical[repeat.question], repeat)


def _visit(audit: SampledAudit, report: Report) -> _Visit:
    hidden = report.score["hidden"]
    answered = [
        key for key, answer in report.answers.items() if "value" in answer and key not in hidden
    ]
    return _Visit(audit, Seen(audit.day, frozenset(answered), report.score["failed"]))


def _in_time(visit: _Visit) -> tuple[date, datetime, UUID]:
    return visit.audit.day, visit.audit.visited_at, visit.audit.id


def _worst_first(found: _Found) -> tuple[bool, int, str, int, str]:
    repeat = found.repeat
    since = repeat.since.isoformat()
    return not found.critical, -repeat.times, since, found.site_id.int, repeat.question


def _lines(found: Sequence[_Found]) -> Iterator[RepeatLine]:
    sites = _named({each.site_id for each in found})
    for site_id, version, critical, repeat in found:
        checklist = version.checklist
        touchpoint, question = next(
            (path[0], question)
            for path in walk(checklist.touchpoints)
            for question in path[-1].questions
            if question.key == repeat.question
        )
        site = sites[site_id]
        yield RepeatLine(
            site,
            checklist.key,
            question.key,
            question.title,
            touchpoint.key,
            touchpoint.title,
            critical,
            repeat,
            in_every_language(words.repeat, repeat, question.title, site.name, critical),
        )


def _named(site_ids: Collection[UUID]) -> Mapping[UUID, NamedSite]:
    rows = db.session.execute(sa.select(Site.id, Site.code, Site.name).where(Site.id.in_(site_ids)))
    return {row[0]: NamedSite(*row) for row in rows}
