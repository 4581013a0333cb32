"""Every fault code with its sentence, in chapters by where it comes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, partial
from pathlib import Path

import audit_api
from audit_api.manuscripts.workbook import rewording
from audit_api.rules.checklist.questions import QuestionType
from audit_api.words import vocabulary
from tools.reference.wording import code, plain, table

PACKAGE = Path(audit_api.__file__).parent
PREFIX = "fault."


class Area(StrEnum):
    """Where a fault comes."""

    REQUESTS = "requests"
    NAMES = "names"
    AUDITS = "audits"
    REVIEWS = "reviews"
    PLANNING = "planning"
    PLACES = "places"
    IMPORTS = "imports"
    CHECKLISTS = "checklists"
    TEXTS = "texts"
    WARNINGS = "warnings"
    WORKBOOKS = "workbooks"
    FORMS = "forms"
    EXPORTS = "exports"


AREAS: Mapping[str, tuple[Area, ...]] = {
    "api": (Area.REQUESTS,),
    "api/people": (Area.PLACES,),
    "web": (Area.REQUESTS,),
    "web/signing_in": (Area.PLACES,),
    "console": (Area.REQUESTS,),
    "console/sites": (Area.PLACES,),
    "glyphs": (Area.WARNINGS,),
    "rules/names": (Area.NAMES,),
    "rules/scoring": (Area.AUDITS,),
    "rules/authoring": (Area.CHECKLISTS,),
    "rules/authoring/checking": (Area.WARNINGS,),
    "manuscripts/checks": (Area.CHECKLISTS,),
    "manuscripts/doubts": (Area.WARNINGS,),
    "manuscripts/yaml": (Area.TEXTS,),
    "manuscripts/workbook": (Area.WORKBOOKS,),
    "manuscripts/xlsform": (Area.FORMS,),
    "readers/apart": (Area.CHECKLISTS, Area.IMPORTS),
    "readers/cells": (Area.IMPORTS,),
    "sheets/charsets": (Area.IMPORTS,),
    "sheets/csv": (Area.IMPORTS,),
    "sheets/lines": (Area.IMPORTS,),
    "sheets/parquet": (Area.EXPORTS,),
    "sheets/spreadsheets": (Area.EXPORTS,),
    "sheets/worksheets": (Area.IMPORTS,),
    "sheets/xlsx": (Area.WORKBOOKS,),
    "services/audits": (Area.AUDITS,),
    "services/audits/reviews": (Area.REVIEWS,),
    "services/audits/selections": (Area.REVIEWS,),
    "services/checklists": (Area.CHECKLISTS,),
    "services/datasets": (Area.EXPORTS,),
    "services/exports": (Area.EXPORTS,),
    "services/people": (Area.PLACES,),
    "services/sites": (Area.PLACES,),
    "services/sites/imports": (Area.IMPORTS,),
    "services/visits": (Area.PLANNING,),
}
"""The areas of the modules whose path begins so; the longest beginning decides."""
OF_TYPES = "rules/scoring/answers"
"""The module that names what a question refuses after its type."""


def areas(module: str) -> tuple[Area, ...]:
    """Return the areas of a module; none where none is named after its path."""
    begins = [path for path in AREAS if module.startswith(path)]
    return AREAS[max(begins, key=len)] if begins else ()


@cache
def _modules() -> Mapping[str, frozenset[str]]:
    """Return the modules that write each constant text, other than to compare with it."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).with_suffix("").as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        compares = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
        compared = {id(node) for compare in compares for node in ast.walk(compare)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in compared:
                found.setdefault(str(node.value), set()).add(module)
    return {text: frozenset(modules) for text, modules in found.items()}


def codes() -> list[str]:
    """Return every code of a fault: what is only another sentence for one is none."""
    other_sentences = {*rewording.SENTENCES.values()} | (
        {text for text in _modules() if text.startswith(PREFIX)}
        - {PREFIX + text for text in _modules()}
    )
    return sorted(
        key.removeprefix(PREFIX)
        for key in vocabulary("en")
        if key.startswith(PREFIX) and key not in other_sentences
    )


def places(fault: str) -> set[Area]:
    """Return where a fault comes."""
    modules = {*_modules().get(fault, ()), *_modules().get(PREFIX + fault, ())}
    if fault in {f"{kind}_expected" for kind in QuestionType}:
        modules.add(OF_TYPES)
    found = {place for module in modules for place in areas(module)}
    # What requests refuse has plain names, which are also words of checklists.
    if any(module.startswith(("api/http/", "web/")) for module in modules):
        found -= {Area.CHECKLISTS, Area.TEXTS, Area.WORKBOOKS, Area.FORMS}
    return found


def sentence_of(fault: str, place: Area) -> str:
    """Return the key of the sentence that tells a fault in an area."""
    told_as = rewording.SENTENCES.get(fault)
    return told_as if told_as and place is Area.WORKBOOKS else PREFIX + fault


def chapter(place: Area, locale: str) -> str:
    """The faults of one area."""
    spoken = vocabulary(locale)
    rows = [
        [code(fault), plain(spoken[sentence_of(fault, place)])]
        for fault in codes()
        if place in places(fault)
    ]
    return table(locale, ["code", "sentence"], rows)


TABLES: Mapping[str, Callable[[str], str]] = {
    f"faults_{place}": partial(chapter, place) for place in Area
}
