"""Checklists written as YAML: read as data, with limits, and never as code."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from audit_api.errors import Fault, invalid

LARGEST = 1024 * 1024


def read(text: str) -> dict[str, Any]:
    """Return the document that `text` holds; raise INVALID with the line where it breaks.

    YAML 1.2: `no` is a text.  Aliases are refused: a few lines of them can stand for gigabytes.
    """
    if len(text) > LARGEST:
        raise invalid(Fault("", "file_too_large", {"limit": LARGEST}))
    try:
        yaml = YAML(typ="safe", pure=True)
        if any(type(event).__name__ == "AliasEvent" for event in yaml.parse(text)):
            raise invalid(Fault("", "yaml_alias"))
        document = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or type(error).__name__
        line = mark.line + 1 if mark else 1
        raise invalid(Fault("", "yaml", {"line": line, "reason": reason})) from None
    except RecursionError:
        raise invalid(Fault("", "yaml", {"line": 1, "reason": "nested too deeply"})) from None
    if not isinstance(document, dict):
        raise invalid(Fault("", "not_object"))
    return document


def line_of(pointer: str, text: str) -> int:
    """Return the line of the place that a JSON pointer names in a text that `read` has read, or
    of the last thing around it that is there."""
    node: Node = YAML(typ="safe", pure=True).compose(text)
    line = node.start_mark.line
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        found = _member(node, name)
        if found is None:
            break
        place, node = found
        line = place.start_mark.line
    return int(line) + 1


def _member(node: Node, name: str) -> tuple[Node, Node] | None:
    """Return where a member's name or an entry stands, and its value."""
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    if isinstance(node, SequenceNode) and name.isdigit() and int(name) < len(node.value):
        return node.value[int(name)], node.value[int(name)]
    return None
