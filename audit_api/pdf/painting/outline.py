"""A document's outline: the entries from which a reader jumps (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.pdfbase.pdfdoc import PDFDocument

from audit_api.pdf.page import Mark
from audit_api.pdf.painting.objects import put, reference, string
from audit_api.typography.text import one_line

_ROOT = "outline"

Entries = Mapping[str, Sequence[str]]
"""The entries under each entry that has any, and under the outline itself, by their names."""


def outline(
    document: PDFDocument, marks: Sequence[Mark], pages: Sequence[str], height: float
) -> str:
    """Put an entry for each mark, under the last one before it of a lower level; `pages` are the
    references to the pages, which are of this height.  Return the reference to the outline."""
    under: dict[str, list[str]] = {}
    way, marked = [_ROOT], {}
    for index, mark in enumerate(marks):
        del way[mark.level + 1 :]
        entry = f"{_ROOT} {index}"
        under.setdefault(way[-1], []).append(entry)
        way.append(entry)
        marked[entry] = mark
    for parent, entries in under.items():
        beside = zip(entries, ("", *entries), (*entries[1:], ""), strict=False)
        for entry, before, after in beside:
            mark = marked[entry]
            members = (
                f"/Title {string(one_line(mark.title))} /Parent {reference(document, parent)} "
                f"/Dest [{pages[mark.page]} /XYZ 0 {height - mark.y:.2f} 0]",
                f"/Prev {reference(document, before)}" if before else "",
                f"/Next {reference(document, after)}" if after else "",
                _inside(document, entry, under),
            )
            put(document, entry, f"<< {' '.join(members)} >>".encode())
    return put(document, _ROOT, f"<< /Type /Outlines {_inside(document, _ROOT, under)} >>".encode())


def _inside(document: PDFDocument, name: str, under: Entries) -> str:
    """What an entry, or the outline, says of the entries under it."""
    if name not in under:
        return ""
    first, last = (reference(document, under[name][place]) for place in (0, -1))
    return f"/First {first} /Last {last} /Count {_count(name, under)}"


def _count(name: str, under: Entries) -> int:
    return sum(1 + _count(entry, under) for entry in under.get(name, ()))
