"""docs/checklists.md: every example in it is a checklist, or a part of one, without a fault; what
it says of commands and scores is what they do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import textwrap
from pathlib import Path

import pytest
from flask import Flask

from audit_api.manuscripts import checks
from audit_api.rules.scoring import Visit, compile_scorer
from tests.demonstration.loaded import Demonstration
from tests.docs.test_walk import steps
from tests.docs.texts import DOCUMENTS, ROOT, blocks, chapter
from tests.faults.server import Server

AROUND = """\
format: 1
key: example
locales: [en, zh]
title: {en: Example, zh: 示例}
touchpoints:
  - key: example_touchpoint
    title: {en: Example, zh: 示例}
    questions:
      - {key: example_question, type: yes_no, title: {en: Example?, zh: 示例？}}
"""


def examples() -> list[str]:
    guide = (ROOT / "docs" / "checklists.md").read_text("utf-8")
    return re.findall(r"^```yaml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)


def questions() -> list[str]:
    return [each for each in examples() if each.startswith("- key")]


def wholes() -> list[str]:
    return [each for each in examples() if not each.startswith("- key")]


@pytest.mark.parametrize("example", wholes())
def test_a_whole_example_gives_no_error_and_no_warning(example: str) -> None:
    checked = checks.check(example)
    assert (checked.errors, checked.warnings) == ((), ())


@pytest.mark.parametrize("example", questions())
def test_questions_of_the_guide_can_be_put_into_any_touchpoint(example: str) -> None:
    checked = checks.check(AROUND + textwrap.indent(example, " " * 6))
    assert (checked.errors, checked.warnings) == ((), ())


def test_the_guide_shows_questions_of_most_kinds() -> None:
    shown = {kind for each in examples() for kind in re.findall(r"type: (\w+)", each)}
    assert len(questions()) >= 5
    assert {"single", "several", "yes_no", "scale", "number", "duration", "count"} <= shown


def tea_shop() -> str:
    return next(each for each in examples() if "\nkey: tea_shop\n" in each)


def test_the_guide_shows_what_a_check_says(
    shared_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mistaken = (
        tea_shop().replace("yes_no", "yesno", 1).replace("          zh: 吧台是否干净？\n", "")
    )
    Path("tea_shop.yaml").write_text(mistaken, encoding="utf-8")
    said = shared_app.test_cli_runner().invoke(args=["checklists", "check", "tea_shop.yaml"])
    shown = chapter(DOCUMENTS["docs/checklists.md"], "Try it")
    assert f"```\n{said.stdout}```" in shown


def test_the_sum_of_the_demerits_is_right() -> None:
    example = next(each for each in examples() if "key: demerits" in each)
    checklist = checks.check(example).checklist
    assert checklist is not None
    answers = {"greeted": {"value": "no"}, "litter": {"value": 3}}
    score = compile_scorer(checklist).score(Visit(answers))
    assert (score.final, score.passed) == (8900, True)


@pytest.mark.slow
def test_a_checklist_is_put_to_work_as_the_guide_says(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    path = tmp_path / "tea_shop.yaml"
    path.write_text(tea_shop(), encoding="utf-8")
    command = ["checklists", "publish", str(path), "--organisation", "demo"]
    assert demonstration.app.test_cli_runner().invoke(args=command).exit_code == 0
    (work,) = blocks(chapter(DOCUMENTS["docs/checklists.md"], "Put it to work"), "sh")
    (_, before), (_, login) = steps()[:2]
    server = Server(demonstration.settings, workers=1)
    try:
        server.start()
        done = subprocess.run(
            [
                "bash",
                "-euo",
                "pipefail",
                "-c",
                f"{before}\n{login}\n{work}",
                "bash",
                server.url,
                demonstration.password,
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)},
            timeout=120,
        )
    finally:
        server.close()
    assert done.returncode == 0, done.stdout + done.stderr
    _, preview, assignment = map(json.loads, filter(None, done.stdout.splitlines()))
    assert [fault["pointer"] for fault in preview["faults"]] == ["/answers/receipt"]
    assert assignment["state"] == "assigned"
