"""What was found in a checklist as its author wrote it, told to its author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from audit_api.console.frame import reader
from audit_api.manuscripts.manuscript import Manuscript, Remark, TextPlace
from audit_api.web.problems import detail

SEVERITIES = ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in words: how grave it is, the line and column of a text, and its place as a
    person reads it, whether in a text or in a workbook."""

    severity: str
    line: int | None
    column: int | None
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All remarks, in the order of the text; `is_readable` unless nothing of it could be kept,
    `is_checked` unless it could not be looked at now."""

    remarks: tuple[Told, ...]
    is_readable: bool
    is_checked: bool = True

    @property
    def errors(self) -> int:
        return sum(told.severity == ERROR for told in self.remarks)

    @property
    def warnings(self) -> int:
        return len(self.remarks) - self.errors

    @property
    def summary(self) -> str:
        """What is to be said of all of them at once."""
        if not self.is_checked:
            return reader.said("console.checklists.unchecked")
        if not self.remarks:
            return reader.said("console.checklists.clean")
        if self.errors and not self.is_readable:
            return reader.said("console.checklists.unreadable", errors=self.errors)
        code = "console.checklists.found" if self.errors else "console.checklists.doubtful"
        return reader.said(code, errors=self.errors, warnings=self.warnings)

    def document(self) -> Mapping[str, Any]:
        """Return them as a page reads them while somebody types."""
        return {"summary": self.summary, "remarks": [asdict(told) for told in self.remarks]}


UNCHECKED = Findings((), is_readable=False, is_checked=False)


def found(manuscript: Manuscript) -> Findings:
    """Return the errors and warnings of a checklist, in the reader's language."""
    told = [*_told(manuscript.errors, ERROR), *_told(manuscript.warnings, WARNING)]
    told.sort(key=lambda each: (each.line or 0, each.column or 0))
    return Findings(tuple(told), manuscript.document is not None)


def _told(remarks: Iterable[Remark], severity: str) -> Iterator[Told]:
    for remark in remarks:
        sentence = detail(remark, reader.locale())
        yield Told(severity, remark.line, remark.column, _place(remark), sentence)


def _place(remark: Remark) -> str:
    place = remark.place
    if isinstance(place, TextPlace):
        return reader.said("console.checklists.line", line=place.line, column=place.column)
    return str(place or remark.pointer)
