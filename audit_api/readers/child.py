"""The process that reads documents: `python -m audit_api.readers.child`, started by `apart`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from audit_api.errors import Problem
from audit_api.manuscripts import checks
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.manuscripts.xlsform.reading import read_xlsform
from audit_api.readers import packing
from audit_api.readers.apart import LIMITS
from audit_api.readers.columns import LAYOUTS
from audit_api.sheets import lines, worksheets
from audit_api.sheets.lines import Contents, Faults, Upload
from audit_api.workshop.child import Message, serve


def answered(message: Message) -> Message:
    """Answer a document: its head says what it is, and the charset that was declared."""
    data = bytes(message.parts[0])
    kind, charset = message.head["kind"], message.head["charset"]
    if kind in LAYOUTS:
        return _rows(kind, Upload(data, charset, message.head["workbook"]))
    return _checked(CHECKS[kind](data, charset), warnings=message.head["warnings"])


CHECKS: Mapping[str, Callable[[bytes, str | None], Manuscript]] = {
    **checks.CHECKS,
    "file": checks.check_file,
    "values": lambda data, charset: checks.check(orjson.loads(data)),
    "xlsform": lambda data, charset: checks.of_imported(read_xlsform(data)),
}


def _checked(manuscript: Manuscript, *, warnings: bool) -> Message:
    found = {
        "document": manuscript.document,
        "errors": packing.pack_remarks(manuscript.errors),
        "warnings": packing.pack_remarks(manuscript.warnings if warnings else ()),
    }
    text = [] if manuscript.text is None else [manuscript.text.encode()]
    return Message({"is_workbook": manuscript.is_workbook}, (orjson.dumps(found), *text))


def _rows(kind: str, upload: Upload) -> Message:
    layout, faults = LAYOUTS[kind], Faults()
    try:
        table = worksheets.read(upload.data) if upload.workbook else None
        contents = lines.read(upload, layout.columns, faults, free=layout.free, table=table)
    except Problem as problem:
        return Message({}, (orjson.dumps({"refused": packing.pack_faults(problem.faults)}),))
    found = {"faults": packing.pack_faults(faults.found), **_packed(contents)}
    return Message({}, (orjson.dumps(found),))


def _packed(contents: Contents) -> dict[str, Any]:
    names = list(dict.fromkeys(name for row in contents.rows for name in row.values))
    sample = contents.sample
    return {
        "charset": sample.charset,
        "separator": sample.separator,
        "sample": [[line.number, line.cells] for line in sample.lines],
        "names": names,
        "rows": [
            [row.line, [packing.pack_cell(row.values.get(name, packing.ABSENT)) for name in names]]
            for row in contents.rows
        ],
    }


if __name__ == "__main__":
    serve(answered, LIMITS)
