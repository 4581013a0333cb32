"""What each critical effect did to its section and to the whole, one after the other.

The explanation zeroes all sections before it counts the whole again; here each is zeroed after the
ones before it, so that a reader sees what every single effect cost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit_api.rules.checklist.questions import EffectKind
from audit_api.rules.checklist.sections import Method
from audit_api.rules.scoring.explanation.counting import FULL, NONE, mean, pooled
from audit_api.rules.scoring.explanation.steps import (
    Affected,
    Cause,
    Fixed,
    PartOf,
    Share,
    Step,
    Summed,
    Zeroed,
    fixed_share,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One critical effect: what it hung on, and the whole's score `before` and `after` it.

    `section` is the key of what it zeroed, with its scores; it is "" for an effect on the whole.
    Scores are in hundredths of a percent.  `cap` and `band` are the best that it leaves.
    """

    kind: EffectKind
    causes: tuple[Cause, ...]
    before: int | None
    after: int | None
    section: str = ""
    section_before: int | None = None
    section_after: int | None = None
    cap: int | None = None
    band: str | None = None


def changes(steps: Sequence[Step], *, bonus_over_100: bool) -> Iterator[Change]:
    """The critical effects of an explained score, the zeroed sections first.

    Each begins where the one before it ended; the first at the raw score, and the last ends at
    the final one.
    """
    sums = {step.key: step for step in steps if isinstance(step, Summed) and not step.again}
    total = next((step.share for step in steps if isinstance(step, Fixed)), None)
    zeroed: list[str] = []
    for step in steps:
        # A section that answers have zeroed misses its pass mark as well: that changes nothing.
        if isinstance(step, Zeroed) and step.key not in zeroed:
            zeroed.append(step.key)
            left = _whole(sums, zeroed, total, bonus_over_100=bonus_over_100)
            yield Change(
                EffectKind.ZERO_SECTION,
                step.causes,
                _score(total),
                _score(left),
                step.key,
                fixed_share(step.before),
                fixed_share(step.after),
            )
            total = left
        elif isinstance(step, Affected):
            yield Change(
                step.effect,
                (Cause(step.key, step.value),),
                _score(step.before),
                _score(step.after),
                cap=step.cap,
                band=step.band,
            )


def _whole(
    sums: Mapping[str, Summed], zeroed: Collection[str], total: Share, *, bonus_over_100: bool
) -> Share:
    """The whole's share with these sections zeroed; as it was where demerits make the score."""
    if "" not in sums:
        return total
    share = _part(PartOf("", 0, 0, 0, None), sums, zeroed).share
    return share if share is None or bonus_over_100 else min(share, FULL)


def _part(part: PartOf, sums: Mapping[str, Summed], zeroed: Collection[str]) -> PartOf:
    """A part as it counts with these sections zeroed."""
    summed = sums[part.key]
    parts = tuple(_part(inner, sums, zeroed) for inner in summed.parts)
    earned = sum(inner.earned for inner in parts) if parts else summed.earned
    share: Fraction | None = summed.share
    if parts:
        weighted = summed.method is Method.WEIGHTED
        share = mean(parts) if weighted else pooled(earned, summed.possible)
    if part.key in zeroed:
        earned, share = min(earned, 0), None if share is None else min(share, NONE)
    return PartOf(part.key, part.weight, earned, summed.possible, share)


def _score(share: Share) -> int | None:
    """A whole's score: never below 0."""
    score = fixed_share(share)
    return None if score is None else max(score, 0)
