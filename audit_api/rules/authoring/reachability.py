"""Whether a condition can ever hold, and whether it can ever fail.

The search is exact: it tries every combination of answers and site values that the conditions
can tell apart.  It claims nothing where there are too many combinations.
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
"""The search of one checklist tries at most so many tests, so that nobody waits long for it."""

GATHERING_COST = 3
"""Finding one question that a condition depends on takes as long as trying so many tests."""


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
    """A section or a question: the clauses of the sections around it, and its own.

    If it is `unread`, it may have more clauses, or other answers, than could be read.
    """

    key: str
    question: Question | None
    around: tuple[Clause, ...]
    own: Clause | None
    unread: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses that have to hold so that it is shown."""
        return self.around if self.own is None else (*self.around, self.own)


@dataclass(frozen=True, slots=True)
class Cases:
    """All combinations of the site's values and of the answers to some questions, `asked` in
    this order; `answers` are the possible values of each."""

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
    outcomes = {
        conditional.key: search.outcome(conditional)
        for conditional in conditionals
        if conditional.own is not None
    }
    return {key: outcome for key, outcome in outcomes.items() if outcome is not None}


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
    """Decides about one condition after the other; `left` is how many tests it may still try."""

    conditionals: Sequence[Conditional]
    questions: Mapping[str, Question]
    attributes: Mapping[str, SiteAttribute]
    left: int

    def outcome(self, conditional: Conditional) -> Reach | None:
        """What becomes of its own clause; None where those around it never hold together."""
        cases = self._cases(conditional)
        if cases is None:
            return Reach.REACHABLE
        *around, own = conditional.clauses
        results: set[bool] = set()
        for values, site in cases:
            if all(clause.holds(values, site) for clause in around):
                results.add(own.holds(values, site))
            if len(results) == 2:
                return Reach.REACHABLE
        if not results:
            return None
        return Reach.ALWAYS if results == {True} else Reach.NEVER

    def _cases(self, conditional: Conditional) -> Cases | None:
        """The combinations that decide about its own clause; None where they are too many."""
        if self.left < 0:
            return None
        questions, clauses = _concerned(conditional, self.conditionals)
        self.left -= GATHERING_COST * len(questions)
        if any(each.unread for each in questions):
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
        return Cases(site, questions, [domains[Source.QUESTION, each.key] for each in questions])

    def _domain(self, subject: Subject, tests: Sequence[SubjectTest]) -> Sequence[object]:
        """The values of a subject that its tests can tell apart; none where they are too many."""
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
    """The questions that its clauses depend on, in asking order, and the clauses of all of them."""
    clauses = dict.fromkeys(conditional.clauses)
    named = {key for clause in clauses for key in clause.questions}
    questions: list[Conditional] = []
    # It goes backwards because a condition names earlier questions only.
    for each in reversed(conditionals):
        if each.question is not None and each.key in named:
            questions.append(each)
            clauses |= dict.fromkeys(each.clauses)
            named.update(key for clause in each.clauses for key in clause.questions)
    return questions[::-1], clauses
