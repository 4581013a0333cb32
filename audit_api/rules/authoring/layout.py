"""A checklist laid out as its normalised document has it, to be compared with another version.

It falls into things (the checklist itself, its sections, questions, options, bands…) with
members.  A thing is known by its key, wherever a version puts it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from audit_api.rules.checklist.conditions import subject_tests
from audit_api.rules.checklist.document import document
from audit_api.rules.checklist.questions import Question
from audit_api.rules.checklist.scoring_key import weighty_questions
from audit_api.rules.checklist.sections import Checklist, walk


class Noun(StrEnum):
    """What a thing of a checklist is."""

    CHECKLIST = "checklist"
    SCORE_BAND = "score_band"
    DIMENSION = "dimension"
    SITE_ATTRIBUTE = "site_attribute"
    TOUCHPOINT = "touchpoint"
    SECTION = "section"
    QUESTION = "question"
    OPTION = "option"
    VALUE_BAND = "value_band"


LISTS: Mapping[str, Noun] = {
    "scoring/bands": Noun.SCORE_BAND,
    "dimensions": Noun.DIMENSION,
    "site_attributes": Noun.SITE_ATTRIBUTE,
    "touchpoints": Noun.TOUCHPOINT,
    "sections": Noun.SECTION,
    "questions": Noun.QUESTION,
    "options": Noun.OPTION,
    "bands": Noun.VALUE_BAND,
}
"""The members that hold things; but the dimensions of a question are keys."""
WHOLE = frozenset({"condition"})
"""The members that are one value each, even where they are written as an object."""
SECTIONS = frozenset({Noun.TOUCHPOINT, Noun.SECTION})
INSIDE_QUESTIONS = frozenset({Noun.OPTION, Noun.VALUE_BAND})

ANSWERS = frozenset({"min", "max", "points", "reverse", "fails_at"})
"""The members that, together, say what the answers of a scale or of yes and no are worth."""
SECTION = frozenset({"weight", "pass_mark", "on_fail", "condition"})
WORTH = frozenset({"points", "failed", "effect"})
SEEN: Mapping[Noun, Collection[str]] = {
    Noun.CHECKLIST: {
        "scoring/method",
        "scoring/start",
        "scoring/bonus_over_100",
        "scoring/pass_mark",
        "scoring/every_section_must_pass",
        "scoring/validity",
        "scoring/unanswered",
    },
    Noun.SCORE_BAND: {"from"},
    Noun.SITE_ATTRIBUTE: {"type"},
    **dict.fromkeys(SECTIONS, SECTION),
    Noun.QUESTION: {
        "type",
        "weight",
        "bonus",
        "demerit",
        "effect",
        "per_unit",
        "condition",
        "not_applicable",
        "not_observed",
    },
    **dict.fromkeys(INSIDE_QUESTIONS, WORTH),
}
"""The members that scores see just as they are written."""


@dataclass(frozen=True, slots=True)
class ThingPlace:
    """A thing of a checklist.

    `holder` is the key of the section or question around it.  A band of values has where it
    begins for a key.
    """

    noun: Noun
    key: str | float = ""
    holder: str = ""


Identity = tuple[Noun, str, str | float]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as one version has it: its members by path, and a JSON pointer to it."""

    place: ThingPlace
    pointer: str
    members: Mapping[str, Any]

    @property
    def identity(self) -> Identity:
        """What it is known by in every version: sections and questions may be put anywhere."""
        place = self.place
        if place.noun in INSIDE_QUESTIONS:
            return place.noun, place.holder, place.key
        return Noun.SECTION if place.noun in SECTIONS else place.noun, "", place.key


@dataclass(frozen=True, slots=True)
class Version:
    """One version laid out, its things in the order of the document.

    `weighty` are the keys of the questions that bear on scores and of the sections around them,
    `tested` what the conditions over those questions look at.
    """

    things: Mapping[Identity, Thing]
    questions: Mapping[str, Question]
    weighty: Collection[str]
    tested: Collection[str]

    def bears(self, thing: Thing) -> bool:
        """Whether scores depend on there being this thing, and on what holds it."""
        place = thing.place
        if place.noun is Noun.SITE_ATTRIBUTE:
            return place.key in self.tested
        if place.noun is Noun.QUESTION or place.noun in SECTIONS:
            return place.key in self.weighty
        if place.noun in INSIDE_QUESTIONS:
            return place.holder in self.weighty
        return place.noun in SEEN

    def seen(self, thing: Thing, member: str) -> object:
        """What scores see of a member; None for nothing."""
        if not self.bears(thing):
            return None
        if thing.place.noun is Noun.QUESTION and member in ANSWERS:
            options = self.questions[str(thing.place.key)].options
            return [[option.key, option.points, option.failed] for option in options]
        if thing.place.noun is Noun.QUESTION and member == "dimensions":
            return sorted(thing.members[member])
        return thing.members.get(member) if member in SEEN[thing.place.noun] else None


def laid_out(checklist: Checklist) -> Version:
    """One version of a checklist, laid out."""
    questions = {question.key: question for question in checklist.questions()}
    things = _things(document(checklist), ThingPlace(Noun.CHECKLIST), "")
    weighty, conditions = weighty_questions(checklist)
    return Version(
        things={thing.identity: thing for thing in things},
        questions=questions,
        weighty={*weighty, *_around(checklist, weighty)},
        tested={test.key for condition in conditions for test in subject_tests(condition)},
    )


def _around(checklist: Checklist, weighty: Collection[str]) -> Iterator[str]:
    """The keys of the sections that have one of these questions somewhere in them."""
    for path in walk(checklist.touchpoints):
        if any(question.key in weighty for question in path[-1].questions):
            yield from (section.key for section in path)


def _things(written: Mapping[str, Any], place: ThingPlace, pointer: str) -> Iterator[Thing]:
    """A thing of a document, and all that are inside it."""
    members = dict(_flat(written))
    inside = {path: members.pop(path, ()) for path in LISTS if not _only_keys(place, path)}
    yield Thing(place, pointer, members)
    for path, items in inside.items():
        noun = LISTS[path]
        for position, item in enumerate(items):
            key = item["from"] if noun is Noun.VALUE_BAND else item["key"]
            within = ThingPlace(noun, key, str(place.key))
            yield from _things(item, within, f"{pointer}/{path}/{position}")


def _only_keys(place: ThingPlace, path: str) -> bool:
    """Whether a list names things that stand elsewhere: the dimensions of a question do."""
    return place.noun is Noun.QUESTION and path == "dimensions"


def _flat(written: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for member, value in written.items():
        if isinstance(value, Mapping) and member not in WHOLE:
            yield from _flat(value, f"{path}{member}/")
        else:
            yield f"{path}{member}", value
