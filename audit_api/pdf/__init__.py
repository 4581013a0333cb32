"""Reports as PDF: frozen values in, bytes out.  reportlab is imported nowhere else."""

from audit_api.pdf.audit_report import render
from audit_api.pdf.text import missing_glyphs
from audit_api.pdf.values import AuditReport, PhotoRef, QuestionLine, State, TouchpointPart

__all__ = [
    "AuditReport",
    "PhotoRef",
    "QuestionLine",
    "State",
    "TouchpointPart",
    "missing_glyphs",
    "render",
]
