"""A score, fixed: what an audit, its touchpoints and its dimensions got, and what changed it.

Scores are whole hundredths of a percent, or None where nothing was there to score; points
earned and possible are whole millionths (points × weight).  Points are as observed: critical
effects change scores, never points.  Named tuples, because fourteen are made per audit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

SCORING_ENGINE = 1
"""Grows whenever the same answers could get another score; stored with every score."""


class PartScore(NamedTuple):
    """One touchpoint, section in one, or dimension.

    `passed` is None without a pass mark or without a score.
    """

    key: str
    score: int | None
    earned: int
    possible: int
    passed: bool | None


class AppliedEffect(NamedTuple):
    """One critical effect: its kind, the question or section it hung on, the score it met and left.

    The score is the section's for `zero_section`, the whole audit's for every other kind.
    `band` is the best band that a `cap_band` leaves.
    """

    kind: str
    where: str
    before: int | None
    after: int | None
    band: str | None = None


class Score(NamedTuple):
    """One audit's score.  `raw` is the score before critical effects, `final` after them.

    `passed` is None where nothing decides it.  `sections` are those inside touchpoints.
    `failed` lists the findings, `hidden` what conditions kept from being asked, by question.
    `answered` of the `visible` scored questions have a value; `valid` says whether enough.
    `site` holds the site's attributes that the conditions went by.
    """

    engine: int
    raw: int | None
    final: int | None
    passed: bool | None
    band: str | None
    earned: int
    possible: int
    touchpoints: tuple[PartScore, ...]
    sections: tuple[PartScore, ...]
    dimensions: tuple[PartScore, ...]
    failed: tuple[str, ...]
    hidden: tuple[str, ...]
    effects: tuple[AppliedEffect, ...]
    answered: int
    visible: int
    valid: bool
    not_applicable: int
    not_observed: int
    site: Mapping[str, object]

    def as_json(self) -> dict[str, object]:
        """The score as it is stored: JSON values without a single fraction."""
        return self._asdict() | {
            "touchpoints": [part._asdict() for part in self.touchpoints],
            "sections": [part._asdict() for part in self.sections],
            "dimensions": [part._asdict() for part in self.dimensions],
            "failed": list(self.failed),
            "hidden": list(self.hidden),
            "effects": [effect._asdict() for effect in self.effects],
        }


def score_from_json(stored: Mapping[str, Any]) -> Score:
    """The score that `Score.as_json` wrote."""
    return Score(
        **{
            **stored,
            "touchpoints": _parts(stored["touchpoints"]),
            "sections": _parts(stored["sections"]),
            "dimensions": _parts(stored["dimensions"]),
            "failed": tuple(stored["failed"]),
            "hidden": tuple(stored["hidden"]),
            "effects": tuple(AppliedEffect(**effect) for effect in stored["effects"]),
        }
    )


def _parts(stored: Sequence[Mapping[str, Any]]) -> tuple[PartScore, ...]:
    return tuple(PartScore(**part) for part in stored)
