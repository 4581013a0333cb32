"""Charts as lists of marks: values in, drawings out.  No output format is known here."""

from audit_api.drawing.languages import Labels, Text

__all__ = ["Labels", "Text"]
