"""docs/vectors.md: its examples run as they stand, and its tables name what the files hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from tests.docs.texts import DOCUMENTS, ROOT, blocks, chapter
from tests.servers.debian import program

PAGE = DOCUMENTS["docs/vectors.md"]
FOLDER = ROOT / "tests" / "rules" / "vectors"


def held(name: str) -> dict[str, Any]:
    vectors: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return vectors


def named(title: str) -> set[str]:
    """The members that the table of a chapter has rows for."""
    return set(re.findall(r"^\| `(\w+)` \|", chapter(PAGE, title), re.MULTILINE))


def test_the_page_names_every_file() -> None:
    files = {path.name for path in FOLDER.glob("*.json")}
    assert set(re.findall(r"^## (\S+\.json)$", PAGE, re.MULTILINE)) == files
    assert set(re.findall(r"^\| \[(\S+)\]", PAGE, re.MULTILINE)) == files


def test_the_tables_name_every_member() -> None:
    (case, *_) = held("visits.json")["cases"]
    assert named("visits.json") == {"checklist", *case["visits"][0]}
    for name in ("conditions.json", "scoring.json"):
        assert named(name) == held(name).keys() - {"about"}
    for name in held("audits.json").keys() - {"about"}:
        assert f"`{name}`" in chapter(PAGE, "audits.json")


def test_the_worked_example_arrives_at_every_score() -> None:
    (example,) = blocks(PAGE, "python")
    run = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert (run.stderr, run.stdout) == ("", "11 of 11\n")


@pytest.mark.slow
def test_the_phones_rules_arrive_at_all_visits_and_a_wrong_one_is_named() -> None:
    (example,) = blocks(PAGE, "js")
    assert output(example) == "0 differ\n"
    later = example.replace(
        "score: scorer.trial(visit)", "score: { ...scorer.trial(visit), raw: 1 }"
    )
    assert later != example
    assert re.search(r"^retail store, visit 0\n", output(later), re.MULTILINE)


def output(script: str) -> str:
    node = program("node", "nodejs", package="nodejs")
    command = [node, "--input-type=module", "--eval", script]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert run.stderr == ""
    return run.stdout
