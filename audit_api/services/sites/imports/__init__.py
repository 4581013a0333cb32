"""Imports of regions, sites, users and visits from CSV: all of a file, or every fault of it."""

from audit_api.services.sites.imports import regions, sites, users, visits

__all__ = ["regions", "sites", "users", "visits"]
