"""What a page is of that may be of a single site, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit_api.console.frame import pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards.chooser import Chooser, chooser
from audit_api.console.scorecards.chosen import Asked, Chosen, choose
from audit_api.services import scorecards
from audit_api.services.scorecards import Scope, Subject
from audit_api.web import fields


class Scoped(Asked):
    site_id = fields.UUID(load_default=None)


def scoped(asked: dict[str, Any]) -> tuple[Chosen, Subject | None]:
    """Return what a page is of, and the site, where it is of one alone; as `choose`."""
    if asked["site_id"] is None:
        return choose(asked), None
    site = scorecards.site(asked["site_id"], by=who())
    return choose({**asked, "region_id": site.region_id, "campaign_id": None}), site


def scope_of(chosen: Chosen, site: Subject | None) -> Scope:
    return site or chosen.scope()


def choices_of(chosen: Chosen, site: Subject | None) -> Chooser:
    return chooser(chosen, of_site=site is not None, campaigns=site is None)


def crumbs(chosen: Chosen, site: Subject | None) -> Sequence[pages.Crumb]:
    """Return the page that leads here: the site's, or the overview."""
    if site is not None:
        return [pages.Crumb(chosen.site(site.id), site.name)]
    title = reader.said("console.scorecards.overview")
    return [pages.Crumb(chosen.link("console.scorecards.overview"), title)]


def titled(title: str, chosen: Chosen, site: Subject | None) -> str:
    """Return the title of a page with what it is of."""
    if site is None:
        return chosen.titled(title)
    return reader.said("console.scorecards.titled", title=title, place=site.name)
