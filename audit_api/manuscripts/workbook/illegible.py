"""Cells that hold something else than their author sees, or than they should."""

from __future__ import annotations

from collections.abc import Collection

from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook.findings import Findings
from audit_api.sheets.xlsx_reading import Area, Sheet, letters


def tell(
    sheet: Sheet, columns: Collection[int], findings: Findings, *, heading: int | None = None
) -> None:
    """Fault what cannot be read in these columns, the first is 0, or in the row of headings:
    errors of formulas, formulas that were never calculated, and merged cells.

    Merged cells do no harm where no row has anything, or in columns that nobody reads.
    """
    for (row, at), error in sheet.broken.items():
        if at in columns or row == heading:
            findings.fault(SheetPlace(sheet.name, row, letters(at)), "cell_broken", given=error)
    for row, at in sorted(sheet.uncomputed):
        if at in columns or row == heading:
            findings.fault(SheetPlace(sheet.name, row, letters(at)), "cell_uncomputed")
    for area in sheet.merged:
        if sheet.holds(area) and _touches(area, columns):
            place = SheetPlace(sheet.name, area.top, letters(area.left))
            findings.fault(place, "cells_merged", area=str(area))


def _touches(area: Area, columns: Collection[int]) -> bool:
    return any(area.left <= column <= area.right for column in columns)
