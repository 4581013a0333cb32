"""Documents and sheets, as files."""

from audit_api.console.documents import papers, sheets
from audit_api.console.documents.room import room

__all__ = ["papers", "room", "sheets"]
