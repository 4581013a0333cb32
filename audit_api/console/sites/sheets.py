"""The sheets that are imported: what each is about, and an example of its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audit_api.readers.columns import ATTRIBUTE, LAYOUTS
from audit_api.rules.permissions import Permission
from audit_api.services.sites import imports
from audit_api.sheets.lines import Outcome


@dataclass(frozen=True, slots=True)
class Kind:
    """What a sheet may hold: who may import it, what does so, and lines to begin with."""

    permission: Permission
    load: Callable[..., Outcome]
    example: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Explained:
    """A column of a sheet, and whether each line needs it."""

    name: str
    needed: bool


KINDS: Mapping[str, Kind] = {
    "regions": Kind(
        Permission.REGION_WRITE,
        imports.regions.load,
        (("cn", "China", ""), ("east", "East China", "cn")),
    ),
    "sites": Kind(
        Permission.SITE_WRITE,
        imports.sites.load,
        (
            (
                *("SH-001", "Shanghai Nanjing Road", "east", "own", "Asia/Shanghai"),
                *("No. 1 Nanjing Road", "31.2346", "121.4747", "150", "true", "flagship"),
            ),
        ),
    ),
    "users": Kind(
        Permission.USER_WRITE,
        imports.users.load,
        (
            ("li@brand.example", "Li Wei", "manager", "zh", "east", "true"),
            ("kim@brand.example", "Kim", "auditor", "en", "", "true"),
        ),
    ),
    "visits": Kind(
        Permission.ASSIGNMENT_WRITE,
        imports.visits.load,
        (("Spring", "SH-001", "kim@brand.example", "2026-03-01", "2026-03-14", "", "", ""),),
    ),
}


def columns(what: str) -> list[Explained]:
    """Return the columns of a sheet, the one that stands for any of a longer name last."""
    layout = LAYOUTS[what]
    named = [Explained(column.name, column.needed) for column in layout.columns]
    return [*named, Explained(ATTRIBUTE.name, needed=False)] if layout.free else named


def template(what: str) -> list[Sequence[str]]:
    """Return a sheet to begin with: its heading and its example."""
    heading = [f"{each.name}store_type" if _is_free(each) else each.name for each in columns(what)]
    return [heading, *KINDS[what].example]


def _is_free(column: Explained) -> bool:
    return column.name == ATTRIBUTE.name
