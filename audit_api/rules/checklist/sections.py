"""A checklist: what is asked of an auditor and how it is scored, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from audit_api.rules.checklist.conditions import Condition, SiteAttribute
from audit_api.rules.checklist.questions import Effect, Question
from audit_api.rules.checklist.texts import Text
from audit_api.rules.figures.metrics import Metrics


class Method(StrEnum):
    POOLED = "pooled"
    WEIGHTED = "weighted"
    DEMERIT = "demerit"


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """Scores from `start` (hundredths of a percent) up to the next band's start."""

    key: str
    title: Text
    start: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """A tag across touchpoints: service attitude, expertise, environment…"""

    key: str
    title: Text


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How a whole audit is scored.  `start` is in thousandths of a point, `pass_mark` in
    hundredths of a percent, `validity` the share of questions to answer as (part, of)."""

    method: Method = Method.WEIGHTED
    start: int = 100_000
    bonus_over_100: bool = False
    pass_mark: int | None = None
    every_section_must_pass: bool = False
    validity: tuple[int, int] = (2, 3)
    unanswered_is_zero: bool = False
    bands: tuple[ScoreBand, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A touchpoint, or a part of one: it holds questions or further sections, never both.

    `weight` is in thousandths, `pass_mark` in hundredths of a percent; `on_fail` happens below it.
    """

    key: str
    title: Text
    weight: int = 1000
    pass_mark: int | None = None
    on_fail: tuple[Effect, ...] = ()
    condition: Condition | None = None
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """One version: `locales` begins with the language that stands in for missing words."""

    key: str
    locales: tuple[str, ...]
    title: Text
    scoring: ScoringRules
    metrics: Metrics
    dimensions: tuple[Dimension, ...]
    site_attributes: tuple[SiteAttribute, ...]
    touchpoints: tuple[Section, ...]

    def sections(self) -> Iterator[Section]:
        """Every touchpoint and section, each before the sections inside it."""
        return (section for *_, section in walk(self.touchpoints))

    def questions(self) -> Iterator[Question]:
        """Every question, in the order in which it is asked."""
        return (question for section in self.sections() for question in section.questions)

    def numbers(self) -> dict[str, str]:
        """The number of every question in reports, by key: its touchpoint's place and its own
        place in it, 2.3 for the third question of the second touchpoint."""
        return {
            question.key: f"{place}.{number}"
            for place, touchpoint in enumerate(self.touchpoints, start=1)
            for number, question in enumerate(questions_of(touchpoint), start=1)
        }


SectionPath = tuple[Section, ...]
"""The way to a section: the touchpoint that it is in, the sections in between, and itself."""


def walk(sections: Iterable[Section], around: SectionPath = ()) -> Iterator[SectionPath]:
    """The way to each of these sections and to every section inside them.

    A section comes before the sections inside it, so that the questions that are met on the way
    are met in the order in which they are asked.
    """
    for section in sections:
        path = (*around, section)
        yield path
        yield from walk(section.sections, path)


def conditions_over(path: SectionPath, question: Question) -> Iterator[tuple[str, Condition]]:
    """What a question at the end of a path is asked on: the conditions of the sections and its
    own, outermost first, each beside the key of what has it."""
    holders: tuple[Section | Question, ...] = (*path, question)
    return ((each.key, each.condition) for each in holders if each.condition is not None)


def questions_of(section: Section) -> Iterator[Question]:
    """The questions of a section and of the sections inside it, in order."""
    return (question for *_, inner in walk((section,)) for question in inner.questions)
