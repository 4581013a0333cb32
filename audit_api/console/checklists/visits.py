"""A visit as far as it was filled in on the page that tries a checklist out.

`static/checklists/visit.js` reads the same form in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from audit_api.rules.checklist.questions import MEASURES, PICTURES, Question, QuestionType
from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.scoring import Visit

NUMERIC = MEASURES | {QuestionType.SCALE}
STATES = ("not_applicable", "not_observed")

Filled = MultiDict[str, str]


def visit(checklist: Checklist, filled: Filled) -> Visit:
    """Return the visit that a form holds: of each question its answer (`a.`), why it has none
    (`s.`), its comment (`c.`) and how many photos it has (`p.`); of the site its attributes."""
    questions = list(checklist.questions())
    answers = {each.key: _answer(each, filled) for each in questions}
    photos = {each.key: _whole(filled.get(f"p.{each.key}", "")) for each in questions}
    attributes = ["kind", *(each.key for each in checklist.site_attributes)]
    told = {key: filled.get(f"site.{key}", "") for key in attributes}
    return Visit(
        {key: answer for key, answer in answers.items() if answer},
        {key: count for key, count in photos.items() if count},
        {key: value for key, value in told.items() if value},
    )


def _answer(question: Question, filled: Filled) -> Mapping[str, Any]:
    stated = [each for each in STATES if each in filled.getlist(f"s.{question.key}")]
    comment = filled.get(f"c.{question.key}", "").strip()
    given = dict.fromkeys(stated, True) if stated else _value(question, filled)
    return given | ({"comment": comment} if comment else {})


def _value(question: Question, filled: Filled) -> dict[str, Any]:
    name = f"a.{question.key}"
    if question.type in PICTURES:
        return {}
    if question.type is QuestionType.SEVERAL:
        chosen = filled.getlist(name)
        return {"value": chosen} if chosen else {}
    if question.type is QuestionType.PLACE:
        return _place(name, filled)
    text = filled.get(name, "").replace("\r\n", "\n")
    if not text:
        return {}
    return {"value": _number(text) if question.type in NUMERIC else text}


def _place(name: str, filled: Filled) -> dict[str, Any]:
    degrees = {
        axis: _number(text)
        for axis in ("latitude", "longitude")
        if (text := filled.get(f"{name}.{axis}", ""))
    }
    return {"value": degrees} if degrees else {}


def _number(text: str) -> int | float | str:
    """Return a number; what is none stays as it was typed, and is refused as the answer."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _whole(text: str) -> int:
    return min(int(text), 99) if text.isascii() and text.isdigit() else 0
