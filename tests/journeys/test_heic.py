"""HEIC, which phones of one maker take: read as it comes."""

from __future__ import annotations

from uuid import uuid4

from tests.images.photos import HEIC
from tests.world import ALL_YES, World, declared, upload


def test_heic_is_a_photo_like_any_other(world: World) -> None:
    audit_id, photo = uuid4(), declared(HEIC, "clean", media_type="image/heic")
    audit = world.audit(ALL_YES, photos=[photo])
    first = world.put(audit, audit_id)
    assert upload(world.client, first.json["uploads"][0], HEIC) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True
    assert world.photo_states(audit_id) == {"ready"}
