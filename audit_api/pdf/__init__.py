"""Documents as PDF: frozen values in, bytes out.  reportlab is imported nowhere else."""

from audit_api.pdf.audit_report import render
from audit_api.pdf.languages import Labels, Text
from audit_api.pdf.scorecard_report import render_scorecard
from audit_api.pdf.scorecard_values import (
    Comparison,
    Difference,
    FailingQuestion,
    Figure,
    Metric,
    Period,
    Rank,
    Remark,
    SiteScorecardReport,
)
from audit_api.pdf.text import missing_glyphs
from audit_api.pdf.values import (
    AuditReport,
    BandStart,
    Explanation,
    PhotoRef,
    QuestionLine,
    Scale,
    State,
    TouchpointPart,
)

__all__ = [
    "AuditReport",
    "BandStart",
    "Comparison",
    "Difference",
    "Explanation",
    "FailingQuestion",
    "Figure",
    "Labels",
    "Metric",
    "Period",
    "PhotoRef",
    "QuestionLine",
    "Rank",
    "Remark",
    "Scale",
    "SiteScorecardReport",
    "State",
    "Text",
    "TouchpointPart",
    "missing_glyphs",
    "render",
    "render_scorecard",
]
