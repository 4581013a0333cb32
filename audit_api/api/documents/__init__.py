"""Documents: reports of audits, scorecards of sites and of many sites, competitors compared."""

from audit_api.api.documents import competitors, networks, reports
from audit_api.api.documents.reports import blueprint

__all__ = ["blueprint", "competitors", "networks", "reports"]
