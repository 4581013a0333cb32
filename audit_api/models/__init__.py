"""The tables.  Importing this package makes every table known to the metadata."""

from audit_api.models.activity import Activity, FeedEntry
from audit_api.models.audit import Audit, AuditSignal, Review, Revision
from audit_api.models.campaign import Assignment, Campaign
from audit_api.models.checklist import Checklist, ChecklistVersion
from audit_api.models.export import DrawnReport, Export, ExportEntry
from audit_api.models.job import Job, Repeatable
from audit_api.models.login import IntegrationToken, Login, LoginToken
from audit_api.models.organisation import Organisation, Region, RegionAncestor
from audit_api.models.photo import Photo
from audit_api.models.site import Site
from audit_api.models.total import FoldedTotal, SiteTotal, TotalChange, VisitTotal
from audit_api.models.user import User, UserRegion

__all__ = [
    "Activity",
    "Assignment",
    "Audit",
    "AuditSignal",
    "Campaign",
    "Checklist",
    "ChecklistVersion",
    "DrawnReport",
    "Export",
    "ExportEntry",
    "FeedEntry",
    "FoldedTotal",
    "IntegrationToken",
    "Job",
    "Login",
    "LoginToken",
    "Organisation",
    "Photo",
    "Region",
    "RegionAncestor",
    "Repeatable",
    "Review",
    "Revision",
    "Site",
    "SiteTotal",
    "TotalChange",
    "User",
    "UserRegion",
    "VisitTotal",
]
