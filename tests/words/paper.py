"""An explained score computed again with pencil and paper, from its sentences alone.

Whoever does it has seen neither the checklist nor the values beside the sentences.  Every figure
that a sentence states is computed from the sentences before it, and has to be the one stated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from audit_api.words import vocabulary
from tests.rules.by_hand import Share, lower, rounded
from tests.words.sentence_forms import NUMBER, TITLE, Blanks, filled, inside

Points = tuple[Fraction, Fraction]
NONE = Fraction(0)


def exact(written: str) -> Fraction:
    """A share as it is written: 47.50%, 4/14.5 or 1."""
    if written.endswith("%"):
        return Fraction(written.rstrip("%")) / 100
    top, _, bottom = written.partition("/")
    return Fraction(top) / Fraction(bottom or "1")


def added(written: str) -> Fraction:
    return sum(map(Fraction, written.replace(" - ", " + -").split(" + ")), NONE)


def title(written: str) -> str:
    found = re.search(TITLE, written)
    return found[0] if found else ""


@dataclass
class Paper:
    """What stands on the paper: of questions by number, of sections by title, the whole as ""."""

    locale: str
    points: dict[str, Points] = field(default_factory=dict)
    lost: dict[str, Fraction] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    marks: dict[str, bool] = field(default_factory=dict)
    dimensions: dict[str, Share] = field(default_factory=dict)
    failing: list[str] = field(default_factory=list)
    caps: list[str] = field(default_factory=list)
    fixed: dict[str, int | None] = field(default_factory=dict)
    band: str | None = None
    passed: bool | None = None
    valid: bool | None = None

    def find(self, code: str, text: str) -> Blanks | None:
        return next(iter(inside(code, self.locale, text)), None)

    def each(self, code: str, text: str) -> list[Blanks]:
        return inside(code, self.locale, text)

    def changed(self, name: str, text: str, limit: Fraction) -> None:
        """Lower a score, which has to change as the text says."""
        before, after = self.shares[name], lower(self.shares[name], limit)
        if before is None:
            assert self.find("explain.no_change", text) is not None
        elif told := self.find("explain.becomes", text):
            assert [exact(told["before"]), exact(told["after"])] == stated(before, after)
        else:
            told = self.find("explain.stays", text)
            assert told
            assert [exact(told["before"])] * 2 == stated(before, after)
        self.shares[name] = after

    def product(self, equation: str) -> Fraction:
        """The right side of an equation; the left side has to come to it."""
        left, _, right = equation.rpartition(" = ")
        least = re.escape(vocabulary(self.locale)["explain.least_zero"])
        least = least.replace(r"\{points\}", "([^()（]*?)")
        left = re.sub(least, lambda held: str(max(added(held[1]), NONE)), left or right)
        left = re.sub(r"\(([^()]*)\)", lambda held: str(added(held[1])), left)
        factors = [re.sub(r"^[^\d-]+", "", factor) for factor in left.split(" × ")]
        result = added(left) if len(factors) == 1 else prod(map(Fraction, factors))
        assert result == Fraction(right), equation
        return result


def stated(*shares: Share) -> list[Fraction]:
    return [(rounded(share) or NONE) / 100 for share in shares]


Reader = Callable[[Paper, str, Blanks], None]


def question(paper: Paper, sentence: str, told: Blanks) -> None:
    earned = possible = NONE
    if found := paper.find("explain.counts_as_zero", sentence):
        possible = Fraction(found["possible"])
    elif found := paper.find("explain.points", sentence):
        earned, possible = paper.product(found["points"]), Fraction(found["possible"])
    elif found := paper.find("explain.bonus", sentence):
        earned = paper.product(found["points"])
    elif found := paper.find("explain.taken", sentence):
        earned = -paper.product(found["points"])
    if found := paper.find("explain.demerit", sentence):
        paper.lost[told["number"]] = paper.product(found["demerit"])
    paper.points[told["number"]] = earned, possible


def nothing(paper: Paper, sentence: str, told: Blanks) -> None:
    """Nothing is asked or compared: nothing is computed."""


def scoreless(paper: Paper, sentence: str, told: Blanks) -> None:
    paper.points[title(told["name"])] = NONE, NONE
    shareless(paper, sentence, told)


def shareless(paper: Paper, sentence: str, told: Blanks) -> None:
    paper.shares[title(told.get("name", ""))] = None


def section(paper: Paper, sentence: str, told: Blanks) -> None:
    first, *others = re.findall(NUMBER, told["numbers"])
    touchpoint, start = first.split(".")
    end = (others or [first])[0].split(".")[1]
    numbers = [f"{touchpoint}.{place}" for place in range(int(start), int(end) + 1)]
    name, own = title(told["name"]), [each for each in numbers if each in paper.points]
    paper.points[name], paper.shares[name] = summed(paper, own, told["result"])


def summed(paper: Paper, inner: Sequence[str], result: str) -> tuple[Points, Share]:
    """Points and score of what lies inside, as the result has to state them."""
    earned, possible = (sum((paper.points[each][side] for each in inner), NONE) for side in (0, 1))
    if told := paper.find("explain.result", result):
        assert (earned, possible) == (Fraction(told["earned"]), Fraction(told["possible"]))
        share = earned / possible
        assert [exact(told["share"])] == stated(share)
        return (earned, possible), share
    told = paper.find("explain.no_result", result)
    assert told
    assert (earned, possible) == (Fraction(told["earned"]), 0)
    return (earned, possible), None


def pooled(paper: Paper, sentence: str, told: Blanks) -> None:
    parts = paper.each("explain.part_points", told["parts"])
    for part in parts:
        points = Fraction(part["earned"]), Fraction(part["possible"])
        assert paper.points[part["section"]] == points
    name, inner = title(told["name"]), [part["section"] for part in parts]
    paper.points[name], paper.shares[name] = summed(paper, inner, told["result"])


def weighted(paper: Paper, sentence: str, told: Blanks) -> None:
    parts = paper.each("explain.part_share", told["parts"])
    weights = {part["section"]: Fraction(part["weight"]) for part in parts}
    shares = {part["section"]: exact(part["share"]) for part in parts}
    assert shares == {each: paper.shares[each] for each in shares}
    assert sum(weights.values()) == Fraction(told["weights"])
    mean(paper, told, sum(weights[each] * shares[each] for each in shares), sum(weights.values()))


def single(paper: Paper, sentence: str, told: Blanks) -> None:
    share = paper.shares[told["section"]]
    assert share is not None
    mean(paper, told, share, Fraction(1))


def mean(paper: Paper, told: Blanks, top: Fraction | int, weights: Fraction | int) -> None:
    name, share = title(told["name"]), Fraction(top) / Fraction(weights)
    *fraction, result = told["result"].split(" = ")
    assert [exact(each) for each in fraction] in ([], [share])
    assert [exact(result)] == stated(share)
    paper.shares[name] = share


def demerits(paper: Paper, sentence: str, told: Blanks) -> None:
    written = told["demerits"].split(" - ") if "demerits" in told else []
    found = [filled("explain.lost", paper.locale, each) or {} for each in written]
    lost = {each["number"]: Fraction(each["demerit"]) for each in found}
    assert lost == paper.lost
    left = Fraction(told["start"]) - sum(lost.values())
    assert left == Fraction(told.get("left", told["start"]))
    paper.shares[""] = max(left, NONE) / 100
    assert [exact(told["share"])] == stated(paper.shares[""])


def bonus_cap(paper: Paper, sentence: str, told: Blanks) -> None:
    paper.changed("", told["change"], Fraction(1))


def fixed(paper: Paper, sentence: str, told: Blanks) -> None:
    """The raw score, and then the final one."""
    (score,) = stated(paper.shares[""])
    kind = "final" if "raw" in paper.fixed else "raw"
    if below := paper.find("explain.below_zero", sentence):
        assert exact(below["share"]) == score < 0
    found = paper.find(f"explain.{kind}", sentence)
    assert found
    assert exact(found["score"]) == max(score, NONE)
    paper.fixed[kind] = int(max(score, NONE) * 10_000)


def unfixed(paper: Paper, sentence: str, told: Blanks) -> None:
    assert paper.shares[""] is None
    paper.fixed["final" if "raw" in paper.fixed else "raw"] = None


SUMS: Mapping[str, Reader] = {
    "name.question": question,
    "explain.hidden": nothing,
    "explain.hidden_unless": nothing,
    "explain.hidden_section": nothing,
    "explain.hidden_section_unless": nothing,
    "explain.nothing_asked": scoreless,
    "explain.none_possible": scoreless,
    "explain.partless": shareless,
    "explain.weightless": shareless,
    "explain.no_answers": shareless,
    "explain.no_demerits": demerits,
    "explain.demerits": demerits,
    "explain.demerits_floor": demerits,
    "explain.section": section,
    "explain.weighted": weighted,
    "explain.single_part": single,
    "explain.pooled": pooled,
    "explain.bonus_cap": bonus_cap,
    "explain.below_zero": fixed,
    "explain.raw": fixed,
    "explain.final": fixed,
    "explain.no_raw": unfixed,
    "explain.no_final": unfixed,
}
"""How the sentences up to a score are read, by their forms; of two that fit, the first counts."""
