"""HEIC, which phones of one maker take: with the optional extra, and plainly refused without."""

from __future__ import annotations

import importlib
import io
from uuid import uuid4

from PIL import Image

from audit_api.images.formats import READS_HEIC
from tests.world import ALL_YES, World, declared, upload


def test_heic_is_prepared_with_the_extra_and_refused_by_name_without(world: World) -> None:
    data = _heic() if READS_HEIC else b"\0\0\0\x1cftypheic and no reader for it"
    audit_id, photo = uuid4(), declared(data, "clean", media_type="image/heic")
    audit = world.audit(ALL_YES, photos=[photo])
    first = world.put(audit, audit_id)
    if not READS_HEIC:
        assert first.status_code == 422
        assert first.json["errors"] == [
            {
                "pointer": "/photos/0/media_type",
                "code": "not_one_of",
                "detail": "Accepted: image/jpeg, image/png, image/webp.",
            }
        ]
        return
    assert upload(world.client, first.json["uploads"][0], data) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True
    assert world.photo_states(audit_id) == {"ready"}


def _heic() -> bytes:
    importlib.import_module("pillow_heif").register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", (80, 60), (200, 30, 60)).save(out, "HEIF")
    return out.getvalue()
