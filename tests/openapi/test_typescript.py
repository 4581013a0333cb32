"""Clients in TypeScript, generated from the specification, do the whole work of the product."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from audit_api.manuscripts import checks
from tests.docs.texts import ROOT, blocks
from tests.openapi.commands import documentation, documented
from tests.openapi.server import PASSWORD, Served
from tests.servers import npm

SOURCES = Path(__file__).parent / "typescript"
FETCH = ("fetch_walk", "--exactOptionalPropertyTypes")
HEY = ("hey_walk",)
"""Each walk, and what its compiler is asked beyond `--strict`: what hey-api writes beside the
types does not compile with more."""


class Folder:
    """A folder with the sources of one walk and the client that is generated for it."""

    def __init__(self, path: Path, walk: str, served: Served) -> None:
        self.path, self.node = path, npm.node()
        for name in ("visit.ts", f"{walk}.ts", "tsconfig.json", "package.json"):
            shutil.copy(SOURCES / name, path)
        (path / "node_modules").symlink_to(npm.modules(SOURCES))
        self.served = served

    def generate(self, program: str) -> str:
        """Generate a client as the documentation says; return what the generator said."""
        return self.run(*documented(program, self.served))

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the packages, or a script; return what it said."""
        script = self.path / "node_modules/.bin" / program
        command = [self.node, str(script) if script.exists() else program, *arguments]
        done = subprocess.run(command, cwd=self.path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


def walk_of(served: Served, name: str) -> dict[str, Any]:
    """What a walk has to know, and its checklist as its author would send it."""
    written = (ROOT / "checklists/retail_store.yaml").read_bytes()
    document = checks.check(written).document
    assert isinstance(document, dict)
    return {
        "url": served.url,
        "domain": served.email.partition("@")[2],
        "password": PASSWORD,
        "photo": str(ROOT / "docs/walk-photo.jpg"),
        "document": document | {"key": name},
        "name": name,
    }


@pytest.mark.slow
@pytest.mark.parametrize(("walk", "strictness"), [(FETCH[0], FETCH[1:]), (HEY[0], HEY[1:])])
def test_a_generated_client_compiles_strictly_and_goes_all_the_way(
    served: Served, tmp_path: Path, walk: str, strictness: tuple[str, ...]
) -> None:
    folder = Folder(tmp_path, walk, served)
    folder.generate("openapi-typescript")
    if walk == "hey_walk":
        (settings,) = blocks(documentation(), "js")
        (tmp_path / "openapi-ts.config.js").write_text(settings)
        said = folder.generate("openapi-ts")
        assert "rror" not in said
        assert "arning" not in said
    folder.run("tsc", *strictness)
    (tmp_path / "walk.json").write_text(json.dumps(walk_of(served, walk)))
    assert folder.run(f"built/{walk}.js", "walk.json") == "walked\n"


def test_the_lock_names_no_registry() -> None:
    lock = (SOURCES / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity": "sha512-' in lock
