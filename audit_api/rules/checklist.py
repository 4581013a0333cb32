"""A checklist document, as YAML or JSON gave it, read into the checklist's values and back.

The way back (`document`, `digest`, `scoring_key`) is written in `checklist_writing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from audit_api.errors import Fault, invalid
from audit_api.rules.checklist_writing import FORMAT, digest, document, scoring_key
from audit_api.rules.exact import thousandths
from audit_api.rules.options import TITLE, StatedOption, read_effect, read_options
from audit_api.rules.question_reading import WEIGHT, Surroundings, read_question
from audit_api.rules.questions import Question
from audit_api.rules.reading import Node
from audit_api.rules.sections import (
    Checklist,
    Dimension,
    Method,
    ScoreBand,
    ScoringRules,
    Section,
)

__all__ = ["Checklist", "digest", "document", "parse", "scoring_key"]

LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SHARE = re.compile(r"([0-9]{1,4})/([1-9][0-9]{0,3})")
DEEPEST = 3
"""A touchpoint, a section in it, and a section in that."""
MOST_QUESTIONS = 500

TOP = (
    "format",
    "key",
    "locales",
    "title",
    "scoring",
    "dimensions",
    "response_sets",
    "touchpoints",
)
SCORING = (
    "method",
    "start",
    "bonus_over_100",
    "pass_mark",
    "every_section_must_pass",
    "validity",
    "unanswered",
    "bands",
)
LEAF = ("key", "title", "weight", "pass_mark", "on_fail", "questions")
SECTION = (*LEAF, "sections")


def parse(written: Mapping[str, object]) -> Checklist:
    """The checklist that a document describes.

    Raises `errors.Problem` of kind INVALID with every fault, each at its JSON pointer.
    """
    faults: list[Fault] = []
    node = Node(written, "", faults)
    node.only(TOP)
    if node.members.get("format") != FORMAT:
        node.fault("format", "format_unknown", accepted=[FORMAT])
    locales = _locales(node)
    dimensions = _dimensions(node, locales)
    around = Surroundings(
        locales, _response_sets(node, locales), [dimension.key for dimension in dimensions]
    )
    checklist = Checklist(
        key=node.key(),
        locales=locales,
        title=node.text("title", locales, TITLE),
        scoring=_scoring(node.node("scoring"), locales),
        dimensions=dimensions,
        touchpoints=_sections(node, "touchpoints", around, set(), depth=1),
    )
    if sum(1 for _ in checklist.questions()) > MOST_QUESTIONS:
        node.fault("touchpoints", "too_many_questions", most=MOST_QUESTIONS)
    if faults:
        raise invalid(*faults)
    return checklist


def _locales(node: Node) -> tuple[str, ...]:
    stated = node.items("locales", 1, 20)
    for position, locale in enumerate(stated):
        if not isinstance(locale, str) or not LOCALE.fullmatch(locale):
            node.fault("locales", "locale_malformed", given=str(locale))
        elif locale in stated[:position]:
            node.fault("locales", "key_repeated", given=locale)
    return tuple(dict.fromkeys(locale for locale in stated if isinstance(locale, str)))


def _dimensions(node: Node, locales: tuple[str, ...]) -> tuple[Dimension, ...]:
    found: list[Dimension] = []
    for item in node.nodes("dimensions", 0, 50):
        item.only(("key", "title"))
        found.append(Dimension(_fresh(item, found), item.text("title", locales, TITLE)))
    return tuple(found)


def _fresh(item: Node, earlier: Sequence[Dimension | ScoreBand]) -> str:
    key = item.key()
    if key and any(key == other.key for other in earlier):
        item.fault("key", "key_repeated", given=key)
    return key


def _response_sets(node: Node, locales: tuple[str, ...]) -> Mapping[str, Sequence[StatedOption]]:
    shared = node.node("response_sets")
    return {name: read_options(shared, name, locales) for name in map(str, shared.members)}


def _scoring(node: Node, locales: tuple[str, ...]) -> ScoringRules:
    node.only(SCORING)
    method = node.word("method", [method.value for method in Method], Method.WEIGHTED.value)
    return ScoringRules(
        method=Method(method),
        start=node.decimal("start", 100_000, 1, 100_000),
        bonus_over_100=node.flag("bonus_over_100"),
        pass_mark=node.percentage("pass_mark"),
        every_section_must_pass=node.flag("every_section_must_pass"),
        validity=_validity(node),
        unanswered_is_zero=node.word("unanswered", ("ignore", "zero"), "ignore") == "zero",
        bands=_score_bands(node, locales),
    )


def _validity(node: Node) -> tuple[int, int]:
    """A share written as `2/3` or as a decimal from 0 to 1, in lowest terms."""
    written = node.members.get("validity", "2/3")
    shape = SHARE.fullmatch(written) if isinstance(written, str) else None
    part, of = (int(shape[1]), int(shape[2])) if shape else (thousandths(written), 1000)
    if part is None or not 0 <= part <= of:
        node.fault("validity", "share_expected")
        return 2, 3
    share = Fraction(part, of)
    return share.numerator, share.denominator


def _score_bands(node: Node, locales: tuple[str, ...]) -> tuple[ScoreBand, ...]:
    found: list[ScoreBand] = []
    for item in node.nodes("bands", 0, 20):
        item.only(("key", "title", "from"))
        item.missing("from")
        band = ScoreBand(
            _fresh(item, found),
            item.text("title", locales, TITLE),
            item.decimal("from", 0, 0, 100_000, step=10) // 10,
        )
        if any(band.start == other.start for other in found):
            item.fault("from", "band_repeated")
        found.append(band)
    return tuple(sorted(found, key=lambda band: band.start))


def _sections(
    node: Node, member: str, around: Surroundings, taken: set[str], depth: int
) -> tuple[Section, ...]:
    return tuple(_section(item, around, taken, depth) for item in node.nodes(member, 1, 100))


def _section(node: Node, around: Surroundings, taken: set[str], depth: int) -> Section:
    node.only(SECTION if depth < DEEPEST else LEAF)
    nested = depth < DEEPEST and "sections" in node.members
    if nested and "questions" in node.members:
        node.fault("questions", "questions_or_sections")
    if node.members.get("on_fail") is not None and node.members.get("pass_mark") is None:
        node.fault("on_fail", "pass_mark_needed")
    return Section(
        key=_unique(node, taken),
        title=node.text("title", around.locales, TITLE),
        weight=node.decimal("weight", 1000, 0, WEIGHT),
        pass_mark=node.percentage("pass_mark"),
        on_fail=read_effect(node, "on_fail"),
        sections=_sections(node, "sections", around, taken, depth + 1) if nested else (),
        questions=() if nested else _questions(node, around, taken),
    )


def _questions(node: Node, around: Surroundings, taken: set[str]) -> tuple[Question, ...]:
    found = []
    for item in node.nodes("questions", 1, MOST_QUESTIONS):
        question = read_question(item, _unique(item, taken), around)
        if question is not None:
            found.append(question)
    return tuple(found)


def _unique(node: Node, taken: set[str]) -> str:
    """The key, unlike that of any other question, section or touchpoint."""
    key = node.key()
    if key in taken:
        node.fault("key", "key_repeated", given=key)
    elif key:
        taken.add(key)
    return key
