"""The sites beside each other: where each of them is weak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Response

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import downloads, tables
from audit_api.console.scorecards.chooser import chooser
from audit_api.console.scorecards.chosen import Asked, choose
from audit_api.console.scorecards.figures import cell
from audit_api.console.scorecards.room import room
from audit_api.console.scorecards.tables import PART, Row
from audit_api.database import one_moment
from audit_api.drawing.figures import Figure
from audit_api.services.scorecards import scoring_keys
from audit_api.services.scorecards.leagues import SORTS
from audit_api.services.scorecards.tables import SiteRow, SiteTable, site_table
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane

SIZE = 100
"""Sites on a page."""
USUAL = "-score"
MAX_TYPED = 100


class Sorted(Asked):
    sort = fields.Text(load_default=USUAL, validate=fields.Length(max=MAX_TYPED))
    q = fields.Text(load_default="", validate=fields.Length(max=MAX_TYPED))
    cursor = fields.UUID(load_default=None)


@room.get("/sites")
@lane(Lane.WIDE)
def league() -> Response:
    """Show the sites that one may see against touchpoints."""
    asked = forms.asked(Sorted)
    with one_moment():
        chosen = choose(asked)
        choices = chooser(chosen, campaigns=True)
        keys = scoring_keys(who().organisation_id, chosen.checklist)
        table = site_table(chosen.scope(), chosen.period, keys)
    orders = tables.orders(table)
    sort = asked["sort"] if asked["sort"].removeprefix("-") in orders else USUAL
    found = tables.sorted_rows(searched(table.rows, asked["q"]), sort)
    shown, onward = _from(found, asked["cursor"])
    return pages.page(
        "scorecards/league",
        chosen.titled(reader.said("console.scorecards.league")),
        crumbs=chosen.crumbs("console.scorecards.league", chosen.region_id, itself=False),
        choices=choices,
        q=asked["q"],
        sort=sort,
        heads={name: tables.head(name, title, sort) for name, title in orders.items()},
        parts=[name for name in orders if name.startswith(PART)],
        rows=[tables.site_row(row, table.columns, chosen) for row in shown],
        whole=_whole(table) if table.rows else None,
        counted=_counted(table, found, asked["q"]),
        onward=onward,
        downloads=downloads.of_league(chosen, _of_sheet(sort)),
    )


def searched(rows: Sequence[SiteRow], typed: str) -> Sequence[SiteRow]:
    """Return the sites whose name, code or region has each of the words typed."""
    words = typed.casefold().split()
    return [row for row in rows if all(word in _named(row) for word in words)]


def _named(row: SiteRow) -> str:
    return f"{row.line.site.name} {row.line.site.code} {row.region}".casefold()


def _from(rows: Sequence[SiteRow], cursor: UUID | None) -> tuple[Sequence[SiteRow], str | None]:
    """Return a page of the sites behind one, and the address of the next; from the first on, where
    that has left the league."""
    ids = [row.line.site.site_id for row in rows]
    start = ids.index(cursor) + 1 if cursor in ids else 0
    page = rows[start : start + SIZE]
    if start + SIZE >= len(rows):
        return page, None
    return page, pages.asked(cursor=str(page[-1].line.site.site_id))


def _whole(table: SiteTable) -> Row:
    cells = [cell(Figure(*mean)) for mean in table.parts.values()]
    return Row(reader.said("network.all_sites"), "", cell(Figure(*table.whole)), cells)


def _counted(table: SiteTable, found: Sequence[SiteRow], typed: str) -> str:
    """How many sites there are, and how many of them were found."""
    if typed:
        return reader.said(
            "console.scorecards.sites_found", found=len(found), visited=len(table.rows)
        )
    values: Mapping[str, int] = {"visited": len(table.rows), "sites": table.sites}
    return reader.said("console.scorecards.sites_visited", **values)


def _of_sheet(sort: str) -> str:
    """The order of the sheet, which knows none by touchpoints."""
    return sort if sort.removeprefix("-") in SORTS else USUAL
