"""Random checklists, and random answers to them, for properties of the scorer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit

Json = dict[str, Any]
TEXT = {"en": "x"}

decimals = st.integers(0, 9_000).map(lambda held: held / 1000)
signed = st.integers(-3_000, 9_000).map(lambda held: held / 1000)
weights = st.sampled_from([0, 0.5, 1, 1, 2, 3.125])
marks = st.none() | st.integers(0, 10_000).map(lambda held: held / 100)
effect = st.sampled_from(
    [
        *("fail", "zero_section", "zero_section", "zero_audit"),
        *({"cap": 59.5}, {"cap": 79.5}, {"cap": "low"}),
    ]
)
effects = st.none() | st.none() | effect | st.lists(effect, max_size=3, unique_by=str)
SITE_ATTRIBUTES = [
    {"key": "format", "title": TEXT, "type": "word", "values": ["mall", "street"]},
    {"key": "area", "title": TEXT, "type": "number"},
    {"key": "parking", "title": TEXT, "type": "flag"},
]


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
                {"key": f"b{start}" if start else "low", "title": TEXT, "from": start}
                for start in [0, *draw(st.lists(st.integers(1, 100), unique=True, max_size=2))]
            ],
        },
        "site_attributes": SITE_ATTRIBUTES,
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


def site_tests() -> st.SearchStrategy[Json]:
    return st.sampled_from(
        [
            {"site": "format", "equals": "mall"},
            {"site": "format", "answered": False},
            {"site": "area", "at_least": 100},
            {"site": "parking", "equals": True},
            {"site": "kind", "one_of": ["own"]},
        ]
    )


@st.composite
def answer_tests(draw: st.DrawFn, earlier: list[Json]) -> Json:
    """A test of one earlier answer."""
    question = draw(st.sampled_from(earlier))
    subject, kind = {"question": question["key"]}, question["type"]
    if draw(st.integers(0, 3)) == 0:
        return subject | {"answered": draw(st.booleans())}
    value = draw(value_of(question))
    if kind == "several":
        return subject | {"contains": draw(st.sampled_from(question["options"]))["key"]}
    if kind in ("single", "yes_no"):
        return subject | draw(st.sampled_from([{"equals": value}, {"one_of": [value]}]))
    operators = ["equals", "less_than", "at_most", "more_than", "at_least"]
    return subject | {draw(st.sampled_from(operators)): value}


@st.composite
def conditions(draw: st.DrawFn, earlier: list[Json]) -> Json:
    tests = st.one_of(site_tests(), answer_tests(earlier)) if earlier else site_tests()
    form = draw(st.sampled_from(["test", "test", "all", "any", "not"]))
    if form == "test":
        return draw(tests)
    if form == "not":
        return {"not": draw(tests)}
    return {form: draw(st.lists(tests, min_size=1, max_size=3))}


def condition_somewhere(draw: st.DrawFn, section: Json, earlier: list[Json]) -> None:
    """Give some sections and questions a condition on what was asked before them."""
    if draw(st.integers(0, 3)) == 0:
        section["condition"] = draw(conditions(earlier))
    for question in section.get("questions", ()):
        if draw(st.integers(0, 2)) == 0:
            question["condition"] = draw(conditions(earlier))
        earlier.append(question)
    for inner in section.get("sections", ()):
        condition_somewhere(draw, inner, earlier)


@st.composite
def sites(draw: st.DrawFn) -> Json:
    """A site's attributes as stored: some missing, some of the wrong kind."""
    values: Json = {
        "format": [None, "mall", "street", 3],
        "area": [None, 99.5, 100, "100", "large"],
        "parking": [None, True, False, "true"],
        "kind": ["own", "competitor"],
    }
    drawn = {key: draw(st.sampled_from(choices)) for key, choices in values.items()}
    return {key: value for key, value in drawn.items() if value is not None}


@st.composite
def visits(draw: st.DrawFn, *, conditional: bool = True) -> tuple[Json, Visit]:
    """A checklist in its normalised form, with conditions or without, and one visit."""
    written = draw(documents())
    if conditional:
        earlier: list[Json] = []
        for touchpoint in written["touchpoints"]:
            condition_somewhere(draw, touchpoint, earlier)
    document = authoring.document(authoring.parse(written))
    return document, Visit(draw(answers_to(document)), {}, draw(sites()))


@st.composite
def answers_to(draw: st.DrawFn, document: Json) -> Json:
    answers = {}
    for question in all_questions(document):
        how = draw(st.sampled_from(["value", "value", "value", "na", "no", "absent"]))
        if how == "value":
            answers[question["key"]] = {"value": draw(value_of(question))}
        elif how != "absent":
            state = "not_applicable" if how == "na" else "not_observed"
            answers[question["key"]] = {state: True}
    return answers
