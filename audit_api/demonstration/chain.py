"""The chain: its regions, its shops and tea houses, and the two competitors beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

CODE, NAME, SIGN = "demo", "Harbour Tea 海港茶业", "HARBOUR TEA 海港茶业"
TARGET = 8_500
"""What its sites are to score, in hundredths of a percent."""
DATA = Path(__file__).parent / "data"
MAX_SITES = 60
"""The chain's own sites, all of them; the first few are spread over all regions."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the chain and the code of the one that it lies in."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place visited: `kind` own or competitor, `format` shop or tea_house.

    `number` is its own for ever, 0 for the first of the chain.
    """

    number: int
    code: str
    name: str
    region: str
    kind: str
    format: str
    time_zone: str
    latitude: float
    longitude: float
    address: str
    attributes: Mapping[str, bool]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def area(self) -> str:
        """Which of the four regions right under the country it lies in."""
        return AREAS[self.region]

    @property
    def sign(self) -> str:
        """What is written over the door."""
        if self.kind == "own":
            return SIGN
        return "MOON LEAF 月叶茶" if self.name.startswith("Moon") else "OLD PIER 老码头茶庄"


def sites(own: int) -> tuple[Site, ...]:
    """Return the first `own` sites of the chain and, in proportion, competitors' sites."""
    rivals = max(1, len(COMPETITORS) * own // MAX_SITES)
    return OWN[:own] + COMPETITORS[:rivals]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _site(number: int, row: dict[str, str]) -> Site:
    return Site(
        number=number,
        code=row["code"],
        name=row["name"],
        region=row["region"],
        kind=row["kind"],
        format=row["format"],
        time_zone=row["time_zone"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        address=row["address"],
        attributes=dict.fromkeys(row["attributes"].split(), True),
    )


def _area(code: str) -> str:
    parents = {region.code: region.parent for region in REGIONS}
    while parents[parents[code]]:
        code = parents[code]
    return code


REGIONS = tuple(Region(**row) for row in _rows("regions.csv"))
AREAS = {region.code: _area(region.code) for region in REGIONS if region.parent}
_SITES = tuple(_site(number, row) for number, row in enumerate(_rows("sites.csv")))
OWN = tuple(site for site in _SITES if site.kind == "own")
COMPETITORS = tuple(site for site in _SITES if site.kind == "competitor")
