"""Checklists: read in words, written, tried out, compared, published."""

from audit_api.console.checklists import drafts, listing, moves, trials, version, writing
from audit_api.console.checklists.room import room

__all__ = ["drafts", "listing", "moves", "room", "trials", "version", "writing"]
