"""The floor of the intake: the product's own statement, sent by pgbench, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.rules.permissions import Role, permissions_of
from audit_api.services.access import Who
from audit_api.services.audits import submission
from audit_api.services.audits.intake import postgresql, statement
from audit_api.services.sites import facts
from bench.floor import pgbench
from bench.world import AUDITORS, SITES, World, numbered

SHARES = 6
"""Totals that one audit changes: the whole and five touchpoints."""


def script(world: World, *, first: int, batch: int, clients: int) -> str:
    """Return a pgbench script that stores `batch` visits of one auditor a transaction.

    The statement is the product's; only the ids follow from a number that grows.
    """
    auditor = Who(
        UUID(int=0), world.organisation_id, Role.AUDITOR, "en", permissions_of(Role.AUDITOR)
    )
    sent = submission.read(
        UUID(int=1), world.audit(0), _fields(world), by=auditor, sent_at=None, now=datetime.now(UTC)
    )
    facts.forget(world.organisation_id, sent.site.id)
    values = dict(
        zip(
            statement.PARAMETERS,
            postgresql.parameters([sent], by=auditor),
            strict=True,
        )
    )
    text = statement.TEXT
    for place in range(len(values), 0, -1):
        name = statement.PARAMETERS[place - 1]
        text = text.replace(f"${place}::", f"{_expression(name, values[name], batch)}::")
    # Visits of one auditor are AUDITORS apart; j counts transactions over all clients.
    return (
        f"\\set n :n + 1\n"
        f"\\set j :n * {clients} + :client_id\n"
        f"\\set k {first} + (:j / {AUDITORS}) * {AUDITORS * batch} + :j % {AUDITORS}\n"
        f"{text.strip()};\n"
    ).replace("\n\n", "\n")


def rate(
    world: World, conninfo: str, *, first: int, batch: int, clients: int, seconds: int
) -> float:
    """Return the audits a second, `batch` of them a transaction, beginning with visit `first`."""
    text = script(world, first=first, batch=batch, clients=clients)
    return batch * pgbench.rate(
        conninfo, text, clients=clients, seconds=seconds, variables={"n": "0"}
    )


def _fields(world: World) -> dict[str, Any]:
    sent = world.audit(0)
    return sent | {
        "site_id": numbered("site", 0),
        "assignment_id": numbered("visit", 0),
        "revision": 1,
        "photos": [],
        "conducted_at": datetime.fromisoformat(sent["conducted_at"]),
    }


_DERIVED = {
    "sent_id": "md5('audit' || {k})",
    "sent_content_digest": "md5('audit' || {k})",
    "share_audit_id": "md5('audit' || {k})",
    "sent_assignment_id": "md5('visit' || {k})",
    "sent_site_id": f"md5('site' || ({{k}} % {SITES}))",
    "sent_activity_id": "gen_random_uuid()::text",
    "sent_change_id": "gen_random_uuid()::text",
}


def _expression(name: str, value: str, batch: int) -> str:
    """Return SQL for a parameter: an array's elements once for each audit of the batch."""
    if name == "auditor":
        return f"md5('auditor' || (:k % {AUDITORS}))"
    if name == "open_states":
        return _literal(value)
    each = []
    for place in range(batch):
        if name in _DERIVED:
            derived = _DERIVED[name].format(k=f"(:k + {place * AUDITORS})")
            repeats = SHARES if name == "share_audit_id" else 1
            each.append(f"ARRAY[{', '.join([derived] * repeats)}]::text[]")
        else:
            each.append(f"{_literal(value)}::text[]")
    return f"({' || '.join(each)})"


def _literal(text: str) -> str:
    # pgbench takes a colon before a letter or digit for one of its variables.
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\072")
    return f"E'{escaped}'"
