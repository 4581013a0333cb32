"""Sites and regions against touchpoints, as a table of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.console.frame import pages, reader
from audit_api.console.scorecards.chosen import Chosen
from audit_api.console.scorecards.figures import Cell, cell, tenths
from audit_api.drawing.figures import LEAST_VISITS, Figure, signed
from audit_api.services.scorecards.leagues import SORTS, Mover
from audit_api.services.scorecards.tables import RegionRow, SiteRow, SiteTable
from audit_api.services.scorecards.titles import Title
from audit_api.services.sites.trees import Branch

PART = "part."
"""What the name of an order by a touchpoint begins with."""
_WORDS = ("name", "code")
"""Orders of words, which have nothing to do with how many visits there are."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its name, the page that is sorted by it, and how this one is."""

    title: str
    address: str
    order: str


@dataclass(frozen=True, slots=True)
class Row:
    """A site or a region: its name, where it leads, its place, its score and the change of it,
    whose class says where it is more than chance, and the score of each touchpoint."""

    name: str
    address: str
    whole: Cell
    cells: Sequence[Cell]
    code: str = ""
    region: str = ""
    rank: int | None = None
    change: str = ""
    course: str = ""
    pass_rate: str = ""


def site_row(found: SiteRow, columns: Mapping[str, Title], chosen: Chosen) -> Row:
    line = found.line
    return Row(
        name=line.site.name,
        address=chosen.site(line.site.site_id),
        whole=cell(Figure(line.n, line.score, line.low, line.high)),
        cells=[cell(Figure(*found.parts[key])) for key in columns],
        code=line.site.code,
        region=found.region,
        rank=line.rank,
        change=signed(line.change.points),
        course=course(found.moved),
        pass_rate=tenths(line.pass_rate),
    )


def region_row(found: RegionRow, branch: Branch, chosen: Chosen) -> Row:
    return Row(
        name=branch.name,
        address=chosen.link("console.scorecards.overview", region_id=branch.id),
        whole=cell(Figure(*found.whole)),
        cells=[cell(Figure(*mean)) for mean in found.parts.values()],
        code=branch.code,
    )


def course(moved: Mover | None) -> str:
    """Return the class of a change: `up` or `down` where it is more than chance."""
    points = moved.line.change.points if moved and moved.more_than_chance else None
    if not points:
        return ""
    return "up" if points > 0 else "down"


def sorted_rows(rows: Sequence[SiteRow], sort: str) -> Sequence[SiteRow]:
    """Return sites in an order of `orders`, downwards after `-`; those of too few visits stand
    behind the others, and last those that have nothing to be sorted by."""
    name, downwards = sort.removeprefix("-"), sort.startswith("-")
    value, visits = _value(name), _visits(name)
    known = [row for row in rows if value(row) is not None]
    known.sort(key=value, reverse=downwards)
    known.sort(key=lambda row: visits(row) < LEAST_VISITS)
    return [*known, *(row for row in rows if value(row) is None)]


def orders(table: SiteTable) -> Mapping[str, str]:
    """Return the names of all orders, each with the title of its column."""
    named = {name: reader.said(f"console.scorecards.sort.{name}") for name in SORTS}
    titles = table.columns.items()
    return named | {f"{PART}{key}": reader.picked(dict(title)) for key, title in titles}


def head(name: str, title: str, sort: str) -> Head:
    """Return the head of a column that leads to the order by it: of scores and changes the lowest
    first, for they are what is looked for; to the other way round where that is there already."""
    first, other = (f"-{name}", name) if name == "n" else (name, f"-{name}")
    order = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
    return Head(title, pages.asked(sort=other if sort == first else first, cursor=None), order)


def _value(name: str) -> Callable[[SiteRow], Any]:
    if name.startswith(PART):
        key = name.removeprefix(PART)
        return lambda row: row.parts[key].mean if key in row.parts else None
    return lambda row: SORTS[name](row.line)


def _visits(name: str) -> Callable[[SiteRow], int]:
    """Of how many visits what sites are sorted by is."""
    if name.startswith(PART):
        key = name.removeprefix(PART)
        return lambda row: row.parts[key].n if key in row.parts else 0
    return lambda row: LEAST_VISITS if name in (*_WORDS, "n") else row.line.n
