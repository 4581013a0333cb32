"""The totals that the audits of a network would have left, month by month and site by site."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from audit_api.rules.authoring import Checklist
from audit_api.rules.totals import TENTHS, WHOLE, Kind, Sums
from audit_api.services.totals import packing
from audit_api.services.totals.contributions import EVERY_CAMPAIGN
from bench.world import numbered

SITES, MONTHS = 2_000, 36
FIRST = 2024 * 12
_READ = (MONTHS - 1, MONTHS - 2, MONTHS - 13)
_FILLED = (*_READ, *(place for place in reversed(range(MONTHS)) if place not in _READ))
"""The months in the order that they are filled in."""


def month(place: int) -> date:
    """The first day of the `place`th month."""
    year, number = divmod(FIRST + place, 12)
    return date(year, number + 1, 1)


def visits(site: int, place: int, audits: int) -> int:
    """How many of the audits fell in a month of a site: spread evenly.

    What does not go round falls in the months first that a card of the last month reads (itself,
    the one before, the same a year before), so that it has the same lines whatever the size.
    """
    cell = _FILLED.index(place) * SITES + site
    every, rest = divmod(audits, SITES * MONTHS)
    return every + (cell < rest)


@dataclass(frozen=True)
class Totals:
    """The totals that the audits would have left, row by row."""

    organisation_id: UUID
    campaign_id: UUID
    region_ids: list[UUID]
    scoring_key: str
    audits: int

    def of_sites(self) -> Iterator[dict[str, Any]]:
        for site, place, n in self._visited():
            yield {
                "site_id": numbered("site", site),
                "month": month(place),
                "scoring_key": self.scoring_key,
                **_scored(n, site, place)._asdict(),
            }

    def folded(self, checklist: Checklist) -> Iterator[dict[str, Any]]:
        texts = _Texts(_parts(checklist))
        for site, place, n in self._visited():
            sums = {kind: _sums(kind, n, site, place) for kind in texts.kinds}
            yield self._row(numbered("site", site), place, sums, self.campaign_id, texts)
        for place in range(MONTHS):
            wide = {kind: self._wide(kind, place) for kind in texts.kinds}
            for scope in wide[Kind.WHOLE]:
                sums = {kind: wide[kind][scope] for kind in texts.kinds}
                yield self._row(scope, place, sums, EVERY_CAMPAIGN, texts)

    def _wide(self, kind: Kind, place: int) -> dict[UUID, Sums]:
        """The sums of a month of every scope wider than a site: alike for all parts of a kind."""
        found = [_sums(kind, visits(n, place, self.audits), n, place) for n in range(SITES)]
        scopes = {self.organisation_id: found, self.campaign_id: found}
        for nth, region_id in enumerate(self.region_ids):
            scopes[region_id] = found[nth :: len(self.region_ids)]
        return {
            scope: Sums._make(map(sum, zip(*chosen, strict=True)))
            for scope, chosen in scopes.items()
        }

    def _visited(self) -> Iterator[tuple[int, int, int]]:
        # Month by month, as audits come.
        for place, site in itertools.product(range(MONTHS), range(SITES)):
            n = visits(site, place, self.audits)
            if n:
                yield site, place, n

    def _row(
        self,
        scope: UUID,
        place: int,
        sums: Mapping[Kind, Sums],
        campaign_id: UUID,
        texts: _Texts,
    ) -> dict[str, Any]:
        return {
            "scope_id": scope,
            "month": month(place),
            "scoring_key": self.scoring_key,
            "campaign_id": campaign_id,
            **sums[Kind.WHOLE]._asdict(),
            **texts.of(sums),
        }


class _Texts:
    """A row's texts where all parts of a kind have the same sums: written once, and filled in."""

    def __init__(self, parts: Iterable[tuple[Kind, str]]) -> None:
        self._parts = tuple(parts)
        by_kind: dict[Kind, list[str]] = {}
        for kind, part in self._parts:
            by_kind.setdefault(kind, []).append(part)
        self.kinds = tuple(by_kind)
        self._templates = {
            name: orjson.dumps(
                {
                    kind.value: dict.fromkeys(by_kind[kind], _place(kind))
                    for kind in inside & {*by_kind}
                },
                option=orjson.OPT_SORT_KEYS,
            ).decode()
            for name, inside in packing.TEXTS.items()
        }

    def of(self, sums: Mapping[Kind, Sums]) -> dict[str, str]:
        """Return the texts with the sums of each kind."""
        if not all(map(any, sums.values())):
            # What comes to nothing is left out.
            every = {(kind.value, part): sums[kind] for kind, part in self._parts}
            return packing.added(packing.EMPTY, every)
        packed = packing.added(packing.EMPTY, {(kind.value, ""): sums[kind] for kind in sums})
        texts = dict(self._templates)
        for name, text in packed.items():
            for kind, parts in orjson.loads(text).items():
                filled = orjson.dumps(parts[""]).decode()
                texts[name] = texts[name].replace(f'"{_place(kind)}"', filled)
        return texts


def _place(kind: str) -> str:
    return f"@{kind}@"


def _parts(checklist: Checklist) -> Iterator[tuple[Kind, str]]:
    """The kinds and parts that one audit adds to, or nearly: a few answers, one tenth, one band."""
    yield Kind.WHOLE, WHOLE
    yield Kind.COVERAGE, ""
    for touchpoint in checklist.touchpoints:
        yield Kind.TOUCHPOINT, touchpoint.key
        for section in touchpoint.sections:
            yield Kind.SECTION, section.key
    for dimension in checklist.dimensions:
        yield Kind.DIMENSION, dimension.key
    for question in checklist.questions():
        yield Kind.QUESTION, question.key
        kind = Kind.MARK if question.metric else Kind.ANSWER
        for option in question.options:
            yield kind, f"{question.key}={option.key}"
    for band in checklist.scoring.bands:
        yield Kind.BAND, band.key
    for tenth in range(6, TENTHS):
        yield Kind.TENTH, str(tenth)


def _scored(n: int, site: int, place: int) -> Sums:
    """The sums of n scores about a mean of the site's own."""
    mean = 7_000 + site * 13 % 2_500 + place * 7 % 300
    spread = 400
    squares = n * mean * mean + (n - n % 2) * spread * spread
    passed = n - n // 5
    return Sums(n, n, passed, n * mean, squares, n * mean, n * mean * 4_000, n * 40_000_000)


def _sums(kind: Kind, n: int, site: int, place: int) -> Sums:
    if kind in (Kind.WHOLE, Kind.TOUCHPOINT, Kind.SECTION, Kind.DIMENSION):
        return _scored(n, site, place)
    if kind is Kind.QUESTION:
        passed = n - (n + site) // 9
        return Sums(n, n, passed, earned=passed * 1_000_000, possible=n * 1_000_000)
    if kind is Kind.COVERAGE:
        return Sums(n, passed=n, earned=38 * n, possible=40 * n)
    return Sums(max(n // 5, 1) if n else 0)
