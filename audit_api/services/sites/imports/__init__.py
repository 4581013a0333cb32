"""Imports of regions, sites and users from CSV: all of a file, or nothing and every fault."""

from audit_api.services.sites.imports import regions, sites, users

__all__ = ["regions", "sites", "users"]
