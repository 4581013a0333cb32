"""How every question of a period was answered, whether or not it brings points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from audit_api.rules.checklist.questions import MEASURES, Option, Question, QuestionType
from audit_api.rules.checklist.sections import Section, walk
from audit_api.rules.exact import percentage
from audit_api.rules.figures.distribution import Spread, by_band, spread
from audit_api.rules.permissions import Permission
from audit_api.rules.scoring.answer_values import LeftOut
from audit_api.rules.totals import Kind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.scorecards import figures, titles
from audit_api.services.scorecards.cards import CardRequest
from audit_api.services.scorecards.figures import Figures
from audit_api.services.scorecards.subjects import Scope
from audit_api.services.scorecards.titles import Title, Version
from audit_api.words import LOCALES
from audit_api.words.answers import answer as in_words


class GivenAnswer(NamedTuple):
    """A listed answer: `share` of those who answered gave it, in hundredths of a percent; of a
    question with several choices one answer may give many."""

    key: str
    title: Title | str
    n: int
    share: int | None


class CountedBand(NamedTuple):
    """How many measured values are at least `start` and below `end`, both in thousandths; None
    where the band is open."""

    start: int | None
    end: int | None
    n: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one question was answered: `asked` are `answered`, `not_applicable`, `not_observed` and
    `unanswered` together.

    `given` are the listed answers in their order; `spread` and `bands` tell of measured values.
    """

    checklist: str
    key: str
    title: Title
    type: QuestionType
    touchpoint: str
    touchpoint_title: Title
    asked: int
    answered: int
    not_applicable: int
    not_observed: int
    unanswered: int
    given: tuple[GivenAnswer, ...]
    spread: Spread | None
    bands: tuple[CountedBand, ...]


def distributions(scope: Scope, request: CardRequest, *, by: Who) -> Sequence[Distribution]:
    """Return how every question of a scope's period was answered, as they are asked; the checklist
    with most audits comes first.  Raises FORBIDDEN."""
    access.require(by, Permission.SCORECARD_READ)
    keys = titles.scoring_keys(by.organisation_id, request.checklist)
    now = figures.read(scope, request.period, keys, figures.DISTRIBUTION)
    versions = titles.every_version(by.organisation_id, now.audits)
    tallies = _tallies(now, versions)
    return [
        _distribution(asked, tallies[asked.checklist, asked.question.key])
        for asked in _asked(versions, now.audits)
        if (asked.checklist, asked.question.key) in tallies
    ]


@dataclass(slots=True)
class Tally:
    """What was counted of a question: `counts` by answer, and by reason for having none; `measured`
    is the sum of measured values, in thousandths."""

    asked: int = 0
    answered: int = 0
    measured: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


_PART = re.compile(r"(?P<question>\w+)(=(?P<answer>.+)|\?(?P<reason>.+))")


def _tallies(now: Figures, versions: Sequence[Version]) -> Mapping[tuple[str, str], Tally]:
    """What was counted, by checklist and question: a scoring key is of one checklist."""
    checklists = {version.scoring_key: version.checklist.key for version in versions}
    tallies: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for key, by_key in now.parts(Kind.QUESTION).items():
        for scoring_key, sums in by_key.items():
            if sums.audits:
                tally = tallies[checklists[scoring_key], key]
                tally.asked += sums.audits
                tally.answered += sums.scored
    for kind in (Kind.ANSWER, Kind.MARK):
        for part, by_key in now.parts(kind).items():
            found = _PART.fullmatch(part)
            assert found is not None, part
            for scoring_key, sums in by_key.items():
                if sums.audits:
                    tally = tallies[checklists[scoring_key], found["question"]]
                    counts = tally.reasons if found["answer"] is None else tally.counts
                    counts[found["answer"] or found["reason"]] += sums.audits
                    tally.measured += sums.final_sum
    return tallies


@dataclass(slots=True)
class AskedQuestion:
    """A question as the newest version has it, in its touchpoint; `options` are its listed answers
    in every version, the newest first."""

    checklist: str
    touchpoint: Section
    question: Question
    options: dict[str, Option]


def _asked(versions: Sequence[Version], audits: Mapping[str, int]) -> Sequence[AskedQuestion]:
    """Every question of these versions, which are in order from the newest."""
    questions: dict[tuple[str, str], AskedQuestion] = {}
    counts: Counter[str] = Counter()
    for version in versions:
        checklist = version.checklist
        counts[checklist.key] = max(counts[checklist.key], audits[version.scoring_key])
        for path in walk(checklist.touchpoints):
            for question in path[-1].questions:
                asked = questions.setdefault(
                    (checklist.key, question.key),
                    AskedQuestion(checklist.key, path[0], question, {}),
                )
                for option in question.options:
                    asked.options.setdefault(str(option.key), option)
    return sorted(questions.values(), key=lambda asked: (-counts[asked.checklist], asked.checklist))


def _distribution(asked: AskedQuestion, tally: Tally) -> Distribution:
    question = asked.question
    is_measured = question.type in MEASURES
    not_applicable = tally.reasons[LeftOut.NOT_APPLICABLE]
    not_observed = tally.reasons[LeftOut.NOT_OBSERVED]
    measured = {int(start): count for start, count in tally.counts.items()} if is_measured else {}
    return Distribution(
        checklist=asked.checklist,
        key=question.key,
        title=question.title,
        type=question.type,
        touchpoint=asked.touchpoint.key,
        touchpoint_title=asked.touchpoint.title,
        asked=tally.asked,
        answered=tally.answered,
        not_applicable=not_applicable,
        not_observed=not_observed,
        unanswered=tally.asked - tally.answered - not_applicable - not_observed,
        given=() if is_measured else tuple(_given(asked, tally)),
        spread=spread(measured, tally.measured) if is_measured else None,
        bands=tuple(_bands(question, measured)),
    )


def _given(asked: AskedQuestion, tally: Tally) -> Iterator[GivenAnswer]:
    for key in dict.fromkeys((*asked.options, *tally.counts)):
        count = tally.counts[key]
        share = percentage(count, tally.answered)
        yield GivenAnswer(key, _title(asked, key), count, share)


def _title(asked: AskedQuestion, key: str) -> Title | str:
    option = asked.options.get(key)
    if option is None:
        return key
    question = asked.question
    return option.title or {locale: in_words(question, option.key, locale) for locale in LOCALES}


def _bands(question: Question, measured: Mapping[int, int]) -> Iterator[CountedBand]:
    """The bands in order; the lowest also takes what is below it."""
    starts = [band.start for band in question.bands]
    if not starts:
        return
    total = sum(measured.values())
    ends = zip([None, *starts[1:]], [*starts[1:], None], strict=True)
    for (start, end), count in zip(ends, by_band(measured, starts), strict=True):
        yield CountedBand(start, end, count, percentage(count, total))
