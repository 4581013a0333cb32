"""A document asks the database for each thing once, however many audits there are."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.statements import counted
from tests.world import ALL_YES, World

COMMENTED: dict[str, Any] = ALL_YES | {"honest": {"value": "no", "comment": "They denied it."}}
REPORT, CARD = "/audits/{audit}/report.pdf?lang=both", "/sites/{site}/scorecard.pdf?period=2026-03"
FULL = f"{REPORT}&edition=full"
STATEMENTS = {
    (FULL, "hq"): 6,
    (REPORT, "hq"): 4,
    (REPORT, "manager"): 4,
    # Nine and ten for the card itself; four for what came again, four for what is to come.
    (CARD, "hq"): 9 + 8,
    (CARD, "manager"): 10 + 8,
}
"""Those that find out who asks, of transactions and of the standing of the sites left out."""
LEFT_OUT = (
    "BEGIN",
    "SET ",
    "SELECT anon_1.site_id, anon_1.region_id, anon_1.score",
)


def approved(world: World) -> str:
    audit_id = uuid4()
    assert world.put(world.another(COMMENTED), audit_id).status_code == 201
    assert world.move(audit_id, "approve", "hq").status_code == 200
    return str(audit_id)


@pytest.mark.parametrize(("path", "person"), STATEMENTS, ids=str)
def test_the_statements_of_a_document_are_as_few_as_its_things_and_do_not_grow(
    world: World, path: str, person: str
) -> None:
    asked = path.format(audit=approved(world), site=world.site_id)
    world.call(person, "GET", asked)  # what a process reads but once, such as checklists
    counts = []
    for _ in range(2):
        with counted(world.app) as made:
            assert world.call(person, "GET", asked).status_code == 200
        counts.append([one for one in made if not one.startswith(LEFT_OUT)])
        approved(world)
    first, second = map(len, counts)
    assert (first, second) == (STATEMENTS[path, person],) * 2, "\n".join(counts[0])
