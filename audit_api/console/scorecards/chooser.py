"""What stands above every page of this room: what it is of, and what else could be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.console.frame import pages
from audit_api.console.frame.forms import Options
from audit_api.console.frame.pages import Crumb
from audit_api.console.scorecards.chosen import Chosen
from audit_api.console.scorecards.periods import Group, words
from audit_api.rules.figures.periods import Period


@dataclass(frozen=True, slots=True)
class Chooser:
    """The choices of a page; without `regions` it is of a single site.  `earlier` and `later` lead
    to the periods beside this one."""

    chosen: Chosen
    periods: Sequence[Group]
    regions: Options
    checklists: Options
    campaigns: Options
    earlier: Crumb | None
    later: Crumb | None


def chooser(chosen: Chosen, *, of_site: bool = False, campaigns: bool = False) -> Chooser:
    """Return the choices of a page.  Call it in `database.one_moment`."""
    return Chooser(
        chosen,
        () if chosen.campaign else chosen.period_groups(),
        () if of_site or chosen.campaign else chosen.regions(),
        () if chosen.campaign else chosen.checklists(),
        chosen.campaigns() if campaigns else (),
        _to(chosen.earlier, chosen),
        _to(chosen.later, chosen),
    )


def _to(period: Period | None, chosen: Chosen) -> Crumb | None:
    """The same page in another period; a campaign has its own alone."""
    if period is None or chosen.campaign:
        return None
    return Crumb(pages.asked(period=str(period), cursor=None), words(period, chosen.now))
