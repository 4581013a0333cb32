"""What a remark on an answer is: praise, a complaint, or neither."""

from __future__ import annotations

from typing import Any

import pytest

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.praise import Tone, tone
from tests.rules.documents import document, option, question

PRAISE, COMPLAINT, NEITHER = Tone.PRAISE, Tone.COMPLAINT, None

SCALE = question(kind="scale", min=1, max=5)
LONG_SCALE = question(kind="scale", min=0, max=10)
CHOICE = question(kind="single", options=[option("a", 10), option("b", 9), option("c", 5)])
SEVERAL = question(
    kind="several", required=False, options=[option("a", 3), option("b", 2), option("c", -1)]
)
WAIT = question(
    kind="duration",
    bands=[{"from": 0, "points": 1}, {"from": 60, "points": 0.5}, {"from": 120, "points": 0}],
)
LOSING = question(kind="single", options=[option("fine", 0), option("soso", -1), option("bad", -7)])
CAPPED = question(kind="single", options=[option("a", 5, effect={"cap": 50}), option("b", 5)])


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (question(), "yes", PRAISE),
        (question(), "no", COMPLAINT),
        (SCALE, 5, PRAISE),
        (SCALE, 4, NEITHER),
        (SCALE, 3, NEITHER),
        (SCALE, 1, COMPLAINT),
        (SCALE | {"reverse": True}, 1, PRAISE),
        (SCALE | {"reverse": True}, 5, COMPLAINT),
        (SCALE | {"fails_at": 2}, 2, COMPLAINT),
        (SCALE | {"weight": 0}, 5, NEITHER),
        (SCALE | {"weight": 0}, 1, NEITHER),
        (SCALE | {"weight": 0, "fails_at": 2}, 1, COMPLAINT),
        (LONG_SCALE, 9, PRAISE),
        (LONG_SCALE, 8, NEITHER),
        (LONG_SCALE, 1, COMPLAINT),
        (CHOICE, "b", PRAISE),
        (CHOICE, "c", COMPLAINT),
        (CHOICE | {"bonus": True}, "a", PRAISE),
        (CHOICE | {"bonus": True}, "c", NEITHER),
        (question(kind="single", options=[option("a", 5), option("b", 5)]), "a", NEITHER),
        (question(kind="single", options=[option("a"), option("b")]), "a", NEITHER),
        (SEVERAL, ["a", "b"], PRAISE),
        (SEVERAL, ["a", "b", "c"], NEITHER),
        (SEVERAL, [], COMPLAINT),
        (WAIT, 10, PRAISE),
        (WAIT, 60, NEITHER),
        (WAIT, 600, COMPLAINT),
        (LOSING, "fine", PRAISE),
        (LOSING, "soso", NEITHER),
        (LOSING, "bad", COMPLAINT),
        (CAPPED, "a", COMPLAINT),
        (question(kind="count", per_unit=-1), 0, PRAISE),
        (question(kind="count", per_unit=-1), 2, COMPLAINT),
        (question(kind="count", per_unit=1, bonus=True), 7, NEITHER),
        (question(kind="count"), 7, NEITHER),
        (question(kind="text"), "Fine", NEITHER),
    ],
)
def test_points_tell_praise_from_complaint(asked: Any, answer: Any, expected: Tone | None) -> None:
    assert told(asked, {"q": {"value": answer}}) is expected


@pytest.mark.parametrize(
    "answer", [{"not_applicable": True}, {"not_observed": True}, {"comment": "Nothing to say"}]
)
def test_what_was_not_answered_is_neither(answer: Any) -> None:
    asked = question(not_applicable=True, not_observed=True, required=False)
    assert told(asked, {"q": answer | {"comment": "The worst that I ever met"}}) is NEITHER


def test_a_hidden_question_is_neither() -> None:
    hidden = question("hidden", condition={"question": "q", "equals": "no"})
    results = results_of([question(), hidden], {"q": {"value": "yes"}, "hidden": {"value": "yes"}})
    assert [tone(result) for result in results] == [PRAISE, NEITHER]


@pytest.mark.parametrize(("answer", "expected"), [("yes", PRAISE), ("no", COMPLAINT)])
def test_where_only_demerits_count_none_is_all_that_is_asked(answer: str, expected: Tone) -> None:
    asked = question(points=0, fails_at="no", demerit=3)
    found = results_of([asked], {"q": {"value": answer}}, scoring={"method": "demerit"})
    assert tone(found[0]) is expected


def told(asked: Any, answers: Any) -> Tone | None:
    return tone(results_of([asked], answers)[0])


def results_of(questions: Any, answers: Any, **members: Any) -> Any:
    scorer = compile_scorer(authoring.parse(document(*questions, **members)))
    return scorer.results(Visit(answers))
