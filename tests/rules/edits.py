"""Random edits of a checklist document, as its author might make them."""

from __future__ import annotations

import copy
from collections.abc import Callable

from hypothesis import strategies as st

from audit_api.errors import Problem
from audit_api.rules import authoring
from tests.rules.audits import all_questions, condition_somewhere, documents
from tests.rules.documents import Json

# One edit of a document; what it makes need not be acceptable.
Edit = Callable[[st.DataObject, Json], None]


def sections_in(sections: list[Json]) -> list[Json]:
    return [s for each in sections for s in (each, *sections_in(each.get("sections", [])))]


def another_value(data: st.DataObject, written: Json) -> None:
    """Give one member of something the value of its like elsewhere."""
    things = [*all_questions(written), *sections_in(written["touchpoints"])]
    thing, other = data.draw(st.sampled_from(things)), data.draw(st.sampled_from(things))
    member = data.draw(st.sampled_from(sorted(thing)))
    if member in other:
        thing[member] = copy.deepcopy(other[member])


def another_answer(data: st.DataObject, written: Json) -> None:
    asked = [q for q in all_questions(written) if q.get("options") or q.get("bands")]
    if asked:
        chosen = data.draw(st.sampled_from(asked))
        answers = chosen.get("options") or chosen["bands"]
        if data.draw(st.booleans()):
            chosen["options" if "options" in chosen else "bands"] = data.draw(
                st.permutations(answers)
            )
        member = data.draw(st.sampled_from(["points", "failed", "effect", "key", "from", "title"]))
        value = data.draw(
            st.sampled_from([0, 1, 2.5, True, False, None, "fail", "o0", {"en": "y"}])
        )
        data.draw(st.sampled_from(answers))[member] = value


def another_mark(data: st.DataObject, written: Json) -> None:
    asked = [q for q in all_questions(written) if q["type"] in ("scale", "yes_no")]
    if asked:
        values: dict[str, list[object]] = {
            "reverse": [True, False],
            "fails_at": [None, 0, 2, 4, "yes", "no"],
            "points": [0, 1, [0] * 5, [1, 1, 2, 2, 9], [9, 2, 2, 1, 1]],
            "max": [3, 5],
            "metric": [None, "ces"],
            "weight": [0, 1],
            "evidence": [{"photo": "always"}, {"comment": [1, 3]}],
        }
        for member in data.draw(st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=3)):
            chosen = data.draw(st.sampled_from(asked))
            chosen[member] = data.draw(st.sampled_from(values[member]))


def another_rule(data: st.DataObject, written: Json) -> None:
    fresh = data.draw(documents())["scoring"]
    member = data.draw(st.sampled_from(sorted(fresh)))
    written["scoring"][member] = fresh[member]


def another_place(data: st.DataObject, written: Json) -> None:
    """Put a question or a section elsewhere, or leave it out."""
    homes = [s["questions"] for s in sections_in(written["touchpoints"]) if "questions" in s]
    homes += [s["sections"] for s in sections_in(written["touchpoints"]) if "sections" in s]
    home = data.draw(st.sampled_from([*homes, written["touchpoints"]]))
    taken = home.pop(data.draw(st.integers(0, len(home) - 1)))
    like = [other for other in homes if ("type" in taken) == (bool(other) and "type" in other[0])]
    thrown_away = data.draw(st.booleans())
    if like and not thrown_away:
        into: list[Json] = data.draw(st.sampled_from(like))
        into.insert(data.draw(st.integers(0, len(into))), taken)


def another_condition(data: st.DataObject, written: Json) -> None:
    for thing in (*all_questions(written), *sections_in(written["touchpoints"])):
        if data.draw(st.integers(0, 3)) == 0:
            thing.pop("condition", None)
    if data.draw(st.booleans()):
        written |= data.draw(conditional(written))


@st.composite
def conditional(draw: st.DrawFn, written: Json) -> Json:
    """A document with further conditions in it."""
    earlier: list[Json] = []
    for touchpoint in written["touchpoints"]:
        condition_somewhere(draw, touchpoint, earlier)
    return written


def another_word(data: st.DataObject, written: Json) -> None:
    member = data.draw(st.sampled_from(["title", "dimensions", "site_attributes"]))
    if member == "title":
        written["title"] = {"en": "Other"}
    else:
        written[member] = data.draw(st.permutations(written[member]))
        if data.draw(st.booleans()):
            written[member][0] = written[member][0] | {"title": {"en": "Other"}}
        if member == "site_attributes" and data.draw(st.booleans()):
            written[member][0] = written[member][0] | {"type": "word"}


EDITS: list[Edit] = [
    another_value,
    another_value,
    another_answer,
    another_mark,
    another_rule,
    another_place,
    another_condition,
    another_word,
]


def edited(data: st.DataObject, written: Json) -> Json:
    """A document after one to four edits, each of which left it acceptable."""
    for edit in data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=4)):
        tried = copy.deepcopy(written)
        edit(data, tried)
        try:
            authoring.parse(tried)
        except Problem:
            continue
        written = tried
    return written
