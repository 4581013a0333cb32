"""What is no photo for us: refused with a reason, whatever the bytes."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from audit_api.images.formats import ACCEPTED_TYPES, MAX_FILE_BYTES, READS_HEIC, sniff
from audit_api.images.preparation import prepare
from audit_api.images.prepared import PreparedPhoto, Reason, Unreadable
from tests.images.photos import encoded, exif, png_declaring, quarters


def reason(data: bytes, media_type: str) -> Reason:
    with pytest.raises(Unreadable) as caught:
        prepare(data, media_type)
    return caught.value.reason


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_001, 5_000), (2**31 - 1, 2**31 - 1)])
def test_more_than_forty_megapixels_are_refused_unseen(size: tuple[int, int]) -> None:
    assert reason(png_declaring(*size), "image/png") is Reason.TOO_MANY_PIXELS


def test_a_file_beyond_the_limit_is_refused() -> None:
    data = encoded(quarters()).ljust(MAX_FILE_BYTES + 1, b"\0")
    assert reason(data, "image/jpeg") is Reason.TOO_LARGE
    assert prepare(data[:MAX_FILE_BYTES], "image/jpeg").width == 640


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_truncated_photo_is_refused(format: str, part: float) -> None:
    data = encoded(Image.frombytes("RGB", (400, 300), Random(1).randbytes(360_000)), format)
    assert reason(data[: int(len(data) * part)], f"image/{format.lower()}") is Reason.DAMAGED


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "PPM", "ICO", "PDF"])
def test_other_formats_are_refused_whatever_they_are_called(format: str) -> None:
    for media_type in ("image/jpeg", f"image/{format.lower()}"):
        assert reason(encoded(quarters(64, 64), format), media_type) is Reason.NOT_ACCEPTED


def test_a_declared_type_that_is_not_the_files_is_refused() -> None:
    assert reason(encoded(quarters(), "PNG"), "image/jpeg") is Reason.TYPE_DIFFERS


def test_heic_is_accepted_exactly_where_it_can_be_read() -> None:
    assert sniff(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") == "image/heic"
    assert ("image/heic" in ACCEPTED_TYPES) is READS_HEIC


@given(st.binary(max_size=2000), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b""]))
def test_any_bytes_are_a_photo_or_unreadable(data: bytes, start: bytes) -> None:
    for media_type in ACCEPTED_TYPES:
        with suppress(Unreadable):
            assert isinstance(prepare(start + data, media_type), PreparedPhoto)


SAMPLES = [
    ("image/jpeg", encoded(quarters(64, 48), exif=exif(6))),
    ("image/jpeg", encoded(quarters(64, 48), progressive=True)),
    ("image/png", encoded(quarters(64, 48).convert("P"), "PNG", exif=exif(3))),
    ("image/webp", encoded(quarters(64, 48), "WEBP", exif=exif(5))),
]


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_photo_is_a_photo_or_unreadable(
    sample: tuple[str, bytes], damage: list[tuple[float, int]]
) -> None:
    media_type, good = sample
    data = bytearray(good)
    for place, value in damage:
        data[int(place * len(data))] = value
    with suppress(Unreadable):
        assert isinstance(prepare(bytes(data), media_type), PreparedPhoto)
