"""The modules of the pages are small, typed, and ask no other host."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.texts import ROOT
from tests.openapi.test_typescript import SOURCES
from tests.servers import npm

STATIC = ROOT / "audit_api/console/static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
MAX_LINES = 300


@pytest.mark.slow
def test_the_compiler_finds_nothing_wrong_with_their_types() -> None:
    compiler = npm.modules(SOURCES) / ".bin/tsc"
    command = [
        npm.node(),
        str(compiler),
        "--project",
        str(Path(__file__).with_name("tsconfig.json")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "path", [*SCRIPTS, *sorted(STATIC.glob("*.css"))], ids=lambda path: path.name
)
def test_a_file_of_a_page_is_no_longer_than_a_reader_can_hold_and_names_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    assert not re.search(r"https?://(?!www\.w3\.org/)|url\((?!\"?fonts/)", text)
