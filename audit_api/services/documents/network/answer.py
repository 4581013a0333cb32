"""The answer of a paper, before all else: a sentence for each thing that its figures prove."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.drawing import Figure, Text
from audit_api.drawing.figures import number
from audit_api.drawing.movers import Mover
from audit_api.pdf import Difference, Finding, NetworkReport, Part
from audit_api.rules.exact import percent
from audit_api.services.documents.network.parts import Others


def findings(report: NetworkReport, others: Others | None) -> tuple[Finding, ...]:
    """Return what a paper's figures prove, the score first; of what chance may explain, no more
    than that."""
    if report.overall.score is None:
        return (Finding(report.labels.say("finding.nothing")),)
    told = (
        _score(report),
        _target(report),
        _organisation(report, others),
        _parts(report),
        _moved_part(report),
        _movers(report),
        _first_to_fix(report),
        _insights(report),
        _missed(report),
    )
    return tuple(finding for findings in told for finding in findings)


def _score(report: NetworkReport) -> Iterator[Finding]:
    """What the score is, and whether it changed."""
    change = report.previous
    code, good = _course(change)
    told = report.labels.say(
        code,
        score=_told(report.overall, report),
        n=report.overall.n,
        points=_points(change.points or 0),
        period=change.period,
        before=change.n,
    )
    yield Finding(told, good)


def _course(change: Difference) -> tuple[str, bool | None]:
    """Which way the score went, and whether that is good."""
    if change.points is None:
        return "finding.alone", None
    if not change.comparable:
        return "finding.other_rules", None
    if not change.beyond_chance:
        return "finding.steady", None
    return ("finding.rose", True) if change.points > 0 else ("finding.fell", False)


def _target(report: NetworkReport) -> Iterator[Finding]:
    """Whether the target is met, where the interval leaves no doubt."""
    target, overall = report.target, report.overall
    if target is None or overall.low is None or overall.high is None:
        return
    if overall.low >= target:
        yield Finding(report.labels.say("finding.target_met", target=percent(target)), good=True)
    elif overall.high < target:
        told = report.labels.say(
            "finding.target_missed",
            target=percent(target),
            points=number(target - (overall.score or 0)),
        )
        yield Finding(told, good=False)


def _organisation(report: NetworkReport, others: Others | None) -> Iterator[Finding]:
    """Whether these sites score otherwise than all others of the organisation."""
    if others is None or others.score is None or not others.differ:
        return
    points = (report.overall.score or 0) - others.score
    told = report.labels.say(
        "finding.above_others" if points > 0 else "finding.below_others",
        points=_points(points),
        score=percent(others.score),
        n=others.n,
    )
    yield Finding(told, points > 0)


def _parts(report: NetworkReport) -> Iterator[Finding]:
    """The weakest and the strongest touchpoint, where their intervals are clear of the whole's."""
    overall = report.overall
    parts = [part for part in report.touchpoints if part.figure.score is not None]
    if not parts or overall.low is None or overall.high is None:
        return
    weakest, strongest = min(parts, key=_score_of), max(parts, key=_score_of)
    if weakest.figure.high is not None and weakest.figure.high < overall.low:
        yield Finding(_part("finding.weakest", weakest, report), good=False)
    if strongest.figure.low is not None and strongest.figure.low > overall.high:
        yield Finding(_part("finding.strongest", strongest, report), good=True)


def _score_of(part: Part) -> int:
    return part.figure.score or 0


def _part(code: str, part: Part, report: NetworkReport) -> Text:
    return report.labels.say(code, part=part.title, score=_told(part.figure, report))


def _moved_part(report: NetworkReport) -> Iterator[Finding]:
    """The touchpoint that moved furthest beyond chance."""
    moved = [part for part in report.touchpoints if _is_sure(part.change)]
    if moved:
        part = max(moved, key=lambda part: abs(part.change.points or 0))
        points = part.change.points or 0
        code = "finding.part_rose" if points > 0 else "finding.part_fell"
        told = report.labels.say(
            code, part=part.title, points=number(abs(points)), period=part.change.period
        )
        yield Finding(told, points > 0)


def _is_sure(change: Difference) -> bool:
    return change.comparable and change.beyond_chance and bool(change.points)


def _movers(report: NetworkReport) -> Iterator[Finding]:
    """How many sites moved by more than chance, and which furthest."""
    if report.movers is None:
        return
    for code, movers, good in (
        ("finding.sites_rose", report.movers.improved, True),
        ("finding.sites_fell", report.movers.worsened, False),
    ):
        sure = [mover for mover in movers if mover.beyond_chance]
        if sure:
            first = max(sure, key=_way)
            told = report.labels.say(
                code,
                sites=len(sure),
                compared=report.movers.compared,
                period=report.movers.base,
                site=first.name,
                points=number(_way(first)),
            )
            yield Finding(told, good)


def _way(mover: Mover) -> int:
    return abs((mover.now.score or 0) - (mover.before.score or 0))


def _first_to_fix(report: NetworkReport) -> Iterator[Finding]:
    """The question that costs the score most."""
    first = next((each for each in report.failing if each.impact), None)
    if first is not None:
        told = report.labels.say(
            "finding.fix",
            question=first.title,
            points=number(first.impact),
            failed=first.failed,
            asked=first.asked,
        )
        yield Finding(told, good=False)


def _insights(report: NetworkReport) -> Iterator[Finding]:
    """What has most to do with the score, what came again, what is to be expected."""
    if report.drivers is not None and report.drivers.parts:
        yield Finding(report.drivers.told)
    if report.repeats is not None and report.repeats.lines:
        yield Finding(report.repeats.told, good=False)
    if report.forecast is not None and report.expected:
        yield Finding(report.forecast)


def _missed(report: NetworkReport) -> Iterator[Finding]:
    """Planned visits that were not made, once the period is over."""
    coverage = report.coverage
    if report.unfinished or coverage.planned is None or coverage.done is None:
        return
    missed = coverage.planned - coverage.done
    if missed > 0:
        told = report.labels.say("finding.missed", missed=missed, planned=coverage.planned)
        yield Finding(told, good=False)


def _told(figure: Figure, report: NetworkReport) -> Text:
    """A score with its interval, where it has one."""
    if figure.low is None or figure.high is None:
        return percent(figure.score)
    return report.labels.say(
        "finding.score",
        score=percent(figure.score),
        low=percent(figure.low),
        high=percent(figure.high),
    )


def _points(hundredths: int) -> str:
    return f"+{number(hundredths)}" if hundredths > 0 else number(hundredths)
