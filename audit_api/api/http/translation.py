"""The specification in another language than English, which is that of the code.

`specification.…` of `words/` has the sentences of each other language: of an operation by its
`operationId`, with `.more` those of its description.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from audit_api.errors import Kind
from audit_api.words import say, vocabulary

PREFIX = "specification."

Json = dict[str, Any]


def translated(document: Mapping[str, Any], locale: str) -> Json:
    """Return the specification with its title, descriptions of groups, summaries of operations and
    titles of refusals in `locale`, as far as there are words; what schemas say stays English."""
    words = vocabulary(locale)
    told = deepcopy(dict(document))
    _say(told["info"], "title", words.get(f"{PREFIX}title"))
    _say(told["info"], "description", words.get(f"{PREFIX}description"))
    for tag in told["tags"]:
        _say(tag, "description", words.get(f"{PREFIX}tag.{tag['name']}"))
    for operations in told["paths"].values():
        for method in operations.keys() - {"parameters"}:
            name = operations[method]["operationId"]
            _say(operations[method], "summary", words.get(f"{PREFIX}{name}"))
            _say(operations[method], "description", words.get(f"{PREFIX}{name}.more"))
    for kind in Kind:
        refusal = told["components"]["responses"][f"Problem{kind.status}"]
        refusal["description"] = titles(kind.status, locale)
    return told


def titles(status: int, locale: str) -> str:
    """Return the titles of all kinds of problems that have a status."""
    found = (say(f"problem.{kind.slug}.title", locale) for kind in Kind if kind.status == status)
    return "".join(say("documentation.refusal", locale, title=title) for title in found).strip()


def _say(member: Json, name: str, sentence: str | None) -> None:
    if sentence is not None:
        member[name] = sentence
