"""Drawings as SVG: the marks that documents paint, for pages."""

from audit_api.svg.painting import painted
from audit_api.svg.tables import Cells, joined, spoken

__all__ = ["Cells", "joined", "painted", "spoken"]
