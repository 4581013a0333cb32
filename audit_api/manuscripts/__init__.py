"""Checklists as spreadsheets: a workbook for people who write no YAML, and XLSForm in.

read_workbook(data) -> Imported        write_workbook(checklist, language) -> bytes
read_xlsform(data) -> Imported         template(locales, language) -> bytes
"""

from audit_api.manuscripts.workbook.example import template
from audit_api.manuscripts.workbook.findings import Imported, Place, Remark
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.manuscripts.xlsform.reading import read_xlsform
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
