"""The columns of every file that is imported."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import partial

from audit_api.errors import Refused
from audit_api.readers import cells
from audit_api.readers.columns import ATTRIBUTE, LAYOUTS
from audit_api.sheets.lines import Column
from audit_api.words import sentence
from tools.reference.wording import code, plain, table, told

FILES: Mapping[str, tuple[Column, ...]] = {
    name: (*layout.columns, Column(ATTRIBUTE.name + "format", ATTRIBUTE.read))
    if layout.free
    else tuple(layout.columns)
    for name, layout in LAYOUTS.items()
}
"""The columns by file; of the free ones, one stands for all."""
EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "regions": (
        {"code": "CN", "name": "China 中国"},
        {"code": "EAST", "name": "East China 华东", "parent_code": "CN"},
    ),
    "sites": (
        {
            "code": "SH-001",
            "name": "Nanjing Road 南京路店",
            "region_code": "EAST",
            "kind": "own",
            "time_zone": "Asia/Shanghai",
            "address": "Nanjing Road 100, Shanghai",
            "latitude": "31.23461",
            "longitude": "121.47500",
            "geofence_metres": "150",
            "active": "true",
            "attribute.format": "flagship",
        },
    ),
    "users": (
        {
            "email": "lin@acme.example",
            "name": "Lin Xiao 林晓",
            "role": "auditor",
            "locale": "zh",
            "active": "true",
        },
        {
            "email": "east@acme.example",
            "name": "Wu Jie 吴捷",
            "role": "manager",
            "locale": "zh",
            "region_codes": "EAST;CN",
            "active": "true",
        },
    ),
    "visits": (
        {
            "campaign": "Spring 春季",
            "site_code": "SH-001",
            "auditor_email": "lin@acme.example",
            "starts_on": "2026-03-01",
            "ends_on": "2026-03-31",
            "offer": "true",
            "repeat": "false",
        },
        {
            "campaign": "Spring 春季",
            "site_code": "SH-001",
            "auditor_email": "lin@acme.example",
            "starts_on": "2026-04-01",
            "ends_on": "2026-04-07",
            "override": "the shop was closed in March",
        },
    ),
}
PROBES = ("?", "x" * 20_000)
"""What hardly any column accepts; the refusal says what it does accept."""


def accepted(column: Column, locale: str) -> str:
    """Return what a column accepts: in words of its own, or in those of its refusal."""
    if column.read in (cells.code, cells.codes):
        return told(f"cell.{column.read.__name__}", locale)
    for probe in PROBES:
        try:
            column.read(probe)
        except Refused as refused:
            said = {**refused.values, "sent": "…"}
            return plain(sentence(f"fault.{refused.code}", said, locale))
    raise AssertionError(f"the column {column.name} accepts anything")


def example(name: str, column: Column) -> str:
    """Return the first cell that the example of a file has in a column."""
    return next(row[column.name] for row in EXAMPLES[name] if column.name in row)


def columns(name: str, locale: str) -> str:
    """The columns of a file."""
    rows = []
    for column in FILES[name]:
        free = column.name.startswith(ATTRIBUTE.name)
        rows.append(
            [
                code(ATTRIBUTE.name + "…") if free else code(column.name),
                told("yes" if column.needed else "no", locale),
                accepted(column, locale),
                told(f"column.{name}.{column.name}", locale),
                code(example(name, column)),
            ]
        )
    return table(locale, ["column", "required", "cell", "meaning", "example"], rows)


def written(name: str) -> str:
    """Return the example of a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in FILES[name]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(EXAMPLES[name])
    return out.getvalue()


def shown(name: str, locale: str) -> str:
    """The example of a file, which is the same in every language."""
    return f"```csv\n{written(name)}```"


TABLES: Mapping[str, Callable[[str], str]] = {
    **{f"columns_{name}": partial(columns, name) for name in FILES},
    **{f"example_{name}": partial(shown, name) for name in FILES},
}
