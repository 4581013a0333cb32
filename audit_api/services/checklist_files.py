"""Checklists written as YAML: read as data, with limits, and never as code."""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

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
