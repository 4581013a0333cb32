"""Photos in a report: embedded as they are, without what they carry, and never fatal."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from audit_api.errors import Kind, Problem
from audit_api.pdf import AuditReport, PhotoRef
from audit_api.pdf.photo import Unreadable, plain
from tests.pdf.reports import jpeg, open_jpeg, photos, question, read, report, touchpoint


def with_photos(*refs: PhotoRef, failed: bool = False) -> AuditReport:
    return report(touchpoints=(touchpoint(question(photos=refs, failed=failed)),))


def embedded(document: PdfReader) -> dict[str, bytes]:
    """The JPEG bytes of every picture in the document, by its name."""
    found = {}
    for page in document.pages:
        for name, picture in page["/Resources"].get("/XObject", {}).items():
            assert picture.get_object()["/Filter"] == ["/DCTDecode"]
            found[name] = picture.get_object()._data
    return found


def tagged() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Jane Archer"
    return jpeg(exif=exif.tobytes())


def test_a_photo_goes_in_byte_for_byte() -> None:
    (found,) = embedded(read(with_photos(PhotoRef("photo-3")))).values()
    assert found == open_jpeg("photo-3")


def test_a_finding_shows_and_carries_its_photo_once() -> None:
    asked = []

    def open_photo(key: str) -> bytes:
        asked.append(key)
        return open_jpeg(key)

    document = read(with_photos(PhotoRef("photo-3"), failed=True), open_photo)
    assert len(embedded(document)) == 1
    drawn = [page.get_contents().get_data().count(b" Do") for page in document.pages]
    assert sum(drawn) == 1
    assert asked == ["photo-3"]


def test_what_a_photo_tells_beside_its_picture_is_left_out() -> None:
    assert b"Jane Archer" in tagged()
    (found,) = embedded(read(with_photos(PhotoRef("any")), lambda _: tagged())).values()
    assert b"Jane" not in found
    assert b"Exif" not in found
    assert Image.open(BytesIO(found)).tobytes() == Image.open(BytesIO(tagged())).tobytes()


@pytest.mark.slow
def test_forty_photos_are_all_there_with_their_captions() -> None:
    document = read(with_photos(*photos(40)))
    text = " ".join(page.extract_text() for page in document.pages)
    assert len(embedded(document)) == 40
    assert all(f"Shelf {index}" in text for index in range(40))


@pytest.mark.parametrize(
    ("mode", "colours", "decoded"),
    [("L", "/DeviceGray", None), ("CMYK", "/DeviceCMYK", [1, 0, 1, 0, 1, 0, 1, 0])],
)
def test_grey_and_four_colour_photos_are_embedded_too(
    mode: str, colours: str, decoded: list[int] | None
) -> None:
    target = BytesIO()
    Image.new(mode, (32, 24)).save(target, "JPEG", progressive=True)
    document = read(with_photos(PhotoRef("any")), lambda _: target.getvalue())
    assert len(embedded(document)) == 1
    (picture,) = document.pages[0]["/Resources"]["/XObject"].values()
    assert picture.get_object()["/ColorSpace"] == colours
    assert picture.get_object().get("/Decode") == decoded


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"\xff\xd8\xff\xd9",
        jpeg()[:-40],
        jpeg()[:30] + b"\xff\xd9",
        b"\xff\xd8" + b"\x00" * 100_000 + b"\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x00\xff\xda\x00\x00\xff\xd9",
        jpeg().replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc0\x00\x11\x0c"),
    ],
)
def test_bytes_that_are_no_whole_jpeg_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        plain(content)


def lost(key: str) -> bytes:
    raise Problem(Kind.NOT_FOUND, noun="photo")


def broken(key: str) -> bytes:
    raise OSError("the disk")


@pytest.mark.parametrize("open_photo", [lost, broken, lambda key: b"", lambda key: tagged()[:99]])
def test_a_photo_that_cannot_be_shown_leaves_a_labelled_cell(open_photo: object) -> None:
    document = read(with_photos(PhotoRef("gone", "Till two")), open_photo)
    text = document.pages[0].extract_text()
    assert embedded(document) == {}
    assert "Photo unavailable" in text
    assert "Till two" in text


def test_a_store_that_is_away_stops_the_report() -> None:
    def away(key: str) -> bytes:
        raise Problem(Kind.UNAVAILABLE)

    with pytest.raises(Problem):
        read(with_photos(PhotoRef("any")), away)
