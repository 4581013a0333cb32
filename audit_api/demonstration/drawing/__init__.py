"""Photos of a shop that does not exist: drawn, so that nobody is in them and nobody's rights."""

from audit_api.demonstration.drawing.camera import Shot, take

__all__ = ["Shot", "take"]
