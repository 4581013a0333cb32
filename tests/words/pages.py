"""The codes that pages of the console form."""

from __future__ import annotations

from audit_api.console.checklists import remarks
from audit_api.rules.lifecycle import REVIEW_ACTIONS, AuditAction, JobState, VersionState
from audit_api.rules.permissions import Role
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services.checklists import shipped
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.services.scorecards import leagues, questions
from audit_api.words import LOCALES

FORMED = {
    *(f"console.role.{role}" for role in Role),
    *(f"console.language.{locale}" for locale in LOCALES),
    *(f"console.exports.state.{state}" for state in JobState),
    *(f"console.exports.{edition}" for edition in Edition),
    *(f"console.checklists.state.{state}" for state in VersionState),
    *(f"console.checklists.severity.{severity}" for severity in remarks.SEVERITIES),
    *(f"console.checklists.shipped.{name}" for name in shipped.NAMES),
    *(f"console.act.{action}" for action in (*AuditAction, "submit")),
    *(f"console.{kind}.{action}" for kind in ("move", "done") for action in REVIEW_ACTIONS),
    *(f"console.signal.{kind}" for kind in SignalKind),
    *(f"console.scorecards.sort.{name}" for name in leagues.SORTS),
    *(f"console.scorecards.by.{name}" for name in questions.SORTS),
    *(f"console.scorecards.in.{lang}" for lang in (*LOCALES, BOTH)),
}
