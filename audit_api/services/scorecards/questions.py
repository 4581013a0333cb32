"""Where points are lost: the questions of a period, by how often they fail and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from audit_api.rules.checklist.sections import Method, Section, walk
from audit_api.rules.exact import half_up, percentage
from audit_api.rules.totals import Kind
from audit_api.services.scorecards.figures import NOTHING, Figures
from audit_api.services.scorecards.titles import Title, Version


class QuestionLine(NamedTuple):
    """One question over a period: `failed` of `answered` answers were findings.

    `lost` are points (millionths), `fail_rate` is in hundredths of a percent.  `impact` is what
    the score would gain, in hundredths of a percentage point, had the question always earned all
    its points; None where the score is not made of points.  `mixed` says that different rules
    scored its answers.
    """

    checklist: str
    key: str
    title: Title
    touchpoint: str
    touchpoint_title: Title
    asked: int
    answered: int
    failed: int
    fail_rate: int | None
    earned: int
    possible: int
    lost: int
    impact: int | None
    mixed: bool


SORTS: Mapping[str, Callable[[QuestionLine], tuple[int, ...]]] = {
    "impact": lambda line: (-(line.impact or 0), -line.failed),
    "fail_rate": lambda line: (-(line.fail_rate or 0), -line.failed),
    "failed": lambda line: (-line.failed, -(line.fail_rate or 0)),
    "lost": lambda line: (-line.lost, -line.failed),
}
"""The orders of a ranking, the worst question first."""


def question_lines(
    figures: Figures, versions: Sequence[Version], *, sort: str
) -> tuple[QuestionLine, ...]:
    """The questions that some audit asked, in an order of SORTS; ties as they are asked."""
    lines: dict[tuple[str, str], QuestionLine] = {}
    for version in versions:
        audits = figures.by_key(Kind.WHOLE).get(version.scoring_key, NOTHING).audits
        for line in _lines(figures, version, audits):
            key = line.checklist, line.key
            lines[key] = _sum(lines[key], line) if key in lines else line
    all_audits = figures.total(Kind.WHOLE).audits
    ranking = [_with_rates(line, all_audits) for line in lines.values()]
    return tuple(sorted(ranking, key=SORTS[sort]))


def _lines(figures: Figures, version: Version, audits: int) -> Iterator[QuestionLine]:
    """The lines of one scoring key; `impact` is still multiplied by the number of its audits."""
    shares = _shares(figures, version)
    for path in walk(version.checklist.touchpoints):
        touchpoint, section = path[0], path[-1]
        for question in section.questions:
            sums = figures.by_key(Kind.QUESTION, question.key).get(version.scoring_key, NOTHING)
            if not (sums.audits and question.consequential):
                continue
            lost = sums.possible - sums.earned
            share = shares.get(section.key)
            impact = None
            if share is not None:
                impact = half_up(share.numerator * lost * 10_000 * audits, share.denominator)
            yield QuestionLine(
                checklist=version.checklist.key,
                key=question.key,
                title=question.title,
                touchpoint=touchpoint.key,
                touchpoint_title=touchpoint.title,
                asked=sums.audits,
                answered=sums.scored,
                failed=sums.scored - sums.passed,
                fail_rate=None,
                earned=sums.earned,
                possible=sums.possible,
                lost=lost,
                impact=impact,
                mixed=False,
            )


def _sum(one: QuestionLine, other: QuestionLine) -> QuestionLine:
    names = ("asked", "answered", "failed", "earned", "possible", "lost")
    sums = {name: getattr(one, name) + getattr(other, name) for name in names}
    impact = None if one.impact is None else one.impact + (other.impact or 0)
    return one._replace(**sums, impact=impact, mixed=True)


def _with_rates(line: QuestionLine, audits: int) -> QuestionLine:
    impact = None if line.impact is None else half_up(line.impact, audits)
    return line._replace(fail_rate=percentage(line.failed, line.answered), impact=impact)


def _shares(figures: Figures, version: Version) -> Mapping[str, Fraction]:
    """How much of the whole score a millionth of a point in each section is.

    It is the section's share of the whole, divided by the points possible in it over the period's
    audits.  Empty where demerits make the score.
    """
    checklist = version.checklist
    method = checklist.scoring.method
    if method is Method.DEMERIT:
        return {}
    if method is Method.POOLED:
        possible = figures.by_key(Kind.WHOLE).get(version.scoring_key, NOTHING).possible
        share = Fraction(1, possible) if possible else None
        if share is None:
            return {}
        return {section.key: share for section in checklist.sections()}
    shares: dict[str, Fraction] = {}
    _share_out(checklist.touchpoints, Kind.TOUCHPOINT, Fraction(1), figures, version, shares)
    return shares


def _share_out(
    parts: Sequence[Section],
    kind: Kind,
    share: Fraction,
    figures: Figures,
    version: Version,
    shares: dict[str, Fraction],
) -> None:
    sums = {
        part.key: figures.by_key(kind, part.key).get(version.scoring_key, NOTHING) for part in parts
    }
    scored_parts = [part for part in parts if sums[part.key].possible > 0]
    weights = sum(part.weight for part in scored_parts)
    for part in scored_parts if weights else ():
        part_share = share * part.weight / weights
        if part.sections:
            _share_out(part.sections, Kind.SECTION, part_share, figures, version, shares)
        else:
            shares[part.key] = part_share / sums[part.key].possible
