"""Key drivers of a scope's visits, and where each part lies between importance and performance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit_api.rules.checklist.questions import Question
from audit_api.rules.figures import importance, statistics
from audit_api.rules.figures.drivers import Driver, Drivers, Row, Unweighed, drivers
from audit_api.rules.figures.importance import Cross, Measured, Part, Placed
from audit_api.rules.figures.metrics import CSAT, NPS
from audit_api.rules.figures.statistics import Mean
from audit_api.rules.totals import Kind
from audit_api.services.access import Who
from audit_api.services.insights import sample
from audit_api.services.insights.chosen import chosen
from audit_api.services.insights.sample import Report, SampledAudit
from audit_api.services.scorecards import CardRequest, Scope, figures, titles
from audit_api.services.scorecards.titles import Title, Version
from audit_api.words import insights as words
from audit_api.words.insights import in_every_language


class Outcome(StrEnum):
    """How a visit ended: by its score, or by what a customer would say."""

    SCORE = "score"
    NPS = NPS
    CSAT = CSAT


class By(StrEnum):
    """What a visit is divided into: its stages, or what is tagged across them."""

    TOUCHPOINT = "touchpoint"
    DIMENSION = "dimension"


_KINDS: Mapping[By, Kind] = {By.TOUCHPOINT: Kind.TOUCHPOINT, By.DIMENSION: Kind.DIMENSION}
_TITLES: Mapping[By, Callable[[Sequence[Version]], Mapping[str, Title]]] = {
    By.TOUCHPOINT: titles.touchpoints,
    By.DIMENSION: titles.dimensions,
}


@dataclass(frozen=True, slots=True)
class DriverLine:
    """A part: its share among the drivers, and its mean score over the whole period, both with
    intervals; `placed` is None where there is nothing to compare it with."""

    key: str
    title: Title
    driver: Driver
    performance: Mean
    placed: Placed | None
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnweighedLine:
    """A part that is not weighed, and why."""

    key: str
    title: Title
    reason: Unweighed
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeyDrivers:
    """What has most to do with an outcome, among the audits of one checklist.

    `audits` count in the period, `read` of them were looked at, and `found.n` have all that is
    needed.  `mixed` says that different rules scored them.
    """

    checklist: str | None
    outcome: Outcome
    by: By
    audits: int
    read: int
    mixed: bool
    found: Drivers
    lines: tuple[DriverLine, ...]
    cross: Cross | None
    unweighed: tuple[UnweighedLine, ...]
    text: Mapping[str, str]


def key_drivers(
    scope: Scope, request: CardRequest, *, outcome: Outcome, parts: By, by: Who
) -> KeyDrivers:
    """Return the key drivers of a scope's period, by the audits of one checklist (`chosen`): parts
    of different checklists are different things.

    Call it in `database.one_moment`.
    """
    checklist, keys = chosen(scope, request.period, request.checklist, by=by)
    counted = sample.counted(scope, request.period, keys)
    versions = titles.newest_versions(by.organisation_id, counted)
    part_titles = _TITLES[parts](versions)
    questions = _questions(versions, outcome)

    def row(audit: SampledAudit, report: Report) -> Row | None:
        ended = _ended(audit, report, questions.get(audit.scoring_key), outcome)
        if ended is None:
            return None
        scores = {part["key"]: part["score"] for part in report.score[f"{parts}s"]}
        return Row(audit.site_id, ended, [scores.get(key) for key in part_titles])

    rows = sample.reports(scope, request.period, counted, row)
    found = drivers([each for each in rows if each is not None])
    means = _means(scope, request, parts, keys) if found.drivers else {}
    lines, cross = _lines(found, part_titles, means)
    unweighed = tuple(
        UnweighedLine(key, title, reason, in_every_language(words.unweighed, reason, title))
        for place, (key, title) in enumerate(part_titles.items())
        if (reason := found.unweighed.get(place))
    )
    first = next((line.title for line in lines if line.driver == found.first), {})
    return KeyDrivers(
        checklist=checklist,
        outcome=outcome,
        by=parts,
        audits=sum(counted.values()),
        read=len(rows),
        mixed=len(counted) > 1,
        found=found,
        lines=lines,
        cross=cross,
        unweighed=unweighed,
        text=in_every_language(words.drivers, found, str(outcome), first),
    )


def _questions(versions: Sequence[Version], metric: str) -> Mapping[str, Question]:
    """The first question of a metric, by scoring key."""
    return {
        version.scoring_key: question
        for version in versions
        for question in reversed([*version.checklist.questions()])
        if question.metric == metric
    }


def _ended(
    audit: SampledAudit, report: Report, question: Question | None, outcome: Outcome
) -> int | None:
    """How an audit ended; None where that is not known."""
    if outcome is Outcome.SCORE:
        return audit.final
    if question is None or question.key in report.score["hidden"]:
        return None
    mark: int | None = report.answers.get(question.key, {}).get("value")
    if mark is None or not question.reverse:
        return mark
    return sum(int(end.key) for end in (question.options[0], question.options[-1])) - mark


def _means(
    scope: Scope, request: CardRequest, by: By, keys: Collection[str] | None
) -> Mapping[str, Mean]:
    """The mean score of each part over all audits of the period, as the scorecard has it."""
    kind = _KINDS[by]
    now = figures.read(scope, request.period, keys, (Kind.WHOLE, kind))
    sums = {key: now.total(kind, key) for key in now.parts(kind)}
    return {
        key: statistics.mean(each.scored, each.final_sum, each.final_squares)
        for key, each in sums.items()
    }


def _lines(
    found: Drivers, part_titles: Mapping[str, Title], means: Mapping[str, Mean]
) -> tuple[tuple[DriverLine, ...], Cross | None]:
    keys = list(part_titles)
    parts = {
        driver.part: Part(
            Measured(driver.share, driver.low, driver.high),
            Measured(mean.mean or 0, mean.low, mean.high),
        )
        for driver in found.drivers
        for mean in [means[keys[driver.part]]]
    }
    cross = importance.cross(list(parts.values()))
    lines = []
    for driver in found.drivers:
        key = keys[driver.part]
        place = importance.placed(parts[driver.part], cross) if cross else None
        text = in_every_language(words.driver, driver, place, part_titles[key])
        lines.append(DriverLine(key, part_titles[key], driver, means[key], place, text))
    return tuple(lines), cross
