"""Asking for files: the reports of many audits, or a data set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, after_this_request, current_app, url_for

from audit_api.console.exports.room import room
from audit_api.console.frame import forms, pages, reader, regions
from audit_api.console.frame.forms import Options
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import periods
from audit_api.database import db
from audit_api.rules.figures.periods import MAX_POINTS
from audit_api.rules.permissions import Permission
from audit_api.services.audits.queue import Filter
from audit_api.services.checklists import versions
from audit_api.services.datasets import DATASETS, Format
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.services.exports import asking, data_sets
from audit_api.services.exports.asking import Bundle, ReportsRequest
from audit_api.services.exports.data_sets import DataRequest
from audit_api.services.jobs import Length
from audit_api.services.visits import campaigns
from audit_api.web import fields
from audit_api.web.periods import PeriodField
from audit_api.words import LOCALES


class WantedForm(forms.Form):
    """Which audits."""

    region_id = fields.UUID(load_default=None)
    campaign_id = fields.UUID(load_default=None)
    business_date_from = fields.Date(load_default=None)
    business_date_to = fields.Date(load_default=None)


class ReportsForm(WantedForm):
    language = fields.Text(required=True, validate=fields.OneOf((*LOCALES, BOTH)))
    edition = fields.Text(required=True, validate=fields.OneOf(tuple(Edition)))
    form = fields.Text(required=True, validate=fields.OneOf(tuple(Bundle)))


class DataSetForm(WantedForm):
    data_set = fields.Text(required=True, validate=fields.OneOf(tuple(DATASETS)))
    format = fields.Text(required=True, validate=fields.OneOf(tuple(Format)))
    language = fields.Text(required=True, validate=fields.OneOf(LOCALES))
    edition = fields.Text(required=True, validate=fields.OneOf(tuple(Edition)))
    period = PeriodField(load_default=None)
    points = fields.Integer(load_default=1, validate=fields.Range(1, MAX_POINTS))
    checklist = fields.Code(load_default=None)


@room.get("/exports/new/reports")
def new_reports() -> Response:
    """Show what may be chosen of reports."""
    return pages.page(
        "exports/reports",
        reader.said("console.exports.reports"),
        crumbs=[_above()],
        bundles=[
            (Bundle.ZIP, reader.said("console.exports.zip")),
            (Bundle.PDF, reader.said("console.exports.pdf", most=asking.MAX_MERGED)),
        ],
        **_choices(),
        languages=[*_languages(), (BOTH, reader.said("console.exports.both"))],
    )


@room.post("/exports/new/reports")
@forms.submits(again=new_reports)
def ask_for_reports() -> Response:
    """Ask for the reports of many audits in one file."""
    sent = forms.read(ReportsForm)
    asked = ReportsRequest(
        wanted=_wanted(sent),
        lang=sent["language"],
        edition=Edition(sent["edition"]),
        form=Bundle(sent["form"]),
    )
    return _begun(asking.reports(asked, by=who(), now=datetime.now(UTC)).id)


@room.get("/exports/new/data-set")
def new_data_set() -> Response:
    """Show what may be chosen of a data set."""
    return pages.page(
        "exports/data_set",
        reader.said("console.exports.data_set"),
        crumbs=[_above()],
        data_sets=[(name, reader.said(f"data.set.{name}")) for name in DATASETS],
        formats=[(each, str(each).upper()) for each in Format],
        checklists=_checklists(),
        most_points=MAX_POINTS,
        periods=periods.recent(datetime.now(UTC)),
        **_choices(),
        languages=_languages(),
    )


@room.post("/exports/new/data-set")
@forms.submits(again=new_data_set)
def ask_for_data_set() -> Response:
    """Ask for a data set as a file."""
    sent = forms.read(DataSetForm)
    asked = DataRequest(
        data_set=sent["data_set"],
        format=Format(sent["format"]),
        lang=sent["language"],
        edition=Edition(sent["edition"]),
        wanted=_wanted(sent),
        period=sent["period"],
        points=sent["points"],
        checklist=sent["checklist"],
        marked=sent["format"] == Format.CSV,
    )
    return _begun(data_sets.data_set(asked, by=who(), now=datetime.now(UTC)).id)


def wake() -> None:
    """Have the worker look, once the answer is on its way and what it tells of is committed."""
    worker = current_app.extensions["audit_worker"]

    @after_this_request
    def woken(response: Response) -> Response:
        worker.wake(Length.LONG)
        return response


def _begun(export_id: Any) -> Response:
    wake()
    return pages.go("console.exports.export", done="export_begun", export_id=export_id)


def _wanted(sent: dict[str, Any]) -> Filter:
    names = ("region_id", "campaign_id", "business_date_from", "business_date_to")
    return Filter(**{name: sent[name] for name in names})


def _above() -> pages.Crumb:
    return pages.Crumb(url_for("console.exports.index"), reader.said("console.exports"))


def _choices() -> dict[str, Any]:
    """Return what both kinds of files may be narrowed by."""
    return {
        "regions": regions.options(reader.said("console.exports.everywhere")),
        "campaigns": _campaigns(),
        "editions": _editions(),
    }


def _campaigns() -> Options:
    if not who().may(Permission.CAMPAIGN_READ):
        return []
    found = db.session.scalars(campaigns.listed(by=who())).all()
    every = ("", reader.said("console.exports.every_campaign"))
    newest = sorted(found, key=lambda each: each.starts_on, reverse=True)
    return [every, *((str(each.id), each.name) for each in newest)]


def _checklists() -> Options:
    found = db.session.scalars(versions.listed(by=who())).all()
    titles = {versions.key_of(each): reader.picked(each.title) for each in found}
    every = ("", reader.said("console.exports.every_checklist"))
    return [every, *sorted(titles.items(), key=_named)]


def _editions() -> Options:
    """Return the editions that whoever asks may have."""
    anonymous = (Edition.ANONYMOUS, reader.said("console.exports.anonymous"))
    if not who().may(Permission.AUDIT_IDENTIFY):
        return [anonymous]
    return [anonymous, (Edition.FULL, reader.said("console.exports.full"))]


def _languages() -> Options:
    return [(locale, reader.said(f"console.language.{locale}")) for locale in LOCALES]


def _named(option: tuple[str, str]) -> str:
    return option[1]
