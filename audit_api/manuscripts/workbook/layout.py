"""The columns of each sheet: which member of the document each one gives, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from audit_api.manuscripts.workbook import condition_text, condition_writing
from audit_api.manuscripts.workbook.cells import (
    ENTRIES,
    EVIDENCE,
    FAILS_AT,
    FLAG,
    KEY,
    KEYS,
    LOCALES,
    NUMERIC,
    POINTS,
    SHARE,
    TEXT,
    Cell,
    one_of,
)
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.worth_cells import EFFECT, VALUE_BANDS
from audit_api.rules.checklist.questions import QuestionType
from audit_api.rules.checklist.sections import Method
from audit_api.rules.figures.metrics import SCALES, CesMethod, ItemScore

ABSENT = object()
"""The default of a member that is written whatever it is."""

DEPTHS: Mapping[str, int] = {"touchpoint": 1, "section": 2, "subsection": 3}
"""What a row of the questions may be beside a question, and how deep it lies."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name among the headings, and the path of its member.

    `texts` has a column for each language.  A member that is its `default` leaves the cell empty.
    What `scores` changes what answers are worth.
    """

    name: str
    path: tuple[str, ...]
    cell: Cell
    width: int = 14
    texts: bool = False
    default: object = ABSENT
    scores: bool = False

    @property
    def heading(self) -> str:
        """The code of its heading."""
        return f"sheets.heading.{self.name}"

    @property
    def note(self) -> str:
        """The code of the note on its heading."""
        return f"sheets.note.{self.name}"


def _title(width: int = 40) -> Column:
    return Column("title", ("title",), TEXT, width, texts=True)


_KEY = Column("key", ("key",), KEY, 22)
LANGUAGES = Column("languages", ("locales",), LOCALES)
_EFFECT = Column("effect", ("effect",), EFFECT, default=[])

SETTINGS = (
    Column("format", ("format",), NUMERIC),
    _KEY,
    LANGUAGES,
    _title(),
    Column("method", ("scoring", "method"), one_of(*Method)),
    Column("start", ("scoring", "start"), NUMERIC),
    Column("pass_mark", ("scoring", "pass_mark"), NUMERIC, default=None),
    Column("every_section", ("scoring", "every_section_must_pass"), FLAG),
    Column("bonus_over_100", ("scoring", "bonus_over_100"), FLAG),
    Column("validity", ("scoring", "validity"), SHARE),
    Column("unanswered", ("scoring", "unanswered"), one_of("ignore", "zero")),
    Column("csat_top", ("metrics", "csat", "top"), NUMERIC),
    Column("ces_method", ("metrics", "ces", "method"), one_of(*CesMethod)),
    Column("csi_item", ("metrics", "csi", "item_score"), one_of(*ItemScore)),
)
"""The rows of the sheet `checklist`: each is a setting."""

BANDS = (
    _KEY,
    _title(),
    Column("band_from", ("from",), NUMERIC),
)

DIMENSIONS = (_KEY, _title())

SITE_ATTRIBUTES = (
    _KEY,
    _title(),
    Column("attribute_type", ("type",), one_of("word", "number", "flag")),
    Column("values", ("values",), ENTRIES, 40, default=()),
)

LIST = ("list",)
"""The path of an option's list: no member of the option itself."""
OPTIONS = (
    Column("list", LIST, KEY, 22),
    _KEY,
    _title(),
    Column("option_points", ("points",), NUMERIC, scores=True),
    Column("failed", ("failed",), FLAG, default=None, scores=True),
    _EFFECT,
)


_TYPE = Column("type", ("type",), one_of(*DEPTHS, *QuestionType), 13)
OPTIONS_OF = ("response_set",)
"""The path of a question's list of options: in the workbook every list has a name."""
KEYED = (_TYPE, _KEY)
"""The columns that tell which keys are those of questions."""


def questions(names: Names) -> tuple[Column, ...]:
    """The columns of the questions, where conditions may name these keys."""
    condition = Cell(
        lambda text: condition_text.read(text, names),
        lambda written, language: condition_writing.write(written, names),
    )
    return (
        _TYPE,
        _KEY,
        _title(),
        Column("hint", ("hint",), TEXT, 40, texts=True),
        Column("options", OPTIONS_OF, KEY, 20),
        Column("points", ("points",), POINTS, default=1, scores=True),
        Column("weight", ("weight",), NUMERIC, 9, default=1, scores=True),
        Column("fails_at", ("fails_at",), FAILS_AT, 9),
        Column("reverse", ("reverse",), FLAG, 9, default=False),
        Column("min", ("min",), NUMERIC, 8, default=None),
        Column("max", ("max",), NUMERIC, 8, default=None),
        Column("value_bands", ("bands",), VALUE_BANDS, 30, default=[]),
        Column("per_unit", ("per_unit",), NUMERIC, 9, default=None),
        Column("demerit", ("demerit",), NUMERIC, 9, default=0, scores=True),
        Column("bonus", ("bonus",), FLAG, 9, default=False),
        _EFFECT,
        Column("section_pass_mark", ("pass_mark",), NUMERIC, 9, default=None),
        Column("on_fail", ("on_fail",), EFFECT, default=[]),
        Column("condition", ("condition",), condition, 40),
        Column("required", ("required",), FLAG, 9, default=True),
        Column("not_applicable", ("not_applicable",), FLAG, 9, default=False),
        Column("not_observed", ("not_observed",), FLAG, 9, default=False),
        Column("photo", ("evidence", "photo"), EVIDENCE, default="never"),
        Column("comment", ("evidence", "comment"), EVIDENCE, default="never"),
        Column("dimensions", ("dimensions",), KEYS, 24, default=[]),
        Column("metric", ("metric",), one_of(*SCALES), 9, default=None),
        Column("metric_weight", ("metric_weight",), NUMERIC, 9, default=1),
        Column("expectation", ("expectation",), KEY, 20, default=None),
    )


TABLES: Mapping[str, tuple[Column, ...]] = {
    "bands": BANDS,
    "dimensions": DIMENSIONS,
    "site_attributes": SITE_ATTRIBUTES,
}
"""The sheets that are plain lists in the document, each at `LISTS`."""
LISTS: Mapping[str, tuple[str, ...]] = {
    "bands": ("scoring", "bands"),
    "dimensions": ("dimensions",),
    "site_attributes": ("site_attributes",),
}


def member(document: Mapping[str, Any], path: Iterable[str]) -> Any:
    """The value at a path of members; ABSENT where there is none."""
    value: Any = document
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            return ABSENT
        value = value[name]
    return value


def place(document: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Put a value at a path of members, making the objects on the way."""
    for name in path[:-1]:
        document = document.setdefault(name, {})
    document[path[-1]] = value
