"""Checklists: drafted, checked, tried out, published, compared and handed out."""

from audit_api.api.checklists import comparing, files, trials, versions
from audit_api.api.checklists.routes import blueprint

__all__ = ["blueprint", "comparing", "files", "trials", "versions"]
