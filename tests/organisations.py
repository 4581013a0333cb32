"""Organisations of a test's own: their people and places, and the files that they import."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from uuid import UUID

import pytest

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.people import logins, users
from audit_api.services.sites import imports, organisations, regions, sites
from audit_api.sheets.lines import Counts, Upload
from tests.world import NOW


def tenant() -> Who:
    code = f"org-{secrets.token_hex(6)}"
    organisation = organisations.add(code=code, name="Brand", locale="en", now=NOW)
    db.session.commit()
    return access.system_who(organisation.id)


def region(hq: Who, code: str, parent_id: UUID | None = None) -> UUID:
    return regions.add(by=hq, now=NOW, code=code, name=code.title(), parent_id=parent_id).id


def site(hq: Who, code: str, region_id: UUID) -> UUID:
    added = sites.add(
        by=hq, now=NOW, code=code, name=code, region_id=region_id, time_zone="Asia/Shanghai"
    )
    return added.id


def load(noun: str, text: str | bytes, hq: Who, *, dry_run: bool = False) -> Counts:
    """Import a file of regions, sites or users."""
    data = text if isinstance(text, bytes) else text.encode()
    return getattr(imports, noun).load(Upload(data), by=hq, now=NOW, dry_run=dry_run).counts


def faults(noun: str, text: str | bytes, hq: Who) -> list[tuple[str, str]]:
    """Return the faults of a file that is refused, by place and code."""
    with pytest.raises(Problem) as caught:
        load(noun, text, hq)
    assert caught.value.kind is Kind.INVALID
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def address(name: str) -> str:
    return f"{name}-{secrets.token_hex(6)}@brand.example"


def person(hq: Who, role: str, *region_ids: UUID, name: str = "Kim") -> Who:
    user = users.add(
        by=hq,
        now=NOW,
        email=address(role),
        name=name,
        role=role,
        locale="en",
        region_ids=region_ids,
    )
    return access.user_who(user)


def bearer(who: Who) -> dict[str, str]:
    """The headers of a login of `who`, committed."""
    user = users.find_self(by=who)
    tokens = logins.open_login(user, device=None, now=datetime.now(UTC))
    db.session.commit()
    return {"Authorization": f"Bearer {tokens.access_token}"}
