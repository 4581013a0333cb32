"""A checklist as its author sends it: YAML, JSON values, a workbook or an XLSForm."""
