"""What stands above every page of this room: what it is of, and what else could be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.console.frame import pages
from audit_api.console.scorecards.chosen import Chosen, Options
from audit_api.console.scorecards.periods import Group


@dataclass(frozen=True, slots=True)
class Chooser:
    """The choices of a page; without `regions` it is of a single site.  `earlier` and `later` lead
    to the periods beside this one."""

    chosen: Chosen
    periods: Sequence[Group]
    regions: Options
    checklists: Options
    campaigns: Options
    earlier: str | None
    later: str | None


def chooser(chosen: Chosen, *, of_site: bool = False, campaigns: bool = False) -> Chooser:
    """Return the choices of a page.  Call it in `database.one_moment`."""
    earlier, later = (
        pages.asked(period=str(period), cursor=None) if period and not chosen.campaign else None
        for period in (chosen.earlier, chosen.later)
    )
    return Chooser(
        chosen,
        () if chosen.campaign else chosen.period_groups(),
        () if of_site or chosen.campaign else chosen.regions(),
        () if chosen.campaign else chosen.checklists(),
        chosen.campaigns() if campaigns else (),
        earlier,
        later,
    )
