"""The touchpoints of a checklist document, with the sections and questions inside them."""

from __future__ import annotations

from dataclasses import replace

from audit_api.rules.authoring.node import Node
from audit_api.rules.authoring.options import MAX_TITLE_LENGTH, MAX_WEIGHT, read_effects
from audit_api.rules.authoring.questions import Surroundings, read_question
from audit_api.rules.checklist.questions import Question
from audit_api.rules.checklist.sections import Section

MAX_DEPTH = 3
"""A touchpoint, a section in it, and a section in that."""
MAX_QUESTIONS = 500

LEAF = ("key", "title", "weight", "pass_mark", "on_fail", "condition", "questions")
SECTION = (*LEAF, "sections")


def read_touchpoints(node: Node, around: Surroundings) -> tuple[Section, ...]:
    """The touchpoints, in the order in which a visit meets them."""
    touchpoints = _sections(node, "touchpoints", around, {}, depth=1)
    if len(around.earlier) > MAX_QUESTIONS:
        node.fault("touchpoints", "too_many_questions", most=MAX_QUESTIONS)
    return touchpoints


def written_keys(written: object) -> set[str]:
    """The keys of all questions in a list of sections as written, also where one is unreadable."""
    keys: set[str] = set()
    for section in written if isinstance(written, list) else ():
        if not isinstance(section, dict):
            continue
        keys |= written_keys(section.get("sections"))
        questions = section.get("questions")
        for question in questions if isinstance(questions, list) else ():
            key = question.get("key") if isinstance(question, dict) else None
            keys |= {key} if isinstance(key, str) else set()
    return keys


def _sections(
    node: Node, member: str, around: Surroundings, taken: dict[str, str], depth: int
) -> tuple[Section, ...]:
    return tuple(_section(item, around, taken, depth) for item in node.nodes(member, 1, 100))


def _section(written: Node, around: Surroundings, taken: dict[str, str], depth: int) -> Section:
    node = written.only(SECTION if depth < MAX_DEPTH else LEAF)
    nested = depth < MAX_DEPTH and "sections" in node.members
    if nested and "questions" in node.members:
        node.fault("questions", "questions_or_sections")
    if node.members.get("on_fail") and node.members.get("pass_mark") is None:
        node.fault("on_fail", "pass_mark_needed")
    # The condition first: it may name only the questions that come before the section.
    section = Section(
        key=node.fresh_key(taken),
        title=node.text("title", around.locales, MAX_TITLE_LENGTH),
        weight=node.decimal("weight", 1000, 0, MAX_WEIGHT),
        pass_mark=node.percentage("pass_mark"),
        on_fail=read_effects(node, around.score_bands, "on_fail"),
        condition=around.condition(node),
    )
    around.nodes[section.key] = node
    sections = _sections(node, "sections", around, taken, depth + 1) if nested else ()
    questions = (
        () if nested and not node.members.get("questions") else _questions(node, around, taken)
    )
    return replace(section, sections=sections, questions=questions)


def _questions(node: Node, around: Surroundings, taken: dict[str, str]) -> tuple[Question, ...]:
    questions = []
    for item in node.nodes("questions", 1, MAX_QUESTIONS):
        if len(around.earlier) > MAX_QUESTIONS:
            break  # Nobody waits for what is read of thousands.
        question = read_question(item, item.fresh_key(taken), around)
        questions.append(question)
        around.earlier[question.key] = question
    return tuple(questions)
