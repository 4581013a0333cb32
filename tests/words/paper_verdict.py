"""What follows from a score, read off the sentences of its explanation alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from audit_api.words import vocabulary
from tests.words.paper import NONE, SUMS, Paper, Reader, exact, nothing, stated, summed
from tests.words.sentence_forms import NUMBER, TITLE, Blanks, filled


def computed(sentences: Iterable[str], locale: str) -> Paper:
    """The paper after all sentences."""
    paper = Paper(locale)
    for sentence in sentences:
        read, blanks = recognised(sentence, locale)
        read(paper, sentence, blanks)
    return paper


def recognised(sentence: str, locale: str) -> tuple[Reader, Blanks]:
    for code, read in READERS.items():
        if (blanks := filled(code, locale, sentence)) is not None:
            return read, blanks
    raise AssertionError(sentence)


def zeroed(paper: Paper, sentence: str, told: Blanks) -> None:
    section, (earned, left) = told["section"], (Fraction(told["earned"]), Fraction(told["left"]))
    assert left == min(earned, NONE)
    known, possible = paper.points.get(section, (earned, NONE))
    assert known == earned
    paper.points[section] = left, possible
    paper.changed(section, told["change"], NONE)


def marked(paper: Paper, sentence: str, told: Blanks) -> None:
    section, score = told["section"], exact(told["score"])
    assert stated(paper.shares[section]) == [score]
    paper.marks[section] = score >= exact(told["pass_mark"])
    reached = paper.find("explain.mark_reached", sentence) is not None
    assert reached == paper.marks[section]


def failing(paper: Paper, sentence: str, told: Blanks) -> None:
    """The audit fails by a question, which has a number, or else by a section."""
    question = filled("name.question", paper.locale, told["cause"])
    cause = question["number"] if question else re.findall(TITLE, told["cause"])[0]
    if cause not in paper.failing:
        paper.failing.append(cause)


def zero_audit(paper: Paper, sentence: str, told: Blanks) -> None:
    failing(paper, sentence, told)
    paper.changed("", told["change"], NONE)


def cap(paper: Paper, sentence: str, told: Blanks) -> None:
    paper.changed("", told["change"], exact(told["cap"]))


def cap_band(paper: Paper, sentence: str, told: Blanks) -> None:
    paper.caps.append(told["band"])


def bands(paper: Paper, sentence: str, told: Blanks) -> None:
    score = Fraction(paper.fixed["final"] or 0, 10_000)
    assert exact(told["score"]) == score
    starts = {
        each["band"]: exact(each["score"])
        for each in paper.each("explain.band_start", told["bands"])
    }
    order = list(starts)
    reached = [band for band in order if starts[band] <= score]
    assert told["band"] == (reached or order[:1])[-1]
    paper.band = min((told["band"], *paper.caps), key=order.index)
    capped = paper.find("explain.band_capped", sentence) or {"cap": told["band"]}
    assert capped["cap"] == paper.band
    if paper.caps and paper.band == told["band"]:
        assert paper.find("explain.band_stays", sentence)


def passed(paper: Paper, sentence: str, told: Blanks) -> None:
    assert not paper.failing
    if found := paper.find("explain.score_reaches", sentence):
        assert exact(found["score"]) >= exact(found["pass_mark"])
    if paper.find("explain.sections_reach", sentence) is not None:
        assert all(paper.marks.values())
    else:
        assert found
    paper.passed = True


def not_passed(paper: Paper, sentence: str, told: Blanks) -> None:
    reasons = told["reasons"].split(vocabulary(paper.locale)["explain.also"])
    for reason in reasons:
        if found := paper.find("explain.critical", reason):
            causes = re.findall(rf"{TITLE}|{NUMBER}", found["causes"])
            assert causes == paper.failing
        elif found := paper.find("explain.sections_miss", reason):
            missed = [each for each, reached in paper.marks.items() if not reached]
            assert re.findall(TITLE, found["sections"]) == missed != []
        else:
            found = paper.find("explain.score_misses", reason)
            assert found
            assert exact(found["score"]) < exact(found["pass_mark"])
    paper.passed = False


def covered(paper: Paper, sentence: str, told: Blanks) -> None:
    answered, visible = int(told["answered"]), int(told["visible"])
    found = paper.find("explain.missing", sentence) or {"numbers": ""}
    missing = re.findall(NUMBER, found["numbers"])
    assert len(missing) == visible - answered
    assert paper.points.keys() >= {*missing}
    paper.valid = answered >= exact(told["demanded"]) * visible
    assert paper.valid == (paper.find("explain.valid", sentence) is not None)


def dimension(paper: Paper, sentence: str, told: Blanks) -> None:
    numbers = re.findall(NUMBER, told["numbers"])
    _, paper.dimensions[told["name"]] = summed(paper, numbers, told["result"])


def no_dimension(paper: Paper, sentence: str, told: Blanks) -> None:
    paper.dimensions[told["name"]] = None


READERS: Mapping[str, Reader] = {
    **SUMS,
    "explain.zeroed": zeroed,
    "explain.mark_reached": marked,
    "explain.mark_missed": marked,
    "explain.fail": failing,
    "explain.zero_audit": zero_audit,
    "explain.cap": cap,
    "explain.cap_band": cap_band,
    "explain.bands": bands,
    "explain.passed": passed,
    "explain.not_passed": not_passed,
    "explain.no_mark": nothing,
    "explain.nothing_to_compare": nothing,
    "explain.coverage": covered,
    "explain.dimension": dimension,
    "explain.dimension_empty": no_dimension,
}
