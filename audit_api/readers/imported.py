"""The rows of a file that is imported, read outside the server's process."""

from __future__ import annotations

from typing import Any

import orjson

from audit_api.errors import Fault, invalid
from audit_api.readers import apart, packing
from audit_api.sheets.csv import Line
from audit_api.sheets.lines import Contents, Faults, Row, Sample, Upload
from audit_api.workshop.child import Message


def rows(upload: Upload, layout: str, faults: Faults) -> Contents:
    """Return the rows of a file whose columns a layout of `columns.LAYOUTS` has; add the faults of
    its lines.

    Raises INVALID at once where the header is at fault or the file takes too much, and UNAVAILABLE
    where it cannot be read now.
    """
    head = {"kind": layout, "charset": upload.charset, "workbook": upload.workbook}
    message = Message(head, (upload.data,))
    contents, found = apart.ask(message, _contents)
    faults.found.extend(found)
    return contents


def _contents(answer: Message) -> tuple[Contents, list[Fault]]:
    members = orjson.loads(answer.parts[0])
    if "refused" in members:
        raise invalid(*packing.faults(members["refused"]))
    lines = [Line(number, cells) for number, cells in members["sample"]]
    sample = Sample(members["charset"], members["separator"], lines)
    return Contents(_rows(members), sample), packing.faults(members["faults"])


def _rows(members: dict[str, Any]) -> list[Row]:
    names = members["names"]
    return [
        Row(
            line,
            {
                name: packing.cell(value)
                for name, value in zip(names, cells, strict=True)
                if value != packing.ABSENT
            },
        )
        for line, cells in members["rows"]
    ]
