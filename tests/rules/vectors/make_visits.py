"""Writes `visits.json`: `python -m tests.rules.vectors.make_visits`.

Whole visits to whole checklists, with everything that the rules say of them, frozen: what a client
in another language has to arrive at, and what no later change may answer otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from tests.phone.phone_scorer import SAFE, spelled
from tests.phone.visit_draws import VisitDraws
from tests.rules.vectors.make_conditions import written
from tools.reference import answers

Json = dict[str, Any]

FROZEN = Path(__file__).parent / "visits.json"
SHIPPED = Path(__file__).parents[3] / "checklists" / "retail_store.yaml"
SEED = 20_260_302
CHECKLISTS = 24
VISITS = 4

ABOUT = [
    "Whole visits: what docs/vectors.md says of them. checklist: the document as phones get it.",
    "answers, photos (how many) by question, site: its attributes with its kind among them.",
    "faults: pointer and code of each, in their order, 50 at most.",
    "score: of the visit as it stands, in units of docs/phone.md; without faults the final one.",
    "Values of the wrong kind are there on purpose.",
]


def judged(document: Json, visit: Visit) -> Json:
    """A visit, and all that the rules say of it."""
    scorer = compile_scorer(authoring.parse(document))
    faults = [{"pointer": each.pointer, "code": each.code} for each in scorer.faults(visit)]
    return {
        "answers": visit.answers,
        "photos": visit.photos,
        "site": visit.attributes,
        "faults": faults,
        "score": told((scorer.trial if faults else scorer.score)(visit).as_json()),
    }


def told(score: Json) -> Json:
    """A score as JSON that any language reads without losing a digit."""
    safe: Json = spelled(score)
    assert '"big"' not in json.dumps(safe), f"a whole number of {SAFE} or more"
    return safe


def cases() -> Iterator[Json]:
    """The examples of the reference, a shipped checklist, and drawn ones, each with visits."""
    yield from examples()
    text = SHIPPED.read_text("utf-8")
    shipped = authoring.document(authoring.parse(YAML(typ="safe", pure=True).load(text)))
    yield drawn("retail store", shipped, VisitDraws(SEED))
    for number in range(CHECKLISTS):
        draws = VisitDraws(SEED + number)
        yield drawn(f"drawn {number}", draws.document(), draws)


def examples() -> Iterator[Json]:
    """What docs/reference.md shows of answers: every value, and every other case."""
    for kind, shown in answers.EXAMPLES.items():
        document = answers.asked({"type": kind.value, **shown.members})
        values = (*shown.accepted, *shown.refused)
        yield case(kind.value, document, [Visit({"q": {"value": value}}) for value in values])
    for each in answers.CASES:
        document = answers.asked(each.question)
        yield case(each.name, document, [Visit(each.sent, {"q": each.photos})])


def drawn(name: str, document: Json, draws: VisitDraws) -> Json:
    return case(name, document, [draws.visit(document) for _ in range(VISITS)])


def case(name: str, document: Json, visits: Sequence[Visit]) -> Json:
    normal = authoring.document(authoring.parse(document))
    judgements = [judged(normal, visit) for visit in visits]
    return {"name": name, "checklist": normal, "visits": judgements}


def vectors() -> Json:
    """Everything that the file holds."""
    return {"about": ABOUT, "cases": list(cases())}


if __name__ == "__main__":
    FROZEN.write_text(written(vectors()), encoding="utf-8")
