from __future__ import annotations

import hashlib

import pytest

from audit_api.images.preparation import prepare
from bench.photos.pictures import TURNED, UPRIGHT, photograph, retold


@pytest.fixture(scope="module", params=(UPRIGHT, TURNED))
def orientation(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def photo(orientation: int) -> bytes:
    return photograph(7, orientation=orientation)


def test_a_number_is_one_photo_and_another_number_is_another(
    photo: bytes, orientation: int
) -> None:
    assert photograph(7, orientation=orientation) == photo
    assert photograph(8, orientation=orientation) != photo


def test_a_photo_is_as_large_as_one_by_a_phone(photo: bytes) -> None:
    assert 250_000 < len(photo) < 350_000


def test_a_photo_told_again_is_another_file_of_the_same_picture(photo: bytes) -> None:
    files = [retold(photo, number) for number in (1, 2)]

    assert len({hashlib.sha256(file).digest() for file in (photo, *files)}) == 3
    assert len({prepare(file).display for file in (photo, *files)}) == 1


def test_a_copy_is_made_of_a_photo_as_of_any(photo: bytes, orientation: int) -> None:
    prepared = prepare(retold(photo, 1))

    size = (1200, 1600) if orientation == TURNED else (1600, 1200)
    assert (prepared.width, prepared.height) == size
    assert prepared.taken_at == "2026-03-02T14:30:00"
    assert not prepared.damaged
