"""Lists of audits on pages: what the address asks for, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.forms import Options
from audit_api.console.frame.sessions import who
from audit_api.database import db
from audit_api.rules.permissions import Permission
from audit_api.services.audits import orders, queue
from audit_api.services.audits.orders import Order, Place
from audit_api.services.audits.queue import Filter
from audit_api.services.visits import campaigns
from audit_api.web import fields

SIZE = 50


class Cursor(forms.Form):
    cursor = fields.Text(load_default=None, validate=fields.Regexp(r"[0-9]{1,17}\.[0-9a-f]{32}\Z"))


class Page(NamedTuple):
    """A page of a list: audits as the reader may know them, and the address of the next page."""

    rows: Sequence[Mapping[str, Any]]
    next: str | None


def page(wanted: Filter, order: Order) -> Page:
    """Return the page of a list that the address asks for."""
    lines = queue.listed(wanted, by=who(), order=order, after=_after(), limit=SIZE + 1)
    rows = queue.view(lines[:SIZE], by=who())
    if len(lines) <= SIZE:
        return Page(rows, None)
    last = orders.place(order, lines[SIZE - 1].audit)
    return Page(rows, pages.asked(cursor=f"{last.value}.{last.id.hex}"))


def _after() -> Place | None:
    cursor = forms.asked(Cursor)["cursor"]
    if cursor is None:
        return None
    value, _, audit_id = cursor.partition(".")
    return Place(int(value), UUID(audit_id))


def campaign_names() -> dict[UUID, str]:
    """Return what the campaigns are called, the latest first; none to whoever may not know them."""
    if not who().may(Permission.CAMPAIGN_READ):
        return {}
    found = db.session.scalars(campaigns.listed(by=who()))
    latest = sorted(found, key=lambda each: (each.starts_on, each.id), reverse=True)
    return {campaign.id: campaign.name for campaign in latest}


def campaign_options(names: Mapping[UUID, str]) -> Options:
    return [
        ("", reader.said("console.all_campaigns")),
        *((str(id_), name) for id_, name in names.items()),
    ]
