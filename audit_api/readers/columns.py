"""The columns of the files that are imported, and what each accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from audit_api.readers import cells
from audit_api.rules import names
from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.permissions import Role
from audit_api.sheets.lines import Column
from audit_api.words import DEFAULT_LOCALE

ATTRIBUTE = Column("attribute.", cells.text(1_000))
"""Any column that begins so: the attribute of the name that follows; an empty cell removes it."""


class Layout(NamedTuple):
    """The columns of one kind of file, and the one that stands for any of a longer name."""

    columns: Sequence[Column]
    free: Column | None = None


LAYOUTS: Mapping[str, Layout] = {
    "regions": Layout(
        (
            Column("code", cells.code, needed=True),
            Column("name", names.name, needed=True),
            Column("parent_code", cells.code),
        )
    ),
    "sites": Layout(
        (
            Column("code", cells.code, needed=True),
            Column("name", names.name, needed=True),
            Column("region_code", cells.code, needed=True),
            Column("kind", cells.choice(SITE_KINDS), empty="own"),
            Column("time_zone", cells.time_zone, needed=True),
            Column("address", cells.text(500)),
            Column("latitude", cells.number(-90, 90)),
            Column("longitude", cells.number(-180, 180)),
            Column("geofence_metres", cells.whole(10, 100_000), empty=150),
            Column("active", cells.truth, empty=True),
        ),
        free=ATTRIBUTE,
    ),
    "users": Layout(
        (
            Column("email", names.email, needed=True),
            Column("name", names.name, needed=True),
            Column("role", cells.choice(tuple(Role)), needed=True),
            Column("locale", cells.language, empty=DEFAULT_LOCALE),
            Column("region_codes", cells.codes, empty=()),
            Column("active", cells.truth, empty=True),
        )
    ),
    "visits": Layout(
        (
            Column("campaign", names.name, needed=True),
            Column("site_code", cells.code, needed=True),
            Column("auditor_email", names.email, needed=True),
            Column("starts_on", cells.day),
            Column("ends_on", cells.day),
            Column("offer", cells.truth, empty=False),
            Column("repeat", cells.truth, empty=False),
            Column("override", cells.text(1_000)),
        )
    ),
}
"""By what is imported."""
