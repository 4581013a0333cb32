"""Leagues and scorecards as sheets: responses of bounded size."""

from __future__ import annotations

import io

from flask import Response

from audit_api.services import datasets
from audit_api.services.datasets import MEDIA_TYPES, Dataset, Format, Request
from audit_api.services.documents.files import file_name
from audit_api.web.authentication import who
from audit_api.words import spoken


def league(asked: Request, ending: str, *, marked: bool) -> Response:
    """Return sites with their period, a row each: as many rows as there are sites.  Call it in
    `database.one_moment`, as `card`."""
    name = file_name("league", str(asked.period), asked.locale, ending=ending)
    return _sheet(datasets.LEAGUE, asked, name, Format(ending), marked)


def card(asked: Request, ending: str, *, marked: bool) -> Response:
    """Return the scorecard of what is asked for, a row for each line of it."""
    subject = asked.subject
    assert subject is not None
    named = subject.code or str(subject.id)[:8]
    name = file_name("scorecard", named, str(asked.period), asked.locale, ending=ending)
    return _sheet(datasets.CARD, asked, name, Format(ending), marked)


def _sheet(dataset: Dataset, asked: Request, name: str, format: Format, marked: bool) -> Response:
    out = io.BytesIO()
    datasets.write(dataset, asked, format, out, by=who(), marked=marked)
    return Response(
        out.getvalue(),
        content_type=MEDIA_TYPES[format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": spoken(asked.locale) or asked.locale,
        },
    )
