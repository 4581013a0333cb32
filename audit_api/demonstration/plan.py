"""What was planned: which auditor visits which site when, and which visits were never made.

Months are counted back from the end: month 0 ends there.  Whatever chance decides about a visit
hangs on the seed and on the visit's own name, so that a smaller demonstration is a part of the
larger one.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from audit_api.demonstration import chain, people
from audit_api.demonstration.chain import Site
from audit_api.demonstration.people import Account
from audit_api.rules.lifecycle import AssignmentState

SEED, MONTHS, VISITS = 1, 24, 1.1

HOURS = {"shop": (10, 20), "tea_house": (11, 19)}
EVERY = {"shop": 1, "tea_house": 2, "competitor": 3}
"""A visit or more in every so many months."""
FATES = (
    (AssignmentState.DECLINED, 0.02),
    (AssignmentState.EXPIRED, 0.05),
    (AssignmentState.CANCELLED, 0.06),
)
"""What else may become of a planned visit, up to which share; all others were made."""
UPCOMING = (
    (AssignmentState.ASSIGNED, 0.5),
    (AssignmentState.OFFERED, 0.7),
    (AssignmentState.ACCEPTED, 0.9),
    (AssignmentState.STARTED, 1.0),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made: `sites` of the chain, `months` up to the day before `until`, and how many
    `visits` are planned a shop and month."""

    until: date
    seed: int = SEED
    sites: int = chain.MAX_SITES
    months: int = MONTHS
    visits: float = VISITS


@dataclass(frozen=True, slots=True)
class Visit:
    """One planned visit: its `name` is its own in the demonstration, `at` is the site's time,
    `fate` whether it was made or what else became of it, `month` how many months ago."""

    name: str
    site: Site
    auditor: Account
    at: datetime
    month: int
    fate: str

    @property
    def opens(self) -> date:
        return self.at.date() - timedelta(days=6)

    @property
    def closes(self) -> date:
        return self.at.date() + timedelta(days=5)

    def chance(self, seed: int, about: str) -> random.Random:
        return random.Random(f"{seed} {self.name} {about}")


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A visit that is still to be made, and how far its auditor is with it."""

    site: Site
    auditor: Account
    opens: date
    closes: date
    state: str


def visits(size: Size) -> list[Visit]:
    """Return every visit planned before the end, in the order of time."""
    planned = [
        visit
        for site in chain.sites(size.sites)
        for month in range(size.months)
        for visit in _of_month(size, site, month)
    ]
    return sorted(planned, key=lambda visit: (visit.at, visit.name))


def upcoming(size: Size) -> Iterator[Upcoming]:
    """Yield the visits still to be made, one a shop; the chain's first shop has three for one
    auditor, so that the walk through the main job can be walked again."""
    first, *others = (site for site in chain.OWN[: size.sites] if site.format == "shop")
    opens = size.until - timedelta(days=2)
    for _ in range(3):
        yield Upcoming(
            first,
            people.auditors(first.area)[0],
            opens,
            opens + timedelta(days=62),
            AssignmentState.ASSIGNED,
        )
    for site in others:
        chance = random.Random(f"{size.seed} {site.code} upcoming")
        later = opens + timedelta(days=chance.randrange(10))
        auditors = people.auditors(site.area)
        yield Upcoming(
            site,
            auditors[site.number % len(auditors)],
            later,
            later + timedelta(days=14),
            _drawn(UPCOMING, chance) or AssignmentState.ASSIGNED,
        )


def _of_month(size: Size, site: Site, month: int) -> Iterator[Visit]:
    begin, end = months_before(size.until, month + 1), months_before(size.until, month)
    days = (end - begin).days
    auditors = people.auditors(site.area)
    count = _planned(size, site, month)
    for turn in range(count):
        name = f"{site.code} {month} {turn}"
        chance = random.Random(f"{size.seed} {name} plan")
        day = begin + timedelta(days=int((turn + chance.random()) * days / count))
        hour = time(chance.randrange(*HOURS[site.format]), chance.randrange(60), tzinfo=site.zone)
        yield Visit(
            name=name,
            site=site,
            auditor=auditors[(site.number + month + 3 * turn) % len(auditors)],
            at=datetime.combine(day, hour),
            month=month,
            fate=_drawn(FATES, chance) or "made",
        )


def _planned(size: Size, site: Site, month: int) -> int:
    if site.number == 0 and month == 0:
        return 0  # what the walk does is the first shop's only visit of the running month
    every = EVERY["competitor" if site.kind == "competitor" else site.format]
    if every > 1:
        return int((month + site.number) % every == 0)
    whole, share = divmod(size.visits, 1)
    chance = random.Random(f"{size.seed} {site.code} {month}")
    return int(whole) + (chance.random() < share)


def _drawn(shares: tuple[tuple[str, float], ...], chance: random.Random) -> str | None:
    number = chance.random()
    return next((name for name, up_to in shares if number < up_to), None)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
