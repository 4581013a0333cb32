"""docs/conditions.md: its tables say what is taken, and its examples are checklists that work."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit_api.rules import authoring
from audit_api.rules.authoring.conditions import TESTS_OF_ATTRIBUTES, TESTS_OF_QUESTIONS
from audit_api.rules.authoring.domains import MAX_COMBINATIONS
from audit_api.rules.authoring.reachability import Reach, reach
from audit_api.rules.checklist.conditions import Operator
from tests.docs.texts import DOCUMENTS, ROOT, blocks, chapter
from tests.rules.vectors.make_conditions import FROZEN
from tests.servers.debian import program

Json = dict[str, Any]

PAGE = DOCUMENTS["docs/conditions.md"]


def example() -> Json:
    """One checklist of all the examples."""
    declared, *touchpoints = (YAML(typ="safe").load(block) for block in blocks(PAGE, "yaml"))
    return {
        "format": 1,
        "key": "example",
        "locales": ["en"],
        "title": {"en": "Example"},
        "touchpoints": [touchpoint for listed in touchpoints for touchpoint in listed],
        **declared,
    }


def test_the_examples_are_a_checklist_without_faults_or_idle_conditions() -> None:
    parsed = authoring.parse(example())
    assert len(parsed.touchpoints) == 5
    found = reach(parsed)
    assert len(found) == 7
    assert set(found.values()) == {Reach.REACHABLE}


def test_the_table_tells_which_tests_each_type_takes() -> None:
    told: dict[str, set[str]] = {}
    rows = re.findall(r"^\| (.+?) \| (.+?) \| .*\|$", chapter(PAGE, "The language"), re.MULTILINE)
    for of, tests in rows:
        operators = set(re.findall(r"`(\w+)`", tests)) & set(Operator)
        for kind in re.findall(r"`(\w+)`", of):
            told[of[:5] + kind if of.startswith("site ") else kind] = (
                told["scale"] if tests.startswith("the same") else operators
            )
    taken = {
        **{kind.value: set(tests) for kind, tests in TESTS_OF_QUESTIONS.items()},
        **{f"site {kind}": set(tests) for kind, tests in TESTS_OF_ATTRIBUTES.items()},
    }
    assert told == taken


def test_the_figures_are_those_of_the_code_and_the_vectors() -> None:
    vectors = json.loads(FROZEN.read_text("utf-8"))
    cases = len(vectors["conditions"]) + len(vectors["visible"])
    assert f"some {round(cases, -2)} frozen cases" in PAGE
    assert f"as {MAX_COMBINATIONS:,} combinations" in PAGE.replace("\n", " ")


def test_the_python_works() -> None:
    (block,) = blocks(PAGE, "python")
    exec(block, {"document": example()})


@pytest.mark.slow
def test_the_javascript_works() -> None:
    (block,) = blocks(PAGE, "js")
    first, _, rest = block.partition("\n\n")
    shown = rest.replace("evaluate(", "const held = evaluate(").replace(
        "visible(checklist,", "const asked = visible(checklist,"
    )
    source = (
        f"{first}\nconst checklist = {json.dumps(example())};\n{shown}\n"
        "console.log(JSON.stringify([held, [...asked]]));"
    )
    node = program("node", "nodejs", package="nodejs")
    told = subprocess.run(
        [node, "--input-type=module"], input=source, capture_output=True, encoding="utf-8", cwd=ROOT
    )
    assert told.returncode == 0, told.stderr
    held, asked = json.loads(told.stdout)
    assert held is True
    assert asked[:2] == ["queued", "queue_time"]
    assert asked[-1] == "arrived"
