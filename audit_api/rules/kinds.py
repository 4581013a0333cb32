"""The closed sets of words that tables, schemas and documents share."""

from __future__ import annotations

ROLES = ("auditor", "manager", "reviewer", "hq")
SITE_KINDS = ("own", "competitor")
REVIEW_RULES = ("always", "none")
VERSION_STATES = ("draft", "published", "retired")
PHOTO_STATES = ("declared", "stored", "ready", "unreadable")
STANDINGS = ("current", "superseded", "lost")
