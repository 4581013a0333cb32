"""The hand-picked cases of conditions: what is written here was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]

COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


def words(text: str) -> Json:
    return {"en": text}


def question(key: str, kind: str, **members: object) -> Json:
    return {"key": key, "type": kind, "title": words(key), "required": False} | members


def options(*keys: str) -> list[Json]:
    return [{"key": key, "title": words(key), "points": 0} for key in keys]


def checklist(*touchpoints: Json, attributes: Sequence[Json] = ()) -> Json:
    return {
        "format": 1,
        "key": "vectors",
        "locales": ["en"],
        "title": words("Vectors"),
        "site_attributes": list(attributes),
        "touchpoints": list(touchpoints),
    }


def section(key: str, *questions: Json, **members: object) -> Json:
    return {"key": key, "title": words(key), "questions": list(questions)} | members


ATTRIBUTES: list[Json] = [
    {"key": "format", "title": words("Format"), "type": "word", "values": ["flagship", "outlet"]},
    {"key": "city", "title": words("City"), "type": "word"},
    {"key": "area", "title": words("Area"), "type": "number"},
    {"key": "mall", "title": words("In a mall"), "type": "flag"},
    {"key": "constructor", "title": words("Builder"), "type": "word"},
]
QUESTIONS: list[Json] = [
    question("mood", "single", options=options("good", "fair", "poor")),
    question("seen", "several", options=options("shelf", "poster", "screen")),
    question("greeted", "yes_no"),
    question("rating", "scale"),
    question("spent", "number"),
    question("waited", "duration"),
    question("staff", "count"),
    question("said", "text"),
    question("bought", "date"),
    question("left", "time"),
    question("code", "barcode"),
    question("front", "photo"),
    question("signed", "signature"),
    question("spot", "place"),
    question("constructor", "yes_no"),
]
EVERY_TYPE = checklist(section("visit", *QUESTIONS), attributes=ATTRIBUTES)
"""One question of every type, and one attribute of every type."""

PLACE = {"latitude": 31.2304, "longitude": 121.4737}

Tried = tuple[str, Json, list[Any], list[Any]]

# What is tested, the test, values with which it holds, values with which it does not.
TRIED: list[Tried] = [
    ("mood", {"equals": "good"}, ["good"], ["fair", "Good", "", 1, True, ["good"], {"good": 1}]),
    ("mood", {"one_of": ["good", "fair"]}, ["good", "fair"], ["poor", ["good"], 0, False]),
    ("mood", {"answered": True}, ["good", "poor"], []),
    ("mood", {"answered": False}, [], ["good"]),
    ("seen", {"contains": "shelf"}, [["shelf"], ["poster", "shelf"]], [[], ["poster"], "shelf"]),
    (
        "seen",
        {"contains": "screen"},
        [["screen"]],
        [[["screen"]], {"screen": True}, {"0": "screen"}],
    ),
    ("seen", {"answered": True}, [[], ["shelf"]], []),
    ("seen", {"answered": False}, [], [[]]),
    ("greeted", {"equals": "yes"}, ["yes"], ["no", "YES", True, 1]),
    ("greeted", {"equals": "no"}, ["no"], ["yes", False, 0, ""]),
    ("greeted", {"one_of": ["yes", "no"]}, ["yes", "no"], ["maybe", True]),
    ("greeted", {"answered": True}, ["no"], []),
    ("rating", {"equals": 1}, [1, 1.0], [2, "1", True, [1], 1.5]),
    ("rating", {"one_of": [1, 5]}, [1, 5, 5.0], [3, "5", False, True]),
    ("rating", {"less_than": 3}, [2, 1, -1], [3, 4, "2", False, True]),
    ("rating", {"at_most": 3}, [3, 2], [4, "3", [3]]),
    ("rating", {"more_than": 3}, [4, 5], [3, 2, "4"]),
    ("rating", {"at_least": 3}, [3, 4], [2, "5", True]),
    ("rating", {"answered": False}, [], [1]),
    ("spent", {"equals": 0.3}, [0.3], [0.1 + 0.2, "0.3", 0.301]),
    ("spent", {"equals": 0}, [0, 0.0, -0.0], [False, "", [], 5e-324]),
    ("spent", {"equals": 1}, [1, 1.0], [True, "1", "1.0", 1.0000000000000002]),
    ("spent", {"one_of": [-0.5, 2.5]}, [-0.5, 2.5], [0.5, "2.5", -2.5]),
    ("spent", {"more_than": 0.3}, [0.1 + 0.2, 0.4, 2**53 + 1], [0.3, -1, "1"]),
    ("spent", {"less_than": 0.3}, [0.29, -1e300, 0], [0.3, False]),
    ("spent", {"at_most": -1.5}, [-1.5, -2], [-1.499, 0, "-2"]),
    ("spent", {"at_least": 999999999.999}, [999999999.999, 1e9], [999999999.998, "1e9"]),
    ("spent", {"answered": True}, [0, False, ""], []),
    ("waited", {"equals": 90}, [90, 90.0], [91, "90"]),
    ("waited", {"at_least": 300}, [300, 301], [299, "300", [300]]),
    ("waited", {"one_of": [0, 60]}, [0, 60], [30, False]),
    ("waited", {"less_than": 30}, [29, 0], [30, "0"]),
    ("waited", {"at_most": 30}, [30], [31, "30"]),
    ("waited", {"more_than": 30}, [31], [30, True]),
    ("waited", {"answered": True}, [0], []),
    ("staff", {"one_of": [1, 2]}, [1, 2], [0, 3, True]),
    ("staff", {"less_than": 1}, [0], [1, False]),
    ("staff", {"at_most": 2}, [2], [3, [1]]),
    ("staff", {"at_least": 2}, [2], [1, "2"]),
    ("staff", {"equals": 0}, [0], [1, False, ""]),
    ("staff", {"more_than": 2}, [3], [2, "3"]),
    ("staff", {"answered": True}, [0], []),
    ("said", {"equals": COMPOSED}, [COMPOSED], [DECOMPOSED, "cafe", "CAFÉ", f"{COMPOSED} "]),
    ("said", {"equals": DECOMPOSED}, [DECOMPOSED], [COMPOSED]),
    (
        "said",
        {"one_of": ["\U0001d4b3", "服务"]},
        ["\U0001d4b3", "服务"],
        ["X", "服務", "\U0001d4b4"],
    ),
    ("said", {"equals": "5"}, ["5"], [5, "5.0", "05", ["5"]]),
    ("said", {"equals": "14:30"}, ["14:30", "14:30:00"], ["14:30:01", "4:30", "14:30 "]),
    ("said", {"equals": "true"}, ["true"], [True, "True"]),
    ("said", {"answered": True}, ["no"], []),
    ("bought", {"equals": "2026-03-01"}, ["2026-03-01"], ["2026-03-02", "2026-3-1", 20260301]),
    ("bought", {"one_of": ["2024-02-29", "2026-03-01"]}, ["2024-02-29"], ["2024-02-28"]),
    ("bought", {"less_than": "2026-03-01"}, ["2026-02-28", "0001-01-01"], ["2026-03-01", "14:30"]),
    ("bought", {"at_most": "2026-03-01"}, ["2026-03-01"], ["2026-03-02", "10000-01-01", ""]),
    ("bought", {"more_than": "2025-12-31"}, ["2026-01-01"], ["2025-12-31", "x", "9", 2026]),
    ("bought", {"at_least": "2026-03-01"}, ["2026-03-01"], ["2026-02-28", "2026-03-01\n", "３"]),
    ("bought", {"answered": True}, ["2026-03-01"], []),
    ("left", {"answered": True}, ["14:30"], []),
    ("left", {"equals": "14:30"}, ["14:30", "14:30:00"], ["14:30:05", "14:31", "14:3", 1430]),
    ("left", {"equals": "14:30:00"}, ["14:30", "14:30:00"], ["14:30:01", "14:30:0"]),
    ("left", {"equals": "14:30:05"}, ["14:30:05"], ["14:30"]),
    ("left", {"one_of": ["09:00", "14:30:00"]}, ["09:00:00", "14:30"], ["9:00", "14:00"]),
    ("left", {"less_than": "14:30"}, ["14:29:59", "00:00"], ["14:30", "14:30:00", "2026-03-01"]),
    ("left", {"at_most": "14:30:00"}, ["14:30", "09:00"], ["14:30:01", "x", ""]),
    ("left", {"more_than": "14:30"}, ["14:30:01", "23:59"], ["14:30:00", "14:30", "9:00"]),
    ("left", {"at_least": "14:30:00"}, ["14:30", "14:30:00"], ["14:29", "１４:30", "14:30\n"]),
    ("code", {"equals": "0012"}, ["0012"], ["12", 12, "0012 "]),
    ("code", {"one_of": ["0012", "6901234567892"]}, ["6901234567892"], [6901234567892]),
    ("code", {"answered": True}, ["0012"], []),
    ("front", {"answered": True}, [True], []),
    ("front", {"answered": False}, [], [True]),
    ("signed", {"answered": True}, [True], []),
    ("spot", {"answered": True}, [PLACE, {}], []),
    ("spot", {"answered": False}, [], [PLACE]),
    ("constructor", {"equals": "yes"}, ["yes"], ["no"]),
    ("constructor", {"answered": True}, ["no"], []),
    ("site:format", {"equals": "outlet"}, ["outlet"], ["flagship", "Outlet", ["outlet"], 1]),
    ("site:format", {"one_of": ["flagship", "outlet"]}, ["flagship"], ["kiosk", True]),
    ("site:format", {"answered": True}, ["kiosk", ""], [5, True, ["outlet"]]),
    ("site:city", {"equals": "上海"}, ["上海"], ["上海市", "Shanghai", ""]),
    ("site:city", {"answered": False}, [7, {"a": 1}], ["上海"]),
    ("site:area", {"at_least": 120}, [120, 120.5, "120", "120.000", "999999999.999"], ["119.999"]),
    ("site:area", {"equals": 0.3}, [0.3, "0.3", "0.300", "00.3"], [".3", "0.30000", "3e-1"]),
    ("site:area", {"one_of": [0, -5]}, ["-5", -5, "-0", "0"], ["+5", "- 5", "--5", "−5", False]),
    ("site:area", {"less_than": 10}, ["9", 9], ["٣", "1e0", "0x1", " 9", "9\n", "Infinity", True]),
    ("site:area", {"at_most": 10}, [10, "10", "9.999"], [10.001, "10.001"]),
    ("site:area", {"more_than": 10}, [11, "10.001"], [10, "10"]),
    ("site:area", {"answered": True}, [1, "1"], ["1234567890", "1.2345", "1.", "", [5]]),
    (
        "site:mall",
        {"equals": True},
        [True, "true"],
        [False, "false", "True", "TRUE", 1, "1", "yes"],
    ),
    ("site:mall", {"equals": False}, [False, "false"], [True, 0, "", "no", []]),
    ("site:mall", {"answered": False}, [1, "yes", {"a": 1}], [True, "false"]),
    ("site:kind", {"equals": "own"}, ["own"], ["competitor"]),
    ("site:kind", {"one_of": ["competitor"]}, ["competitor"], ["own"]),
    ("site:constructor", {"answered": True}, ["built"], []),
]

Combined = tuple[str, Json, Json, Json, bool]

YES = {"question": "greeted", "equals": "yes"}
UNSEEN = {"question": "mood", "answered": False}
LOW = {"question": "rating", "less_than": 3}
OUTLET = {"site": "format", "equals": "outlet"}
BOTH = {"all": [YES, OUTLET]}
DEEP = {"not": {"any": [{"all": [YES, {"not": LOW}]}, OUTLET]}}

# A name, the condition, the answers' values, the site's attributes, whether it holds.
COMBINED: list[Combined] = [
    ("all of two that hold", {"all": [YES, LOW]}, {"greeted": "yes", "rating": 1}, {}, True),
    ("all of which one fails", {"all": [YES, LOW]}, {"greeted": "yes", "rating": 3}, {}, False),
    ("all of which one has no value", {"all": [YES, LOW]}, {"rating": 1}, {}, False),
    ("any of which one holds", {"any": [YES, LOW]}, {"rating": 1}, {}, True),
    ("any of which none holds", {"any": [YES, LOW]}, {"greeted": "no", "rating": 5}, {}, False),
    ("any without a value", {"any": [YES, LOW]}, {}, {}, False),
    ("not of what holds", {"not": YES}, {"greeted": "yes"}, {}, False),
    ("not of what does not hold", {"not": YES}, {"greeted": "no"}, {}, True),
    ("not of no value", {"not": YES}, {}, {}, True),
    ("not not of no value", {"not": {"not": YES}}, {}, {}, False),
    ("not answered: false of no value", {"not": UNSEEN}, {}, {}, False),
    ("a single part in all", {"all": [YES]}, {"greeted": "yes"}, {}, True),
    ("a single part in any", {"any": [YES]}, {"greeted": "no"}, {}, False),
    ("an answer and the site", BOTH, {"greeted": "yes"}, {"format": "outlet"}, True),
    ("five deep, nothing given", DEEP, {}, {}, True),
    ("five deep, the innermost decides", DEEP, {"greeted": "yes", "rating": 1}, {}, True),
    ("five deep, the innermost without value", DEEP, {"greeted": "yes"}, {}, False),
    ("five deep, the site decides", DEEP, {}, {"format": "outlet"}, False),
    ("an answer is no attribute", OUTLET, {"format": "outlet"}, {}, False),
    ("an attribute is no answer", YES, {}, {"greeted": "yes"}, False),
    ("what is not declared has no value", OUTLET, {}, {"Format": "outlet"}, False),
    ("null is no value", UNSEEN, {"mood": None}, {}, True),
    ("strange members do no harm", YES, {"__proto__": {"greeted": "yes"}}, {}, False),
]  # fmt: skip


def hand_picked() -> Iterator[Json]:
    """Every case above, and each test once without a value."""
    for subject, test, holds, fails in TRIED:
        yield _tried(subject, test, None, expect=test == {"answered": False})
        yield from (_tried(subject, test, value, expect=True) for value in holds)
        yield from (_tried(subject, test, value, expect=False) for value in fails)
    for name, condition, values, site, expect in COMBINED:
        given = {"values": values, "site": site}
        yield {"name": name, "condition": condition, **given, "expect": expect}


def _tried(subject: str, test: Json, value: Any, *, expect: bool) -> Json:
    source, _, key = subject.rpartition(":")
    given = {} if value is None else {key: value}
    told = "no value" if value is None else ascii(value)[:40]
    return {
        "name": f"{subject} {ascii(test)[1:-1]}: {told}",
        "condition": {source or "question": key} | test,
        "values": {} if source else given,
        "site": given if source else {},
        "expect": expect,
    }
