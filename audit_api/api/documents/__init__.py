"""Documents to print: an audit's report, a site's scorecard, the comparison with competitors."""

from audit_api.api.documents import competitors, reports
from audit_api.api.documents.reports import blueprint

__all__ = ["blueprint", "competitors", "reports"]
