"""The room of places: regions and sites, what is imported, and the organisation's settings."""

from audit_api.console.sites import imports, places, regions, settings, sites
from audit_api.console.sites.room import room

__all__ = ["imports", "places", "regions", "room", "settings", "sites"]
