"""A checklist's own words in one language: what its questions, sections and answers are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit_api.rules.checklist.questions import Question, QuestionType
from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.checklist.texts import Text
from audit_api.rules.exact import thousandths
from audit_api.words import answers, pick, say


@dataclass(frozen=True, slots=True)
class Words:
    """What the parts of a checklist are called, in `locale`; by key.

    `numbers` are the questions' as reports print them: touchpoint, then place in it.
    """

    locale: str
    questions: Mapping[str, Question]
    numbers: Mapping[str, str]
    sections: Mapping[str, Text]
    bands: Mapping[str, Text]
    dimensions: Mapping[str, Text]
    attributes: Mapping[str, Text]

    def say(self, code: str, /, **values: object) -> str:
        """Return a sentence of the product."""
        return say(code, self.locale, **values)

    def quoted(self, text: Text) -> str:
        """Return a text of the checklist, in quotation marks."""
        return self.say("name.quoted", title=pick(text, self.locale))

    def question(self, key: str) -> str:
        """Return a question's number and title."""
        title = pick(self.questions[key].title, self.locale)
        return self.say("name.question", number=self.numbers[key], title=title)

    def section(self, key: str) -> str:
        """Return a section's title."""
        return self.quoted(self.sections[key])


def words_of(checklist: Checklist, locale: str) -> Words:
    """Return the words of a checklist in `locale`, in its first language where it lacks them."""
    return Words(
        locale=locale,
        questions={question.key: question for question in checklist.questions()},
        numbers=checklist.numbers(),
        sections={section.key: section.title for section in checklist.sections()},
        bands={band.key: band.title for band in checklist.scoring.bands},
        dimensions={dimension.key: dimension.title for dimension in checklist.dimensions},
        attributes={attribute.key: attribute.title for attribute in checklist.site_attributes},
    )


def decimal(amount: int) -> str:
    """Return an amount of thousandths as text: 2.5, 10, 0."""
    return answers.points(amount * 1000)


def value(question: Question, answer: object, locale: str) -> str:
    """Return an answer's value as a person reads it."""
    exact = thousandths(answer) if question.type is QuestionType.NUMBER else None
    return answers.answer(question, answer, locale) if exact is None else decimal(exact)
