"""Documents: reports of audits, scorecards of sites, papers about many sites."""

from audit_api.api.documents import networks, reports
from audit_api.api.documents.reports import blueprint

__all__ = ["blueprint", "networks", "reports"]
