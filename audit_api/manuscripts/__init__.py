"""A checklist as its author sends it: YAML, JSON values, a workbook or an XLSForm.

checks.check(sent) -> Manuscript       yaml.writing.write(document) -> str
read_workbook(data) -> Imported        write_workbook(checklist, language) -> bytes
read_xlsform(data) -> Imported         template(locales, language) -> bytes
"""

from audit_api.manuscripts.workbook.example import template
from audit_api.manuscripts.workbook.findings import Imported
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.manuscripts.xlsform.reading import read_xlsform
from audit_api.sheets.xlsx_reading import MAX_BYTES, MEDIA_TYPE

__all__ = [
    "MAX_BYTES",
    "MEDIA_TYPE",
    "Imported",
    "read_workbook",
    "read_xlsform",
    "template",
    "write_workbook",
]
