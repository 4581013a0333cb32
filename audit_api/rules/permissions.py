"""Who may do what: one table of roles and permissions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person is in an organisation."""

    AUDITOR = "auditor"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    HQ = "hq"


INTEGRATION = "integration"
"""What a machine is, which acts by a token with permissions of its own."""


class Permission(StrEnum):
    """What somebody may do; the word also names what was done in the activity."""

    ORGANISATION_READ = "organisation.read"
    ORGANISATION_WRITE = "organisation.write"
    REGION_READ = "region.read"
    REGION_WRITE = "region.write"
    SITE_READ = "site.read"
    SITE_WRITE = "site.write"
    USER_READ = "user.read"
    USER_WRITE = "user.write"
    TOKEN_READ = "token.read"
    TOKEN_WRITE = "token.write"
    CHECKLIST_READ = "checklist.read"
    CHECKLIST_WRITE = "checklist.write"
    CAMPAIGN_READ = "campaign.read"
    CAMPAIGN_WRITE = "campaign.write"
    ASSIGNMENT_READ = "assignment.read"
    ASSIGNMENT_WRITE = "assignment.write"
    ASSIGNMENT_ANSWER = "assignment.answer"
    SYNC_READ = "sync.read"
    AUDIT_SUBMIT = "audit.submit"
    AUDIT_READ = "audit.read"
    AUDIT_IDENTIFY = "audit.identify"
    AUDIT_WAIVE = "audit.waive"
    AUDIT_OPEN = "audit.open"
    AUDIT_APPROVE = "audit.approve"
    AUDIT_RETURN = "audit.return"
    AUDIT_REJECT = "audit.reject"
    AUDIT_EXCLUDE = "audit.exclude"
    AUDIT_VOID = "audit.void"
    AUDIT_TAKE_BACK = "audit.take_back"
    SCORECARD_READ = "scorecard.read"
    SCORECARD_NETWORK = "scorecard.network"
    REPORT_READ = "report.read"
    REPORT_EXPORT = "report.export"
    EXPORT_READ = "export.read"
    EXPORT_WRITE = "export.write"


_EVERYONE = frozenset(Role)
_HQ = frozenset({Role.HQ})
_OFFICE = frozenset({Role.REVIEWER, Role.HQ})
_SITE_SIDE = frozenset({Role.MANAGER, Role.HQ})
_AUDITOR = frozenset({Role.AUDITOR})

GRANTS: Mapping[Permission, frozenset[Role]] = {
    Permission.ORGANISATION_READ: _EVERYONE,
    Permission.ORGANISATION_WRITE: _HQ,
    Permission.REGION_READ: _EVERYONE - _AUDITOR,
    Permission.REGION_WRITE: _HQ,
    Permission.SITE_READ: _EVERYONE,
    Permission.SITE_WRITE: _HQ,
    Permission.USER_READ: _HQ,
    Permission.USER_WRITE: _HQ,
    Permission.TOKEN_READ: _HQ,
    Permission.TOKEN_WRITE: _HQ,
    Permission.CHECKLIST_READ: _EVERYONE,
    Permission.CHECKLIST_WRITE: _HQ,
    Permission.CAMPAIGN_READ: _OFFICE,
    Permission.CAMPAIGN_WRITE: _HQ,
    Permission.ASSIGNMENT_READ: _AUDITOR | _OFFICE,
    Permission.ASSIGNMENT_WRITE: _HQ,
    Permission.ASSIGNMENT_ANSWER: _AUDITOR,
    Permission.SYNC_READ: _AUDITOR,
    Permission.AUDIT_SUBMIT: _AUDITOR,
    Permission.AUDIT_READ: _EVERYONE,
    # To learn who the auditor was.
    Permission.AUDIT_IDENTIFY: _OFFICE,
    # To do without photos that never came.
    Permission.AUDIT_WAIVE: _OFFICE,
    Permission.AUDIT_OPEN: _OFFICE,
    Permission.AUDIT_APPROVE: _OFFICE,
    Permission.AUDIT_RETURN: _OFFICE,
    Permission.AUDIT_REJECT: _OFFICE,
    Permission.AUDIT_EXCLUDE: _HQ,
    Permission.AUDIT_VOID: _HQ,
    Permission.AUDIT_TAKE_BACK: _OFFICE,
    Permission.SCORECARD_READ: _SITE_SIDE,
    Permission.SCORECARD_NETWORK: _HQ,
    Permission.REPORT_READ: _EVERYONE - _AUDITOR,
    # To have the reports of many audits drawn at once.
    Permission.REPORT_EXPORT: _HQ,
    Permission.EXPORT_READ: _EVERYONE - _AUDITOR,
    Permission.EXPORT_WRITE: _EVERYONE - _AUDITOR,
}
"""The roles that hold each permission."""

INTEGRATION_GRANTS = frozenset(Permission) - {
    Permission.SYNC_READ,
    Permission.AUDIT_SUBMIT,
    Permission.ASSIGNMENT_ANSWER,
    Permission.TOKEN_WRITE,
    Permission.USER_WRITE,
}
"""What an integration may be given: nothing that would let it act as a person."""


def permissions_of(role: str) -> frozenset[Permission]:
    """Return what a role may do."""
    return frozenset(permission for permission, roles in GRANTS.items() if role in roles)
