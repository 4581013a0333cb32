"""Sections within sections: in which order they are met, and what stands around a question."""

from __future__ import annotations

from audit_api.rules.authoring import parse
from audit_api.rules.checklist.sections import conditions_over, questions_of, walk
from tests.rules.documents import document, question, words

SEEN = {"question": "first", "answered": True}
OWN = {"site": "kind", "equals": "own"}
CHECKLIST = parse(
    document(
        touchpoints=[
            {"key": "arrival", "title": words("A"), "questions": [question("first")]},
            {
                "key": "service",
                "title": words("S"),
                "condition": OWN,
                "sections": [
                    {
                        "key": "table",
                        "title": words("T"),
                        "sections": [
                            {
                                "key": "order",
                                "title": words("O"),
                                "questions": [question("second", condition=SEEN)],
                            }
                        ],
                    },
                    {"key": "bill", "title": words("B"), "questions": [question("third")]},
                ],
            },
        ]
    )
)


def test_a_section_is_met_before_those_inside_it_with_those_around_it() -> None:
    assert [[section.key for section in path] for path in walk(CHECKLIST.touchpoints)] == [
        ["arrival"],
        ["service"],
        ["service", "table"],
        ["service", "table", "order"],
        ["service", "bill"],
    ]


def test_questions_are_met_in_the_order_in_which_they_are_asked() -> None:
    assert [each.key for each in CHECKLIST.questions()] == ["first", "second", "third"]
    assert [each.key for each in questions_of(CHECKLIST.touchpoints[1])] == ["second", "third"]


def test_a_question_is_numbered_by_its_touchpoint_and_its_place_in_it() -> None:
    assert CHECKLIST.numbers() == {"first": "1.1", "second": "2.1", "third": "2.2"}


def test_a_question_is_asked_on_the_conditions_around_it_and_then_its_own() -> None:
    over = {
        question.key: [(key, condition.document()) for key, condition in held]
        for path in walk(CHECKLIST.touchpoints)
        for question in path[-1].questions
        for held in [conditions_over(path, question)]
    }
    assert over == {
        "first": [],
        "second": [("service", OWN), ("second", SEEN)],
        "third": [("service", OWN)],
    }
