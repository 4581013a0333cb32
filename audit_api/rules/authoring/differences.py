"""What differs between two versions of a checklist, and whether their scores stay comparable."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from audit_api.rules.authoring.layout import (
    INSIDE_QUESTIONS,
    Identity,
    Noun,
    Thing,
    ThingPlace,
    Version,
    laid_out,
)
from audit_api.rules.checklist.document import canonical
from audit_api.rules.checklist.scoring_key import rules_key
from audit_api.rules.checklist.sections import Checklist


class Act(StrEnum):
    """What became of a thing: `placed` into another section, `moved` among its neighbours."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    PLACED = "placed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `pointer` is a JSON pointer into the newer normalised document, or into the older one for
    what was removed.  A changed `member` is named by its path inside the thing (`weight`,
    `title/en`, `scoring/pass_mark`), with its JSON values before and after; a thing that was
    placed has the keys of the sections around it there.  `breaking` says that scores of the two
    versions cannot be compared for this.
    """

    act: Act
    place: ThingPlace
    pointer: str
    breaking: bool
    member: str = ""
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Differences:
    """Every change: those of the newer version in its own order, then what was removed."""

    changes: tuple[Change, ...]
    comparable: bool


ORDERED_BY_VALUE = frozenset({Noun.SCORE_BAND, Noun.VALUE_BAND})
"""What stands in the order of its values, which its author cannot change."""


def differences(older: Checklist, newer: Checklist) -> Differences:
    """What was changed from one version to another: nothing between equal documents."""
    old, new = laid_out(older), laid_out(newer)
    moved = _moved(old, new)
    changes = [
        change
        for thing in new.things.values()
        for change in _changes(thing, old, new, moved=thing.identity in moved)
    ]
    changes += [
        Change(Act.REMOVED, thing.place, thing.pointer, old.bears(thing))
        for thing in old.things.values()
        if _missing(thing, new)
    ]
    return Differences(tuple(changes), rules_key(older) == rules_key(newer))


def _changes(thing: Thing, old: Version, new: Version, *, moved: bool) -> Iterator[Change]:
    """What became of a thing of the newer version."""
    earlier, place, pointer = old.things.get(thing.identity), thing.place, thing.pointer
    if earlier is None:
        if _missing(thing, old):
            yield Change(Act.ADDED, place, pointer, new.bears(thing))
        return
    if place.holder != earlier.place.holder:
        bears = old.bears(earlier) or new.bears(thing)
        yield Change(Act.PLACED, place, pointer, bears, "", earlier.place.holder, place.holder)
    if moved:
        yield Change(Act.MOVED, place, pointer, False)
    for member in dict.fromkeys((*thing.members, *earlier.members)):
        before, after = earlier.members.get(member), thing.members.get(member)
        if not _same(before, after):
            breaking = not _same(old.seen(earlier, member), new.seen(thing, member))
            at = f"{pointer}/{member}"
            yield Change(Act.CHANGED, place, at, breaking, member, before, after)


def _missing(thing: Thing, other: Version) -> bool:
    """Whether another version lacks a thing, and not only the question that holds it."""
    question = Noun.QUESTION, "", thing.place.holder
    outside = thing.place.noun not in INSIDE_QUESTIONS
    return thing.identity not in other.things and (outside or question in other.things)


def _same(one: object, other: object) -> bool:
    # True, 1 and 1.0 are equal in Python, and three things in a document.
    return one is other or canonical(one) == canonical(other)


def _moved(old: Version, new: Version) -> Collection[Identity]:
    """The things that stand elsewhere among the neighbours that they have in both versions."""
    things: set[Identity] = set()
    before, after = _neighbours(old, new), _neighbours(new, old)
    for place, identities in after.items():
        matcher = SequenceMatcher(None, before[place], identities, autojunk=False)
        things.update(identities)
        for _, start, size in matcher.get_matching_blocks():
            things.difference_update(identities[start : start + size])
    return things


def _neighbours(one: Version, other: Version) -> Mapping[tuple[Noun, str], list[Identity]]:
    """What stands at the same place in both versions, by place, in the order of `one`."""
    neighbours: dict[tuple[Noun, str], list[Identity]] = {}
    for identity, thing in one.things.items():
        there, place = other.things.get(identity), thing.place
        if there and there.place.holder == place.holder and place.noun not in ORDERED_BY_VALUE:
            neighbours.setdefault((place.noun, place.holder), []).append(identity)
    return neighbours
