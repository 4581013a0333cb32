"""Checklists as their authors send them: JSON values, YAML or a workbook, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from audit_api.errors import pointer_to
from audit_api.manuscripts import checks, yaml
from audit_api.manuscripts.checks import Checked, Remark
from audit_api.manuscripts.workbook.findings import Remark as CellRemark
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.sheets import xlsx_reading

YAML = "application/yaml"
WORKBOOK = xlsx_reading.MEDIA_TYPE


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What an author sent, and what a check found in it.

    `document` is None where it could not be read, `text` the YAML where that is what came.
    What is remarked on a workbook points to sheet, row and column: `/questions/12/C`.
    """

    document: Mapping[str, Any] | None
    text: str | None
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


def from_values(document: Mapping[str, Any]) -> Manuscript:
    """The manuscript that came as JSON values: its remarks have no lines."""
    return _checked(checks.check(document), None)


def from_yaml(data: bytes) -> Manuscript:
    """The manuscript that came as YAML: its remarks have its author's lines."""
    # Bytes that are no text have no document either, so they are never kept.
    return _checked(checks.check(data), data.decode("utf-8-sig", errors="replace"))


def from_workbook(data: bytes) -> Manuscript:
    """The manuscript that came as a workbook (XLSX); with faults there is no document."""
    read = read_workbook(data)
    return Manuscript(read.document, None, tuple(_placed(read.faults)), tuple(_placed(read.notes)))


def _checked(checked: Checked, text: str | None) -> Manuscript:
    return Manuscript(checked.document, text, checked.errors, checked.warnings)


def _placed(remarks: Iterable[CellRemark]) -> Iterator[Remark]:
    for remark in remarks:
        place = remark.place
        stated = filter(None, (place.sheet, place.row, place.column))
        yield Remark(pointer_to(*stated), remark.code, remark.values)


class Reader(NamedTuple):
    """How a file is read, and how many bytes of it at most."""

    read: Callable[[bytes], Manuscript]
    most: int


READERS: Mapping[str, Reader] = {
    YAML: Reader(from_yaml, yaml.LARGEST),
    WORKBOOK: Reader(from_workbook, xlsx_reading.LARGEST),
}
"""The files that a checklist may come as, by media type."""
