"""Checklists: drafted, checked, tried out, published, compared and handed out."""

from audit_api.api.checklists import comparing, files, trials, versions
from audit_api.api.checklists.routes import blueprint
from audit_api.api.checklists.schemas import DIGEST

__all__ = ["DIGEST", "blueprint", "comparing", "files", "trials", "versions"]
