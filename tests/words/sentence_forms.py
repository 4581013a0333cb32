"""The sentences of an explanation as forms with blanks, in either language."""

from __future__ import annotations

import re
from functools import cache

from audit_api.words import vocabulary

Blanks = dict[str, str]

NUMBER = r"-?\d+(?:\.\d+)?"
SHARE = rf"{NUMBER}(?:/{NUMBER}|%)?"
TITLE = "“[^”]*”"
BLANKS: Blanks = {
    **dict.fromkeys(("earned", "possible", "left", "start", "weight", "weights"), NUMBER),
    **dict.fromkeys(("answered", "visible", "number"), NUMBER),
    **dict.fromkeys(("share", "score", "pass_mark", "before", "after", "demanded"), SHARE),
    **dict.fromkeys(("section", "band"), TITLE),
}
"""What may stand in a blank; in any other, anything may."""


def filled(code: str, locale: str, text: str) -> Blanks | None:
    """What stands in the blanks of a text that begins with a sentence, None where it does not."""
    found = _form(code, locale).match(text)
    return found and found.groupdict()


def inside(code: str, locale: str, text: str) -> list[Blanks]:
    """What stands in the blanks of a sentence, wherever a text holds it."""
    return [found.groupdict() for found in _form(code, locale).finditer(text)]


@cache
def _form(code: str, locale: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", vocabulary(locale)[code])
    pattern = re.escape(pieces[0])
    for place in range(1, len(pieces), 2):
        name, after = pieces[place], pieces[place + 1]
        known = f"(?P<{name}>" in pattern
        blank = _blank(name, locale, last=not after)
        pattern += f"(?P={name})" if known else f"(?P<{name}>{blank})"
        pattern += re.escape(after)
    return re.compile(pattern + r"(?! ?\d)")


def _blank(name: str, locale: str, *, last: bool) -> str:
    if name == "name":
        words = vocabulary(locale)
        again = re.escape(words["explain.again"].replace("{name}", ""))
        return f"(?:{TITLE}|{re.escape(words['explain.whole'])})(?:{again})?"
    return BLANKS.get(name, ".+" if last else ".+?")
