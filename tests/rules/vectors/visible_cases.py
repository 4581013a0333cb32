"""The hand-picked cases of what is asked in a visit, worked out by hand."""

from __future__ import annotations

from tests.rules.vectors.condition_cases import (
    ATTRIBUTES,
    Json,
    checklist,
    options,
    question,
    section,
)


def asked_if(key: str, subject: str, kind: str = "yes_no", **members: object) -> Json:
    """A question that is asked only after `yes` to another."""
    return question(key, kind, condition={"question": subject, "equals": "yes"}, **members)


CHAIN = checklist(
    section(
        "visit",
        question("a", "yes_no", not_applicable=True, not_observed=True),
        asked_if("b", "a"),
        asked_if("c", "b"),
        question("d", "yes_no", condition={"not": {"question": "c", "equals": "yes"}}),
        question("e", "text", condition={"question": "b", "answered": False}),
    )
)
YES = {"value": "yes"}
NO = {"value": "no"}

SECTIONS = checklist(
    section("arrival", question("met", "yes_no"), question("count", "count")),
    {
        "key": "desk",
        "title": {"en": "Desk"},
        "condition": {"question": "met", "equals": "yes"},
        "sections": [
            section("talk", question("polite", "yes_no")),
            section(
                "offer",
                question("offered", "yes_no"),
                asked_if("taken", "offered"),
                condition={"question": "count", "at_least": 2},
            ),
        ],
    },
    section(
        "goodbye",
        question("thanked", "yes_no", condition={"question": "polite", "answered": True}),
        question("last", "text"),
        condition={"not": {"question": "offered", "equals": "no"}},
    ),
)

EVIDENCE = checklist(
    section(
        "visit",
        question("front", "photo", not_applicable=True, not_observed=True),
        question("name", "signature"),
        question("blurred", "text", condition={"question": "front", "answered": True}),
        question("why", "text", condition={"question": "front", "answered": False}),
        question("thanks", "text", condition={"question": "name", "answered": True}),
    )
)

SITE = checklist(
    section(
        "own_store",
        question("uniform", "yes_no"),
        condition={"site": "kind", "equals": "own"},
    ),
    section(
        "store",
        question("lift", "yes_no", condition={"site": "area", "more_than": 500}),
        question("sign", "yes_no", condition={"site": "mall", "equals": True}),
        question("tax", "yes_no", condition={"not": {"site": "format", "equals": "outlet"}}),
        question("constructor", "yes_no"),
        asked_if("built", "constructor"),
    ),
    attributes=ATTRIBUTES,
)

SEVERAL = checklist(
    section(
        "visit",
        question("seen", "several", options=options("shelf", "poster")),
        question("shelf", "text", condition={"question": "seen", "contains": "shelf"}),
        question("none", "text", condition={"question": "seen", "answered": True}),
        question("at", "time"),
        question("late", "text", condition={"question": "at", "at_least": "20:00"}),
    )
)


def case(name: str, document: Json, expect: str, **given: Json) -> Json:
    """A case; `expect` are the keys of the visible questions in asking order."""
    return {
        "name": name,
        "checklist": document,
        "answers": given.get("answers", {}),
        "photos": given.get("photos", {}),
        "site": given.get("site", {}),
        "expect": expect.split(),
    }


def hand_picked() -> list[Json]:
    own = {"kind": "own"}
    return [
        case("nothing answered", CHAIN, "a d e"),
        case("the first yes", CHAIN, "a b d e", answers={"a": YES}),
        case("two yes", CHAIN, "a b c d", answers={"a": YES, "b": YES}),
        case("three yes", CHAIN, "a b c", answers={"a": YES, "b": YES, "c": YES}),
        case("hidden answers have no value", CHAIN, "a d e", answers={"b": YES, "c": YES}),
        case(
            "a hidden answer in the middle hides what follows",
            CHAIN,
            "a d e",
            answers={"a": NO, "b": YES, "c": YES},
        ),
        case("not applicable is no value", CHAIN, "a d e", answers={"a": {"not_applicable": True}}),
        case("not observed is no value", CHAIN, "a d e", answers={"a": {"not_observed": True}}),
        case("a comment changes nothing", CHAIN, "a b d e", answers={"a": YES | {"comment": "x"}}),
        case("a bare value is no answer", CHAIN, "a d e", answers={"a": "yes"}),
        case("an answer to nothing", CHAIN, "a d e", answers={"z": YES, "__proto__": {"a": YES}}),
        case("sections, nothing answered", SECTIONS, "met count last"),
        case("a hidden section hides all inside", SECTIONS, "met count last", answers={"met": NO}),
        case(
            "answers inside a hidden section have no value",
            SECTIONS,
            "met count last",
            answers={"met": NO, "polite": YES, "count": {"value": 3}, "offered": NO},
        ),
        case("an open section", SECTIONS, "met count polite last", answers={"met": YES}),
        case(
            "a section inside an open section",
            SECTIONS,
            "met count polite offered last",
            answers={"met": YES, "count": {"value": 2}},
        ),
        case(
            "an answer deep inside opens the next question and what follows",
            SECTIONS,
            "met count polite offered taken thanked last",
            answers={"met": YES, "count": {"value": 2}, "polite": NO, "offered": YES},
        ),
        case(
            "an answer deep inside closes the last section",
            SECTIONS,
            "met count polite offered",
            answers={"met": YES, "count": {"value": 2}, "polite": NO, "offered": NO},
        ),
        case("no photo", EVIDENCE, "front name why"),
        case("a photo", EVIDENCE, "front name blurred", photos={"front": 2}),
        case("no photo any more", EVIDENCE, "front name why", photos={"front": 0}),
        case(
            "a photo of what is not applicable",
            EVIDENCE,
            "front name why",
            photos={"front": 1},
            answers={"front": {"not_applicable": True}},
        ),
        case(
            "a photo of what was not observed",
            EVIDENCE,
            "front name why",
            photos={"front": 1},
            answers={"front": {"not_observed": True}},
        ),
        case(
            "a commented photo, and a signature",
            EVIDENCE,
            "front name blurred thanks",
            photos={"front": 1, "name": 1},
            answers={"front": {"comment": "x"}},
        ),
        case("a picture takes no value", EVIDENCE, "front name why", answers={"front": YES}),
        case("a site without attributes", SITE, "tax constructor"),
        case("an own site", SITE, "uniform tax constructor", site=own),
        case("a competitor", SITE, "tax constructor", site={"kind": "competitor"}),
        case(
            "an outlet in a mall, its attributes from a spreadsheet",
            SITE,
            "uniform lift sign constructor",
            site=own | {"area": "500.5", "mall": "true", "format": "outlet"},
        ),
        case(
            "attributes of the wrong kind",
            SITE,
            "tax constructor",
            site={"area": "1,200", "mall": 1, "format": ["outlet"], "kind": True},
        ),
        case(
            "a question named constructor",
            SITE,
            "tax constructor built",
            answers={"constructor": YES},
        ),
        case(
            "nothing chosen is an answer",
            SEVERAL,
            "seen none at",
            answers={"seen": {"value": []}},
        ),
        case(
            "one of two chosen",
            SEVERAL,
            "seen shelf none at",
            answers={"seen": {"value": ["poster", "shelf"]}},
        ),
        case("a full minute", SEVERAL, "seen at late", answers={"at": {"value": "20:00"}}),
        case("a second before", SEVERAL, "seen at", answers={"at": {"value": "19:59:59"}}),
    ]
