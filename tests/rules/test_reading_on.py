"""Reading goes on past a fault with the likeliest value; what the fault may cause is not told."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit_api.manuscripts.yaml import compose
from audit_api.rules import authoring
from audit_api.rules.authoring.checking import warnings
from audit_api.rules.authoring.node import MAX_GUESSES
from audit_api.rules.authoring.sections import MAX_QUESTIONS
from tests.chance import SOAK, times
from tests.rules.documents import Json, document, option, question, words
from tests.rules.doubtful import ALWAYS, NEVER, Q, found, scored, section, split

SHIPPED = sorted((Path(__file__).parents[2] / "checklists").glob("*.yaml"))
MET: Json = {"question": "q", "equals": "yes"}
SIZE: Json = {"key": "size", "title": words("Size"), "type": "number"}
BANDS = [{"key": "top", "title": words("Top"), "from": 10}]


def faults(written: Json) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in authoring.read(written).faults]


@pytest.mark.parametrize(
    ("written", "pointer"),
    [
        (document(question(kind="yesno", points=2)), f"{Q}/type"),
        (document(question(kind="Yes_No", reverse=True)), f"{Q}/type"),
        (document(question(wieght=2)), f"{Q}/wieght"),
        (scored("demerits", question(demerit=2)), "/scoring/method"),
        (document(question(effect="failed")), f"{Q}/effect"),
        (
            document(
                question("c", "single", response_set="qualty"),
                response_sets={"quality": [option("a", 1), option("b")]},
            ),
            f"{Q}/response_set",
        ),
    ],
)
def test_a_slip_is_told_once_and_read_as_what_it_is_like(
    written: Json, pointer: str | None
) -> None:
    if pointer is not None:
        assert [place for place, _ in faults(written)] == [pointer]
    assert authoring.read(written).checklist.key == "store"


def test_a_list_under_a_misspelt_name_is_looked_into_at_its_own_place() -> None:
    written = document(question(weight=-1))
    written["touchpionts"] = written.pop("touchpoints")
    assert faults(written) == [
        ("/touchpionts", "member_unknown"),
        ("/touchpionts/0/questions/0/weight", "decimal_expected"),
    ]


def test_a_question_of_an_unknown_type_hides_nothing_of_what_is_known() -> None:
    quiz = question("quiz", "riddle", options=[], dimensions=["x"], weight=2)
    later = question("r", condition={"question": "quiz", "at_most": 2})
    assert faults(document(quiz, later)) == [
        (f"{Q}/type", "word_not_accepted"),
        (f"{Q}/dimensions", "dimension_unknown"),
    ]


def test_a_condition_on_an_attribute_of_an_unknown_type_is_left_in_peace() -> None:
    written = document(
        question(condition={"site": "size", "equals": True}),
        site_attributes=[SIZE | {"type": "boolean"}],
    )
    assert faults(written) == [("/site_attributes/0/type", "word_not_accepted")]


def test_a_key_that_stands_twice_names_the_place_of_the_first() -> None:
    (fault,) = authoring.read(document(question(), question())).faults
    assert fault.values == {"given": "q", "first": f"{Q}/key"}


@pytest.mark.parametrize(
    ("given", "near"),
    [({"equals": "Yes"}, "yes"), ({"equals": "“no”"}, "no"), ({"equals": "perhaps"}, None)],
)
def test_the_word_that_was_probably_meant_is_named(given: Json, near: str | None) -> None:
    written = document(question(), question("r", condition={"question": "q"} | given))
    (fault,) = authoring.read(written).faults
    assert fault.values.get("near") == near
    assert fault.values.get("signs") == ("“ ”" if "“" in given["equals"] else None)


def test_after_many_faults_nobody_is_told_what_was_meant() -> None:
    slips = [question(f"q{place}", "yesno") for place in range(MAX_GUESSES + 5)]
    guessed = ["near" in fault.values for fault in authoring.read(document(*slips)).faults]
    assert guessed == [True] * MAX_GUESSES + [False] * (len(guessed) - MAX_GUESSES)


def test_a_language_that_is_not_listed_is_told_once() -> None:
    assert faults(document() | {"locales": ["en", "cn"]}) == [("/locales", "locale_unlisted")]
    assert faults(document() | {"locales": ["en"]}) == [("/locales", "locale_unlisted")]
    written = document(question(title={"en": "x", "fr": "y"}))
    assert faults(written) == [(f"{Q}/title/fr", "member_unknown")]


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("Greeted?", ("", "words_by_language_expected")),
        ({"en": "Yes", "of course": None, "zh": "是"}, ("/of course", "words_torn")),
        ({"en": "Yes", "zh：是": None}, ("/zh：是", "colon_full_width")),
    ],
)
def test_a_text_that_came_apart_is_told_as_such(title: Any, fault: tuple[str, str]) -> None:
    pointer, code = fault
    assert faults(document(question(title=title))) == [(f"{Q}/title{pointer}", code)]


BAD = question("bad", "yes_no", weight=-1)


@pytest.mark.parametrize(
    ("written", "warned"),
    [
        (document(BAD, title={"en": "Store"}), ("/title/zh", "translation_missing")),
        (scored("weighted", BAD, bands=BANDS), ("/scoring/bands/0/from", "band_above_zero")),
        (
            document(question(), BAD, question("r", condition=NEVER)),
            ("/touchpoints/0/questions/2/condition", "condition_never"),
        ),
        (
            split(section(BAD), section(question(), key="end", weight=0)),
            ("/touchpoints/1/weight", "section_weight_zero"),
        ),
    ],
)
def test_what_no_fault_bears_on_is_warned_about_beside_faults(
    written: Json, warned: tuple[str, str]
) -> None:
    assert faults(written)
    assert found(written) == [warned]


@pytest.mark.parametrize(
    "written",
    [
        document(question(weight=-1, condition=ALWAYS)),
        document(question(points="x"), question("r", condition=NEVER)),
        document(question(fails_at="x", evidence={"photo": "when_failed"})),
        split(
            section(question("c", "single", options=[{}]), weight=2), section(question(), key="e")
        ),
        split(section(BAD, pass_mark=50), section(question(), key="e")),
        scored("deductions", question(demerit=5), start=90),
        document(question(condition=MET), dimensions=[{"key": "d", "title": words("D")}]),
        document(
            question("c", "single", response_set="s", evidence={"photo": "when_failed"}),
            response_sets={"s": [option("a", failed=1), option("b", failed=False)]},
        ),
    ],
)
def test_what_a_fault_may_have_caused_is_no_warning(written: Json) -> None:
    assert faults(written)
    assert found(written) == []


def places(node: object) -> Iterator[tuple[Any, Any]]:
    """Every value of a document, as what holds it and the name or place of it there."""
    inside = node.items() if isinstance(node, dict) else enumerate(node)  # type: ignore[arg-type]
    for name, value in inside:
        yield node, name
        if isinstance(value, dict | list):
            yield from places(value)


@pytest.mark.chance
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_one_value_that_cannot_be_read_causes_no_warning(path: Path) -> None:
    pen, sound = random.Random(path.stem + SOAK), compose(path.read_bytes()).document
    for _ in range(times(20)):
        written = copy.deepcopy(sound)
        holder, name = pen.choice(list(places(written)))
        holder[name] = {"unreadable": 1}
        reading = authoring.read(written)  # type: ignore[arg-type]
        assert reading.faults
        assert warnings(reading) == []


def test_of_too_many_questions_the_first_are_read() -> None:
    parts = [[question(f"q{part}_{place}") for place in range(400)] for part in range(3)]
    written = split(*(section(*asked, key=f"t{part}") for part, asked in enumerate(parts)))
    reading = authoring.read(written)
    assert [fault.code for fault in reading.faults] == ["too_many_questions"]
    assert sum(1 for _ in reading.checklist.questions()) == MAX_QUESTIONS + 1
