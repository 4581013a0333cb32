"""The organisation's places at a glance: the tree of its regions, and its sites."""

from __future__ import annotations

from flask import Response, url_for

from audit_api.console.frame import forms, lists, pages, reader
from audit_api.console.frame.pages import Crumb
from audit_api.console.frame.sessions import who
from audit_api.console.sites.room import room
from audit_api.database import one_moment
from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.sites import sites, trees
from audit_api.web import fields


class Wanted(forms.Form):
    text = fields.Text(load_default=None, validate=fields.Length(max=100))
    region_id = fields.UUID(load_default=None)
    kind = fields.Text(load_default=None, validate=fields.OneOf(SITE_KINDS))


@room.get("/places")
def places() -> Response:
    """Show the regions, and the sites that are asked for."""
    access.require(who(), Permission.SITE_WRITE)
    wanted = forms.asked(Wanted)
    with one_moment():
        tree = trees.tree(by=who())
        found, onward = lists.page(sites.listed(by=who(), **wanted))
        return pages.page(
            "sites/places",
            reader.said("console.places.places"),
            tree=tree,
            region_names={each.id: each.name for each in tree},
            sites=found,
            kinds=SITE_KINDS,
            wanted=wanted,
            onward=onward,
        )


def crumb() -> Crumb:
    return Crumb(url_for("console.sites.places"), reader.said("console.places.places"))
