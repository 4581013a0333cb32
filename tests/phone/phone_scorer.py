"""The phone's scorer, asked from here: one Node process for any number of checklists."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from audit_api.errors import Fault, Problem, invalid
from audit_api.rules import authoring
from audit_api.rules.scoring import Scorer, Visit, compile_scorer
from audit_api.rules.scoring.score import Score, score_from_json
from tests.servers.debian import program

Json = dict[str, Any]

RUNNER = Path(__file__).parent / "scoring.mjs"
SAFE = 2**53
"""Whole numbers beyond are big integers on the phone."""


@dataclass(frozen=True)
class Phone:
    """A running Node process that scores."""

    to: IO[str]
    back: IO[str]

    def ask(self, document: object, visits: Sequence[Visit]) -> list[Json]:
        """What the phone's rules say of each visit: its score, trial and faults.

        Raises ValueError with what they threw, where they threw.
        """
        sent = {"document": document, "visits": list(map(phone_visit, visits))}
        self.to.write(f"{json.dumps(sent)}\n")
        self.to.flush()
        told: Any = json.loads(self.back.readline())
        if isinstance(told, dict):
            raise ValueError(told["error"])
        return list(told)

    def compile_scorer(self, written: authoring.Checklist) -> PhoneScorer:
        """Stands in for the server's `compile_scorer`."""
        return PhoneScorer(self, authoring.document(written))


@dataclass(frozen=True)
class PhoneScorer:
    """Stands in for the server's `Scorer` of a checklist."""

    phone: Phone
    document: Json

    def score(self, visit: Visit) -> Score:
        (told,) = self.phone.ask(self.document, [visit])
        if told["score"] is None:
            raise invalid(*(Fault(**fault) for fault in told["refused"]))
        return score_from_json(told["score"])


@contextmanager
def phone() -> Iterator[Phone]:
    """A process that scores, until the end of the block."""
    command = [program("node", "nodejs", package="nodejs"), str(RUNNER)]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, encoding="utf-8", **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Phone(process.stdin, process.stdout)


def phone_visit(visit: Visit) -> Json:
    """A visit as the phone has it."""
    return {
        "answers": visit.answers,
        "photos": visit.photos,
        "siteAttributes": visit.attributes,
    }


def server_says(scorer: Scorer, visit: Visit) -> Json:
    """What the server's rules say of a visit, as the phone's would say it."""
    faults = [asdict(fault) for fault in scorer.faults(visit)]
    told: Json = {
        "score": None,
        "refused": [],
        "trial": scorer.trial(visit).as_json(),
        "faults": faults,
    }
    try:
        told["score"] = scorer.score(visit).as_json()
    except Problem as problem:
        told["refused"] = [asdict(fault) for fault in problem.faults]
    spelled_out: Json = spelled(told)
    return spelled_out


def spelled(value: Any) -> Any:
    """A JSON value with its numbers as JavaScript spells them: 3 for 3.0, big ones apart."""
    if isinstance(value, Mapping):
        return {key: spelled(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return list(map(spelled, value))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value) is int and abs(value) >= SAFE:
        return {"big": str(value)}
    return value


def text(value: object) -> str:
    """A JSON value in one spelling, in which true is not 1."""
    return json.dumps(value, sort_keys=True)


def differences(document: Json, visits: Sequence[Visit], phone: Phone) -> list[str]:
    """Where the phone and the server differ on visits under a checklist's document."""
    scorer = compile_scorer(authoring.parse(document))
    told = phone.ask(document, visits)
    return [
        f"visit {number}, {place}: {text(said)} on the phone, {text(expected)} on the server"
        for number, (visit, each) in enumerate(zip(visits, told, strict=True))
        for place, said, expected in unlike("", each, server_says(scorer, visit))
    ]


def unlike(place: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """The innermost members in which two JSON values differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from unlike(f"{place}/{key}", one[key], other[key])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from unlike(f"{place}/{number}", *pair)
    elif text(one) != text(other):
        yield place, one, other
