"""The floor of the intake: the product's own statement, sent by pgbench, and nothing else."""

from __future__ import annotations

import re
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

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def rate(
    world: World, conninfo: str, *, first: int, batch: int, clients: int, seconds: int
) -> float:
    """Return the audits a second, `batch` of them a transaction, beginning with visit `first`."""
    text = script(world, first=first, batch=batch, clients=clients)
    return batch * pgbench.rate(
        conninfo, text, clients=clients, seconds=seconds, variables={"n": "0"}
    )


def script(world: World, *, first: int, batch: int, clients: int) -> str:
    """Return a pgbench script that stores `batch` visits of one auditor a transaction.

    The statement and its values are the product's; only ids follow from a number that grows.
    """
    auditor = Who(
        numbered("auditor", 0),
        world.organisation_id,
        Role.AUDITOR,
        "en",
        permissions_of(Role.AUDITOR),
    )
    sent = [_submission(world, place, by=auditor) for place in range(batch)]
    intake = statement.Intake(photos=False)
    values, again = (postgresql.parameters(intake, sent) for _ in range(2))
    ids = _expressions(batch)
    # What differs from one time to the next is made anew for each audit.
    made = set(_ID.findall(" ".join(values))) - set(_ID.findall(" ".join(again)))
    ids |= dict.fromkeys(made, "gen_random_uuid()")
    text = statement.text(intake)
    for place in range(len(values), 0, -1):
        text = text.replace(f"${place}::", f"{_expression(values[place - 1], ids)}::")
    # Visits of one auditor are AUDITORS apart; j counts transactions over all clients.
    return (
        f"\\set n :n + 1\n"
        f"\\set j :n * {clients} + :client_id\n"
        f"\\set k {first} + (:j / {AUDITORS}) * {AUDITORS * batch} + :j % {AUDITORS}\n"
        f"{text.strip()};\n"
    ).replace("\n\n", "\n")


def _submission(world: World, place: int, *, by: Who) -> submission.Submission:
    """Return what the product makes of the audit of the auditor's visit at this place."""
    sent = world.audit(place * AUDITORS)
    read: dict[str, Any] = {
        "site_id": UUID(sent["site_id"]),
        "assignment_id": UUID(sent["assignment_id"]),
        "revision": 1,
        "photos": [],
        "conducted_at": datetime.fromisoformat(sent["conducted_at"]),
    }
    made = submission.read(
        UUID(int=place + 1), sent, sent | read, by=by, sent_at=None, now=datetime.now(UTC)
    )
    facts.forget(world.organisation_id, made.site.id)
    return made


def _expressions(batch: int) -> dict[str, str]:
    """Return, for the ids of the audits that were read, SQL for those of the k-th transaction's."""
    ids = {str(numbered("auditor", 0)): f"md5('auditor' || (:k % {AUDITORS}))::uuid"}
    for place in range(batch):
        number, k = place * AUDITORS, f"(:k + {place * AUDITORS})"
        ids[str(UUID(int=place + 1))] = f"md5('audit' || {k})::uuid"
        ids[str(numbered("visit", number))] = f"md5('visit' || {k})::uuid"
        ids[str(numbered("site", number % SITES))] = f"md5('site' || ({k} % {SITES}))::uuid"
    return ids


def _expression(value: str, ids: dict[str, str]) -> str:
    """Return SQL for a parameter's text, with other ids in it."""
    parts, end = [], 0
    for found in _ID.finditer(value):
        if found[0] in ids:
            parts += [_literal(value[end : found.start()]), ids[found[0]]]
            end = found.end()
    return f"({' || '.join([*parts, _literal(value[end:])])})"


def _literal(text: str) -> str:
    # pgbench takes a colon before a letter or digit for one of its variables.
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\072")
    return f"E'{escaped}'"
