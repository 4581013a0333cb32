"""What an answer looks like: of every type of question, and of what is no value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from audit_api.errors import Fault
from audit_api.rules import authoring
from audit_api.rules.checklist.questions import SCORED, QuestionType
from audit_api.rules.exact import MAX_NUMBER
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.answer_values import (
    MAX_BARCODE_LENGTH,
    MAX_COUNT,
    MAX_TEXT_LENGTH,
    MAX_WORTH,
)
from audit_api.rules.scoring.answers import MAX_COMMENT_LENGTH
from audit_api.words import say
from tools.reference.wording import code, codes, json_code, table, told

Json = dict[str, Any]

LIMITS = {
    "count": f"{MAX_COUNT:,}",
    "worth": f"{MAX_WORTH // 1_000_000:,}",
    "number": f"{MAX_NUMBER:,}",
    "text": f"{MAX_TEXT_LENGTH:,}",
    "barcode": f"{MAX_BARCODE_LENGTH:,}",
    "comment": f"{MAX_COMMENT_LENGTH:,}",
}
OPTIONS = [
    {"key": "good", "title": {"en": "Good"}, "points": 2},
    {"key": "fair", "title": {"en": "Fair"}, "points": 1},
    {"key": "poor", "title": {"en": "Poor"}, "points": 0},
]


class Examples(NamedTuple):
    """What a question of a type says beside its type, and values that it accepts and refuses."""

    members: Json
    accepted: tuple[Any, ...]
    refused: tuple[Any, ...]


EXAMPLES: Mapping[QuestionType, Examples] = {
    QuestionType.SINGLE: Examples({"options": OPTIONS}, ("good",), ("Good", "other", ["good"])),
    QuestionType.SEVERAL: Examples(
        {"options": OPTIONS}, (["good", "poor"], []), ("good", ["other"], ["good", "good"])
    ),
    QuestionType.YES_NO: Examples({}, ("yes", "no"), (True, "Yes")),
    QuestionType.SCALE: Examples({"min": 0, "max": 10}, (0, 10), (11, 6.5, "7")),
    QuestionType.NUMBER: Examples({"min": -20, "max": 100}, (21, -4.125), (100.5, 0.0001, "21")),
    QuestionType.COUNT: Examples({}, (0, 3), (-1, 2.5, "3")),
    QuestionType.DURATION: Examples({}, (95,), (-1, 90.5, "00:01:35")),
    QuestionType.TEXT: Examples({}, ("No queue.\nTwo tills open.",), ("", " ", 5)),
    QuestionType.DATE: Examples({}, ("2026-03-01",), ("01.03.2026", "2026-02-30")),
    QuestionType.TIME: Examples({}, ("14:30", "14:30:05"), ("2:30 pm", "24:30")),
    QuestionType.BARCODE: Examples({}, ("6901234567892",), (6901234567892, "")),
    QuestionType.PLACE: Examples(
        {},
        ({"latitude": 31.23461, "longitude": 121.4, "accuracy": 8},),
        ({"latitude": 31.2}, {"latitude": "31.2", "longitude": 121.4}),
    ),
    QuestionType.PHOTO: Examples({}, (), ("shop.jpg",)),
    QuestionType.SIGNATURE: Examples({}, (), ("Lin Xiao",)),
}


def checklist(*questions: Json) -> Json:
    """Return the document of a checklist with these questions."""
    return {
        "format": 1,
        "key": "example",
        "locales": ["en"],
        "title": {"en": "Example"},
        "touchpoints": [{"key": "visit", "title": {"en": "Visit"}, "questions": list(questions)}],
    }


def asked(question: Json) -> Json:
    """Return the document of a checklist of `gate` and one question `q`."""
    gate = {"key": "gate", "type": "yes_no", "title": {"en": "Gate"}, "required": False}
    return checklist(
        gate, {"type": "yes_no"} | question | {"key": "q", "title": {"en": "Question"}}
    )


def faults(question: Json, answers: Json, photos: Mapping[str, int]) -> list[Fault]:
    """Return what is wrong with the answers to a checklist of `gate` and one question `q`."""
    scorer = compile_scorer(authoring.parse(asked(question)))
    return scorer.faults(Visit(answers, photos))


def types(locale: str) -> str:
    """Every type of question: its value, and examples."""
    rows = []
    for kind, examples in EXAMPLES.items():
        value = told(f"value.{kind}", locale, **LIMITS)
        scored = told("yes" if kind in SCORED else "no", locale)
        accepted = [{"value": value} for value in examples.accepted]
        if not accepted:
            accepted = [{}]
        refused = [
            f"{json_code({'value': value})} → {code(refusal(kind, value))}"
            for value in examples.refused
        ]
        title = say(f"sheets.word.{kind}", locale)
        cells = [code(kind), title, value, scored]
        rows.append([*cells, "<br>".join(map(json_code, accepted)), "<br>".join(refused)])
    return table(locale, ["type", "name", "value", "scored", "accepted", "refused"], rows)


def refusal(kind: QuestionType, value: Any) -> str:
    """Return the code of the first fault of a value."""
    question = {"type": kind.value, **EXAMPLES[kind].members}
    return faults(question, {"q": {"value": value}}, {"q": 1})[0].code


class Case(NamedTuple):
    """What a question says, what is sent of it, and how many photos the manifest has for it."""

    name: str
    question: Json
    sent: Json
    photos: int = 0


YES, NO = {"value": "yes"}, {"value": "no"}
HIDDEN = {"condition": {"question": "gate", "equals": "yes"}}
CASES = (
    Case("required", {}, {}),
    Case("optional", {"required": False}, {}),
    Case("not_applicable", {"not_applicable": True}, {"q": {"not_applicable": True}}),
    Case("not_observed", {"not_observed": True}, {"q": {"not_observed": True}}),
    Case("neither_allowed", {}, {"q": {"not_applicable": True}}),
    Case("other_allowed", {"not_observed": True}, {"q": {"not_applicable": True}}),
    Case("not_true", {"not_applicable": True}, {"q": {"not_applicable": False}}),
    Case("both", {"not_applicable": True}, {"q": {"value": "yes", "not_applicable": True}}),
    Case("bare", {}, {"q": "yes"}),
    Case("member", {}, {"q": {"value": "yes", "remark": "quick"}}),
    Case("comment", {}, {"q": {"value": "yes", "comment": "quick"}}),
    Case("comment_alone", {"required": False}, {"q": {"comment": "quick"}}),
    Case("comment_kind", {}, {"q": {"value": "yes", "comment": 5}}),
    Case("comment_due", {"evidence": {"comment": "always"}}, {"q": YES}),
    Case("comment_failed", {"evidence": {"comment": "when_failed"}}, {"q": NO}),
    Case("photo_due", {"evidence": {"photo": "when_failed"}}, {"q": NO}),
    Case("photo_not_due", {"evidence": {"photo": "when_failed"}}, {"q": YES}),
    Case("photo_came", {"evidence": {"photo": "always"}}, {"q": YES}, 1),
    Case("photo_of_answers", {"evidence": {"photo": ["yes"]}}, {"q": YES}),
    Case("picture", {"type": "photo"}, {}, 1),
    Case("picture_comment", {"type": "photo"}, {"q": {"comment": "from outside"}}, 1),
    Case("picture_missing", {"type": "photo"}, {}),
    Case("picture_optional", {"type": "photo", "required": False}, {}),
    Case(
        "picture_not_applicable",
        {"type": "photo", "not_applicable": True},
        {"q": {"not_applicable": True}},
    ),
    Case("hidden", HIDDEN, {}),
    Case("hidden_kept", {**HIDDEN, "evidence": {"photo": "when_failed"}}, {"q": NO}),
    Case("hidden_refused", HIDDEN, {"q": {"value": "maybe"}}),
    Case("unknown", {"required": False}, {"greeting": YES}),
)


def cases(locale: str) -> str:
    """What is no value, and what an answer has to come with."""
    rows = []
    for case in CASES:
        says = ", ".join(f"{name}: {_flow(value)}" for name, value in case.question.items())
        found = [fault.code for fault in faults(case.question, case.sent, {"q": case.photos})]
        rows.append(
            [
                code(says) if says else "–",
                json_code(case.sent),
                str(case.photos),
                codes(found) or told("accepted", locale),
                told(f"case.{case.name}", locale, **LIMITS),
            ]
        )
    return table(locale, ["question", "answers", "photos", "outcome", "meaning"], rows)


def _flow(value: object) -> str:
    """Return a member as an author writes it on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(each)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


TABLES = {"types": types, "cases": cases}
