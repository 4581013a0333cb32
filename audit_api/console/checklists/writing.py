"""A checklist written in the page, as YAML: every error and warning at its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, g, jsonify, request

from audit_api.console.checklists import remarks
from audit_api.console.checklists.room import room
from audit_api.console.checklists.version import above, name
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.errors import Kind, Problem, invalid
from audit_api.manuscripts.files import MAX_BYTES, YAML
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.readers import checklists
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import VersionAction
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.checklists import exports, shipped, versions
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane

LONGEST = MAX_BYTES[YAML]
_BESIDE = 20_000
"""Bytes of a form beside its text."""


class Beginning(forms.Form):
    """Which of the checklists that come with the product to begin from."""

    example = fields.Text(load_default=None, validate=fields.OneOf(shipped.NAMES))


class Written(forms.Form):
    text = fields.Text(required=True)


@room.get("/new")
@lane(Lane.DEAR)
def write() -> Response:
    """Show where to write a new checklist."""
    access.require(who(), Permission.CHECKLIST_WRITE)
    example = forms.asked(Beginning)["example"]
    text = shipped.text(example) if example else exports.example(reader.locale())
    return pages.page(
        "checklists/write",
        reader.said("console.checklists.new"),
        crumbs=above(),
        version=None,
        text=text,
        findings=_findings(text),
        example=example,
        examples=shipped.NAMES,
    )


@room.post("/new")
@lane(Lane.DEAR)
@forms.takes(LONGEST + _BESIDE)
@forms.submits(again=write)
def draft() -> Response:
    """Keep what was written as a draft, with whatever faults."""
    return drafted(_sent())


@room.get("/<uuid:version_id>/edit")
@lane(Lane.DEAR)
def edit(version_id: UUID) -> Response:
    """Show a draft to write it on."""
    version = versions.find_to_change(version_id, by=who())
    lifecycle.CHECKLIST_VERSION.require(version.state, VersionAction.REPLACE)
    text = exports.as_yaml(version, by=who()).data.decode()
    return pages.page(
        "checklists/write",
        reader.said("console.checklists.edit", checklist=name(version)),
        crumbs=above(version),
        version=version,
        text=text,
        findings=_findings(text),
    )


@room.post("/<uuid:version_id>/edit")
@lane(Lane.DEAR)
@forms.takes(LONGEST + _BESIDE)
@forms.submits(again=edit)
def save(version_id: UUID) -> Response:
    """Write a draft anew."""
    manuscript = _sent()
    version = versions.find_to_change(version_id, by=who())
    forms.require_version(version)
    now = datetime.now(UTC)
    _kept(partial(versions.replace, version, manuscript, by=who(), now=now))
    return _edited(version)


@room.post("/check")
@lane(Lane.DEAR)
@forms.takes(LONGEST + 1)
def check() -> Response:
    """Tell all that is wrong with a text, and all that is doubtful; nothing is kept."""
    return jsonify(remarks.found(_read(request.get_data())).document())


def drafted(manuscript: Manuscript) -> Response:
    """Keep a checklist as a draft, and go on with it."""
    g.manuscript = manuscript
    version = _kept(partial(versions.draft, manuscript, by=who(), now=datetime.now(UTC)))
    return _edited(version)


def _sent() -> Manuscript:
    # A browser ends every line of a form in two characters.
    g.text = forms.read(Written)["text"].replace("\r\n", "\n")
    g.manuscript = _read(g.text.encode())
    return g.manuscript


def _read(data: bytes) -> Manuscript:
    return versions.read(partial(checklists.check, data, YAML), by=who())


def _findings(text: str) -> remarks.Findings:
    """Return what was found in what somebody has just sent, else in `text`."""
    if "manuscript" in g:
        return remarks.found(g.manuscript)
    try:
        return remarks.found(_read(text.encode()))
    except Problem as problem:
        # Whoever writes goes on writing while nobody can check.
        if problem.kind is not Kind.UNAVAILABLE:
            raise
        return remarks.UNCHECKED


def _kept(keep: Callable[[], Any]) -> Any:
    """Keep a checklist; of what cannot be kept only the first reason is told at the text, for all
    of them are listed below it."""
    try:
        return keep()
    except Problem as problem:
        if problem.kind is not Kind.INVALID:
            raise
        raise invalid(replace(problem.faults[0], pointer="/text")) from None


def _edited(version: Any) -> Response:
    return pages.go("console.checklists.edit", done="checklist_saved", version_id=version.id)
