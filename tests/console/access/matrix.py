"""Who gets what from every page and form of the console: reads its table of access, `table.txt`.

A row is a method and an address.  A cell is the status that the person gets for a thing of their
own place / of another region / of another organisation, or one status for all.  303 is the way to
signing in for nobody, and the way onward after a form that was taken; for the other persons it is
never the answer to a GET but for `/console` itself.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from flask import Flask

from tests.access.places import Place
from tests.console.access.forms import FORMS
from tests.console.visitor import Visitor

PEOPLE = ("nobody", "auditor", "other_auditor", "manager", "reviewer", "hq")
PLACES = ("own", "region", "organisation")
TABLE = Path(__file__).with_name("table.txt")
_VERSION = re.compile(r'name="version" value="([0-9]+)"')
_FIXED = {
    "rest": "nothing",
    "name": "console.css",
    "ending": "csv",
    "what": "regions",
    "copy": "thumbnail",
}


def rows() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the table: by row and person, the three answers."""
    return dict(map(_row, TABLE.read_text().splitlines()))


def routes(app: Flask) -> list[str]:
    """Return a row's name for every route of the console, in the order of their addresses."""
    return sorted(
        f"{method} {re.sub(r'<(?:[^<>:]+:)?', '<', rule.rule)}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("console")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def status(visitor: Visitor, row: str, place: Place, own: Place, hq: Visitor) -> str:
    """Return what a visitor gets for the thing of a place, whose state is the one that `hq` sees:
    access alone is asked."""
    visitor.come_back()
    method, rule = row.split()
    ids = {name: str(value) for name, value in asdict(place).items()}
    ids |= {f"own_{name}": str(value) for name, value in asdict(own).items()}
    ids |= {"version_id": ids["checklist_version_id"], **_FIXED}
    path = re.sub(r"<(\w+)>", lambda found: ids.get(found[1], str(uuid4())), rule)
    if method == "GET":
        query = {"period": "2026-03"} if "scorecard" in rule or "." in rule else {}
        with visitor.get(path, query_string=query) as response:
            return str(response.status_code)
    form = FORMS[rule](ids) if rule in FORMS else {}
    if "<" in rule:
        form = {"version": _version(hq, path), **form}
    with visitor.post(path, form) as response:
        return str(response.status_code)


def _version(hq: Visitor, path: str) -> str:
    """Return the version that the form of an address stands for, as its page or the one above says
    it; 1 where none does."""
    for address in (path, path.rpartition("/")[0]):
        with hq.get(address) as page:
            found = _VERSION.search(page.text) if page.mimetype == "text/html" else None
        if found:
            return found[1]
    return "1"


def _row(line: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    method, rule, *cells = line.split()
    cells = cells if len(cells) > 1 else cells * len(PEOPLE)
    answers = [tuple(cell.split("/")) if "/" in cell else (cell,) * 3 for cell in cells]
    return f"{method} {rule}", dict(zip(PEOPLE, answers, strict=True))
