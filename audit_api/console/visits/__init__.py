"""The programme: campaigns, how far they have come, and their visits."""

from audit_api.console.visits import assignments, campaigns, writing
from audit_api.console.visits.room import room

__all__ = ["assignments", "campaigns", "room", "writing"]
