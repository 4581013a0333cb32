"""A small upright photo is shown in its own coded data, and nothing else of its file is."""

from __future__ import annotations

import io
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from audit_api.images.colours import in_srgb
from audit_api.images.preparation import prepare
from audit_api.images.stripped import picture_alone
from tests.images.photos import BLUE, encoded, exif, quarters

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
NAME = b"SHOPPER PHONE"

FRAME, CODES, SCAN = b"\xff\xc0", b"\xff\xc4", b"\xff\xda"


@cache
def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Return what compresses as photos do: soft shapes, a little grain."""
    small = Image.frombytes("RGB", (16, 12), Random(1).randbytes(16 * 12 * 3))
    grain = Image.frombytes("L", (width, height), Random(2).randbytes(width * height))
    soft = small.resize((width, height), Image.Resampling.BICUBIC)
    return Image.blend(soft, grain.convert("RGB"), 0.04)


PHOTO = encoded(scene(), quality=80)
PROGRESSIVE = encoded(scene(), quality=80, progressive=True)


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def before(marker: bytes, more: bytes, data: bytes = PHOTO) -> bytes:
    at = data.index(marker)
    return data[:at] + more + data[at:]


def is_kept(data: bytes) -> bool:
    return prepare(data).display == picture_alone(PHOTO)


@pytest.mark.parametrize("data", [PHOTO, PROGRESSIVE], ids=["baseline", "progressive"])
def test_a_small_photo_is_shown_as_it_was_coded(data: bytes) -> None:
    display = prepare(data).display
    assert pixels(display) == pixels(data)
    assert data[data.index(SCAN) :] == display[display.index(SCAN) :]


MPF = encoded(
    scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), BLUE)], quality=80
)
THUMBNAIL = b"JFXX\0\x10" + encoded(quarters(64, 48), comment=NAME)
HIDING_PLACES = {
    "EXIF": encoded(scene(), quality=80, exif=exif()),
    "XMP": encoded(scene(), quality=80, xmp=NAME),
    "a comment": encoded(scene(), quality=80, comment=NAME),
    "a comment before the scan": before(SCAN, segment(0xFE, NAME)),
    "a profile of sRGB": encoded(scene(), quality=80, icc_profile=SRGB),
    "resolution": encoded(scene(), quality=80, dpi=(301, 299)),
    "a thumbnail": before(b"\xff\xdb", segment(0xE0, THUMBNAIL)),
    "any application's segment": before(b"\xff\xdb", segment(0xEB, NAME)),
    "a colour transform that says more": before(
        b"\xff\xdb", segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + NAME)
    ),
    "a segment of Adobe's number": before(b"\xff\xdb", segment(0xEE, NAME)),
    "behind the picture": PHOTO + NAME + PHOTO,
    "a second picture": MPF,
}


@pytest.mark.parametrize("data", HIDING_PLACES.values(), ids=HIDING_PLACES)
def test_whatever_a_file_says_beside_its_picture_the_copy_is_the_same(data: bytes) -> None:
    assert is_kept(data)


def test_a_kept_picture_has_nothing_but_what_decoding_needs() -> None:
    names = {0xE0: "APP0", 0xDB: "DQT", 0xC0: "SOF0", 0xC4: "DHT", 0xDA: "SOS"}
    data = prepare(HIDING_PLACES["EXIF"]).display
    found, at = [], 2
    while "SOS" not in found:
        found.append(names[data[at + 1]])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    assert found == ["APP0", "DQT", "DQT", "SOF0", *["DHT"] * 4, "SOS"]
    assert data[:20] == b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"


def changed(old: bytes, new: bytes, data: bytes = PHOTO) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


CODED = PHOTO[PHOTO.index(SCAN) :]
FIRST_CODES = PHOTO[(at := PHOTO.index(CODES)) : at + 2 + int.from_bytes(PHOTO[at + 2 : at + 4])]
STRANGE = {
    "grey": encoded(scene().convert("L"), quality=80),
    "four colours": encoded(scene().convert("CMYK"), quality=80),
    "RGB": encoded(scene(), quality=80, keep_rgb=True),
    "Adobe's RGB": before(b"\xff\xdb", segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")),
    "tables of a camera": encoded(scene(), qtables=[[7] * 64, [9] * 64]),
    "tables of a camera, in sixteen bits": changed(b"\xff\xdb\0\x43\0", b"\xff\xdb\0\x43\x10"),
    "tables behind the frame": before(SCAN, segment(0xDB, b"\0" + bytes([9] * 64))),
    "no end": PHOTO[:-2],
    "an end that is cut": PHOTO[:-1],
    "a segment beyond the end": changed(b"\xff\xdb\0\x43", b"\xff\xdb\xff\xff"),
    "a segment shorter than its length": changed(b"\xff\xdb\0\x43", b"\xff\xdb\0\1"),
    "bytes between segments": before(FRAME, b"??"),
    "what is nearly a segment": before(FRAME, b"?\xfe\0\2"),
    "twelve bits": changed(FRAME + b"\0\x11\x08", FRAME + b"\0\x11\x0c"),
    "a frame that is short": changed(
        FRAME + PHOTO[PHOTO.index(FRAME) + 2 :][:17],
        FRAME + b"\0\x0f" + PHOTO[PHOTO.index(FRAME) + 4 :][:13],
    ),
    "fill bytes": before(FRAME, b"\xff"),
    "fill bytes behind a scan": changed(b"\xff\xd9", b"\xff\xff\xd9"),
    "a second frame": before(SCAN, PHOTO[PHOTO.index(FRAME) : PHOTO.index(CODES)]),
    "extended": changed(FRAME, b"\xff\xc1"),
    "arithmetic": changed(FRAME, b"\xff\xc9"),
    "lines told later": changed(b"\xff\xd9", segment(0xDC, b"\1\x2c") + b"\xff\xd9"),
    "other names of components": changed(b"\1\x22\0\2\x11\1\3\x11\1", b"\0\x22\0\1\x11\1\2\x11\1"),
    "codes with more behind them": changed(FIRST_CODES, segment(0xC4, FIRST_CODES[4:] + NAME)),
    "an interval with more behind it": before(SCAN, segment(0xDD, b"\0\0" + NAME)),
    "a scan with more behind its head": changed(CODED[:14], segment(0xDA, CODED[4:14] + NAME)),
    "a scan without a head": changed(CODED[:14], segment(0xDA, b"")),
    "no scan": PHOTO[: PHOTO.index(SCAN)] + b"\xff\xd9",
    "a scan before its frame": PHOTO[: PHOTO.index(FRAME)] + CODED,
    "a scan of no colour": PHOTO[: PHOTO.index(SCAN)] + b"\xff\xda",
    "more segments than any picture": before(FRAME, segment(0xFE, b"") * 1000),
    "nothing": b"",
}


@pytest.mark.parametrize("data", STRANGE.values(), ids=STRANGE)
def test_what_is_out_of_the_ordinary_is_not_passed_on(data: bytes) -> None:
    assert picture_alone(data) is None


@given(st.lists(st.tuples(st.integers(0, len(PHOTO) - 1), st.integers(0, 255)), max_size=6))
def test_whatever_is_passed_on_is_only_a_picture(damage: list[tuple[int, int]]) -> None:
    data = bytearray(HIDING_PLACES["EXIF"])
    for place, value in damage:
        data[place] = value
    alone = picture_alone(bytes(data))
    if alone is not None:
        assert picture_alone(alone) == alone
        assert NAME not in alone


@given(st.binary(max_size=300), st.sampled_from([2, PHOTO.index(FRAME), PHOTO.index(SCAN)]))
def test_any_bytes_are_walked_over_or_left(data: bytes, at: int) -> None:
    alone = picture_alone(PHOTO[:at] + data)
    assert alone is None or picture_alone(alone) == alone


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_photo_is_coded_anew(orientation: int) -> None:
    assert not is_kept(encoded(scene(), quality=80, exif=exif(orientation)))


@pytest.mark.parametrize(
    "data",
    [
        encoded(scene(), qtables=[[3] * 64, [3] * 64]),
        encoded(scene(), quality=99, subsampling=0),
        encoded(scene(1700, 300), quality=80),
    ],
    ids=["tables of a camera", "heavy", "large"],
)
def test_what_is_coded_anew_has_the_tables_of_every_copy(data: bytes) -> None:
    display = prepare(data).display
    assert len(display) < len(data)
    assert tables(display) == tables(encoded(quarters(), quality=82))


def tables(data: bytes) -> object:
    return Image.open(io.BytesIO(data)).quantization  # type: ignore[attr-defined]


def test_of_a_broken_photo_nothing_is_passed_on() -> None:
    for share in (0.3, 0.9, 0.999):
        broken = PHOTO[: int(len(PHOTO) * share)]
        photo = prepare(broken)
        assert photo.damaged
        assert photo.display not in (picture_alone(broken + b"\xff\xd9"), picture_alone(PHOTO))


def test_libjpegs_tables_are_those_of_the_standard() -> None:
    """ITU-T T.81, tables K.1 and K.2, which quality 50 leaves as they are."""
    bright, colour = tables(encoded(quarters(), quality=50)).values()  # type: ignore[attr-defined]
    assert bright[:8] == [16, 11, 10, 16, 24, 40, 51, 61]
    assert colour[:8] == [17, 18, 24, 47, 99, 99, 99, 99]


def test_a_picture_kept_and_one_coded_anew_are_near_duplicates() -> None:
    anew = prepare(encoded(scene(), qtables=[[3] * 64, [3] * 64]))
    assert (prepare(PHOTO).fingerprint ^ anew.fingerprint).bit_count() <= 2


@pytest.mark.parametrize("quality", [20, 30, 40, 50, 60, 70, 80, 90])
@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_copy_is_never_larger_than_what_came(
    quality: int, orientation: int, progressive: bool
) -> None:
    options = {"quality": quality, "progressive": progressive, "optimize": True}
    data = encoded(scene(), exif=exif(orientation), **options)
    assert len(prepare(data).display) <= len(data)


@pytest.mark.parametrize(("format", "quality"), [("WEBP", 86), ("JPEG", 80)])
def test_a_copy_gives_up_a_little_of_its_quality_for_that(format: str, quality: int) -> None:
    data = encoded(scene(), format, quality=quality, exif=exif(6))
    assert tables(prepare(data).display) == tables(encoded(quarters(), quality=74))


def test_letters_of_a_lossless_picture_are_not_blurred() -> None:
    data = encoded(quarters(), "PNG")
    display = prepare(data).display
    assert len(display) > len(data)
    assert tables(display) == tables(encoded(quarters(), quality=82))


def test_a_picture_that_is_in_srgb_is_not_copied() -> None:
    image = quarters()
    assert in_srgb(image, None) is image
    assert in_srgb(image, SRGB) is image
