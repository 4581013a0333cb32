"""What is no photo for us: refused with a reason, whatever the bytes and whatever they are called.

What the first bytes tell already is told before anybody decodes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.images.formats import ACCEPTED_TYPES, MAX_FILE_BYTES, first_look
from audit_api.images.preparation import prepare
from audit_api.images.prepared import PreparedPhoto, Unreadable
from audit_api.rules.lifecycle import UnreadableReason
from audit_api.storage.store import HEAD_BYTES
from tests.images.photos import (
    HEIC,
    declaring,
    encoded,
    exif,
    jpeg_of,
    png_declaring,
    quarters,
)

JPEG = encoded(quarters())


def reason(use: Callable[[], object]) -> UnreadableReason:
    with pytest.raises(Unreadable) as caught:
        use()
    return caught.value.reason


def reason_at_first(data: bytes) -> UnreadableReason:
    return reason(lambda: first_look(data[:HEAD_BYTES], len(data)))


WEBP = encoded(quarters(), "WEBP")
LOSSLESS = encoded(quarters(), "WEBP", lossless=True)
EXTENDED = encoded(quarters(), "WEBP", exif=exif())


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (JPEG, "image/jpeg"),
        (encoded(quarters(), progressive=True, exif=exif()), "image/jpeg"),
        (jpeg_of(16320, 12240), "image/jpeg"),
        (encoded(quarters(), "PNG"), "image/png"),
        (WEBP, "image/webp"),
        (LOSSLESS, "image/webp"),
        (EXTENDED, "image/webp"),
        (HEIC, "image/heic"),
    ],
)
def test_what_a_photo_is_shows_in_its_first_bytes(data: bytes, media_type: str) -> None:
    assert media_type in ACCEPTED_TYPES
    assert first_look(data[:HEAD_BYTES], len(data)) == media_type


@pytest.mark.parametrize(
    "data",
    [
        declaring(JPEG, 65_000, 65_000),
        declaring(JPEG, 17_000, 13_000),
        png_declaring(50_000, 50_000),
        png_declaring(10_001, 10_000),
        png_declaring(2**31 - 1, 2**31 - 1),
        WEBP[:26] + b"\xff\x3f\xff\x3f" + WEBP[30:],
        LOSSLESS[:21] + b"\xff\xff\xff\x0f" + LOSSLESS[25:],
        EXTENDED[:24] + b"\xff\xff\xff" * 2 + EXTENDED[30:],
    ],
)
def test_more_pixels_than_can_be_shown_are_refused_unseen(data: bytes) -> None:
    assert reason_at_first(data) is UnreadableReason.TOO_MANY_PIXELS
    assert reason(lambda: prepare(data)) is UnreadableReason.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        JPEG[:100],
        JPEG[:2] + JPEG[JPEG.index(b"\xff\xda") :],
        declaring(JPEG, 0, 480),
        b"\x89PNG\r\n\x1a\n",
        png_declaring(0, 0),
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
)
def test_a_header_without_a_picture_is_refused_at_first(data: bytes) -> None:
    assert reason_at_first(data) is UnreadableReason.DAMAGED
    assert reason(lambda: prepare(data)) is UnreadableReason.DAMAGED


def test_what_the_first_bytes_leave_open_is_for_the_decoder() -> None:
    """A frame behind long extras, and one behind bytes that are no segment."""
    extras = b"\xff\xe1\xff\xffExtended" + bytes(65_525)
    for data in (JPEG[:2] + extras * 2 + JPEG[2:], JPEG[:2] + b"\xff\xfe\0\4xx??" + JPEG[2:]):
        assert first_look(data[:HEAD_BYTES], len(data)) == "image/jpeg"
        assert prepare(data).width == 640


def test_more_pixels_that_only_the_decoder_finds_are_refused_before_it_decodes() -> None:
    data = JPEG[:2] + b"\xff\xfe\0\4xx??" + declaring(JPEG, 60_000, 60_000)[2:]
    assert first_look(data, len(data)) == "image/jpeg"
    assert reason(lambda: prepare(data)) is UnreadableReason.TOO_MANY_PIXELS


def test_a_file_beyond_the_limit_is_refused() -> None:
    data = JPEG.ljust(MAX_FILE_BYTES + 1, b"\0")
    assert reason(lambda: prepare(data)) is UnreadableReason.TOO_LARGE
    assert prepare(data[:MAX_FILE_BYTES]).width == 640


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "ICO", "AVIF"])
def test_a_picture_of_another_type_is_told_from_what_is_none(format: str) -> None:
    data = encoded(quarters(64, 64), format)
    assert reason_at_first(data) is UnreadableReason.TYPE_NOT_ACCEPTED
    assert reason(lambda: prepare(data)) is UnreadableReason.TYPE_NOT_ACCEPTED


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"\xff",
        b"%PDF-1.7\n",
        b"<html>",
        b"Dear reviewer, the photo did not work.",
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        bytes(5000),
    ],
)
def test_what_is_no_picture_is_refused_at_first(data: bytes) -> None:
    assert reason_at_first(data) is UnreadableReason.NO_PICTURE
    assert reason(lambda: prepare(data)) is UnreadableReason.NO_PICTURE


STARTS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8", HEIC[:400], b""]


@given(st.binary(max_size=2000), st.sampled_from(STARTS))
def test_any_bytes_are_a_photo_or_unreadable(data: bytes, start: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(prepare(start + data), PreparedPhoto)


SAMPLES = [
    encoded(quarters(64, 48), exif=exif(6)),
    encoded(quarters(64, 48), progressive=True),
    encoded(quarters(64, 48).convert("P"), "PNG", exif=exif(3)),
    encoded(quarters(64, 48), "WEBP", exif=exif(5)),
    HEIC,
]


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_photo_is_a_photo_or_unreadable(
    sample: bytes, damage: list[tuple[float, int]]
) -> None:
    data = bytearray(sample)
    for place, value in damage:
        data[int(place * len(data))] = value
    with suppress(Unreadable):
        assert isinstance(prepare(bytes(data)), PreparedPhoto)
