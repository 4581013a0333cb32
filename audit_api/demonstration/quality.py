"""How well a site serves on a day: its own level, slow drift, season, and what befell it.

Every figure is a share of things done well.  Quarters are the calendar's; the bad one of the
north is the fourth before the running one.
"""

from __future__ import annotations

import random
from datetime import date
from math import sin, tau

from audit_api.demonstration.chain import Site

LEVELS = {"east": 0.74, "north": 0.72, "south": 0.76, "west": 0.66}
COMPETITORS = {"Moon Leaf": 0.71, "Old Pier": 0.6}
SPREAD = 0.05
"""How far a site's level lies from its region's (standard deviation)."""

STRAINED_AREA = "north"
STRAIN = {4: 0.36, 3: 0.2, 2: 0.08}
"""Half the staff had left: what service and checkout lost, by how many quarters ago."""

DECLINING = {"CQ-056": 0.014, "GZ-036": 0.011}
"""What a site loses a month, ever since the first of eighteen."""
REFITTED, REFIT_MONTH, REFIT = "NJ-017", 9, (0.54, 0.84)
"""A site before and after its refit, so many months ago."""
HOLIDAYS = {1: -0.02, 2: -0.03, 5: -0.01, 9: 0.01, 10: -0.02, 11: 0.01}
"""The crowds before the Spring Festival and in the golden weeks, by month."""


def level(site: Site, day: date, until: date, seed: int) -> float:
    """Return the share of things that a site does well on a day, before a visit's own luck."""
    ago = (until - day).days / 30.44
    chance = random.Random(f"{seed} {site.code} level")
    base = _base(site) + chance.gauss(0, SPREAD)
    drift = 0.02 * sin(tau * (ago / 14 + chance.random())) - chance.uniform(-0.02, 0.03) * ago / 24
    if site.code == REFITTED:
        base = REFIT[ago < REFIT_MONTH]
    if site.code in DECLINING:
        base -= DECLINING[site.code] * max(0.0, 18 - ago)
    found = base + drift + HOLIDAYS.get(day.month, 0.0) - strain(site, day, until) / 4
    return min(max(found, 0.3), 0.96)


def strain(site: Site, day: date, until: date) -> float:
    """Return what a site's service and checkout lose beside, from 0 to 1."""
    if site.kind != "own" or site.area != STRAINED_AREA:
        return 0.0
    return STRAIN.get(_quarter(until) - _quarter(day), 0.0)


def _base(site: Site) -> float:
    if site.kind == "own":
        return LEVELS[site.area]
    return next(found for brand, found in COMPETITORS.items() if site.name.startswith(brand))


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
