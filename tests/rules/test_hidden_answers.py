"""What conditions hide is never scored, never required, and never in the way."""

from __future__ import annotations

import pytest

from audit_api.errors import Problem
from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.score import Score
from tests.rules.small_audits import Json, X, score, section, yes_no

CONDITIONAL = [
    section(
        "one",
        yes_no("greeted"),
        yes_no("smiled", condition={"question": "greeted", "equals": "yes"}, required=True),
        yes_no("named", condition={"question": "smiled", "answered": True}),
    ),
    section("two", yes_no("tidy"), condition={"site": "size", "at_least": 100}),
]
SIZE = [{"key": "size", "title": X, "type": "number"}]


def conditional(answers: Json, attributes: Json) -> Score:
    written = {
        "format": 1,
        "key": "c",
        "locales": ["en"],
        "title": X,
        "site_attributes": SIZE,
        "touchpoints": CONDITIONAL,
    }
    sent = {key: {"value": value} for key, value in answers.items()}
    return compile_scorer(authoring.parse(written)).score(Visit(sent, {}, attributes))


def test_what_is_hidden_is_never_scored_and_hides_what_depends_on_it() -> None:
    answers = {"greeted": "no", "smiled": "yes", "named": "yes", "tidy": "yes"}
    found = conditional(answers, {"size": "80", "parking": True})
    assert found.hidden == ("smiled", "named", "tidy")
    assert (found.raw, found.visible, found.answered) == (0, 1, 1)
    assert [part.score for part in found.touchpoints] == [0, None]
    assert found.site == {"size": 80}


def test_what_conditions_show_is_scored_and_required_again() -> None:
    found = conditional({"greeted": "yes", "smiled": "yes", "tidy": "no"}, {"size": 100})
    assert (found.hidden, found.raw, found.visible, found.answered) == ((), 5000, 4, 3)
    with pytest.raises(Problem) as refusal:
        conditional({"greeted": "yes"}, {"size": 100})
    assert [fault.pointer for fault in refusal.value.faults] == ["/answers/smiled"]


def test_an_answer_to_a_hidden_question_has_to_be_one_all_the_same() -> None:
    with pytest.raises(Problem) as refusal:
        conditional({"greeted": "no", "smiled": "perhaps"}, {})
    assert [fault.pointer for fault in refusal.value.faults] == ["/answers/smiled/value"]


def test_hidden_questions_demand_no_evidence() -> None:
    asked = [
        section(
            "one",
            yes_no("a"),
            {
                "key": "p",
                "type": "photo",
                "title": X,
                "condition": {"question": "a", "equals": "no"},
            },
            yes_no("b", evidence={"photo": ["yes"], "comment": "always"})
            | {"condition": {"question": "a", "equals": "no"}},
        )
    ]
    assert score(asked, {"a": "yes", "b": "yes"}).hidden == ("p", "b")
    with pytest.raises(Problem) as refusal:
        score(asked, {"a": "no", "b": "yes"})
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        ("/answers/p", "photo_missing"),
        ("/answers/b", "photo_missing"),
        ("/answers/b/comment", "comment_missing"),
    ]


def test_a_trial_counts_what_is_missing_or_wrong_as_unanswered() -> None:
    written = {"format": 1, "key": "c", "locales": ["en"], "title": X, "touchpoints": CONDITIONAL}
    scorer = compile_scorer(authoring.parse(written | {"site_attributes": SIZE}))
    found = scorer.trial(
        Visit({"greeted": {"value": "yes"}, "tidy": {"value": 7}}, {}, {"size": 200})
    )
    assert (found.raw, found.visible, found.answered, found.valid) == (10_000, 3, 1, False)
