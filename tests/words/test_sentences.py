"""Every sentence exists in both languages and is used; every code that is used has its sentence."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import audit_api
from audit_api.api.http import translation
from audit_api.errors import Kind
from audit_api.manuscripts.differences import COLUMNS as COLUMNS_OF
from audit_api.manuscripts.workbook import rewording
from audit_api.manuscripts.workbook.words import SHEETS
from audit_api.manuscripts.workbook.worth_cells import EFFECTS
from audit_api.manuscripts.xlsform import refusals
from audit_api.rules.checklist.questions import PICTURES, TRACES, EffectKind, QuestionType
from audit_api.rules.checklist.sections import Method
from audit_api.rules.figures.drivers import NoDrivers, Unweighed
from audit_api.rules.figures.forecast import NoForecast
from audit_api.rules.figures.importance import Quadrant
from audit_api.rules.figures.metrics import CES
from audit_api.rules.kinds import LEFT_OUT
from audit_api.rules.lifecycle import (
    AuditState,
    UnreadableReason,
)
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services.datasets import CARD, DATASETS, fields
from audit_api.services.exports import manifests
from audit_api.services.insights import Outcome
from audit_api.services.insights.times import WEEKDAYS
from audit_api.services.scorecards.metrics import METRICS, Unit
from audit_api.sheets.tables import Kind as CellKind
from audit_api.web.fields import Field
from audit_api.words import LOCALES, say, vocabulary
from tests.words import pages, programme

PACKAGE = Path(audit_api.__file__).parent
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))]
NODES = [node for tree in TREES for node in ast.walk(tree)]
CONSTANTS = {
    node.value for node in NODES if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
CALLS = [node for node in NODES if isinstance(node, ast.Call)]
TEMPLATES = [path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.html"))]
SHOWN = {code for text in TEMPLATES for code in re.findall(r"'([a-z_]+(?:\.[a-z_0-9]+)+)'", text)}
"""The codes that templates name."""
DONE = {
    f"console.done.{keyword.value.value}"
    for call in CALLS
    for keyword in call.keywords
    if keyword.arg == "done" and isinstance(keyword.value, ast.Constant)
}
"""What a page says of what was done before it."""
EN = vocabulary("en")
COLUMNS = [column for columns in COLUMNS_OF.values() for column in columns]
"""The columns of the workbook."""


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def faults() -> Iterator[tuple[str, set[str] | None]]:
    """Yield the code of every fault that is made, and the names of its values where told there."""
    places = {"Fault": 1, "Remark": 1, "fault": 1, "add": 2, "Refused": 0, "refused": 0}
    places |= {"PlanFault": 2}
    for call in CALLS:
        place = places.get(called(call))
        if place is None or len(call.args) <= place:
            continue
        code = literal(call.args[place])
        if code is None:
            continue
        values: set[str] | None = {keyword.arg or "**" for keyword in call.keywords}
        if called(call) in ("Fault", "Remark", "PlanFault"):
            values = given(call.args[place + 1]) if len(call.args) > place + 1 else set()
        yield code, None if values and "**" in values else values


def given(values: ast.expr) -> set[str] | None:
    """Return the keys of a dict that is written out, None of any other."""
    if not isinstance(values, ast.Dict) or None in values.keys:
        return None
    return {key.value for key in values.keys if isinstance(key, ast.Constant)}


def nouns() -> set[str]:
    """Return what the code calls a thing that is missing, taken or away."""
    found = {literal(call.args[0]) for call in CALLS if called(call) == "not_found" and call.args}
    for call in CALLS:
        found |= {
            literal(keyword.value) for keyword in call.keywords if keyword.arg in ("noun", "what")
        }
    for node in NODES:
        if isinstance(node, ast.Dict):
            found |= {
                literal(value)
                for key, value in zip(node.keys, node.values, strict=True)
                if literal(key) == "noun"
            }
    return {noun for noun in found if noun}


def reasons() -> set[str]:
    """Return what the code calls a reason of a refusal, as an argument or in a dictionary."""
    keywords = [keyword for call in CALLS for keyword in call.keywords]
    given = {literal(keyword.value) for keyword in keywords if keyword.arg == "reason"}
    for node in NODES:
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            given |= {literal(value) for key, value in pairs if literal(key) == "reason"}
    return {f"reason.{reason}" for reason in given if reason}


def patterns() -> set[str]:
    """Return the codes that stand beside a pattern of a library's message."""
    pairs = [node for node in NODES if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    return {code for pair in pairs if (code := literal(pair.elts[1])) and f"fault.{code}" in EN}


def cell_words() -> set[str]:
    """Return the words of the workbook's cells: those that a cell offers, and those said alone."""
    said = [call.args[0] for call in CALLS if ast.unparse(call.func) == "words.spoken"]
    alone = {
        str(node.value)
        for word in said
        for node in ast.walk(word)
        if isinstance(node, ast.Constant)
    }
    return {*EFFECTS, *alone, *(word for column in COLUMNS for word in column.cell.choices)}


DATA = {
    f"data.{each.name}{ending}"
    for dataset in (*DATASETS.values(), CARD)
    for each in dataset.fields
    for ending in ("", ".meaning")
}
"""The title and the meaning of every column of a data set."""

FORMED = {
    *DATA,
    *DONE,
    *programme.FORMED,
    *pages.FORMED,
    "data.meaning",
    *(f"data.set.{name}" for name in (*DATASETS, CARD.name)),
    *(f"data.kind.{kind}" for kind in CellKind),
    *(f"data.unit.{unit}" for unit in fields.Unit if unit not in fields.TOLD_ELSEWHERE),
    *reasons(),
    *(f"problem.{kind.slug}" for kind in Kind),
    *(f"problem.{kind.slug}.title" for kind in Kind),
    *(f"state.{state}" for state in AuditState),
    *(f"answer.{kind}" for kind in TRACES - PICTURES),
    *(f"effect.{kind}" for kind in EffectKind),
    *(f"export.left_out.{reason}" for reason in LEFT_OUT),
    *(f"export.manifest.{column}" for column in manifests.COLUMNS),
    *(f"signal.{kind}" for kind in SignalKind),
    *(f"signal.{kind}.reason" for kind in SignalKind),
    *(
        f"report.{state}"
        for state in ("not_applicable", "not_observed", "unanswered", "hidden", "told")
    ),
    *(f"report.method_{method}" for method in Method),
    *(f"metric.{metric}" for metric in METRICS if metric != CES),
    *(f"metric.ces_{unit}" for unit in Unit),
    *(f"month.{month}" for month in range(1, 13)),
    *(f"weekday.{day}" for day in WEEKDAYS),
    *(f"insight.outcome.{outcome}" for outcome in Outcome),
    *(f"insight.drivers.{reason}" for reason in NoDrivers),
    *(f"insight.unweighed.{reason}" for reason in Unweighed),
    *(f"insight.quadrant.{quadrant}" for quadrant in Quadrant),
    *(f"insight.forecast.{reason}" for reason in NoForecast),
    *(f"insight.{kind}.{end}" for kind in ("weekday", "hour") for end in ("better", "worse")),
    *(f"insight.{kind}s.{why}" for kind in ("weekday", "hour") for why in ("chance", "few")),
    *(f"fault.{code}" for code in patterns()),
    *rewording.SENTENCES.values(),
    *(f"fault.{code}" for code in refusals.CODES),
    *(f"fault.{field.refusal}" for field in Field.__subclasses__()),
    *(f"photo.{form}.{reason}" for form in ("reason", "unreadable") for reason in UnreadableReason),
    *SHEETS.values(),
    *(f"sheets.word.{word}" for word in cell_words()),
    *(code for column in COLUMNS for code in (column.heading, column.note)),
    # What one question refuses is named after its type.
    *(f"fault.{kind}_expected" for kind in QuestionType if f"fault.{kind}_expected" in EN),
}


def test_every_language_has_the_same_codes_with_the_same_placeholders() -> None:
    for locale in LOCALES:
        words = vocabulary(locale)
        # The specification's English is that of the code; tests/openapi compares the Chinese.
        assert {code for code in words if not code.startswith(translation.PREFIX)} == EN.keys()
        wrong = {code for code in EN if placeholders(words[code]) != placeholders(EN[code])}
        assert wrong == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_code_stands_in_two_files(locale: str) -> None:
    files = (PACKAGE / "words" / locale).rglob("*.json")
    codes = Counter(code for path in files for code in json.loads(path.read_text("utf-8")))
    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_code_stands_twice_in_one_file(locale: str) -> None:
    for path in (PACKAGE / "words" / locale).rglob("*.json"):
        codes = re.findall(r'^\s*"([^"]+)":', path.read_text("utf-8"), re.MULTILINE)
        assert len(codes) == len(set(codes)), path.name


def test_every_fault_has_its_sentence_and_gives_it_what_it_names() -> None:
    found = list(faults())
    assert len(found) > 40
    for code, values in found:
        sentence = EN.get(f"fault.{code}")
        assert sentence is not None, code
        if values is not None:
            assert placeholders(sentence) <= values, code


def test_every_noun_has_its_word() -> None:
    assert {f"noun.{noun}" for noun in nouns()} - EN.keys() == set()


def test_every_code_that_a_page_shows_has_its_sentence() -> None:
    codes = {code for text in TEMPLATES for code in re.findall(r"\bt\('([^']+)'[,)]", text)}
    assert codes
    assert codes - EN.keys() == set()


def test_every_formed_code_has_its_sentence() -> None:
    assert FORMED - EN.keys() == set()


def test_no_sentence_is_left_without_use() -> None:
    used = {f"fault.{code}" for code, _ in faults()} | {f"noun.{noun}" for noun in nouns()}
    assert EN.keys() - used - FORMED - CONSTANTS - SHOWN == set()


def said() -> Iterator[tuple[str, str | None, ast.expr]]:
    """Yield what refusals put into their sentences: the code, the name and the value."""
    for call in CALLS:
        if called(call) not in ("Fault", "Remark", "fault", "add", "Refused", "refused", "Problem"):
            continue
        code = next((text for each in call.args if (text := literal(each))), "")
        if not code:
            continue
        for keyword in call.keywords:
            yield code, keyword.arg, keyword.value
        for values in (each for each in call.args if isinstance(each, ast.Dict)):
            for key, value in zip(values.keys, values.values, strict=True):
                yield code, literal(key), value


def english(value: ast.expr) -> bool:
    """Whether a value is a sentence of ours, or what an exception says."""
    if isinstance(value, ast.Call) and called(value) == "str":
        return ast.unparse(value.args[0]) in ("error", "exc", "e", "reason", "refusal")
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return any(re.search("[a-z] [a-z]", literal(part) or "") for part in parts)


def test_no_sentence_gets_a_piece_of_english_into_it_unless_as_a_quotation() -> None:
    for code, name, value in said():
        if name not in ("noun", "what") and english(value):
            for locale in LOCALES:
                assert f"“{{{name}}}”" in vocabulary(locale)[f"fault.{code}"], (code, name)


def test_a_sentence_does_not_list_a_thousand_words() -> None:
    keys = [f"place_{number}" for number in range(1_002)]
    for locale, joint in (("en", ", "), ("zh", "、")):
        told = say("fault.option_unknown", locale, accepted=keys)
        assert joint.join(keys[:100]) + joint + "…" in told
        assert keys[100] not in told
