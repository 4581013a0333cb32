"""The house stands: every import under audit_api goes down, from floor to floor and inside a floor
from room to room, and no module grows out of sight."""

from __future__ import annotations

from pathlib import Path

from tests.house.imports import imports_of, is_late, violations
from tests.house.plan import LATE, PACKAGE

ROOT = Path(__file__).parents[2]
MAX_LINES = 300


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


def test_the_plan_names_no_late_import_that_is_not_there() -> None:
    sources = house()
    planned = {(f"{PACKAGE}.{place}", each) for place in LATE for each in LATE[place].split()}
    found = (each for module in sources for each in imports_of(module, sources) if each.hidden)
    assert planned == {(each.module, each.target) for each in found if is_late(each)}


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
    long = {name: lines for name, lines in lengths.items() if lines > MAX_LINES}
    assert not long, long
