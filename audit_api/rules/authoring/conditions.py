"""A condition of a checklist document, read into its value with every fault noted.

What a test compares with has to be a value that its question accepts as an answer, or that the
site's attribute can have.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from audit_api.errors import Fault
from audit_api.rules.authoring.node import Node
from audit_api.rules.authoring.options import MAX_TITLE_LENGTH
from audit_api.rules.authoring.spelling import shown
from audit_api.rules.checklist.conditions import (
    FLAG,
    KIND,
    NUMBER,
    WORD,
    AllOf,
    AnyOf,
    Condition,
    Not,
    Operand,
    Operator,
    SiteAttribute,
    Source,
    SubjectTest,
)
from audit_api.rules.checklist.questions import CHOICES, Question, QuestionType
from audit_api.rules.exact import MAX_NUMBER, number, thousandths
from audit_api.rules.scoring.answer_values import value_reader
from audit_api.rules.scoring.answers import value_faults

MAX_DEPTH = 5
"""A test alone is 1 deep; each all, any and not around it adds 1."""
MAX_TESTS = 50
MAX_PARTS = 20
MAX_OPERANDS = 50
MAX_ATTRIBUTES = 30
MAX_WORDS = 50
MAX_WORD_LENGTH = 100

FORMS = ("all", "any", "not", *(source.value for source in Source))

SAME = (Operator.EQUALS, Operator.ONE_OF, Operator.ANSWERED)
ORDER = (
    *SAME,
    Operator.LESS_THAN,
    Operator.AT_MOST,
    Operator.MORE_THAN,
    Operator.AT_LEAST,
)
TESTS_OF_QUESTIONS: Mapping[QuestionType, tuple[Operator, ...]] = {
    QuestionType.SINGLE: SAME,
    QuestionType.SEVERAL: (Operator.CONTAINS, Operator.ANSWERED),
    QuestionType.YES_NO: SAME,
    QuestionType.SCALE: ORDER,
    QuestionType.NUMBER: ORDER,
    QuestionType.DURATION: ORDER,
    QuestionType.COUNT: ORDER,
    QuestionType.TEXT: SAME,
    QuestionType.DATE: ORDER,
    QuestionType.TIME: ORDER,
    QuestionType.PHOTO: (Operator.ANSWERED,),
    QuestionType.SIGNATURE: (Operator.ANSWERED,),
    QuestionType.PLACE: (Operator.ANSWERED,),
    QuestionType.BARCODE: SAME,
}
"""The tests that each type of question takes."""
TESTS_OF_ATTRIBUTES: Mapping[str, tuple[Operator, ...]] = {
    WORD: SAME,
    NUMBER: ORDER,
    FLAG: (Operator.EQUALS, Operator.ANSWERED),
}
"""The tests that each type of site attribute takes."""

ValueCheck = Callable[[object, str], Iterable[Fault]]
"""What is wrong with a value that stands at a pointer."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a condition may name, and the pointers of the tests found so far.

    `earlier` are the questions that are asked before, `attributes` the declared ones of the
    site, both by key.  By `itself`, the key of what has the condition, and `written`, the keys
    of all questions of the document, a question that is asked too late is told from one that
    does not exist.  Of a question in `unclear` nobody can tell what it accepts.
    """

    earlier: Mapping[str, Question]
    attributes: Mapping[str, SiteAttribute]
    written: Collection[str] = ()
    unclear: Collection[str] = ()
    itself: object = None
    tests: list[str] = field(default_factory=list)


def read_condition(node: Node, member: str, ground: Ground) -> Condition | None:
    """The condition under a member; None where there is none, or none that can be read."""
    if node.members.get(member) is None:
        return None
    condition = _condition(node, member, ground, 1)
    if len(ground.tests) > MAX_TESTS:
        node.fault(member, "condition_too_large", most=MAX_TESTS)
    return condition


def _condition(node: Node, member: str, ground: Ground, depth: int) -> Condition | None:
    value = node.members[member]
    forms = [form for form in FORMS if isinstance(value, Mapping) and form in value]
    if len(forms) != 1:
        node.fault(member, "condition_expected", accepted=list(FORMS))
        return None
    if depth > MAX_DEPTH:
        node.fault(member, "condition_too_deep", most=MAX_DEPTH)
        return None
    inner = node.node(member)
    if forms[0] in (Source.QUESTION, Source.SITE):
        return _test(inner, Source(forms[0]), ground)
    inner.only(forms)
    if forms[0] == "not":
        part = _condition(inner, "not", ground, depth + 1)
        return None if part is None else Not(part)
    listed = inner.listed(forms[0], 1, MAX_PARTS)
    conditions = [_condition(listed, place, ground, depth + 1) for place in listed.members]
    parts = tuple(part for part in conditions if part is not None)
    return AllOf(parts) if forms[0] == "all" else AnyOf(parts)


def _test(written: Node, source: Source, ground: Ground) -> SubjectTest | None:
    ground.tests.append(written.pointer)
    node = written.only((source.value, *map(str, Operator)))
    subject = _question(node, ground) if source is Source.QUESTION else _attribute(node, ground)
    if subject is None:
        return None
    accepted, check = subject
    if not accepted:
        # Any test might be right for a subject that cannot be read: this one claims nothing.
        return SubjectTest(source, str(node.members[source]), Operator.ANSWERED, True)
    operators = [operator for operator in Operator if operator.value in node.members]
    if not operators and len(node.members) > 1:
        return None  # The only test is no test at all, which is noted.
    if len(operators) != 1:
        node.fault(source, "condition_test_expected", accepted=list(map(str, accepted)))
        return None
    if operators[0] not in accepted:
        node.fault(operators[0], "condition_test_refused", accepted=list(map(str, accepted)))
        return None
    return SubjectTest(
        source, str(node.members[source]), operators[0], _operand(node, operators[0], check)
    )


SubjectTests = tuple[Sequence[Operator], ValueCheck]
"""The tests that a subject takes, none where it cannot be told, and the judge of what it is
compared with."""


def _question(node: Node, ground: Ground) -> SubjectTests | None:
    key = node.members[Source.QUESTION]
    if isinstance(key, str) and key in ground.earlier:
        question = ground.earlier[key]
        tests = () if key in ground.unclear else TESTS_OF_QUESTIONS[question.type]
        return tests, _answers_of(question)
    if key is not None and key == ground.itself:
        node.fault(Source.QUESTION, "condition_on_itself", given=key)
    elif isinstance(key, str) and key in ground.written:
        node.fault(Source.QUESTION, "condition_question_later", given=key)
    else:
        values = node.unlike(key, ground.earlier)
        node.fault(Source.QUESTION, "condition_question_unknown", **values)
    return None


def _attribute(node: Node, ground: Ground) -> SubjectTests | None:
    key = node.members[Source.SITE]
    declared = {**ground.attributes, KIND.key: KIND}
    if isinstance(key, str) and key in declared:
        attribute = declared[key]
        return TESTS_OF_ATTRIBUTES.get(attribute.type, ()), _values_of(attribute)
    values = node.unlike(key, sorted(declared))
    node.fault(Source.SITE, "condition_attribute_unknown", **values)
    return None


def _operand(node: Node, operator: Operator, check: ValueCheck) -> Operand | tuple[Operand, ...]:
    if operator is Operator.ANSWERED:
        return node.flag(operator.value)
    if operator is not Operator.ONE_OF:
        return _checked(node, operator.value, check)
    listed = node.listed(operator.value, 1, MAX_OPERANDS)
    return tuple(_checked(listed, place, check) for place in listed.members)


def _checked(node: Node, member: str, check: ValueCheck) -> Operand:
    """The value under a member, a number as it is usually written: 1, not 1.0."""
    value = node.members[member]
    for fault in check(value, node.at(member)):
        accepted = fault.values.get("accepted")
        hints = node.unlike(value, accepted) if isinstance(accepted, list) else {}
        node.faults.append(Fault(fault.pointer, fault.code, {**fault.values, **hints}))
    exact = thousandths(value)
    if exact is not None:
        return number(exact)
    return value if isinstance(value, str | bool) else ""


def _answers_of(question: Question) -> ValueCheck:
    """A question is compared with what it accepts as an answer; several with one of its options."""
    listed = question.type in (*CHOICES, QuestionType.YES_NO, QuestionType.SCALE)
    if listed and not question.options:
        return lambda value, pointer: ()  # The faults of the options themselves are noted.
    if question.type in (*CHOICES, QuestionType.YES_NO):
        return _one_of([str(option.key) for option in question.options])
    reader = value_reader(question)

    def check(value: object, pointer: str) -> Iterable[Fault]:
        return value_faults(question, value, pointer) if reader(value) is None else ()

    return check


def _values_of(attribute: SiteAttribute) -> ValueCheck:
    if attribute.type == FLAG:
        return _flag
    if attribute.type == NUMBER:
        return _decimal
    return _one_of(attribute.values) if attribute.values else _word


def _one_of(accepted: Sequence[str]) -> ValueCheck:
    def check(value: object, pointer: str) -> Iterable[Fault]:
        if not isinstance(value, str) or value not in accepted:
            values = {"given": shown(value), "accepted": list(accepted)}
            yield Fault(pointer, "condition_value_refused", values)

    return check


def _flag(value: object, pointer: str) -> Iterable[Fault]:
    if not isinstance(value, bool):
        yield Fault(pointer, "flag_expected")


def _decimal(value: object, pointer: str) -> Iterable[Fault]:
    exact = thousandths(value)
    if exact is None or abs(exact) > MAX_NUMBER * 1000:
        yield Fault(
            pointer, "decimal_expected", {"low": -MAX_NUMBER, "high": MAX_NUMBER, "places": 3}
        )


def _word(value: object, pointer: str) -> Iterable[Fault]:
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_WORD_LENGTH:
        yield Fault(pointer, "condition_word_expected", {"longest": MAX_WORD_LENGTH})


def read_site_attributes(node: Node, locales: Sequence[str]) -> tuple[SiteAttribute, ...]:
    """The attributes of the site that a checklist declares; `kind` exists without that."""
    attributes: list[SiteAttribute] = []
    taken: dict[str, str] = {}
    for item in node.nodes("site_attributes", 0, MAX_ATTRIBUTES):
        attribute = _declared(item, taken, locales)
        if attribute.key == KIND.key:
            item.fault("key", "attribute_reserved", given=KIND.key)
        else:
            attributes.append(attribute)
    return tuple(attributes)


def _declared(written: Node, taken: dict[str, str], locales: Sequence[str]) -> SiteAttribute:
    node = written.only(("key", "title", "type", "values"))
    key, title = node.fresh_key(taken), node.text("title", locales, MAX_TITLE_LENGTH)
    kind = node.word("type", (WORD, NUMBER, FLAG))
    if "values" not in node.members:
        return SiteAttribute(key, title, kind)
    if kind and kind != WORD:
        node.fault("values", "attribute_values_refused")
    return SiteAttribute(key, title, kind, _words(node.listed("values", 1, MAX_WORDS)))


def _words(listed: Node) -> tuple[str, ...]:
    words: list[str] = []
    for place, word in listed.members.items():
        listed.faults.extend(_word(word, listed.at(place)))
        if word in words:
            listed.fault(place, "entry_repeated", given=shown(word))
        words.append(str(word))
    return tuple(words)
