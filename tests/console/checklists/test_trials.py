"""A version tried out by a form alone: the server's score of what was filled in."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from audit_api.console.checklists.visits import visit
from audit_api.rules import authoring as rules
from tests.checklists.calls import TEXT
from tests.console.checklists.office import Office
from tests.console.checklists.test_versions import RICH, words
from tests.rules.documents import document, option, question

EVERYTHING = rules.parse(
    document(
        question("yes"),
        question("one", "single", options=[option("a", 1), option("b")]),
        question("some", "several", options=[option("a", 1), option("b")], required=False),
        question("mark", "scale"),
        question("degrees", "number", bands=[{"from": 0, "points": 1}]),
        question("seconds", "duration", not_applicable=True, not_observed=True),
        question("pieces", "count"),
        question("words", "text"),
        question("day", "date"),
        question("clock", "time"),
        question("code", "barcode"),
        question("where", "place"),
        question("picture", "photo"),
        site_attributes=[{"key": "terrace", "title": {"en": "T", "zh": "T"}, "type": "flag"}],
    )
)


@pytest.mark.parametrize(
    ("filled", "answers"),
    [
        ([("a.yes", "no")], {"yes": {"value": "no"}}),
        ([("a.one", "b"), ("c.one", " so ")], {"one": {"value": "b", "comment": "so"}}),
        ([("a.some", "a"), ("a.some", "b")], {"some": {"value": ["a", "b"]}}),
        ([("a.mark", "4")], {"mark": {"value": 4}}),
        ([("a.degrees", "-2.5")], {"degrees": {"value": -2.5}}),
        ([("a.pieces", "many")], {"pieces": {"value": "many"}}),
        ([("a.seconds", "9"), ("s.seconds", "not_observed")], {"seconds": {"not_observed": True}}),
        ([("a.words", "")], {}),
        ([("a.words", "a\r\nb")], {"words": {"value": "a\nb"}}),
        ([("a.where.latitude", "1.5")], {"where": {"value": {"latitude": 1.5}}}),
        ([("a.picture", "no value of a picture")], {}),
        ([("c.picture", "blurred")], {"picture": {"comment": "blurred"}}),
        ([("a.foreign", "1")], {}),
    ],
)
def test_a_form_is_read_as_the_phone_would_send_it(
    filled: list[tuple[str, str]], answers: dict[str, Any]
) -> None:
    assert visit(EVERYTHING, MultiDict(filled)).answers == answers


def test_photos_and_the_sites_attributes_are_read_too() -> None:
    given = [("p.picture", "2"), ("p.yes", "0"), ("p.one", "-1"), ("site.terrace", "true")]
    read = visit(EVERYTHING, MultiDict([*given, ("site.kind", "own"), ("site.other", "x")]))
    assert read.photos == {"picture": 2}
    assert read.attributes == {"terrace": "true", "kind": "own"}


def test_the_server_scores_what_was_filled_in_and_says_how(office: Office) -> None:
    path = f"{office.drafted(RICH)}/preview"
    assert "Have the same answers scored by the server" in words(office.get(path))
    given = {"a.greeted": "no", "a.wait": "30"}
    scored = office.post(path, **given)
    # 2 of 3 points: how it was done is not asked of somebody who was not greeted.
    assert 'data-figure="raw">66.67%' in scored.text
    assert 'data-figure="final">60.00%' in scored.text
    said = words(scored)
    assert "Not asked: 1.2 “How?”." in said
    assert 'name="a.wait" type="number" value="30"' in scored.text
    assert office.get(path).text.count("66.67%") == 0


def test_the_phone_speaks_each_language_of_the_checklist(office: Office) -> None:
    path = f"{office.drafted(TEXT)}/preview"
    assert "Greeted?" in office.get(path).text
    assert "是否有人招呼？" in office.get(f"{path}?language=zh").text
    assert "Greeted?" in office.get(f"{path}?language=fr").text


def test_a_draft_with_errors_says_why_it_cannot_be_tried(office: Office) -> None:
    path = f"{office.drafted(TEXT.replace('yes_no', 'yesno'))}/preview"
    assert "A draft with errors cannot be tried out." in words(office.get(path))
    assert office.post(path).status_code == 200
