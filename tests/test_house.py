"""The house stands: every import under audit_api goes down, and no module grows out of sight."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "audit_api"
LONGEST = 300
COMPUTED = "a module whose name is computed"

ANY = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Room:
    """What a room of the house may import: other rooms, and libraries beside the standard one."""

    rooms: frozenset[str]
    libraries: frozenset[str]


def room(rooms: str = "", libraries: str = "") -> Room:
    return Room(frozenset(rooms.split()), frozenset(libraries.split()))


ENTRANCE = room("services manuscripts sheets rules errors words database", "*")

# A room is a module or package right under audit_api; it may always import itself.
HOUSE: Mapping[str, Room] = {
    "errors": room(),
    "rules": room("errors"),
    "words": room("rules errors"),
    "config": room(),
    "database": room("rules errors", "*"),
    "manuscripts": room("sheets words rules errors", "yaml ruamel pyxform"),
    "models": room("database rules errors", "sqlalchemy"),
    "storage": room("rules errors", "boto3 botocore"),
    "pdf": room("rules errors", "reportlab"),
    "images": room("rules errors", "PIL pillow_heif"),
    "sheets": room("rules errors", "openpyxl xlsxwriter"),
    "services": room(
        "manuscripts models storage pdf images sheets words database rules errors", "*"
    ),
    "api": ENTRANCE,
    "console": ENTRANCE,
    "phone": ENTRANCE,
    "worker": ENTRANCE,
    "cli": ENTRANCE,
    "app": Room(ANY, ANY),
}

WEB = "app api console phone worker cli"

# The only places of a library, as modules or packages under audit_api.
KEPT_IN: Mapping[str, str] = {
    "boto3": "storage.s3",
    "botocore": "storage.s3",
    "reportlab": "pdf",
    "PIL": "images cli.demonstration.drawing",
    "pillow_heif": "images",
    "celery": "worker",
    "openpyxl": "sheets",
    "psycopg": "database",
    "pyxform": "manuscripts.xlsform",
    "xlsxwriter": "sheets",
    "yaml": "manuscripts.yaml",
    "flask": WEB,
    "flask_limiter": WEB,
    "flask_migrate": WEB,
    "flask_smorest": WEB,
    "flask_sqlalchemy": "database",
    "webargs": WEB,
    "werkzeug": WEB,
}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the module that holds it, its line, and the module that it asks for."""

    module: str
    line: int
    target: str
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def violations(sources: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the imports of `sources`, module name → source, in words."""
    imports = [found for module in sources for found in imports_of(module, sources)]
    faults = [fault for found in imports for fault in faults_of(found)]
    return faults + cycles(imports, sources)


def imports_of(module: str, sources: Mapping[str, str]) -> Iterator[Import]:
    """Yield the imports of one module, those inside functions marked as hidden."""
    tree = ast.parse(sources[module])
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.walk(node)
    }
    is_package = any(other.startswith(f"{module}.") for other in sources)
    for node in ast.walk(tree):
        for target in targets(node, module, sources, is_package=is_package):
            hidden = id(node) in inside or target == COMPUTED
            yield Import(module, getattr(node, "lineno", 0), target, hidden)


def targets(
    node: ast.AST, module: str, sources: Mapping[str, str], *, is_package: bool
) -> list[str]:
    """Return the modules that a syntax node asks for; a call that imports counts as well."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parts = module.split(".")
            parents = parts[: len(parts) - node.level + is_package]
            base = ".".join(parents + ([node.module] if node.module else []))
        names = [f"{base}.{alias.name}" for alias in node.names]
        return [name if name in sources else base for name in names]
    if isinstance(node, ast.Call):
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in ("__import__", "import_module"):
            asked = node.args[0].value if isinstance(node.args[0], ast.Constant) else COMPUTED
            return [str(asked)]
    return []


def faults_of(found: Import) -> Iterator[str]:
    if found.hidden:
        yield f"{found}, hidden from readers: import at the top of the module"
    here = found.module.split(".")
    there = found.target.split(".")
    if there[0] == PACKAGE:
        yield from faults_of_arrow(found, room_of(here), room_of(there))
    elif there[0] not in sys.stdlib_module_names and found.target != COMPUTED:
        yield from faults_of_library(found, room_of(here), there[0])


def room_of(path: list[str]) -> str:
    return path[1] if len(path) > 1 else ""


def faults_of_arrow(found: Import, here: str, there: str) -> Iterator[str]:
    if not here or here == there:
        return
    if here not in HOUSE:
        yield f"{found}: audit_api/{here} is no room of the house"
    elif not (HOUSE[here].rooms == ANY or there in HOUSE[here].rooms):
        yield f"{found}: {here} may import {listed(HOUSE[here].rooms)}"


def faults_of_library(found: Import, here: str, library: str) -> Iterator[str]:
    place = found.module.removeprefix(f"{PACKAGE}.")
    homes = KEPT_IN.get(library, "").split()
    if homes and not any(place == home or place.startswith(f"{home}.") for home in homes):
        yield f"{found}: {library} belongs in {' or '.join(homes)}"
    elif here in HOUSE and not (HOUSE[here].libraries == ANY or library in HOUSE[here].libraries):
        yield f"{found}: of libraries, {here} may import {listed(HOUSE[here].libraries)}"


def listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def cycles(imports: list[Import], sources: Mapping[str, str]) -> list[str]:
    """Return one cycle among the modules, in words, or nothing."""
    graph: dict[str, set[str]] = {module: set() for module in sources}
    for found in imports:
        if found.target in sources and found.target != found.module:
            graph[found.module].add(found.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return ["a cycle: " + " is imported by ".join(error.args[1])]
    return []


def house() -> dict[str, str]:
    """Return the sources of audit_api by module name."""
    sources = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        sources[name] = path.read_text(encoding="utf-8")
    return sources


def test_every_import_of_the_house_goes_down_and_none_is_hidden() -> None:
    found = violations(house())
    assert not found, "\n".join(found)


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    paths = [
        path
        for folder in (PACKAGE, "bench", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "generated" not in path.parts
    ]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
    }
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert not long, long


# The house that the planted faults are planted in: one module in each room that matters.
SOUND = {
    "audit_api": "",
    "audit_api.errors": "import dataclasses",
    "audit_api.database": "import flask_sqlalchemy, sqlalchemy, psycopg",
    "audit_api.rules": "",
    "audit_api.rules.scoring": "from audit_api.errors import Problem\nfrom . import exact",
    "audit_api.rules.exact": "import fractions",
    "audit_api.models": "",
    "audit_api.models.site": "from audit_api.database import db\nimport sqlalchemy as sa",
    "audit_api.storage": "",
    "audit_api.storage.s3": "import boto3\nfrom botocore.config import Config",
    "audit_api.storage.local": "import hashlib",
    "audit_api.pdf": "from reportlab.pdfgen.canvas import Canvas",
    "audit_api.images": "from PIL import Image",
    "audit_api.words": "import json",
    "audit_api.services": "",
    "audit_api.services.audits": "from audit_api.services import access\nimport uuid_utils",
    "audit_api.services.access": "from audit_api.models.site import Site",
    "audit_api.api": "from audit_api.api import audits",
    "audit_api.api.audits": "import flask\nfrom audit_api.services import audits",
    "audit_api.worker": "import celery",
    "audit_api.app": "from audit_api import api, models, worker\nimport flask",
}


def test_a_sound_house_is_left_in_peace() -> None:
    assert violations(SOUND) == []


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        ("services.audits", "from audit_api.api import audits", "services may import"),
        ("services.audits", "from ..api.audits import post", "services may import"),
        ("rules.exact", "import audit_api.models.site", "rules may import errors"),
        ("rules.exact", "import sqlalchemy", "of libraries, rules may import nothing"),
        ("storage.local", "from audit_api.images import shrink", "storage may import"),
        ("models.site", "from audit_api.storage import local", "models may import"),
        ("api.audits", "from audit_api.models.site import Site", "api may import"),
        ("words", "from audit_api.models.site import Site", "words may import errors, rules"),
        ("services.audits", "from audit_api import config", "services may import"),
        ("worker", "from audit_api.app import create_app", "worker may import"),
        ("services.audits", "from flask import g", "flask belongs in"),
        ("services.audits", "import werkzeug.exceptions", "werkzeug belongs in"),
        ("models.site", "import flask_sqlalchemy", "flask_sqlalchemy belongs in database"),
        ("storage.local", "import boto3", "boto3 belongs in storage.s3"),
        ("services.audits", "from botocore import exceptions", "botocore belongs in storage.s3"),
        ("services.audits", "from reportlab.lib import colors", "reportlab belongs in pdf"),
        ("pdf", "import PIL.Image", "PIL belongs in images"),
        ("services.audits", "import celery", "celery belongs in worker"),
        ("services.audits", "import psycopg", "psycopg belongs in database"),
        ("services.access", "def f():\n    import json", "hidden from readers"),
        ("services.access", "class C:\n    async def f(self):\n        import json", "hidden"),
        ("services.access", "import importlib\nimportlib.import_module(f'{1}')", "hidden"),
        ("services.access", "__import__('audit_api.services.audits')", "a cycle"),
        ("services.access", "from audit_api.services import audits", "a cycle"),
        (
            "services.access",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import audits",
            "a cycle",
        ),
        ("attic", "from audit_api.rules import exact", "attic is no room of the house"),
    ],
)
def test_a_planted_fault_is_found(module: str, line: str, complaint: str) -> None:
    name = f"{PACKAGE}.{module}"
    found = violations({**SOUND, name: f"{SOUND.get(name, '')}\n{line}"})
    assert any(complaint in fault and name in fault for fault in found), found


def test_a_complaint_names_the_module_the_line_and_what_is_allowed() -> None:
    planted = {**SOUND, "audit_api.rules.exact": "import math\nfrom audit_api.pdf import render"}
    assert violations(planted) == [
        "audit_api.rules.exact:2 imports audit_api.pdf: rules may import errors"
    ]
