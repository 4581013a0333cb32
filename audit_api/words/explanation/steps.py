"""The steps of an explained score, each with its sentence in every language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.scoring import explanation
from audit_api.rules.scoring.explanation import Step
from audit_api.rules.scoring.explanation.steps import Affected
from audit_api.words import LOCALES
from audit_api.words.checklist import words_of
from audit_api.words.explanation import sentence


@dataclass(frozen=True, slots=True)
class StepInWords:
    """One step: its `values` in the numbers that people write, its `text` by language.

    `key` is None where a step is about the whole audit; `number` is a question's in reports.
    """

    kind: str
    key: str | None
    number: str | None
    values: dict[str, Any]
    text: dict[str, str]


def in_words(checklist: Checklist, steps: Sequence[Step]) -> list[StepInWords]:
    """Return the steps of an explanation with their sentences in every language."""
    numbers = checklist.numbers()
    return [
        StepInWords(
            step.kind,
            step.key or None,
            numbers.get(step.key) if _is_of_question(step) else None,
            explanation.values(step),
            dict(zip(LOCALES, said, strict=True)),
        )
        for step, said in zip(steps, sentences(checklist, steps, LOCALES), strict=True)
    ]


def sentences(
    checklist: Checklist, steps: Sequence[Step], locales: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return the sentence of each step, once in each of these languages."""
    languages = [words_of(checklist, locale) for locale in locales]
    return [tuple(sentence(step, words) for words in languages) for step in steps]


def _is_of_question(step: Step) -> bool:
    """Whether a step's key is a question's: sections and dimensions may have keys like one."""
    hung_on_an_answer = isinstance(step, Affected) and step.value is not None
    return step.kind in ("question", "hidden") or hung_on_an_answer
