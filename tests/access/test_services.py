"""Every look-up and every write of a service requires its permission itself, whoever calls it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

SERVICES = Path(__file__).parents[2] / "audit_api/services"
VERBS = {
    *("find", "listed", "published", "changes"),
    *("add", "change", "move", "draft", "replace", "delete", "publish", "retire", "load"),
    *("revoke", "remove", "set", "submit", "settle"),
}
FREE: Mapping[str, str] = {
    "people.users.find_self": "what everybody may know of themselves",
    "people.users.change_self": "what everybody may change of themselves",
    "people.users.set_password": "the caller was permitted to change the user, or is the user",
    "people.sessions.listed": "everybody may know where they are signed in themselves",
    "people.tokens.find_self": "what an integration may know of itself",
    "datasets.versions.published": "the caller was permitted to read the data set",
    "idempotency.find": "only answers to one's own calls are found",
}
"""Functions that need no permission, and why."""


def functions() -> Iterator[tuple[str, ast.FunctionDef, Mapping[str, ast.FunctionDef]]]:
    """Yield the public functions that look up or write for somebody, with their module's."""
    for path in sorted(SERVICES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        module = ".".join(path.relative_to(SERVICES).with_suffix("").parts)
        for name, node in own.items():
            acts = name.split("_")[0] in VERBS
            if acts and "by" in [arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)]:
                yield f"{module}.{name}", node, own


def requires(node: ast.FunctionDef, own: Mapping[str, ast.FunctionDef]) -> bool:
    """Whether a function calls `access.require`, by itself or through one of its module."""
    for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
        match call.func:
            case ast.Attribute(value=ast.Name(id="access"), attr="require"):
                return True
            case ast.Name(id=name) if name in own and name != node.name:
                if requires(own[name], own):
                    return True
    return False


def test_every_look_up_and_every_write_requires_its_permission() -> None:
    found = list(functions())
    assert len(found) > 40
    careless = {name for name, node, own in found if not requires(node, own)}
    assert careless == FREE.keys()


@pytest.mark.parametrize("path", sorted((SERVICES.parent / "api").rglob("*.py")), ids=str)
def test_no_route_requires_it_in_their_place(path: Path) -> None:
    assert "access.require" not in path.read_text(encoding="utf-8")
