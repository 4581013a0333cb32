"""Names of score bands that say which of two is the better one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from audit_api.errors import Fault
from audit_api.rules.authoring.checking.placing import Layout, places_by_start
from audit_api.rules.checklist.sections import ScoreBand
from audit_api.rules.exact import number

RATINGS: Sequence[Sequence[Sequence[str]]] = (
    (
        ("outstanding", "excellent", "exceptional", "卓越", "杰出", "优秀", "优"),
        ("very good", "很好"),
        ("good", "良好", "良", "好"),
        ("fair", "average", "satisfactory", "acceptable", "中等", "中", "一般", "合格", "及格"),
        ("needs improvement", "below average", "待改进", "需改进", "待提升"),
        ("poor", "bad", "weak", "unsatisfactory", "较差", "差", "不合格", "不及格"),
        ("very poor", "unacceptable", "critical", "很差", "极差"),
    ),
    (("s",), ("a+",), ("a",), ("b+",), ("b",), ("c",), ("d",), ("e",), ("f",)),
    (
        ("diamond", "钻石"),
        ("platinum", "白金", "铂金"),
        ("gold", "金", "金牌"),
        ("silver", "银", "银牌"),
        ("bronze", "铜", "铜牌"),
    ),
    (("green", "绿", "绿色"), ("amber", "yellow", "黄", "黄色"), ("red", "红", "红色")),
)
"""Scales of names, the best first; those of one step are as good as each other."""
RANKS: Mapping[str, tuple[int, int]] = {
    name: (scale, rank)
    for scale, steps in enumerate(RATINGS)
    for rank, names in enumerate(steps)
    for name in names
}
"""By name, its scale and its step there."""


def ratings(layout: Layout) -> Iterator[Fault]:
    """Bands of the score whose names say that they are worse than a band below them."""
    bands = layout.checklist.scoring.bands
    if not bands or not layout.sound("/scoring/bands"):
        return
    places = places_by_start(layout.document["scoring"]["bands"])
    for (lower, higher), place in zip(pairwise(bands), places[1:], strict=True):
        if _is_worse(higher, lower):
            values = {
                "worse": _name(higher),
                "start": number(higher.start, 100),
                "better": _name(lower),
                "other": number(lower.start, 100),
            }
            yield Fault(f"/scoring/bands/{place}/from", "band_above_better", values)


def _is_worse(band: ScoreBand, other: ScoreBand) -> bool:
    """Whether two bands have names of one scale, and the one's is the worse."""
    return any(
        scale == against and step > step_of_other
        for scale, step in _ranks(band)
        for against, step_of_other in _ranks(other)
    )


def _ranks(band: ScoreBand) -> Iterator[tuple[int, int]]:
    ranks = map(_rank, (*band.title.values(), band.key.replace("_", " ")))
    return (rank for rank in ranks if rank)


def _rank(name: str) -> tuple[int, int] | None:
    return RANKS.get(name.strip().casefold())


def _name(band: ScoreBand) -> str:
    """What a band is called: by the title that ranks it, or else by its key."""
    return next(filter(_rank, band.title.values()), band.key)
