"""Documents as PDF: frozen values in, bytes out.  reportlab is imported nowhere else."""

from audit_api.pdf.audit.report import render, render_all
from audit_api.pdf.audit.values import (
    AuditReport,
    EffectLine,
    Explanation,
    Impression,
    QuestionLine,
    State,
    TouchpointPart,
)
from audit_api.pdf.competitors.report import render_competitors
from audit_api.pdf.competitors.values import CompetitorsReport
from audit_api.pdf.gallery import PhotoRef
from audit_api.pdf.network.report import render_network
from audit_api.pdf.network.values import (
    Coverage,
    Drivers,
    Finding,
    NetworkReport,
    Part,
    Practice,
    Questionnaire,
    Repeats,
)
from audit_api.pdf.scorecard.report import render_scorecard
from audit_api.pdf.scorecard.values import (
    Comment,
    Difference,
    FailingQuestion,
    Rank,
    SiteScorecardReport,
    VisitLine,
)

__all__ = [
    "AuditReport",
    "Comment",
    "CompetitorsReport",
    "Coverage",
    "Difference",
    "Drivers",
    "EffectLine",
    "Explanation",
    "FailingQuestion",
    "Finding",
    "Impression",
    "NetworkReport",
    "Part",
    "PhotoRef",
    "Practice",
    "QuestionLine",
    "Questionnaire",
    "Rank",
    "Repeats",
    "SiteScorecardReport",
    "State",
    "TouchpointPart",
    "VisitLine",
    "render",
    "render_all",
    "render_competitors",
    "render_network",
    "render_scorecard",
]
