"""Calls for everything that is somebody else's, by everybody, and whether a row of it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pytest

from audit_api.database import db
from tests.access.places import Place, lay_out, missing
from tests.access.requests import ROWS, ask, expected_answers, outcome
from tests.access.table import PEOPLE, PLACES
from tests.world import World

ASKED = (*PLACES, "spare", "missing")


@dataclass(frozen=True)
class Figures:
    """How many calls were made, and what came of them that must not.

    `foreign` are answers with an id of another organisation in them that the call had not sent,
    `other` answers that are not what the table of access says, `broken` answers of 500 and more.
    """

    calls: int
    foreign: int
    other: int
    broken: int


@dataclass(frozen=True)
class _Answer:
    row: str
    who: str
    place: str
    outcome: str
    status: int
    told: str


def run(world: World) -> Figures:
    """Make every call of the table of access as everybody, for an id of each place."""
    places = lay_out(world) | {"missing": missing()}
    canaries = {str(value) for value in asdict(places["organisation"]).values()}
    with pytest.MonkeyPatch.context() as patch:
        # No call changes what the next one may see: each ends in the rollback of its request.
        patch.setattr(db.session, "commit", db.session.flush)
        answers = list(_answers(world, places))
    return Figures(
        calls=len(answers),
        foreign=sum(_is_foreign(answer, canaries) for answer in answers),
        other=sum(_is_other(answer, world) for answer in answers),
        broken=sum(answer.status >= 500 for answer in answers),
    )


def _answers(world: World, places: dict[str, Place]) -> Iterator[_Answer]:
    for row in ROWS:
        for who in PEOPLE:
            for place in ASKED:
                answer = ask(world, who, row, places[place], places)
                told = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}"
                yield _Answer(row, who, place, outcome(answer, row), answer.status_code, told)


def _is_foreign(answer: _Answer, canaries: set[str]) -> bool:
    # What a refusal says again of the call itself tells nobody anything.
    sent = answer.place == "organisation" and answer.status >= 400
    return not sent and any(canary in answer.told for canary in canaries)


def _is_other(answer: _Answer, world: World) -> bool:
    if answer.place not in PLACES:
        return False
    cells = expected_answers(world, answer.row)[answer.who]
    return cells[PLACES.index(answer.place)] != answer.outcome
