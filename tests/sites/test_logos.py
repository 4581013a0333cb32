"""An organisation's logo: set by HQ, drawn anew, at the head of its documents."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import Organisation
from tests.images.photos import encoded, quarters
from tests.world import World, make_world

LOGO = "/api/v1/organisation/logo"


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return make_world(shared_app)


def call(world: World, method: str, who: str = "hq", **sent: Any) -> TestResponse:
    headers = {"Authorization": f"Bearer {world.tokens[who]}"}
    return world.client.open(LOGO, method=method, headers=headers, **sent)


def put(world: World, data: bytes, media_type: str = "image/png") -> TestResponse:
    return call(world, "PUT", data=data, content_type=media_type)


def drawing(size: tuple[int, int] = (1200, 400), mode: str = "RGBA") -> bytes:
    """A PNG that is transparent but for a black bar."""
    image = Image.new(mode, size)
    image.paste((0, 0, 0, 255), (0, 0, size[0], size[1] // 2))
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def test_a_logo_comes_back_small_on_white_as_a_jpeg(world: World) -> None:
    assert put(world, drawing()).status_code == 204
    answer = call(world, "GET", "manager")
    assert answer.mimetype == "image/jpeg"
    logo = Image.open(BytesIO(answer.data))
    assert logo.size == (600, 200)
    assert logo.getpixel((300, 190)) == (255, 255, 255)
    assert logo.getpixel((300, 10)) == (0, 0, 0)


def test_a_logo_is_never_heavy(world: World) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((2000, 2000), 120)] * 3)
    target = BytesIO()
    noise.save(target, "JPEG", quality=60)
    assert put(world, target.getvalue(), "image/jpeg").status_code == 204
    assert len(call(world, "GET").data) <= 100_000


def test_a_removed_logo_is_gone_and_may_be_removed_again(world: World) -> None:
    assert put(world, drawing()).status_code == 204
    assert call(world, "DELETE").status_code == 204
    assert call(world, "GET").status_code == 404
    assert call(world, "DELETE").status_code == 204


@pytest.mark.parametrize("data", [b"", b"no image", drawing()[:200], drawing()[:-99]])
def test_what_is_no_image_is_refused_and_the_logo_stays(world: World, data: bytes) -> None:
    assert put(world, encoded(quarters(), "PNG")).status_code == 204
    before = call(world, "GET").data
    refused = put(world, data)
    assert refused.status_code == 422
    assert "image/png" in refused.text
    assert call(world, "GET").data == before


def test_another_type_and_too_large_a_file_are_refused(world: World) -> None:
    assert put(world, b"GIF89a", "image/gif").status_code == 415
    assert put(world, b"\x89PNG\r\n\x1a\n" + bytes(5_000_000)).status_code == 413


def test_the_operator_sets_a_logo_and_removes_it(world: World, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(drawing())
    with world.app.app_context():
        code = db.session.scalar(
            sa.select(Organisation.code).where(Organisation.id == world.organisation_id)
        )
    call(world, "DELETE")
    arguments = ["organisations", "logo", code, str(tmp_path / "logo.png")]
    done = world.app.test_cli_runner().invoke(args=arguments)
    assert done.output == f"set the logo of {code}\n"
    assert call(world, "GET").status_code == 200
    done = world.app.test_cli_runner().invoke(args=["organisations", "remove-logo", code])
    assert done.output == f"removed the logo of {code}\n"
    assert call(world, "GET").status_code == 404
