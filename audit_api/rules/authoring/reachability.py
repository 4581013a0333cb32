"""Whether a condition can ever hold, and whether it can ever fail, told before anybody is asked.

Decided exactly, by trying every combination of answers and site values that the conditions
concerned can tell apart.  Where there are too many nothing is claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from audit_api.rules.authoring.domains import (
    MAX_COMBINATIONS,
    attribute_domain,
    question_domain,
    told_apart,
)
from audit_api.rules.checklist.conditions import (
    KIND,
    Condition,
    Evaluation,
    SiteAttribute,
    Source,
    SubjectTest,
    Values,
    compile_condition,
    questions_named,
    subject_tests,
)
from audit_api.rules.checklist.questions import Question
from audit_api.rules.checklist.sections import Checklist, Section, walk

Subject = tuple[Source, str]
"""A question or an attribute of the site, by its key."""

MAX_TRIALS = 800_000
"""How many tests are tried for one checklist, so that nobody waits long for a strange one."""


GATHERING_COST = 3
"""To gather one question that bears on a conditional takes as long as this many tests."""


class Reach(StrEnum):
    """What becomes of a condition wherever the sections around it are shown."""

    NEVER = "never"
    REACHABLE = "reachable"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A condition made ready; one that stands on a section is the same object all through it."""

    holds: Evaluation
    tests: tuple[SubjectTest, ...]
    questions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conditional:
    """A section, or a question: the clauses of the sections around it, and its own.

    Of what is `unread` there are more clauses, or other answers, than could be read.
    """

    key: str
    question: Question | None
    around: tuple[Clause, ...]
    own: Clause | None
    unread: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All that have to hold for it to be shown."""
        return self.around if self.own is None else (*self.around, self.own)


@dataclass(frozen=True, slots=True)
class Cases:
    """All combinations of the site's values and of the answers to some questions, `asked` in
    this order; `answers` are what may be the value of each."""

    site: Mapping[str, Sequence[object]]
    asked: Sequence[Conditional]
    answers: Sequence[Sequence[object]]

    def __iter__(self) -> Iterator[tuple[Values, Values]]:
        """The values of visible answered questions, and the site's values."""
        for chosen in product(*self.site.values()):
            site = dict(zip(self.site, chosen, strict=True))
            for answers in product(*self.answers):
                yield self._visible(answers, site), site

    def _visible(self, answers: Iterable[object], site: Values) -> Values:
        values: dict[str, object] = {}
        for conditional, answer in zip(self.asked, answers, strict=True):
            if all(clause.holds(values, site) for clause in conditional.clauses):
                values[conditional.key] = answer
        return values


def reach(checklist: Checklist, unread: Collection[str] = ()) -> Mapping[str, Reach]:
    """What becomes of each condition, by the key of the section or question that it stands on.

    A condition inside a section that is never shown is left out.  A question can be asked
    unless its own condition or one around it is NEVER, and is always asked where all are ALWAYS.
    `unread` are the keys of sections whose condition, and of questions of which anything, could
    not be read: nothing is claimed of them, nor of what depends on them.
    """
    conditionals = list(_conditionals(checklist, unread))
    search = Search(
        conditionals,
        questions={question.key: question for question in checklist.questions()},
        attributes={each.key: each for each in (*checklist.site_attributes, KIND)},
        left=MAX_TRIALS,
    )
    found = {
        conditional.key: search.outcome(conditional)
        for conditional in conditionals
        if conditional.own is not None
    }
    return {key: outcome for key, outcome in found.items() if outcome is not None}


def _conditionals(checklist: Checklist, unread: Collection[str]) -> Iterator[Conditional]:
    """Every section and every question, in asking order."""
    clauses: dict[str, tuple[Clause, ...]] = {}
    for *around, section in walk(checklist.touchpoints):
        conditional = _conditional(section, None, clauses[around[-1].key] if around else (), unread)
        clauses[section.key] = conditional.clauses
        yield conditional
        for question in section.questions:
            yield _conditional(question, question, conditional.clauses, unread)


def _conditional(
    shown: Section | Question,
    question: Question | None,
    around: tuple[Clause, ...],
    unread: Collection[str],
) -> Conditional:
    if shown.key in unread:
        return Conditional(shown.key, question, around, None, unread=True)
    return Conditional(shown.key, question, around, _clause(shown.condition))


def _clause(condition: Condition | None) -> Clause | None:
    if condition is None:
        return None
    tests = tuple(subject_tests(condition))
    return Clause(compile_condition(condition), tests, questions_named(condition))


@dataclass(slots=True)
class Search:
    """Decides over one conditional after the other; `left` is how many tests may still be tried."""

    conditionals: Sequence[Conditional]
    questions: Mapping[str, Question]
    attributes: Mapping[str, SiteAttribute]
    left: int

    def outcome(self, conditional: Conditional) -> Reach | None:
        """What becomes of a conditional's clauses; None where those around it never hold."""
        cases = self._cases(conditional)
        if cases is None:
            return Reach.REACHABLE
        *around, own = conditional.clauses
        seen: set[bool] = set()
        for values, site in cases:
            if all(clause.holds(values, site) for clause in around):
                seen.add(own.holds(values, site))
            if len(seen) == 2:
                return Reach.REACHABLE
        if not seen:
            return None
        return Reach.ALWAYS if seen == {True} else Reach.NEVER

    def _cases(self, conditional: Conditional) -> Cases | None:
        """The combinations that decide over a conditional; None where they are too many."""
        if self.left < 0:
            return None
        asked, clauses = _concerned(conditional, self.conditionals)
        self.left -= GATHERING_COST * len(asked)
        if any(each.unread for each in asked):
            return None
        tests: dict[Subject, list[SubjectTest]] = defaultdict(list)
        for test in (test for clause in clauses for test in clause.tests):
            tests[test.source, test.key].append(test)
        domains: dict[Subject, Sequence[object]] = {}
        combinations = 1
        for subject, of_subject in tests.items():
            domain = self._domain(subject, of_subject)
            combinations *= len(domain)
            if not 0 < combinations <= MAX_COMBINATIONS:
                return None
            domains[subject] = domain
        self.left -= combinations * sum(map(len, tests.values()))
        if self.left < 0:
            return None
        site = {key: domain for (source, key), domain in domains.items() if source is Source.SITE}
        return Cases(site, asked, [domains[Source.QUESTION, each.key] for each in asked])

    def _domain(self, subject: Subject, tests: Sequence[SubjectTest]) -> Sequence[object]:
        """The values of a subject that its tests tell apart; empty where they are too many."""
        source, key = subject
        if source is Source.SITE:
            values = attribute_domain(self.attributes[key], tests)
        else:
            values = question_domain(self.questions[key], tests)
        self.left -= len(values) * len(tests)
        return told_apart(values, tests) if self.left >= 0 else ()


def _concerned(
    conditional: Conditional, conditionals: Sequence[Conditional]
) -> tuple[list[Conditional], Iterable[Clause]]:
    """The questions that bear on a conditional, in asking order, and all the clauses concerned."""
    clauses = dict.fromkeys(conditional.clauses)
    named = {key for clause in clauses for key in clause.questions}
    asked: list[Conditional] = []
    # Backwards, because a condition names earlier questions alone.
    for each in reversed(conditionals):
        if each.question is not None and each.key in named:
            asked.append(each)
            clauses |= dict.fromkeys(each.clauses)
            named.update(key for clause in each.clauses for key in clause.questions)
    return asked[::-1], clauses
