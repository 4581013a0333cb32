"""Where the sections, questions and bands of a checklist stand in the document as written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.errors import around, pointer_to
from audit_api.rules.authoring import Reading
from audit_api.rules.authoring.reachability import Reach, reach
from audit_api.rules.checklist.conditions import Condition
from audit_api.rules.checklist.questions import Question
from audit_api.rules.checklist.sections import Checklist, Section, walk

Document = Mapping[str, Any]
PlacedEffect = tuple[str, Any]
"""A critical effect as written, and the pointer to it."""


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section, where it stands, how it is written, and the list that it is an entry of."""

    section: Section
    pointer: str
    written: Document
    siblings: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question, where it stands, how it is written, and the section right around it."""

    question: Question
    pointer: str
    written: Document
    section: PlacedSection


@dataclass(frozen=True, slots=True)
class Layout:
    """A checklist beside the document that it was read from; everything in asking order.

    `reach` says what becomes of the conditions, by the key of what they stand on.  `faulty` are
    the pointers to faults and to all that is around them: of a thing with a fault in it there
    is only a guess, and no warning rests on a guess.
    """

    checklist: Checklist
    document: Document
    sections: tuple[PlacedSection, ...]
    questions: tuple[PlacedQuestion, ...]
    reach: Mapping[str, Reach]
    faulty: Collection[str]

    def sound(self, pointer: str) -> bool:
        """Whether there is no fault at a pointer, nor inside what it leads to."""
        return pointer not in self.faulty

    @property
    def sound_sections(self) -> Iterator[PlacedSection]:
        """The sections without a fault anywhere in them."""
        return (placed for placed in self.sections if self.sound(placed.pointer))

    @property
    def sound_questions(self) -> Iterator[PlacedQuestion]:
        """The questions without a fault in them."""
        return (placed for placed in self.questions if self.sound(placed.pointer))

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition."""
        sections = (placed.section.condition for placed in self.sections)
        questions = (placed.question.condition for placed in self.questions)
        return (condition for condition in (*sections, *questions) if condition is not None)


def laid_out(reading: Reading) -> Layout:
    """The layout of what was read."""
    sections = list(_sections(reading))
    questions = [placed for section in sections for placed in _questions(section, reading)]
    faulty = {pointer for fault in reading.faults for pointer in around(fault.pointer)}
    faulty |= {
        pointer
        for placed in questions
        if pointer_to("response_sets", placed.written.get("response_set")) in faulty
        for pointer in around(placed.pointer)
    }
    unread = _unread(sections, questions, faulty)
    return Layout(
        reading.checklist,
        reading.document,
        tuple(sections),
        tuple(questions),
        reach(reading.checklist, unread),
        faulty,
    )


def _sections(reading: Reading) -> Iterator[PlacedSection]:
    touchpoints = reading.checklist.touchpoints
    for path in walk(touchpoints):
        section, siblings = path[-1], path[-2].sections if len(path) > 1 else touchpoints
        node = reading.nodes[section.key]
        yield PlacedSection(section, node.pointer, node.members, siblings)


def _questions(around: PlacedSection, reading: Reading) -> Iterator[PlacedQuestion]:
    """The questions right in a section."""
    for question in around.section.questions:
        node = reading.nodes[question.key]
        yield PlacedQuestion(question, node.pointer, node.members, around)


def _unread(
    sections: Sequence[PlacedSection], questions: Sequence[PlacedQuestion], faulty: Collection[str]
) -> Collection[str]:
    """The keys of what is asked under a condition, or with answers, that could not be read."""
    closed = [each for each in sections if f"{each.pointer}/condition" in faulty]
    shut = {each.pointer for each in closed}
    return {
        *(each.section.key for each in sections if not shut.isdisjoint(around(each.pointer))),
        *(
            each.question.key
            for each in questions
            if each.pointer in faulty or not shut.isdisjoint(around(each.pointer))
        ),
    }


def effects_at(placed: PlacedQuestion) -> Iterator[PlacedEffect]:
    """The critical effects written in a question, its options and its bands."""
    return (effect for effects in _effects_in(placed) for effect in effects)


def _effects_in(placed: PlacedQuestion) -> Iterator[Sequence[PlacedEffect]]:
    yield _effects_of(placed.written, placed.pointer)
    for name in ("options", "bands"):
        yield from _effects_of_each(placed.written.get(name), f"{placed.pointer}/{name}")


def _effects_of_each(worths: object, pointer: str) -> Iterator[Sequence[PlacedEffect]]:
    """The critical effects of each option or band in a list."""
    for place, worth in enumerate(worths if isinstance(worths, list) else ()):
        if isinstance(worth, Mapping):
            yield _effects_of(worth, f"{pointer}/{place}")


def _effects_of(written: Document, pointer: str, member: str = "effect") -> Sequence[PlacedEffect]:
    """The critical effects under a member, one alone or in a list, each with its pointer."""
    effects, here = written.get(member), f"{pointer}/{member}"
    if isinstance(effects, list):
        return [(f"{here}/{place}", each) for place, each in enumerate(effects)]
    return [] if effects is None else [(here, effects)]


def effect_lists(layout: Layout) -> Iterator[Sequence[PlacedEffect]]:
    """The critical effects of each section, question, option and band that has any."""
    lists = [
        *(_effects_of(each.written, each.pointer, "on_fail") for each in layout.sections),
        *(effects for each in layout.questions for effects in _effects_in(each)),
    ]
    shared = layout.document.get("response_sets")
    for name, options in shared.items() if isinstance(shared, Mapping) else ():
        lists += _effects_of_each(options, pointer_to("response_sets", name))
    return (effects for effects in lists if effects)


def places_by_start(written: Sequence[Document]) -> Sequence[int]:
    """The places of bands in their list as written, in the order of their starts."""
    return sorted(range(len(written)), key=lambda place: written[place]["from"])


def misplaced(written: Sequence[Document]) -> int | None:
    """The place of the first band that ends the rising, or falling, order of those before it;
    None where all stand in order."""
    starts = [band["from"] for band in written]
    for place in range(2, len(starts)):
        if (starts[1] > starts[0]) is not (starts[place] > starts[place - 1]):
            return place
    return None
