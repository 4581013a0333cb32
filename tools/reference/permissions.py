"""Who may do what."""

from __future__ import annotations

from audit_api.rules.permissions import GRANTS, INTEGRATION, INTEGRATION_GRANTS, Role
from tools.reference.wording import code, table, told


def permissions(locale: str) -> str:
    """Every permission, and who has it: an integration may be given it."""
    rows = [
        [
            code(permission),
            told(f"permission.{permission}", locale),
            *("✓" if role in roles else "" for role in Role),
            "✓" if permission in INTEGRATION_GRANTS else "",
        ]
        for permission, roles in GRANTS.items()
    ]
    return table(locale, ["permission", "meaning", *Role, INTEGRATION], rows)


TABLES = {"permissions": permissions}
