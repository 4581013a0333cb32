"""The data set `dictionary`: every column of every data set, then of the checklists that were
published every part that makes a column, every question and option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from audit_api.rules.checklist.questions import Question
from audit_api.rules.checklist.sections import walk
from audit_api.rules.checklist.texts import Text
from audit_api.rules.exact import decimal
from audit_api.rules.permissions import Permission
from audit_api.services.access import Who
from audit_api.services.checklists.compiled import Published
from audit_api.services.datasets import fields, parts, versions
from audit_api.services.datasets.fields import Dataset, Field, Request, Unit, millionths
from audit_api.services.documents.editions import Edition
from audit_api.sheets.tables import Kind
from audit_api.words import pick, say

LANGUAGES = ("en", "zh")
"""The languages that titles and meanings have a column of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A column of a data set, a question of a checklist's version, or an option of a question.

    `belongs_to` is the data set or the checklist, `part_of` a question's touchpoint or an option's
    question, or the checklist that a column is of; titles and meanings stand in the order of
    LANGUAGES.
    """

    entry: str
    belongs_to: str
    key: str
    titles: Sequence[str]
    meanings: Sequence[str] = ("", "")
    version: int | None = None
    part_of: str | None = None
    type: str | None = None
    unit: str | None = None
    points: Decimal | None = None
    edition: str | None = None
    source: str | None = None


def of_columns(datasets: Sequence[Dataset]) -> Iterator[Entry]:
    """Yield every column of data sets, in their order."""
    for dataset in datasets:
        for each in dataset.fields:
            yield Entry(
                "column",
                dataset.name,
                each.name,
                [say(f"data.{each.name}", locale) for locale in LANGUAGES],
                [fields.meaning(each, locale) for locale in LANGUAGES],
                type=each.kind,
                unit=each.unit,
                edition=Edition.FULL if each.full else Edition.ANONYMOUS,
                source=each.source,
            )


def of_checklists(by: Who) -> Iterator[Entry]:
    """Yield what every published version that `by` may see has brought, by the order in which the
    versions were made: the columns of its parts, its questions and options."""
    for version in versions.published(by):
        yield from _of_parts(version)
        yield from _of_version(version)


def _of_parts(version: Published) -> Iterator[Entry]:
    """The columns that the data set `audits` has where this checklist is asked for."""
    for part in parts.of_version(version):
        column = parts.field_of(part)
        yield Entry(
            "column",
            "audits",
            column.name,
            _spoken(part.title),
            [fields.meaning(column, locale) for locale in LANGUAGES],
            version.number,
            version.checklist.key,
            column.kind,
            column.unit,
            edition=Edition.ANONYMOUS,
            source=column.source,
        )


def _of_version(version: Published) -> Iterator[Entry]:
    checklist = version.checklist
    for path in walk(checklist.touchpoints):
        for question in path[-1].questions:
            yield Entry(
                "question",
                checklist.key,
                question.key,
                _spoken(question.title),
                _spoken(question.hint or {}),
                version.number,
                path[0].key,
                question.type,
                points=millionths(question.possible),
            )
            yield from _options(version, question)


def _options(version: Published, question: Question) -> Iterator[Entry]:
    for option in question.options:
        yield Entry(
            "option",
            version.checklist.key,
            str(option.key),
            _spoken(option.title or {}),
            version=version.number,
            part_of=question.key,
            points=decimal(option.points, 3),
        )


def _spoken(text: Text) -> list[str]:
    return [pick(text, locale) for locale in LANGUAGES]


def _in(place: int, names: str, entry: Entry) -> str | None:
    said: Sequence[str] = getattr(entry, names)
    return said[place] or None


FIELDS: tuple[Field, ...] = (
    Field("entry", Kind.TEXT, lambda r: r.entry, ""),
    Field("belongs_to", Kind.TEXT, lambda r: r.belongs_to, "checklists.key"),
    Field("checklist_version", Kind.INTEGER, lambda r: r.version, "checklist_versions.number"),
    Field("part_of", Kind.TEXT, lambda r: r.part_of, "checklist_versions.document"),
    Field("key", Kind.TEXT, lambda r: r.key, "checklist_versions.document", width=22),
    *(
        Field(
            f"title_{locale}",
            Kind.TEXT,
            partial(_in, place, "titles"),
            "checklist_versions.document",
            width=34,
        )
        for place, locale in enumerate(LANGUAGES)
    ),
    *(
        Field(
            f"meaning_{locale}",
            Kind.TEXT,
            partial(_in, place, "meanings"),
            "checklist_versions.document",
            width=60,
        )
        for place, locale in enumerate(LANGUAGES)
    ),
    Field("type", Kind.TEXT, lambda r: r.type, "checklist_versions.document"),
    Field("unit", Kind.TEXT, lambda r: r.unit, ""),
    Field(
        "points",
        Kind.DECIMAL,
        lambda r: r.points,
        "checklist_versions.document",
        Unit.POINTS,
        places=6,
    ),
    Field("edition", Kind.TEXT, lambda r: r.edition, ""),
    Field("source", Kind.TEXT, lambda r: r.source, "", width=28),
)


def dictionary(datasets: Sequence[Dataset]) -> Dataset:
    """Return the dictionary of these data sets and of itself."""

    def records(request: Request, by: Who) -> Iterator[Entry]:
        yield from of_columns([*datasets, told])
        yield from of_checklists(by)

    told = Dataset("dictionary", FIELDS, records, Permission.REPORT_READ)
    return told
