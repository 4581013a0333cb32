"""Documents keep PDF/UA-1 and PDF/A-2, as far as a machine can tell: rules read back with pypdf,
and the verdicts of readers that others wrote."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms
from pypdf import PdfReader

from audit_api.pdf import render, render_scorecard
from audit_api.pdf.painting.colours import srgb
from tests.pdf.reports import chinese_report, jpeg, open_jpeg, photos, question, report, touchpoint
from tests.pdf.scorecards import open_photo, scorecard
from tests.pdf.tagged import to_unicode
from tests.pdf.test_rare_text import rare_report
from tests.pdf.test_structure import MADE
from tests.servers.debian import archive, program

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    **MADE,
    "rare text": lambda: render(rare_report(), open_jpeg),
    "scorecard in Chinese and English": lambda: render_scorecard(scorecard("zh", "en"), open_photo),
}
# What PDF/A-1 asks for and PDF/A-2 no longer does: a list of the glyphs that are there, and a
# profile in the form of 2001.
OF_ITS_TIME = ("CIDSet entry is missing", "Invalid version of the ICCProfile")
CLAIM = b'pdfaid:part="2"'


@pytest.fixture(scope="module", params=DOCUMENTS)
def made(request: pytest.FixtureRequest) -> bytes:
    return DOCUMENTS[request.param]()


def root_of(data: bytes) -> Any:
    return PdfReader(BytesIO(data)).trailer["/Root"]


def xmp_of(data: bytes) -> ET.Element:
    stream = root_of(data)["/Metadata"]
    assert "/Filter" not in stream
    return ET.fromstring(stream.get_data().decode())


def test_the_metadata_says_what_the_properties_say() -> None:
    data = render(chinese_report(organisation="Fields & <Sons>"), open_jpeg)
    xmp, properties = xmp_of(data), PdfReader(BytesIO(data)).metadata
    assert properties is not None

    def told(path: str) -> str | None:
        return xmp.findtext(f".//{path}", namespaces=NAMES)

    assert told("dc:title//rdf:li") == properties.title
    assert told("dc:creator//rdf:li") == properties.author == "Fields & <Sons>"
    assert told("dc:description//rdf:li") == properties.subject
    assert told("pdf:Producer") == properties.producer
    assert told("xmp:CreatorTool") == properties.creator
    assert (told("xmp:CreateDate"), properties["/CreationDate"]) == ("2026-03-14", "D:20260314")
    assert (told("xmp:ModifyDate"), properties["/ModDate"]) == ("2026-03-14", "D:20260314")


def test_every_document_names_its_standards_and_what_they_ask_for(made: bytes) -> None:
    xmp, root = xmp_of(made), root_of(made)
    assert xmp.findtext(".//pdfuaid:part", namespaces=NAMES) == "1"
    claims = [each.attrib for each in xmp.iter(f"{{{NAMES['rdf']}}}Description")]
    assert {
        f"{{{NAMES['pdfaid']}}}part": "2",
        f"{{{NAMES['pdfaid']}}}conformance": "A",
        f"{{{NAMES['rdf']}}}about": "",
    } in claims
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] in ("en", "zh")
    trailer = PdfReader(BytesIO(made)).trailer
    assert trailer["/ID"][0] == trailer["/ID"][1]
    assert "/Encrypt" not in trailer
    assert not {b"/LZWDecode", b"/SMask", b"/ExtGState", b"/AA", b"/OpenAction"} & {
        word for word in made.replace(b"/", b" /").split() if word.startswith(b"/")
    }


def test_the_colours_are_meant_as_srgb(made: bytes) -> None:
    (intent,) = root_of(made)["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    assert intent["/DestOutputProfile"].get_data() == srgb()


def test_the_profile_is_srgb_to_whoever_knows_it_already() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(srgb()))
    theirs = ImageCms.createProfile("sRGB")
    levels = [
        (red, green, blue) for red in range(256) for green, blue in ((red, 255 - red), (0, 97))
    ]
    picture = Image.new("RGB", (len(levels), 1))
    picture.putdata(levels)
    shown = ImageCms.profileToProfile(picture, ours, theirs)
    assert shown is not None
    apart = [abs(a - b) for a, b in zip(picture.tobytes(), shown.tobytes(), strict=True)]
    assert max(apart) <= 1


def test_a_photo_in_inks_is_kept_and_the_document_does_not_claim_to_last() -> None:
    target = BytesIO()
    Image.new("CMYK", (64, 48)).save(target, "JPEG")
    part = touchpoint(question(photos=photos(1)))
    data = render(report(touchpoints=(part,)), lambda _: target.getvalue())
    assert CLAIM not in data
    assert xmp_of(data).findtext(".//pdfuaid:part", namespaces=NAMES) == "1"
    assert CLAIM in render(report(touchpoints=(part,)), lambda _: jpeg())


def test_every_font_is_carried_with_the_widths_that_it_tells(made: bytes) -> None:
    first: Any = PdfReader(BytesIO(made)).pages[0]
    fonts = first["/Resources"]["/Font"]
    assert fonts
    for font in fonts.values():
        glyphs = font.get_object()["/DescendantFonts"][0]
        program = TTFont(BytesIO(glyphs["/FontDescriptor"]["/FontFile2"].get_data()))
        start, widths = glyphs["/W"]
        order = program.getGlyphOrder()
        assert [program["hmtx"][name][0] for name in order[start:]] == widths


def test_no_sign_of_any_font_says_nothing(made: bytes) -> None:
    first: Any = PdfReader(BytesIO(made)).pages[0]
    for font in first["/Resources"]["/Font"].values():
        said = to_unicode(font)
        assert said
        assert all(text and "\0" not in text for text in said.values())


def test_a_checker_of_pdf_ua_finds_nothing(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(made)
    result = outloud.check(str(tmp_path / "made.pdf"), layers=["conformance"])
    assert result.error is None
    assert result.findings == []


def test_another_reader_finds_the_parts_in_their_order(tmp_path: Path) -> None:
    tool = program("pdfinfo", package="poppler-utils")
    (tmp_path / "made.pdf").write_bytes(render_scorecard(scorecard("en"), open_photo))
    told = subprocess.run(
        [tool, "-struct-text", tmp_path / "made.pdf"], check=True, capture_output=True
    )
    assert told.stderr == b""
    lines = [line.strip() for line in told.stdout.decode().splitlines()]
    heads = [lines[place + 1] for place, line in enumerate(lines) if line.startswith("H2")]
    assert heads[:3] == ['"Trend"', '"Scores by touchpoint"', '"Scores by dimension"']
    first = lines.index('"Arrival"')
    assert [line for line in lines[first:] if line.startswith('"')][:5] == [
        '"Arrival"',
        '"79.17%"',
        '"82.40%"',
        '"81.05%"',
        '"6"',
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report", "Chinese report", "scorecard"])
def test_a_validator_of_pdf_a_finds_nothing_but_what_has_been_given_up(
    name: str, tmp_path: Path
) -> None:
    """Apache's validator knows PDF/A-1 alone: the same objects, unpacked, under that name."""
    java = program("java", package="default-jre-headless")
    libraries = archive("preflight", "libpdfbox2-java", "libjaxb-api-java", "libactivation-java")
    whole = tmp_path / "made.pdf"
    whole.write_bytes(MADE[name]().replace(CLAIM, CLAIM.replace(b"2", b"1")))
    unpacked = ["--object-streams=disable", "--newline-before-endstream", "--force-version=1.4"]
    tool = program("qpdf", package="qpdf")
    subprocess.run([tool, *unpacked, whole, tmp_path / "old.pdf"], check=True)
    validator = "org.apache.pdfbox.preflight.Validator_A1b"
    told = subprocess.run(
        [java, "-cp", f"{libraries}/*", validator, tmp_path / "old.pdf"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert told.stdout.startswith("The file old.pdf is not a valid PDF/A-1b file"), told
    faults = told.stdout.splitlines()[1:]
    assert [each for each in faults if each and not any(of in each for of in OF_ITS_TIME)] == []
