"""What can be shown of a broken file is shown: the picture is evidence, the rest is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import pytest
from PIL import Image

from audit_api.images.preparation import prepare
from audit_api.images.prepared import Unreadable
from audit_api.rules.lifecycle import UnreadableReason
from tests.images.photos import BLUE, HEIC, RED, encoded, exif, quarters

SCENE = Image.frombytes("RGB", (400, 300), Random(1).randbytes(360_000))
BASELINE = encoded(SCENE, exif=exif(6))
PROGRESSIVE = encoded(SCENE, progressive=True)
PNG = encoded(SCENE, "PNG")
INTERRUPTIBLE = {"baseline": BASELINE, "progressive": PROGRESSIVE, "png": PNG}


def part_of(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99, 0.9999])
@pytest.mark.parametrize("data", INTERRUPTIBLE.values(), ids=INTERRUPTIBLE)
def test_a_photo_whose_end_is_missing_shows_what_came(data: bytes, share: float) -> None:
    photo = prepare(part_of(data, share))
    assert photo.damaged
    assert sorted((photo.width, photo.height)) == [300, 400]


def test_what_came_of_a_photo_is_what_it_showed() -> None:
    photo = prepare(part_of(encoded(quarters(), "PNG", compress_level=0), 0.4))
    left = Image.open(io.BytesIO(photo.display)).getpixel((100, 60))
    assert isinstance(left, tuple)
    assert all(abs(one - other) <= 12 for one, other in zip(left, RED, strict=True))


def test_a_whole_photo_is_not_damaged() -> None:
    for data in (*INTERRUPTIBLE.values(), HEIC, encoded(SCENE, "WEBP")):
        assert not prepare(data).damaged


@pytest.mark.parametrize(
    "data",
    [BASELINE[: BASELINE.index(b"\xff\xda") + 9], PROGRESSIVE[:200], PNG[:50]],
    ids=INTERRUPTIBLE,
)
def test_of_a_header_alone_no_picture_comes(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        prepare(data)
    assert caught.value.reason is UnreadableReason.DAMAGED


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("data", [encoded(SCENE, "WEBP"), HEIC], ids=["webp", "heic"])
def test_a_type_that_is_read_as_a_whole_or_not_at_all(data: bytes, share: float) -> None:
    with pytest.raises(Unreadable) as caught:
        prepare(part_of(data, share))
    assert caught.value.reason is UnreadableReason.DAMAGED


@pytest.mark.parametrize("seed", range(8))
def test_bytes_that_flipped_in_the_picture_cost_no_photo(seed: int) -> None:
    chance = Random(seed)
    for data in (BASELINE, PNG):
        flipped = bytearray(data)
        for _ in range(10):
            flipped[chance.randrange(2000, len(data) - 200)] ^= 0x24
        assert prepare(bytes(flipped)).height in (300, 400)


def pair() -> bytes:
    other = Image.new("RGB", (320, 240), BLUE)
    return encoded(quarters(), "MPO", save_all=True, append_images=[other])


def index_of(change: Callable[[bytearray, int], None]) -> bytes:
    """Return a photo with a second picture behind it whose index was changed."""
    data = bytearray(pair())
    change(data, data.index(b"MPF\0") + 4)
    return bytes(data)


def overwritten(with_: bytes, at: int) -> Callable[[bytearray, int], None]:
    def change(data: bytearray, index: int) -> None:
        data[index + at : index + at + len(with_)] = with_

    return change


@pytest.mark.parametrize(
    "data",
    [
        pair()[:-300],
        *(index_of(overwritten(b"\xff" * 4, at)) for at in range(0, 80, 4)),
        *(index_of(overwritten(bytes(4), at)) for at in range(0, 80, 4)),
        index_of(overwritten(b"broken index", 8)),
    ],
)
def test_a_wrong_index_of_further_pictures_costs_nothing(data: bytes) -> None:
    photo = prepare(data)
    assert (photo.width, photo.height, photo.damaged) == (640, 480, False)


VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + Random(2).randbytes(200_000)


@pytest.mark.parametrize("photo", [encoded(quarters(320, 240), exif=exif()), HEIC])
@pytest.mark.parametrize("behind", [VIDEO, VIDEO[:777], b"MotionPhoto_Data" + VIDEO, bytes(4096)])
def test_a_video_behind_a_photo_is_left_alone(photo: bytes, behind: bytes) -> None:
    assert prepare(photo + behind).display == prepare(photo).display


@pytest.mark.parametrize("length", [4, 9, 30, 77, 111, 150])
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_broken_exif_block_marks_no_damage(format: str, length: int) -> None:
    block = exif().tobytes()[:length]
    assert not prepare(encoded(quarters(), format, exif=block)).damaged


def test_an_extra_with_a_wrong_check_sum_costs_no_photo() -> None:
    wrong = bytearray(encoded(SCENE, "PNG", exif=exif()))
    at = wrong.index(b"eXIf")
    wrong[at + 4 + int.from_bytes(wrong[at - 4 : at])] ^= 1
    assert prepare(bytes(wrong)).width == 400
