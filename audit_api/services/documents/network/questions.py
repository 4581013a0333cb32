"""How questions were answered, worded: of those too that bring no points."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from audit_api.drawing import Text
from audit_api.drawing.distribution import Distribution, Share
from audit_api.drawing.languages import together
from audit_api.pdf import Questionnaire
from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.exact import half_up
from audit_api.rules.figures.distribution import Spread
from audit_api.services import scorecards
from audit_api.services.documents.card_parts import numbers
from audit_api.services.documents.languages import labels, spoken
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.told import texts
from audit_api.services.scorecards.distributions import CountedBand
from audit_api.services.scorecards.distributions import Distribution as Counted
from audit_api.services.scorecards.titles import Version
from audit_api.words import answers


def questionnaires(asked: Asked, versions: Sequence[Version]) -> tuple[Questionnaire, ...]:
    """Return how the questions of these versions were answered, one checklist after the other;
    without those whose answers are not counted, such as texts."""
    number_of, questions = numbers(versions), _questions(versions)
    checklists = {version.checklist.key: version.checklist.title for version in reversed(versions)}
    rows: dict[str, list[Distribution]] = {}
    for each in scorecards.distributions(asked.subject, asked.request, by=asked.by):
        key = each.checklist, each.key
        if key in questions and each.answered and (each.given or each.spread):
            told = _worded(each, questions[key], number_of[key], asked.lang)
            rows.setdefault(each.checklist, []).append(told)
    return tuple(
        Questionnaire(texts(checklists[key], asked.lang) if len(rows) > 1 else None, tuple(told))
        for key, told in rows.items()
    )


def _questions(versions: Collection[Version]) -> Mapping[tuple[str, str], Question]:
    """Each question as the newest version of its checklist has it."""
    found: dict[tuple[str, str], Question] = {}
    for version in versions:
        for question in version.checklist.questions():
            found.setdefault((version.checklist.key, question.key), question)
    return found


def _worded(counted: Counted, question: Question, number: str, lang: str) -> Distribution:
    given = (
        Share(each.title if isinstance(each.title, str) else texts(each.title, lang), *each[2:])
        for each in counted.given
    )
    bands = (Share(_band(band, question, lang), band.n, band.share) for band in counted.bands)
    return Distribution(
        number,
        texts(counted.title, lang),
        texts(counted.touchpoint_title, lang),
        counted.asked,
        counted.answered,
        (*given, *bands),
        _middle(counted.spread, question, lang),
        _left_out(counted, lang),
        scored=question.consequential,
    )


def _band(band: CountedBand, question: Question, lang: str) -> Text:
    """A band of measured values, by its ends."""
    said = labels(lang).say
    start, end = (_measured(value, question, lang) for value in (band.start, band.end))
    if band.start is None:
        return said("network.band_below", end=end)
    if band.end is None:
        return said("network.band_from", start=start)
    return said("network.band_between", start=start, end=end)


def _middle(spread: Spread | None, question: Question, lang: str) -> Text | None:
    if spread is None or not spread.n:
        return None
    told = {
        name: _measured(value, question, lang)
        for name, value in (
            ("median", spread.median),
            ("mean", _rounded(spread.mean, question)),
            ("least", spread.least),
            ("most", spread.most),
        )
    }
    return labels(lang).say("network.spread", **told)


def _rounded(mean: int | None, question: Question) -> int | None:
    """A mean in thousandths as people read it: to a whole second, or to a tenth."""
    if mean is None:
        return None
    step = 1000 if question.type is QuestionType.DURATION else 100
    return half_up(mean, step) * step


def _measured(thousandths: int | None, question: Question, lang: str) -> Text:
    if thousandths is None:
        return ""
    whole = thousandths % 1000 == 0
    value = thousandths // 1000 if whole else thousandths / 1000
    return spoken(lambda locale: answers.answer(question, value, locale), lang)


def _left_out(counted: Counted, lang: str) -> Text | None:
    """How many gave no answer, and why."""
    said = labels(lang).say
    told = tuple(_reasons(counted))
    if not told:
        return None
    return together(tuple(said(code, n=n) for code, n in told), " · ")


def _reasons(counted: Counted) -> Iterator[tuple[str, int]]:
    for code, n in (
        ("network.not_applicable", counted.not_applicable),
        ("network.not_observed", counted.not_observed),
        ("network.unanswered", counted.unanswered),
    ):
        if n:
            yield code, n
