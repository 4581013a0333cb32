"""What was answered at another time, beside what is answered now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit_api.console.audits import sheet
from audit_api.console.frame import reader
from audit_api.console.frame.sessions import who
from audit_api.services.audits import earlier
from audit_api.services.checklists import compiled
from audit_api.words import answers as answer_words

if TYPE_CHECKING:
    from audit_api.services.documents.sheet import Line, Sheet

_LEFT_OUT = ("not_applicable", "not_observed")
_NOTHING_SAID = ("hidden", "unanswered")


@dataclass(frozen=True, slots=True)
class Then:
    """What a question was answered then, with its comment, and whether it fared otherwise: it
    brought other points, or one of the two answers failed."""

    answer: str
    comment: str | None
    differs: bool


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """The site's visit before: its sheet, and what it answered to the questions of now."""

    sheet: Sheet
    answers: Mapping[str, Then]

    @property
    def changed(self) -> int:
        return sum(then.differs for then in self.answers.values())


def with_visit_before(now: Sheet) -> EarlierVisit | None:
    """Return the site's visit before this one; None where there was none."""
    before = earlier.visit(now.audit, by=who())
    if before is None:
        return None
    then = sheet.of(before.id)
    lines = {line.key: line for line in then.lines}
    return EarlierVisit(
        then,
        {
            line.key: Then(was.answer, was.told.comment, _fared(was) != _fared(line))
            for line in now.lines
            if (was := lines.get(line.key)) is not None
        },
    )


def with_revisions(now: Sheet) -> dict[str, list[tuple[int, Then]]]:
    """Return what earlier revisions of a visit answered otherwise, by question, the newest first,
    each with its number."""
    found: dict[str, list[tuple[int, Then]]] = {}
    for number, answers in earlier.revisions(now.audit, by=who()):
        for line in now.lines:
            answer = answers.get(line.key, {})
            if not answer and line.told.state in _NOTHING_SAID:
                continue
            then = Then(_said(now, line.key, answer), answer.get("comment"), differs=True)
            if (then.answer, then.comment) != (line.answer, line.told.comment):
                found.setdefault(line.key, []).append((number, then))
    return found


def _fared(line: Line) -> tuple[object, bool]:
    return line.told.points, line.told.failed


def _said(now: Sheet, key: str, answer: Mapping[str, Any]) -> str:
    if "value" in answer:
        audit = now.audit
        version = compiled.by_id(audit.organisation_id, audit.checklist_version_id)
        return answer_words.answer(version.scorer.questions[key], answer["value"], reader.locale())
    state = next((each for each in _LEFT_OUT if answer.get(each)), "unanswered")
    return reader.said(f"report.{state}")
