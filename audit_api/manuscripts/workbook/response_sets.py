"""Lists of options put where an author would write them: shared ones apart, others in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]


def settled(document: Mapping[str, Any]) -> Json:
    """The document with every response set that one question alone uses as its options."""
    sets = document.get("response_sets", {})
    used = Counter(_used(document["touchpoints"]))
    own = {name: sets[name] for name in sets if used[name] == 1}
    shared = {name: sets[name] for name in sets if name not in own}
    rest = {name: document[name] for name in document if name != "response_sets"}
    touchpoints = [_section(section, own) for section in document["touchpoints"]]
    return rest | ({"response_sets": shared} if shared else {}) | {"touchpoints": touchpoints}


def _used(sections: list[Json]) -> Iterator[str]:
    for section in sections:
        for question in section.get("questions", ()):
            if "response_set" in question:
                yield question["response_set"]
        yield from _used(section.get("sections", []))


def _section(section: Json, own: Mapping[str, list[Json]]) -> Json:
    """The section, every list of its questions in its place."""
    inside: Json = {}
    if "sections" in section:
        inside["sections"] = [_section(inner, own) for inner in section["sections"]]
    if "questions" in section:
        inside["questions"] = [_question(question, own) for question in section["questions"]]
    return section | inside


def _question(question: Json, own: Mapping[str, list[Json]]) -> Json:
    name = question.get("response_set", "")
    if name not in own:
        return question
    rest = {member: question[member] for member in question if member != "response_set"}
    return rest | {"options": own[name]}
