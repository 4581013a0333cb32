"""The scores of touchpoints and dimensions as columns: of the one checklist that is asked for.

Each checklist has parts of its own, so without one there are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from audit_api.rules.checklist.texts import Text
from audit_api.services.access import Who
from audit_api.services.checklists.compiled import Published
from audit_api.services.datasets import versions
from audit_api.services.datasets.fields import Field, Request, Unit, hundredths
from audit_api.services.datasets.visited import Record
from audit_api.sheets.tables import Cell, Kind

MAX_COLUMNS = 200
"""Parts of one checklist, all its versions together; the newest come first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A touchpoint or a dimension of a checklist, and the column of its score."""

    kind: str
    key: str
    title: Text

    @property
    def column(self) -> str:
        return f"{self.kind}_{self.key}"


def of_version(version: Published) -> Iterator[Part]:
    """Yield the touchpoints of a version in the order of the journey, then its dimensions."""
    for touchpoint in version.checklist.touchpoints:
        yield Part("touchpoint", touchpoint.key, touchpoint.title)
    for dimension in version.checklist.dimensions:
        yield Part("dimension", dimension.key, dimension.title)


def columns(request: Request, by: Who) -> Sequence[Field]:
    """Return a column for each part of the checklist that is asked for: the newest version's in its
    order and words, then those that only older ones have."""
    if request.checklist is None:
        return ()
    found: dict[str, Part] = {}
    for version in reversed([*versions.published(by, request.checklist)]):
        for part in of_version(version):
            found.setdefault(part.column, part)
    return [field_of(part) for part in [*found.values()][:MAX_COLUMNS]]


def field_of(part: Part) -> Field:
    """Return the column of a part's score."""
    return Field(
        part.column,
        Kind.DECIMAL,
        partial(_score, part.kind, part.key),
        "revisions.score",
        Unit.PERCENT,
        places=2,
        named=part.title,
    )


def _score(kind: str, key: str, record: Record) -> Cell:
    score = record.visited.score
    known = score.touchpoints if kind == "touchpoint" else score.dimensions
    return hundredths(next((part.score for part in known if part.key == key), None))
