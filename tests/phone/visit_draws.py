"""Visits good and bad to drawn checklists, from the same seed."""

from __future__ import annotations

import json
from typing import Any

from audit_api.api.http import body
from audit_api.rules.scoring import Visit
from tests.phone.checklist_draws import PICTURES, ChecklistDraws, Json
from tests.rules.audits import all_questions

SITES: Json = {
    "format": ["mall", "street", 3],
    "constructor": ["x", {}],
    "area": [99.5, 100, "99.500", "large", "1e2", True],
    "parking": [True, False, "true", 1],
    "kind": ["own", "competitor"],
}
ODD_VALUES: list[Any] = [
    *(None, True, False, 1, -1, 1_000_000, 1_000_001, 2**60),
    *(0.5, 0.0005, 1.0005, -2.001, 1e9, 1e9 + 0.5, 1e300),
    *("", " \t", "\ufeff", "\x85", "yes", "o0", "1", "x" * 501),
    *("2026-02-29", "1900-02-29", "2026-04-31", "2026-03-00", "2026-13-01", "0000-01-01"),
    *("2026-1-1", "2026-00-01", "24:00", "7:00", "12:60", "12:30:60"),
    *([], [1], ["o0", "o0"], ["o0", "other"], [None], [["o0"]]),
    *({}, {"latitude": 91, "longitude": 0}, {"latitude": 0, "longitude": 0, "__proto__": 1}),
    *({"latitude": "0", "longitude": 0}, {"latitude": 0}, {"latitude": 0, "longitude": True}),
    *({"latitude": 0, "longitude": 0, "accuracy": accuracy} for accuracy in (-1, None, 1e9, 1e10)),
]
ODD_ANSWERS: list[Any] = [
    *(None, 1, "yes", [], {}, {"__proto__": {}}, {"constructor": 1}),
    *({"not_applicable": True}, {"not_applicable": False}, {"not_observed": 1}),
    *({"value": "yes", "not_applicable": True}, {"not_applicable": True, "not_observed": True}),
    *({"comment": 1}, {"comment": "x" * 4001}, {"value": 1, "comment": "😀" * 4000}),
    *({"value": "no", "comment": None}, {"value": "yes", "a/b~": 1}, {"comment": "x"}),
    *({"value": "yes", "comment": blank} for blank in ("", " \x1c", "\ufeff")),
]


class VisitDraws(ChecklistDraws):
    """Draws checklists and visits."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.odd = 0.0

    def visit(self, document: Json) -> Visit:
        """A visit as the server reads it: tidy, careless, or the work of another program."""
        self.odd = self.random.choice([0.0, 0.0, 0.1, 0.5])
        answers: Json = {}
        photos: Json = {}
        for question in all_questions(document):
            answer = self.answer(question)
            if answer is not None or self.oddly():
                answers[question["key"]] = answer
            photos[question["key"]] = 0 if self.oddly() else 1
        if self.oddly():
            answers[self.random.choice(["__proto__", "tostring", "a/b~c", "7"])] = {"value": 1}
            photos[self.random.choice(["__proto__", "toString", "other"])] = 1
        return self.sent({"answers": answers, "photos": photos, "site": self.site()})

    def oddly(self) -> bool:
        return self.random.random() < self.odd

    def answer(self, question: Json) -> Any:
        """An answer, accepted unless oddly; None for none, where it may be left out."""
        if self.oddly():
            return self.random.choice([None, self.random.choice(ODD_ANSWERS), self.odd_value()])
        states = [state for state in ("not_applicable", "not_observed") if question[state]]
        if states and self.chance(8):
            return {self.random.choice(states): True} | self.random.choice([{}, {"comment": "x"}])
        if question["type"] in PICTURES:
            return self.random.choice([None, {}, {"comment": "x"}])
        if not question["required"] and self.chance(8):
            return None
        value = {"value": self.value(question)}
        return value if self.oddly() else value | {"comment": self.random.choice(["x", "…"])}

    def odd_value(self) -> Json:
        return {"value": self.random.choice(ODD_VALUES)}

    def site(self) -> Json:
        return {key: self.random.choice(held) for key, held in SITES.items() if not self.chance(4)}

    def sent(self, visit: Json) -> Visit:
        """The visit as it arrives: what the server's reader makes of its JSON."""
        read = body.parse(json.dumps(visit, ensure_ascii=False).encode())
        return Visit(read["answers"], read["photos"], read["site"])
