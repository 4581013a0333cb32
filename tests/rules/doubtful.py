"""Small documents in which something can never count, and what is told about them."""

from __future__ import annotations

from audit_api.rules import authoring
from audit_api.rules.authoring.checking import warnings
from tests.rules.documents import Json, document, option, question, words

Q = "/touchpoints/0/questions/0"
SECOND = "/touchpoints/0/questions/1"
FAIR = [{"key": "fair", "title": words("Fair"), "from": 0}]
GOOD = [*FAIR, {"key": "good", "title": words("Good"), "from": 80}]
HIDDEN = {"question": "q", "equals": "yes"}
NEVER = {"all": [HIDDEN, {"question": "q", "equals": "no"}]}
ALWAYS = {"any": [{"question": "q", "answered": True}, {"question": "q", "answered": False}]}


def found(written: Json) -> list[tuple[str, str]]:
    """Return the pointer and code of every warning about a document."""
    told = warnings(authoring.read(written))
    return [(fault.pointer, fault.code) for fault in told]


def section(*questions: Json, key: str = "arrival", **members: object) -> Json:
    return {"key": key, "title": words(key), "questions": list(questions)} | members


def scored(method: str = "weighted", *asked: Json, **rules: object) -> Json:
    """A document scored by these rules, with one more question where none is given."""
    return document(*asked, scoring={"method": method} | rules)


def split(*touchpoints: Json, **members: object) -> Json:
    return document(touchpoints=list(touchpoints), **members)


def asked(**members: object) -> Json:
    """A document with one yes/no question, and another with these members."""
    return document(question(), question("other", **members))  # type: ignore[arg-type]


PHOTO: Json = {"photo": "always"}
WHEN_FAILED: Json = {"photo": "when_failed"}
PLAIN = [option("a"), option("b")]
COUNTING = [option("a", 1), option("b")]
