"""A scorecard counted again from the audits alone, with the statistics of scipy."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import Any

from scipy import stats

Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Visit:
    """An audit that counts: where, in which month, what was answered, and its stored score."""

    site: int
    month: str
    answers: dict[str, Any]
    score: dict[str, Any]

    def mark(self, key: str) -> int | None:
        mark: int | None = self.answers.get(key, {}).get("value")
        return mark


def card(visits: Sequence[Visit]) -> dict[str, Any]:
    """What a scorecard has to say of these visits."""
    scores = [visit.score for visit in visits]
    return {
        "audits": len(visits),
        "coverage": share(sum(s["answered"] for s in scores), sum(s["visible"] for s in scores)),
        "pass_rate": share(sum(bool(s["passed"]) for s in scores), len(finals(visits))),
        "overall": line(finals(visits)),
        **{
            kind: {key: line(found) for key, found in parts(visits, kind).items()}
            for kind in ("touchpoints", "sections", "dimensions")
        },
        "metrics": metrics(visits),
        "gaps": gaps(visits),
        "tenths": [
            sum(min(final // 1000, 9) == tenth for final in finals(visits)) for tenth in range(10)
        ],
        "bands": dict(Counter(s["band"] for s in scores if s["band"])),
        "failed": failed(visits),
    }


def finals(visits: Sequence[Visit]) -> list[int]:
    return [v.score["final"] for v in visits if v.score["final"] is not None]


def parts(visits: Sequence[Visit], kind: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for visit in visits:
        for part in visit.score[kind]:
            if part["score"] is not None:
                found.setdefault(part["key"], []).append(part["score"])
    return found


def line(scores: Sequence[int]) -> dict[str, Any]:
    """The mean of scores with scipy's t interval."""
    if not scores:
        return {"n": 0, "score": None, "low": None, "high": None, "no_interval": None}
    mean = hundredths(Fraction(sum(scores), len(scores)))
    if len(set(scores)) < 2:
        why = "one" if len(scores) == 1 else "alike"
        return {"n": len(scores), "score": mean, "low": None, "high": None, "no_interval": why}
    low, high = stats.t.interval(
        0.95, len(scores) - 1, sum(scores) / len(scores), stats.sem(scores)
    )
    ends = {"low": clamped(low), "high": clamped(high), "no_interval": None}
    return {"n": len(scores), "score": mean, **ends}


def metrics(visits: Sequence[Visit]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if marks := given(visits, "recommend"):
        promoters, detractors = sum(m >= 9 for m in marks), sum(m <= 6 for m in marks)
        p, d = (promoters + 0.75) / (len(marks) + 3), (detractors + 0.75) / (len(marks) + 3)
        half = Z * math.sqrt((p + d - (p - d) ** 2) / (len(marks) + 3))
        value = share(promoters - detractors, len(marks))
        low, high = max(p - d - half, -1) * 100, min(p - d + half, 1) * 100
        found["nps"] = estimate(len(marks), value, low, high)
    if marks := given(visits, "pleased"):
        top = sum(mark >= 4 for mark in marks)
        wilson = stats.binomtest(top, len(marks)).proportion_ci(0.95, "wilson")
        low, high = wilson.low * 100, wilson.high * 100
        found["csat"] = estimate(len(marks), share(top, len(marks)), low, high)
    if marks := given(visits, "effort"):
        found["ces"] = {
            "n": len(marks),
            "value": hundredths(Fraction(sum(marks) * 100, len(marks))),
        }
    items = [(given(visits, "hoped"), 1), (given(visits, "got"), 2)]
    if any(marks for marks, _ in items):
        top = sum(w * (Fraction(sum(m), len(m)) - 1) / 4 for m, w in items if m)
        weight = sum(w for m, w in items if m)
        found["csi"] = {
            "n": sum(len(m) for m, _ in items),
            "value": hundredths(Fraction(top) / weight * 10_000),
        }
    return found


def estimate(n: int, value: float | None, low: float, high: float) -> dict[str, Any]:
    """A share with its interval; of one answer there is none."""
    ends = (round(low, 2), round(high, 2)) if n > 1 else (None, None)
    return {"n": n, "value": value, "low": ends[0], "high": ends[1]}


def gaps(visits: Sequence[Visit]) -> dict[str, Any]:
    pairs = [(visit.mark("got"), visit.mark("hoped")) for visit in visits]
    both = [got - hoped for got, hoped in pairs if got is not None and hoped is not None]
    return {"got": (len(both), hundredths(Fraction(sum(both) * 100, len(both))))} if both else {}


def given(visits: Sequence[Visit], key: str) -> list[int]:
    return [mark for visit in visits if (mark := visit.mark(key)) is not None]


def failed(visits: Sequence[Visit]) -> dict[str, tuple[int, float | None]]:
    counts = Counter(key for visit in visits for key in visit.score["failed"])
    answered = Counter(
        key for visit in visits for key, answer in visit.answers.items() if "value" in answer
    )
    return {key: (count, share(count, answered[key])) for key, count in counts.items()}


def share(part: int, whole: int) -> float | None:
    return hundredths(Fraction(10_000 * part, whole)) if whole else None


def hundredths(value: Fraction) -> float:
    return math.floor(value + Fraction(1, 2)) / 100


def clamped(value: float) -> float:
    return math.floor(min(max(value, 0), 10_000) + 0.5) / 100
