"""Signing in, one's own account, and the people of the organisation."""

from audit_api.console.people import account, sign_in, tokens, users
from audit_api.console.people.room import room

__all__ = ["account", "room", "sign_in", "tokens", "users"]
