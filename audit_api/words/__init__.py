"""The words that people read, in every language of the product.

`<locale>/**/*.json` are flat objects of code → sentence with `{placeholders}`.  The files of a
language are one vocabulary; they are apart only so that each stands beside its subject.

A `locale` is the tag of the language that somebody reads, such as zh-TW.  The product speaks the
nearest of its own, and of a checklist's texts the nearest is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from itertools import islice
from pathlib import Path

from audit_api.words.languages import closest, standard

LOCALES = ("en", "zh")
"""The languages that the product speaks."""
DEFAULT_LOCALE = "en"
MAX_LISTED = 100
"""A sentence lists no more than this, and says that there is more: lists of options are long."""
_SEVERAL = (list, tuple, set, frozenset)
HINTS = ("hint.signs", "hint.near")
"""What may follow the sentence of a fault that has a value of this name."""


def spoken(locale: str) -> str | None:
    """Return the product's language that is nearest to `locale`; None where none is near."""
    return closest(locale, LOCALES)


def read_locale(tag: str) -> str | None:
    """Return a reader's language as it is kept, zh-TW for zh_tw; None where the product speaks
    none near it."""
    return standard(tag) if spoken(tag) else None


def vocabulary(locale: str) -> Mapping[str, str]:
    """Return all sentences by code, in the product's language for `locale`."""
    return _sentences(locale if locale in LOCALES else spoken(locale) or DEFAULT_LOCALE)


@cache
def fault_codes() -> tuple[str, ...]:
    """Return the code of every fault that has a sentence, sorted."""
    codes = (code.removeprefix("fault.") for code in _sentences(DEFAULT_LOCALE) if _is_fault(code))
    return tuple(sorted(codes))


def _is_fault(code: str) -> bool:
    return code.startswith("fault.")


@cache
def _sentences(locale: str) -> Mapping[str, str]:
    sentences: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / locale).rglob("*.json")):
        sentences.update(json.loads(path.read_text(encoding="utf-8")))
    return sentences


def say(code: str, locale: str, /, **values: object) -> str:
    """Return the sentence `code` in `locale` with `values` in their places."""
    return vocabulary(locale)[code].format_map({k: _spoken(v, locale) for k, v in values.items()})


def sentence(code: str, values: Mapping[str, object], locale: str, /) -> str:
    """Return the sentence `code` of a problem or fault; what it calls a noun is said as one, its
    reason as a clause, and hints of what was meant (`rules.authoring.spelling`) follow it."""
    words = vocabulary(locale)
    nouns = {
        name: words.get(f"noun.{values[name]}", values[name])
        for name in ("noun", "what")
        if name in values
    }
    if (clause := f"reason.{values.get('reason')}") in words:
        nouns["reason"] = say(clause, locale, **values)
    text = say(code, locale, **{**values, **nouns})
    for hint in HINTS:
        if (name := hint.removeprefix("hint.")) in values:
            text = say(hint, locale, sentence=text, **{name: values[name]})
    return text


def pick(texts: Mapping[str, str], locale: str) -> str:
    """Return the text in the language nearest to `locale`, else the first."""
    nearest = closest(locale, tuple(texts)) or next(iter(texts), None)
    return texts[nearest] if nearest else ""


def _spoken(value: object, locale: str) -> object:
    if isinstance(value, _SEVERAL):
        joint = vocabulary(locale)["answer.joint"]
        said = [str(item) for item in islice(value, MAX_LISTED)]
        return joint.join([*said, "…"] if len(value) > MAX_LISTED else said) or "–"
    return value
