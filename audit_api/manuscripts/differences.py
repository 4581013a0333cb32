"""Says in words what differs between two versions of a checklist.

Members and their values are called as in the workbook that HQ fills in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit_api.manuscripts.workbook import layout
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.layout import Column
from audit_api.rules.authoring.differences import Act, Change, differences
from audit_api.rules.authoring.layout import Noun
from audit_api.rules.checklist.conditions import Condition
from audit_api.rules.checklist.questions import Question
from audit_api.rules.checklist.sections import Checklist, Section
from audit_api.words import conditions as condition_words
from audit_api.words import say
from audit_api.words.checklist import Words, words_of

QUESTIONS = layout.questions(Names(frozenset(), frozenset()))
COLUMNS: Mapping[Noun, tuple[Column, ...]] = {
    Noun.CHECKLIST: layout.SETTINGS,
    Noun.SCORE_BAND: layout.BANDS,
    Noun.DIMENSION: layout.DIMENSIONS,
    Noun.SITE_ATTRIBUTE: layout.SITE_ATTRIBUTES,
    Noun.TOUCHPOINT: QUESTIONS,
    Noun.SECTION: QUESTIONS,
    Noun.QUESTION: QUESTIONS,
    Noun.OPTION: layout.OPTIONS,
    Noun.VALUE_BAND: layout.OPTIONS,
}
"""The columns of the workbook that name the members of each thing, and write their values."""

PLACES: Mapping[Noun, str] = {
    Noun.CHECKLIST: "difference.checklist",
    Noun.SCORE_BAND: "difference.score_band",
    Noun.DIMENSION: "difference.dimension",
    Noun.SITE_ATTRIBUTE: "difference.site_attribute",
    Noun.TOUCHPOINT: "difference.touchpoint",
    Noun.SECTION: "difference.section",
    Noun.QUESTION: "difference.question",
    Noun.OPTION: "difference.option",
    Noun.VALUE_BAND: "difference.value_band",
}
ACTS: Mapping[Act, str] = {
    Act.ADDED: "difference.added",
    Act.REMOVED: "difference.removed",
    Act.MOVED: "difference.moved",
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change in words; `number` is the question's, as reports print it."""

    change: Change
    number: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions, and whether their scores can be compared over time."""

    changes: tuple[ToldChange, ...]
    comparable: bool


def compared(older: Checklist, newer: Checklist, locale: str) -> Comparison:
    """Return what was changed from one version to another, in `locale`."""
    found = differences(older, newer)
    old, new = _Side.of(older, locale), _Side.of(newer, locale)
    return Comparison(tuple(_told(change, old, new) for change in found.changes), found.comparable)


def summary(comparison: Comparison, locale: str) -> str:
    """Return in one sentence what the changes mean for scores."""
    if not comparison.changes:
        return say("difference.none", locale)
    code = "difference.comparable" if comparison.comparable else "difference.incomparable"
    return say(code, locale)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the versions: what things are called in it, and its conditions by key."""

    words: Words
    conditions: Mapping[str, Condition]

    @classmethod
    def of(cls, checklist: Checklist, locale: str) -> _Side:
        conditional: list[Question | Section] = [*checklist.questions(), *checklist.sections()]
        conditions = {each.key: each.condition for each in conditional if each.condition}
        return cls(words_of(checklist, locale), conditions)


def _told(change: Change, old: _Side, new: _Side) -> ToldChange:
    side, place = (old if change.act is Act.REMOVED else new), change.place
    asked = str(place.holder if place.noun in (Noun.OPTION, Noun.VALUE_BAND) else place.key)
    number = side.words.numbers.get(asked)
    where = side.words.say(PLACES[place.noun], key=place.key, question=asked, number=number)
    said = _said(change, where, old, new)
    code = "difference.breaking" if change.breaking else "difference.harmless"
    return ToldChange(
        change,
        number if place.noun is Noun.QUESTION else None,
        side.words.say(code, change=said),
    )


def _said(change: Change, where: str, old: _Side, new: _Side) -> str:
    words = new.words
    if change.act in ACTS:
        return words.say(ACTS[change.act], place=where)
    if change.act is Act.PLACED:
        before, after = (
            key or words.say("difference.top") for key in (change.before, change.after)
        )
        return words.say("difference.placed", place=where, before=before, after=after)
    path = tuple(change.member.split("/"))
    column = _column(change.place.noun, path)
    member = words.say(column.heading)
    if column.texts:
        member = words.say("difference.in_language", member=member, language=path[-1])
    return words.say(
        "difference.changed",
        place=where,
        member=member,
        before=_value(change, change.before, column, old),
        after=_value(change, change.after, column, new),
    )


def _column(noun: Noun, path: tuple[str, ...]) -> Column:
    for column in COLUMNS[noun]:
        if path == column.path or (column.texts and path[:-1] == column.path):
            return column
    raise LookupError(f"{noun} has no word for {path}")


def _value(change: Change, value: Any, column: Column, side: _Side) -> str:
    if value is None or value == []:
        return NOTHING
    if column.path == ("condition",):
        return condition_words.condition(side.conditions[str(change.place.key)], side.words)
    if column.texts:
        return side.words.say("name.quoted", title=value)
    return str(column.cell.write(value, side.words.locale))
