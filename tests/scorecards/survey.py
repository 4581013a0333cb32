"""A checklist with everything that scorecards add up, and answers to it drawn at random."""

from __future__ import annotations

from random import Random
from typing import Any

MARKS = {"recommend": (0, 10), "pleased": (1, 5), "effort": (1, 7), "hoped": (1, 5), "got": (1, 5)}


def survey() -> dict[str, Any]:
    """Return a checklist with sections, dimensions, bands and every metric."""
    till = [yes_no("receipt", "place"), yes_no("honest", effect={"cap": 50})]
    return {
        "format": 1,
        "key": "survey",
        "locales": ["en", "zh"],
        "title": words("Survey"),
        "scoring": {
            "method": "weighted",
            "pass_mark": 60,
            "bands": [
                {"key": "poor", "title": words("Poor"), "from": 0},
                {"key": "fair", "title": words("Fair"), "from": 50},
                {"key": "good", "title": words("Good"), "from": 85},
            ],
        },
        "dimensions": [
            {"key": "manner", "title": words("Manner")},
            {"key": "place", "title": words("Place")},
        ],
        "touchpoints": [
            touchpoint(
                "arrival",
                40,
                questions=[yes_no("greeted", "manner"), yes_no("clean", "place", weight=2)],
            ),
            touchpoint(
                "advice",
                60,
                sections=[
                    touchpoint("talk", 3, questions=[yes_no("listened", "manner")]),
                    touchpoint("till", 1, questions=till),
                ],
            ),
            touchpoint(
                "opinion",
                0,
                questions=[
                    scale("recommend", "nps"),
                    scale("pleased", "csat"),
                    scale("effort", "ces"),
                    scale("hoped", "csi"),
                    scale("got", "csi", metric_weight=2, expectation="hoped"),
                ],
            ),
        ],
    }


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}（中文）"}


def touchpoint(key: str, weight: int, **parts: Any) -> dict[str, Any]:
    return {"key": key, "title": words(key.title()), "weight": weight, **parts}


def yes_no(key: str, *dimensions: str, **more: Any) -> dict[str, Any]:
    tags = {"dimensions": list(dimensions)} if dimensions else {}
    return {
        "key": key,
        "type": "yes_no",
        "title": words(f"Was it {key}?"),
        "not_observed": True,
        "evidence": {"photo": "never"},
        **tags,
        **more,
    }


def scale(key: str, metric: str, **more: Any) -> dict[str, Any]:
    low, high = MARKS[key]
    return {
        "key": key,
        "type": "scale",
        "title": words(key.title()),
        "min": low,
        "max": high,
        "weight": 0,
        "metric": metric,
        "required": False,
        **more,
    }


def drawn(chance: Random) -> dict[str, Any]:
    """Return the answers of one visit; now and then something is not observed or left out."""
    answers: dict[str, Any] = {}
    for key in ("greeted", "clean", "listened", "receipt", "honest"):
        value = {"value": "yes" if chance.random() < 0.7 else "no"}
        answers[key] = {"not_observed": True} if chance.random() < 0.1 else value
    for key, (low, high) in MARKS.items():
        if chance.random() < 0.85:
            answers[key] = {"value": chance.randint(low, high)}
    return answers
