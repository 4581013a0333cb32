"""From the sections to the final score, worked out once more from the questions' steps and with
fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit_api.rules.checklist.questions import Effect, EffectKind
from audit_api.rules.checklist.sections import Method, ScoringRules, Section, walk
from audit_api.rules.scoring.explanation.questions import Asked, State
from audit_api.rules.scoring.explanation.steps import (
    Affected,
    Capped,
    Cause,
    Deducted,
    Fixed,
    Lost,
    Marked,
    PartOf,
    ScoreStep,
    Share,
    Summed,
    Zeroed,
    fixed_share,
)

NONE, FULL = Fraction(0), Fraction(1)

Parts = dict[str, PartOf]
"""What each section brings to the one around it, by key."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the score is made from: the questions that were asked, by section, and the critical
    effects of answers, each beside its cause."""

    rules: ScoringRules
    whole: Section
    asked: Mapping[str, tuple[Asked, ...]]
    hung: tuple[tuple[Effect, Cause], ...]

    @property
    def questions(self) -> list[Asked]:
        return [question for questions in self.asked.values() for question in questions]

    def zeroing(self, section: str) -> tuple[Cause, ...]:
        """The answers that zero a section."""
        own = {question.key for question in self.asked.get(section, ())}
        zeroing = [cause for effect, cause in self.hung if effect.kind is EffectKind.ZERO_SECTION]
        return tuple(cause for cause in zeroing if cause.key in own)


def counted(account: Account) -> Iterator[ScoreStep]:
    """From the sections to the final score."""
    before: Parts = {}
    for section in _inside_out(account.whole):
        summed = _summed(account, section, before)
        before[section.key] = _part_of(section, summed.earned, summed.possible, summed.share)
        yield summed
    whole = _whole(account, before)
    yield from whole
    yield _fixed("raw", _left(whole))
    after: Parts = {}
    marks = []
    for section in _inside_out(account.whole):
        for step in _critical(account, section, before, after):
            marks += [step] if isinstance(step, Marked) else []
            yield step
    if _changed(account.whole, before, after) and account.rules.method is not Method.DEMERIT:
        whole = _whole(account, after, again=True)
        yield from whole
    effects = _effects(account, marks, _left(whole))
    yield from effects
    yield _fixed("final", _left(effects or whole))


def _inside_out(around: Section) -> Iterator[Section]:
    """All sections inside one, each after the sections inside it."""
    for section in around.sections:
        yield from _inside_out(section)
        yield section


def _summed(
    account: Account, section: Section, inner: Mapping[str, PartOf], *, again: bool = False
) -> Summed:
    """A section's score, or the whole's, before it is zeroed itself."""
    questions = account.asked.get(section.key, ())
    parts = tuple(inner[each.key] for each in section.sections)
    earned = sum(each.earned for each in parts or questions)
    possible = sum(each.possible for each in parts or questions)
    weighted = account.rules.method is Method.WEIGHTED and bool(parts)
    return Summed(
        key=section.key,
        method=Method.WEIGHTED if weighted else Method.POOLED,
        questions=tuple(question.key for question in questions),
        parts=parts,
        earned=earned,
        possible=possible,
        share=mean(parts) if weighted else pooled(earned, possible),
        again=again,
    )


def _part_of(section: Section, earned: int, possible: int, share: Share) -> PartOf:
    return PartOf(section.key, section.weight, earned, possible, share)


def pooled(earned: int, possible: int) -> Share:
    return Fraction(earned, possible) if possible > 0 else None


def mean(parts: Sequence[PartOf]) -> Share:
    """The mean by weight of the parts that have a share; None where their weights sum to 0."""
    left = [(part.weight, part.share) for part in parts if part.share is not None]
    weights = sum(weight for weight, _ in left)
    return sum(weight * share for weight, share in left) / Fraction(weights) if weights else None


def _whole(
    account: Account, parts: Mapping[str, PartOf], *, again: bool = False
) -> tuple[Summed | Deducted | Capped, ...]:
    """The whole audit, with the bonus capped."""
    whole: Summed | Deducted = _summed(account, account.whole, parts, again=again)
    if account.rules.method is Method.DEMERIT:
        whole = _deducted(account)
    if whole.share is None or whole.share <= FULL or account.rules.bonus_over_100:
        return (whole,)
    return whole, Capped(whole.share, FULL)


def _deducted(account: Account) -> Deducted:
    lost = tuple(
        Lost(question.key, question.demerit * question.findings)
        for question in account.questions
        if question.demerit and question.findings
    )
    start = account.rules.start
    answered = sum(each.demerit > 0 and each.state is State.ANSWERED for each in account.questions)
    left = max(start - sum(each.demerit for each in lost), 0)
    return Deducted(start, lost, answered, Fraction(left, 100_000) if answered else None)


def _left(steps: Sequence[Summed | Deducted | Capped | Affected]) -> Share:
    """The whole's score after the last of the steps."""
    last = steps[-1]
    return last.after if isinstance(last, Capped | Affected) else last.share


def _fixed(kind: str, share: Share) -> Fixed:
    score = fixed_share(share)
    return Fixed(kind, share, None if score is None else max(score, 0))


def _changed(section: Section, before: Parts, after: Parts) -> bool:
    """Whether something right inside a section was zeroed, or changed with what was."""
    return any(before[inner.key] != after[inner.key] for inner in section.sections)


def _critical(
    account: Account, section: Section, before: Parts, after: Parts
) -> Iterator[Summed | Zeroed | Marked]:
    """What critical effects did to a section, and whether it reaches its pass mark; what it then
    brings is noted in `after`."""
    summed = _summed(account, section, after, again=True)
    if _changed(section, before, after):
        yield summed
    earned, share = summed.earned, summed.share
    if causes := account.zeroing(section.key):
        yield _zeroed(section, causes, earned, share)
        earned, share = min(earned, 0), _zero(share)
    if section.pass_mark is not None and share is not None:
        score = fixed_share(share) or 0
        yield Marked(section.key, score, section.pass_mark, score >= section.pass_mark)
        zeroes = any(effect.kind is EffectKind.ZERO_SECTION for effect in section.on_fail)
        if zeroes and score < section.pass_mark:
            yield _zeroed(section, (Cause(section.key, None),), earned, share)
            earned, share = min(earned, 0), _zero(share)
    after[section.key] = _part_of(section, earned, summed.possible, share)


def _zeroed(section: Section, causes: tuple[Cause, ...], earned: int, share: Share) -> Zeroed:
    return Zeroed(section.key, causes, earned, min(earned, 0), share, _zero(share))


def _zero(share: Share) -> Share:
    """Nothing above 0 is left."""
    return None if share is None else min(share, NONE)


def _effects(account: Account, marks: Sequence[Marked], share: Share) -> list[Affected]:
    """The critical effects on the whole: of answers in asking order, then of sections."""
    missed = {mark.key for mark in marks if not mark.passed}
    sections = (section for *_, section in walk(account.whole.sections) if section.key in missed)
    own = ((effect, Cause(each.key, None)) for each in sections for effect in each.on_fail)
    steps = []
    for effect, cause in (*account.hung, *own):
        if effect.kind is not EffectKind.ZERO_SECTION:
            after = _affected(share, effect)
            cap, band = effect.cap, effect.band
            steps.append(Affected(*cause, effect.kind, cap, band, share, after))
            share = after
    return steps


def _affected(share: Share, effect: Effect) -> Share:
    if effect.kind is EffectKind.ZERO_AUDIT:
        return _zero(share)
    if share is None or effect.cap is None:
        return share
    return min(share, Fraction(effect.cap, 10_000))
