"""The README's walk is docs/walk.sh, and it works against a real server on both pairs."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from audit_api.services.people import passwords
from tests.demonstration.loaded import Demonstration, loaded
from tests.docs.texts import DOCUMENTS, ROOT, blocks, chapter
from tests.faults.server import Server
from tests.pairs import PAIRS

WALK = (ROOT / "docs/walk.sh").read_text(encoding="utf-8")
DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")
STEP = re.compile(r"^step ['\"](.*)['\"]$", re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """Return the walk's steps: title and commands."""
    _, *rest = STEP.split(WALK)
    return [(title, text.strip()) for title, text in zip(rest[::2], rest[1::2], strict=True)]


def test_the_readme_shows_the_steps_of_the_script() -> None:
    told = chapter(DOCUMENTS["README.md"], "The main job by curl")
    titles = re.findall(r"^\*\*(.*)\*\*$", told, re.MULTILINE)
    assert [*zip(titles, map(str.strip, blocks(told, "sh")), strict=True)] == steps()


def shown(block: str) -> str:
    """Return the pattern of an output that the README shows: `…` is anything, a day any day."""
    parts = (re.escape(part) for part in "".join(block.split()).split("…"))
    text = DAY.sub(r"\\d{4}-\\d\\d(-\\d\\d)?", ".*?".join(parts).replace(r"\-", "-"))
    return text.replace(re.escape("http://127.0.0.1:8000"), "http.*?")


def test_a_shown_output_is_met_by_its_like_alone() -> None:
    pattern = shown('{"id": "…",\n "day": "2026-11-20", "score": 79.53, …}\n')
    assert re.search(pattern, '{"id":"7","day":"2031-01-02","score":79.53,"n":1}')
    assert not re.search(pattern, '{"id":"7","day":"2031-01-02","score":79.54,"n":1}')


@pytest.mark.slow
def test_the_demonstration_prints_every_step(demonstration: Demonstration) -> None:
    for title, text in steps():
        printed = text.replace(passwords.PUBLISHED, demonstration.password)
        assert f"# {title}\n{printed}\n" in demonstration.said
    assert "set -euo" not in demonstration.said  # it would end the shell that it is pasted into


@pytest.fixture(params=PAIRS)
def walked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """A demonstration of its own: the walk changes it."""
    with loaded(request, tmp_path_factory.mktemp("walked")) as demonstration:
        yield demonstration


@pytest.mark.slow
def test_the_walk_leads_from_the_phone_to_the_report(walked: Demonstration, tmp_path: Path) -> None:
    server = Server(walked.settings, workers=1)
    try:
        server.start()
        walk = subprocess.run(
            ["bash", "docs/walk.sh", server.url, walked.password],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)},
            timeout=120,
        )
    finally:
        server.close()
    assert walk.returncode == 0, walk.stdout + walk.stderr
    (folder,) = tmp_path.iterdir()

    def came(name: str) -> dict:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    assert came("arrival.json")["receipt"]["complete"] is True
    assert came("approved.json")["state"] == "approved"
    assert came("scorecard.json")["audits"] >= 1
    for name, words in (("report-en.pdf", "Mystery shopping"), ("report-zh.pdf", "神秘顾客")):
        pages = pypdf.PdfReader(io.BytesIO((folder / name).read_bytes())).pages
        text = "".join(page.extract_text() for page in pages)
        assert words in text
        assert "79.53" in text
        assert any(page.images for page in pages)
    if "PHOTO_STORE" not in walked.settings:  # of a ticket, the README shows the local one
        told = chapter(DOCUMENTS["README.md"], "The main job by curl")
        printed = "".join(walk.stdout.split())
        for block in blocks(told, "text"):
            found = re.search(shown(block), printed, re.DOTALL)
            assert found, block + printed
            printed = printed[found.end() :]
