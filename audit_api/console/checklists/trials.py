"""A version tried out: as the phone shows it, with the score of the answers given so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, request

from audit_api.console.checklists.room import room
from audit_api.console.checklists.version import above, name
from audit_api.console.checklists.visits import visit
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.database import reading
from audit_api.errors import Problem
from audit_api.rules.authoring import Checklist
from audit_api.rules.authoring import document as as_document
from audit_api.rules.checklist.questions import PICTURES, Demand, Question
from audit_api.rules.checklist.sections import Section, walk
from audit_api.rules.exact import percent
from audit_api.services.checklists import previews, versions
from audit_api.services.checklists.previews import Preview
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane
from audit_api.web.problems import detail
from audit_api.words import answers, pick
from audit_api.words.languages import closest

MOST_PHOTOS = 40


class Shown(forms.Form):
    """Which of the checklist's languages the phone is to speak."""

    language = fields.Text(load_default=None)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the server makes of answers: the score, what would be refused, and how it came."""

    preview: Preview
    faults: Sequence[str]
    steps: Sequence[str]
    band: str


@room.get("/<uuid:version_id>/preview")
@lane(Lane.DEAR)
def preview(version_id: UUID) -> Response:
    """Show a version as the phone will, to be answered for a trial."""
    return _page(version_id)


@room.post("/<uuid:version_id>/preview")
@lane(Lane.DEAR)
def trial(version_id: UUID) -> Response:
    """Score the answers given so far; nothing is kept."""
    with reading():
        return _page(version_id, scored=True)


def _page(version_id: UUID, *, scored: bool = False) -> Response:
    version = versions.find(version_id, by=who())
    checklist = _checklist(version)
    language = _language(checklist)
    return pages.page(
        "checklists/preview",
        reader.said("console.checklists.preview.title", checklist=name(version)),
        crumbs=above(version),
        version=version,
        checklist=checklist,
        document=None if checklist is None else as_document(checklist),
        language=language,
        numbers={} if checklist is None else checklist.numbers(),
        sections=() if checklist is None else _sections(checklist),
        text=partial(pick, locale=language),
        wants_photos=_wants_photos,
        most_photos=MOST_PHOTOS,
        filled=request.form,
        percent=percent,
        trial=_trial(version, checklist, language) if scored and checklist else None,
    )


def _checklist(version: Any) -> Checklist | None:
    """Return what a version asks; None of a draft with errors."""
    try:
        return versions.parsed_checklist(version)
    except Problem:
        return None


def _language(checklist: Checklist | None) -> str:
    """Return the language of the phone: the one that is asked for, else the reader's."""
    asked = forms.asked(Shown)["language"] or reader.locale()
    locales = ("en",) if checklist is None else checklist.locales
    return closest(asked, locales) or locales[0]


def _sections(checklist: Checklist) -> Mapping[str, Sequence[Section]]:
    """Return the sections that hold questions, by the touchpoint that they are in."""
    return {
        touchpoint.key: [path[-1] for path in walk((touchpoint,)) if path[-1].questions]
        for touchpoint in checklist.touchpoints
    }


def _wants_photos(question: Question) -> bool:
    return question.type in PICTURES or question.photo is not Demand.NEVER


def _trial(version: Any, checklist: Checklist, language: str) -> Trial:
    found, locale = previews.preview(version, visit(checklist, request.form)), reader.locale()
    return Trial(
        preview=found,
        faults=[_told(fault, checklist) for fault in found.faults],
        steps=[step.text[locale] for step in found.steps],
        band=answers.band(found.score.band, checklist, language),
    )


def _told(fault: Any, checklist: Checklist) -> str:
    """Return what is wrong with an answer, after the number of its question."""
    parts = fault.pointer.split("/")
    number = checklist.numbers().get(parts[2], "") if len(parts) > 2 else ""
    return f"{number} {detail(fault, reader.locale())}".strip()
