"""What a photo becomes: upright, small, in sRGB, and silent about who took it."""

from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from PIL.Image import Transpose

from audit_api.images.preparation import prepare
from tests.images.photos import BLUE, GREEN, GREY, HEIC, RED, encoded, exif, jpeg_of, quarters

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

# What a camera held so would have stored: the turn that each orientation undoes.
HELD = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def is_near(found: object, wanted: tuple[int, int, int], within: int = 12) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= within for one, other in zip(found, wanted, strict=True))


def shows_quarters(data: bytes) -> bool:
    image = opened(data)
    places = [(1, 1, RED), (3, 1, GREEN), (1, 3, BLUE), (3, 3, GREY)]
    return all(
        is_near(image.getpixel((image.width * x // 4, image.height * y // 4)), colour)
        for x, y, colour in places
    )


@pytest.mark.parametrize("orientation", HELD)
def test_every_orientation_is_turned_upright(orientation: int) -> None:
    turn = HELD[orientation]
    taken = quarters() if turn is None else quarters().transpose(turn)
    photo = prepare(encoded(taken, exif=exif(orientation)))
    assert (photo.width, photo.height) == (640, 480)
    for copy in (photo.display, photo.thumbnail):
        assert shows_quarters(copy)
    assert opened(photo.display).size == (640, 480)
    assert opened(photo.thumbnail).size == (320, 240)


@pytest.mark.parametrize(
    ("size", "display", "thumbnail"),
    [
        ((4032, 3024), (1600, 1200), (320, 240)),
        ((1000, 3000), (533, 1600), (106, 320)),
        ((100, 50), (100, 50), (100, 50)),
        ((5000, 1), (1600, 1), (320, 1)),
    ],
)
def test_copies_keep_the_proportions_and_are_never_enlarged(
    size: tuple[int, int], display: tuple[int, int], thumbnail: tuple[int, int]
) -> None:
    photo = prepare(encoded(quarters(*size)))
    assert (photo.width, photo.height) == size
    assert opened(photo.display).size == display
    assert opened(photo.thumbnail).size == thumbnail


def test_time_and_place_are_kept_as_data() -> None:
    photo = prepare(encoded(quarters(), exif=exif()))
    assert photo.taken_at == "2026-05-04T12:30:00+08:00"
    assert photo.place == (31.23, 121.47)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_every_format_tells_its_time_and_place(format: str) -> None:
    photo = prepare(encoded(quarters(), format, exif=exif()))
    assert photo.taken_at == "2026-05-04T12:30:00+08:00"
    assert photo.place == (31.23, 121.47)
    assert shows_quarters(photo.display)


def test_a_phones_heic_is_a_photo_like_any_other() -> None:
    photo = prepare(HEIC)
    assert (photo.width, photo.height) == (320, 240)
    assert photo.taken_at == "2026-05-04T12:30:00+08:00"
    assert photo.place == (31.23, 121.47)
    assert shows_quarters(photo.display)


@pytest.mark.parametrize("size", [(8064, 6048), (16320, 12240)], ids=["49 MP", "200 MP"])
def test_a_photo_of_todays_phones_is_made_small_while_it_is_read(size: tuple[int, int]) -> None:
    photo = prepare(jpeg_of(*size))
    assert (photo.width, photo.height) == size
    assert opened(photo.display).size == (1600, 1200)
    assert not photo.damaged


def test_a_photo_that_says_nothing_has_neither_time_nor_place() -> None:
    photo = prepare(encoded(quarters()))
    assert photo.taken_at is None
    assert photo.place is None


def test_south_and_west_are_negative() -> None:
    block = exif()
    block.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "S", GPS.GPSLongitudeRef: "W"})
    assert prepare(encoded(quarters(), exif=block)).place == (-31.23, -121.47)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (GPS.GPSLatitude, (91.0, 0.0, 0.0)),
        (GPS.GPSLatitude, (31.0,)),
        (GPS.GPSLatitudeRef, "?"),
        (GPS.GPSLongitude, (180.0, 0.0, 1.0)),
    ],
)
def test_a_place_that_is_none_on_earth_is_no_place(tag: int, value: object) -> None:
    block = exif()
    block.get_ifd(IFD.GPSInfo)[tag] = value
    photo = prepare(encoded(quarters(), exif=block))
    assert photo.place is None
    assert photo.taken_at is not None


@pytest.mark.parametrize(
    ("said", "offset", "kept"),
    [
        ("2026:05:04 12:30:00", "east", "2026-05-04T12:30:00"),
        ("2026:13:04 12:30:00", "+08:00", None),
        ("    :  :     :  :  ", "+08:00", None),
    ],
)
def test_a_time_that_is_none_is_not_kept(said: str, offset: str, kept: str | None) -> None:
    block = exif()
    block.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: said, Base.OffsetTimeOriginal: offset})
    assert prepare(encoded(quarters(), exif=block)).taken_at == kept


@pytest.mark.parametrize("profile", [SRGB, None], ids=["with a profile", "without"])
def test_copies_carry_no_metadata(profile: bytes | None) -> None:
    data = encoded(
        quarters(),
        exif=exif(6),
        comment=b"written by SHOPPER PHONE",
        icc_profile=profile,
        xmp=b"<x:xmpmeta>SHOPPER PHONE</x:xmpmeta>",
        dpi=(300, 300),
    )
    assert data.count(b"SHOPPER PHONE") == 3
    photo = prepare(data)
    for copy in (photo.display, photo.thumbnail):
        assert segments(copy) <= {"APP0", "DQT", "SOF0", "DHT", "SOS"}
        assert b"PHONE" not in copy


def segments(jpeg: bytes) -> set[str]:
    names = {0xE0: "APP0", 0xDB: "DQT", 0xC0: "SOF0", 0xC4: "DHT", 0xDA: "SOS"}
    found, at = set(), 2
    while "SOS" not in found:
        assert jpeg[at] == 0xFF
        found.add(names.get(jpeg[at + 1], hex(jpeg[at + 1])))
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def test_an_unusable_colour_profile_is_dropped() -> None:
    data = encoded(quarters(), icc_profile=b"not a profile" * 20)
    assert shows_quarters(prepare(data).display)


def test_colours_of_another_profile_become_srgb() -> None:
    # A screen whose first channel is blue: what it calls red is blue.
    swapped = SRGB.replace(b"rXYZ", b"****").replace(b"bXYZ", b"rXYZ").replace(b"****", b"bXYZ")
    assert shows_quarters(prepare(encoded(quarters(), icc_profile=SRGB)).display)
    display = opened(prepare(encoded(quarters(), icc_profile=swapped)).display)
    assert is_near(display.getpixel((160, 120)), BLUE)


@pytest.mark.parametrize("length", [8, 20, 60, 120, 170])
def test_a_broken_exif_block_spoils_no_photo(length: int) -> None:
    block = exif().tobytes()
    assert shows_quarters(prepare(encoded(quarters(), exif=block[:length])).display)


def test_the_same_photo_gives_the_same_bytes() -> None:
    data = encoded(quarters(2000, 1500), exif=exif(8))
    assert prepare(data) == prepare(data)


@pytest.mark.parametrize(
    "image", [quarters().convert("CMYK"), quarters().convert("L")], ids=["CMYK", "grey"]
)
def test_jpegs_of_other_colour_spaces_become_rgb(image: Image.Image) -> None:
    display = opened(prepare(encoded(image)).display)
    assert display.mode == "RGB"
    assert is_near(display.getpixel((10, 10)), image.convert("RGB").getpixel((10, 10)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("level", "shown"), [(0, 0), (255, 0), (32768, 128), (65535, 255)])
def test_sixteen_bits_of_grey_keep_their_brightness(level: int, shown: int) -> None:
    data = encoded(Image.new("I;16", (64, 64), level), "PNG")
    display = opened(prepare(data).display)
    assert is_near(display.getpixel((5, 5)), (shown,) * 3, within=1)


def half_transparent(mode: str) -> Image.Image:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 32, 64))
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    data = encoded(half_transparent(mode), "PNG")
    display = opened(prepare(data).display)
    assert is_near(display.getpixel((50, 32)), (255, 255, 255))
    left = RED if mode != "LA" else (87, 87, 87)
    assert is_near(display.getpixel((10, 32)), left, within=25)


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_transparent_colour_becomes_white(mode: str) -> None:
    black = (0, 0, 0) if mode == "RGB" else 0
    data = encoded(Image.new(mode, (64, 64)), "PNG", transparency=black)
    display = opened(prepare(data).display)
    assert is_near(display.getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_kept(format: str) -> None:
    others = [Image.new("RGB", (640, 480), BLUE)] * 3
    data = encoded(quarters(), format, save_all=True, append_images=others, quality=90)
    assert shows_quarters(prepare(data).display)


def test_of_a_jpeg_with_several_pictures_the_first_is_kept() -> None:
    other = Image.new("RGB", (320, 240), BLUE)
    data = encoded(quarters(), "MPO", save_all=True, append_images=[other])
    assert shows_quarters(prepare(data).display)


def mosaic(seed: int) -> Image.Image:
    small = Image.frombytes("L", (12, 9), Random(seed).randbytes(12 * 9))
    return small.resize((1200, 900)).convert("RGB")


def test_fingerprints_tell_a_near_duplicate_from_another_photo() -> None:
    scene, other = (mosaic(seed) for seed in (1, 2))
    one = prepare(encoded(scene, quality=95)).fingerprint
    near = prepare(encoded(scene.resize((800, 600)), quality=50)).fingerprint
    far = prepare(encoded(other)).fingerprint
    assert 0 <= one < 2**64
    assert (one ^ near).bit_count() <= 6
    assert (one ^ far).bit_count() > 6


def test_a_fingerprint_has_a_bit_where_the_photo_darkens() -> None:
    rising = Image.linear_gradient("L").rotate(90).convert("RGB")
    fading = rising.transpose(Transpose.FLIP_LEFT_RIGHT)
    assert prepare(encoded(fading, "PNG")).fingerprint == 2**64 - 1
    assert prepare(encoded(rising, "PNG")).fingerprint == 0
