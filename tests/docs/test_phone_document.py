"""What docs/phone.md shows is run as it stands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from audit_api import phone
from audit_api.rules import authoring
from tests.docs.texts import DOCUMENTS, blocks
from tests.rules.documents import document, question
from tests.servers.debian import program

pytestmark = pytest.mark.slow

RULES = Path(phone.__file__).parent / "rules"
SHOW = """
const told = preview(JSON.parse(process.argv[2]), JSON.parse(process.argv[3]));
console.log(JSON.stringify({ ...told, asked: [...told.asked] }));
"""


def test_the_example_tells_what_is_asked_what_is_missing_and_the_score(tmp_path: Path) -> None:
    (example,) = blocks(DOCUMENTS["docs/phone.md"], "js")
    script = tmp_path / "preview.mjs"
    script.write_text(example.replace('"/phone/rules/', f'"{RULES.as_uri()}/') + SHOW, "utf-8")
    written = document(
        question("greeted"),
        question("why", "text", condition={"question": "greeted", "equals": "no"}),
        question("clean"),
    )
    normal = json.dumps(authoring.document(authoring.parse(written)))
    visit = json.dumps({"answers": {"greeted": {"value": "yes"}}})
    node = program("node", "nodejs", package="nodejs")
    run = subprocess.run([node, script, normal, visit], capture_output=True, encoding="utf-8")
    assert run.stderr == ""
    told = json.loads(run.stdout)
    assert told["asked"] == ["greeted", "clean"]
    assert [fault["code"] for fault in told["toDo"]] == ["answer_missing"]
    assert told["score"]["final"] == 10_000
    assert told["score"]["visible"] == 2
