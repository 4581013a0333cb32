"""What a code, an address, a name and a text may be, and the one form in which each is kept.

Whatever comes in, by a call, a file or a command, passes here first.  So two codes that look alike
are one code, and a thing is found however its code was typed (ADR 20).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from audit_api.errors import Refused

MAX_CODE_LENGTH = 64
MAX_EMAIL_LENGTH = 254
MAX_NAME_LENGTH = 200
MAX_TYPED_LENGTH = 1_000
"""Nobody types a code, an address or a name of 1,000 characters, blanks and all: none is looked
into."""
_COMPOSED = 4
"""Of so many characters, composing makes at least one."""

_ONE_LOOK = ("<wide>", "<narrow>", "<font>")
"""Decompositions that change how a character is drawn, and not what it is."""
_KANGXI = range(0x2F00, 0x2FD6)
"""Radicals, which text copied out of a PDF has in place of the ideographs."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−˗⁃﹘﹣"), "-")
_FULL_STOP = {ord("。"): "."}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]+")

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Drawn as nothing, though Unicode calls them letters, marks or signs."""
_VARIATIONS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_ODD = re.compile(f"[\ufffd{''.join((*_BLANK, *_VARIATIONS))}]")
"""What Python calls printable, and is refused somewhere."""
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9
_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts whose letters look alike, as the names of their characters begin."""


def code(text: str, *, most: int = MAX_CODE_LENGTH) -> str:
    """Return a code as it is kept and compared: trimmed, its letters and digits of one width, one
    sign for every dash and one blank for every space between; capitals stay capitals.

    Raises `Refused` for a character that nobody sees, and for a word of two scripts that look
    alike.
    """
    if len(text) > MAX_TYPED_LENGTH:
        raise Refused("length", min=1, max=most)
    require_visible(text.strip())
    kept = folded(text)
    _require_length(kept, most)
    _require_one_script(kept)
    return kept


def email(text: str) -> str:
    """Return an address as it is kept and compared, in small letters; raise `Refused` where it
    cannot be somebody's address."""
    if len(text) > MAX_TYPED_LENGTH:
        raise Refused("not_email")
    require_visible(text.strip())
    kept = folded_email(text)
    if len(kept) > MAX_EMAIL_LENGTH or not _EMAIL.fullmatch(kept):
        raise Refused("not_email")
    _require_one_script(kept)
    return kept


def folded_email(text: str) -> str:
    """Return the form in which an address is compared, whether or not it can be one."""
    if len(text) > MAX_TYPED_LENGTH:
        return text
    return unicodedata.normalize("NFC", folded(text).translate(_FULL_STOP).lower())


def name(text: str) -> str:
    """Return a name as it is kept, on one line, trimmed and composed; raise `Refused` for a
    character that nobody sees, unless a script or a picture needs it where it stands."""
    if len(text) > MAX_TYPED_LENGTH:
        raise Refused("length", min=1, max=MAX_NAME_LENGTH)
    kept = unicodedata.normalize("NFC", text.strip())
    for at, character in _to_look_at(kept):
        if not (character in _JOINERS | _VARIATIONS and _is_needed(kept, at)):
            _require(_UNSEEN, character, at)
    _require_length(kept, MAX_NAME_LENGTH)
    return kept


def prose(text: str, most: int) -> str:
    """Return a text of at most `most` characters and of any lines, trimmed and composed; raise
    `Refused` as `require_undamaged` does."""
    trimmed = text.strip()
    if len(trimmed) > _COMPOSED * most:
        raise Refused("too_long", max=most)
    kept = unicodedata.normalize("NFC", trimmed)
    require_undamaged(kept)
    if len(kept) > most:
        raise Refused("too_long", max=most)
    return kept


def require_visible(text: str) -> None:
    """Raise `Refused` at the first character that nobody sees."""
    for at, character in _to_look_at(text):
        _require(_UNSEEN, character, at)


def require_undamaged(text: str) -> None:
    """Raise `Refused` at what no writer means: control characters but tabs and ends of lines, those
    of a private use, and those that stand for what could not be read."""
    for at, character in _to_look_at(text):
        if character not in "\t\n\r":
            _require(_DAMAGE, character, at)


def folded(text: str) -> str:
    """Return the form in which codes and figures are compared, whether or not it is one of them."""
    if text.isascii():
        return " ".join(text.split())
    one_look = unicodedata.normalize("NFC", "".join(map(_of_one_look, text)))
    return " ".join(one_look.translate(_DASHES).split())


def _to_look_at(text: str) -> Iterable[tuple[int, str]]:
    """Return the characters one by one, with their places; none where a glance shows that each can
    be seen, for files have millions."""
    return () if text.isprintable() and not _ODD.search(text) else enumerate(text)


def _of_one_look(character: str) -> str:
    tag, _, rest = unicodedata.decomposition(character).partition(" ")
    if tag in _ONE_LOOK or ord(character) in _KANGXI:
        return "".join(chr(int(each, 16)) for each in rest.split())
    return character


def code_point(character: str) -> str:
    """Return how a character is named that nobody sees, or that looks like another: U+3000."""
    return f"U+{ord(character):04X}"


def _require_length(text: str, most: int) -> None:
    if not 1 <= len(text) <= most:
        raise Refused("length", min=1, max=most)


def _require(kinds: Kinds, character: str, at: int) -> None:
    for is_of_kind, fault in kinds:
        if is_of_kind(character):
            raise Refused(fault, character=code_point(character), position=at + 1)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def _is_private(character: str) -> bool:
    return unicodedata.category(character) == "Co"


def _is_unread(character: str) -> bool:
    is_none = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return is_none or character == "\ufffd"


def _is_invisible(character: str) -> bool:
    is_format = unicodedata.category(character) == "Cf"
    return is_format or character in _BLANK or character in _VARIATIONS


Kinds = Sequence[tuple[Callable[[str], bool], str]]
_DAMAGE: Kinds = (
    (_is_control, "character_control"),
    (_is_private, "character_private"),
    (_is_unread, "character_unread"),
)
"""What no writer means, and the fault of each."""
_UNSEEN: Kinds = (*_DAMAGE, (_is_invisible, "character_invisible"))
"""What nobody sees."""


def _is_needed(text: str, at: int) -> bool:
    """Say whether a joiner or a variation selector has anything to act on: a joiner beside an
    Arabic letter, a virama or in a composed picture, a selector behind what has variants."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or before.isspace():
        return False
    if text[at] in _VARIATIONS:
        return not before.isalpha() or before >= "\u2e80"
    beside = [unicodedata.combining(each) for each in (before, after) if each]
    of_picture = unicodedata.category(before) in ("So", "Sk") or before in _VARIATIONS
    return unicodedata.bidirectional(before) == "AL" or _VIRAMA in beside or of_picture


def _require_one_script(text: str) -> None:
    """Refuse a word with letters of two scripts whose letters look alike: a Cyrillic А in ABC."""
    if text.isascii():
        return
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {letter: script for letter in word if (script := _script(letter)) in _ALIKE}
        if len(set(scripts.values())) > 1:
            counts = Counter(scripts[letter] for letter in word if letter in scripts)
            odd = min(counts, key=lambda script: counts[script])
            letter = next(each for each in word if scripts.get(each) == odd)
            raise Refused("scripts_mixed", letter=letter, character=code_point(letter), word=word)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
