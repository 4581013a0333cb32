"""Files that jobs make: asked for, watched, fetched and handed on."""

from audit_api.console.exports import asking, files
from audit_api.console.exports.room import room

__all__ = ["asking", "files", "room"]
