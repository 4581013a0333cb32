"""Writes `conditions.json`: `python -m tests.rules.vectors.make_conditions`.

The hand-picked cases say what has to come out; of the drawn ones it is what the rules answer
now, frozen, so that no later change and no other implementation answers differently.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from audit_api.errors import Fault
from audit_api.rules import authoring
from audit_api.rules.authoring.conditions import Ground, read_condition
from audit_api.rules.authoring.node import Node
from audit_api.rules.checklist.conditions import Condition, compile_condition, site_values
from audit_api.rules.scoring.visibility import visibility
from tests.rules.vectors import condition_cases, visible_cases
from tests.rules.vectors.condition_draws import Draws

Json = dict[str, Any]

FROZEN = Path(__file__).parent / "conditions.json"
SEED = 20_260_301
DRAWN_CONDITIONS = 150
DRAWN_VISITS = 25

ABOUT = [
    "Golden vectors of docs/conditions.md, for every implementation.",
    "every_type: a checklist with a question and a site attribute of every type.",
    "conditions: on every_type. values: of visible answered questions by key, a picture's is true."
    " site: the site's attributes as stored, to be read by their declared types."
    " expect: whether the condition holds.",
    "visible: answers and photos (how many) by question, site as above."
    " expect: the keys of the visible questions in asking order.",
    "Values of the wrong kind are there on purpose.",
]
EVERY_TYPE = authoring.parse(condition_cases.EVERY_TYPE)


def condition_of(document: Json) -> Condition:
    """A condition on the checklist of every type; whoever writes a faulty one is told."""
    faults: list[Fault] = []
    node = Node({"condition": document}, "", faults)
    questions = {question.key: question for question in EVERY_TYPE.questions()}
    attributes = {attribute.key: attribute for attribute in EVERY_TYPE.site_attributes}
    condition = read_condition(node, "condition", Ground(questions, attributes))
    if condition is None or faults:
        raise ValueError(f"{document}: {faults}")
    return condition


def holds(condition: Json, values: Json, site: Json) -> bool:
    """Whether a condition holds, by the rules in Python."""
    read = site_values(EVERY_TYPE.site_attributes, site)
    return compile_condition(condition_of(condition))(values, read)


def visible(checklist_document: Json, answers: Json, photos: Json, site: Json) -> list[str]:
    """The visible questions in asking order, by the rules in Python."""
    parsed = authoring.parse(checklist_document)
    conditions = visibility(parsed)
    hidden = conditions.hidden(answers, photos, conditions.site(site))
    return [question.key for question in parsed.questions() if question.key not in hidden]


def vectors() -> Json:
    """Everything that the file holds."""
    draws = Draws(SEED)
    conditions = [*condition_cases.hand_picked()]
    for number in range(DRAWN_CONDITIONS):
        case = draws.condition(condition_cases.QUESTIONS), draws.values(), draws.site()
        given = dict(zip(("condition", "values", "site"), case, strict=True))
        conditions.append({"name": f"drawn {number}", **given, "expect": holds(*case)})
    visits = visible_cases.hand_picked()
    for number in range(DRAWN_VISITS):
        visit = draws.visit()
        visits.append({"name": f"drawn {number}", **visit, "expect": visible(*visit.values())})
    return {
        "about": ABOUT,
        "every_type": condition_cases.EVERY_TYPE,
        "conditions": conditions,
        "visible": visits,
    }


def written(found: Json) -> str:
    """The file's text: a case a line, in ASCII, so that letters that look alike do not hide."""
    members = []
    for name, value in found.items():
        if isinstance(value, list):
            lines = ",\n  ".join(json.dumps(each) for each in value)
            members.append(f' "{name}": [\n  {lines}\n ]')
        else:
            members.append(f' "{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(members) + "\n}\n"


if __name__ == "__main__":
    FROZEN.write_text(written(vectors()), encoding="utf-8")
