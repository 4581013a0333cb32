"""Several audits of the queue, approved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from flask import Response

from audit_api.console.audits import queue, waiting
from audit_api.console.audits.queue import Outcome
from audit_api.console.audits.room import room
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.services.audits import queue as audit_queue
from audit_api.services.audits import selections
from audit_api.services.audits.selections import Selected
from audit_api.web import fields


class Chosen(fields.Text):
    """An audit with the version of it that the page showed: `<id>.<version>`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        id_, _, version = super()._deserialize(value, attr, data, **kwargs).partition(".")
        if not (version.isascii() and version.isdigit()):
            raise fields.refused("not_uuid")
        return Selected(fields.UUID().deserialize(id_), int(version[:9]))


class Selection(forms.Form):
    audit = fields.List(Chosen(), required=True, validate=fields.Length(1, selections.MAX_SELECTED))
    include_held = fields.Boolean(load_default=False)


@room.post("/review")
@forms.submits(again=queue.queue)
def approve_several() -> Response:
    """Approve those that were ticked and still stand as the page showed them."""
    sent = forms.read(Selection, "audit")
    chosen: Sequence[Selected] = sent["audit"]
    outcomes = selections.approve(
        chosen, by=who(), include_held=sent["include_held"], note=None, now=datetime.now(UTC)
    )
    db.session.commit()
    problems = {
        each.id: outcome
        for each, outcome in zip(chosen, outcomes, strict=True)
        if isinstance(outcome, Problem)
    }
    if not problems:
        return pages.go("console.audits.queue", done="approved_selection", **waiting.kept())
    return queue.shown(_told(problems), status=Kind.CONFLICT.status)


def _told(problems: Mapping[UUID, Problem]) -> list[Outcome]:
    rows = audit_queue.view_ids([*problems], by=who())
    named = {
        row["id"]: f"{row['site_code']} {row['site_name']}, {reader.day(row['business_date'])}"
        for row in rows
    }
    return [
        Outcome(named.get(audit_id, str(audit_id)), _why(problem))
        for audit_id, problem in problems.items()
    ]


def _why(problem: Problem) -> str:
    if problem.kind is Kind.HELD:
        reasons = cast(Sequence[str], problem.values["reasons"])
        kinds = [reader.said(f"console.signal.{kind}") for kind in reasons]
        return reader.said("console.selection.held", signals=kinds)
    return " ".join(forms.refused(problem).general)
