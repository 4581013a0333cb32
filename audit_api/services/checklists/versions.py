"""Checklists: drafted with whatever faults, published under a digest for ever, retired."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import defer

from audit_api.database import db, upsert
from audit_api.errors import Fault, Kind, Problem, invalid, not_found
from audit_api.manuscripts import files
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.models import Checklist, ChecklistVersion
from audit_api.readers import checklists
from audit_api.rules import authoring as rules
from audit_api.rules import lifecycle
from audit_api.rules.authoring.node import Node
from audit_api.rules.lifecycle import VersionAction, VersionState
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who


def listed(*, by: Who, key: str | None = None, state: str | None = None) -> sa.Select[Any]:
    """Return the versions that `by` may see, of a key, in a state."""
    access.require(by, Permission.CHECKLIST_READ)
    # A list does not show the documents, and they are long.
    select = access.visible_versions(by).options(
        defer(ChecklistVersion.document), defer(ChecklistVersion.written)
    )
    if key is not None:
        select = select.join(Checklist, Checklist.id == ChecklistVersion.checklist_id).where(
            Checklist.key == key
        )
    return select if state is None else select.where(ChecklistVersion.state == state)


class Title(NamedTuple):
    """What a version is called."""

    title: dict[str, str]
    number: int


def titles(version_ids: Collection[UUID], *, by: Who) -> dict[UUID, Title]:
    """Return what those of the versions are called that `by` may see."""
    access.require(by, Permission.CHECKLIST_READ)
    select = access.visible_versions(by).where(ChecklistVersion.id.in_(version_ids))
    rows = db.session.execute(
        select.with_only_columns(
            ChecklistVersion.id, ChecklistVersion.title, ChecklistVersion.number
        )
    )
    return {id_: Title(title, number) for id_, title, number in rows}


def find(version_id: UUID, *, by: Who) -> ChecklistVersion:
    """Return a version, if `by` may see it; raise NOT_FOUND otherwise."""
    return _found(ChecklistVersion.id == version_id, by=by)


def published(digest: str, *, by: Who) -> ChecklistVersion:
    """Return the version published under `digest`; raise NOT_FOUND where `by` may not see it."""
    return _found(ChecklistVersion.digest == digest, by=by)


def find_to_change(version_id: UUID, *, by: Who) -> ChecklistVersion:
    """Return a version that `by` is to change; raise NOT_FOUND, or FORBIDDEN for one seen only."""
    version = find(version_id, by=by)
    access.require(by, Permission.CHECKLIST_WRITE)
    return version


def read(checklist: Callable[[], Manuscript], *, by: Who) -> Manuscript:
    """Return what a checklist comes to that `by` writes; raise FORBIDDEN before the work of
    reading it."""
    access.require(by, Permission.CHECKLIST_WRITE)
    return checklist()


def same_as(manuscript: Manuscript, *, by: Who) -> ChecklistVersion | None:
    """Return the version that has the content of a checklist already, if any; raise INVALID with
    every error where there is one."""
    access.require(by, Permission.CHECKLIST_READ)
    digest = rules.digest(manuscript.require())
    return db.session.scalar(access.visible_versions(by).where(ChecklistVersion.digest == digest))


def draft(given: Manuscript | Mapping[str, Any], *, by: Who, now: datetime) -> ChecklistVersion:
    """Add a version under the document's own key, with whatever faults the rest of it has.

    Raises INVALID where there is no document, or no key in it.
    """
    access.require(by, Permission.CHECKLIST_WRITE)
    manuscript = _manuscript(given)
    document, key = _keyed(manuscript)
    checklist = _under_key(key, by=by, now=now)
    version = ChecklistVersion(
        organisation_id=by.organisation_id,
        checklist_id=checklist.id,
        number=_next_number(checklist),
        state=VersionState.DRAFT,
    )
    _write(version, manuscript, document)
    db.session.add(version)
    db.session.flush()
    activity.record(by, Permission.CHECKLIST_WRITE, version.id, now=now, drafted=version.number)
    return version


def replace(
    version: ChecklistVersion,
    given: Manuscript | Mapping[str, Any],
    *,
    by: Who,
    now: datetime,
) -> None:
    """Write a draft anew, under the same key.

    Raises MOVE_NOT_ALLOWED unless it is a draft, INVALID as `draft` does or for another key.
    """
    access.require(by, Permission.CHECKLIST_WRITE)
    lifecycle.CHECKLIST_VERSION.require(version.state, VersionAction.REPLACE)
    manuscript = _manuscript(given)
    document, key = _keyed(manuscript)
    own = key_of(version)
    if key != own:
        raise invalid(Fault("/key", "word_not_accepted", {"given": key, "accepted": [own]}))
    _write(version, manuscript, document)
    version.version += 1
    db.session.flush()
    activity.record(by, Permission.CHECKLIST_WRITE, version.id, now=now, replaced=version.number)


def delete(version: ChecklistVersion, *, by: Who, now: datetime) -> None:
    """Throw a draft away; raise MOVE_NOT_ALLOWED for any other version."""
    access.require(by, Permission.CHECKLIST_WRITE)
    lifecycle.CHECKLIST_VERSION.require(version.state, VersionAction.DELETE)
    db.session.delete(version)
    db.session.flush()
    activity.record(by, Permission.CHECKLIST_WRITE, version.id, now=now, deleted=version.number)


def publish(version: ChecklistVersion, *, by: Who, now: datetime) -> None:
    """Fix a draft for ever: its bytes, digest and scoring key.

    Raises MOVE_NOT_ALLOWED unless it is a draft, INVALID with every error in it, CONFLICT where
    the same content is published.
    """
    access.require(by, Permission.CHECKLIST_WRITE)
    lifecycle.CHECKLIST_VERSION.require(version.state, VersionAction.PUBLISH)
    _fix(version, kept(version, warnings=False).require(), by=by, now=now)


def publish_at_once(manuscript: Manuscript, *, by: Who, now: datetime) -> ChecklistVersion:
    """Draft a version and publish it; raise what `draft` and `publish` raise."""
    version = draft(manuscript, by=by, now=now)
    _fix(version, manuscript.require(), by=by, now=now)
    return version


def retire(version: ChecklistVersion, *, by: Who, now: datetime) -> None:
    """Take a version out of use for new campaigns; its audits are accepted for ever."""
    access.require(by, Permission.CHECKLIST_WRITE)
    lifecycle.CHECKLIST_VERSION.require(version.state, VersionAction.RETIRE)
    version.state = lifecycle.CHECKLIST_VERSION.after(VersionAction.RETIRE)
    version.version += 1
    db.session.flush()
    activity.record(by, Permission.CHECKLIST_WRITE, version.id, now=now, retired=version.digest)


def kept(version: ChecklistVersion, *, warnings: bool = True) -> Manuscript:
    """What the author of a version wrote, checked anew, with its warnings unless nobody asks."""
    kind = files.YAML if version.written_as == "yaml" else checklists.VALUES
    return checklists.check(version.written.encode(), kind, warnings=warnings)


def key_of(version: ChecklistVersion) -> str:
    """Return the key of the checklist that a version is of."""
    return db.session.get_one(Checklist, version.checklist_id).key


def parsed_checklist(version: ChecklistVersion) -> rules.Checklist:
    """Return what a version asks; raise INVALID with every error in a draft."""
    if version.state == VersionState.DRAFT:
        return kept(version, warnings=False).require()
    return rules.parse(orjson.loads(version.document))


def _found(condition: sa.ColumnElement[bool], *, by: Who) -> ChecklistVersion:
    access.require(by, Permission.CHECKLIST_READ)
    version = db.session.scalar(access.visible_versions(by).where(condition))
    if version is None:
        raise not_found("checklist version")
    return version


def _fix(version: ChecklistVersion, checklist: rules.Checklist, *, by: Who, now: datetime) -> None:
    version.state = lifecycle.CHECKLIST_VERSION.after(VersionAction.PUBLISH)
    version.digest = rules.digest(checklist)
    version.scoring_key = rules.scoring_key(checklist)
    version.document, version.title = _canonical(checklist), dict(checklist.title)
    version.published_at = now
    version.version += 1
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(
            Kind.CONFLICT, noun="checklist version", member="digest", value=rules.digest(checklist)
        ) from None
    activity.record(by, Permission.CHECKLIST_WRITE, version.id, now=now, published=version.digest)


def _manuscript(given: Manuscript | Mapping[str, Any]) -> Manuscript:
    if isinstance(given, Manuscript):
        return given
    # What strangers send comes checked, by a child process: it alone has to load what checks.
    from audit_api.manuscripts import checks

    return checks.check(given)


def _keyed(manuscript: Manuscript) -> tuple[Mapping[str, Any], str]:
    """Return the document and its key: the least that can be kept."""
    if manuscript.document is None:
        raise invalid(*manuscript.errors)
    faults: list[Fault] = []
    key = Node(manuscript.document, "", faults).key()
    if faults:
        raise invalid(*faults)
    return manuscript.document, key


def _write(version: ChecklistVersion, manuscript: Manuscript, document: Mapping[str, Any]) -> None:
    version.document = orjson.dumps(document).decode()
    version.written = manuscript.text or version.document
    version.written_as = "json" if manuscript.text is None else "yaml"
    version.title = _title(document)
    version.error_count = len(manuscript.errors)


def _title(document: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a draft's title, as far as it has any."""
    title = document.get("title")
    texts = title.items() if isinstance(title, Mapping) else ()
    return {locale: text for locale, text in texts if isinstance(text, str)}


def _under_key(key: str, *, by: Who, now: datetime) -> Checklist:
    db.session.execute(
        upsert(Checklist)
        .values(organisation_id=by.organisation_id, key=key, created_at=now)
        .on_conflict_do_nothing(index_elements=["organisation_id", "key"])
    )
    # Locked, so that two drafts at once get two numbers.
    return db.session.scalars(
        access.visible_checklists(by).where(Checklist.key == key).with_for_update()
    ).one()


def _next_number(checklist: Checklist) -> int:
    last = db.session.scalar(
        sa.select(sa.func.max(ChecklistVersion.number)).where(
            ChecklistVersion.checklist_id == checklist.id
        )
    )
    return (last or 0) + 1


def _canonical(checklist: rules.Checklist) -> str:
    return orjson.dumps(rules.document(checklist), option=orjson.OPT_SORT_KEYS).decode()
