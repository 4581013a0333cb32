"""Checklists as spreadsheets: a workbook for people who write no YAML, and XLSForm in.

read_workbook(data) -> Imported        write_workbook(checklist, language) -> bytes
read_xlsform(data) -> Imported         template(locales, language) -> bytes
"""

from audit_api.services.checklist_sheets.example import template
from audit_api.services.checklist_sheets.imported import Imported, Place, Remark
from audit_api.services.checklist_sheets.reading import read_workbook
from audit_api.services.checklist_sheets.writing import write_workbook
from audit_api.services.checklist_sheets.xlsform.reading import read_xlsform
from audit_api.sheets.xlsx_reading import LARGEST, MEDIA_TYPE

__all__ = [
    "LARGEST",
    "MEDIA_TYPE",
    "Imported",
    "Place",
    "Remark",
    "read_workbook",
    "read_xlsform",
    "template",
    "write_workbook",
]
