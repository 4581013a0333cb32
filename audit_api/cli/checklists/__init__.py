"""flask checklists: checked, published, compared, and carried to workbooks and back."""

from audit_api.cli.checklists import checks, differences, publishing, sheets
from audit_api.cli.checklists.group import commands

__all__ = ["checks", "commands", "differences", "publishing", "sheets"]
