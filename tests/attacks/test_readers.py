"""A text of nothing but delimiters, as long as a reader takes it, costs no reader a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import pytest

from audit_api.api.http import body, spans
from audit_api.errors import Problem, Refused
from audit_api.manuscripts import checks
from audit_api.manuscripts.workbook import cells, condition_text, tables, worth_cells
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.xlsform import relevance
from audit_api.readers.columns import LAYOUTS
from audit_api.rules import names
from audit_api.services.people import passwords
from audit_api.sheets import lines
from audit_api.sheets.lines import Faults, Upload
from audit_api.words import read_locale
from tests.attacks.floods import BLOCK, BRACKETS, NAMED, QUOTES, UNITS, floods

SECONDS = 1.0
FORMAT = 'format: audit-checklist/1\ntitle: "'
HEADER = "code,name,region_code,time_zone,attribute.a\n"


def check(text: str) -> object:
    return checks.check(text).warnings


def imported(text: str) -> object:
    layout = LAYOUTS["sites"]
    return lines.read(Upload(text.encode()), layout.columns, Faults(), free=layout.free)


def condition(text: str) -> object:
    return condition_text.read(text, Names((), ()))


READERS: dict[str, tuple[Callable[[str], object], Iterable[str]]] = {
    "yaml": (check, floods((*UNITS, *BLOCK, *NAMED), "")),
    "yaml in brackets": (check, floods((*UNITS, *BLOCK, *NAMED), "{a")),
    "yaml in a text": (check, floods(("a", "\\\\", '\\"', "\\u00e9", "中", "\n", "：a"), FORMAT)),
    "gb18030": (
        lambda text: checks.check(text.encode("gb18030", "ignore")[: 1 << 20], "gb18030"),
        floods(("中", "：", "「", "a"), "a: "),
    ),
    "json": (lambda text: body.parse(text.encode()), floods(UNITS, "", '["', "[[")),
    "spans": (lambda text: list(spans.elements(text.encode())), floods(UNITS, "[[")),
    "a member": (lambda text: spans.member(text.encode(), "audits"), floods(UNITS, '{"a":[[')),
    "csv": (imported, floods(UNITS, "", HEADER)),
    "a name": (names.name, floods(UNITS)),
    "a code": (names.code, floods(UNITS)),
    "an address": (names.email, floods(UNITS, "", "a@")),
    "a text": (lambda text: names.prose(text, 1_000), floods(UNITS)),
    "a language": (read_locale, floods(("a", "a-", "-", "_", "中", " "))),
    "a condition": (condition, floods((*QUOTES, *BRACKETS, " and ", "a "), "", "a = ")),
    "an expression": (lambda text: relevance.condition(text, {}), floods((" ", "${", "'", "("))),
    "a list": (cells.EVIDENCE.read, floods((",", "a,", "；", "\n", "、"))),
    "texts": (cells.ENTRIES.read, floods((",", '"', '""', '"a",', " ", "\n"))),
    "a number": (cells.number, floods(("0", ".", "-", "e", " ", "%", "0."))),
    "bands": (worth_cells.VALUE_BANDS.read, floods((";", "0:", "1: 2;", " ", ".", "-", "a"))),
    "effects": (worth_cells.EFFECT.read, floods((",", "fail,", "cap", " ", "cap 1,"))),
    "a heading": (lambda text: tables._parted(text, {}), floods((":", "：", "(", ")", " ", "a"))),
    "a password": (lambda text: passwords.hash_password(text), floods((" ", "a", "中"))),
}


@pytest.mark.parametrize("reader", READERS)
def test_no_flood_of_delimiters_costs_a_second(reader: str) -> None:
    read, texts = READERS[reader]
    slow = {}
    for text in texts:
        begun = time.thread_time()
        with suppress(Problem, Refused):
            read(text)
        seconds = time.thread_time() - begun
        if seconds >= SECONDS:
            slow[text[:10]] = seconds
    assert not slow, slow
