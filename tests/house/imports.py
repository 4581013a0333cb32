"""Reads the imports of a house's sources, and holds them against its plan."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from tests.house.plan import ANY, HOUSE, KEPT_IN, LATE, PACKAGE, ROOMS

COMPUTED = "a module whose name is computed"


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
    return faults + unplaced(sources) + cycles(imports, sources)


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
    if found.hidden and not is_late(found):
        yield f"{found}, hidden from readers: import at the top of the module"
    here = found.module.split(".")
    there = found.target.split(".")
    if there[0] == PACKAGE:
        if part(here, 1) == part(there, 1):
            yield from faults_of_rooms(found, part(here, 1), part(here, 2), part(there, 2))
        else:
            yield from faults_of_floors(found, part(here, 1), part(there, 1))
    elif there[0] not in sys.stdlib_module_names and found.target != COMPUTED:
        yield from faults_of_library(found, part(here, 1), there[0])


def is_late(found: Import) -> bool:
    """Whether the plan has this import in a function."""
    return found.target in LATE.get(found.module.removeprefix(f"{PACKAGE}."), "").split()


def part(path: list[str], index: int) -> str:
    return path[index] if len(path) > index else ""


def faults_of_floors(found: Import, here: str, there: str) -> Iterator[str]:
    if here and here not in HOUSE:
        yield f"{found}: audit_api/{here} is no floor of the house"
    elif here and not (HOUSE[here].floors == ANY or there in HOUSE[here].floors):
        yield f"{found}: {here} may import {listed(HOUSE[here].floors)}"


def faults_of_rooms(found: Import, floor: str, here: str, there: str) -> Iterator[str]:
    """A floor's own module is its table of contents: it may import every room, and each room it."""
    if floor not in ROOMS or not here or not there or here == there:
        return
    before = ROOMS[floor][: ROOMS[floor].index(here)] if here in ROOMS[floor] else []
    if there not in before:
        yield f"{found}: inside {floor}, {here} may import {listed(frozenset(before))}"


def unplaced(sources: Mapping[str, str]) -> list[str]:
    """Return the rooms that the written order of their floor does not name, in words."""
    paths = [module.split(".") for module in sources]
    rooms = {(part(path, 1), part(path, 2)) for path in paths}
    return [
        f"audit_api/{floor}/{room} has no place in the written order of {floor}"
        for floor, room in sorted(rooms)
        if floor in ROOMS and room and room not in ROOMS[floor]
    ]


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
