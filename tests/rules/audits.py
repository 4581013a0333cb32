"""Random checklists, and random answers to them, for properties of the scorer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from audit_api.rules import checklist

Json = dict[str, Any]
TEXT = {"en": "x"}

decimals = st.integers(0, 9_000).map(lambda held: held / 1000)
signed = st.integers(-3_000, 9_000).map(lambda held: held / 1000)
weights = st.sampled_from([0, 0.5, 1, 1, 2, 3.125])
marks = st.none() | st.integers(0, 10_000).map(lambda held: held / 100)
effects = st.sampled_from(
    [None, None, None, "fail", "zero_section", "zero_section", "zero_audit", {"cap": 59.5}]
)


@st.composite
def options(draw: st.DrawFn) -> list[Json]:
    return [
        {
            "key": f"o{place}",
            "title": TEXT,
            "points": draw(signed),
            "failed": draw(st.booleans()),
            "effect": draw(effects),
        }
        for place in range(draw(st.integers(1, 4)))
    ]


@st.composite
def bands(draw: st.DrawFn) -> list[Json]:
    starts = draw(st.lists(st.integers(0, 20), min_size=1, max_size=3, unique=True))
    return [
        {
            "from": start,
            "points": draw(signed),
            "failed": draw(st.booleans()),
            "effect": draw(effects),
        }
        for start in starts
    ]


@st.composite
def questions(draw: st.DrawFn, key: str) -> Json:
    kind = draw(st.sampled_from(["single", "several", "yes_no", "scale", "number", "count"]))
    question: Json = {
        "key": key,
        "type": kind,
        "title": TEXT,
        "required": False,
        "not_applicable": True,
        "not_observed": True,
        "weight": draw(weights),
        "bonus": draw(st.sampled_from([False, False, False, True])),
        "dimensions": draw(st.lists(st.sampled_from(["d1", "d2", "d3"]), unique=True)),
    }
    if kind in ("single", "several"):
        question["options"] = draw(options())
        fails = any(option["failed"] for option in question["options"])
    elif kind == "yes_no":
        question |= {"points": draw(decimals), "reverse": draw(st.booleans()), "fails_at": "no"}
        fails = True
    elif kind == "scale":
        question |= {"min": 0, "max": 4, "reverse": draw(st.booleans()), "fails_at": 2}
        fails = True
    elif kind == "number" or draw(st.booleans()):
        question["bands"] = draw(bands())
        fails = any(band["failed"] for band in question["bands"])
    else:
        question["per_unit"] = -draw(decimals)
        fails = question["per_unit"] < 0
    if fails:
        question |= {"effect": draw(effects), "demerit": draw(decimals)}
    return question


@st.composite
def sections(draw: st.DrawFn, key: str, depth: int = 1) -> Json:
    pass_mark = draw(marks)
    section: Json = {
        "key": key,
        "title": TEXT,
        "weight": draw(weights),
        "pass_mark": pass_mark,
        "on_fail": None if pass_mark is None else draw(effects),
    }
    names = [f"{key}_{place}" for place in range(draw(st.integers(1, 3)))]
    if depth < 3 and draw(st.booleans()):
        section["sections"] = [draw(sections(name, depth + 1)) for name in names]
    else:
        section["questions"] = [draw(questions(f"{name}q")) for name in names]
    return section


@st.composite
def documents(draw: st.DrawFn) -> Json:
    return {
        "format": 1,
        "key": "random",
        "locales": ["en"],
        "title": TEXT,
        "scoring": {
            "method": draw(st.sampled_from(["pooled", "weighted", "demerit"])),
            "bonus_over_100": draw(st.booleans()),
            "pass_mark": draw(marks),
            "every_section_must_pass": draw(st.booleans()),
            "unanswered": draw(st.sampled_from(["ignore", "zero"])),
            "bands": [
                {"key": f"b{start}", "title": TEXT, "from": start}
                for start in draw(st.lists(st.integers(0, 100), unique=True, max_size=3))
            ],
        },
        "dimensions": [{"key": key, "title": TEXT} for key in ("d1", "d2", "d3")],
        "touchpoints": [draw(sections(f"t{place}")) for place in range(draw(st.integers(1, 3)))],
    }


def questions_in(section: Json) -> Iterator[Json]:
    yield from section.get("questions", ())
    for inner in section.get("sections", ()):
        yield from questions_in(inner)


def all_questions(document: Json) -> list[Json]:
    return [q for touchpoint in document["touchpoints"] for q in questions_in(touchpoint)]


def value_of(question: Json) -> st.SearchStrategy[Any]:
    kind = question["type"]
    if kind in ("single", "several"):
        keys = st.sampled_from([option["key"] for option in question["options"]])
        return keys if kind == "single" else st.lists(keys, unique=True)
    if kind == "yes_no":
        return st.sampled_from(["yes", "no"])
    if kind == "number":
        return st.integers(-5_000, 25_000).map(lambda held: held / 1000)
    return st.integers(0, 4 if kind == "scale" else 25)


@st.composite
def audits(draw: st.DrawFn) -> tuple[Json, Json]:
    """A checklist in its normalised form and the answers of one audit."""
    document = checklist.document(checklist.parse(draw(documents())))
    answers = {}
    for question in all_questions(document):
        how = draw(st.sampled_from(["value", "value", "value", "na", "no", "absent"]))
        if how == "value":
            answers[question["key"]] = {"value": draw(value_of(question))}
        elif how != "absent":
            state = "not_applicable" if how == "na" else "not_observed"
            answers[question["key"]] = {state: True}
    return document, answers
